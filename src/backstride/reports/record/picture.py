"""Lanes stacked on one axis of days, with the onset running through all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape

from backstride.model.season import Season
from backstride.reports.record.axis import Axis
from backstride.reports.record.lane import Lane

_NAME_H, _BETWEEN = 18.0, 12.0


def stacked(season: Season, lanes: Sequence[Lane], axis: Axis, words: str) -> str:
    """One SVG element; `words` describe it for those who do not see it."""
    return _drawn(season, lanes, axis, words)


def lanes_alone(lanes: Sequence[Lane], axis: Axis, words: str) -> str:
    """As `stacked`, without the onset of pain."""
    return _drawn(None, lanes, axis, words)


def _drawn(season: Season | None, lanes: Sequence[Lane], axis: Axis, words: str) -> str:
    parts: list[str] = []
    y = 0.0
    for lane in lanes:
        y += _NAME_H
        parts.append(f'<text class="name" x="4" y="{y - 6:g}">{lane.name}</text>')
        parts.append(f'<g transform="translate(0 {y:g})">{"".join(lane.parts)}</g>')
        y += lane.height + _BETWEEN
    floor = y - _BETWEEN
    behind = "" if season is None else "".join(_onset(season, axis, floor))
    return (
        f'<svg class="lanes w{axis.width}" viewBox="0 0 {axis.width} {floor + 22:g}" role="{axis.role}" '
        f'aria-label="{escape(words)}">{_hatch(axis)}{behind}{"".join(parts)}'
        f"{''.join(axis.ticks(floor))}</svg>"
    )


def _hatch(axis: Axis) -> str:
    return (
        f'<defs><pattern id="gap{axis.width}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
    )


def _onset(season: Season, axis: Axis, floor: float) -> Iterator[str]:
    """The days on which the pain began: a band through every lane."""
    if season.onset is None:
        return
    first = max(season.onset.span.first, axis.span.first)
    last = min(season.onset.span.last, axis.span.last)
    if first > last:
        return
    left, right = axis.x(first), axis.x(last + timedelta(days=1))
    wide = max(2.0, right - left)
    yield f'<rect class="onset" x="{left:.1f}" y="0" width="{wide:.1f}" height="{floor:g}"/>'
    anchor, x = ("end", left - 4) if left > axis.width / 2 else ("start", left + wide + 4)
    yield f'<text class="tick" x="{x:.1f}" y="12" text-anchor="{anchor}">{axis.own("onset")}</text>'
