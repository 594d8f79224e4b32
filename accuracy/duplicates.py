"""How well copies of one run are found, on made-up years of running of which the truth is known.

    PYTHONPATH=src:. python accuracy/duplicates.py [SEED ...]

Each run is told of by a random few of: the watch's file, the same file as another service hands it out, a
TCX and a GPX of it, rows of three tables, a phone's recording.  Clocks are off by up to two minutes, tables
take local time for UTC, distances differ by up to 4 %, moving time stands for elapsed, starts are cropped.
The numbers hold for such a set only: how often real archives do each of these is not known.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np

from backstride.copies import groups, runs
from backstride.model.activity import Activity, Device, Origin, Sport, Stream, ZoneFrom

HOME = ZoneInfo("Europe/Berlin")
AWAY = tuple(ZoneInfo(name) for name in ("America/New_York", "Asia/Kathmandu", "Europe/Lisbon"))
FIRST = datetime(2021, 1, 1, tzinfo=UTC)
WATCH = Device("Garmin", "forerunner 955")
PHONE = Device("Apple", "phone")
SEEDS = (1, 2)
"""The rules were tuned on the first; the second was looked at afterwards."""


_OTHER_WAYS = ("commute", "treadmill", "legs", "split", "covered", "battery")


@dataclass(frozen=True, slots=True)
class Run:
    """What truly happened."""

    kind: str
    start: datetime
    elapsed_s: float
    moving_s: float
    distance_m: float
    sport: Sport = "run"
    satellites: bool = True


@dataclass(slots=True)
class Archive:
    """All that the services hand out, and which activity tells of which run."""

    chance: random.Random
    activities: list[Activity] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    """Activity id -> number of the run."""
    kinds: dict[int, str] = field(default_factory=dict)
    distances_m: dict[int, float] = field(default_factory=dict)
    """True distance of each run of which there is a record."""
    rows: Counter[str] = field(default_factory=Counter)
    """Rows so far of each table."""
    number: int = 0

    def add(self, run: int, activity: Activity) -> None:
        """One more record of the run."""
        self.activities.append(activity)
        self.truth[activity.id] = run

    def begin(self, run: Run) -> int:
        """The number of a further run."""
        self.number += 1
        self.kinds[self.number] = run.kind
        self.distances_m[self.number] = run.distance_m
        return self.number

    def origin(self, reader: str, name: str | None = None) -> Origin:
        """Of a file of its own, or of the next row of a table."""
        index = self.rows[reader]
        self.rows[reader] += 1
        if name is None:
            return Origin(_sha256(f"table {reader}"), f"{reader}.csv", reader, 1, index)
        return Origin(_sha256(f"{reader} {name} {index}"), name, reader, 1)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def made_up(seed: int, days: int = 1_200) -> Archive:
    """Years of one runner."""
    archive = Archive(random.Random(seed))
    for day in range(days):
        zone = AWAY[day // 40 % len(AWAY)] if day % 40 >= 33 else HOME
        for run in _day(archive.chance, FIRST + timedelta(days=day), zone):
            _recorded(archive, run)
    return archive


def _day(chance: random.Random, day: datetime, zone: ZoneInfo) -> Iterator[Run]:
    """The runs of one day, in one of the ways people run."""

    late_s = chance.uniform(-120, 120)

    def at(hour: float) -> datetime:
        return datetime.combine(day.date(), time(), zone) + timedelta(hours=hour, seconds=late_s)

    if day.weekday() == 5:
        yield _run(chance, "parkrun", at(9), 1_500 + chance.uniform(-20, 20), 5_000)
        if chance.random() < 0.5:
            yield _run(chance, "double", at(chance.uniform(16, 19)), chance.uniform(1_800, 4_000))
        return
    way = chance.choices(
        ("rest", "single", "far", "double", "twins", "loops", "triple", "strides", *_OTHER_WAYS),
        (25, 26, 4, 8, 4, 6, 8, 3, 8, 8, 6, 5, 3, 3),
    )[0]
    hour = chance.uniform(16, 19)
    if way in ("single", "far"):
        yield _run(chance, way, at(hour), chance.uniform(1_500, 12_000 if way == "far" else 6_000))
    elif way == "double":
        yield _run(chance, way, at(chance.uniform(6, 7.5)), chance.uniform(1_800, 4_000))
        yield _run(chance, way, at(hour), chance.uniform(1_800, 4_000))
    elif way == "twins":
        moving_s = chance.uniform(1_500, 2_600)
        for begins in (hour - chance.randint(2, 36) / 4, hour):
            yield _run(chance, way, at(begins), moving_s * chance.uniform(0.985, 1.015), 7_410, 0)
    elif way == "strides":
        for lap in range(6):
            yield _run(chance, way, at(hour + lap / 10), 180 * chance.uniform(0.9, 1.1), 800, 0)
    elif way == "loops":
        moving_s = chance.uniform(1_500, 2_200)
        for lap in range(2):
            yield _run(chance, way, at(hour + lap * 2 / 3), moving_s + chance.uniform(-15, 15), 5_230, 0)
    elif way == "triple":
        for minutes, begins in ((15, 0), (32, 17), (12, 52)):
            yield _run(chance, way, at(hour + begins / 60), minutes * 60 * chance.uniform(0.9, 1.03), None, 0)
    elif way == "commute":
        sport: Sport = chance.choice(("run", "ride"))
        for begins in (7.6, 17.2):
            moving_s = chance.uniform(1_740, 1_860)
            yield replace(_run(chance, way, at(begins), moving_s, 6_400, 60), sport=sport)
    elif way == "treadmill":
        distance_m = chance.choice((5_000.0, 8_000.0, 10_000.0))
        yield replace(_run(chance, way, at(hour), distance_m / 2.8, distance_m), satellites=False)
        if chance.random() < 0.3:
            yield replace(_run(chance, way, at(hour - 10), distance_m / 2.8, distance_m), satellites=False)
    elif way == "legs":
        ride_s = chance.uniform(2_400, 5_000)
        yield replace(_run(chance, way, at(hour), ride_s, ride_s * 8.1, 0), sport="ride")
        yield _run(chance, way, at(hour) + timedelta(seconds=ride_s + 90), chance.uniform(1_000, 2_400))
    elif way in ("split", "covered", "battery"):
        yield _run(chance, way, at(hour), chance.uniform(3_000, 7_000), None, 0)


def _run(
    chance: random.Random,
    kind: str,
    start: datetime,
    moving_s: float,
    distance_m: float | None = None,
    paused_s: float | None = None,
) -> Run:
    if paused_s is None:
        paused_s = chance.choice((0.0, 0.0, chance.uniform(20, 900)))
    metres = distance_m if distance_m is not None else moving_s * chance.uniform(2.4, 3.6)
    return Run(kind, start, moving_s + paused_s, moving_s, metres * chance.uniform(0.99, 1.01))


def _recorded(archive: Archive, run: Run) -> None:
    """The run as a random few sources tell it; of some there are rows of tables alone."""
    number = archive.begin(run)
    if run.kind in ("split", "covered"):
        _split(archive, number, run)
    elif run.kind == "battery":
        _battery(archive, number, run)
    else:
        _copied(archive, number, run)


def _copied(archive: Archive, number: int, run: Run) -> None:
    """The whole run as watch, phone and tables tell it."""
    chance = archive.chance
    name = f"{archive.number + 10_000}"
    bare = chance.random() < 0.125
    watch = not bare and chance.random() < 0.85
    if watch:
        _watch(archive, number, run, name)
    if not bare and (not watch or chance.random() < 0.2):
        archive.add(number, _phone(archive, run))
    for likely, row in ((0.5, _strava), (0.35, _garmin), (0.25, _app)):
        if chance.random() < likely:
            archive.add(number, row(archive, run, f"activities/{name}.fit.gz" if watch else None))


def _watch(archive: Archive, number: int, run: Run, name: str) -> None:
    """The watch's file, and what other services make of it."""
    chance = archive.chance
    archive.add(number, _fit(archive, run, f"{name}.fit"))
    if chance.random() < 0.25:
        archive.add(number, _fit(archive, _cropped(chance, run), f"{name}0.fit"))
    if chance.random() < 0.3:
        archive.add(number, _tcx(archive, run, f"{name}.tcx"))
    if chance.random() < 0.25 and run.satellites:
        archive.add(number, _gpx(archive, run, f"{name}.gpx"))


