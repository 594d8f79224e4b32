"""How fast GPX and TCX are read, against gpxpy, on the same files in the same run.

    python benchmarks/gpx_tcx.py [FOLDER ...]

Reads the .gpx and .tcx files of the folders, by default of ../shared/data/activities; where there are
none, a made-up GPX file of a two-hour run.  CPU time, best of seven; only files that both accept count
for a ratio.  gpxpy parses points without working anything out of them; our `read` makes whole
activities: distance, speed, pauses, climb, zone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import UTC
from pathlib import Path
from time import process_time

from backstride.formats.xml import gpx, tcx
from backstride.formats.xml.events import parse
from backstride.formats.xml.gpx_log import SHAPE, GpxLog
from backstride.model.errors import BadFile

ROUNDS = 7
SHARED = Path(__file__).parents[2] / "shared" / "data" / "activities"

Read = Callable[[bytes], object]


def main(folders: Iterable[str]) -> None:
    """Prints one line per reader and format."""
    roots = [Path(folder) for folder in folders] or [SHARED]
    found = [path for root in roots for path in sorted(root.rglob("*")) if path.is_file()]
    logs = [path.read_bytes() for path in found if path.suffix.lower() == ".gpx"] or [made_up()]
    courses = [path.read_bytes() for path in found if path.suffix.lower() == ".tcx"]
    ours: dict[str, Read] = {
        "backstride, points only": lambda data: parse(data, "x.gpx", SHAPE, GpxLog),
        "backstride, activities": lambda data: gpx.read(data, "x.gpx", UTC),
    }
    compare("GPX", logs, ours | peer())
    if courses:
        compare("TCX", courses, {"backstride, activities": lambda data: tcx.read(data, "x.tcx", UTC)})


def peer() -> dict[str, Read]:
    """gpxpy where it is installed."""
    try:
        import gpxpy
    except ImportError:
        print("gpxpy is not installed: nothing to compare with")
        return {}
    return {f"gpxpy {gpxpy.__version__}": lambda data: gpxpy.parse(data)}


def compare(what: str, files: list[bytes], readers: dict[str, Read]) -> None:
    """Prints MB/s of each reader on the files that all of them accept, and the ratio to the last."""
    refused = {name: [not accepts(read, data) for data in files] for name, read in readers.items()}
    common = [data for data, *no in zip(files, *refused.values(), strict=True) if not any(no)]
    size_mb = sum(map(len, common)) / 1e6
    print(f"{what}: {len(common)} of {len(files)} files accepted by all, {size_mb:.1f} MB")
    seconds = {name: best(read, common) for name, read in readers.items()}
    slowest = list(seconds.values())[-1]
    for name, took in seconds.items():
        rate, ratio = size_mb / took, slowest / took
        print(f"  {name:26} {rate:7.1f} MB/s  {ratio:5.1f}x  refuses {sum(refused[name])}")


def accepts(read: Read, data: bytes) -> bool:
    """True where the reader takes the file."""
    try:
        read(data)
    except (BadFile, ValueError):
        return False
    except Exception as fault:
        # gpxpy has errors of its own, named when it is installed.
        return not type(fault).__module__.startswith("gpxpy") and not isinstance(fault, SyntaxError)
    return True


def best(read: Read, files: list[bytes]) -> float:
    """CPU seconds for all files, the best of `ROUNDS`."""
    return min(once(read, files) for _ in range(ROUNDS))


def once(read: Read, files: list[bytes]) -> float:
    """CPU seconds for all files."""
    begin = process_time()
    for data in files:
        read(data)
    return process_time() - begin


def made_up() -> bytes:
    """A run of two hours with heart rate and cadence, as Garmin Connect lays it out."""
    points = "".join(
        f'      <trkpt lat="{52 + at * 3e-5:.7f}" lon="13.4">\n        <ele>{40 + at % 30}</ele>\n'
        f"        <time>2024-05-01T{6 + at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000Z</time>\n"
        "        <extensions>\n          <ns3:TrackPointExtension>\n"
        f"            <ns3:hr>{140 + at % 20}</ns3:hr>\n            <ns3:cad>85</ns3:cad>\n"
        "          </ns3:TrackPointExtension>\n        </extensions>\n      </trkpt>\n"
        for at in range(7200)
    )
    head = (
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
    )
    return f"{head}\n<trk><type>running</type><trkseg>\n{points}</trkseg></trk></gpx>\n".encode()


if __name__ == "__main__":
    main(sys.argv[1:])
