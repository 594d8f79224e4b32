"""Where the joints of a figure are: forward kinematics from joint angles, and limbs that reach the ground.

Lengths are in body lengths, x to the right, y up, the ground at 0.  Angles run clockwise from up.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import acos, asin, cos, degrees, hypot, radians, sin
from typing import TypeAlias

from backstride.model.drawing import Drawing, Pose

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = dict[str, Point]
"""Joint name, with _near or _far where there are two -> where it is."""

SPINE = (0.085, 0.075, 0.075, 0.065)
NECK, HEAD = 0.05, 0.058
"""Length of the neck, and radius of the head."""
UPPER_ARM, FOREARM, HAND = 0.165, 0.14, 0.06
THIGH, SHANK, HEEL, FOOT = 0.25, 0.24, 0.03, 0.11
"""The heel lies below the ankle; the foot reaches forward from the heel."""
HIP_WIDTH, SHOULDER_WIDTH = 0.055, 0.095
"""Half widths, in front and top views."""
SIDES = ("near", "far")


def step(start: Point, angle: float, length: float) -> Point:
    """The point at some length from another, in a direction."""
    return start[0] + length * sin(radians(angle)), start[1] + length * cos(radians(angle))


def place(pose: Pose, drawing: Drawing) -> Points:
    """Every joint, with the ground under the point that the pose rests on."""
    if drawing.view == "top":
        return _from_above(pose)
    return _standing(_levelled(pose, drawing), drawing)


def solved(pose: Pose, drawing: Drawing) -> Pose:
    """The pose with every angle as it is drawn: leaned until it stands, limbs bent to where they reach."""
    return pose if drawing.view == "top" else _bent(_levelled(pose, drawing), drawing.view == "front")


def _standing(pose: Pose, drawing: Drawing) -> Points:
    front = drawing.view == "front"
    return _grounded(_joints(_bent(pose, front), front), pose)


def _bent(pose: Pose, front: bool) -> Pose:
    bent = pose
    for _ in range(2):  # limbs that reach depend on where the body stands, which depends on what it rests on
        bent = _reached(pose, bent, _grounded(_joints(bent, front), pose))
    return bent


def _levelled(pose: Pose, drawing: Drawing) -> Pose:
    """The pose leaned until its second point stands on the ground too, by halving; 25 degrees at most."""
    if pose.level is None:
        return pose
    name = pose.level

    def height(lean: float) -> float:
        return named(_standing(replace(pose, lean=lean), drawing), name)[1]

    leans = [pose.lean + offset for offset in range(-25, 26)]
    pairs = [(low, high) for low, high in pairwise(leans) if height(low) * height(high) <= 0]
    if not pairs:
        return pose
    low, high = min(pairs, key=lambda pair: abs(pair[0] - pose.lean))
    rising = height(high) > height(low)
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if (height(middle) > 0) == rising else (middle, high)
    return replace(pose, lean=(low + high) / 2)


def _grounded(points: Points, pose: Pose) -> Points:
    low = min(point[1] for name, point in points.items() if _is(name, pose.rest)) - pose.rest_up
    return {name: (x, y - low) for name, (x, y) in points.items()}


def _is(name: str, wanted: str) -> bool:
    """True for the joint itself, or for either side of it."""
    return name == wanted or name in (f"{wanted}_near", f"{wanted}_far")


def named(points: Points, wanted: str) -> Point:
    """A joint by its name; the near one where there are two and no side is named."""
    return points[wanted] if wanted in points else points[f"{wanted}_near"]


def _joints(pose: Pose, front: bool) -> Points:
    points: Points = {"pelvis": (0.0, 0.0)}
    bends = (0.0, pose.low_back / 2, pose.low_back, pose.low_back + pose.upper_back / 2)
    at: Point = (0.0, 0.0)
    for index, (length, bend) in enumerate(zip(SPINE, bends, strict=True)):
        at = step(at, pose.lean + bend, length)
        points[f"spine{index}"] = at
    chest = pose.lean + pose.low_back + pose.upper_back
    points["neck"] = at
    points["throat"] = step(at, chest + pose.neck, NECK)
    points["head"] = step(points["throat"], chest + pose.neck, HEAD)
    for index, side in enumerate(SIDES):
        outwards = (1 if index == 0 else -1) if front else 0
        points |= _arm(pose, index, side, at, chest, outwards)
        points |= _leg(pose, index, side, outwards)
    return points


def _arm(pose: Pose, index: int, side: str, neck: Point, chest: float, outwards: int) -> Points:
    """In a front view an arm moves away from the middle: clockwise on the left of the picture."""
    shoulder = step(neck, chest + 90, SHOULDER_WIDTH * outwards) if outwards else neck
    turn = -outwards if outwards else -1
    upper = chest + 180 + turn * pose.shoulder[index]
    elbow = step(shoulder, upper, UPPER_ARM)
    lower = upper + turn * pose.elbow[index]
    wrist = step(elbow, lower, FOREARM)
    hand = step(wrist, lower + turn * pose.wrist[index], HAND)
    return {
        f"shoulder_{side}": shoulder,
        f"elbow_{side}": elbow,
        f"wrist_{side}": wrist,
        f"hand_{side}": hand,
    }


def _leg(pose: Pose, index: int, side: str, outwards: int) -> Points:
    hip = step((0.0, 0.0), pose.lean + 90, HIP_WIDTH * outwards) if outwards else (0.0, 0.0)
    turn = -outwards if outwards else -1
    thigh = pose.lean + 180 + turn * pose.hip[index]
    knee = step(hip, thigh, THIGH)
    shank = thigh - turn * pose.knee[index]
    ankle = step(knee, shank, SHANK * pose.shank_seen)
    heel = step(ankle, shank, HEEL * pose.shank_seen)
    if outwards:  # the foot points at the viewer: only a little of it is seen
        toe = step(heel, shank, FOOT * 0.35 * pose.shank_seen)
    else:
        toe = step(heel, shank - 90 - pose.ankle[index], FOOT)
    return {
        f"hip_{side}": hip,
        f"knee_{side}": knee,
        f"ankle_{side}": ankle,
        f"heel_{side}": heel,
        f"toe_{side}": toe,
    }


def _from_above(pose: Pose) -> Points:
    """Head, shoulders and arms seen from above: shoulder 0 is to the side, 90 straight ahead."""
    points: Points = {"head": (0.0, 0.0), "neck": (0.0, 0.0)}
    for index, (side, outwards) in enumerate(zip(SIDES, (1, -1), strict=True)):
        shoulder = (SHOULDER_WIDTH * 1.3 * outwards, 0.0)
        upper = 90 * outwards - outwards * pose.shoulder[index]
        elbow = step(shoulder, upper, UPPER_ARM)
        wrist = step(elbow, upper - outwards * pose.elbow[index], FOREARM)
        points |= {f"shoulder_{side}": shoulder, f"elbow_{side}": elbow, f"hand_{side}": wrist}
    return points


def _reached(told: Pose, solved: Pose, points: Points) -> Pose:
    """The pose with the arms and legs bent so that hands and feet stand where they are told to."""
    for index, side in enumerate(SIDES):
        if (ahead := told.hand_at[index]) is not None:
            solved = _arm_to(solved, index, points[f"shoulder_{side}"], ahead)
        if (ahead := told.foot_at[index]) is not None:
            hip = points[f"hip_{side}"]
            solved = _leg_to(solved, index, (hip[0], hip[1] - told.foot_up[index]), ahead)
    return solved


def _arm_to(pose: Pose, index: int, shoulder: Point, ahead: float) -> Pose:
    """Elbow and shoulder so that the wrist stands on the ground, the hand flat and pointing ahead."""
    upper, lower = _two_bones((ahead, -shoulder[1]), UPPER_ARM, FOREARM, -1)
    chest = pose.lean + pose.low_back + pose.upper_back
    return replace(
        pose,
        shoulder=_set(pose.shoulder, index, _turned(chest + 180 - upper)),
        elbow=_set(pose.elbow, index, _turned(upper - lower)),
        wrist=_set(pose.wrist, index, _turned(lower - 90)),
    )


def _leg_to(pose: Pose, index: int, hip: Point, ahead: float) -> Pose:
    """Hip and knee so that the heel stands flat on the ground under the ankle."""
    thigh, shank = _two_bones((ahead, HEEL - hip[1]), THIGH, SHANK, 1)
    # the heel lies straight on from the shank, so the ankle is put a little back to keep it on the ground
    for _ in range(8):
        slip = HEEL * sin(radians(shank)), HEEL * cos(radians(shank))
        thigh, shank = _two_bones((ahead - slip[0], -hip[1] - slip[1]), THIGH, SHANK, 1)
    return replace(
        pose,
        hip=_set(pose.hip, index, _turned(pose.lean + 180 - thigh)),
        knee=_set(pose.knee, index, _turned(shank - thigh)),
        ankle=_set(pose.ankle, index, _turned(shank - 180)),
    )


def _two_bones(to: Point, first: float, second: float, bend: int) -> tuple[float, float]:
    """Directions of two bones that reach from the origin to a point; straight at it where it is too far.

    `bend` 1: the middle joint lies to the left of the way there as one looks along it (a knee), -1: to the
    right (an elbow).
    """
    far = min(hypot(*to), first + second - 1e-9)
    along = degrees(asin(max(-1.0, min(1.0, to[0] / max(1e-9, hypot(*to))))))
    way = along if to[1] >= 0 else 180 - along
    inner = degrees(acos((first**2 + far**2 - second**2) / (2 * first * far)))
    outer = degrees(acos((second**2 + far**2 - first**2) / (2 * second * far)))
    return way - bend * inner, way + bend * outer


def _turned(angle: float) -> float:
    """The same direction between -180 and 180."""
    return (angle + 180) % 360 - 180


def _set(pair: tuple[float, float], index: int, value: float) -> tuple[float, float]:
    return (value, pair[1]) if index == 0 else (pair[0], value)
