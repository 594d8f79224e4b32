"""Shoes with a long life behind them before the onset."""

from __future__ import annotations

from collections.abc import Sequence

from backstride.features.certain import at_least, quantity
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.saying import missing, says
from backstride.features.shoes.life import life_m
from backstride.features.shoes.rack import Pair, Rack, rack
from backstride.model.activity import Activity
from backstride.model.findings import FactValue, Finding
from backstride.model.text import Quantity


def worn_shoes(look: Lookback) -> Finding:
    """Whether more than `worn_share` of the last `worn_window_days` was run in pairs beyond `shoe_life_m`."""
    window = back_from(look.until, int(look.number("worn_window_days")))
    runs = look.runs_in(window)
    shoes = rack(look, look.until)
    answer = _mostly(runs, shoes)
    facts: dict[str, FactValue] = {} if answer is None else {"worn_shoes": answer}
    key = {True: "worn_shoes_yes", False: "worn_shoes_no", None: "worn_shoes_unknown"}[answer]
    most = _most_used(runs, shoes)
    life = None if most is None else quantity(life_m(most, shoes), "m")
    statement = says(
        key, first=window.first, last=window.last, life=Quantity(look.number("shoe_life_m"), "m")
    )
    return Finding(
        "worn_shoes",
        statement,
        life or missing(says("shoe_life_unknown"), "help_shoes"),
        window,
        look.seen_share(window),
        ids(runs),
        facts,
        ("cook1985", "own_rule"),
        "P",
        notable=answer is True,
    )


def _mostly(runs: Sequence[Activity], shoes: Rack) -> bool | None:
    """Whether worn pairs carried more than their share of some runs, by number of runs."""
    if not runs:
        return None
    cut_m, cut = shoes.look.number("shoe_life_m"), shoes.look.number("worn_share")
    worn = {pair.id: at_least(life_m(pair, shoes), cut_m) for pair in shoes.pairs}
    states = [None if (pair := shoes.worn.get(run.id)) is None else worn[pair.id] for run in runs]
    least = states.count(True) / len(runs)
    most = least + states.count(None) / len(runs)
    if least > cut:
        return True
    return False if most <= cut else None


def _most_used(runs: Sequence[Activity], shoes: Rack) -> Pair | None:
    """The pair of most of some runs."""
    named = [pair.id for run in runs if (pair := shoes.worn.get(run.id)) is not None]
    if not named:
        return None
    most = max(sorted(set(named)), key=named.count)
    return next(pair for pair in shoes.pairs if pair.id == most)