def _split(archive: Archive, number: int, run: Run) -> None:
    """Two or three files of the watch, and the whole on the phone or in a table."""
    chance = archive.chance
    first = chance.uniform(0.2, 0.8)
    ends = (0.25, 0.8, 1.0) if run.kind == "covered" else (first, 1.0)
    begin = 0.0
    for part, end in enumerate(ends):
        leg = _leg(run, begin, end - chance.uniform(5, 120) / run.elapsed_s)
        begin = end
        archive.add(number, _fit(archive, leg, f"{number}-{part}.fit"))
        if chance.random() < 0.5:
            archive.add(number, _strava(archive, leg, f"activities/{number}-{part}.fit.gz"))
    archive.add(number, _phone(archive, run) if chance.random() < 0.7 else _garmin(archive, run, None))


def _battery(archive: Archive, number: int, run: Run) -> None:
    """The watch stopped on the way; the phone went on."""
    leg = _leg(run, 0.0, archive.chance.uniform(0.5, 0.95))
    archive.add(number, _fit(archive, leg, f"{number}.fit"))
    archive.add(number, _phone(archive, run))
    if archive.chance.random() < 0.5:
        archive.add(number, _strava(archive, leg, f"activities/{number}.fit.gz"))


def _leg(run: Run, begin: float, end: float) -> Run:
    """The run from one share of its time to another."""
    share = end - begin
    return replace(
        run,
        start=run.start + timedelta(seconds=begin * run.elapsed_s),
        elapsed_s=run.elapsed_s * share,
        moving_s=run.moving_s * share,
        distance_m=run.distance_m * share,
    )


