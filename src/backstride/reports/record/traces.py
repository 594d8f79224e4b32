"""The channels of one run below each other on one axis of time or distance."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from math import ceil

import numpy as np

from backstride.model.activity import Column
from backstride.model.text import Quantity, Text, Unit
from backstride.model.traces import RunTraces, Trace
from backstride.reports.wording import Wording

EDGE, TALL, NAME, BETWEEN = 4.0, 62.0, 18.0, 12.0
_OUTSIDE = 1.0
"""Per cent of the stretches at either end that the scale leaves out: one spike does not flatten all."""
_ROOM = 64


def trace_name(name: str, wording: Wording) -> str:
    """What a channel is called."""
    return wording.say(Text(f"web_record.trace_{name}"))


def shown(trace: Trace, value: float, wording: Wording) -> str:
    """One value with its unit; shares to a tenth of a per cent, as balance and grade move within few."""
    return shown_as(trace.name, trace.unit, value, wording)


def shown_span(trace: Trace, low: float, high: float, wording: Wording) -> str:
    """Two values, the unit said once where it can be."""
    if trace.unit == "share":
        return wording.unit("span", low=shown(trace, low, wording), high=shown(trace, high, wording))
    if trace.unit != "mps":
        low, high = round(low), round(high)
    return wording.quantity(Quantity((low + high) / 2, trace.unit, low, high))


def shown_as(name: str, unit: Unit, value: float, wording: Wording) -> str:
    """As `shown`, by the channel's name and unit."""
    if unit == "share":
        return wording.unit("share", n=wording.number(100 * value, 1))
    if name in ("heart_rate", "cadence", "contact", "oscillation"):
        value = round(value)
    return wording.quantity(Quantity(value, unit))


def traces_svg(told: RunTraces, wording: Wording, words: str, width: int) -> str:
    """One SVG element; `words` describe it.  Gaps stay gaps, and are hatched where nothing was recorded."""
    parts: list[str] = []
    y = 0.0
    for trace in told.traces:
        y += NAME
        parts.extend(_lane(trace, told, y, width, wording))
        y += TALL + BETWEEN
    floor = y - BETWEEN
    return (
        f'<svg class="traces w{width}" viewBox="0 0 {width} {floor + 22:g}" role="img" '
        f'aria-label="{escape(words)}" data-edge="{EDGE:g}" data-floor="{floor:g}">'
        f'<defs><pattern id="off{width}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
        f"{''.join(parts)}{''.join(_ticks(told, floor, width, wording))}</svg>"
    )


def _lane(trace: Trace, told: RunTraces, top: float, width: int, wording: Wording) -> Iterator[str]:
    low, high = _scale(trace)
    name = escape(trace_name(trace.name, wording))
    yield f'<text class="name" x="{EDGE:g}" y="{top - 6:g}" data-trace="{trace.name}">{name}</text>'
    ends = shown_span(trace, low, high, wording)
    yield (
        f'<text class="tick scale" x="{width - EDGE:g}" y="{top - 6:g}" text-anchor="end">{escape(ends)}'
        "</text>"
    )
    yield f'<path class="rule" d="M{EDGE:g} {top + TALL:g}H{width - EDGE:g}"/>'
    step = (width - 2 * EDGE) / told.stretches
    for first, last in _gaps(trace.mean):
        left, wide = EDGE + first * step, (last - first + 1) * step
        yield (
            f'<rect fill="url(#off{width})" x="{left:.1f}" y="{top + TALL - 12:g}" width="{wide:.1f}" '
            'height="12"/>'
        )
    yield f'<path class="band" d="{"".join(_bands(trace, low, high, top, step))}"/>'
    yield f'<path class="line" d="{_line(trace, low, high, top, step)}"/>'


def _scale(trace: Trace) -> tuple[float, float]:
    """The values at the floor and at the top of a lane."""
    known = np.isfinite(trace.mean)
    low = float(np.percentile(trace.low[known], _OUTSIDE))
    high = float(np.percentile(trace.high[known], 100 - _OUTSIDE))
    if trace.name == "grade":  # level ground lies in the middle
        most = max(abs(low), abs(high), 0.01)
        return -most, most
    if high - low < 1e-9:
        return low * 0.98 - 1e-6, high * 1.02 + 1e-6
    return low, high


def _gaps(mean: Column) -> Iterator[tuple[int, int]]:
    """First and last of each row of stretches without a value."""
    for missing, group in groupby(enumerate(np.isnan(mean).tolist()), key=lambda each: each[1]):
        if missing:
            places = [place for place, _ in group]
            yield places[0], places[-1]


def _stretches(trace: Trace) -> Iterator[tuple[int, int]]:
    """First and last of each row of stretches with a value."""
    for known, group in groupby(enumerate(np.isfinite(trace.mean).tolist()), key=lambda each: each[1]):
        if known:
            places = [place for place, _ in group]
            yield places[0], places[-1]


def _height(value: float, low: float, high: float, top: float) -> float:
    return top + TALL - TALL * min(1.0, max(0.0, (value - low) / (high - low)))


def _bands(trace: Trace, low: float, high: float, top: float, step: float) -> Iterator[str]:
    """From the least to the most of each stretch; nothing is drawn over a gap."""
    for first, last in _stretches(trace):
        places = range(first, last + 1)
        most = [_height(trace.high[place], low, high, top) for place in places]
        least = [_height(trace.low[place], low, high, top) for place in places]
        xs = [EDGE + (place + 0.5) * step for place in places]
        there = [f"{x:.1f} {y:.1f}" for x, y in zip(xs, most, strict=True)]
        back = [f"{x:.1f} {y:.1f}" for x, y in zip(reversed(xs), reversed(least), strict=True)]
        yield f"M{'L'.join((*there, *back))}Z"


def _line(trace: Trace, low: float, high: float, top: float, step: float) -> str:
    """The line through the means; it begins anew after a gap."""
    parts: list[str] = []
    for first, last in _stretches(trace):
        points = [
            f"{EDGE + (place + 0.5) * step:.1f} {_height(trace.mean[place], low, high, top):.1f}"
            for place in range(first, last + 1)
        ]
        alone = "h.5" if first == last else ""  # a stretch between two gaps is seen too
        parts.append(f"M{'L'.join(points)}{alone}")
    return "".join(parts)


def _ticks(told: RunTraces, floor: float, width: int, wording: Wording) -> Iterator[str]:
    """Round minutes or kilometres, as many as there is room for."""
    for value in tick_values(told.end, wide=width, miles=wording.units == "miles", along=told.along):
        x = EDGE + (width - 2 * EDGE) * value / told.end
        anchor = "start" if x < 20 else "middle" if x < width - 30 else "end"
        words = escape(wording.quantity(Quantity(value, "s" if told.along == "time" else "m")))
        yield f'<path class="rule" d="M{x:.1f} {floor:g}v4"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{floor + 16:g}" text-anchor="{anchor}">{words}</text>'


def tick_values(end: float, wide: int, miles: bool, along: str) -> list[float]:
    """Where the axis is named, from the start on."""
    each = 60.0 if along == "time" else 1609.344 if miles else 1000.0
    steps = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240) if along == "time" else (1, 2, 5, 10, 20, 50, 100)
    room = max(1, wide // _ROOM)
    step = next((step * each for step in steps if end / (step * each) <= room), end)
    return [nth * step for nth in range(ceil(end / step)) if nth * step <= end]
