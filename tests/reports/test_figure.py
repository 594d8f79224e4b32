"""Exercises are drawn as bodies that could exist: bones keep their length, feet stand on the ground."""

from __future__ import annotations

import re
from dataclasses import replace
from math import dist
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.knowledge.figure import LIMITS, beyond
from backstride.knowledge.loader import shipped
from backstride.model.drawing import Drawing, Pose
from backstride.reports.figure_svg import STYLE, figure_svg
from backstride.reports.skeleton import (
    FOREARM,
    NECK,
    SHANK,
    SPINE,
    THIGH,
    UPPER_ARM,
    Points,
    named,
    place,
    solved,
)

KNOWLEDGE = shipped()
DRAWINGS = {id: each.drawing.drawing(KNOWLEDGE.poses) for id, each in KNOWLEDGE.exercises.items()}
HELD = {"plank", "prone_lying"}
"""Positions that are held: they end where they begin."""

each_drawing = pytest.mark.parametrize("id", sorted(DRAWINGS))


def poses(drawing: Drawing) -> list[Pose]:
    return [drawing.start, *([] if drawing.end is None else [drawing.end])]


def bones(points: Points, shank: float) -> list[tuple[float, float]]:
    """Length as drawn, and as it must be."""
    spine = ["pelvis", "spine0", "spine1", "spine2", "neck"]
    found = [
        (dist(points[a], points[b]), length) for a, b, length in zip(spine, spine[1:], SPINE, strict=False)
    ]
    found.append((dist(points["neck"], points["throat"]), NECK))
    for side in ("near", "far"):
        for a, b, length in (
            ("shoulder", "elbow", UPPER_ARM),
            ("elbow", "wrist", FOREARM),
            ("hip", "knee", THIGH),
            ("knee", "ankle", shank),
        ):
            found.append((dist(points[f"{a}_{side}"], points[f"{b}_{side}"]), length))
    return found


@each_drawing
def test_every_bone_keeps_its_length(id: str) -> None:
    drawing = DRAWINGS[id]
    if drawing.view == "top":
        return
    for pose in poses(drawing):
        for drawn, length in bones(place(pose, drawing), SHANK * pose.shank_seen):
            assert drawn == pytest.approx(length, abs=1e-6)


@each_drawing
def test_what_stands_on_the_ground_lies_on_it(id: str) -> None:
    """Within a hundredth of the body's length."""
    drawing = DRAWINGS[id]
    for pose in poses(drawing):
        points = place(pose, drawing)
        for name in pose.on_ground:
            both = [point for each, point in points.items() if each in (name, f"{name}_near", f"{name}_far")]
            assert both, name
            assert all(abs(y) <= 0.01 for _, y in both), (name, both)


@each_drawing
def test_nothing_sinks_into_the_ground(id: str) -> None:
    drawing = DRAWINGS[id]
    for pose in poses(drawing):
        if drawing.view != "top":
            lowest = min((y, name) for name, (_, y) in place(pose, drawing).items())
            assert lowest[0] >= -0.03, lowest


@each_drawing
def test_no_joint_is_bent_further_than_it_goes_also_where_a_limb_reaches(id: str) -> None:
    drawing = DRAWINGS[id]
    for pose in poses(drawing):
        assert list(beyond(solved(pose, drawing), drawing.view)) == []


@each_drawing
def test_an_exercise_moves_unless_it_is_held(id: str) -> None:
    drawing = DRAWINGS[id]
    if id in HELD:
        assert drawing.end is None
        return
    assert drawing.end is not None
    start, end = place(drawing.start, drawing), place(drawing.end, drawing)
    moved = max(dist(start[name], end[name]) for name in start)
    assert moved > 0.02
    for name in (*drawing.arrows, drawing.anchor):
        assert named(start, name)
        assert named(end, name)


@each_drawing
def test_a_drawing_is_sound_svg_with_words_and_no_colour_of_its_own(id: str) -> None:
    svg = figure_svg(DRAWINGS[id], "Bird dog & co", 320)
    root = ElementTree.fromstring(svg)

    assert root.attrib["role"] == "img"
    assert root.findtext("title") == "Bird dog & co"
    assert float(root.attrib["width"]) == 320
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb|\b(black|white|red|blue)\b", svg + STYLE)
    assert "nan" not in svg


def test_what_is_left_out_is_crossed_out() -> None:
    crossed = {id for id, drawing in DRAWINGS.items() if 'class="not"' in figure_svg(drawing, "", 320)}

    assert crossed == {"russian_twist", "back_extension"}


angles = st.floats(-60, 60)


@given(st.floats(0, 0.32), st.floats(60, 100))
def test_a_hand_that_can_reach_the_ground_stands_on_it(ahead: float, lean: float) -> None:
    pose = Pose(lean=lean, hip=(lean, lean), knee=(90, 90), rest="knee", hand_at=(ahead, ahead))
    drawing = replace(DRAWINGS["bird_dog"], start=pose)
    points = place(pose, drawing)
    shoulder, wrist = points["shoulder_near"], points["wrist_near"]

    if dist(shoulder, (shoulder[0] + ahead, 0.0)) < UPPER_ARM + FOREARM - 1e-3:
        assert wrist[1] == pytest.approx(0, abs=1e-3)
        assert wrist[0] - shoulder[0] == pytest.approx(ahead, abs=1e-3)


@given(angles, angles, st.tuples(st.floats(0, 150), st.floats(0, 150)))
def test_whatever_the_angles_no_bone_is_stretched(
    lean: float, bend: float, knee: tuple[float, float]
) -> None:
    pose = Pose(lean=lean, low_back=bend, knee=knee, rest="heel")
    for drawn, length in bones(place(pose, DRAWINGS["bird_dog"]), SHANK):
        assert drawn == pytest.approx(length, abs=1e-6)


@pytest.mark.parametrize("joint", ["knee", "elbow"])
def test_a_knee_and_an_elbow_bend_one_way_only(joint: str) -> None:
    wrong = replace(Pose(), **{joint: (-10.0, 0.0)})

    assert LIMITS[joint][0] == 0
    assert [fault for fault in beyond(wrong, "side") if fault.startswith(f"{joint}: -10")]
