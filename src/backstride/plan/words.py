"""What stands beside the steps of every plan: pain rule, stop rules, safety net, notes."""

from __future__ import annotations

from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Facts
from backstride.model.text import Quantity, Text, Value
from backstride.plan.situation import Situation

SAFETY_NET = "triage.safety_net_"
STOP_RULES = (
    "plan.stop_flags",
    "plan.stop_lasting",
    "plan.stop_leg",
    "plan.stop_ill",
    "plan.stop_night",
    "plan.stop_limp",
)


def pain_rule(now: Situation, knowledge: Knowledge) -> tuple[Text, ...]:
    """The pain rule in words; without a green zone while the pain may come from bone."""
    bone = Text("plan.pain_bone")
    moves = Text("plan.pain_moves")
    if now.bone is not False:
        return bone, moves
    scores = _scores(knowledge)
    rules = tuple(
        Text(f"plan.pain_{name}", scores) for name in ("green_zone", "amber_zone", "red_zone", "morning")
    )
    young = (Text("plan.pain_young"),) if any(group.id == "under_18" for group in now.applies) else ()
    return (*rules, moves, *young, Text("plan.pain_honest"))


def stop_a_run(now: Situation, knowledge: Knowledge) -> tuple[Text, ...]:
    """When to stop a run or walk on the way, in two sentences."""
    red = Text("plan.pain_red_zone", _scores(knowledge))
    return (Text("plan.pain_bone") if now.bone is not False else red), Text("plan.pain_moves")


def _scores(knowledge: Knowledge) -> dict[str, Value]:
    return {
        "green": Quantity(knowledge.number("pain_green_to"), "score"),
        "amber": Quantity(knowledge.number("pain_amber_to"), "score"),
        "rise": Quantity(knowledge.number("pain_morning_rise"), "count"),
        "red_rise": Quantity(knowledge.number("pain_red_rise"), "count"),
    }


def stop_rules(knowledge: Knowledge) -> tuple[Text, ...]:
    """When to stop the plan and ask for help."""
    red = Quantity(knowledge.number("pain_amber_to"), "score")
    return tuple(Text(id, {"red": red}) for id in STOP_RULES)


def safety_net(knowledge: Knowledge) -> tuple[Text, ...]:
    """What to watch for, the same with every plan."""
    return tuple(Text(id) for id in knowledge.sentences if id.startswith(SAFETY_NET))


def notes(now: Situation, no_cap: bool) -> tuple[Text, ...]:
    """What is different for this runner, and what was not known.

    `no_cap` is True where a run is due but the longest recent run is not known.
    """
    unknown = (Text("plan.note_onset_unknown"),) if now.days is None else ()
    cap = (Text("plan.note_cap_unknown"),) if no_cap else ()
    bone = (Text("plan.note_bone_unknown"),) if now.bone is None else ()
    changes = tuple(
        group.text(f"changes.{index}") for group in now.applies for index in range(len(group.changes))
    )
    return (*changes, *bone, *unknown, *now.place.held, *cap)


def until_seen(facts: Facts, knowledge: Knowledge) -> tuple[Text, ...]:
    """What holds, while they wait to be seen, for the groups that the runner is known to belong to."""
    return tuple(
        group.text(f"until_seen.{index}")
        for group in knowledge.populations.values()
        if group.when.value(facts) is True
        for index in range(len(group.until_seen))
    )
