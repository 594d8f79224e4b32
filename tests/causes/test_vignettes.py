"""The public exam as a test: its form, what must never be missed, and answers lost at random.

Only those that were tuned on are held to a result here: the others are for the report alone.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from accuracy.vignettes import HERE, TIERS, Vignette, read, sat, screened, wilson

from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Tier

KNOWLEDGE = shipped()
ALL = read(HERE, KNOWLEDGE)
TUNED = [each for each in ALL if each.split == "tune"]
BASES = {"case report", "case series", "guideline picture", "cohort picture", "made up as a trap"}
KNOWN_MISSES = {"serious/smoker_no_flags_no_progress"}
"""Of those tuned on: nothing but smoking told it from ordinary pain."""
LOOKED_AT = {name for flag in KNOWLEDGE.red_flags.values() for rule in flag.rule for name in rule.when.names}
"""What red flags look at is about safety, in whatever group it is asked."""


def test_there_are_enough_of_every_kind_and_some_are_kept_apart() -> None:
    assert len(ALL) >= 60
    assert {each.keyed for each in ALL} == set(TIERS.values())
    assert 40 <= len(TUNED) <= len(ALL) - 30
    assert len({each.name for each in ALL}) == len(ALL)


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.toml")), ids=lambda path: path.stem)
def test_each_says_where_it_comes_from_and_names_causes_that_there_are(path: Path) -> None:
    key = tomllib.loads(path.read_text("utf-8"))["expect"]

    assert set(key) == {"text", "disposition", "causes", "basis", "sources", "why"}
    assert key["basis"] in BASES
    assert key["sources"]
    assert all(len(source) > 10 for source in key["sources"])
    assert set(key["causes"]) <= KNOWLEDGE.causes.keys()
    assert 40 <= len(key["text"].split()) <= 260


@pytest.mark.parametrize(
    "vignette", [each for each in TUNED if each.keyed >= Tier.T2], ids=lambda each: each.name
)
def test_nobody_who_must_be_seen_soon_is_sent_home(vignette: Vignette) -> None:
    told = sat(vignette, screened(vignette.case, KNOWLEDGE), KNOWLEDGE)

    assert (told.tier >= Tier.T2) == (vignette.name not in KNOWN_MISSES)


@pytest.mark.parametrize("vignette", ALL, ids=lambda each: each.name)
def test_an_answer_lost_in_the_telling_never_loses_a_tier_and_moves_only_what_it_speaks_of(
    vignette: Vignette,
) -> None:
    """One in five answers that are not about safety becomes "not sure", three times over."""
    case = vignette.case
    whole = assess(case.history, case.on, KNOWLEDGE)
    loose = [
        answer.question
        for answer in case.history.answers
        if KNOWLEDGE.questions[answer.question].group not in ("safety", "about")
        and answer.question not in LOOKED_AT
        and KNOWLEDGE.questions[answer.question].kind in ("yes_no", "choice")
    ]
    for draw in range(3):
        random = Random(f"{vignette.name}{draw}")
        lost = {id for id in loose if random.random() < 0.2}
        answers = tuple(
            replace(answer, value="not_sure") if answer.question in lost else answer
            for answer in case.history.answers
        )
        told = assess(replace(case.history, answers=answers), case.on, KNOWLEDGE)

        assert told.triage.tier >= whole.triage.tier
        facts = {KNOWLEDGE.questions[id].stands_for or id for id in lost} | lost
        untouched = {
            cause.id
            for cause in KNOWLEDGE.causes.values()
            if not any(facts & row.when.names for row in cause.evidence)
        }
        before, after = (
            {each.cause: each.probability for each in answer.causes if each.cause in untouched}
            for answer in (whole, told)
        )
        for cause, share in before.items():
            assert after[cause] / sum(after.values()) == pytest.approx(share / sum(before.values()))


def test_the_interval_of_a_share_holds_it_and_narrows_with_numbers() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert wilson(90, 100)[0] > low
