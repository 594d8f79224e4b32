"""A made-up Apple Health export, laid out as iOS 17 writes it.

The layout: the list of elements at the head of each export, and exports people have published parts of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from html import escape

PHONE_ZONE = timezone(timedelta(hours=1))
"""Of the phone on the day of the export; the workouts were in Lisbon."""
WATCH, PHONE, APP = "Made-up Runner’s Apple Watch", "Made-up Runner’s iPhone", "Strider & Co"
WATCH_DEVICE = (
    "<<HKDevice: 0x280bb4f00>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, "
    "hardware:Watch6,2, software:10.3>"
)
START = datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
ROUTE = "/workout-routes/route_2024-05-01_8.00am.gpx"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!-- Note: Any Records that appear as children of a correlation also appear as top-level records. -->
]>
<HealthData locale="en_PT">
 <ExportDate value="2024-06-01 12:00:00 +0100"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexNotSet"/>
"""  # noqa: E501  a line of the format


@lru_cache(maxsize=1_000)
def date(at: datetime) -> str:
    """As the phone writes it, in its own zone."""
    return f"{at.astimezone(PHONE_ZONE):%Y-%m-%d %H:%M:%S %z}"


def record(
    kind: str,
    unit: str,
    value: object,
    start: datetime,
    lasting_s: float = 0,
    source: str = WATCH,
    category: bool = False,
) -> str:
    """One sample; `kind` without its prefix."""
    end = start + timedelta(seconds=lasting_s)
    device = f' device="{escape(WATCH_DEVICE)}"' if source == WATCH else ""
    of_unit = f' unit="{unit}"' if unit else ""
    prefix = "HKCategoryTypeIdentifier" if category else "HKQuantityTypeIdentifier"
    return (
        f' <Record type="{prefix}{kind}" sourceName="{escape(source)}" sourceVersion="10.3"{device}'
        f'{of_unit} creationDate="{date(end)}" startDate="{date(start)}" endDate="{date(end)}"'
        f' value="{value}"/>\n'
    )


def samples(
    kind: str,
    unit: str,
    points: Iterable[tuple[float, object]],
    start: datetime,
    lasting_s: float = 0,
    source: str = WATCH,
) -> Iterator[str]:
    """Samples of one kind by seconds since the start, and their values."""
    for at_s, value in points:
        yield record(kind, unit, value, start + timedelta(seconds=at_s), lasting_s, source)


@dataclass(frozen=True)
class Totals:
    """What a workout states of itself; of threes the mean, the least and the most."""

    start: datetime
    end: datetime
    moving_s: float
    distance: float
    distance_unit: str
    heart_rate_bpm: tuple[float, float, float]
    contact_ms: tuple[float, float, float]
    climb_cm: int


def workout(
    told: Totals,
    source: str = WATCH,
    device: str = WATCH_DEVICE,
    indoors: bool = False,
    zone: str | None = None,
    pause: tuple[float, float] | None = None,
    legs: str = "",
    route: str | None = None,
    more: str = "",
) -> str:
    """The element of a run; `pause` is from and to since the start, `route` a path in the archive."""
    between = f'startDate="{date(told.start)}" endDate="{date(told.end)}"'
    parts = [
        f' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{told.moving_s / 60}"'
        f' durationUnit="min" sourceName="{escape(source)}" sourceVersion="10.3"'
        f' device="{escape(device)}" creationDate="{date(told.end)}" {between}>\n',
        f'  <MetadataEntry key="HKIndoorWorkout" value="{int(indoors)}"/>\n',
        f'  <MetadataEntry key="HKElevationAscended" value="{told.climb_cm} cm"/>\n',
        '  <MetadataEntry key="HKWeatherTemperature" value="47.6418 degF"/>\n',
    ]
    if zone:
        parts.append(f'  <MetadataEntry key="HKTimeZone" value="{zone}"/>\n')
    for word, at in zip(("Pause", "Resume"), pause or (), strict=False):
        when = date(told.start + timedelta(seconds=at))
        parts.append(f'  <WorkoutEvent type="HKWorkoutEventType{word}" date="{when}"/>\n')
        parts.append(f'  <WorkoutEvent type="HKWorkoutEventTypeMotion{word}d" date="{when}"/>\n')
    parts.append(legs)
    parts.append(
        _statistics("HeartRate", between, told.heart_rate_bpm, "count/min")
        + f'  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" {between}'
        f' sum="{told.distance}" unit="{told.distance_unit}"/>\n'
        f'  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" {between}'
        f' sum="400" unit="Cal"/>\n'
        + _statistics("RunningGroundContactTime", between, told.contact_ms, "ms")
        + more
    )
    if route:
        parts.append(
            f'  <WorkoutRoute sourceName="{escape(source)}" {between}>\n'
            f'   <FileReference path="{route}"/>\n  </WorkoutRoute>\n'
        )
    return "".join(parts) + " </Workout>\n"


def _statistics(kind: str, between: str, told: tuple[float, float, float], unit: str) -> str:
    mean, least, most = told
    return (
        f'  <WorkoutStatistics type="HKQuantityTypeIdentifier{kind}" {between}'
        f' average="{mean}" minimum="{least}" maximum="{most}" unit="{unit}"/>\n'
    )


