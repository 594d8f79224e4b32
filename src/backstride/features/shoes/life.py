"""How far a pair has gone in all, and how far this runner's pairs usually go before they are put away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, isfinite
from statistics import median

from backstride.features.shoes.rack import Pair, Rack
from backstride.model.activity import Activity
from backstride.model.findings import Interval

_DAY = timedelta(days=1)


def life_m(pair: Pair, shoes: Rack, before: Activity | None = None) -> Interval:
    """Distance in a pair up to the last day looked at, or up to the start of one run.

    What was run before the record counts where it is told, or where the pair is known to be no older than
    the record; else there is no upper end.  Runs that name no pair, and days nobody recorded, may have been
    in it while it was in use.
    """
    runs = pair.runs if before is None else tuple(run for run in pair.runs if _order(run) < _order(before))
    on_record = shoes.distance_m(runs)
    since, before_m = _beginning(pair, shoes)
    if before_m is None:
        return Interval(on_record.low, inf)
    if since is None:
        return Interval(before_m + on_record.low, before_m + on_record.high)
    open_runs = [run for run in shoes.open if before is None or _order(run) < _order(before)]
    perhaps = shoes.perhaps_m(pair, (run for run in open_runs if since <= run.on)).high
    last = shoes.until if before is None else before.on - _DAY
    perhaps += _unseen_m(pair, since, last, shoes)
    return Interval(before_m + on_record.low, before_m + on_record.high + perhaps)


def _order(run: Activity) -> tuple[date, float, str]:
    return run.on, run.start.timestamp(), run.id


def _unseen_m(pair: Pair, since: date, last: date, shoes: Rack) -> float:
    """The most that days nobody recorded may have added."""
    days = shoes.unseen_m.items()
    return sum((most for day, most in days if since <= day <= last and pair.may_be_worn_on(day)), 0.0)


def _beginning(pair: Pair, shoes: Rack) -> tuple[date | None, float | None]:
    """The day from which the record counts for a pair, and the distance in it before; None is not known.

    Distance told to lie before the first recorded run lies before the first that is, or may have been, in it.
    """
    if pair.told is None:
        return None, None
    if pair.told.distance_before_m is None:
        return pair.told.in_use_from, None if pair.told.in_use_from is None else 0.0
    may_be = (run.on for run in shoes.open if pair.may_be_worn_on(run.on))
    own = (run.on for run in pair.runs[:1])
    return min((*own, *may_be), default=None), pair.told.distance_before_m


@dataclass(frozen=True, slots=True)
class UsualLife:
    """How far this runner's pairs go."""

    distance_m: Interval
    pairs: int
    """How many pairs put away it is the middle of; 0: none, and it is a general figure."""


def usual_life(shoes: Rack) -> UsualLife:
    """The middle of the lives at which earlier pairs were put away; without any, `shoe_life_m` for everybody.

    A pair whose distance has no upper end says nothing of it.
    """
    put_away = [life_m(pair, shoes) for pair in shoes.pairs if not in_use(pair, shoes)]
    lives = [life for life in put_away if life.low > 0 and isfinite(life.high)]
    if not lives:
        general = shoes.look.number("shoe_life_m")
        return UsualLife(Interval(general, general), 0)
    middle = Interval(median(life.low for life in lives), median(life.high for life in lives))
    return UsualLife(middle, len(lives))


def in_use(pair: Pair, shoes: Rack) -> bool:
    """Whether a pair is still worn: not where its told days are over, nor where no run names it for long.

    A pair with neither runs nor told days is taken to be in use.
    """
    if pair.told is not None and pair.told.in_use_to is not None:
        return pair.told.in_use_to >= shoes.until
    if not pair.runs:
        return True
    newest = shoes.runs[-1].on
    return (newest - pair.runs[-1].on).days < shoes.look.number("retired_after_days")
