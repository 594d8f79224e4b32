"""The ground before the onset: another surface than usual, and more downhill than usual.

Neither is known to hurt the back: both are changes of load.
"""

from __future__ import annotations

from math import inf

from backstride.features.certain import at_least, quantity
from backstride.features.ground.shares import grounds, share_on
from backstride.features.lookback import Lookback, ids
from backstride.features.saying import missing, says
from backstride.features.volume import amounts, changed_by, compared
from backstride.model.activity import SURFACES, Surface
from backstride.model.findings import DayLoad, FactValue, Finding, Interval
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity


def surface_change(look: Lookback) -> Finding:
    """Whether one surface's share of the runs rose by `surface_change_share` against the usual weeks.

    Runs of which no ground is named and none can be judged, and days nobody recorded, may have been on any:
    the shares are intervals.
    """
    recent, usual = look.recent, look.usual
    rises = {surface: _rise(surface, recent, usual, look) for surface in SURFACES}
    most = max(SURFACES, key=lambda surface: rises[surface].low)
    cut = look.number("surface_change_share")
    answer = _settled([at_least(rise, cut) for rise in rises.values()])
    if not look.runs_in(recent) or not look.runs_in(usual):
        answer = None
    facts: dict[str, FactValue] = {} if answer is None else {"surface_change": answer}
    key = {True: "surface_yes", False: "surface_no", None: "surface_unknown"}[answer]
    statement = says(key, day=recent.last, surface=says(f"surface_{most}"), **_shares(most, look))
    judged = _judged(most, (recent, usual), look)
    if answer and judged:
        statement = says("surface_judged", what=statement, runs=Quantity(float(judged), "count"))
    window = Span(usual.first, recent.last)
    value = quantity(rises[most], "share") if answer is not None else None
    return Finding(
        "surface_change",
        statement,
        value or missing(statement, "help_surface"),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        facts,
        ("own_rule",),
        notable=answer is True,
    )


def _settled(answers: list[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _judged(surface: Surface, spans: tuple[Span, ...], look: Lookback) -> int:
    """How many runs were taken to be on one ground, or not to be, by their recording alone."""
    found = [ground for span in spans for _, ground in grounds(span, look)]
    return sum(
        each.rests_on == "judged" and (each.only == surface or surface not in each.possible) for each in found
    )


def _rise(surface: Surface, recent: Span, usual: Span, look: Lookback) -> Interval:
    now, before = share_on(surface, recent, look), share_on(surface, usual, look)
    return Interval(now.low - before.high, now.high - before.low)


def _shares(surface: Surface, look: Lookback) -> dict[str, Quantity]:
    return {
        "now": _quantity(share_on(surface, look.recent, look)),
        "before": _quantity(share_on(surface, look.usual, look)),
    }


def _quantity(share: Interval) -> Quantity:
    return quantity(share, "share") or Quantity(share.low, "share")


def downhill_up(look: Lookback) -> Finding:
    """Whether weekly descent rose by `downhill_up_ratio` or more, and comes to `downhill_least_m` a week.

    A day whose descent is not on record may hold any: then a rise is known only from what is on record.
    Descent, and not `downhill_m`, although metres on steep ground lie nearer to what a slope does: rows of a
    service and files without seconds state descent alone, so that the two windows would seldom be of one
    measure, and altitude by satellites turns flat ground into short slopes.
    """
    recent, usual = look.recent, look.usual
    now, before = look.weekly(recent, _descent), look.weekly(usual, _descent)
    both = compared(now, before, look.number("downhill_up_ratio"))
    enough = at_least(both.now, look.number("downhill_least_m"))
    up = False if both.up is False or enough is False else (True if both.up and enough else None)
    window = Span(usual.first, recent.last)
    facts: dict[str, FactValue] = {} if up is None else {"downhill_up": up}
    key = {True: "downhill_yes", False: "downhill_no", None: "downhill_unknown"}[up]
    statement = says(key, day=recent.last, **amounts(both, "m"))
    return Finding(
        "downhill_up",
        statement,
        missing(statement, "help_descent") if up is None else changed_by(both.change, "help_descent"),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        facts,
        ("own_rule",),
        notable=up is True,
    )


def _descent(day: DayLoad) -> Interval:
    """The day's descent; with no upper end where it is not known."""
    return Interval(0.0, inf) if isinstance(day.descent_m, Missing) else day.descent_m
