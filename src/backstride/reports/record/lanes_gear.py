"""The lanes of shoes and of ground: when, and how much."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape

from backstride.model.activity import SURFACES, Surface
from backstride.model.findings import Interval
from backstride.model.gear import GroundWeek, ShoeMonth, ShoeUse
from backstride.model.history import Span
from backstride.model.text import Quantity
from backstride.reports.record.axis import EDGE, Axis
from backstride.reports.record.ends import ends, rough
from backstride.reports.record.lane import Lane, box

MOST_PAIRS = 6
"""As many are drawn, those with the newest runs; the table has them all."""
_ROW, _BAR = 30.0, 11.0


def shoes_lane(pairs: Sequence[ShoeUse], axis: Axis) -> Lane | None:
    """A row a pair from its first to its last run, with a bar a month; None without any pair in these days.

    The full part of a bar is known, the pale part are runs that may have been in it.
    """
    used = pairs_in(pairs, axis.span)
    if not used:
        return None
    most = max((month.distance_m.high for pair in used for month in pair.months), default=0.0)
    parts = [part for nth, pair in enumerate(used) for part in _pair(pair, nth * _ROW, most, axis)]
    return Lane(axis.own("lane_shoes"), _ROW * len(used), tuple(parts))


def pairs_in(pairs: Sequence[ShoeUse], span: Span) -> list[ShoeUse]:
    """Those in use within a span, the newest `MOST_PAIRS`, first used first."""
    touching = [pair for pair in pairs if _days(pair, span) is not None]
    newest = sorted(touching, key=lambda pair: pair.last_on or date.min)[-MOST_PAIRS:]
    return [pair for pair in touching if pair in newest]


def _days(pair: ShoeUse, span: Span) -> tuple[date, date] | None:
    """From its first to its last run within a span; None without any."""
    if pair.first_on is None or pair.last_on is None:
        return None
    first, last = max(pair.first_on, span.first), min(pair.last_on, span.last)
    return (first, last) if first <= last else None


def _pair(pair: ShoeUse, top: float, most: float, axis: Axis) -> Iterator[str]:
    days = _days(pair, axis.span)
    assert days is not None
    floor, left, right = top + _ROW - 3, axis.x(days[0]), axis.x(days[1] + timedelta(days=1))
    words = f"{escape(pair.name)}, {escape(rough(pair.life_m, 'm', axis.wording))}"
    anchor, x = ("end", axis.width - EDGE) if left > axis.width * 0.55 else ("start", left)
    yield f'<path class="line" d="M{left:.1f} {floor:.1f}H{right:.1f}"/>'
    for month in pair.months:
        first, last = max(month.first, days[0]), min(_end(month.first), days[1])
        if most > 0 and first <= last:
            yield from _month(
                month, pair, axis, (axis.x(first), axis.x(last + timedelta(days=1))), floor, most
            )
    yield f'<text class="tick" x="{x:.1f}" y="{top + 12:.1f}" text-anchor="{anchor}">{words}</text>'


def _month(
    month: ShoeMonth, pair: ShoeUse, axis: Axis, across: tuple[float, float], floor: float, most: float
) -> Iterator[str]:
    low, high = (_BAR * end / most for end in (month.distance_m.low, month.distance_m.high))
    title = axis.own(
        "shoe_title", shoe=pair.name, month=f"{month.first:%Y-%m}", distance=_said(month.distance_m, axis)
    )
    left, wide = across[0] + 0.6, max(1.0, across[1] - across[0] - 1.2)
    if low < high:
        yield box("band", left, floor - high, wide, high - low, title)
    if low > 0:
        yield box("run", left, floor - low, wide, low, title)


def _end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _said(distance: Interval, axis: Axis) -> str:
    return ends(distance, "m", axis.wording)


def grounds_there(weeks: Sequence[GroundWeek]) -> tuple[Surface, ...]:
    """The grounds that any of the weeks is known or judged to have had."""
    return tuple(name for name in SURFACES if any(week.distance_m[name].high > 0 for week in weeks))


def ground_lane(weeks: Sequence[GroundWeek], axis: Axis) -> Lane | None:
    """A row for each ground, its bars as high as its share of the week; None where no ground is known.

    A last row holds the runs that may have been on several.  Weeks nobody recorded are hatched.
    """
    there = grounds_there(weeks)
    if not there:
        return None
    rows: list[Surface | None] = [*there, *([None] if any(week.open_m.high > 0 for week in weeks) else [])]
    parts = [
        *(_unseen(week, _ROW * len(rows), axis) for week in weeks if week.unseen_days == week.span.days),
        *(part for nth, ground in enumerate(rows) for part in _ground(ground, nth * _ROW, weeks, axis)),
    ]
    return Lane(axis.own("lane_ground"), _ROW * len(rows), tuple(parts))


def _ground(ground: Surface | None, top: float, weeks: Sequence[GroundWeek], axis: Axis) -> Iterator[str]:
    floor, name = top + _ROW - 3, axis.own(f"ground_{ground or 'open'}")
    yield f'<text class="tick" x="{EDGE}" y="{top + 12:.1f}">{name}</text>'
    yield f'<path class="rule" d="M{EDGE} {floor:g}H{axis.width - EDGE}"/>'
    for week in weeks:
        metres = week.open_m if ground is None else week.distance_m[ground]
        whole = week.open_m.high + sum(each.high for each in week.distance_m.values())
        if metres.high > 0:
            title = axis.own("ground_title", day=week.span.first, ground=name, distance=_said(metres, axis))
            tall = _BAR * metres.high / whole
            look = "band" if ground is None else "run"
            yield box(look, *_across(week, axis, floor - tall), tall, title)


def _across(week: GroundWeek, axis: Axis, y: float) -> tuple[float, float, float]:
    return axis.x(week.span.first) + 0.6, y, max(0.8, axis.step * week.span.days - 1.2)


def _unseen(week: GroundWeek, tall: float, axis: Axis) -> str:
    left, wide = axis.x(week.span.first), axis.step * week.span.days
    return (
        f'<rect fill="url(#gap{axis.width})" x="{left:.1f}" y="{tall - 12:g}" width="{wide:.1f}" height="12">'
        f"<title>{axis.wording.day(week.span.first)}: {axis.own('unrecorded')}</title></rect>"
    )


def downhill_lane(weeks: Sequence[GroundWeek], axis: Axis) -> Lane | None:
    """A bar a week for what was run downhill; None where no run has heights.

    The full part is known, the pale part are runs without heights, which may have been downhill or not.
    """
    known = max((week.downhill_m.low for week in weeks), default=0.0)
    if known == 0:
        return None
    height, tall = 46.0, 38.0
    most = max(week.downhill_m.high for week in weeks)
    parts = [f'<path class="rule" d="M{EDGE} {height:g}H{axis.width - EDGE}"/>']
    for week in weeks:
        low, high = (tall * end / most for end in (week.downhill_m.low, week.downhill_m.high))
        title = axis.own("downhill_title", day=week.span.first, distance=_said(week.downhill_m, axis))
        if low < high:
            parts.append(box("band", *_across(week, axis, height - high), high - low, title))
        if low > 0:
            parts.append(box("run", *_across(week, axis, height - low), low, title))
    top = escape(axis.wording.quantity(Quantity(most, "m")))
    parts.append(
        f'<text class="tick" x="{axis.width - EDGE}" y="{height - tall - 3:g}" text-anchor="end">{top}</text>'
    )
    return Lane(axis.own("lane_downhill"), height, tuple(parts))
