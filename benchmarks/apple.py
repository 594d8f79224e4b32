"""How fast an Apple Health export is read, and in how much memory.

    python benchmarks/apple.py [GB] [zip]

Makes up an export of 2 GB, or as many as told, as a stream that is never on disk nor in memory as a whole:
what a phone and a watch write every 5 minutes of everyday life, and a run of an hour every fifth day.
With `zip` the stream is packed and unpacked on the way as well.  Then a sample of 100 MB is read beside
a loop over ElementTree.iterparse and beside expat with one handler, which keep the same numbers and make
no activities of them.  CPU time counts for ratios, wall time for the whole file.
"""

from __future__ import annotations

import resource
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO, RawIOBase
from itertools import count
from time import perf_counter, process_time
from typing import BinaryIO, cast
from xml.etree import ElementTree
from xml.parsers import expat
from zoneinfo import ZoneInfo

from backstride.app.demo.exports import apple
from backstride.formats.apple.reader import read_stream
from backstride.formats.apple.records import RECORD_TYPES

SAMPLE_BYTES = 100_000_000
RUN_SHARE = 0.35
"""Of the file, the samples of runs; the rest is of everyday life."""
EVERYDAY = (
    *(("HeartRate", "count/min", 62), ("ActiveEnergyBurned", "Cal", 0.4), ("BasalEnergyBurned", "Cal", 1.2)),
    *(("StepCount", "count", 31), ("DistanceWalkingRunning", "km", 0.021)),
    *(("AppleStandTime", "min", 1), ("EnvironmentalAudioExposure", "dBASPL", 55)),
)
ZONE = ZoneInfo("Europe/Lisbon")
CHILD = '>\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n </Record>\n'

Read = Callable[[bytes], object]


class Stream(RawIOBase):
    """Pieces of bytes as a file that is read forward only."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end."""
        parts = [self._rest]
        while size < 0 or sum(map(len, parts)) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
        whole = b"".join(parts)
        taken, self._rest = (whole, b"") if size < 0 else (whole[:size], whole[size:])
        self.size += len(taken)
        return taken


def pieces(total_bytes: int) -> Iterator[bytes]:
    """The export, a day or a run at a time."""
    yield apple.HEAD.encode()
    written, days = 0, 0
    for days in count():
        piece = everyday(days)
        written += len(piece)
        yield piece
        if written > total_bytes * (1 - RUN_SHARE):
            break
    runs: list[apple.Run] = []
    while written < total_bytes:
        start = apple.START + timedelta(days=len(runs) * 5)
        runs.append(apple.Run(start=start, seconds=3600))
        piece = shifted_run(runs[-1])
        written += len(piece)
        yield piece
    for run in runs:
        yield run.workout().encode()
    yield b"</HealthData>\n"


_DAY = datetime(2001, 1, 1, tzinfo=UTC)


def _day() -> bytes:
    parts = []
    for second in range(0, 86_400, 300):
        for kind, unit, value in EVERYDAY:
            text = apple.record(kind, unit, value, _DAY + timedelta(seconds=second), 60)
            parts.append(text.replace("/>\n", CHILD) if kind == "HeartRate" else text)
    return "".join(parts).encode()


DAY = _day()
RUN = "".join(apple.Run(start=_DAY.replace(hour=6, minute=30), seconds=3600).records()).encode()


def everyday(day: int) -> bytes:
    """What one day adds beside runs."""
    return DAY.replace(b"2001-01-01", f"{apple.START + timedelta(days=day):%Y-%m-%d}".encode())


def shifted_run(run: apple.Run) -> bytes:
    """The samples of a run; they begin at the same time of every day."""
    return RUN.replace(b"2001-01-01", f"{run.start:%Y-%m-%d}".encode())


def packed(source: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces after deflate and inflate, as they come out of a zip."""
    deflate, inflate = zlib.compressobj(6, zlib.DEFLATED, -15), zlib.decompressobj(-15)
    for piece in source:
        yield inflate.decompress(deflate.compress(piece))
    yield inflate.decompress(deflate.flush()) + inflate.flush()


def by_iterparse(data: bytes) -> object:
    """A plain loop over ElementTree.iterparse that keeps type, date and value."""
    kept = []
    for _, element in ElementTree.iterparse(BytesIO(data)):
        if element.tag == "Record" and element.get("type", "").encode() in RECORD_TYPES:
            at = datetime.strptime(element.get("startDate", ""), "%Y-%m-%d %H:%M:%S %z")
            kept.append((element.get("type"), at.timestamp(), float(element.get("value", "nan"))))
        if element.tag in ("Record", "Workout"):
            element.clear()
    return kept


def by_expat(data: bytes) -> object:
    """expat with a handler for start tags only, that keeps type, date and value as they are."""
    kept = []

    def start(tag: str, told: dict[str, str]) -> None:
        if tag == "Record" and told["type"].encode() in RECORD_TYPES:
            kept.append((told["type"], told["startDate"], told["value"]))

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.Parse(data, True)
    return kept


def ours(data: bytes) -> object:
    """Whole Contents: samples, days, activities with streams."""
    return read_stream(BytesIO(data), "export.xml", ZONE)


def compare() -> None:
    """Prints MB/s of each way on the sample, and the ratio to the last."""
    data = b"".join(pieces(SAMPLE_BYTES))
    print(f"a sample of {len(data) / 1e6:.0f} MB, CPU time, best of 3")
    readers: dict[str, Read] = {
        "backstride, activities": ours,
        "expat, one handler": by_expat,
        "ElementTree.iterparse": by_iterparse,
    }
    seconds = {name: min(once(read, data) for _ in range(3)) for name, read in readers.items()}
    slowest = seconds["ElementTree.iterparse"]
    for name, took in seconds.items():
        print(f"  {name:24} {len(data) / 1e6 / took:7.1f} MB/s  {slowest / took:5.1f}x")


def once(read: Read, data: bytes) -> float:
    """CPU seconds for the file."""
    begin = process_time()
    read(data)
    return process_time() - begin


def whole(total_bytes: int, through_zip: bool) -> None:
    """Prints how long the whole file takes and the most memory there was at any time."""
    making = perf_counter()
    for _ in packed(pieces(total_bytes)) if through_zip else pieces(total_bytes):
        pass
    making = perf_counter() - making
    stream = Stream(packed(pieces(total_bytes)) if through_zip else pieces(total_bytes))
    begin = perf_counter()
    found = read_stream(cast(BinaryIO, stream), "export.xml", ZONE)
    took = perf_counter() - begin
    rows = sum(activity.stream.rows for activity in found.activities)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size_mb = stream.size / 1e6
    print(f"{size_mb:.0f} MB: {len(found.activities)} activities, {len(found.days)} days, {rows} rows")
    print(f"  {took:.1f} s, {size_mb / took:.0f} MB/s; peak memory {peak_mb:.0f} MB")
    print(
        f"  of that making it up takes {making:.1f} s: {size_mb / max(took - making, 1e-3):.0f} MB/s without"
    )


def main(arguments: list[str]) -> None:
    """The whole file first, so that the sample's memory is not counted."""
    whole(int(float(next(iter(arguments), "2")) * 1e9), "zip" in arguments)
    compare()


if __name__ == "__main__":
    main(sys.argv[1:])
