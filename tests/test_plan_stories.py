"""Runners week by week: the pages are as the program tells them today, and each turning point holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from accuracy.story_days import Day, Played, play
from accuracy.story_file import Expect, paths, read
from accuracy.story_page import page

from backstride.knowledge.loader import shipped
from backstride.model.assessment import Plan

STORIES = paths()


@cache
def played(path: Path) -> Played:
    return play(read(path), shipped())


@pytest.fixture(params=STORIES, ids=[path.stem for path in STORIES])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_there_are_at_least_ten() -> None:
    assert len(STORIES) >= 10


def test_the_page_is_as_the_program_tells_it(path: Path) -> None:
    """After a change of rules or words: PYTHONPATH=src:. python accuracy/stories.py, then read the diff."""
    told = page(played(path), shipped())
    assert told == path.with_suffix(".md").read_text("utf-8")
    assert "Text(" not in told


def test_every_turning_point_holds(path: Path) -> None:
    story = played(path)
    days = {day.number: day for day in story.days}
    wrong = [fault for each in story.story.expect for fault in faults(each, days[each.day], story)]
    assert wrong == []


def faults(expect: Expect, day: Day, story: Played) -> list[str]:
    """What is not as it was expected, in words."""
    answer, plan = day.night, day.night.plan
    steps = [step.id for step in plan.steps] if isinstance(plan, Plan) else []
    relapse, course = answer.relapse, answer.course
    found: dict[str, object] = {
        "plan": isinstance(plan, Plan),
        "rung": plan.rung if isinstance(plan, Plan) else None,
        "tier": answer.triage.tier.name,
        "refers": any(step.kind == "see" for step in plan.steps) if isinstance(plan, Plan) else None,
        "judged": story.judged(day),
        "best": next((cause.cause for cause in answer.causes if cause.fit == "fits best"), None),
        "relapse": relapse is not None and relapse.alarm_on is not None,
        "review": None if course is None else course.review,
    }
    raised = {flag.id for flag in answer.triage.raised}
    return [
        *(
            f"day {expect.day}: {name} is {found[name]}"
            for name in found
            if getattr(expect, name) is not None and getattr(expect, name) != found[name]
        ),
        *(f"day {expect.day}: {id} is not raised" for id in expect.raised if id not in raised),
        *(f"day {expect.day}: no {id}" for id in expect.has if id not in steps),
        *(f"day {expect.day}: {id}" for id in expect.lacks if id in steps),
    ]


def test_a_turning_point_that_does_not_hold_is_seen() -> None:
    story = played(next(path for path in STORIES if path.stem == "red_twice"))
    wrong = Expect(
        day=0, plan=False, rung=3, tier="T2", has=("nothing",), lacks=("walk_run_1",), raised=("rf",)
    )
    assert len(faults(wrong, story.days[0], story)) == 6
