"""How fast FIT files are decoded, beside fitdecode and fitfast: the same files, the same process, CPU time.

    PYTHONPATH=src:. python benchmarks/fit.py [FOLDER] [--rounds N] [--slow-rounds N]

For each decoder the best of several rounds over all files counts, in MB of FIT a second of process CPU time.
A ratio is taken over the files that both decoders accept, and how many each refuses is said beside it.
FOLDER is ../shared/data/activities/fit; where it is absent, files made up by the tests stand in for it.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from accuracy.fit_agreement import FOLDER, load
from tests.formats import fit_bytes

from backstride.formats.fit.file import parts_of
from backstride.formats.fit.reader import read

ZONE = ZoneInfo("UTC")
Decode = Callable[[bytes], object]


def record_columns(data: bytes) -> object:
    """Every number of every record, with developer fields, as columns; checksum verified."""
    tables = [part.table("record") for part in parts_of(data, "x.fit")]
    return [(table.numbers(), table.developer_numbers()) for table in tables]


def every_column(data: bytes) -> object:
    """Every number of every message type, known or not."""
    return [
        (table.numbers(), table.developer_numbers())
        for part in parts_of(data, "x.fit")
        for table in map(part.table_of, part.message_numbers())
    ]


def activities(data: bytes) -> object:
    """What an import does: Activities with checked channels, laps, zone, hash."""
    return read(data, "x.fit", ZONE)


def fitfast_records(data: bytes) -> object:
    """fitfast's record columns."""
    import fitfast

    return fitfast.records(data)


def fitfast_everything(data: bytes) -> object:
    """fitfast's dicts of every message."""
    import fitfast

    return fitfast.parse(data)


def fitdecode_everything(data: bytes) -> object:
    """fitdecode's messages, checksum not verified: it knows no columns."""
    import fitdecode

    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
        return [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to decode."""

    name: str
    decode: Decode
    ours: bool
    slow: bool = False


CONTENDERS = (
    Contender("ours, record columns", record_columns, ours=True),
    Contender("ours, every column", every_column, ours=True),
    Contender("ours, activities", activities, ours=True),
    Contender("fitfast records()", fitfast_records, ours=False),
    Contender("fitfast parse()", fitfast_everything, ours=False),
    Contender("fitdecode", fitdecode_everything, ours=False, slow=True),
)
PAIRS = (
    ("ours, record columns", "fitfast records()"),
    ("ours, every column", "fitfast parse()"),
    ("ours, record columns", "fitdecode"),
    ("ours, every column", "fitdecode"),
    ("ours, activities", "fitdecode"),
)


def files(folder: Path) -> dict[str, bytes]:
    """The files by name, without empty ones."""
    if not folder.is_dir():
        print(f"{folder} is not there: made-up files stand in for real ones")
        return {f"made-{seconds}": fit_bytes.run(seconds).file() for seconds in (600, 1_800, 3_600)}
    paths = [path for path in sorted(folder.iterdir()) if path.name.lower().endswith((".fit", ".fit.gz"))]
    return {path.name: data for path in paths if (data := load(path))}


def accepted(contender: Contender, data: dict[str, bytes]) -> frozenset[str]:
    """Names of the files it decodes without an error."""
    sound = []
    for name, each in data.items():
        try:
            contender.decode(each)
        except BaseException as error:  # a Rust panic is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            continue
        sound.append(name)
    return frozenset(sound)


def seconds_by_file(contender: Contender, data: dict[str, bytes], rounds: int) -> dict[str, float]:
    """The best CPU time for each file."""
    best: dict[str, float] = dict.fromkeys(data, float("inf"))
    for _ in range(rounds):
        for name, each in data.items():
            begun = time.process_time()
            contender.decode(each)
            best[name] = min(best[name], time.process_time() - begun)
    return best


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    arguments.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--slow-rounds", type=int, default=2)
    told = arguments.parse_args()
    warnings.simplefilter("ignore")
    data = files(told.folder)
    print(f"{len(data)} files, {sum(map(len, data.values())) / 1e6:.1f} MB")
    times: dict[str, dict[str, float]] = {}
    for contender in CONTENDERS:
        try:
            sound = accepted(contender, data)
        except ImportError:
            print(f"{contender.name:24} not installed")
            continue
        own = {name: data[name] for name in data if name in sound}
        times[contender.name] = seconds_by_file(
            contender, own, told.slow_rounds if contender.slow else told.rounds
        )
        speed, refused = rate(own, times[contender.name]), len(data) - len(own)
        print(f"{contender.name:24} {speed:8.2f} MB/s, refuses {refused}")
    for ours, theirs in PAIRS:
        if ours in times and theirs in times:
            show_ratio(data, times, ours, theirs)


def rate(data: dict[str, bytes], seconds: dict[str, float]) -> float:
    """MB a second over these files."""
    return sum(len(data[name]) for name in seconds) / 1e6 / sum(seconds.values())


def show_ratio(data: dict[str, bytes], times: dict[str, dict[str, float]], ours: str, theirs: str) -> None:
    """How many times as fast, over the files that both accept."""
    both = times[ours].keys() & times[theirs].keys()
    own, other = (sum(times[name][each] for each in both) for name in (ours, theirs))
    size = sum(len(data[name]) for name in both) / 1e6
    speeds = f"{size / own:.1f} against {size / other:.2f} MB/s"
    print(f"{ours} / {theirs}: {other / own:.1f} x, {len(both)} files, {speeds}")


if __name__ == "__main__":
    main()
