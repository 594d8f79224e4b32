"""The body map: line figures from the back, the front and both sides, with the places of the map on them.

Left is where the runner feels it: on the left in the back view, on the right in the front view.  The places
are pictures of check boxes that stand beside; a page can be filled in without them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import escape
from math import hypot
from typing import Literal

View = Literal["back", "front", "left", "right"]
VIEWS: tuple[View, ...] = ("back", "front", "left", "right")
Facing = Literal["back", "front"]

Point = tuple[float, float]
"""Across from the middle of the body, and down, in picture units."""

_BOX = (-90, 4, 180, 392)
_ROUND = 6.0
"""How far from a corner its rounding begins."""
_MARK = 4.5
"""Half the width of the cross on a place that is chosen."""

_HALF: tuple[Point, ...] = (
    *((8, 50), (9, 60), (14, 67), (32, 72), (49, 78), (58, 92), (62, 118), (67, 150), (74, 184), (78, 208)),
    *((83, 222), (81, 235), (75, 238), (70, 224), (69, 207), (62, 181), (57, 150), (52, 122), (46, 104)),
    *((45, 124), (43, 148), (46, 178), (51, 206), (50, 236), (45, 268), (37, 298), (38, 324), (32, 350)),
    *((27, 366), (36, 381), (33, 388), (18, 388), (14, 380), (15, 366), (11, 332), (12, 298), (6, 258)),
    (0, 230),
)
"""The right half of the outline, from the neck down the arm and the leg to between the legs."""

_MIDDLE: dict[Facing, dict[str, tuple[Point, ...]]] = {
    "back": {
        "mid_back": ((0, 92), (40, 98), (41, 136), (0, 136)),
        "low_back_middle": ((0, 140), (8, 140), (8, 175), (0, 175)),
        "sacrum": ((0, 179), (15, 179), (10, 198), (0, 209)),
    },
    "front": {"belly": ((0, 128), (37, 130), (38, 156), (39, 178), (20, 194), (0, 198))},
}
"""Places on the middle line: their right half, from top to bottom."""

_LEG: dict[str, tuple[Point, ...]] = {
    "hip": ((46, 182), (54, 184), (62, 202), (60, 224), (47, 230), (46, 206)),
    "lower_leg": ((14, 305), (35, 305), (36, 324), (29, 357), (17, 357), (13, 330)),
    "foot": ((15, 363), (27, 363), (38, 380), (36, 391), (13, 391), (12, 378)),
}
_TWICE: dict[Facing, dict[str, tuple[Point, ...]]] = {
    "back": {
        "loin": ((26.5, 140), (42, 140), (41, 152), (44, 178), (26.5, 175)),
        "low_back": ((10, 140), (24.5, 140), (24.5, 175), (10, 175)),
        "buttock": ((18, 180), (42, 182), (43, 212), (5, 212), (13, 199)),
        "sit_bone": ((5, 216), (32, 216), (29, 230), (18, 235), (6, 232)),
        "thigh_back": ((8, 240), (46, 236), (43, 268), (35, 296), (14, 296), (10, 266)),
        **_LEG,
    },
    "front": {
        "groin": ((5, 212), (38, 186), (43, 200), (20, 228), (6, 228)),
        "thigh_front": ((13, 238), (46, 234), (43, 268), (35, 296), (14, 296), (10, 264)),
        **_LEG,
    },
}
"""Places that are there twice: the right one; the left is its mirror picture."""

_FACE: dict[Facing, tuple[str, ...]] = {
    "back": ("M0 66V136", "M-26 88Q-30 102 -24 114", "M26 88Q30 102 24 114"),
    "front": (
        "M-8 25h3",
        "M5 25h3",
        "M0 28v7",
        "M-5 41Q0 43.5 5 41",
        "M-26 106Q-14 112 -4 106",
        "M26 106Q14 112 4 106",
    ),
}
"""What tells a back from a front: spine and shoulder blades, or face and chest."""


_PROFILE: tuple[Point, ...] = (
    *((-8, 50), (-11, 62), (-21, 76), (-25, 100), (-20, 128), (-17, 150), (-22, 176), (-31, 202), (-25, 228)),
    *((-20, 250), (-18, 272), (-12, 298), (-18, 326), (-12, 350), (-9, 366), (-14, 382), (-10, 388)),
    *((24, 388), (28, 384), (8, 368), (5, 352), (8, 324), (11, 300), (18, 276), (24, 248), (25, 216)),
    *((27, 188), (26, 164), (22, 136), (27, 108), (22, 84), (13, 70), (8, 60), (8, 50)),
)
"""The outline of the right side, which looks to the right, from the neck down the back to the throat."""

_PROFILE_FACE = ("M20 27l5 7l-5 2", "M13 42q3 1.5 6 0.5", "M11 25h3")
"""Nose, mouth and eye."""

_FROM_THE_SIDE: dict[str, tuple[Point, ...]] = {
    "mid_back": ((-21, 92), (-6, 92), (-3, 136), (-15, 136)),
    "low_back": ((-15, 140), (-1, 140), (-2, 176), (-18, 176)),
    "belly": ((6, 138), (19, 138), (23, 160), (23, 180), (6, 180)),
    "buttock": ((-20, 181), (-9, 181), (-9, 211), (-22, 215), (-27, 202)),
    "sit_bone": ((-22, 219), (-4, 215), (-3, 230), (-17, 236)),
    "hip": ((-6, 184), (8, 184), (8.5, 216), (1, 226), (-6, 212)),
    "groin": ((11, 184), (25, 184), (24, 216), (11, 222)),
    "thigh_back": ((-17, 241), (0, 236), (-2, 293), (-9, 293), (-15, 266)),
    "thigh_front": ((4, 232), (22, 226), (21, 250), (13, 278), (7, 293), (1, 293)),
    "lower_leg": ((-10, 305), (8, 305), (5, 328), (3, 357), (-8, 357), (-15, 327)),
    "foot": ((-7, 365), (4, 365), (24, 382), (22, 386), (-10, 386)),
}
"""Places of the right side; the left side is its mirror picture."""
_BOTH_SIDES = ("mid_back", "belly")
"""Places that are not there twice."""


@dataclass(frozen=True, slots=True)
class Place:
    """One region on one figure."""

    region: str
    corners: tuple[Point, ...]

    @property
    def middle(self) -> Point:
        """Where its cross is."""
        across = [x for x, _ in self.corners]
        down = [y for _, y in self.corners]
        return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def places(view: View) -> tuple[Place, ...]:
    """Every place that can be seen from there."""
    if view == "left" or view == "right":
        return tuple(_from_the_side(view))
    return tuple(_facing(view))


def _from_the_side(side: Literal["left", "right"]) -> Iterator[Place]:
    sign = 1 if side == "right" else -1
    for name, corners in _FROM_THE_SIDE.items():
        region = name if name in _BOTH_SIDES else f"{name}_{side}"
        yield Place(region, tuple((sign * x, y) for x, y in corners))


def _facing(view: Facing) -> Iterator[Place]:
    for name, half in _MIDDLE[view].items():
        yield Place(name, (*half, *((-x, y) for x, y in reversed(half) if x)))
    right = 1 if view == "back" else -1
    for name, corners in _TWICE[view].items():
        for side, sign in (("left", -right), ("right", right)):
            yield Place(f"{name}_{side}", tuple((sign * x, y) for x, y in corners))


def body_svg(view: View, name: Callable[[str], str], chosen: Collection[str] = ()) -> str:
    """One figure as an SVG element; `name` says a sentence of the body map: "left", "left buttock".

    It is hidden from those who do not see it: the check boxes beside it say the same.
    """
    parts = [
        *(_profile(view) if view == "left" or view == "right" else _both_halves(view, name)),
        *(_place(each, name(each.region), each.region in chosen) for each in places(view)),
    ]
    box = " ".join(str(each) for each in _BOX)
    return (
        f'<svg class="body-map" viewBox="{box}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def _both_halves(view: Facing, name: Callable[[str], str]) -> Iterator[str]:
    """The figure without its places, and which side is which."""
    yield from (f'<path class="line" d="{line}"/>' for line in _FACE[view])
    yield '<ellipse class="line" cx="0" cy="30" rx="17" ry="21"/>'
    yield f'<path class="line" d="{_smooth((*_HALF, *((-x, y) for x, y in reversed(_HALF[:-1]))))}"/>'
    left, right = (-66, 66) if view == "back" else (66, -66)
    for side, x in (("left", left), ("right", right)):
        yield f'<text x="{x}" y="50" text-anchor="middle">{escape(name(side))}</text>'


def _profile(side: Literal["left", "right"]) -> Iterator[str]:
    """The figure from one side, which looks to that side."""
    turn = "" if side == "right" else ' transform="scale(-1 1)"'
    lines = "".join(f'<path class="line" d="{line}"/>' for line in (*_PROFILE_FACE, _smooth(_PROFILE)))
    yield f'<g{turn}><ellipse class="line" cx="3" cy="30" rx="17" ry="21"/>{lines}</g>'


def _place(place: Place, name: str, chosen: bool) -> str:
    x, y = place.middle
    cross = f"M{x - _MARK:.1f} {y - _MARK:.1f}l9 9m0-9l-9 9"
    state = " chosen" if chosen else ""
    return (
        f'<g class="place{state}" data-region="{place.region}"><title>{escape(name)}</title>'
        f'<path d="{_rounded(place.corners)}"/><path class="cross" d="{cross}"/></g>'
    )


def _smooth(points: tuple[Point, ...]) -> str:
    """One line through the points as a smooth curve, open at its ends."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    padded = [points[0], *points, points[-1]]
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path += f"C{one[0]:.1f} {one[1]:.1f} {two[0]:.1f} {two[1]:.1f} {there[0]:g} {there[1]:g}"
    return path


def _rounded(corners: tuple[Point, ...]) -> str:
    """A closed shape whose corners are rounded."""
    path = ""
    for before, corner, after in zip(
        (corners[-1], *corners), corners, (*corners[1:], corners[0]), strict=False
    ):
        begin, end = _towards(corner, before), _towards(corner, after)
        step = "L" if path else "M"
        path += f"{step}{begin[0]:.1f} {begin[1]:.1f}Q{corner[0]:g} {corner[1]:g} {end[0]:.1f} {end[1]:.1f}"
    return path + "Z"


def _towards(corner: Point, other: Point) -> Point:
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    part = min(_ROUND, length / 2.2) / length
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part


def down_the_leg(regions: Collection[str]) -> tuple[str, ...]:
    """The sides on which what is marked goes down the leg, past the buttock."""
    return tuple(side for side in ("left", "right") if {f"{name}_{side}" for name in LEG} & set(regions))


LEG = ("thigh_back", "lower_leg", "foot")
"""Places that say that pain goes down a leg, less the side."""
