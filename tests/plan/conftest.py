"""Made-up runners for the tests of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.knowledge.records import each_in
from backstride.knowledge.rules import Rule
from backstride.model.assessment import (
    Contributor,
    Fit,
    NoPlan,
    Plan,
    RankedCause,
    Tier,
    Triage,
)
from backstride.model.findings import Facts, Finding, Onset
from backstride.model.history import CheckIn, Seen, Span
from backstride.model.ladder import RunDay, RunHabits, Setback
from backstride.model.text import Text
from backstride.model.wishes import Wishes
from backstride.plan.climb import Standing
from backstride.plan.planner import NO_HABITS, NO_RUNS, NO_WISHES, make_plan
from backstride.plan.turns import end_of, turns

ON = date(2026, 3, 20)

CALM = Triage(
    tier=Tier.T0,
    flags=(),
    headline=Text("plan.honest"),
    where_to_go=Text("plan.honest"),
    stops_plan=False,
    stop_running=False,
    open_questions=(),
    ask_again=(),
)

READY: Facts = {
    "age_years": 34.0,
    "sex": "male",
    "one_sided_impact_pain": False,
    "osteoporosis": False,
    "both_legs": "no",
    "leg_weakness": "no",
    "leg_pain": "none",
    "leg_numb_or_tingling": False,
    "walk_30_min_easy": True,
    "heel_raises_10": True,
    "hops_5_pain_free": True,
}
"""An adult who passes every check and has answered the safety questions with no."""

MEDICINE_CLEAR: Facts = {
    "wants_medicine": True,
    **dict.fromkeys(
        (
            "nsaid_allergy",
            "stomach_ulcer_or_bleed",
            "bleeding_problem",
            "blood_thinner",
            "takes_blood_thinner",
            "takes_antiplatelet",
            "takes_ssri",
            "takes_ace_or_arb",
            "takes_diuretic",
            "takes_kidney_or_immune_medicine",
            "takes_steroid_tablets",
            "takes_nsaid_already",
            "heart_kidney_liver_failure",
            "chickenpox_now",
            "dehydrated_or_vomiting",
            "hard_run_within_a_day",
            "loin_pain_after_hard_effort",
            "loin_pain_waves",
            "upper_belly_or_meals",
            "asthma",
            "heart_disease_or_stroke",
            "kidney_or_liver_problem",
            "uncontrolled_blood_pressure",
            "bowel_disease",
            "ginkgo_or_cold_remedy",
        ),
        False,
    ),
}
"""Every stop item and every reason to ask a pharmacist is a no."""


FITS: tuple[Fit | None, ...] = ("fits best", "possible", "unlikely", None)
DAYS = (None, 0, 2, 3, 14, 15, 42, 60, 84, 85, 400)
"""Since the pain began."""
LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return shipped()


@pytest.fixture(scope="session")
def calm() -> Triage:
    """Nothing raised, nothing open."""
    return CALM


@pytest.fixture(scope="session")
def ready_facts() -> Facts:
    return READY


@pytest.fixture(scope="session")
def medicine_clear() -> Facts:
    return MEDICINE_CLEAR


@pytest.fixture(scope="session")
def causes_named(knowledge: Knowledge) -> tuple[str, ...]:
    """Every cause that the plan's knowledge names."""
    named = set(knowledge.causes)
    for record in (*knowledge.exercises.values(), *knowledge.treatments.values()):
        named.update(record.not_with_causes)
    for ladder in knowledge.ladders.values():
        named.update(ladder.bone_causes)
    return tuple(sorted(named))


@pytest.fixture(scope="session")
def facts_used(knowledge: Knowledge) -> tuple[str, ...]:
    """Every fact that a rule of the plan or of a group of people looks at."""
    records = (
        *knowledge.exercises.values(),
        *knowledge.treatments.values(),
        *knowledge.ladders.values(),
        *knowledge.phases.values(),
        *knowledge.populations.values(),
    )
    return tuple(
        sorted({name for record in records for _, rule in each_in(record, "", Rule) for name in rule.names})
    )


Ranked = Callable[[Mapping[str, Fit]], tuple[RankedCause, ...]]


def _cause(id: str, fit: Fit) -> RankedCause:
    text = Text("plan.honest")
    return RankedCause(id, text, text, fit, 0.5, 0.2, 0.8, (), (), (), text, text, text, ("own_rule",))