def _cropped(chance: random.Random, run: Run) -> Run:
    """The run with its start or end cut off, or whole."""
    cut_s = chance.choice((0.0, chance.uniform(20, min(600.0, run.elapsed_s / 4))))
    later_s = cut_s if chance.random() < 0.6 else 0.0
    share = 1 - cut_s / run.elapsed_s
    return replace(
        run,
        start=run.start + timedelta(seconds=later_s),
        elapsed_s=run.elapsed_s - cut_s,
        moving_s=run.moving_s * share,
        distance_m=run.distance_m * share,
    )


def _stream(run: Run, *channels: str) -> Stream:
    places = ("latitude_deg", "longitude_deg") if run.satellites else ()
    return Stream({name: np.array([0.0, run.elapsed_s]) for name in ("time_s", *places, *channels)})


def _told(
    archive: Archive, run: Run, origin: Origin, zone_from: ZoneFrom, *, off_s: float = 0, far: float = 0.0
) -> Activity:
    """The run with the clock off by some seconds and the distance by a share."""
    start = run.start + timedelta(seconds=off_s)
    zone = HOME if zone_from == "profile" else start.tzinfo
    return Activity(
        start=start.astimezone(UTC).astimezone(zone),
        zone_from=zone_from,
        sport=run.sport,
        origin=origin,
        distance_m=round(run.distance_m * (1 + archive.chance.uniform(-far, far)), 1),
        moving_s=round(run.moving_s, 1),
        elapsed_s=round(run.elapsed_s, 1),
    )


def _fit(archive: Archive, run: Run, name: str) -> Activity:
    told = _told(archive, run, archive.origin("fit", name), "place" if run.satellites else "file", far=0.002)
    return replace(told, device=WATCH, stream=_stream(run, "heart_rate_bpm", "cadence_spm", "distance_m"))


