"""The whole way from answers to a plan on one day of a made-up runner: facts, flags, causes, plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

from accuracy.plan_laws import (
    DAY,
    IN_ONE_GO,
    NOTHING,
    Watched,
    colour,
    leg_symptom,
    longest_found,
    strong_again,
)
from accuracy.plan_runners import FIRST, Asked, dated, metres, paused, rungs_told, wants_in_plan, wishes

from backstride.causes.rank import rank
from backstride.knowledge.asking import complete
from backstride.knowledge.facts import Known, known_on
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import NoPlan, Plan, RankedCause, Step, Tier, Triage
from backstride.model.findings import Facts, Finding, Onset
from backstride.model.history import Answer, History, Profile, Span
from backstride.model.ladder import RunHabits
from backstride.model.text import Quantity
from backstride.plan.climb import STEP
from backstride.plan.planner import make_plan
from backstride.triage.triage import triage

BONES = {"sacral_bone_stress", "pars_bone_stress", "fragility_fracture"}
ALARMS = ("saddle_numbness", "wiping_feels_different", "bowel_change")
"""Each alone is enough, in either wording."""
ENTRY = ("walk_30_min_easy", "heel_raises_10", "hops_5_pain_free")
STOP = (
    *("nsaid_allergy", "stomach_ulcer_or_bleed", "bleeding_problem", "blood_thinner", "asthma"),
    *("heart_kidney_liver_failure", "dehydrated_or_vomiting", "hard_run_within_a_day", "bowel_disease"),
    *("loin_pain_after_hard_effort", "loin_pain_waves", "upper_belly_or_meals", "chickenpox_now"),
    *("heart_disease_or_stroke", "kidney_or_liver_problem", "uncontrolled_blood_pressure"),
    *("takes_blood_thinner", "takes_antiplatelet", "takes_kidney_or_immune_medicine", "takes_nsaid_already"),
    *("takes_ssri", "takes_ace_or_arb", "takes_diuretic", "takes_steroid_tablets", "ginkgo_or_cold_remedy"),
)
"""What withholds the dose of an anti-inflammatory painkiller, written out by hand."""


def whole_plan(watched: Watched, asked: Asked, chance: Random) -> None:
    """One plan, every law of a plan looked at."""
    runner, on, knowledge = watched.runner, watched.on, watched.knowledge
    wants_in_plan(runner, on, Random(f"{watched.name}/wants in plan"))
    history = History(
        Profile(age_years=runner.age_years, sex=runner.sex, medicines=runner.medicines),
        answers=_checks_aged(dated(runner, asked, on, chance), Random(f"{watched.name}/old checks")),
        check_ins=tuple(runner.check_ins),
        seen=tuple(runner.visits),
    )
    onset = Onset(Span(runner.began, runner.began), told=True) if runner.onset_known else None
    since: Facts = {"days_since_onset": float((on - runner.began).days)} if onset else {}
    findings = (
        longest_found(watched.longest_m()),
        Finding("began", NOTHING, Quantity(0, "day"), None, 1.0, facts=since),
    )
    known = known_on(history, findings, on, knowledge)
    must = triage(known, knowledge)
    stopped = _stopped(known, must, knowledge)
    causes = () if stopped else rank(known, knowledge, must.raised)
    ran_on = max(runner.runs, default=None) if runner.watch else None
    made = make_plan(
        known,
        must,
        causes,
        (),
        findings,
        onset,
        on,
        knowledge,
        history.check_ins,
        ran_on,
        FIRST,
        history.seen,
        tuple(runner.on_record),
        RunHabits(runner.run_mps if chance.random() < 0.7 else None, chance.choice((None, True, False))),
        wishes(runner),
        runner.runs if runner.watch else {},
        tuple(runner.setbacks),
    )
    watched.law("plan_flag", not stopped or isinstance(made, NoPlan))
    if said := _alarms(history.answers):
        watched.law("plan_alarm", isinstance(made, NoPlan), str(said))
    if isinstance(made, NoPlan):
        watched.law("plan_review", bool(made.do or made.ask))
        what = "no plan: a flag is raised" if must.tier >= Tier.T2 else "no plan: safety questions are open"
    else:
        watched.law("plan_review", on < made.review_on <= on + 14 * DAY)
        _steps(watched, made, known.facts, causes)
        what = _running(watched, made, known.facts, causes)
        _wanted(watched, made, known.facts, causes)
    watched.tally.plans[what] = watched.tally.plans.get(what, 0) + 1


def _checks_aged(answers: tuple[Answer, ...], chance: Random) -> tuple[Answer, ...]:
    """In two runners of five the entry checks were told some weeks ago, and not since."""
    if chance.random() > 0.4:
        return answers
    days = DAY * chance.randint(10, 40)
    return tuple(replace(each, on=each.on - days) if each.question in ENTRY else each for each in answers)


def _stopped(known: Known, must: Triage, knowledge: Knowledge) -> bool:
    """Whether any rule of an urgent flag holds, asked of the rules themselves, or a question is open."""
    facts = complete(known.facts, knowledge.questions)
    urgent = any(
        Tier[rule.tier] >= Tier.T2 and rule.when.value(facts) is True
        for flag in knowledge.red_flags.values()
        for rule in flag.rule
    )
    return urgent or bool(must.open_questions) or must.stops_plan


def _alarms(answers: tuple[Answer, ...]) -> list[str]:
    """The signs whose last answer, in one of the two wordings, is a yes of at most a week."""
    last = {answer.question: answer for answer in sorted(answers, key=lambda each: each.on)}
    newest = max(answer.on for answer in answers)
    signs = (each for sign in ALARMS for each in (sign, f"{sign}_plain"))
    return [id for id in signs if id in last and last[id].value == "yes" and (newest - last[id].on).days <= 7]


def _steps(watched: Watched, plan: Plan, facts: Facts, causes: tuple[RankedCause, ...]) -> None:
    """Exercises and medicines against what speaks against them."""
    unlikely = {cause.cause for cause in causes if cause.fit == "unlikely"}
    groups = watched.knowledge.populations.values()
    left_out = {id for group in groups if group.when.value(facts) is not False for id in group.bars}
    for step in plan.steps:
        name = step.id.split("_ask_first")[0].split("_check_first")[0].split("_leave_out")[0]
        if (exercise := watched.knowledge.exercises.get(step.id)) is not None:
            clear = all(reason.when.value(facts) is False for reason in exercise.not_if)
            clear = clear and set(exercise.not_with_causes) <= unlikely and step.id not in left_out
            watched.law("plan_exercise", clear, step.id)
        elif (medicine := watched.knowledge.treatments.get(name)) is not None and medicine.ask_first:
            reasons = (*medicine.not_if, *medicine.ask_first)
            clear = all(reason.when.value(facts) is False for reason in reasons) and name not in left_out
            clear = clear and all(facts.get(stop) is False for stop in STOP)
            watched.law("plan_medicine", clear or step.dose is None, step.id)
            with_dose = "medicine steps, with a dose" if step.dose is not None else "medicine steps, no dose"
            watched.tally.plans[with_dose] = watched.tally.plans.get(with_dose, 0) + 1


def _running(watched: Watched, plan: Plan, facts: Facts, causes: tuple[RankedCause, ...]) -> str:
    """What the plan says about running against what is right; returns which kind of plan it is."""
    session = next((step for step in plan.steps if step.id.startswith(STEP)), None)
    ids = {step.id for step in plan.steps}
    none = plan.rung == 0 and (session is None or session.id == f"{STEP}0")
    unlikely = {cause.cause for cause in causes if cause.fit == "unlikely"}
    clear = facts.get("one_sided_impact_pain") is False and unlikely >= BONES
    zones = {text.id for text in plan.pain_rule} & {"plan.pain_green_zone", "plan.pain_amber_zone"}
    watched.law("plan_bone", clear or (none and session is None and not zones))
    watched.law("plan_legs", none or not leg_symptom(facts))
    watched.law("plan_entry", none or not any(facts.get(check) is False for check in ENTRY))
    too_old = any(facts.get(check) is None for check in ENTRY[:2])
    watched.law("plan_checks", none or not too_old or _went_well_lately(watched))
    if plan.longest_run_cap_m is not None:
        _within(watched, plan.longest_run_cap_m)
    twice = _twice_red(watched, False if clear else True if "no_impact" in ids else None)
    twice = twice or _strong_twice(watched)
    if twice:
        watched.law("plan_refer", any(step.kind == "see" for step in plan.steps))
    if twice or _held(watched):
        runs = any(each.kind == "walk_run" for each in plan.sessions)
        watched.law("plan_waits", none and session is None and not runs)
    if session is None:
        return "a plan without running: " + ("may be bone" if "no_impact" in ids else "barred or not yet")
    if watched.longest_m() is not None:
        _within(watched, min(metres(watched.runner, plan.rung, watched.ladder), *_caps(session)))
    if any(text.id == "plan.next_session" for text in session.how):
        return "a plan with a session on a later day"
    yesterday = watched.ran_yesterday() and 0 < plan.rung < IN_ONE_GO
    watched.law("plan_rest", not yesterday and not watched.red_score(not clear))
    return "a plan with a session today"


def _wanted(watched: Watched, plan: Plan, facts: Facts, causes: tuple[RankedCause, ...]) -> None:
    """What the plan makes of every wish, against what is right."""
    runner, on = watched.runner, watched.on
    inside = {step.id for step in plan.steps if step.id in watched.knowledge.exercises}
    inside |= {block.exercise for session in plan.sessions for block in session.blocks if block.exercise}
    told = {wish.exercise: wish for wish in plan.wishes}
    all_off = not any(day.sessions for day in plan.week) and paused(runner, on)
    for id, wish in {each.exercise: each.wish for each in runner.asked_for}.items():
        if wish == "ban":
            watched.law("plan_ban", id not in inside, id)
        elif wish == "pin":
            kept = id in told and (told[id].kept or bool(told[id].because))
            watched.law("plan_pin", kept and (all_off or told[id].kept == (id in inside)), id)
    if runner.pauses:
        watched.law("plan_pause", not any(day.sessions and paused(runner, day.on) for day in plan.week))
    if runner.restarts:
        sessions = _sessions_since(watched, max(each.on for each in runner.restarts))
        watched.law("plan_again", plan.rung <= 1 + sessions // 2)
    if signs := [each.on for each in runner.setbacks if each.kind == "entry_lost"]:
        sessions = _sessions_since(watched, max(signs))
        watched.law("plan_legs_anew", plan.rung <= 1 + sessions // 2)
    if (goal := plan.own_goal) is not None:
        unlikely = {cause.cause for cause in causes if cause.fit == "unlikely"}
        clear = facts.get("one_sided_impact_pain") is False and unlikely >= BONES and runner.age_years >= 18
        right = clear and not leg_symptom(facts) and not plan.look_first
        watched.law("plan_goal", right or goal.earliest_on is None)
        if goal.earliest_on is not None and goal.kind == "distance":
            # Below rung 10 nothing is in one go; each rung takes two sessions, two days apart.  Where a check
            # comes first the plan names no rung, and the ladder stands no higher than two sessions a rung.
            sessions = sum(bool(rungs_told(each)) or each.on in runner.runs for each in runner.check_ins)
            left = max(0, 10 - (plan.rung or 1 + sessions // 2)) * 2 - 1
            watched.law("plan_goal", goal.earliest_on >= on + max(0, left) * 2 * DAY)
        elif goal.earliest_on is not None:
            free = not paused(runner, goal.earliest_on) and goal.earliest_on >= on
            watched.law("plan_goal", free and not (goal.earliest_on == on and watched.ran_yesterday()))


def _sessions_since(watched: Watched, day: date) -> int:
    """Told days from a day on with a session, or with a run on record."""
    runner = watched.runner
    since = [each for each in runner.check_ins if each.on >= day]
    return sum(bool(rungs_told(each)) or each.on in runner.runs for each in since)


def _went_well_lately(watched: Watched) -> bool:
    """Whether any session of running in the last 14 days, told or taken from the record, was not red."""
    for number, told in enumerate(watched.runner.check_ins):
        before = watched.runner.check_ins[:number]
        ran = max(rungs_told(told), default=0) > 0 or (not told.done and told.on in watched.runner.runs)
        within = (watched.on - told.on).days <= 14
        if ran and within and colour(told, before, False) in ("green", "amber"):
            return True
    return False


def _held(watched: Watched) -> bool:
    """Whether the last word of somebody whose word counts was "not yet"."""
    said = [each.may_run for each in watched.runner.visits if each.who != "running_coach"]
    return [each for each in said if each != "not_said"][-1:] == ["not_yet"]


def _yes_on(watched: Watched) -> date:
    """The last day on which somebody whose word counts said yes."""
    visits = watched.runner.visits
    yes = [each.on for each in visits if each.may_run == "yes" and each.who != "running_coach"]
    return max(yes, default=FIRST)


def _strong_twice(watched: Watched) -> bool:
    """Whether pain above 5 lasted longer than a day twice since the last yes."""
    told, yes_on = watched.runner.check_ins, _yes_on(watched)
    times = (strong_again(told[: number + 1]) for number, each in enumerate(told) if each.on >= yes_on)
    return sum(times) >= 2


def _twice_red(watched: Watched, bone: bool | None) -> bool:
    """Whether two told sessions on one rung were red since the last yes, by what is known of bone today.

    A score that was red only while the pain might have come from bone is no red once that is answered no.
    """
    reds: Counter[int] = Counter()
    for number, told in enumerate(watched.runner.check_ins):
        before = watched.runner.check_ins[:number]
        if colour(told, before, bone) == "red" and told.on >= _yes_on(watched):
            reds.update(rungs_told(told))
    return max(reds.values(), default=0) >= 2


def _caps(session: Step) -> list[float]:
    """Where the session says that it ends, metres."""
    named = (text.values["cap"] for text in session.how if text.id.startswith("plan.session_cap"))
    return [cap.value for cap in named if isinstance(cap, Quantity)] or [float("inf")]


def _within(watched: Watched, length_m: float) -> None:
    longest = watched.longest_m()
    watched.law("plan_cap", longest is not None and length_m <= 1.1 * longest * 1.000001)
