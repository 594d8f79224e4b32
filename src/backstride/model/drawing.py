"""How an exercise looks: two positions of a jointed figure, in degrees, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

View = Literal["side", "front", "top"]
"""side: from the runner's right, facing right; front: facing the viewer; top: from above, facing up."""
Layout = Literal["over", "beside", "below"]
"""The end over the start, beside it where both stand, or below it where both lie."""
PropKind = Literal["step", "band"]

Pair: TypeAlias = tuple[float, float]
"""One joint of both sides: near and far as seen, or the right and left of the picture in a front view."""


@dataclass(frozen=True, slots=True)
class Pose:
    """One position, in degrees.  All joints at 0 is standing straight with the arms hanging.

    side view              lean 0: upright, 90: face down with the head to the right, -90: on the back
         O                 low_back, upper_back, neck: above 0 bends forward, below 0 back
         |  shoulder       hip, shoulder, elbow: above 0 brings the limb forward
         |\\ elbow          knee: above 0 brings the heel back; it cannot bend the other way
         |  \\              ankle: above 0 lifts the toes; below 0 points them
        / \\ hip           wrist: above 0 lifts the back of the hand
       /   > knee
    In a front view hip and shoulder move away from the middle, and elbow and knee bend in the picture.
    """

    lean: float = 0.0
    low_back: float = 0.0
    upper_back: float = 0.0
    neck: float = 0.0
    shoulder: Pair = (0.0, 0.0)
    elbow: Pair = (0.0, 0.0)
    wrist: Pair = (0.0, 0.0)
    hip: Pair = (0.0, 0.0)
    knee: Pair = (0.0, 0.0)
    ankle: Pair = (0.0, 0.0)
    rest: str = "heel"
    """The point that the ground is put under, such as heel, knee, hip, elbow."""
    rest_up: float = 0.0
    """How high above the ground that point is: on a step."""
    hand_at: tuple[float | None, float | None] = (None, None)
    """Where a hand stands on the ground, ahead of its shoulder, in body lengths: the arm bends to it."""
    foot_at: tuple[float | None, float | None] = (None, None)
    """Where a heel stands flat, ahead of its hip, in body lengths: the leg bends to it."""
    foot_up: Pair = (0.0, 0.0)
    """How high above the ground each of those heels stands: on a step."""
    shank_seen: float = 1.0
    """In a front view the share of the lower legs that is seen: less where they point away."""
    level: str | None = None
    """A second point that stands on the ground: the whole body is leaned until it does."""
    on_ground: tuple[str, ...] = ()
    """The points that must touch the ground."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that is needed: a step under a foot, or a band from one point to another or to the wall."""

    kind: PropKind
    at: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """An exercise as a picture."""

    view: View
    layout: Layout
    start: Pose
    end: Pose | None
    """None for a position that is held."""
    anchor: str
    """The point that stays where it is from start to end."""
    arrows: tuple[str, ...] = ()
    """The points whose way is shown."""
    props: tuple[Prop, ...] = ()
    not_this: bool = False
    """True for what is shown only to say that it is left out."""
