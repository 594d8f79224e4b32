"""An exercise as a line figure: start position in ink, end position in the accent, an arrow for the way.

Colours come from the page (`--ink`, `--do`, `--soft`, `--line`), so that one drawing serves light and dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import hypot

from backstride.model.drawing import Drawing, Prop
from backstride.reports.skeleton import HEAD, Point, Points, named, place

_SCALE = 200.0
"""Picture units to a body length."""
_MARGIN = 14.0
_LEAST_WIDTH = 300.0
"""So that a standing figure is drawn as large as a lying one."""
_GAP = 44.0
"""Between two positions that stand beside one another."""
_FLOOR = 0.022
"""The ground is drawn this much lower, in body lengths, so that a line that lies on it can be seen."""

_TRUNK = ("pelvis", "spine0", "spine1", "spine2", "neck", "throat")
_LIMBS: dict[str, tuple[tuple[str, ...], ...]] = {
    "side": (("neck", "elbow", "wrist", "hand"), ("pelvis", "knee", "ankle", "heel", "toe")),
    "front": (
        ("neck", "shoulder", "elbow", "wrist", "hand"),
        ("pelvis", "hip", "knee", "ankle", "heel", "toe"),
    ),
    "top": (("shoulder", "elbow", "hand"),),
}
_DOTS = ("elbow", "knee", "ankle", "pelvis")
"""Joints marked with a small circle."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """One position, moved to its place in the picture."""

    points: Points
    tone: str
    floor: float = 0.0
    """Where its ground is."""

    def at(self, name: str) -> str:
        x, y = self.points[name]
        return f"{x:.1f} {y:.1f}"


def figure_svg(drawing: Drawing, title: str, width: int) -> str:
    """One SVG element, `width` wide; `title` says what it shows to those who do not see it."""
    figures = _figures(drawing)
    with_props = figures if drawing.layout == "beside" else figures[:1]
    props = [part for figure in with_props for prop in drawing.props for part in _prop(prop, figure)]
    parts = [
        *_ground(drawing, figures),
        *props,
        *(part for figure in reversed(figures) for part in _body(drawing, figure)),
        *_arrows(drawing, figures),
    ]
    left, top, wide, high = _bounds(figures, drawing.props)
    crossed = _crossed(left, top, wide, high) if drawing.not_this else ()
    view = f"{left:.0f} {top:.0f} {wide:.0f} {high:.0f}"
    return (
        f'<svg class="figure" viewBox="{view}" width="{width}" height="{width * high / wide:.0f}" role="img">'
        f"<title>{escape(title)}</title>{''.join((*parts, *crossed))}</svg>"
    )


def _figures(drawing: Drawing) -> list[_Figure]:
    """The start, and the end over, beside or below it, in picture units, y downwards."""
    start = _picture(place(drawing.start, drawing))
    if drawing.end is None:
        return [_Figure(start, "ink")]
    end = _picture(place(drawing.end, drawing))
    drop = 0.0
    if drawing.layout == "beside":
        ahead = max(x for x, _ in start.values()) - min(x for x, _ in end.values()) + _GAP
    else:
        ahead = named(start, drawing.anchor)[0] - named(end, drawing.anchor)[0]
    if drawing.layout == "below":
        drop = HEAD * _SCALE + _GAP - min(y for _, y in end.values())
    moved = {name: (x + ahead, y + drop) for name, (x, y) in end.items()}
    return [_Figure(start, "ink"), _Figure(moved, "end", drop)]


def _picture(points: Points) -> Points:
    return {name: (x * _SCALE, -y * _SCALE) for name, (x, y) in points.items()}


def _bounds(figures: list[_Figure], props: tuple[Prop, ...]) -> tuple[float, float, float, float]:
    every = [point for figure in figures for point in figure.points.values()]
    every += [
        _wall(named(figures[0].points, prop.at)) for prop in props if prop.kind == "band" and not prop.to
    ]
    head = HEAD * _SCALE
    left, right = min(x for x, _ in every) - _MARGIN, max(x for x, _ in every) + _MARGIN
    left, right = min(left, *_heads(figures, -1)), max(right, *_heads(figures, 1))
    least = _LEAST_WIDTH if "pelvis" in figures[0].points else _LEAST_WIDTH * 0.6
    spare = max(0.0, least - (right - left)) / 2
    left, right = left - spare, right + spare
    top, bottom = min(y for _, y in every) - head - _MARGIN, max(y for _, y in every) + _MARGIN
    return left, top, right - left, bottom - top


def _heads(figures: list[_Figure], side: int) -> list[float]:
    return [figure.points["head"][0] + side * (HEAD * _SCALE + _MARGIN) for figure in figures]


def _ground(drawing: Drawing, figures: list[_Figure]) -> Iterator[str]:
    if drawing.view != "top":
        left, _, wide, _ = _bounds(figures, drawing.props)
        for floor in sorted({figure.floor for figure in figures}):
            y = floor + _FLOOR * _SCALE
            yield f'<path class="ground" d="M{left + 4:.1f} {y:.1f}H{left + wide - 4:.1f}"/>'


def _body(drawing: Drawing, figure: _Figure) -> Iterator[str]:
    """Far limbs first and lighter, then the trunk, then the near limbs."""
    for side in ("far", "near"):
        light = " far" if side == "far" and drawing.view == "side" else ""
        for limb in _LIMBS[drawing.view]:
            names = [name if name in figure.points else f"{name}_{side}" for name in limb]
            yield _line(figure, names, figure.tone + light)
            dots = [name for name in names if name.removesuffix(f"_{side}") in _DOTS]
            yield from (_dot(figure.points[name], figure.tone + light) for name in dots)
        if side == "far":
            yield from _trunk(drawing, figure)


def _trunk(drawing: Drawing, figure: _Figure) -> Iterator[str]:
    x, y = figure.points["head"]
    radius = HEAD * _SCALE
    if drawing.view == "top":
        yield _line(figure, ["shoulder_far", "shoulder_near"], figure.tone)
    else:
        yield _curve([figure.points[name] for name in _TRUNK], figure.tone)
    yield f'<circle class="head {figure.tone}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    if drawing.view == "side":
        yield _nose(figure)


def _nose(figure: _Figure) -> str:
    """A short stroke that says which way the face looks: a quarter turn from the neck, clockwise."""
    (x, y), (throat_x, throat_y) = figure.points["head"], figure.points["throat"]
    length = hypot(x - throat_x, y - throat_y)
    ahead = -(y - throat_y) / length, (x - throat_x) / length
    near, tip = HEAD * _SCALE, HEAD * _SCALE * 1.32
    return (
        f'<path class="{figure.tone}" d="M{x + ahead[0] * near:.1f} {y + ahead[1] * near:.1f}'
        f'L{x + ahead[0] * tip:.1f} {y + ahead[1] * tip:.1f}"/>'
    )


def _line(figure: _Figure, names: list[str], tone: str) -> str:
    return f'<path class="{tone}" d="M{" L".join(figure.at(name) for name in names)}"/>'


def _curve(points: list[Point], tone: str) -> str:
    """A smooth line through the points: a spine bends, it does not break."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    padded = [points[0], *points, points[-1]]
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path += f" C{one[0]:.1f} {one[1]:.1f} {two[0]:.1f} {two[1]:.1f} {there[0]:.1f} {there[1]:.1f}"
    return f'<path class="{tone}" d="{path}"/>'


