"""How long ten years of running take to import, beside fitdecode on some of the same files.

    PYTHONPATH=src:. python benchmarks/import.py [RUNS]      3,000 when not told

A made-up archive: runs of an hour at one sample a second, 12 channels in FIT (three fifths), TCX and GPX
with the channels these formats have (a fifth each), packed in zips inside a zip as Garmin hands them out.
Wall time, since the disk and the processes wait for one another; memory as the largest sum over all processes
of the import, looked at five times a second (Linux only).  The peer parses a sample of the FIT files of the
same archive into objects and puts a row a second into SQLite, as the readers do that people have today.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np

from backstride.app.demo import watch
from backstride.app.demo.runner import RunPlan, plan_runs
from backstride.app.demo.story import Story
from backstride.app.demo.traces import Trace, make_trace
from backstride.formats.readers import read
from backstride.store.store import Store

FIRST = datetime(2015, 1, 1, 5, tzinfo=UTC)
SECONDS = 3_600
SPEED_MPS = 3.0
BASES = 12
"""Different runs; the others are these on other days."""
A_PART = 500
PART = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part{}.zip"
PEER_FILES = 6

_GPX = (
    '<trkpt lat="{:.7f}" lon="{:.7f}"><ele>{:.1f}</ele><time>%sZ</time><extensions>'
    "<gpxtpx:TrackPointExtension><gpxtpx:hr>{:.0f}</gpxtpx:hr><gpxtpx:cad>{:.0f}</gpxtpx:cad>"
    "</gpxtpx:TrackPointExtension></extensions></trkpt>"
)
_GPX_HEAD = (
    '<?xml version="1.0"?><gpx creator="made-up" version="1.1" xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk><type>running</type><trkseg>\n'
)
_TCX = (
    "<Trackpoint><Time>%sZ</Time><Position><LatitudeDegrees>{:.7f}</LatitudeDegrees><LongitudeDegrees>{:.7f}"
    "</LongitudeDegrees></Position><AltitudeMeters>{:.1f}</AltitudeMeters><DistanceMeters>{:.2f}</DistanceMeters>"
    "<HeartRateBpm><Value>{:.0f}</Value></HeartRateBpm><Extensions><ns3:TPX><ns3:Speed>{:.3f}</ns3:Speed>"
    "<ns3:RunCadence>{:.0f}</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>"
)
_TCX_HEAD = (
    '<?xml version="1.0"?><TrainingCenterDatabase '
    'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Activities><Activity Sport="Running">'
    '<Id>%sZ</Id><Lap StartTime="%sZ"><TotalTimeSeconds>3600</TotalTimeSeconds><Track>\n'
)


def main(runs: int) -> None:
    """Makes the archive, imports it, and prints what it took."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "made-up-export.zip"
        began = time.perf_counter()
        fits = write_archive(archive, runs)
        size_mb = archive.stat().st_size / 1e6
        print(f"made {runs:,} runs, {size_mb:,.0f} MB packed, in {time.perf_counter() - began:.0f} s")
        took = imported(archive, Path(folder) / "runner.sqlite", runs)
        compare(fits, Path(folder) / "peer.sqlite", took / runs)


def imported(archive: Path, store_path: Path, runs: int) -> float:
    """Seconds that the whole import took, in processes of its own."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "backstride", "add", "--store", str(store_path), str(archive)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as program:
        largest_mb = watched_mb(program)
    took = time.perf_counter() - began
    with Store.open(store_path) as store:
        assert len(store.history().activities) == runs
    print(f"imported in {took:.1f} s: {runs / took:.0f} runs a second, {1000 * took / runs:.1f} ms a run")
    print(f"largest memory of all its processes together: {largest_mb:.0f} MB")
    print(f"store: {store_path.stat().st_size / 1e6:,.0f} MB")
    return took


def watched_mb(program: subprocess.Popen[bytes]) -> float:
    """The largest sum of what the program and its children hold; pages they share are shared out (PSS)."""
    largest = 0.0
    while program.poll() is None:
        largest = max(largest, sum(_held_mb(pid) for pid in _family(program.pid)))
        time.sleep(0.2)
    return largest


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _family(int(child))


def _held_mb(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def compare(fits: list[bytes], path: Path, a_run_s: float) -> None:
    """Prints the time for one FIT file of the archive: ours in one process, and the peer's."""
    read(fits[0], "run.fit", UTC)  # the map of time zones is unpacked once
    began = time.process_time()
    for data in fits:
        read(data, "run.fit", UTC)
    ours = (time.process_time() - began) / len(fits)
    try:
        peer = fitdecode_rows(fits, path) / len(fits)
    except ImportError:
        print("fitdecode is not installed: nothing to compare with")
        return
    print(f"one FIT run read: ours {1000 * ours:.1f} ms; fitdecode and a row a second {1000 * peer:,.0f} ms")
    print(f"ratio: reading {peer / ours:.0f}x; the whole import (wall, all formats) {peer / a_run_s:.0f}x")


