"""What a file's word for a sport means: one table for every format.

Words are compared in lower case with every run of other signs as one underscore, so "Trail Run",
"trail-run" and "TRAIL_RUN" are one word.
"""

from __future__ import annotations

import re

from backstride.model.activity import Sport, Surface
from backstride.model.said import Said, said

_PARTED = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

A_SPORT: dict[Sport, Said] = {
    "run": said("a run"),
    "walk": said("a walk"),
    "ride": said("a ride"),
    "swim": said("a swim"),
    "strength": said("strength training"),
    "other": said("another activity"),
}
"""What an activity of each is called."""

SPORT_WORDS: dict[Sport, frozenset[str]] = {
    "run": frozenset(
        {
            *("run", "running", "jog", "jogging", "road_run", "road_running", "street_running", "laufen"),
            *("trail", "trail_run", "trail_running", "trailrun", "ultra_run", "ultra", "race"),
            *("treadmill", "treadmill_run", "treadmill_running", "track_run", "track_running", "indoor_run"),
            *("indoor_running", "virtual_run", "virtualrun", "outdoor_run", "outdoor_running", "free_run"),
            *("running_race", "long_run", "interval_running", "orienteering", "course_a_pied", "lauf"),
            *("treadmillrunning", "trailrunning", "obstacle_run", "jog_slow", "fast_run", "track"),
        }
    ),
    "walk": frozenset(
        {
            *("walk", "walking", "hike", "hiking", "trek", "trekking", "nordic_walking", "speed_walking"),
            *("casual_walking", "mountaineering", "snowshoe", "snowshoeing", "indoor_walking", "race_walk"),
            *("treadmill_walk", "outdoor_walk", "indoor_walk", "wandern", "fitness_walking", "outdoor_hike"),
        }
    ),
    "ride": frozenset(
        {
            *(
                "ride",
                "riding",
                "bike",
                "biking",
                "cycling",
                "road_biking",
                "road_cycling",
                "mountain_biking",
            ),
            *("mountain_bike", "mtb", "virtual_ride", "virtualride", "indoor_cycling", "spin", "spinning"),
            *("gravel_cycling", "gravel_ride", "cyclocross", "e_biking", "ebikeride", "e_bike_ride", "ebike"),
            *("road", "mountain", "downhill", "recumbent", "track_cycling", "hand_cycling", "handcycle"),
            *("cycle", "bicycle", "cycling_sport", "indoor_biking", "e_bike_fitness", "bmx", "velo"),
        }
    ),
    "swim": frozenset(
        {
            *("swim", "swimming", "lap_swimming", "open_water", "open_water_swimming", "pool_swim"),
            *("pool_swimming", "openwater_swim", "openwater_swimming", "open_water_swim", "outdoor_swimming"),
        }
    ),
    "strength": frozenset(
        {
            *("strength", "strength_training", "weight_training", "weighttraining", "weights", "crossfit"),
            *("functional_training", "core_training", "circuit_training", "gymnastics", "calisthenics"),
        }
    ),
    "other": frozenset({"other", "generic", "unknown", "multisport", "workout"}),
}

_SPORT_OF: dict[str, Sport] = {word: sport for sport, words in SPORT_WORDS.items() for word in words}

STRAVA_NUMBERS: dict[str, Sport] = {"1": "ride", "4": "walk", "9": "run", "10": "walk", "16": "swim"}
"""Numbers that Strava's GPX exports of some years hold in `<type>` in place of a word."""

SURFACE_WORDS: dict[Surface, frozenset[str]] = {
    "treadmill": frozenset({"treadmill", "indoor", "virtual"}),
    "trail": frozenset({"trail", "trailrun", "trailrunning"}),
    "track": frozenset({"track"}),
    "road": frozenset({"road", "street"}),
}


def sport_word(text: str) -> str:
    """The word as the tables spell it."""
    return _PARTED.sub("_", _CAMEL.sub("_", text.strip()).lower()).strip("_")


def sport_named(text: str | None) -> Sport | None:
    """The sport that a word or a Strava number names; None where the word is not known.

    A word of several parts that is not in the table is the sport of its last part that is:
    "Afternoon Mountain Bike Ride" is a ride.
    """
    if text is None:
        return None
    word = sport_word(text)
    known = _SPORT_OF.get(word) or STRAVA_NUMBERS.get(word)
    if known is not None or not word:
        return known
    for part in reversed(word.split("_")):
        sport = _SPORT_OF.get(part)
        if sport is not None:
            return sport
    return None


def surface_named(text: str | None, sport: Sport) -> Surface | None:
    """The ground under a run or a walk that a word names; None where it names none, or for another sport."""
    if text is None or sport not in ("run", "walk"):
        return None
    parts = set(sport_word(text).split("_"))
    for surface, words in SURFACE_WORDS.items():
        if parts & words:
            return surface
    return None
