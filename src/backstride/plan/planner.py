"""From what fits to what to do: one plan for today and the days until the review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import (
    Contributor,
    NoPlan,
    Plan,
    RankedCause,
    Step,
    StepKind,
    Tier,
    Triage,
)
from backstride.model.findings import Facts, Finding, Onset
from backstride.model.history import CheckIn, Seen
from backstride.model.ladder import RunDay, RunHabits, Setback
from backstride.model.text import Text
from backstride.model.wishes import PAUSED, Wishes
from backstride.plan import exercise_wishes, goal, pauses
from backstride.plan.climb import Standing, kept, ready, waiting
from backstride.plan.exercise_steps import exercise_steps
from backstride.plan.ladder_history import history
from backstride.plan.offer import Bar
from backstride.plan.pain_rule import red_above
from backstride.plan.phases import days_since, review_on
from backstride.plan.relief_steps import treatment_steps
from backstride.plan.run_steps import bone_steps, longest_run_cap_m, run_step
from backstride.plan.sessions import sessions
from backstride.plan.situation import Situation, open_about_bone, situation
from backstride.plan.steps import phase_steps, see_step, trial_step
from backstride.plan.today import today
from backstride.plan.turns import end_of, going, turns
from backstride.plan.week import week
from backstride.plan.within_cap import fitted
from backstride.plan.words import notes, pain_rule, safety_net, stop_rules, until_seen

_ORDER: tuple[StepKind, ...] = ("move", "run", "relief", "exercise", "habit", "avoid", "see", "review")
"""What can be done today comes first."""
NO_HABITS = RunHabits()
NO_WISHES = Wishes()
NO_RUNS: Mapping[date, float] = {}
_BONE_ORDER: tuple[StepKind, ...] = ("see", "avoid", "move", "run", "relief", "exercise", "habit", "review")


def make_plan(
    known: Known,
    triage: Triage,
    causes: tuple[RankedCause, ...],
    contributors: tuple[Contributor, ...],
    findings: tuple[Finding, ...],
    onset: Onset | None,
    on: date,
    knowledge: Knowledge,
    check_ins: tuple[CheckIn, ...] = (),
    ran_on: date | None = None,
    told_on: date | None = None,
    seen: tuple[Seen, ...] = (),
    runs: tuple[RunDay, ...] = (),
    habits: RunHabits = NO_HABITS,
    wishes: Wishes = NO_WISHES,
    lately: Mapping[date, float] = NO_RUNS,
    setbacks: tuple[Setback, ...] = (),
) -> Plan | NoPlan:
    """What to do until the review; no plan while a red flag is raised or a safety question is open.

    `check_ins` move the runner on the ladder; without any the first running rung is the start.
    `ran_on` is the last day with a recorded run, `told_on` the first day on which anything was told.
    `seen` are visits to somebody who looked, `runs` what was run on the days told of and today, `habits`
    how the runner usually runs and records.  `wishes` is what is wanted of the plan; none of it loosens a
    rule.  `lately` is the longest run of each day, metres, of the last 30 days and since the goal was told;
    `setbacks` take back on the ladder what no session did.
    """
    if (instead := _instead(triage, known.facts, knowledge)) is not None:
        return instead
    now = situation(known.facts, days_since(onset, on), causes, knowledge)
    if anew := open_about_bone(now, known, knowledge):
        return NoPlan(Text("plan.none_questions"), anew, (Text("plan.answer_first"),))
    stop = (Bar(Text("plan.stop_running"), sure=True),) if triage.stop_running else ()
    told = tuple(turns(check_ins, now.bone, knowledge, now.ladder, seen, runs, wishes.restarts, setbacks))
    may = ready(now.ladder, now.facts, now.bone, (*now.ladder_bars, *stop), going(told, on, now.ladder))
    led_to = kept(end_of(told), on, now.ladder)
    rested = _waiting(led_to, ran_on, on, now, knowledge)
    paused = pauses.in_force(wishes.pauses)
    standing = pauses.after_pauses(rested, on, paused, now.ladder)
    may_run = may.state != "barred"
    running = may.state == "may run" and now.place.phase.may_run
    longest_m = longest_run_cap_m(findings, knowledge)
    due = running and not standing.look_first
    cap_m = longest_m if due else None
    fit = fitted(now.ladder.rung[standing.rung], now.ladder, cap_m, habits, knowledge)
    asked = exercise_wishes.in_force(wishes.exercises)
    exercises = exercise_steps(now, knowledge, asked)
    steps = (
        *(
            bone_steps(now, triage, knowledge)
            if now.bone
            else (run_step(now, may, standing, cap_m, fit, on, knowledge),)
        ),
        *phase_steps(now, may_run, knowledge),
        *treatment_steps(now, knowledge),
        *exercises,
        *trial_step(contributors, now, knowledge),
        *see_step(triage, causes, standing.refer, now, knowledge),
    )
    look_again = review_on(onset, on, now.bone is True, knowledge, told_on)
    made = sessions(steps, standing, cap_m, fit, now, knowledge)
    days = week(made, on, look_again, standing, check_ins, now, knowledge, paused)
    if pauses.is_paused(on, paused):
        made = tuple(session for session in made if any(session.kind in day.sessions for day in days))
    climbs = may_run and not may.because and now.place.phase.may_run
    off = pauses.pauses_ahead(paused, rested, told, climbs, on, look_again, now.ladder)
    wanted = goal.in_force(wishes.goals)
    start = goal.Start(on, may, rested, longest_m, lately, habits, check_ins, paused)
    return Plan(
        phase=now.place.phase.id,
        goal=_goal(now, may_run),
        steps=_in_order(pauses.without_paused(steps, off, days, on, now), now),
        rung=standing.rung if due else 0,
        longest_run_cap_m=cap_m,
        pain_rule=pain_rule(now, knowledge),
        red_above=red_above(now.bone, knowledge),
        stop_rules=stop_rules(knowledge),
        safety_net=safety_net(knowledge),
        review_on=look_again,
        expect=Text("plan.expect_bone") if now.bone else now.place.by_days.text("expect"),
        honest=Text("plan.honest"),
        notes=notes(now, due and cap_m is None),
        sessions=made,
        week=days,
        look_first=running and not due,
        today=today(led_to, fit, runs, check_ins, on, now, knowledge) if due else None,
        history=history(told, now, knowledge),
        own_goal=None if wanted is None else goal.goal_ahead(wanted, start, now, knowledge),
        wishes=exercise_wishes.wishes_kept(wishes.exercises, exercises, now, knowledge),
        pauses=off,
    )


def _goal(now: Situation, may_run: bool) -> Text:
    """What these days are for; the phase speaks of running, so not where running is barred."""
    if now.bone:
        return Text("plan.goal_bone")
    return now.place.phase.text("goal") if may_run else Text("plan.goal_no_running")


def _waiting(
    standing: Standing, ran_on: date | None, on: date, now: Situation, knowledge: Knowledge
) -> Standing:
    """The standing with every day of rest that is due."""
    pain = now.facts.get("pain_now")
    red_now = isinstance(pain, (int, float)) and pain > red_above(now.bone, knowledge)
    return waiting(standing, ran_on, red_now, on, now.ladder)


def _instead(triage: Triage, facts: Facts, knowledge: Knowledge) -> NoPlan | None:
    """Why no plan is made; None where one may be."""
    if triage.stops_plan or triage.tier >= Tier.T2:
        do = (*(flag.why for flag in triage.raised), triage.where_to_go)
        rest = (Text("plan.stop_running"),) if triage.stop_running else ()
        return NoPlan(Text("plan.none_flag"), (), (*do, *rest, *until_seen(facts, knowledge)))
    if triage.open_questions:
        return NoPlan(Text("plan.none_questions"), triage.open_questions, (Text("plan.answer_first"),))
    return None


def _in_order(steps: tuple[Step, ...], now: Situation) -> tuple[Step, ...]:
    """A pause first; but whom to see about bone, and what to leave out, come before it."""
    order = _BONE_ORDER if now.bone else _ORDER
    first = order.index("move") if now.bone else 0
    return tuple(
        sorted(steps, key=lambda step: (first, 0) if step.id == PAUSED else (order.index(step.kind), 1))
    )