@dataclass(frozen=True)
class Run:
    """A run of the watch with everything it records, at an even pace."""

    start: datetime = START
    seconds: int = 600
    speed_mps: float = 3.0
    cadence_spm: float = 168.0
    heart_rate_bpm: int = 150
    step_m: float | None = None
    """Length written as stride length; None for what speed and cadence make of one step."""
    source: str = WATCH
    indoors: bool = False
    zone: str | None = "Europe/Lisbon"
    miles: bool = False
    pause: tuple[int, int] | None = None
    legs: Sequence[tuple[int, int]] = ()
    route: str | None = ROUTE
    more: str = ""
    skip: frozenset[str] = field(default_factory=frozenset)
    """Kinds of samples it does not have."""

    @property
    def end(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    @property
    def moving_s(self) -> int:
        return self.seconds - (self.pause[1] - self.pause[0] if self.pause else 0)

    def records(self) -> Iterator[str]:
        """Its samples, by type as the phone orders them."""
        step_m = self.step_m or self.speed_mps * 60 / self.cadence_spm
        speed = (self.speed_mps / 0.44704, "mi/hr") if self.miles else (self.speed_mps * 3.6, "km/hr")
        for kind, unit, value, every_s, lasting_s in (
            ("StepCount", "count", self.cadence_spm / 60 * 10, 10, 10),
            ("DistanceWalkingRunning", "km", self.speed_mps * 10 / 1000, 10, 10),
            ("HeartRate", "count/min", self.heart_rate_bpm, 5, 0),
            ("RunningSpeed", speed[1], speed[0], 3, 3),
            ("RunningPower", "W", 240, 3, 3),
            ("RunningGroundContactTime", "ms", 245, 4, 0),
            ("RunningVerticalOscillation", "cm", 8.5, 4, 0),
            ("RunningStrideLength", "m", step_m, 4, 0),
        ):
            moments = (
                at
                for at in range(0, self.seconds, every_s)
                if not (self.pause and self.pause[0] <= at < self.pause[1])
            )
            if kind not in self.skip:
                points = ((at, value) for at in moments)
                yield from samples(kind, unit, points, self.start, lasting_s, self.source)

    def workout(self) -> str:
        """The element that follows all records."""
        metres = self.speed_mps * self.moving_s
        return workout(
            Totals(
                self.start,
                self.end,
                self.moving_s,
                *((metres / 1609.344, "mi") if self.miles else (metres / 1000, "km")),
                heart_rate_bpm=(self.heart_rate_bpm, 90, 180),
                contact_ms=(245, 224, 369),
                climb_cm=418,
            ),
            source=self.source,
            indoors=self.indoors,
            zone=self.zone,
            pause=self.pause,
            legs="".join(self._leg(begin, end) for begin, end in self.legs),
            route=self.route,
            more=self.more,
        )

    def _leg(self, begin: int, end: int) -> str:
        between = " ".join(
            f'{name}="{date(self.start + timedelta(seconds=at))}"'
            for name, at in (("startDate", begin), ("endDate", end))
        )
        return (
            f'  <WorkoutActivity uuid="00000000-0000-0000-0000-000000000001" {between}'
            f' duration="{(end - begin) / 60}" durationUnit="min">\n'
            f'   <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" {between}'
            f' sum="{self.speed_mps * (end - begin) / 1000}" unit="km"/>\n'
            '   <MetadataEntry key="WOIntervalStepKeyPath" value="0.0.0"/>\n  </WorkoutActivity>\n'
        )


def summaries(days: int = 400) -> str:
    """The rings of each day, which stand at the end."""
    return "".join(
        f' <ActivitySummary dateComponents="{START + timedelta(days=day):%Y-%m-%d}"'
        ' activeEnergyBurned="500" activeEnergyBurnedUnit="kcal"/>\n'
        for day in range(days)
    )


def export(records: str = "", workouts: str = "", days: int = 400) -> bytes:
    """The whole file."""
    return f"{HEAD}{records}{workouts}{summaries(days)}</HealthData>\n".encode()


def export_of(*runs: Run, records: str = "") -> bytes:
    """The whole file with these runs and other records before theirs."""
    of_runs = "".join(each for run in runs for each in run.records())
    return export(records + of_runs, "".join(run.workout() for run in runs))


def archive(*runs: Run) -> dict[str, bytes]:
    """Path -> bytes of everything in export.zip."""
    route = b'<?xml version="1.0"?><gpx version="1.1"><trk><trkseg></trkseg></trk></gpx>'
    return {
        "apple_health_export/export.xml": export_of(*runs),
        "apple_health_export/export_cda.xml": b'<?xml version="1.0"?>\n<ClinicalDocument></ClinicalDocument>',
        f"apple_health_export{ROUTE}": route,
        "apple_health_export/electrocardiograms/ecg_2024-05-02.csv": b"Name,Made-up Runner\n1.25\n-2.5\n",
    }
