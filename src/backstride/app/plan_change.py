"""What is different in today's plan from yesterday's beside running, and why."""

from __future__ import annotations

from backstride.model.assessment import NoPlan, Plan, Step
from backstride.model.text import Text


def changed(before: Plan | NoPlan, now: Plan) -> tuple[Text, ...]:
    """Each change as a sentence, less those of the running ladder, which the plan's own history tells."""
    if isinstance(before, NoPlan):
        return (Text("web_check_in.changed_first"),)
    goal = () if before.goal == now.goal else (Text("web_check_in.changed_goal", {"goal": now.goal}),)
    return (*goal, *_exercises(before, now))


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
