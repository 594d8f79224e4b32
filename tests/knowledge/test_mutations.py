"""Breaking any one field of the shipped knowledge is refused, naming the file, the field and the mend."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from random import Random

import pytest

from backstride.knowledge.loader import load
from backstride.model.errors import BadKnowledge

EACH = 12
"""How many lines of the knowledge each way of breaking is tried on; always the same ones."""

Break = Callable[[str, str], str]
"""The name of a field and its value as written -> the broken value; empty drops the line."""


def quoted(value: str) -> str:
    """The value with its first quoted id misspelt."""
    return re.sub(r'"([^"]+)"', r'"\1_xx"', value, count=1)


def in_rule(value: str) -> str:
    """The rule with its first fact misspelt."""
    return re.sub(
        r"\b(?!and\b|or\b|not\b|in\b|at_least\b)(?<!')([a-z][a-z_0-9]{2,})\b", r"\1_xx", value, count=1
    )


@dataclass(frozen=True)
class Way:
    """One way of breaking: which fields it is for, how, and what the fault must say as the mend."""

    name: str
    fields: str
    """Pattern of field names."""
    only: str
    """Pattern that the value as written must match."""
    broken: Callable[[str], str]
    mend: str
    in_kinds: str = ""
    """Pattern of files; all where empty."""


IDS = (
    "phases|not_with_causes|suits_causes|bars|bone_causes|follow_up|follows|stands_for"
    "|used_by|under|see|results"
)
TEXTS = "name|plain|course|whom_to_see|looks_for|ask|why|short|says|evidence|what_helps|goal|session"
RULES = "when|only_if|yes_if"
WORDS = "kind|group|block|does|comes_from"
NUMBERS = "order|from_day|stale_after_days"
CASES = "causes|red_flags|treatments"
WAYS = (
    Way("no source", "sources", r"\[.+\]", lambda value: "[]", "at least 1 item"),
    Way("a source misspelt", "sources", r'\["', quoted, "correct the id|name own_rule first"),
    Way("an id misspelt", IDS, r'"[a-z]', quoted, "correct the id|must be kind/id|must be among"),
    Way("a fact misspelt in a rule", RULES, '^"[a-z(]', in_rule, "correct the name", "^(?!instruments)"),
    Way("a rule broken", RULES, '^"[a-z(]', lambda value: value[:-1] + ' and"', "cannot be read as a rule"),
    Way(
        "a unit dropped",
        "unit",
        ".",
        lambda value: "",
        "needs (unit|its unit)|missing, and there is no default",
    ),
    Way("a sentence dropped", TEXTS, r'^"', lambda value: "", "missing, and there is no default"),
    Way("a sentence empty", TEXTS, r'^"', lambda value: '""', "at least 1 character"),
    Way("a range reversed", "yes_range|no_range", ".", lambda value: "[9.0, 0.1]", "lower first"),
    Way("an end beyond the other", "low", ".", lambda value: "1e9", "swap them|must lie between"),
    Way(
        "a value outside its range",
        "value",
        r"^[\d.]+$",
        lambda value: "1e8",
        "must lie between low",
        "thresholds",
    ),
    Way("a ratio of nothing", "if_yes|if_no", ".", lambda value: "0", "must be more than 0"),
    Way("a chance of nothing", "age_18_39|age_65_up", ".", lambda value: "0", "must be more than 0"),
    Way("a tag nobody knows", "checked", ".", lambda value: '"X"', "'V', 'M', 'U' or 'P'"),
    Way("a verdict nobody knows", "verdict", ".", lambda value: '"maybe"', "'supported', 'weak'"),
    Way("a tier nobody knows", "tier|at_least", ".", lambda value: '"T9"', "'T0', 'T1', 'T2'"),
    Way(
        "a kind nobody knows",
        "kind|group|block|does|comes_from",
        ".",
        lambda value: '"colour"',
        "right would be",
    ),
    Way(
        "an outcome nobody knows",
        "expect",
        '^"',
        lambda value: '"perhaps"',
        "right would be",
        "causes|red_flags|treatments",
    ),
    Way(
        "a word for a number",
        "order|from_day|stale_after_days",
        ".",
        lambda value: '"soon"',
        "must be a whole number",
    ),
    Way("a review by nobody", "status", ".", lambda value: '"reviewed"', "named clinician"),
)


@dataclass(frozen=True)
class Line:
    """One `field = value` of a knowledge file."""

    path: str
    number: int
    field: str
    value: str


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("mutations") / "knowledge"
    with as_file(files("backstride.knowledge")) as shipped:
        shutil.copytree(shipped, made, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return made


@pytest.fixture(scope="module", autouse=True)
def each_text_read_once() -> Iterator[None]:
    """All but the broken file are the same each time: no text is read as TOML twice."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("backstride.knowledge.loader.tomllib.loads", cache(tomllib.loads))
        yield


@pytest.fixture(scope="module")
def lines(folder: Path) -> tuple[Line, ...]:
    return tuple(_lines(folder))


def _lines(folder: Path) -> Iterator[Line]:
    for path in sorted(folder.rglob("*.toml")):
        if path.parent.name == "sentences":
            continue
        for number, text in enumerate(path.read_text().splitlines()):
            if found := re.fullmatch(r"([a-z_0-9]+) = (\S.*)", text):
                yield Line(str(path.relative_to(folder)), number, found[1], found[2])


def chosen(way: Way, lines: tuple[Line, ...]) -> list[Line]:
    fit = [
        line
        for line in lines
        if re.fullmatch(way.fields, line.field)
        and re.search(way.only, line.value)
        and re.search(way.in_kinds, line.path)
        and way.broken(line.value) != line.value
    ]
    return Random(way.name).sample(fit, min(EACH, len(fit)))


def faults_of(folder: Path, line: Line, broken: str) -> tuple[str, ...]:
    path = folder / line.path
    before = path.read_text()
    rows = before.splitlines()
    rows[line.number] = f"{line.field} = {broken}" if broken else ""
    path.write_text("\n".join(rows) + "\n")
    try:
        load(folder)
    except BadKnowledge as error:
        return error.faults
    finally:
        path.write_text(before)
    return ()


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_a_broken_field_is_refused_with_file_field_and_mend(
    way: Way, folder: Path, lines: tuple[Line, ...]
) -> None:
    tried = chosen(way, lines)

    assert tried, "no line to break"
    for line in tried:
        faults = faults_of(folder, line, way.broken(line.value))
        where = f"{line.path}:{line.number + 1}: {line.field} = {line.value}"
        assert faults, f"not refused: {where}"
        mine = [fault for fault in faults if re.search(way.mend, fault)]
        assert mine, (where, faults[:3])
        file = (Path(line.path).stem, f"{Path(line.path).parts[0]} [")
        assert any(name in fault for fault in mine for name in file), (where, mine[:3])
        assert any(line.field in fault or _part(line.field) in fault for fault in mine), (where, mine[:3])


def _part(field: str) -> str:
    """How a fault may name a field that only makes sense together with others."""
    return {"status": "review", "low": "value"}.get(field, field)


def test_at_least_a_hundred_mutations_are_tried(lines: tuple[Line, ...]) -> None:
    assert sum(len(chosen(way, lines)) for way in WAYS) >= 100
