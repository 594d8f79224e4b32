"""Where on the walk-run ladder a runner stands, and how sessions move them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.findings import Facts
from backstride.model.history import CheckIn, one_a_day
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
    last_on: date | None = None
    """The last session told of; None where none was done yet."""


def ready(
    ladder: Ladder, facts: Facts, bone: bool | None, bars: tuple[Bar, ...], going: bool = False
) -> Ready:
    """Whether every reason against running is a clear no and every entry check a clear yes.

    `going` says that sessions of running go on: then a check that is made once may have grown old.
    """
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
    missing, try_first = _entries(ladder, facts, going)
    if unsettled or missing or try_first or bone is None:
        return Ready("stay", (*unsettled, *missing), try_first)
    return Ready("may run")


def _entries(ladder: Ladder, facts: Facts, going: bool) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Entry checks that failed or must not be tried yet, and those that may be tried now."""
    missing: list[Text] = []
    try_first: list[Text] = []
    for index, entry in enumerate(ladder.entry):
        says, truth = ladder.text(f"entry.{index}.says"), entry.when.value(facts)
        skip = False if entry.skip_if is None else entry.skip_if.value(facts)
        if truth is True or (truth is None and (skip is True or (going and entry.once))):
            continue
        if truth is False:
            missing.append(Text("plan.not_yet", {"what": says}))
        elif skip is None:
            missing.append(Text("plan.test_waits", {"what": says}))
        else:
            try_first.append(says)
    return tuple(missing), tuple(try_first)


def move(
    standing: Standing, judged: Judgement, on: date, ladder: Ladder, done: frozenset[int] = frozenset()
) -> Standing:
    """The standing after one session: up after enough greens on the rung, back after a red.

    `done` are the rungs that were done, where it was not the one due.
    """
    rest = replace(standing, next_on=_later(standing, on, ladder.days_between_runs), last_on=on)
    match judged:
        case "green" if standing.greens + 1 >= ladder.greens_to_climb:
            return replace(rest, rung=min(standing.rung + 1, len(ladder.rung) - 1), greens=0)
        case "green":
            return replace(rest, greens=standing.greens + 1)
        case "amber":
            return replace(rest, greens=0)
        case "red":
            return _back(standing, on, ladder, done or frozenset({standing.rung}))
        case _:
            return rest


def _back(standing: Standing, on: date, ladder: Ladder, done: frozenset[int]) -> Standing:
    """Back from the rung due, or from the one done where that is lower; the red counts where it was."""
    reds = {**standing.reds, **{rung: standing.reds.get(rung, 0) + 1 for rung in done}}
    return Standing(
        rung=max(0, min(standing.rung, *done) - ladder.back_on_red),
        greens=0,
        reds=reds,
        next_on=_later(standing, on, ladder.rest_days_after_red + 1),
        refer=standing.refer or any(reds[rung] >= ladder.reds_to_refer for rung in done),
        last_on=on,
    )


def _later(standing: Standing, on: date, days: int) -> date:
    """So many days on, and never before the day that already stands."""
    return max(standing.next_on or on, on + timedelta(days=days))


def climb(
    check_ins: tuple[CheckIn, ...], bone: bool | None, knowledge: Knowledge, ladder: Ladder
) -> Standing:
    """Where the days told in check-ins have led from the first running rung."""
    standing = Standing()
    before: CheckIn | None = None
    for check_in in one_a_day(check_ins):
        standing = after_day(standing, check_in, before, bone, knowledge, ladder)
        before = check_in
    return standing


def after_day(
    standing: Standing,
    check_in: CheckIn,
    before: CheckIn | None,
    bone: bool | None,
    knowledge: Knowledge,
    ladder: Ladder,
) -> Standing:
    """The standing once one more day was told; `before` is the check-in before it.

    A session on another rung than the one that was due never counts as a green for it; a red one
    counts wherever it was.  A red day without any session asks for the same rest, and ends a row of greens.
    """
    done = _rungs(check_in)
    judged = judge(check_in, bone, knowledge, _morning(before, check_in))
    if not done:
        if judged != "red":
            return standing
        rest = _later(standing, check_in.on, ladder.rest_days_after_red + 1)
        return replace(standing, greens=0, next_on=rest)
    standing = kept(standing, check_in.on, ladder)
    if judged == "green" and standing.rung not in done:
        judged = "unknown"
    return move(standing, judged, check_in.on, ladder, done)


def kept(standing: Standing, on: date, ladder: Ladder) -> Standing:
    """The standing as it holds on a day: the first running rung again after too long without a session."""
    if standing.last_on is None or (on - standing.last_on).days < ladder.days_kept:
        return standing
    return replace(standing, rung=min(standing.rung, 1), greens=0)


def going(
    check_ins: tuple[CheckIn, ...], bone: bool | None, on: date, knowledge: Knowledge, ladder: Ladder
) -> bool:
    """Whether any session of running in the last `days_going` days was told as green or amber."""
    before: CheckIn | None = None
    for told in one_a_day(check_ins):
        lately = 0 <= (on - told.on).days <= ladder.days_going
        judged = judge(told, bone, knowledge, _morning(before, told))
        if lately and max(_rungs(told), default=0) > 0 and judged in ("green", "amber"):
            return True
        before = told
    return False


def waiting(standing: Standing, ran_on: date | None, red_now: bool, on: date, ladder: Ladder) -> Standing:
    """The standing with the days of rest that no check-in asks for.

    `ran_on` is the last recorded run, also one that was never told of.  `red_now` says that the last
    score on record is red: then there is no session today.
    """
    if ran_on is not None:
        standing = replace(standing, next_on=_later(standing, ran_on, ladder.days_between_runs))
    return replace(standing, next_on=_later(standing, on, 1)) if red_now else standing


def _rungs(check_in: CheckIn) -> frozenset[int]:
    """The rungs of the ladder that were done on a day."""
    named = (step.removeprefix(STEP) for step in check_in.done if step.startswith(STEP))
    return frozenset(int(rung) for rung in named if rung.isdecimal())


def _morning(before: CheckIn | None, check_in: CheckIn) -> float | None:
    """The score of the morning of the session: told as the morning after, the day before."""
    if before is None or check_in.on - before.on != timedelta(days=1):
        return None
    return before.pain_next_morning
