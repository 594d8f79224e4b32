"""The lanes of days that hold running and pain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil

from backstride.model.findings import DayLoad
from backstride.model.history import Span
from backstride.model.season import Season, SpikeBin
from backstride.model.text import Missing, Quantity
from backstride.reports.record.axis import Axis
from backstride.reports.record.lane import Lane, box

_MARKS: dict[SpikeBin, int] = {"over_10": 1, "over_30": 2, "over_100": 3}
"""How many strokes stand above a jump: the study's bins in words, not in colours."""


def pain_lane(season: Season, axis: Axis) -> Lane:
    """A dot for each day with a score, higher for more."""
    height = 46.0
    parts = [f'<path class="rule" d="M4 {height:g}H{axis.width - 4}"/>']
    for mark in season.pain:
        said = escape(axis.wording.quantity(Quantity(mark.score, "score")))
        y = height - (height - 8) * mark.score / 10
        parts.append(
            f'<circle class="pain" cx="{axis.middle(mark.on):.1f}" cy="{y:.1f}" r="{_dot(axis):.1f}">'
            f"<title>{axis.wording.day(mark.on)}: {said}</title></circle>"
        )
    return Lane(axis.own("lane_pain"), height, tuple(parts))


def _dot(axis: Axis) -> float:
    return max(1.8, min(3.6, axis.step * 0.6))


def runs_lane(season: Season, axis: Axis) -> Lane:
    """A bar a day as high as its longest run, strokes above a jump, unrecorded days hatched."""
    height, bars = 96.0, 78.0
    longest = max((day.longest_run_m.high for day in season.days if day.state == "run"), default=0.0)
    bins = {mark.on: mark.bin for mark in season.spikes}
    parts = [f'<path class="rule" d="M4 {height:g}H{axis.width - 4}"/>']
    for day in season.days:
        if day.state == "unrecorded":
            parts.append(_hatched(day, axis, height, 16))
        elif day.state == "run" and longest > 0:
            tall = bars * day.longest_run_m.high / longest
            parts.append(_bar(day, bins.get(day.on), axis, height, tall))
    if longest > 0:
        top = axis.wording.quantity(Quantity(longest, "m"))
        parts.append(_scale(axis, height - bars, top))
    return Lane(axis.own("lane_runs"), height, tuple(parts))


def _hatched(day: DayLoad, axis: Axis, floor: float, tall: float) -> str:
    title = f"{axis.wording.day(day.on)}: {axis.own('unrecorded')}"
    return (
        f'<rect fill="url(#gap{axis.width})" x="{axis.x(day.on):.1f}" y="{floor - tall:g}" '
        f'width="{axis.step:.2f}" height="{tall:g}"><title>{title}</title></rect>'
    )


def _bar(day: DayLoad, bin: SpikeBin | None, axis: Axis, floor: float, tall: float) -> str:
    said = axis.wording.quantity(Quantity(day.longest_run_m.high, "m"))
    jump = f", {axis.own(f'jump_{bin}')}" if bin else ""
    x, wide = axis.x(day.on) + axis.step * 0.1, max(0.8, axis.step * 0.8)
    strokes = "".join(
        f'<path class="mark" d="M{axis.middle(day.on) - 3:.1f} {floor - tall - 3 - 3 * nth:.1f}h6"/>'
        for nth in range(_MARKS[bin] if bin else 0)
    )
    title = f"{axis.wording.day(day.on)}: {escape(said)}{jump}"
    bar = box("run spike" if bin else "run", x, floor - tall, wide, tall, title) + strokes
    return axis.linked(bar, title, day.activities)


def _scale(axis: Axis, y: float, words: str) -> str:
    return (
        f'<path class="rule faint" d="M4 {y:g}H{axis.width - 4}"/>'
        f'<text class="tick" x="{axis.width - 4}" y="{y - 3:g}" text-anchor="end">{escape(words)}</text>'
    )


def weeks_lane(season: Season, axis: Axis) -> Lane:
    """A step a week at its distance; where days are not recorded, a band from end to end."""
    weeks = [(week.span, week.distance) for week in season.weeks]
    return steps_lane(axis.own("lane_weeks"), weeks, axis)


def steps_lane(name: str, weeks: Sequence[tuple[Span, Quantity | Missing]], axis: Axis) -> Lane:
    """A step a week at its value, a band where it is known within two ends, hatched where it is not known."""
    height, tall = 72.0, 58.0
    ends = [_ends(value) for _, value in weeks]
    most = max((high for _, high in ends if high is not None), default=0.0)
    parts = [f'<path class="rule" d="M4 {height:g}H{axis.width - 4}"/>']
    if most > 0:
        unit = next(value.unit for _, value in weeks if not isinstance(value, Missing))
        nice = _round_up(most) if unit == "m" else most
        for week, (low, high) in zip(weeks, ends, strict=True):
            parts.extend(_week(week, low, high, axis, height, tall / nice))
        parts.append(_scale(axis, height - tall, axis.wording.quantity(Quantity(nice, unit))))
    return Lane(name, height, tuple(parts))


def _ends(value: Quantity | Missing) -> tuple[float | None, float | None]:
    if isinstance(value, Missing):
        return None, None
    return (value.value if value.low is None else value.low), (
        value.value if value.high is None else value.high
    )


def _round_up(metres: float) -> float:
    """The next ten kilometres; five below twenty."""
    step = 5_000 if metres < 20_000 else 10_000
    return float(ceil(metres / step) * step)


def _week(
    week: tuple[Span, Quantity | Missing],
    low: float | None,
    high: float | None,
    axis: Axis,
    floor: float,
    scale: float,
) -> Iterator[str]:
    span, value = week
    left, wide = axis.x(span.first), axis.step * span.days
    title = axis.own("week_title", day=span.first, distance=axis.wording.known(value))
    if low is None or high is None:
        blank = (
            f'<rect fill="url(#gap{axis.width})" x="{left:.1f}" y="{floor - 12:g}" width="{wide:.1f}" '
            f'height="12"><title>{title}</title></rect>'
        )
        yield axis.linked_week(blank, title, span.first)
        return
    parts = [box("run", left + 0.6, floor - low * scale, max(0.8, wide - 1.2), low * scale, title)]
    if low < high:
        parts.append(box("band", left + 0.6, floor - high * scale, wide - 1.2, (high - low) * scale, title))
    yield axis.linked_week("".join(parts), title, span.first)
