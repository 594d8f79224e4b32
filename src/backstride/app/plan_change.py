"""What is different in today's plan from yesterday's, and why."""

from __future__ import annotations

from backstride.model.assessment import NoPlan, Plan, Step
from backstride.model.session import SessionKind
from backstride.model.text import Text

RUNNING: SessionKind = "walk_run"


def changed(before: Plan | NoPlan, now: Plan, red: bool) -> tuple[Text, ...]:
    """Each change as a sentence; `red` says that a day since yesterday was red by the pain rule."""
    if isinstance(before, NoPlan):
        return (Text("web_check_in.changed_first"),)
    goal = () if before.goal == now.goal else (Text("web_check_in.changed_goal", {"goal": now.goal}),)
    return (*goal, *_rung(before, now, red), *_next_run(before, now), *_exercises(before, now))


def _rung(before: Plan, now: Plan, red: bool) -> tuple[Text, ...]:
    """The step of the ladder; 0 is no running yet, which its own sentences tell."""
    if before.rung == now.rung or 0 in (before.rung, now.rung):
        return ()
    way = "up" if now.rung > before.rung else "down_red" if red else "down"
    return (Text(f"web_check_in.changed_{way}", {"before": before.rung, "now": now.rung}),)


def _next_run(before: Plan, now: Plan) -> tuple[Text, ...]:
    """A running session that was on a day of both plans and comes later or sooner now."""
    days = [
        next((day.on for day in plan.week if RUNNING in day.sessions and day.on >= now.week[0].on), None)
        for plan in (before, now)
        if now.week
    ]
    if len(days) < 2 or days[0] is None or days[1] is None or days[0] == days[1]:
        return ()
    return (Text("web_check_in.changed_next", {"before": days[0], "now": days[1]}),)


def _exercises(before: Plan, now: Plan) -> tuple[Text, ...]:
    old, new = _by_id(before), _by_id(now)
    added = [step for id, step in new.items() if id not in old]
    gone = [step for id, step in old.items() if id not in new]
    return (
        *(Text("web_check_in.changed_added", {"what": each.what, "because": each.because}) for each in added),
        *(Text("web_check_in.changed_gone", {"what": each.what}) for each in gone),
    )


def _by_id(plan: Plan) -> dict[str, Step]:
    return {step.id: step for step in plan.steps if step.kind == "exercise"}