def _dot(point: Point, tone: str) -> str:
    return f'<circle class="joint {tone}" cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.4"/>'


def _arrows(drawing: Drawing, figures: list[_Figure]) -> Iterator[str]:
    """The way of a point from start to end, a little beside it; between two figures one straight arrow."""
    if len(figures) < 2:
        return
    start, end = figures
    if drawing.layout == "beside":
        right, left = max(x for x, _ in start.points.values()), min(x for x, _ in end.points.values())
        lower = max(min(y for _, y in figure.points.values()) for figure in figures)
        yield from _arrow((right + 8, lower / 2), (left - 8, lower / 2), 0)
    for name in drawing.arrows:
        x, y = named(start.points, name)
        yield from _arrow((x, y + end.floor), named(end.points, name), 0.18)


def _arrow(begin: Point, finish: Point, bow: float) -> Iterator[str]:
    """A bowed arrow that keeps clear of both ends."""
    along = finish[0] - begin[0], finish[1] - begin[1]
    length = hypot(*along)
    if length < 6:
        return
    unit = along[0] / length, along[1] / length
    clear = min(9.0, length / 5)
    begin = begin[0] + unit[0] * clear, begin[1] + unit[1] * clear
    finish = finish[0] - unit[0] * clear, finish[1] - unit[1] * clear
    middle = (
        (begin[0] + finish[0]) / 2 + unit[1] * length * bow,
        (begin[1] + finish[1]) / 2 - unit[0] * length * bow,
    )
    yield (
        f'<path class="arrow" d="M{begin[0]:.1f} {begin[1]:.1f} Q{middle[0]:.1f} {middle[1]:.1f} '
        f'{finish[0]:.1f} {finish[1]:.1f}"/>'
    )
    yield _arrow_head(middle, finish)


