"""The loader takes what is shipped and refuses everything that does not hold together, naming every fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from backstride.knowledge.kinds import KINDS
from backstride.knowledge.loader import load, shipped
from backstride.model.errors import BadKnowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with as_file(files("backstride.knowledge")) as shipped_folder:
        shutil.copytree(
            shipped_folder, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
    return tmp_path / "knowledge"


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BadKnowledge) as caught:
        load(folder)
    return caught.value.faults


def test_what_is_shipped_holds_together() -> None:
    knowledge = shipped()

    for kind in KINDS:
        assert getattr(knowledge, kind), f"no {kind}"
    assert len(knowledge.version) == 12


def test_the_version_changes_with_any_word(folder: Path) -> None:
    before = load(folder).version
    (folder / "sentences" / "report.toml").write_text('title = "Another title"\n')

    assert load(folder).version != before


def edit(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text()
    assert change(text) != text, "the edit changed nothing"
    path.write_text(change(text))


def first(folder: Path, kind: str) -> Path:
    return min((folder / kind).glob("*.toml"))


EDITS: list[tuple[str, str, Callable[[str], str], str]] = [
    ("a field nobody knows", "causes", lambda text: 'colour = "red"\n' + text, "colour: no such field"),
    (
        "a source that is not there",
        "causes",
        lambda text: _with(text, "sources = ", '["nobody1900"]'),
        "nobody1900",
    ),
    ("no source", "causes", lambda text: _with(text, "sources = ", "[]"), "sources"),
    ("no name", "exercises", lambda text: _without(text, "name = "), "name: missing"),
    ("a rule on no fact", "red_flags", lambda text: _with(text, "when = ", '"no_such_fact"'), "no_such_fact"),
    ("a rule outside the language", "red_flags", lambda text: _with(text, "when = ", '"a +"'), "rule"),
    ("a tier that is none", "red_flags", lambda text: _with(text, "tier = ", '"T9"'), "T0"),
    ("no review", "treatments", lambda text: text.replace("[review]", "[reviewed]"), "review: missing"),
    (
        "a review by nobody",
        "ladders",
        lambda text: text.replace('"sourced"', '"reviewed"'),
        "named clinician",
    ),
    ("an id of its own", "phases", lambda text: 'id = "other"\n' + text, "leave out id"),
    ("not TOML", "contributors", lambda text: "= " + text, "cannot be read as TOML"),
]


def _with(text: str, start: str, value: str) -> str:
    lines = text.splitlines()
    index = next(index for index, line in enumerate(lines) if line.startswith(start))
    lines[index] = start + value
    return "\n".join(lines) + "\n"


def _without(text: str, start: str) -> str:
    lines = text.splitlines()
    lines.pop(next(index for index, line in enumerate(lines) if line.startswith(start)))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("what", "kind", "change", "told"), EDITS, ids=[row[0] for row in EDITS])
def test_a_broken_file_is_refused_and_named(
    folder: Path, what: str, kind: str, change: Callable[[str], str], told: str
) -> None:
    path = first(folder, kind)
    edit(path, change)

    mine = [fault for fault in faults(folder) if path.stem in fault]

    assert mine, "the file is not named"
    assert any(told in fault for fault in mine), mine


def test_every_fault_is_told_at_once(folder: Path) -> None:
    for kind in ("causes", "exercises", "red_flags"):
        edit(first(folder, kind), lambda text: 'colour = "red"\n' + text)

    told = "\n".join(faults(folder))

    assert told.count("colour: no such field") == 3


def test_a_cut_off_outside_its_range_is_refused(folder: Path) -> None:
    edit(folder / "thresholds" / "facts.toml", lambda text: text.replace("value = 7", "value = 700", 1))

    assert any("pain_now_days" in fault and "between low" in fault for fault in faults(folder))


def test_no_sentence_for_people_names_a_diagnosis_or_blames() -> None:
    names = [str(cause.name).lower() for cause in shipped().causes.values()]
    for id, words in shipped().sentences.items():
        said = words.lower()
        assert not [name for name in names if f"you have {name}" in said], id
        assert "you should have" not in said, id
        assert "you are suffering" not in said, id
