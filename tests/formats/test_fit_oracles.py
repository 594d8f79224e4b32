"""Two other decoders, written by other people, read the same values out of the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from accuracy.fit_agreement import (
    FOLDER,
    KNOWN,
    Tally,
    chiptime_values,
    compare,
    fitdecode_values,
    load,
)
from tests.formats import fit_bytes as fb
from tests.formats.fit_bytes import D, F, Writer

from backstride.formats.fit.file import parts_of
from backstride.formats.fit.profile import MESSAGES
from backstride.model.errors import BadFile

fitdecode = pytest.importorskip("fitdecode", reason="the oracle fitdecode is not installed: nothing compared")
pytest.importorskip("chiptime", reason="the oracle chiptime is not installed: nothing compared")

ORACLES = {"fitdecode": fitdecode_values, "chiptime": chiptime_values}
LARGEST = 120_000
"""Bytes of a real file compared here: the larger ones take minutes; accuracy/fit_agreement.py has them."""


def agree(data: bytes, name: str, oracle: str) -> Tally:
    tally = Tally()
    compare(data, name, ORACLES[oracle], tally)
    unknown = {where: told[0] for where, told in tally.differences.items() if where not in KNOWN}
    assert unknown == {}
    return tally


def app() -> Writer:
    """A file that names the app its developer fields are of: fitdecode reads none without."""
    return fb.started().define(6, 207, [F(1, fb.BYTES, 16), F(3, fb.UINT8)]).data(6, bytes(range(16)), 0)


def made_up() -> dict[str, bytes]:
    chance = random.Random(20)
    developer = app().define(5, 206, fb.DESCRIPTION)
    developer.data(5, 0, 0, fb.FLOAT32, "Balance", "%", None).data(5, 0, 1, fb.UINT16, "Power", "Watts", 7)
    developer.define(1, 20, fb.RECORD, [D(0, 0, fb.FLOAT32), D(1, 0, fb.UINT16)], big=True)
    for nth in range(50):
        developer.data(1, *fb.record(nth), chance.random(), chance.randrange(500))
    anew = app().define(5, 206, fb.DESCRIPTION).data(5, 0, 0, fb.FLOAT32, "W' bal", "J", None)
    anew.define(1, 20, [F(253, fb.UINT32)], [D(0, 0, fb.FLOAT32)]).data(1, fb.START, 12.5)
    anew.define(5, 206, fb.DESCRIPTION).data(5, 0, 0, fb.UINT16, "Power", "Watts", 7)
    anew.define(1, 20, [F(253, fb.UINT32)], [D(0, 0, fb.UINT16)]).data(1, fb.START + 1, 202)
    layouts = (
        fb.started().define(1, 20, fb.RECORD).define(2, 20, [F(253, fb.UINT32), F(7, fb.UINT16)], big=True)
    )
    for nth in range(80):
        if chance.random() < 0.3:
            layouts.data(2, fb.START + nth, chance.choice([None, 0, 250]))
        else:
            layouts.data(1, *fb.record(nth, heart_rate=chance.choice([None, 0, 150])))
    compressed = fb.started().define(0, 20, [F(253, fb.UINT32), F(3, fb.UINT8)]).data(0, fb.START, 100)
    compressed.define(1, 20, [F(3, fb.UINT8)])
    for nth in range(1, 90, 4):
        compressed.compressed(1, fb.START + nth, 100 + nth)
    writers = {"run": fb.run(100), "developer": developer, "layouts": layouts, "compressed": compressed}
    return {f"made-{name}": writer.file() for name, writer in (writers | {"anew": anew}).items()}


MADE_UP = made_up()


@pytest.mark.parametrize("oracle", ORACLES)
@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_files_read_the_same(name: str, oracle: str) -> None:
    tally = agree(MADE_UP[name], name, oracle)
    assert tally.values > 0
    assert tally.rows == {}


def real_files() -> list[Path]:
    if not FOLDER.is_dir():
        return []
    paths = [path for path in sorted(FOLDER.iterdir()) if path.name.lower().endswith((".fit", ".fit.gz"))]
    return [path for path in paths if path.stat().st_size <= LARGEST]


@pytest.mark.skipif(not real_files(), reason=f"no real files in {FOLDER}: nothing compared with the oracles")
@pytest.mark.parametrize("oracle", ORACLES)
@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_sound_real_files_read_the_same(path: Path, oracle: str) -> None:
    data = load(path)
    try:
        damaged = any(part.damaged for part in parts_of(data, path.name))
    except BadFile:
        pytest.skip(f"{path.name} is refused by us")
    if damaged:
        pytest.skip(f"{path.name} is damaged: decoders may differ in what they save")
    tally = agree(data, path.name, oracle)
    assert tally.values > 0
    assert tally.rows == {}


def test_names_scales_and_offsets_are_those_that_fitdecode_has_too() -> None:
    from fitdecode import profile

    compared = 0
    for number, ours in MESSAGES.items():
        theirs = profile.MESSAGE_TYPES[number]
        assert theirs.name == ours.name
        for each in ours.fields.values():
            other = theirs.fields.get(each.number)
            if other is not None:
                compared += 1
                expected = (other.name, other.scale or 1, other.offset or 0)
                assert expected == (each.name, each.scale, each.offset)
    assert compared > 300
