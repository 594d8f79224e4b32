"""The lanes of stride: each run less the runner's own usual at its speed, and what measured it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from backstride.model.findings import STRAP, FormBreak, FormPoint, FormSeries
from backstride.model.text import Quantity, Text
from backstride.reports.record.axis import Axis
from backstride.reports.record.lane import Lane

_HALF = 34.0
"""From the usual to either edge of the lane."""
_WIDE = 500
"""From here on there is room for more than the figure's own name."""


def form_lane(series: FormSeries, axis: Axis) -> Lane | None:
    """A dot a run about the line of the usual, the band in which most runs lie, and a line where a device
    changed.  None where no run of these days has the figure.
    """
    points = [point for point in series.points if point.on in axis.span]
    if not points:
        return None
    most = max(max(abs(point.residual), point.sure) for point in points)
    scale = (_HALF - 4) / most if most > 0 else 0.0
    parts = [
        f'<path class="rule" d="M4 {_HALF:g}H{axis.width - 4}"/>',
        *_band(points, scale, axis),
        *_breaks([each for each in series.breaks if each.on in axis.span], axis),
        *(_dot(point, series, scale, axis) for point in points),
        *_edges(series, most, axis),
    ]
    what = axis.wording.say(series.name)
    name = axis.own("lane_form", what=what) if axis.width >= _WIDE else escape(what)
    return Lane(name[:1].upper() + name[1:], 2 * _HALF, tuple(parts))


def _band(points: list[FormPoint], scale: float, axis: Axis) -> Iterator[str]:
    """From each run to the next of the same device; nothing is drawn across a change."""
    for one, other in pairwise(points):
        if one.segment == other.segment:
            left, right = axis.middle(one.on), axis.middle(other.on)
            half = one.sure * scale
            yield (
                f'<rect class="usual" x="{left:.1f}" y="{_HALF - half:.1f}" width="{right - left:.1f}" '
                f'height="{2 * half:.1f}"/>'
            )


def _dot(point: FormPoint, series: FormSeries, scale: float, axis: Axis) -> str:
    off = abs(point.residual) > point.sure
    sign = "above" if point.residual >= 0 else "below"
    by = Quantity(abs(point.residual), series.unit)
    title = axis.own(f"form_{sign}", day=point.on, by=by)
    dot = (
        f'<circle class="{"dot far" if off else "dot"}" cx="{axis.middle(point.on):.1f}" '
        f'cy="{_HALF - point.residual * scale:.1f}" r="{2.6 if off else 1.9}"><title>{title}</title></circle>'
    )
    return axis.linked(dot, title, (point.activity,))


def _breaks(found: list[FormBreak], axis: Axis) -> Iterator[str]:
    """A line through the lane, named as long as there is room."""
    last = -200.0
    for each in found:
        x = axis.x(each.on)
        title = axis.own("break_title", day=each.on, was=_named(each.was, axis), now=_named(each.now, axis))
        yield f'<path class="break" d="M{x:.1f} 0V{2 * _HALF:g}"><title>{title}</title></path>'
        if x - last > 90 and each.kind != "software":
            anchor, at = ("end", x - 4) if x > axis.width - 120 else ("start", x + 4)
            words = axis.own(f"break_{each.kind}")
            yield f'<text class="tick" x="{at:.1f}" y="10" text-anchor="{anchor}">{words}</text>'
            last = x


def _named(measured_by: str, axis: Axis) -> str:
    """A channel in words; a device or a version by its own name."""
    channel, strap, _ = measured_by.partition(STRAP)
    key = f"runs.name_{channel}"
    words = axis.wording.say(Text(key)) if key in axis.wording.catalog else channel
    return axis.wording.say(Text("record.with_strap", {"what": words})) if strap else words


def _edges(series: FormSeries, most: float, axis: Axis) -> Iterator[str]:
    """How much the upper edge of the lane stands for."""
    said = escape(axis.wording.quantity(Quantity(most, series.unit)))
    yield f'<text class="tick" x="{axis.width - 4}" y="-6" text-anchor="end">+ {said}</text>'
