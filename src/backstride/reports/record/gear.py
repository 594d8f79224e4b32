"""Shoes and ground on the page of the record: their lanes, the words to them, and their tables."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.model.gear import Gear
from backstride.model.history import Span
from backstride.model.text import Text
from backstride.reports.record.axis import Axis
from backstride.reports.record.ground import ground_heads, ground_rows, ground_told
from backstride.reports.record.lane import Lane
from backstride.reports.record.lanes_gear import (
    downhill_lane,
    ground_lane,
    grounds_there,
    pairs_in,
    shoes_lane,
)
from backstride.reports.record.shoes import open_row, shoe_heads, shoe_rows
from backstride.reports.record.table import PageTable
from backstride.reports.wording import Wording


def gear_lanes(gear: Gear, axis: Axis) -> Iterator[Lane]:
    """The lanes that there is anything to draw in."""
    shoes, ground = shoes_lane(gear.rack.pairs, axis), ground_lane(gear.ground, axis)
    drawn = (shoes, ground, downhill_lane(gear.ground, axis))
    yield from (lane for lane in drawn if lane is not None)


def gear_words(gear: Gear, span: Span, wording: Wording) -> Iterator[str]:
    """What to see in each of the lanes of these days."""
    if pairs_in(gear.rack.pairs, span):
        yield _say(wording, "shoe_words")
    if grounds_there(gear.ground):
        yield _say(wording, "ground_words")
        if any(week.judged_m.high > 0 for week in gear.ground):
            yield _say(wording, "ground_judged")
    if any(week.downhill_m.low > 0 for week in gear.ground):
        yield _say(wording, "downhill_words")


def gear_tables(gear: Gear, wording: Wording) -> Iterator[PageTable]:
    """The tables behind the lanes."""
    if gear.rack.pairs:
        rows = (*shoe_rows(gear.rack.pairs, wording), *open_row(gear.rack, wording))
        yield PageTable(_say(wording, "table_shoes"), shoe_heads(wording), rows)
    if ground_told(gear.ground):
        rows = ground_rows(gear.ground, wording)
        yield PageTable(_say(wording, "table_ground"), ground_heads(wording), rows)


def _say(wording: Wording, key: str) -> str:
    return wording.say(Text(f"record.{key}"))
