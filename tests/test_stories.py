"""Runner stories: made-up people as case files, and what must be said to each of them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.reports.printed import words_of

from backstride.app.actions import open_case
from backstride.app.case import Case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, NoPlan, Plan, Tier
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording

FOLDER = Path(__file__).parent / "runners"
STORIES = sorted(FOLDER.glob("*.toml"))

DIAGNOSES = re.compile(
    r"(?<!if )(?<!do )(?<!whether )(?<!that )(?<!once )\byou have (a|an|the|got|no) ", re.IGNORECASE
)
"""The words of a diagnosis; "if you have a fever" is none."""

EXPECTS = {
    "tier",
    "tier_at_least",
    "tier_at_most",
    "first_flag",
    "raised",
    "not_raised",
    "plan",
    "stop_running",
    "best",
    "best_one_of",
    "possible",
    "not_best",
    "contributors",
    "plan_has",
    "plan_lacks",
    "no_ladder",
    "notes",
    "without_page",
}
"""Everything a story may expect; an unknown word fails the story."""


@cache
def told(path: Path) -> tuple[Case, Assessment]:
    case = open_case(path, shipped())
    return case, assess(case.history, case.on, shipped())


@pytest.fixture(params=STORIES, ids=[path.stem for path in STORIES])
def story(request: pytest.FixtureRequest) -> tuple[Case, Assessment]:
    return told(request.param)


def test_there_are_stories_for_emergencies_weak_flags_and_causes() -> None:
    for kind, least in (("emergency_", 20), ("weak_", 6), ("cause_", 14), ("special_", 8)):
        assert len([path for path in STORIES if path.stem.startswith(kind)]) >= least, kind


def test_a_story_expects_something_we_know(story: tuple[Case, Assessment]) -> None:
    case, _ = story

    assert case.expect
    assert set(case.expect) <= EXPECTS
    assert case.history.profile.made_up


def test_a_story_is_triaged_as_it_must_be(story: tuple[Case, Assessment]) -> None:
    expect, triage = story[0].expect, story[1].triage
    raised = [flag.id for flag in triage.raised]

    if "tier" in expect:
        assert triage.tier.name == expect["tier"]
    assert Tier[expect.get("tier_at_least", "T0")] <= triage.tier <= Tier[expect.get("tier_at_most", "T4")]
    if "first_flag" in expect:
        assert raised[0] == expect["first_flag"]
    assert set(expect.get("raised", ())) <= set(raised)
    assert not set(expect.get("not_raised", ())) & set(raised)
    if "stop_running" in expect:
        assert triage.stop_running is expect["stop_running"]


def test_a_story_gets_a_plan_only_where_it_may(story: tuple[Case, Assessment]) -> None:
    expect, plan = story[0].expect, story[1].plan

    if "plan" in expect:
        assert isinstance(plan, Plan) is expect["plan"]
    if isinstance(plan, Plan):
        steps = {step.id for step in plan.steps}
        assert set(expect.get("plan_has", ())) <= steps
        assert not set(expect.get("plan_lacks", ())) & steps
        if expect.get("no_ladder", False):
            assert plan.rung == 0
            assert not [id for id in steps if id.startswith("walk_run_")]


SPECIAL = sorted(FOLDER.glob("special_*.toml"))
TOLD_WHILE_WAITING = [path for path in STORIES if path not in SPECIAL and "notes = [" in path.read_text()]


def lost(answer: Assessment, group: str) -> list[str]:
    """What the page of a group says and this answer does not; fails where the page says nothing."""
    page = shipped().populations[group]
    field = "changes" if isinstance(answer.plan, Plan) else "until_seen"
    ids = [f"populations.{group}.{field}.{index}" for index in range(len(getattr(page, field)))]
    assert ids, f"{group} says nothing of {field}"
    said = answer.plan.do if isinstance(answer.plan, NoPlan) else answer.plan.notes
    return [id for id in ids if id not in {text.id for text in said}]


def without_page(case: Case, group: str) -> Assessment:
    """The answer to the same runner if nobody had written the page of that group."""
    others = {id: page for id, page in shipped().populations.items() if id != group}
    return assess(case.history, case.on, replace(shipped(), populations=others))


def test_every_group_of_people_has_a_story() -> None:
    assert {f"special_{group}" for group in shipped().populations} == {path.stem for path in SPECIAL}


def test_a_story_is_told_what_is_different_for_its_runner(story: tuple[Case, Assessment]) -> None:
    case, answer = story
    words = RENDERERS["html"].render(answer, Wording(shipped().sentences)).decode()
    for group in case.expect.get("notes", ()):
        assert lost(answer, group) == []
        page = shipped().populations[group]
        for sentence in page.changes if isinstance(answer.plan, Plan) else page.until_seen:
            assert sentence.replace("'", "&#39;") in words or sentence in words


@pytest.mark.parametrize("path", [*SPECIAL, *TOLD_WHILE_WAITING], ids=lambda path: path.stem)
def test_without_the_page_of_its_group_a_story_would_not_be_told(path: Path) -> None:
    case, _ = told(path)
    assert case.expect["notes"]
    for group in case.expect["notes"]:
        answer = without_page(case, group)
        said = shipped().populations[group]
        whole = said.changes if isinstance(answer.plan, Plan) else said.until_seen
        assert len(lost(answer, group)) == len(whole), group


@pytest.mark.parametrize("path", SPECIAL, ids=lambda path: path.stem)
def test_without_the_page_a_story_would_be_advised_as_anybody_else(path: Path) -> None:
    """`without_page` in a story: the steps and the tier that only the page changes, if any."""
    case, _ = told(path)
    twin = case.expect.get("without_page", {})
    assert set(twin) <= {"tier", "plan_has", "plan_lacks"}
    answer = without_page(case, case.expect["notes"][0])
    assert isinstance(answer.plan, Plan)
    steps = {step.id for step in answer.plan.steps}
    assert answer.triage.tier.name == twin.get("tier", case.expect["tier"])
    assert set(twin.get("plan_has", ())) <= steps
    assert not set(twin.get("plan_lacks", ())) & steps


def test_a_story_fits_the_cause_it_was_written_for(story: tuple[Case, Assessment]) -> None:
    expect, causes = story[0].expect, story[1].causes
    fit = {cause.cause: cause.fit for cause in causes}

    if "best" in expect:
        assert causes[0].cause == expect["best"]
        assert causes[0].fit == "fits best"
    if "best_one_of" in expect:
        assert causes[0].cause in expect["best_one_of"]
    for cause in expect.get("possible", ()):
        assert fit[cause] in ("fits best", "possible"), cause
    for cause in expect.get("not_best", ()):
        assert fit[cause] != "fits best", cause
    seen = {each.contributor for each in story[1].contributors if each.state == "may have contributed"}
    assert set(expect.get("contributors", ())) <= seen


def test_a_raised_flag_stands_first_in_every_report_and_no_plan_is_made(
    story: tuple[Case, Assessment],
) -> None:
    _, answer = story
    if answer.triage.tier < Tier.T2:
        return
    wording = Wording(shipped().sentences)
    headline = wording.say(answer.triage.headline)
    first_flag = wording.say(answer.triage.raised[0].name)

    assert not isinstance(answer.plan, Plan)
    for renderer in RENDERERS.values():
        words = " ".join(words_of(renderer, answer, wording).split())
        body = words.split("<main>")[-1]
        position = body.lower().find(headline.lower()[:40])
        assert position >= 0, renderer.name
        assert first_flag[:30].lower() in body.lower(), renderer.name
        for later in ("What changed before", "What fits", "What to do now", '"causes"', '"changes"'):
            assert body.find(later) == -1 or position < body.find(later), (renderer.name, later)


def test_a_story_reads_the_same_twice(story: tuple[Case, Assessment]) -> None:
    case, answer = story

    assert assess(case.history, case.on, shipped()) == answer


@pytest.mark.parametrize("units", ["km", "miles"])
def test_every_sentence_of_every_story_can_be_said(story: tuple[Case, Assessment], units: str) -> None:
    for renderer in RENDERERS.values():
        words = words_of(renderer, story[1], Wording(shipped().sentences, units))  # type: ignore[arg-type]
        assert len(words) > 400
        assert "Text(" not in words
        assert not DIAGNOSES.search(words), DIAGNOSES.search(words)
