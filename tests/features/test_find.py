"""Contract over the table of finders: each fact from one finder, absent where unknown, all in words."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pytest
from hypothesis import given, settings
from tests.features.made_up import DAY, KNOWLEDGE, LAST, WATCH, drawn, look, run, told, weekly
from tests.strategies import DAYS, FIRST, histories

import backstride.features
from backstride.features.began import days_since_onset
from backstride.features.find import FINDERS, FinderRow, findings, strip
from backstride.features.onset import seen_from_onset
from backstride.features.weeks import weeks
from backstride.model.activity import Column, Stream
from backstride.model.findings import Finding, Onset, PainMark
from backstride.model.history import History, Span, Symptom
from backstride.model.text import Missing, Quantity, Text
from backstride.reports.wording import Wording

ON = FIRST + DAY * (DAYS * 2 // 3)
rows = pytest.mark.parametrize("row", FINDERS, ids=[row.id for row in FINDERS])


def found_in(history: History) -> tuple[Finding, ...]:
    return findings(seen_from_onset(history, ON, KNOWLEDGE))


def parts(value: object, kind: type) -> Iterator[object]:
    """Every part of one kind inside nested values."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from parts(each, kind)
    elif isinstance(value, Text):
        yield from parts(tuple(value.values.values()), kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from parts(getattr(value, field.name), kind)


def test_every_fact_that_comes_from_a_finding_is_supplied_by_exactly_one_finder() -> None:
    expected = {id: 1 for id, fact in KNOWLEDGE.facts.items() if fact.comes_from == "finding"}

    assert Counter(fact for row in FINDERS for fact in row.facts) == expected


@rows
def test_a_finder_knows_nothing_of_an_empty_history(row: FinderRow) -> None:
    finding = row.find(look(History()))

    assert finding.id == row.id
    assert finding.facts == {}
    assert not finding.notable
    assert finding.seen_share == 0


@settings(max_examples=60)
@given(histories())
def test_a_finder_supplies_its_own_facts_only_and_of_the_right_kind(history: History) -> None:
    for row, finding in zip(FINDERS, found_in(history), strict=True):
        assert finding.id == row.id
        assert set(finding.facts) <= set(row.facts)
        for id, value in finding.facts.items():
            fact = KNOWLEDGE.facts[id]
            match fact.kind:
                case "yes_no":
                    assert isinstance(value, bool)
                case "choice":
                    assert value in fact.options
                case _:
                    assert isinstance(value, float)


@settings(max_examples=60)
@given(histories())
def test_every_sentence_can_be_said_and_every_number_is_finite(history: History) -> None:
    seen = seen_from_onset(history, ON, KNOWLEDGE)
    everything = (findings(seen), strip(seen), weeks(seen))

    for text in parts(everything, Text):
        assert isinstance(text, Text)
        assert Wording(KNOWLEDGE.sentences).say(text)
    for number in parts(everything, Quantity):
        assert isinstance(number, Quantity)
        assert all(isfinite(end) for end in (number.value, number.low or 0.0, number.high or 0.0))


@settings(max_examples=60)
@given(histories())
def test_a_finding_names_only_runs_of_its_window_and_sources_that_exist(history: History) -> None:
    days = {activity.id: activity.on for activity in history.activities}
    for finding in found_in(history):
        assert set(finding.sources) <= set(KNOWLEDGE.sources)
        assert 0 <= finding.seen_share <= 1
        assert finding.window is not None or not finding.activities
        assert all(days[id] <= ON for id in finding.activities)


@settings(max_examples=40)
@given(histories())
def test_what_comes_after_the_day_changes_nothing(history: History) -> None:
    past = replace(
        history,
        activities=tuple(each for each in history.activities if each.on <= ON),
        symptoms=tuple(each for each in history.symptoms if each.on <= ON),
        check_ins=tuple(each for each in history.check_ins if each.on <= ON),
        answers=tuple(each for each in history.answers if each.on <= ON),
    )

    assert found_in(history) == found_in(past)


@settings(max_examples=60)
@given(histories())
def test_what_a_record_with_gaps_settles_the_whole_record_settles_alike(history: History) -> None:
    """Had nothing been done on the days that are not recorded, no fact would come out otherwise."""
    kept = replace(history, recorded=(*(history.recorded or ()), Span(ON, ON)))
    whole = replace(history, recorded=(Span(FIRST - DAY * 400, ON),))

    for row in FINDERS:
        facts = row.find(look(whole, ON, told(ON))).facts
        for id, value in row.find(look(kept, ON, told(ON))).facts.items():
            assert facts.get(id) == value


@rows
def test_a_notable_finding_is_a_change_and_says_so(row: FinderRow) -> None:
    finding = row.find(look(drawn(f"{weekly('5 . 5 . . 10 .', 12)} 5 . 5 . . 10 ."), onset=told(LAST)))

    assert not finding.notable
    assert True not in finding.facts.values()


@settings(max_examples=40)
@given(histories())
def test_an_unknown_answer_says_what_would_help(history: History) -> None:
    for finding in found_in(history):
        if isinstance(finding.value, Missing):
            assert finding.value.what_would_help.id.startswith("features.help_")


class _Noting(dict[str, Column]):
    """Columns that note when one is fetched."""

    def __init__(self, name: date, touched: set[date]) -> None:
        seconds = np.arange(300.0)
        super().__init__(time_s=seconds, speed_mps=seconds * 0 + 3, cadence_spm=seconds * 0 + 170)
        self._name, self._touched = name, touched

    def __getitem__(self, channel: str) -> Column:
        self._touched.add(self._name)
        return super().__getitem__(channel)


def test_a_long_history_is_measured_only_where_the_windows_need_it() -> None:
    touched: set[date] = set()
    days = [LAST - DAY * back for back in range(1_500, -1, -1)]
    runs = tuple(replace(run(day), stream=Stream(_Noting(day, touched)), device=WATCH) for day in days)

    findings(look(History(activities=runs), LAST, told(LAST - DAY * 10)))

    assert LAST in touched
    assert min(touched) > LAST - DAY * 100
    assert len(touched) <= 100


@pytest.mark.parametrize(
    ("first", "last", "since", "id"),
    [(10, 3, 3.0, "onset_since"), (3, 3, 3.0, "onset_since"), (0, 0, 0.0, "onset_today")],
)
def test_a_spell_is_at_least_as_old_as_the_last_day_it_may_have_begun(
    first: int, last: int, since: float, id: str
) -> None:
    onset = Onset(Span(LAST - DAY * first, LAST - DAY * last), told=False)

    finding = days_since_onset(look(History(), onset=onset))

    assert finding.facts == {"days_since_onset": since}
    assert finding.statement.id == f"features.{id}"


def test_the_strip_shows_twelve_weeks_up_to_the_day() -> None:
    history = drawn(weekly("5 . 5 . . 10 .", 14))

    picture = strip(look(history, LAST, told(LAST - DAY * 3)))

    assert len(picture.days) == KNOWLEDGE.number("strip_days")
    assert picture.days[-1].on == LAST


def test_the_strip_of_an_onset_long_ago_shows_the_weeks_around_it() -> None:
    picture = strip(look(drawn(weekly("5 . 5 . . 10 .", 40)), LAST, told(LAST - DAY * 150)))

    assert picture.days[-1].on == LAST - DAY * 150 + DAY * 28
    assert LAST - DAY * 150 in [day.on for day in picture.days]


def test_the_strip_marks_spikes_and_the_worst_pain_of_a_day() -> None:
    history = replace(
        drawn(f"{weekly('5 . 5 . . 10 .', 12)} 14 ."),
        symptoms=(Symptom(LAST, 2.0), Symptom(LAST, 5.0), Symptom(LAST - DAY * 200, 9.0)),
    )

    picture = strip(look(history, LAST, None))

    assert picture.spikes == (LAST - DAY,)
    assert picture.pain == (PainMark(LAST, 5.0),)


def test_every_sentence_of_this_room_is_used_and_none_is_lacking() -> None:
    """The keys in the code, a name in braces standing for any word, against the keys in the file."""
    there = {id.removeprefix("features.") for id in KNOWLEDGE.sentences if id.startswith("features.")}
    trees = [ast.parse(path.read_text("utf-8")) for path in _modules()]
    said = [_pattern(call.args[0]) for tree in trees for call in ast.walk(tree) if _says(call)]
    texts = [_pattern(node) for tree in trees for node in ast.walk(tree)]

    assert len(said) > 20
    assert [
        key for key in said if key is not None and not any(re.fullmatch(key, each) for each in there)
    ] == []
    assert [each for each in there if not any(key and re.fullmatch(key, each) for key in texts)] == []


def _modules() -> list[Path]:
    return sorted(Path(backstride.features.__path__[0]).rglob("*.py"))


def _says(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "says"


def _pattern(node: ast.AST) -> str | None:
    """The pattern of a text in the code; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.values
    )
