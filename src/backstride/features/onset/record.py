"""What runs themselves say of a day: one that was given up, and a sudden stop of running."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from backstride.features.lookback import Lookback, back_from, ids
from backstride.model.activity import Activity
from backstride.model.history import Span
from backstride.model.text import Quantity, Value

Kind = Literal["words", "gave up", "stopped"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing on record that speaks of the onset."""

    on: date
    kind: Kind
    activities: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


def gave_up(span: Span, look: Lookback) -> tuple[Spoken, ...]:
    """The runs of a span that were given up: far shorter than usual, and ended or broken by walking.

    Without a record of walking, only a run far shorter than any other of the `usual_days` before.
    """
    return tuple(
        Spoken(run.on, "gave up", (run.id,), {"distance": Quantity(run.distance_m or 0.0, "m")})
        for run in look.runs_in(span)
        if _given_up(run, look)
    )


def _given_up(run: Activity, look: Lookback) -> bool:
    if run.distance_m is None:
        return False
    usual = back_from(run.on - _DAY, int(look.number("usual_days")))
    before = [each for each in look.runs_in(usual) if each.distance_m is not None]
    lengths = [each.distance_m for each in before if each.distance_m is not None]
    if len(lengths) < look.number("gave_up_least_runs"):
        return False
    share = run.distance_m / median(lengths) if median(lengths) > 0 else 1.0
    if share >= look.number("gave_up_share"):
        return False  # before anything is measured: most runs end here
    walked = _walked(run, before, look)
    if walked is None:
        return share < look.number("gave_up_alone_share") and run.distance_m < min(lengths)
    return walked


def _walked(run: Activity, before: Sequence[Activity], look: Lookback) -> bool | None:
    """Whether it ended in a long walk or stand, or held more walking than this runner's runs do."""
    at_end = look.measured.value(run, "walked_at_end_s")
    share = look.measured.value(run, "running_share")
    if at_end is None or share is None:
        return None
    usual = [value for each in before if (value := look.measured.value(each, "running_share")) is not None]
    less = bool(usual) and share <= median(usual) - look.number("walking_more_share")
    stood = look.measured.value(run, "standing_s") or 0.0
    return less or max(at_end, stood) >= look.number("gave_up_walked_s")


def stopped(span: Span, look: Lookback) -> tuple[Spoken, ...]:
    """The last runs of a span after which more days off followed than this runner ever took in months.

    Days off count only where they are recorded: after them the watch may have stayed at home.
    """
    runs = look.runs_in(span)
    last_of_day = {run.on: run for run in runs}
    return tuple(
        Spoken(on, "stopped", ids((run,)), {"days": Quantity(float(_days_off(on, look)), "day")})
        for on, run in sorted(last_of_day.items())
        if _unlike(_days_off(on, look), on, look)
    )


def _days_off(on: date, look: Lookback) -> int:
    """Recorded days without a run after a day, up to the next run or the day looked from."""
    off = 0
    day = on + _DAY
    while day <= look.on and look.book.load(day).state in ("rest", "other"):
        off += 1
        day += _DAY
    return off


def _unlike(off: int, on: date, look: Lookback) -> bool:
    """Whether so many days off are clearly more than any of the `stop_usual_days` before."""
    before = look.runs_in(back_from(on, int(look.number("stop_usual_days"))))
    days = sorted({run.on for run in before})
    if len(days) < look.number("gave_up_least_runs"):
        return False
    longest = max(_gaps(days), default=0)
    return off >= max(look.number("stop_least_days"), look.number("stop_ratio") * longest)


def _gaps(days: Sequence[date]) -> Iterator[int]:
    yield from ((after - before).days - 1 for before, after in pairwise(days))
