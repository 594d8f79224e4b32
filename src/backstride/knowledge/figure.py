"""How an exercise is drawn, as few numbers as it takes: a position to begin from, and what is different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from backstride.knowledge.records import Ref, Strict, Words
from backstride.model.drawing import Drawing, Layout, Pose, Prop, PropKind, View

Degrees: TypeAlias = float | tuple[float, float]
"""One number for both sides, or one each: near and far."""
Reach: TypeAlias = float | Literal["free"]
Ahead: TypeAlias = Reach | tuple[Reach, Reach]
"""Where a hand or a foot stands on the ground; "free" for a limb that does not."""

LIMITS: Mapping[str, tuple[float, float]] = {
    "low_back": (-45, 60),
    "upper_back": (-35, 50),
    "neck": (-50, 50),
    "shoulder": (-60, 200),
    "elbow": (0, 155),
    "wrist": (-90, 95),
    "hip": (-30, 152),
    "knee": (0, 155),
    "ankle": (-88, 35),
}
"""How far a joint can go, in degrees: an elbow and a knee bend one way only."""
FRONT_LIMITS: Mapping[str, tuple[float, float]] = {**LIMITS, "hip": (-45, 60), "elbow": (-155, 155)}
"""Seen from the front, hip and shoulder move away from the middle, and an elbow may bend in or out."""


_BOTH_SIDES = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "hand_at", "foot_at", "foot_up")


class PoseRef(Ref):
    """Id of a position to begin from."""

    kinds = ("poses",)


class PoseRow(Strict):
    """What a position differs in from the one it begins with; see model/drawing.py for each field."""

    base: PoseRef | None = None
    """Where to begin: for a start standing straight, for an end the start."""
    lean: float | None = None
    low_back: float | None = None
    upper_back: float | None = None
    neck: float | None = None
    shoulder: Degrees | None = None
    elbow: Degrees | None = None
    wrist: Degrees | None = None
    hip: Degrees | None = None
    knee: Degrees | None = None
    ankle: Degrees | None = None
    rest: Words | None = None
    rest_up: float | None = Field(None, ge=0, le=0.5)
    hand_at: Ahead | None = None
    foot_at: Ahead | None = None
    foot_up: Degrees | None = None
    shank_seen: float | None = Field(None, gt=0, le=1)
    level: Words | None = None
    on_ground: tuple[Words, ...] | None = None

    def changes(self) -> dict[str, Any]:  # Any: each field of a Pose its own type
        """The fields of a pose that are given, a single number standing for both sides."""
        given = {
            name: value
            for name in type(self).model_fields
            if name not in ("id", "base") and (value := getattr(self, name)) is not None
        }
        for name in given.keys() & set(_BOTH_SIDES):
            pair = given[name] if isinstance(given[name], tuple) else (given[name], given[name])
            given[name] = tuple(None if each == "free" else each for each in pair)
        return given


class BasePose(PoseRow):
    """A position that many exercises begin from."""

    id: str


class PropRow(Strict):
    """A thing that is needed."""

    kind: PropKind
    at: Words
    to: Words | None = None


class Figure(Strict):
    """How one exercise is drawn."""

    view: View = "side"
    layout: Layout = "over"
    anchor: Words
    arrows: tuple[Words, ...] = ()
    not_this: bool = False
    start: PoseRow
    end: PoseRow | None = None
    """None for a position that is held."""
    prop: tuple[PropRow, ...] = ()

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if self.end is None and (self.arrows or self.layout == "beside"):
            raise ValueError("end: arrows and two figures side by side need a position to end in")
        return self

    def drawing(self, poses: Mapping[str, BasePose]) -> Drawing:
        """As it can be drawn."""
        start = _pose(self.start, Pose(), poses)
        return Drawing(
            view=self.view,
            layout=self.layout,
            start=start,
            end=None if self.end is None else _pose(self.end, start, poses),
            anchor=self.anchor,
            arrows=tuple(self.arrows),
            props=tuple(Prop(row.kind, row.at, row.to) for row in self.prop),
            not_this=self.not_this,
        )

    def faults(self, poses: Mapping[str, BasePose]) -> Iterator[str]:
        """A sentence for every joint that is bent further than it goes."""
        drawing = self.drawing(poses)
        for name, pose in (("start", drawing.start), ("end", drawing.end)):
            if pose is not None:
                yield from (f"drawing.{name}.{fault}" for fault in beyond(pose, self.view))


def _pose(row: PoseRow, begin: Pose, poses: Mapping[str, BasePose]) -> Pose:
    if row.base is not None:
        begin = _pose(poses[row.base], Pose(), poses)
    return replace(begin, **row.changes())


def beyond(pose: Pose, view: View) -> Iterator[str]:
    """A sentence for every joint of a pose that is bent further than it goes."""
    for joint, (low, high) in (FRONT_LIMITS if view == "front" else LIMITS).items():
        value = getattr(pose, joint)
        for angle in value if isinstance(value, tuple) else (value,):
            if not low - 0.5 <= angle <= high + 0.5:
                yield f"{joint}: {angle:g} is further than it goes; right would be {low:g} to {high:g}"
