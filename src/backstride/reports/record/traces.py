"""The channels of one run below each other on one axis of time or distance."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from math import ceil

import numpy as np

from backstride.model.activity import Column
from backstride.model.text import Quantity, Text, Unit, Value
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
    ends = _say(wording, "scale", low=shown(trace, low, wording), high=shown(trace, high, wording))
    yield f'<text class="tick" x="{width - EDGE:g}" y="{top - 6:g}" text-anchor="end">{escape(ends)}</text>'
    yield f'<path class="rule" d="M{EDGE:g} {top + TALL:g}H{width - EDGE:g}"/>'
    step = (width - 2 * EDGE) / told.stretches
    for first, last in _gaps(trace.mean):
        left, wide = EDGE + first * step, (last - first + 1) * step
        yield (
            f'<rect fill="url(#off{width})" x="{left:.1f}" y="{top + TALL - 12:g}" width="{wide:.1f}" '
            'height="12"/>'
        )
    yield f'<path class="line" d="{_path(trace, low, high, top, step)}"/>'


def _scale(trace: Trace) -> tuple[float, float]:
    """The values at the floor and at the top of a lane."""
    known = trace.mean[np.isfinite(trace.mean)]
    low, high = np.percentile(known, (_OUTSIDE, 100 - _OUTSIDE)).tolist()
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


def _path(trace: Trace, low: float, high: float, top: float, step: float) -> str:
    """The line through the least and the most of each stretch; it begins anew after a gap."""

    def height(value: float) -> float:
        return top + TALL - TALL * min(1.0, max(0.0, (value - low) / (high - low)))

    parts: list[str] = []
    pen = "M"
    for place, (least, most) in enumerate(zip(trace.low.tolist(), trace.high.tolist(), strict=True)):
        if least != least:  # NaN: a gap
            pen = "M"
            continue
        x, ends = EDGE + (place + 0.5) * step, (height(least), height(most))
        parts.append(f"{pen}{x:.1f} {ends[0]:.1f}")
        if ends[0] - ends[1] > 0.5:
            parts.append(f"V{ends[1]:.1f}")
        elif pen == "M":
            parts.append("h.5")  # a stretch between two gaps is seen too
        pen = "L"
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


def _say(wording: Wording, key: str, **values: Value) -> str:
    return wording.say(Text(f"web_record.{key}", values))
