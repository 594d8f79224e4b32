"""Where files wait until they are read: no name leads out, and nothing stays behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.app.web.handed_in import DEAD_S, KEY, PREFIX, HandedIn, place_for, sweep

NAMES = [
    "../../a.fit",
    "/etc/a.fit",
    "..\\..\\a.fit",
    "a/../../a.fit",
    "",
    "..",
    "a\0b",
    "C:\\a.fit",
    "con.fit",
    "//etc/a.fit",
    "\\\\server\\share\\a.fit",
]
HOLD = """
import sys, pathlib
from backstride.app.web.handed_in import HandedIn
held = HandedIn(pathlib.Path(sys.argv[1]))
(held.new("0" * 32) / "a.fit").write_bytes(b"x")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    place = place_for(tmp_path / "in", name)

    assert (tmp_path / "in").resolve() in place.resolve().parents


@given(st.text(alphabet="/\\.: a", max_size=12))
def test_no_signs_lead_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("in")

    assert folder.resolve() in place_for(folder, name).resolve().parents


@given(st.lists(st.text(max_size=300), min_size=1, max_size=12))
def test_every_file_has_a_place_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("in")
    for nth, name in enumerate(names):
        place_for(folder, name).write_text(str(nth))
    written = [each for each in folder.rglob("*") if each.is_file()]

    assert sorted(each.read_text() for each in written) == sorted(map(str, range(len(names))))


def test_a_long_name_keeps_what_it_ends_in(tmp_path: Path) -> None:
    assert place_for(tmp_path, "n" * 300 + ".fit.gz").name.endswith(".fit.gz")
    assert place_for(tmp_path, "ü" * 300 + ".gpx").name.endswith(".gpx")


def test_what_a_killed_server_left_is_swept_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    living = HandedIn(tmp_path)
    held = living.new("1" * 32)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "held"
    sweep(tmp_path)
    assert len(list(tmp_path.glob(f"{PREFIX}*"))) == 2, "both live"
    other.kill()
    other.communicate()
    sweep(tmp_path)

    assert [root / held.name for root in tmp_path.glob(f"{PREFIX}*")] == [held]
    living.close()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_a_drop_that_nobody_ended_is_given_up_but_not_one_that_is_read(tmp_path: Path) -> None:
    handed_in = HandedIn(tmp_path)
    left, whole = handed_in.new("a" * 32), handed_in.new("b" * 32)
    assert handed_in.whole("b" * 32) == whole
    assert handed_in.whole("b" * 32) is None, "once only"
    handed_in.forget_old(now=1e12 + DEAD_S)

    assert (left.exists(), whole.exists()) == (False, True)
    handed_in.close()


def test_a_key_is_what_our_page_makes() -> None:
    assert KEY.fullmatch("0123456789abcdef" * 2)
    assert not KEY.fullmatch("0" * 32 + "\n")
