"""How much of the running was in shoes hardly run in, and how much in shoes beyond their usual life."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backstride.features.certain import quantity
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.portion import portion
from backstride.features.possible import distance_of, unseen_m
from backstride.features.saying import missing, says
from backstride.features.shoes.life import UsualLife, life_m, usual_life
from backstride.features.shoes.rack import Rack, rack
from backstride.model.activity import Activity
from backstride.model.findings import Finding, Interval
from backstride.model.history import Span
from backstride.model.text import Quantity, Text


@dataclass(frozen=True, slots=True)
class ShoeAges:
    """Shares of a span's distance, 0 to 1, by how far its shoes had gone."""

    young: Interval
    """In shoes with less than `young_shoe_m` behind them."""
    beyond: Interval
    """In shoes with more than their usual life behind them."""
    usual: UsualLife


def shoe_ages(span: Span, shoes: Rack) -> ShoeAges:
    """How old the shoes of a span were, metre by metre: one run may begin on one side and end on the other.

    Runs of no known pair, and days nobody recorded, may have been in any.
    """
    usual = usual_life(shoes)
    young_m = shoes.look.number("young_shoe_m")
    first_metres = Interval(young_m, young_m)
    runs = [_Ran(distance_of(run, shoes.look), _life_at(run, shoes)) for run in shoes.runs_in(span)]
    return ShoeAges(
        _share((_below(run, first_metres) for run in runs), span, shoes),
        _share((_beyond(run, usual.distance_m) for run in runs), span, shoes),
        usual,
    )


@dataclass(frozen=True, slots=True)
class _Ran:
    """One run: its distance, and how far its pair had gone as it began."""

    whole: Interval
    life: Interval


@dataclass(frozen=True, slots=True)
class _Counted:
    """Of one run: the least and the most that counts, and its whole distance."""

    least: float
    most: float
    whole: Interval


def _below(run: _Ran, cut: Interval) -> _Counted:
    """Metres of a run before its pair reached a distance."""
    least, most = _left(cut.low, run.life.high, run.whole.low), _left(cut.high, run.life.low, run.whole.high)
    return _Counted(least, most, run.whole)


def _beyond(run: _Ran, cut: Interval) -> _Counted:
    """Metres of a run after its pair had reached a distance."""
    least = run.whole.low - _left(cut.high, run.life.low, run.whole.low)
    return _Counted(least, run.whole.high - _left(cut.low, run.life.high, run.whole.high), run.whole)


def _left(cut: float, life: float, metres: float) -> float:
    """How many of the next metres lie below a cut-off."""
    return min(max(cut - life, 0.0), metres)


def _life_at(run: Activity, shoes: Rack) -> Interval:
    """The life of a run's pair as the run began; anything where the pair is not known."""
    pair = shoes.worn.get(run.id)
    return Interval(0.0, float("inf")) if pair is None else life_m(pair, shoes, run)


def _share(runs: Iterable[_Counted], span: Span, shoes: Rack) -> Interval:
    counted = tuple(runs)
    least, most = sum(each.least for each in counted), sum(each.most for each in counted)
    whole = sum(each.whole.low for each in counted), sum(each.whole.high for each in counted)
    return portion(
        Interval(least, least),
        Interval(0.0, max(most - least, 0.0) + unseen_m(span, shoes.look)),
        Interval(max(whole[0] - most, 0.0), max(whole[1] - most, 0.0)),
    )


def shoe_age(look: Lookback) -> Finding:
    """Of the last `worn_window_days`, how much was run in young shoes and how much beyond their usual life.

    Described only: no distance is known at which a shoe, young or old, hurts a back.
    """
    window = back_from(look.until, int(look.number("worn_window_days")))
    shoes = rack(look, look.until)
    ages = shoe_ages(window, shoes)
    runs = shoes.runs_in(window)
    settled = bool(runs) and (_tells(ages.young) or _tells(ages.beyond))
    young = quantity(ages.young, "share")
    statement = (
        says("shoe_age", first=window.first, last=window.last, **_words(ages, look)) if settled else None
    )
    unknown = says("shoe_age_unknown", first=window.first, last=window.last)
    return Finding(
        "shoe_age",
        statement or unknown,
        young if young is not None and settled else missing(unknown, "help_shoes"),
        window,
        look.seen_share(window),
        ids(runs),
        sources=("own_rule", "cook1985"),
    )


def _tells(share: Interval) -> bool:
    return share != Interval(0.0, 1.0)


def _words(ages: ShoeAges, look: Lookback) -> dict[str, Quantity | Text]:
    nothing = Quantity(0.0, "share")
    return {
        "young": quantity(ages.young, "share") or nothing,
        "young_life": Quantity(look.number("young_shoe_m"), "m"),
        "beyond": quantity(ages.beyond, "share") or nothing,
        "life": quantity(ages.usual.distance_m, "m") or nothing,
        "how": says("usual_life_own", pairs=Quantity(float(ages.usual.pairs), "count"))
        if ages.usual.pairs
        else says("usual_life_none"),
    }
