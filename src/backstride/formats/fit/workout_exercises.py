"""The number under which a watch knows each exercise: category and name, of the protocol's own lists.

A watch that knows them shows its own picture and counts repetitions; one that does not shows the step's name.
Where the lists have no such exercise there is no row here, and the name has to do.

Lists: exercise_category and CATEGORY_exercise_name in https://developer.garmin.com/fit/
"""

from __future__ import annotations

EXERCISES: dict[str, tuple[int, int]] = {
    "band_walk": (37, 24),  # banded exercises: lateral band walks
    "bird_dog": (5, 48),  # core: arm and leg extension on knees
    "cat_camel": (31, 7),  # warm up: cat camel
    "curl_up": (6, 36),  # crunch: McGill curl up
    "dead_bug": (11, 1),  # hip stability: dead bug
    "glute_bridge": (10, 11),  # hip raise: hip raise
    "heel_raise": (1, 18),  # calf raise: standing calf raise
    "hip_abduction": (11, 21),  # hip stability: side lying leg raise
    "knees_to_chest": (31, 52),  # warm up: stretch, lying, knee to chest
    "pallof_press": (5, 6),  # core: cable core press
    "plank": (19, 43),  # plank: plank
    "prone_press_up": (13, 38),  # hyperextension: cobra
    "side_bridge": (19, 66),  # plank: side plank
    "single_leg_bridge": (10, 30),  # hip raise: single leg hip raise
    "split_squat": (17, 32),  # lunge: lunge
    "step_up": (28, 66),  # squat: step up
    "superman": (13, 29),  # hyperextension: superman from floor
}
"""Exercise id in the knowledge -> category and name."""
