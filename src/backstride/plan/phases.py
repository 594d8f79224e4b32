"""Which phase of the plan a runner is in, and when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.phase import Phase
from backstride.model.findings import Facts, Onset
from backstride.model.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where in time a runner stands."""

    phase: Phase
    by_days: Phase
    """The phase that the days alone would give, or for settled pain the one held in: what to expect."""
    held: tuple[Text, ...]
    """Why the phase is earlier than the days say; empty where it is not."""


def days_since(onset: Onset | None, on: date) -> int | None:
    """Days since the pain began; where that is a band, the fewest it can be."""
    return None if onset is None else max(0, (on - onset.by).days)


def place(days: int | None, facts: Facts, knowledge: Knowledge) -> Place:
    """The phase for these days, or an earlier one where something holds the runner back.

    The first and most careful phase where nobody knows when the pain began.
    """
    phases = in_order(knowledge)
    by_days = phases[0]
    if days is not None:
        by_days = next(phase for phase in reversed(phases) if days >= phase.from_day)
    index = phases.index(by_days)
    held: list[Text] = []
    while index > 0 and (reasons := _holding(phases[index], facts)):
        held += reasons
        index -= 1
    expects = phases[index] if facts.get("course_review") == "on_course" else by_days
    return Place(phases[index], expects, tuple({text.id: text for text in held}.values()))


def in_order(knowledge: Knowledge) -> list[Phase]:
    """All phases, earliest first."""
    return sorted(knowledge.phases.values(), key=lambda phase: phase.from_day)


def _holding(phase: Phase, facts: Facts) -> list[Text]:
    return [
        phase.text(f"hold.{index}.says")
        for index, reason in enumerate(phase.hold)
        if reason.when.value(facts) is True
    ]


def review_on(
    onset: Onset | None, on: date, sooner: bool, knowledge: Knowledge, told_on: date | None = None
) -> date:
    """The next day to look again: every two weeks and at each milestone, counted from the onset.

    Counted so, the day stays where it is while days pass: a plan made anew each day never puts it off.
    `sooner` is for pain that somebody must see within days: then every week.  A band of onset days
    counts from its first day.  Where no onset is known, from the day on which anything was first told
    (`told_on`), and where nothing was, from today.
    """
    every = timedelta(days=knowledge.number("review_sooner_days" if sooner else "review_longest_days"))
    start = told_on or on if onset is None else onset.earliest
    regular = start + every * (max(0, (on - start) // every) + 1)
    if onset is None:
        return regular
    milestones = (start + timedelta(days=days) for days in knowledge.edges("review_days"))
    return min((min(regular, on + every), *(day for day in milestones if day > on)))
