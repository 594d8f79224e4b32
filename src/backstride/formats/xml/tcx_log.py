"""All that a TCX file tells, by activity and lap, before any of it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from backstride.formats.points import Points
from backstride.formats.track import Columns, Flags
from backstride.formats.xml.shape import Shape
from backstride.model.said import Said, said

_ACTIVITY = ("trainingcenterdatabase", "activities", "activity")

SHAPE = Shape(
    root="trainingcenterdatabase",
    elements=frozenset(
        {
            *("trainingcenterdatabase", "activities", "activity", "lap", "track", "trackpoint"),
            *("averageheartratebpm", "maximumheartratebpm", "creator", "author", "training"),
            *("courses", "course", "workouts", "workout", "folders", "coursepoint"),
        }
    ),
    resume_at={
        "trackpoint": (*_ACTIVITY, "lap", "track"),
        "track": (*_ACTIVITY, "lap"),
        "lap": _ACTIVITY,
        "activity": _ACTIVITY[:-1],
    },
    points=frozenset({"trackpoint"}),
)

POINT_NAMES = {
    "latitude_deg": ("latitudedegrees",),
    "longitude_deg": ("longitudedegrees",),
    "altitude_m": ("altitudemeters",),
    "distance_m": ("distancemeters",),
    "heart_rate_bpm": ("value", "heartratebpm"),
    "cadence_spm": ("runcadence", "cadence"),
    "speed_mps": ("speed",),
    "power_w": ("watts",),
    "temperature_c": ("temperature",),
}
"""What may hold each channel, in TCX itself or in its extensions; cadence is of one foot here."""


@dataclass(slots=True)
class LapTold:
    """One lap as the file tells it."""

    told: dict[str, str] = field(default_factory=dict)
    mean_heart_rate: str | None = None


@dataclass(slots=True)
class ActivityTold:
    """One activity as the file tells it."""

    told: dict[str, str] = field(default_factory=dict)
    laps: list[LapTold] = field(default_factory=list)
    creator: dict[str, str] = field(default_factory=dict)
    points: Points = field(default_factory=lambda: Points(POINT_NAMES))

    def track(self) -> tuple[Columns, Flags]:
        """Its points as columns, and before which of them the recording was stopped."""
        return self.points.columns(), self.points.stopped()


class TcxLog:
    """Takes the elements of one TCX file."""

    def __init__(self) -> None:
        self.activities: list[ActivityTold] = []
        self.courses = self.workouts = 0
        self._activity: ActivityTold | None = None
        self._lap = LapTold()

    def opened(self, element: str) -> None:
        """An activity, a lap, or a stretch without a stop begins."""
        if element == "track":
            if self._activity is not None:
                self._activity.points.cut()
        elif element == "lap":
            self._lap = LapTold()
        elif element == "activity":
            self._activity = ActivityTold()
            self.activities.append(self._activity)

    def closed(self, element: str, values: dict[str, str]) -> None:
        """A point, a lap, an activity, or something told about one is complete."""
        activity = self._activity
        if activity is None:
            self._count_plans(element)
        elif element == "trackpoint":
            activity.points.add(values)
        elif element == "averageheartratebpm":
            self._lap.mean_heart_rate = values.get("value")
        elif element == "lap":
            self._lap.told = values
            activity.laps.append(self._lap)
        elif element == "creator":
            activity.creator = values
        elif element == "activity":
            activity.told = values
            self._activity = None

    def _count_plans(self, element: str) -> None:
        if element == "course":
            self.courses += 1
        elif element == "workout":
            self.workouts += 1

    def kind(self) -> Said:
        """What the file is when it holds no activity."""
        if self.workouts:
            return said("a workout plan")
        return said("a course") if self.courses else said("a TCX file without any activity")