def _tcx(archive: Archive, run: Run, name: str) -> Activity:
    """Mostly without elapsed time; indoors some services write local time as UTC."""
    wrong = not run.satellites and archive.chance.random() < 0.15
    told = _told(
        archive,
        run,
        archive.origin("tcx", name),
        "place" if run.satellites else "profile",
        off_s=archive.chance.uniform(-3, 3) + (_offset_s(run) if wrong else 0),
        far=0.002 if wrong else 0.01,
    )
    elapsed_s = archive.chance.choice((None, told.elapsed_s))
    return replace(told, elapsed_s=elapsed_s, device=WATCH, stream=_stream(run, "heart_rate_bpm"))


def _gpx(archive: Archive, run: Run, name: str) -> Activity:
    """Begins at the first fix; its distance is that of its points."""
    late_s = archive.chance.uniform(0, 45)
    told = _told(archive, run, archive.origin("gpx", name), "place", off_s=late_s, far=0.04)
    return replace(
        told,
        elapsed_s=run.elapsed_s - late_s,
        stream=_stream(run),
        sport=archive.chance.choice((run.sport, run.sport, "other")),
    )


def _phone(archive: Archive, run: Run) -> Activity:
    """Another device: started and stopped by hand, without automatic pauses."""
    chance = archive.chance
    off_s, longer_s = chance.uniform(-120, 120), chance.uniform(-20, 60)
    origin = archive.origin("gpx", f"phone {archive.rows['gpx']}.gpx")
    told = _told(archive, run, origin, "place" if run.satellites else "file", off_s=off_s, far=0.04)
    elapsed_s = run.elapsed_s + longer_s
    return replace(
        told,
        elapsed_s=elapsed_s,
        moving_s=chance.choice((elapsed_s, run.moving_s * chance.uniform(0.97, 1.02))),
        device=PHONE,
        stream=_stream(run, "speed_mps"),
    )


def _strava(archive: Archive, run: Run, file: str | None) -> Activity:
    """A row in UTC, of the whole or of what was left of it; some name the recording's file."""
    told = _told(archive, run, archive.origin("strava_activities"), "profile", off_s=0, far=0.02)
    if run.kind not in ("split", "covered", "battery") and archive.chance.random() < 0.2:
        cropped = _cropped(archive.chance, run)
        told = _told(archive, cropped, told.origin, "profile", far=0.02)
    named = file if archive.chance.random() < 0.6 else None
    return replace(told, service_id=f"strava:{told.origin.index}", file=named)


def _garmin(archive: Archive, run: Run, _: str | None) -> Activity:
    """A row that knows the local time too; moving time stands for elapsed in some."""
    told = _told(archive, run, archive.origin("garmin_summaries"), "file", far=0.004)
    elapsed_s = archive.chance.choice((told.elapsed_s, told.elapsed_s, told.moving_s))
    return replace(told, elapsed_s=elapsed_s, service_id=f"garmin:{told.origin.index}")


def _app(archive: Archive, run: Run, _: str | None) -> Activity:
    """A row of a table without zone, by the minute: in UTC, or in local time taken for UTC or for home's."""
    chance = archive.chance
    wrong = chance.random() < 0.4
    off_s = chance.uniform(-30, 30) + (chance.choice((1, 1, -1)) * _offset_s(run) if wrong else 0.0)
    far = chance.choice((0.005, 0.04))
    told = _told(archive, run, archive.origin("app_table"), "profile", off_s=off_s, far=far)
    distance_m = told.distance_m if run.satellites or chance.random() < 0.7 else None
    return replace(told, distance_m=distance_m, elapsed_s=chance.choice((None, told.elapsed_s)))


