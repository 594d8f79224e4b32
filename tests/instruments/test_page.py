"""docs/instruments.md tells of every questionnaire and physical test as its file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from backstride.knowledge.instrument import Changed, Instrument
from backstride.knowledge.loader import shipped
from backstride.knowledge.physical_test import PhysicalTest

KNOWLEDGE = shipped()
PAGE = (Path(__file__).parent.parent.parent / "docs" / "instruments.md").read_text()


def instrument_row(each: Instrument) -> str:
    """The line of the table of questionnaires."""
    unit = "%" if each.unit == "percent" else ""
    weeks = ", ".join(f"{week}" for week in each.at_weeks)
    recovered = "-" if each.recovered is None else f"{each.recovered.at:g} ({each.recovered.checked})"
    return (
        f"| `{each.id}` | {each.name} | {each.low:g} to {each.high:g}{unit}, {each.better} is better "
        f"| {_changed(each.changed)} | {recovered} "
        f"| {'every week' if each.every_weeks == 1 else f'weeks {weeks}'} | {each.wording} |"
    )


def _changed(changed: Changed | None) -> str:
    if changed is None:
        return "not judged"
    share = "" if changed.share is None else f" or {changed.share:.0%} better"
    return f"{changed.points:g}{share} ({changed.checked})"


def test_row(each: PhysicalTest) -> str:
    """The line of the table of physical tests."""
    results = ", ".join(f"`{id}`" for id in each.results)
    return f"| `{each.id}` | {each.name} | {each.by} | {results} | {each.checked} |"


test_row.__test__ = False  # type: ignore[attr-defined]  # it makes a line, it tests nothing


@pytest.mark.parametrize("each", KNOWLEDGE.instruments.values(), ids=lambda each: each.id)
def test_a_questionnaire_stands_on_the_page_as_in_its_file(each: Instrument) -> None:
    assert instrument_row(each) in PAGE.splitlines()


@pytest.mark.parametrize("each", KNOWLEDGE.physical_tests.values(), ids=lambda each: each.id)
def test_a_physical_test_stands_on_the_page_as_in_its_file(each: PhysicalTest) -> None:
    assert test_row(each) in PAGE.splitlines()


def test_the_page_names_none_that_is_not_there() -> None:
    named = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")}

    assert named == {*KNOWLEDGE.instruments, *KNOWLEDGE.physical_tests}
