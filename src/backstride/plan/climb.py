"""Where on the walk-run ladder a runner stands, and how sessions move them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.findings import Facts
from backstride.model.history import CheckIn
from backstride.model.text import Text
from backstride.plan.offer import Bar
from backstride.plan.pain_rule import Judgement, judge

STEP = "walk_run_"
"""A check-in names a session of the ladder by this and the rung: walk_run_3."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether the first running rung may be tried."""

    state: Literal["may run", "stay", "barred"]
    because: tuple[Text, ...] = ()
    """What bars it, or what is still missing."""
    try_first: tuple[Text, ...] = ()
    """Entry checks that nobody has answered yet and that are safe to try."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The rung to do next, and since when."""

    rung: int = 1
    greens: int = 0
    """Green sessions in a row on this rung."""
    reds: Mapping[int, int] = field(default_factory=dict)
    """Red sessions so far, by rung."""
    next_on: date | None = None
    """No session before this day; None where none was done yet."""
    refer: bool = False
    """True once one rung went red so often that somebody should look."""


def ready(ladder: Ladder, facts: Facts, bone: bool | None, bars: tuple[Bar, ...]) -> Ready:
    """Whether every reason against running is a clear no and every entry check a clear yes."""
    against = [
        (ladder.text(f"not_if.{index}.says"), reason.when.value(facts))
        for index, reason in enumerate(ladder.not_if)
    ]
    holds = (
        *(says for says, truth in against if truth is True),
        *(bar.group for bar in bars if bar.sure),
    )
    if holds or bone:
        return Ready("barred", holds)
    unsettled = (
        *(says for says, truth in against if truth is None),
        *(bar.group for bar in bars if not bar.sure),
    )
    missing, try_first = _entries(ladder, facts)
    if unsettled or missing or try_first or bone is None:
        return Ready("stay", (*unsettled, *missing), try_first)
    return Ready("may run")


def _entries(ladder: Ladder, facts: Facts) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Entry checks that failed or must not be tried yet, and those that may be tried now."""
    missing: list[Text] = []
    try_first: list[Text] = []
    for index, entry in enumerate(ladder.entry):
        says, truth = ladder.text(f"entry.{index}.says"), entry.when.value(facts)
        skip = False if entry.skip_if is None else entry.skip_if.value(facts)
        if truth is True or (skip is True and truth is None):
            continue
        if truth is False:
            missing.append(Text("plan.not_yet", {"what": says}))
        elif skip is None:
            missing.append(Text("plan.test_waits", {"what": says}))
        else:
            try_first.append(says)
    return tuple(missing), tuple(try_first)


def move(standing: Standing, judged: Judgement, on: date, ladder: Ladder) -> Standing:
    """The standing after one session on the rung: up after enough greens, back after a red."""
    rest = replace(standing, next_on=on + timedelta(days=ladder.days_between_runs))
    match judged:
        case "green" if standing.greens + 1 >= ladder.greens_to_climb:
            return replace(rest, rung=min(standing.rung + 1, len(ladder.rung) - 1), greens=0)
        case "green":
            return replace(rest, greens=standing.greens + 1)
        case "amber":
            return replace(rest, greens=0)
        case "red":
            return _back(standing, on, ladder)
        case _:
            return rest


def _back(standing: Standing, on: date, ladder: Ladder) -> Standing:
    reds = standing.reds.get(standing.rung, 0) + 1
    return Standing(
        rung=max(0, standing.rung - ladder.back_on_red),
        greens=0,
        reds={**standing.reds, standing.rung: reds},
        next_on=on + timedelta(days=ladder.rest_days_after_red + 1),
        refer=standing.refer or reds >= ladder.reds_to_refer,
    )


def climb(
    check_ins: tuple[CheckIn, ...], bone: bool | None, knowledge: Knowledge, ladder: Ladder
) -> Standing:
    """Where the sessions told in check-ins, oldest first, have led from the first running rung.

    A session on another rung than the one that was due never counts as a green for it; a red one
    counts wherever it was.
    """
    standing = Standing()
    before: CheckIn | None = None
    for check_in in sorted(check_ins, key=lambda day: day.on):
        due = f"{STEP}{standing.rung}" in check_in.done
        if due or any(step.startswith(STEP) for step in check_in.done):
            judged = judge(check_in, bone, knowledge, _morning(before, check_in))
            counted: Judgement = judged if due or judged != "green" else "unknown"
            standing = move(standing, counted, check_in.on, ladder)
        before = check_in
    return standing


def _morning(before: CheckIn | None, check_in: CheckIn) -> float | None:
    """The score of the morning of the session: told as the morning after, the day before."""
    if before is None or check_in.on - before.on != timedelta(days=1):
        return None
    return before.pain_next_morning
