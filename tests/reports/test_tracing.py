"""Every sentence can be walked back: no reason without what it rests on, no fact without its day."""

from __future__ import annotations

from pathlib import Path

import pytest

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment
from backstride.reports.blocks import Card
from backstride.reports.tracing import traced
from backstride.reports.wording import Wording

KNOWLEDGE = shipped()
STORIES = sorted((Path(__file__).parents[1] / "runners").glob("*.toml"))


@pytest.fixture(params=STORIES, ids=[path.stem for path in STORIES])
def answer(request: pytest.FixtureRequest) -> Assessment:
    case = open_case(request.param, KNOWLEDGE)
    return assess(case.history, case.on, KNOWLEDGE)


def test_everything_said_rests_on_a_fact_whose_origin_is_told(answer: Assessment) -> None:
    origins = {each.fact: each for each in answer.origins}

    for flag in answer.triage.raised:
        assert {*flag.rests_on} <= origins.keys()
    for cause in answer.causes:
        for reason in (*cause.reasons_for, *cause.reasons_against):
            assert origins.keys() & {*reason.rests_on}
    for each in answer.contributors:
        if each.state == "may have contributed":
            assert each.rests_on
            assert {*each.rests_on} <= origins.keys()


def test_an_origin_has_its_days_and_the_runs_are_the_runners_own(answer: Assessment) -> None:
    for each in answer.origins:
        assert (each.days is None) == (each.kind == "profile")
        assert each.runs == () or each.kind == "record"
        if each.days is not None:
            assert each.days.last <= answer.on
            assert all(run.on <= answer.on for run in each.runs)


def test_the_trace_cites_a_source_for_each_reason_and_shows_a_raised_flag_first(answer: Assessment) -> None:
    wording = Wording(KNOWLEDGE.sentences)
    section = traced(answer, wording)
    cards = [block for block in section.blocks if isinstance(block, Card)]

    raised = [wording.say(flag.name) for flag in answer.triage.raised]
    assert [card.title for card in cards[: len(raised)]] == raised
    for card in cards:
        for listing in card.lists:
            for item in listing.items:
                assert item.words
                assert not item.words.endswith(": .")
