"""A new pair before the onset."""

from __future__ import annotations

from backstride.features.certain import quantity
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.saying import missing, says
from backstride.features.shoes.rack import Pair, Rack, rack
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity


def new_shoes(look: Lookback) -> Finding:
    """How many pairs were first used in the `new_shoe_days` before the onset, and the distance in the newest.

    First use is the day told, or the first run that names the pair where that must be its first: nothing
    was run in it before, or at least `shoes_named_runs` earlier runs name other pairs.  A no needs every
    run of the window to name a pair that is known not to be new.
    """
    window = back_from(look.until, int(look.number("new_shoe_days")))
    shoes = rack(look, look.until)
    new = [pair for pair in shoes.pairs if is_new(pair, window, look)]
    answer = True if new else _none_new(shoes, window)
    facts: dict[str, FactValue] = {} if answer is None else {"new_shoes": answer}
    seen = look.seen_share(window)
    if new:
        newest = max(new, key=lambda pair: (len(pair.runs), pair.id))
        distance = quantity(shoes.distance_m(newest.runs), "m") or Quantity(0.0, "m")
        return Finding(
            "new_shoes",
            says("new_shoes_yes", shoe=newest.name, first=window.first, distance=distance),
            Quantity(float(len(new)), "count"),
            window,
            seen,
            ids(newest.runs),
            facts,
            ("own_rule",),
            notable=True,
        )
    key = "new_shoes_unknown" if answer is None else "new_shoes_no"
    statement = says(key, first=window.first, last=window.last)
    return Finding(
        "new_shoes",
        statement,
        missing(statement, "help_shoes") if answer is None else Quantity(0.0, "count"),
        window,
        seen,
        ids(look.runs_in(window)),
        facts,
        ("own_rule",),
    )


def is_new(pair: Pair, window: Span, look: Lookback) -> bool | None:
    """Whether a pair's first use lies in a window that ends with the record; None where it is not known."""
    if pair.runs and pair.runs[0].on < window.first:
        return False
    if pair.told is not None and pair.told.in_use_from is not None:
        return pair.told.in_use_from in window
    if not pair.runs:
        return None
    first = pair.runs[0].on
    before_m = None if pair.told is None else pair.told.distance_before_m
    others = sum(run.shoe not in (None, pair.id) for run in look.runs if run.on < first)
    if before_m == 0 or (before_m is None and others >= look.number("shoes_named_runs")):
        return True
    return None


def _none_new(shoes: Rack, window: Span) -> bool | None:
    """A no where every run of a fully recorded window names a pair known not to be new; else open."""
    look = shoes.look
    runs = look.runs_in(window)
    old = {pair.id for pair in shoes.pairs if is_new(pair, window, look) is False}
    named = all((pair := shoes.worn.get(run.id)) is not None and pair.id in old for run in runs)
    return False if runs and named and look.unseen_days(window) == 0 else None
