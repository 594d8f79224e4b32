"""What the numbers of Polar's sports mean; the export itself never says."""

from __future__ import annotations

from backstride.formats.account.values import above_zero, member, text
from backstride.formats.sports import sport_named, surface_named
from backstride.model.activity import Sport, Surface
from backstride.model.said import Said, said

SPORT_OF: dict[int, str] = {
    1: "running",
    2: "cycling",
    3: "walking",
    4: "jogging",
    5: "mountain_biking",
    9: "nordic_walking",
    11: "hiking",
    15: "strength_training",
    17: "treadmill_running",
    18: "indoor_cycling",
    19: "road_running",
    20: "circuit_training",
    23: "swimming",
    27: "trail_running",
    34: "crossfit",
    36: "track_running",
    38: "road_biking",
    57: "functional_training",
    84: "orienteering",
    92: "ultra_run",
    103: "pool_swimming",
    105: "open_water_swimming",
    114: "gymnastics",
    116: "snowshoeing",
    118: "spinning",
    126: "core_training",
    128: "strength",
    148: "strength",
    153: "obstacle_run",
    177: "ebike",
    178: "trail_running",
    189: "handcycle",
    195: "gravel_cycling",
    203: "hiking",
    204: "calisthenics",
}
"""Runs, walks, rides, swims and strength among Polar's sports, by number, in the words of `sports`.

Source: the list that https://flow.polar.com/api/sports/sports gave on 2026-08-30, as kept by the public
project purnalica/fitfreed; cross-country running (178) and rucking (203) are the nearest of our words.
"""
LARGEST = 205
"""The highest number of that list: what is not above it is some sport that is none of ours."""


def sport_of(*held: object) -> tuple[Sport, Surface | None, tuple[Said, ...]]:
    """The sport of the first of the parts that names one, its ground, and whether it is known."""
    for part in held:
        told = member(part, "sport")
        number = above_zero(member(told, "id"))
        word = text(told) or text(member(told, "name"))
        if word is None and number is not None and number <= LARGEST:
            word = SPORT_OF.get(int(number), "other")
        if word is not None:
            sport = sport_named(word) or "other"
            return sport, surface_named(word, sport), ()
        if number is not None:
            unknown = said("its sport has the number {number}, which is not known here", number=f"{number:g}")
            return "other", None, (unknown,)
    return "other", None, (said("it names no sport"),)
