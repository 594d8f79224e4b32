"""The ground of each week, for a picture."""

from __future__ import annotations

from datetime import timedelta

from backstride.features.certain import total
from backstride.features.ground.shares import Grounds, grounds
from backstride.features.lookback import Lookback
from backstride.features.possible import distance_of
from backstride.model.activity import SURFACES, Activity
from backstride.model.findings import Interval
from backstride.model.gear import GroundWeek
from backstride.model.history import Span

_DAY = timedelta(days=1)


def ground_weeks(look: Lookback, span: Span) -> tuple[GroundWeek, ...]:
    """The weeks of a span, from Monday on, cut off at its ends; nothing after the last day looked at."""
    last = min(span.last, look.on)
    monday = span.first - _DAY * span.first.weekday()
    mondays = [monday + _DAY * 7 * nth for nth in range((last - monday).days // 7 + 1)]
    return tuple(_week(Span(max(each, span.first), min(each + _DAY * 6, last)), look) for each in mondays)


def _week(week: Span, look: Lookback) -> GroundWeek:
    runs = grounds(week, look)
    return GroundWeek(
        span=week,
        distance_m={
            surface: total(distance_of(run, look) for run, ground in runs if ground.only == surface)
            for surface in SURFACES
        },
        open_m=total(distance_of(run, look) for run, ground in runs if ground.only is None),
        judged_m=total(
            distance_of(run, look)
            for run, ground in runs
            if ground.rests_on == "judged" and ground.only is not None
        ),
        downhill_m=_downhill(runs, look),
        unseen_days=look.unseen_days(week),
    )


def _downhill(runs: Grounds, look: Lookback) -> Interval:
    """Metres run on ground that falls; all of a run may have, where its heights are not known.

    A run that is named as one on a treadmill was on none: hardly any treadmill falls so much.
    """
    return total(_downhill_of(run, look) for run, _ in runs)


def _downhill_of(run: Activity, look: Lookback) -> Interval:
    worked = look.measured(run)["downhill_m"]
    if worked.value is None and run.surface == "treadmill":
        return Interval(0.0, 0.0)
    if worked.value is None:
        return Interval(0.0, distance_of(run, look).high)
    if worked.low is None or worked.high is None:
        return Interval(worked.value, worked.value)
    return Interval(worked.low, worked.high)
