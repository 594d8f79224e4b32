"""Days without the plan: which they are, and what holds after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from backstride.knowledge.ladder import Ladder
from backstride.model.assessment import Step
from backstride.model.session import PlannedDay
from backstride.model.text import Text, Value
from backstride.model.wishes import PAUSED, Pause, PauseAhead
from backstride.plan.climb import Standing, kept
from backstride.plan.run_steps import WALK_UNTIL_SEEN
from backstride.plan.situation import Situation
from backstride.plan.turns import Turn, going

_DAY = timedelta(days=1)


def in_force(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """By first day; of those told with the same first day the one told last, and none without a day."""
    last_told = {pause.first: pause for pause in pauses}
    return tuple(last_told[first] for first in sorted(last_told) if first in last_told[first])


def is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    """Whether any pause holds that day."""
    return any(day in pause for pause in pauses)


def next_free(day: date, pauses: tuple[Pause, ...]) -> date | None:
    """That day, or the first one after the pauses that hold it; None where no end is told."""
    while (pause := next((each for each in pauses if day in each), None)) is not None:
        if pause.last is None:
            return None
        day = pause.last + _DAY
    return day


def after_pauses(standing: Standing, on: date, pauses: tuple[Pause, ...], ladder: Ladder) -> Standing:
    """The standing with no session before the pauses are over, as it holds on that day.

    Unchanged where no pause stands in the way, and where nobody knows when the pause ends.
    """
    due = max(on, standing.next_on or on)
    free = next_free(due, pauses)
    if free is None or free == due:
        return standing
    return replace(kept(standing, free, ladder), next_on=free)


def pauses_ahead(
    pauses: tuple[Pause, ...],
    standing: Standing,
    told: tuple[Turn, ...],
    climbs: bool,
    on: date,
    until: date,
    ladder: Ladder,
) -> tuple[PauseAhead, ...]:
    """The pauses that hold today or one of the days before `until`; `standing` as it holds today.

    `told` is what led there.  `climbs` is False where something else than a pause or an entry check that may
    be made now holds running back: then no step of the ladder is named for afterwards.
    """
    near = (each for each in pauses if each.first < until and (each.last is None or each.last >= on))
    return tuple(
        _ahead(each, on, tuple(_then(each, pauses, standing, told, climbs, on, ladder))) for each in near
    )


def _ahead(pause: Pause, on: date, then: tuple[Text, ...]) -> PauseAhead:
    when = "now" if on in pause else "later"
    ends = "open" if pause.last is None else "until"
    values: dict[str, Value] = {"first": pause.first, "reason": Text(f"plan.pause_{pause.reason}")}
    if pause.last is not None:
        values["last"] = pause.last
    ill = (Text("plan.pause_ill_stop"),) if pause.reason == "illness" else ()
    return PauseAhead(
        first=pause.first,
        last=pause.last,
        reason=pause.reason,
        says=Text(f"plan.pause_{when}_{ends}", values),
        then=(*then, Text("plan.pause_no_debt"), *ill),
    )


def _then(
    pause: Pause,
    pauses: tuple[Pause, ...],
    standing: Standing,
    told: tuple[Turn, ...],
    climbs: bool,
    on: date,
    ladder: Ladder,
) -> Iterator[Text]:
    """Which step of the ladder comes after it, and whether entry checks may have grown too old by then.

    Before a pause that is to come there may be sessions yet: no more is said of it than would hold then too.
    """
    if standing.look_first:
        yield Text("plan.pause_then_seen")
        return
    if not climbs or standing.last_on is None:
        yield Text("plan.pause_then_same")
        return
    to_come, back = pause.first > on, _back(pause, pauses)
    last_on = pause.first - _DAY if to_come else standing.last_on
    yield _step_after(replace(standing, last_on=last_on), last_on, back, to_come, ladder)
    fresh = back is not None and (
        (back - last_on).days <= ladder.days_going if to_come else going(told, back, ladder)
    )
    if not fresh:
        yield Text("plan.checks_again", {"days": ladder.days_going})


def _back(pause: Pause, pauses: tuple[Pause, ...]) -> date | None:
    """The first day without any pause after it; None where nobody knows."""
    return None if pause.last is None else next_free(pause.last + _DAY, pauses)


def _step_after(standing: Standing, last_on: date, back: date | None, to_come: bool, ladder: Ladder) -> Text:
    """The step reached, or the first one where it takes too long; `last_on` is the last session before."""
    rung, days = {"rung": standing.rung}, {"days": ladder.days_kept}
    if standing.rung <= 1:
        return Text("plan.pause_then_same")
    if back is None:
        return Text(
            "plan.pause_then_open", {**rung, **days, "until": last_on + timedelta(days=ladder.days_kept)}
        )
    if kept(standing, back, ladder).rung < standing.rung:
        return Text("plan.pause_then_anew", days)
    return Text("plan.pause_then_same") if to_come else Text("plan.pause_then_on", rung)


def without_paused(
    steps: tuple[Step, ...],
    ahead: tuple[PauseAhead, ...],
    week: tuple[PlannedDay, ...],
    on: date,
    now: Situation,
) -> tuple[Step, ...]:
    """The steps on a paused day: the pause itself, and no session that none of the days to come holds.

    Whom to see, what to leave out and what eases it stay; in an illness the daily walk waits too.
    """
    today = [each for each in ahead if on in each]
    if not today:
        return steps
    off = {"run", "exercise"} if not any(day.sessions for day in week) else set()
    off |= {"move"} if any(each.reason == "illness" for each in today) else set()
    left = tuple(step for step in steps if step.kind not in off or step.id == WALK_UNTIL_SEEN)
    return (_step(today[0], now), *left)


def _step(pause: PauseAhead, now: Situation) -> Step:
    return Step(
        id=PAUSED,
        kind="habit",
        what=pause.says,
        dose=None,
        how=pause.then,
        because=Text("plan.pause_because"),
        causes=now.named,
        sources=("own_rule",),
        checked="P",
    )
