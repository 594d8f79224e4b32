"""One `<Workout>` of an Apple Health export as its tags tell it.

<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="28.1" durationUnit="min" ...>
 <MetadataEntry key="HKTimeZone" value="Europe/Madrid"/>
 <WorkoutEvent type="HKWorkoutEventTypePause" date="2021-01-08 18:48:37 +0100"/>
 <WorkoutActivity uuid=... startDate=... endDate=...> its own statistics ... </WorkoutActivity>
 <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="4.1" unit="km"/>
 <WorkoutRoute ...> <FileReference path="/workout-routes/route_2021-01-08_7.13pm.gpx"/> </WorkoutRoute>
</Workout>
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

MOST_EVENTS = 100_000
"""Of one workout; a swim of lengths has some hundred."""

_TAG = re.compile(rb"""<(/?)([A-Za-z]\w*)((?:[^>"'/]|"[^"]*"|'[^']*'|/(?!>))*+)(/?)>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PREFIX = re.compile(r"^HK(Quantity|Category)TypeIdentifier")


@dataclass(slots=True)
class LegTold:
    """A stretch of a workout, or all of it."""

    told: dict[str, str]
    statistics: dict[str, dict[str, str]] = field(default_factory=dict)
    """Bare type, as in "HeartRate" -> its attributes."""


@dataclass(slots=True)
class WorkoutTold:
    """A workout as its tags tell it."""

    whole: LegTold
    metadata: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)
    legs: list[LegTold] = field(default_factory=list)
    route: str | None = None


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag, in any order and quotes; what is no attribute is passed over."""
    text = tag.decode("utf-8", "replace")
    pairs = ((name, double or single) for name, double, single in _ATTRIBUTE.findall(text))
    return {name: html.unescape(value) if "&" in value else value for name, value in pairs}


def workout_told(element: bytes) -> WorkoutTold:
    """The workout; where it is cut short, as far as it goes."""
    tags = _TAG.finditer(element)
    first = next(tags, None)
    workout = WorkoutTold(LegTold({} if first is None else attributes(first[3])))
    leg: LegTold | None = None
    for tag in tags:
        closing, name = tag[1] == b"/", tag[2]
        if name == b"WorkoutActivity":
            leg = None if closing else LegTold(attributes(tag[3]))
            if leg is not None:
                workout.legs.append(leg)
                leg = None if tag[4] else leg
        elif not closing:
            _take(workout, leg, name, tag[3])
    return workout


def _take(workout: WorkoutTold, leg: LegTold | None, name: bytes, raw: bytes) -> None:
    if name == b"WorkoutStatistics":
        told = attributes(raw)
        (leg or workout.whole).statistics[_PREFIX.sub("", told.get("type", ""))] = told
    elif name == b"FileReference":
        workout.route = attributes(raw).get("path") or workout.route
    elif leg is not None:
        return  # the workout has its own copy of a leg's events and metadata
    elif name == b"MetadataEntry":
        told = attributes(raw)
        workout.metadata.setdefault(told.get("key", ""), told.get("value", ""))
    elif name == b"WorkoutEvent" and len(workout.events) < MOST_EVENTS:
        workout.events.append(attributes(raw))