@pytest.fixture(scope="session")
def ranked(causes_named: tuple[str, ...]) -> Ranked:
    """All causes, unlikely but for those given; non-specific fits best unless said otherwise."""

    def make(fits: Mapping[str, Fit]) -> tuple[RankedCause, ...]:
        every: dict[str, Fit] = {
            **dict.fromkeys(causes_named, "unlikely"),
            "non_specific": "fits best",
            **fits,
        }
        return tuple(_cause(id, fit) for id, fit in every.items())

    return make


Planned = Callable[..., Plan | NoPlan]


@pytest.fixture(scope="session")
def planned(knowledge: Knowledge, ranked: Ranked) -> Planned:
    """A plan from facts, with everything else as calm as it can be unless given."""

    def make(
        facts: Facts,
        *,
        fits: Mapping[str, Fit] | None = None,
        causes: tuple[RankedCause, ...] | None = None,
        days: int | None = 20,
        triage: Triage = CALM,
        contributors: tuple[Contributor, ...] = (),
        findings: tuple[Finding, ...] = (),
        check_ins: tuple[CheckIn, ...] = (),
        seen: tuple[Seen, ...] = (),
        runs: tuple[RunDay, ...] = (),
        habits: RunHabits = NO_HABITS,
        wishes: Wishes = NO_WISHES,
        lately: Mapping[date, float] = NO_RUNS,
        setbacks: tuple[Setback, ...] = (),
        on: date = ON,
    ) -> Plan | NoPlan:
        none: frozenset[str] = frozenset()
        began = None if days is None else on - timedelta(days=days)
        onset = None if began is None else Onset(Span(began, began), told=True)
        known = Known(facts, none, none, none)
        ranking = causes if causes is not None else ranked(fits or {})
        return make_plan(
            known,
            triage,
            ranking,
            contributors,
            findings,
            onset,
            on,
            knowledge,
            check_ins,
            seen=seen,
            runs=runs,
            habits=habits,
            wishes=wishes,
            lately=lately,
            setbacks=setbacks,
        )

    return make


@pytest.fixture(scope="session")
def raised() -> Callable[[Tier], Triage]:
    """A triage with one tier raised."""
    return lambda tier: replace(CALM, tier=tier, stops_plan=tier >= Tier.T2)


@pytest.fixture(scope="session")
def any_facts(knowledge: Knowledge, facts_used: tuple[str, ...]) -> st.SearchStrategy[Facts]:
    """Any facts that the plan's rules look at, each known or not; often all risks are a clear no."""
    return st.fixed_dictionaries({}, optional={name: _values(name, knowledge) for name in facts_used})


def _values(name: str, knowledge: Knowledge) -> st.SearchStrategy[Any]:
    asked = knowledge.questions.get(name) or knowledge.facts[name]
    if asked.kind == "choice":
        return st.sampled_from(sorted(asked.options))
    if name == "age_years":
        return st.integers(8, 90).map(float)
    return st.floats(0, 120) if asked.kind == "number" else st.booleans()


@pytest.fixture(scope="session")
def any_causes(causes_named: tuple[str, ...]) -> st.SearchStrategy[tuple[RankedCause, ...]]:
    """Any ranking: each cause with some fit, or left out of it; mostly unlikely."""
    mostly: tuple[Fit | None, ...] = ("unlikely",) * 30
    fits = st.sampled_from((*mostly, *FITS))
    return st.fixed_dictionaries(dict.fromkeys(causes_named, fits)).map(
        lambda chosen: tuple(_cause(id, fit) for id, fit in chosen.items() if fit is not None)
    )


def ruled_out(causes: tuple[RankedCause, ...]) -> set[str]:
    """The causes that are unlikely."""
    return {cause.cause for cause in causes if cause.fit == "unlikely"}


def barred_for(facts: Facts, knowledge: Knowledge) -> set[str]:
    """The exercises that a group of people must leave out to which the runner belongs, or may belong."""
    groups = [each for each in knowledge.populations.values() if each.when.value(facts) is not False]
    return {id for group in groups for id in group.bars}


def climb(*told: Any, **more: Any) -> Standing:  # Any: each as `turns` takes it
    """Where the days told in check-ins have led from the first running rung."""
    return end_of(turns(*told, **more))