def _offset_s(run: Run) -> float:
    offset = run.start.utcoffset()
    return offset.total_seconds() if offset is not None else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Of pairs of activities: how many that were put together belong so, and how many that belong were."""

    found: Counter[str]
    """Kind of run -> pairs put together rightly."""
    wrong: Counter[str]
    missed: Counter[str]
    misses: tuple[tuple[str, Activity, Activity], ...]
    """What went wrong and where."""

    def precision(self, kind: str | None = None) -> float:
        """Share of the pairs put together that belong together; 1 where there are none."""
        return _share(_count(self.found, kind), _count(self.wrong, kind))

    def recall(self, kind: str | None = None) -> float:
        """Share of the pairs that belong together that were put so; 1 where there are none."""
        return _share(_count(self.found, kind), _count(self.missed, kind))


def _count(pairs: Counter[str], kind: str | None) -> int:
    return pairs.total() if kind is None else pairs[kind]


def _share(right: int, not_right: int) -> float:
    return right / (right + not_right) if right + not_right else 1.0


Grouping = Callable[[Sequence[Activity]], Sequence[Sequence[Activity]]]


def scored(archive: Archive, grouping: Grouping = groups) -> Score:
    """The grouping beside the truth, pair by pair."""
    shuffled = archive.chance.sample(archive.activities, len(archive.activities))
    by_run: dict[int, list[Activity]] = {}
    for each in archive.activities:
        by_run.setdefault(archive.truth[each.id], []).append(each)
    group_of = {each.id: place for place, group in enumerate(grouping(shuffled)) for each in group}
    by_group: dict[int, list[Activity]] = {}
    for each in archive.activities:
        by_group.setdefault(group_of[each.id], []).append(each)
    score = Score(Counter(), Counter(), Counter(), ())
    misses: list[tuple[str, Activity, Activity]] = []
    for run, members in by_run.items():
        for one, other in combinations(members, 2):
            same = group_of[one.id] == group_of[other.id]
            (score.found if same else score.missed)[archive.kinds[run]] += 1
            if not same:
                misses.append(("missed", one, other))
    for members in by_group.values():
        for one, other in combinations(members, 2):
            if archive.truth[one.id] != archive.truth[other.id]:
                score.wrong[archive.kinds[archive.truth[one.id]]] += 1
                misses.append(("wrong", one, other))
    return replace(score, misses=tuple(misses))


def main(seeds: Sequence[int]) -> None:
    """Prints precision and recall for each seed, overall and by kind, and every pair that is wrong."""
    for seed in seeds:
        archive = made_up(seed)
        score = scored(archive)
        print(
            f"seed {seed}: {archive.number} runs, {len(archive.activities)} activities; {_distances(archive)}"
        )
        for kind in (None, *sorted(set(archive.kinds.values()))):
            pairs = _count(score.found, kind) + _count(score.missed, kind)
            print(
                f"  {kind or 'all':10} {pairs:6d} pairs  precision {score.precision(kind):.4f}"
                f"  recall {score.recall(kind):.4f}"
            )
        for what, one, other in score.misses:
            kind = archive.kinds[archive.truth[one.id]]
            print(f"  {what:6} {kind:9} {_line(one)}  |  {_line(other)}")


def _distances(archive: Archive) -> str:
    """The sum of all distances: true, of the merged runs, of every record."""
    told = set(archive.truth.values())
    true_m = sum(metres for run, metres in archive.distances_m.items() if run in told)
    merged_m = sum(run.distance_m or 0 for run in runs(archive.activities))
    all_m = sum(each.distance_m or 0 for each in archive.activities)
    return f"true {true_m / 1000:,.0f} km, merged {merged_m / 1000:,.0f}, every record {all_m / 1000:,.0f}"


def _line(activity: Activity) -> str:
    both = (activity.elapsed_s, activity.moving_s)
    minutes = [None if each is None else round(each / 60, 1) for each in both]
    when = f"{activity.start.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return f"{activity.origin.reader} {when} {minutes[0]}/{minutes[1]} min {activity.distance_m} m"


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or SEEDS)
