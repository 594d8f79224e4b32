"""Every pair over the whole record, for a list and a picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from backstride.features.lookback import Lookback, back_from
from backstride.features.portion import portion
from backstride.features.shoes.age import shoe_ages
from backstride.features.shoes.life import UsualLife, in_use, life_m, usual_life
from backstride.features.shoes.new import is_new
from backstride.features.shoes.rack import Pair, Rack, rack
from backstride.features.shoes.rotation import in_parallel
from backstride.features.shoes.switch import switches
from backstride.model.activity import Activity
from backstride.model.findings import Interval
from backstride.model.gear import ShoeMonth, ShoeRack, ShoeSwitch, ShoeUse


def shoe_rack(look: Lookback) -> ShoeRack:
    """Every pair up to the last day looked at, also after an onset, and the `worn_window_days` up to it."""
    shoes = rack(look, look.on)
    window = back_from(look.on, int(look.number("worn_window_days")))
    ages = shoe_ages(window, shoes)
    return ShoeRack(
        pairs=_uses(shoes),
        whole_m=shoes.distance_m(shoes.runs),
        without_pair_m=shoes.distance_m(shoes.open),
        without_pair_runs=len(shoes.open),
        window=window,
        seen_share=look.seen_share(window),
        young=ages.young,
        young_life_m=look.number("young_shoe_m"),
        beyond=ages.beyond,
        usual_life_m=ages.usual.distance_m,
        usual_life_pairs=ages.usual.pairs,
        at_once=in_parallel(window, shoes),
        switches=tuple(
            ShoeSwitch(each.on, each.before.id, each.after.id) for each in switches(window, shoes)
        ),
    )


def _uses(shoes: Rack) -> tuple[ShoeUse, ...]:
    by_month: defaultdict[date, list[Activity]] = defaultdict(list)
    for run in shoes.runs:
        by_month[run.on.replace(day=1)].append(run)
    usual = usual_life(shoes)
    uses = [_use(pair, usual, shoes, by_month) for pair in shoes.pairs]
    return tuple(sorted(uses, key=lambda use: (use.first_on or date.max, use.id)))


def _use(pair: Pair, usual: UsualLife, shoes: Rack, by_month: defaultdict[date, list[Activity]]) -> ShoeUse:
    known, perhaps = shoes.distance_m(pair.runs), shoes.perhaps_m(pair, shoes.open)
    life, window = life_m(pair, shoes), back_from(shoes.until, int(shoes.look.number("new_shoe_days")))
    return ShoeUse(
        id=pair.id,
        name=pair.name,
        first_on=pair.runs[0].on if pair.runs else None,
        last_on=pair.runs[-1].on if pair.runs else None,
        runs=len(pair.runs),
        known_m=known,
        distance_m=known + perhaps,
        share=portion(known, perhaps, shoes.distance_m(_never_in(pair, shoes))),
        life_m=life,
        in_use=in_use(pair, shoes),
        is_new=is_new(pair, window, shoes.look),
        is_beyond=_beyond(life, usual.distance_m),
        drop_mm=None if pair.told is None else pair.told.drop_mm,
        stack_mm=None if pair.told is None else pair.told.stack_mm,
        months=tuple(_months(pair, shoes, by_month)),
    )


def _beyond(life: Interval, usual: Interval) -> bool | None:
    if life.low > usual.high:
        return True
    return False if life.high <= usual.low else None


def _never_in(pair: Pair, shoes: Rack) -> Iterator[Activity]:
    """The runs that were not in a pair: in another, or on a day on which it was not in use."""
    for run in shoes.runs:
        own = shoes.worn.get(run.id)
        if own is not pair and (own is not None or not pair.may_be_worn_on(run.on)):
            yield run


def _months(pair: Pair, shoes: Rack, by_month: defaultdict[date, list[Activity]]) -> Iterator[ShoeMonth]:
    if not pair.runs:
        return
    month, last = pair.runs[0].on.replace(day=1), pair.runs[-1].on
    while month <= last:
        runs = by_month.get(month, [])
        known = shoes.distance_m(run for run in runs if shoes.worn.get(run.id) is pair)
        yield ShoeMonth(month, known + shoes.perhaps_m(pair, runs))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