def _arrow_head(towards: Point, tip: Point) -> str:
    along = tip[0] - towards[0], tip[1] - towards[1]
    length = hypot(*along) or 1.0
    unit = along[0] / length, along[1] / length
    back = tip[0] - unit[0] * 9, tip[1] - unit[1] * 9
    wings = [(back[0] + side * unit[1] * 4.5, back[1] - side * unit[0] * 4.5) for side in (1, -1)]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, *wings))
    return f'<polygon class="tip" points="{corners}"/>'


def _prop(prop: Prop, figure: _Figure) -> Iterator[str]:
    match prop.kind:
        case "step":
            x, y = named(figure.points, prop.at)
            floor = _FLOOR * _SCALE
            top = y + floor
            yield f'<path class="prop" d="M{x - 14:.1f} {floor:.1f}V{top:.1f}H{x + 34:.1f}V{floor:.1f}"/>'
        case "band":
            begin = named(figure.points, prop.at)
            if prop.to is not None:
                finish = named(figure.points, prop.to)
            else:
                finish = _wall(begin)
                yield f'<path class="prop" d="M{finish[0]:.1f} {finish[1] - 14:.1f}V{finish[1] + 14:.1f}"/>'
            yield f'<path class="band" d="M{begin[0]:.1f} {begin[1]:.1f}L{finish[0]:.1f} {finish[1]:.1f}"/>'


def _wall(begin: Point) -> Point:
    """Where a band that is fixed to a wall ends."""
    return begin[0] + 0.62 * _SCALE, begin[1]


def _crossed(left: float, top: float, wide: float, high: float) -> tuple[str, ...]:
    """A cross over the whole picture: not this."""
    left, top, right, bottom = left + 10, top + 10, left + wide - 10, top + high - 10
    path = f"M{left:.0f} {top:.0f}L{right:.0f} {bottom:.0f}M{right:.0f} {top:.0f}L{left:.0f} {bottom:.0f}"
    return (f'<path class="not" d="{path}"/>',)


STYLE = """
.figure { max-width: 100%; height: auto; }
.figure path, .figure circle, .figure polygon { fill: none; stroke: var(--ink); stroke-width: 4;
  stroke-linecap: round; stroke-linejoin: round; }
.figure .end { stroke: var(--do); }
.figure .far { stroke-opacity: .45; }
.figure .head { fill: var(--paper); }
.figure .joint { fill: var(--paper); stroke-width: 2; stroke-opacity: 1; }
.figure .ground { stroke: var(--line); stroke-width: 2; }
.figure .prop { stroke: var(--soft); stroke-width: 2; }
.figure .band { stroke: var(--soft); stroke-width: 2.5; stroke-dasharray: 5 5; }
.figure .arrow { stroke: var(--do); stroke-width: 2; }
.figure .tip { fill: var(--do); stroke: var(--do); stroke-width: 1; }
.figure .not { stroke: var(--soft); stroke-width: 3; stroke-opacity: .7; }
"""
"""How a page draws figures; it must define the colours named above."""