def fitdecode_rows(fits: list[bytes], path: Path) -> float:
    """CPU seconds for the same files by fitdecode, with a row a second in SQLite."""
    import fitdecode

    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE sample (run, at, name, value)")
    began = time.process_time()
    for run, data in enumerate(fits):
        with fitdecode.FitReader(BytesIO(data)) as reader:
            for frame in reader:
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                    values = {field.name: field.value for field in frame.fields}
                    at = str(values.get("timestamp"))
                    kept = [(run, at, name, value) for name, value in values.items() if name != "timestamp"]
                    connection.executemany("INSERT INTO sample VALUES (?, ?, ?, ?)", kept)
        connection.commit()
    return time.process_time() - began


def write_archive(path: Path, runs: int) -> list[bytes]:
    """Some of the FIT files; the archive stands at `path`."""
    bases = [base(seed) for seed in range(BASES)]
    fits: list[bytes] = []
    with ZipFile(path, "w", ZIP_STORED) as whole:
        for part, first in enumerate(range(0, runs, A_PART), 1):
            inner = BytesIO()
            with ZipFile(inner, "w", ZIP_DEFLATED, compresslevel=1) as packed:
                for name, data in files(bases, range(first, min(runs, first + A_PART))):
                    packed.writestr(name, data)
                    if name.endswith(".fit") and len(fits) < PEER_FILES:
                        fits.append(data)
            whole.writestr(
                f"DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part{part}.zip", inner.getvalue()
            )
    return fits


class Base:
    """One run in three formats, but for its times."""

    def __init__(self, plan: RunPlan, trace: Trace) -> None:
        self.plan, self.trace = plan, trace
        by_name = {name: getattr(trace, name)[:SECONDS].tolist() for name in _COLUMNS}
        self.gpx = [
            _GPX.format(*row)
            for row in _rows(
                by_name, ("latitude_deg", "longitude_deg", "altitude_m", "heart_rate_bpm", "cadence")
            )
        ]
        self.tcx = [
            _TCX.format(*row)
            for row in _rows(
                by_name,
                (
                    "latitude_deg",
                    "longitude_deg",
                    "altitude_m",
                    "distance_m",
                    "heart_rate_bpm",
                    "speed_mps",
                    "cadence",
                ),
            )
        ]


_COLUMNS = (
    "latitude_deg",
    "longitude_deg",
    "altitude_m",
    "distance_m",
    "heart_rate_bpm",
    "speed_mps",
    "cadence_spm",
)


def _rows(by_name: dict[str, list[float]], names: tuple[str, ...]) -> Iterator[tuple[float, ...]]:
    halved = by_name | {"cadence": [value / 2 for value in by_name["cadence_spm"]]}
    return zip(*(halved[name] for name in names), strict=True)


def base(seed: int) -> Base:
    """A made-up hour."""
    chance = np.random.default_rng(seed)
    first = next(plan for plan in plan_runs(Story(date(2026, 1, 1)), 1) if plan.recorder == "watch")
    plan = replace(
        first, distance_m=SPEED_MPS * SECONDS * 1.1, speed_mps=SPEED_MPS, every_second=True, pause_s=0
    )
    return Base(plan, make_trace(plan, chance))


def files(bases: list[Base], numbers: range) -> Iterator[tuple[str, bytes]]:
    """Each run's file; none has the bytes of another."""
    for number in numbers:
        of, start = bases[number % len(bases)], FIRST + timedelta(hours=29 * number)
        match number % 5:
            case 0 | 1 | 2:
                chance = np.random.default_rng(number)
                yield f"made-up_{number}.fit", watch.run_file(of.plan, of.trace, start, chance)
            case 3:
                yield f"made-up_{number}.tcx", tcx_file(of, start)
            case _:
                yield f"made-up_{number}.gpx", gpx_file(of, start)


def tcx_file(of: Base, start: datetime) -> bytes:
    """The run as TCX."""
    times = _times(start)
    points = "\n".join(point % at for point, at in zip(of.tcx, times, strict=True))
    return (
        _TCX_HEAD % (times[0], times[0])
        + points
        + "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def gpx_file(of: Base, start: datetime) -> bytes:
    """The run as GPX."""
    points = "\n".join(point % at for point, at in zip(of.gpx, _times(start), strict=True))
    return (_GPX_HEAD + points + "</trkseg></trk></gpx>").encode()


def _times(start: datetime) -> list[str]:
    begin = np.datetime64(start.replace(tzinfo=None), "s")
    return np.datetime_as_string(begin + np.arange(SECONDS), unit="s").tolist()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
