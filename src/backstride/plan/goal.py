"""The runner's own goal: what it asks, and the first day on which the plan's own rules allow it.

No probability and no promise: the day is the soonest there can be, with every session green.  No day is named
while running is barred or waits, and no rule is loosened for a goal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import CheckIn
from backstride.model.ladder import RunHabits
from backstride.model.text import Quantity, Text, Value
from backstride.model.wishes import Goal, GoalAhead, Pause
from backstride.plan.ahead import ToCome, to_come
from backstride.plan.climb import Ready, Standing, rungs_named
from backstride.plan.pauses import next_free
from backstride.plan.phases import in_order
from backstride.plan.situation import Situation


@dataclass(frozen=True, slots=True)
class Start:
    """From where a goal is looked at."""

    on: date
    ready: Ready
    standing: Standing
    """With every day of rest that is due, and no pause looked at."""
    cap_m: float | None
    """No single run beyond this today; None where it is not known."""
    lately: Mapping[date, float]
    """Day -> its longest run on record, metres; of the last 30 days and since the goal was told."""
    habits: RunHabits
    check_ins: tuple[CheckIn, ...]
    pauses: tuple[Pause, ...]


def in_force(goals: tuple[Goal, ...]) -> Goal | None:
    """The goal told last; None without any, and where that one was to have none."""
    return None if not goals or goals[-1].kind == "none" else goals[-1]


def goal_ahead(goal: Goal, start: Start, now: Situation, knowledge: Knowledge) -> GoalAhead:
    """How the goal stands today."""
    plain = GoalAhead(
        goal.kind,
        "no day",
        _asks(goal),
        Text("plan.goal_no_day"),
        (),
        (),
        goal.distance_m,
        goal.by,
        goal.race,
    )
    if goal.kind == "keep_training":
        return _keep_training(plain, start, now)
    if (reasons := tuple(_no_day(start, now))) or (first := _first_day(start, now, knowledge)) is None:
        return replace(plain, because=reasons or (Text("plan.goal_when_unknown"),))
    if _reached(goal, start):
        return replace(plain, state="reached", says=Text("plan.goal_reached"))
    sessions = tuple(_sessions(start, first, now, knowledge))
    return _dated(plain, goal, sessions, start, now, knowledge)


def _asks(goal: Goal) -> Text:
    values: dict[str, Value] = {}
    if goal.distance_m is not None:
        values["distance"] = Quantity(goal.distance_m, "m")
    if goal.by is not None:
        values["by"] = goal.by
    kind = "race" if goal.race else goal.kind
    return Text(f"plan.goal_{kind}" + ("_by" if goal.by is not None else ""), values)


def _keep_training(plain: GoalAhead, start: Start, now: Situation) -> GoalAhead:
    """What counts as training now; every rule stays as it is."""
    if now.bone is not False:
        way, *more = Text("plan.goal_keep_bone"), Text("plan.pain_bone")
    elif start.ready.state == "barred" or start.standing.look_first:
        way, *more = Text("plan.goal_keep_no_run"), *_no_day(start, now)
    else:
        way, *more = Text("plan.goal_keep_way"), Text("plan.goal_keep_run")
    return replace(plain, state="kept", says=way, because=(*more, Text("plan.goal_keep_rules")))


def _no_day(start: Start, now: Situation) -> Iterator[Text]:
    """Why no day can be named; nothing where one can."""
    if now.bone:
        yield Text("plan.goal_bone_first")
        return
    if start.ready.state == "barred":
        yield Text("plan.no_running")
        yield from start.ready.because
        return
    if start.standing.look_first:
        yield Text("plan.held" if start.standing.held else "plan.goal_seen_first")
        return
    if start.ready.state == "stay" and (now.bone is None or start.ready.because):
        yield Text("plan.goal_not_settled")
        yield from start.ready.because or (Text("plan.note_bone_unknown"),)
        return
    if now.place.held and not now.place.phase.may_run:
        yield from now.place.held


def _first_day(start: Start, now: Situation, knowledge: Knowledge) -> date | None:
    """The first day on which the phase and the pauses let anybody run; None where nobody can tell."""
    first = start.on
    if not now.place.phase.may_run:
        if now.days is None:
            return None
        from_day = min(phase.from_day for phase in in_order(knowledge) if phase.may_run)
        first = start.on + timedelta(days=max(0, from_day - now.days))
    return next_free(first, start.pauses)


def _reached(goal: Goal, start: Start) -> bool:
    """Whether the record or the diary has it since it was told."""
    runs = {day: metres for day, metres in start.lately.items() if day >= goal.on}
    if goal.distance_m is not None:
        days = [day for day, metres in runs.items() if metres >= goal.distance_m]
        return goal.by in days if goal.race else bool(days)
    told = (each for each in start.check_ins if each.on >= goal.on)
    return bool(runs) or any(rung > 0 for each in told for rung in rungs_named(each))


def _sessions(start: Start, first: date, now: Situation, knowledge: Knowledge) -> Iterator[ToCome]:
    ratio = knowledge.number("longest_run_cap_ratio")
    most = None if start.cap_m is None else start.cap_m / ratio
    known = {day: min(metres, most) for day, metres in start.lately.items() if most is not None}
    return to_come(start.standing, first, known, start.habits, start.pauses, now.ladder, knowledge)


def _dated(
    plain: GoalAhead,
    goal: Goal,
    sessions: tuple[ToCome, ...],
    start: Start,
    now: Situation,
    knowledge: Knowledge,
) -> GoalAhead:
    if not sessions:
        return replace(plain, because=(Text("plan.goal_pause_open"),))
    day = _race_day(goal, sessions, knowledge) if goal.race else _day(goal, sessions)
    if day is None:
        return _beyond(plain, goal, sessions, start, knowledge)
    counted = tuple(_counted(goal, sessions, day, start, now, knowledge))
    dated = replace(plain, earliest_on=day, because=counted)
    told: dict[str, Value] = {"day": day}
    if goal.by is None:
        return replace(dated, state="any day", says=Text("plan.goal_any_day", told))
    told["by"] = goal.by
    if day <= goal.by:
        return replace(dated, state="within reach", says=Text("plan.goal_within_reach", told))
    instead = tuple(_instead(goal, sessions, day, now))
    key = "plan.goal_day_over" if goal.by < start.on else "plan.goal_not_by_then"
    return replace(dated, state="not by then", says=Text(key, told), instead=instead)


def _day(goal: Goal, sessions: tuple[ToCome, ...]) -> date | None:
    """The first session that is what the goal asks for."""
    if goal.distance_m is None:
        return next((each.on for each in sessions if each.rung > 0), None)
    return next((each.on for each in sessions if (each.in_one_go_m or 0.0) >= goal.distance_m), None)


def _race_day(goal: Goal, sessions: tuple[ToCome, ...], knowledge: Knowledge) -> date | None:
    """The first long run of the full length, after so many that were long enough."""
    if goal.distance_m is None:
        return None
    long_m = goal.distance_m * knowledge.number("race_long_share")
    long = [each for each in sessions if (each.in_one_go_m or 0.0) >= long_m]
    ready = long[int(knowledge.number("race_long_runs")) :]
    return next((each.on for each in ready if (each.in_one_go_m or 0.0) >= goal.distance_m), None)


def _beyond(
    plain: GoalAhead, goal: Goal, sessions: tuple[ToCome, ...], start: Start, knowledge: Knowledge
) -> GoalAhead:
    """No session to come is that long: too far away, or nobody knows how long they are."""
    if all(each.in_one_go_m is None for each in sessions):
        return replace(plain, because=(Text("plan.goal_no_speed"),))
    ahead = Quantity(knowledge.number("goal_ahead_days"), "day")
    because = (Text("plan.goal_too_far", {"days": ahead}),)
    return replace(plain, state="not by then" if goal.by else "no day", because=because)


def _counted(
    goal: Goal,
    sessions: tuple[ToCome, ...],
    day: date,
    start: Start,
    now: Situation,
    knowledge: Knowledge,
) -> Iterator[Text]:
    """How the day was counted, in the numbers of the rules."""
    if start.ready.state == "stay":
        yield Text("plan.goal_if_ready", {"checks": start.ready.try_first})
    ladder = now.ladder
    top = len(ladder.rung) - 1
    before = [each for each in sessions if each.on < day]
    if steps := len({each.rung for each in before if each.rung < top}):
        yield Text(
            "plan.goal_counted",
            {"steps": steps, "times": ladder.greens_to_climb, "days": ladder.days_between_runs},
        )
    if any(each.rung == top for each in before):
        share = Quantity(knowledge.number("longest_run_cap_ratio"), "ratio")
        apart = Quantity(knowledge.number("long_run_days"), "day")
        yield Text("plan.goal_counted_long", {"share": share, "days": apart})
    if goal.race:
        runs = Quantity(knowledge.number("race_long_runs"), "count")
        long = Quantity(knowledge.number("race_long_share"), "share")
        yield Text("plan.goal_counted_race", {"runs": runs, "share": long})
    if any(pause.last is None or pause.last >= start.on for pause in start.pauses):
        yield Text("plan.goal_counted_pause")
        days = (start.standing.last_on or start.on, *(each.on for each in before), day)
        if any((after - last).days > ladder.days_going for last, after in pairwise(days)):
            yield Text("plan.checks_again", {"days": ladder.days_going})
    yield Text("plan.goal_no_promise")


def _instead(goal: Goal, sessions: tuple[ToCome, ...], day: date, now: Situation) -> Iterator[Text]:
    """What the rules allow by the wished day, and the honest choices."""
    by = goal.by or day
    until = [each for each in sessions if each.on <= by]
    longest = max((each.in_one_go_m or 0.0 for each in until), default=0.0)
    rung = max((each.rung for each in until), default=0)
    if longest > 0:
        yield Text("plan.goal_by_then_far", {"distance": Quantity(longest, "m"), "by": by})
    elif rung > 0:
        yield Text("plan.goal_by_then_rung", {"rung": rung, "last": len(now.ladder.rung) - 1, "by": by})
    yield Text("plan.goal_instead_race" if goal.race else "plan.goal_instead", {"day": day})
