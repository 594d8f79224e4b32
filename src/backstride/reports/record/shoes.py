"""The rack of shoes as a table, and what is said of it: for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from backstride.model.findings import Interval
from backstride.model.gear import ShoeRack, ShoeUse
from backstride.model.text import Quantity, Text, Value
from backstride.reports.record.ends import ends, rough, told
from backstride.reports.wording import Wording

_HEADS = ("pair", "since", "until", "runs", "known", "life", "share", "drop", "stack", "state")
_OPEN = Interval(0.0, 1.0)


def shoe_heads(wording: Wording) -> tuple[str, ...]:
    """The heads of the table of pairs."""
    return tuple(_say(wording, f"head_{name}") for name in _HEADS)


def shoe_rows(pairs: tuple[ShoeUse, ...], wording: Wording) -> tuple[tuple[str, ...], ...]:
    """A row a pair, a cell for each head; what is not known says so."""
    return tuple(_row(pair, wording) for pair in pairs)


def open_row(rack: ShoeRack, wording: Wording) -> tuple[tuple[str, ...], ...]:
    """The runs of no known pair as a row below the pairs; no row without any."""
    if not rack.without_pair_runs:
        return ()
    runs = wording.quantity(Quantity(rack.without_pair_runs, "count"))
    name, known = _say(wording, "no_pair"), ends(rack.without_pair_m, "m", wording)
    return ((name, "", "", runs, known, *("" for _ in _HEADS[5:])),)


def _row(pair: ShoeUse, wording: Wording) -> tuple[str, ...]:
    return (
        pair.name,
        "" if pair.first_on is None else f"{pair.first_on:%Y-%m-%d}",
        "" if pair.last_on is None else f"{pair.last_on:%Y-%m-%d}",
        wording.quantity(Quantity(pair.runs, "count")),
        ends(pair.distance_m, "m", wording),
        rough(pair.life_m, "m", wording) if pair.runs else "",
        ends(pair.share, "share", wording),
        _height(pair.drop_mm, wording),
        _height(pair.stack_mm, wording),
        _say(wording, f"state_{state(pair)}"),
    )


def state(pair: ShoeUse) -> str:
    """Where a pair stands: put away, new, perhaps new, beyond its usual life, or just in use."""
    if not pair.in_use:
        return "away"
    if pair.is_new:
        return "new"
    if pair.is_beyond:
        return "beyond"
    return "perhaps_new" if pair.is_new is None and pair.runs else "in_use"


def _height(height_mm: float | None, wording: Wording) -> str:
    return "" if height_mm is None else wording.quantity(Quantity(height_mm, "mm"))


def rack_lines(rack: ShoeRack, wording: Wording, beside_form: bool = False) -> Iterator[str]:
    """What is said beside the table, a paragraph each; `beside_form` where a pair can be told on the spot."""
    if rack.without_pair_runs:
        runs = Quantity(rack.without_pair_runs, "count")
        yield _say(wording, "open_runs", runs=runs, distance=told(rack.without_pair_m, "m"))
    yield from _ages(rack, wording, beside_form)
    if rack.at_once.low > 0:
        yield _turns(rack, wording)
    if not any(pair.drop_mm is not None or pair.stack_mm is not None for pair in rack.pairs):
        yield wording.say(Text("web_record.shoe_how_build" if beside_form else "shoes.how_build"))


def _ages(rack: ShoeRack, wording: Wording, beside_form: bool) -> Iterator[str]:
    first, last = rack.window.first, rack.window.last
    if rack.young == _OPEN and rack.beyond == _OPEN:
        key = "web_record.shoe_ages_unknown" if beside_form else "shoes.ages_unknown"
        yield wording.say(Text(key, {"first": first, "last": last}))
        return
    if rack.usual_life_pairs:
        how = _say(wording, "life_own", pairs=Quantity(rack.usual_life_pairs, "count"))
    else:
        how = _say(wording, "life_general")
    yield _say(
        wording,
        "ages",
        first=first,
        last=last,
        young=_share(rack.young, wording),
        young_life=Quantity(rack.young_life_m, "m"),
        beyond=_share(rack.beyond, wording),
        life=told(rack.usual_life_m, "m"),
        how=how,
    )


def _share(share: Interval, wording: Wording) -> str:
    return _say(wording, "share_open") if share == _OPEN else ends(share, "share", wording)


def _at_least(value: Interval) -> Interval:
    return Interval(value.low, inf)


def _turns(rack: ShoeRack, wording: Wording) -> str:
    said = _say(
        wording,
        "turns",
        first=rack.window.first,
        last=rack.window.last,
        pairs=ends(rack.at_once if rack.at_once.known else _at_least(rack.at_once), "count", wording),
        switches=Quantity(len(rack.switches), "count"),
    )
    if not rack.switches:
        return said
    names, last = {pair.id: pair.name for pair in rack.pairs}, rack.switches[-1]
    switch = _say(wording, "last_switch", day=last.on, before=names[last.before], after=names[last.after])
    return f"{said} {switch}"


def _say(wording: Wording, key: str, **values: Value) -> str:
    return wording.say(Text(f"shoes.{key}", values))
