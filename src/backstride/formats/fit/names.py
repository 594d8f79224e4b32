"""What the numbers of FIT's enumerations mean that we use: sports, grounds, makers, kinds of file, events.

Facts of the protocol, kept by hand; a number that is not here is not known, and nothing is made of it.
"""

from __future__ import annotations

from backstride.model.activity import Sport, Surface
from backstride.model.said import Said, said

RUNNING, TRAINING, FITNESS_EQUIPMENT = 1, 10, 4
SPORTS: dict[int, Sport] = {
    1: "run",
    2: "ride",
    5: "swim",
    11: "walk",
    16: "walk",  # mountaineering
    17: "walk",  # hiking
    21: "ride",  # e-biking
    35: "walk",  # snowshoeing
}
"""By sport number; any other is "other"."""

SUB_SPORT_SPORTS: dict[int, Sport] = {
    1: "run",  # treadmill
    5: "ride",  # spinning
    6: "ride",  # indoor cycling
    17: "swim",  # lap swimming
    18: "swim",  # open water
    20: "strength",
    27: "walk",  # indoor walking
    45: "run",  # indoor running
}
"""By sub-sport, where the sport says only "generic", "training" or "fitness equipment"."""

SURFACES: dict[int, Surface] = {
    1: "treadmill",
    2: "road",  # street
    3: "trail",
    4: "track",
    7: "road",
    27: "treadmill",  # indoor walking
    45: "treadmill",  # indoor running
    58: "treadmill",  # virtual activity: run in front of a screen
}
"""By sub-sport of a run or a walk."""

MAKERS: dict[int, str] = {
    1: "Garmin",
    13: "Garmin",  # Dynastream OEM
    15: "Garmin",  # Dynastream
    23: "Suunto",
    32: "Wahoo",
    38: "O-synce",
    69: "Stages",
    70: "Sigma",
    86: "ELV",
    89: "Tacx",
    95: "Stryd",
    115: "iGPSPORT",
    122: "Movescount",
    123: "Polar",
    149: "TAG Heuer",
    255: "development",
    258: "Lezyne",
    260: "Zwift",
    265: "Strava",
    267: "Bryton",
    289: "Hammerhead",
    294: "COROS",
}

ACTIVITY, COURSE = 4, 6
FILE_KINDS: dict[int, Said] = {
    1: said("a device description"),
    2: said("a watch's settings"),
    3: said("sport settings"),
    4: said("an activity"),
    5: said("a workout plan"),
    6: said("a course"),
    7: said("a schedule of workouts"),
    9: said("weight readings"),
    10: said("totals of a watch"),
    11: said("goals"),
    14: said("blood pressure readings"),
    15: said("a day's monitoring"),
    20: said("summaries of activities"),
    28: said("a day's monitoring"),
    32: said("a day's monitoring"),
    34: said("a segment"),
    35: said("a list of segments"),
    40: said("screen settings"),
}
"""By the type that the file_id message states."""
UNKNOWN_KIND = said("a FIT file of a kind not known here")

TIMER_EVENT = 0
STARTS, STOPS = frozenset({0}), frozenset({1, 4, 8, 9})
"""Event types that start and stop the timer."""


def sport_of(sport: int | None, sub_sport: int | None) -> Sport:
    """The sport that the two numbers mean; "other" where they mean none of ours."""
    if sport in SPORTS and sport is not None:
        return SPORTS[sport]
    if sub_sport is not None and sport in (None, 0, FITNESS_EQUIPMENT, TRAINING):
        return SUB_SPORT_SPORTS.get(sub_sport, "other")
    return "other"


def surface_of(sport: Sport, sub_sport: int | None) -> Surface | None:
    """The ground under a run or walk; None where the file does not say."""
    if sport not in ("run", "walk") or sub_sport is None:
        return None
    return SURFACES.get(sub_sport)
