"""Where on the walk-run ladder a runner stands, and how sessions move them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from backstride.knowledge.ladder import Ladder
from backstride.model.findings import Facts
from backstride.model.history import CheckIn, Seen
from backstride.model.ladder import RunMatch, Setback
from backstride.model.text import Text
from backstride.plan.offer import Bar
from backstride.plan.pain_rule import Judgement

STEP = "walk_run_"
"""A check-in names a session of the ladder by this and the rung: walk_run_3."""
RECORDED = "recorded_run"
"""A check-in names the run on record by this, whatever it was: the record says how far it counts."""


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
    lasting: int = 0
    """How often pain above the red line lasted longer than a day, since somebody last said yes."""
    refer: bool = False
    """True once one rung went red, or such pain lasted, so often that somebody should look."""
    last_on: date | None = None
    """The last session told of; None where none was done yet."""
    held: bool = False
    """True from when somebody who looked said "not yet" until somebody says yes."""
    seen: Seen | None = None
    """The last visit told of, since the ladder asked for one or before."""

    @property
    def look_first(self) -> bool:
        """True while running waits for somebody to look, or for their yes."""
        return self.refer or self.held


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
    return replace(
        standing,
        rung=max(0, min(standing.rung, *done) - ladder.back_on_red),
        greens=0,
        reds=reds,
        next_on=_later(standing, on, ladder.rest_days_after_red + 1),
        refer=standing.refer or any(reds[rung] >= ladder.reds_to_refer for rung in done),
        last_on=on,
    )


def looked(standing: Standing, seen: Seen, ladder: Ladder) -> Standing:
    """The standing after a visit to somebody whose word counts.

    A yes to running lets the ladder go on from a lower rung, with the reds counted anew, where running had
    waited for it; where it had not, a yes changes nothing.  "Not yet" holds running back until a yes.  What
    was not said is never taken as a yes.
    """
    if seen.who not in ladder.seen_by:
        return standing
    now = replace(standing, seen=seen)
    if seen.may_run == "not_yet":
        return replace(now, held=True)
    if seen.may_run != "yes" or not standing.look_first:
        return now
    twice = [rung for rung, reds in standing.reds.items() if reds >= ladder.reds_to_refer]
    badly = min(twice, default=standing.rung)
    lower = max(0, min(standing.rung, badly - ladder.back_after_seen))
    return replace(now, rung=lower, greens=0, reds={}, lasting=0, refer=False, held=False)


def restarted(standing: Standing) -> Standing:
    """The standing after a wish to begin again: the first running rung, or walking where it was that.

    Reds, a visit that is due, a "not yet" and days of rest stay: a wish takes none of them back.
    """
    return replace(standing, rung=min(standing.rung, 1), greens=0)


def set_back(standing: Standing, setback: Setback, back_since: date | None, ladder: Ladder) -> Standing:
    """The standing after what takes the ladder back without a session that was red.

    Where something that running needs no longer holds, it begins again.  Where the pain came back after it
    had settled it goes back as after a red session, unless it went back already since then (`back_since`).
    """
    if standing.last_on is None:
        return standing
    if setback.kind == "entry_lost":
        return restarted(standing)
    if back_since is not None and setback.since <= back_since:
        return standing
    return replace(standing, rung=max(0, standing.rung - ladder.back_on_red), greens=0)


def _later(standing: Standing, on: date, days: int) -> date:
    """So many days on, and never before the day that already stands."""
    return max(standing.next_on or on, on + timedelta(days=days))


def after_day(
    standing: Standing,
    check_in: CheckIn,
    judged: Judgement,
    ladder: Ladder,
    matched: RunMatch | None = None,
    lasted: bool = False,
) -> Standing:
    """The standing once one more day was told and judged; `lasted` as `pain_rule.Lately` has it.

    A session on another rung than the one that was due never counts as a green for it; a red one
    counts wherever it was.  A red day without any session asks for the same rest, and ends a row of greens.
    Where pain was told and no deed, the run on record (`matched`) is the session: a green only where it is
    clearly the session that was due.
    """
    if lasted:
        lasting = standing.lasting + 1
        refer = standing.refer or lasting >= ladder.lasting_to_refer
        standing = replace(standing, lasting=lasting, refer=refer)
    done = rungs_done(check_in, matched)
    if not done:
        if judged != "red":
            return standing
        rest = _later(standing, check_in.on, ladder.rest_days_after_red + 1)
        return replace(standing, greens=0, next_on=rest)
    standing = kept(standing, check_in.on, ladder)
    if judged == "green" and not _counts(standing, check_in, matched, done):
        judged = "unknown"
    return move(standing, judged, check_in.on, ladder, done)


def _counts(standing: Standing, check_in: CheckIn, matched: RunMatch | None, done: frozenset[int]) -> bool:
    """Whether a green day is a green for the rung due."""
    if standing.rung not in done:
        return False
    if rungs_named(check_in):
        return True
    due = standing.next_on is None or standing.next_on <= check_in.on
    return matched is not None and matched.kind == "same" and due and not standing.look_first


def kept(standing: Standing, on: date, ladder: Ladder) -> Standing:
    """The standing as it holds on a day: the first running rung again after too long without a session."""
    if standing.last_on is None or (on - standing.last_on).days < ladder.days_kept:
        return standing
    return replace(standing, rung=min(standing.rung, 1), greens=0)


def waiting(standing: Standing, ran_on: date | None, red_now: bool, on: date, ladder: Ladder) -> Standing:
    """The standing with the days of rest that no check-in asks for.

    `ran_on` is the last recorded run, also one that was never told of.  `red_now` says that the last
    score on record is red: then there is no session today.
    """
    if ran_on is not None:
        standing = replace(standing, next_on=_later(standing, ran_on, ladder.days_between_runs))
    return replace(standing, next_on=_later(standing, on, 1)) if red_now else standing


def rungs_done(check_in: CheckIn, matched: RunMatch | None) -> frozenset[int]:
    """The rungs done on a day: as told, else that of the run on record where pain and no deed was told."""
    if (named := rungs_named(check_in)) or matched is None:
        return named
    silent = set(check_in.done) <= {RECORDED}
    return frozenset({matched.rung}) if silent and check_in.scores else frozenset()


def rungs_named(check_in: CheckIn) -> frozenset[int]:
    """The rungs of the ladder that a check-in names."""
    named = (step.removeprefix(STEP) for step in check_in.done if step.startswith(STEP))
    return frozenset(int(rung) for rung in named if rung.isdecimal())
