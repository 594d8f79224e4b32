"""How long the store takes for a run, beside a plain SQLite table with one row a second.

Run `python benchmarks/store.py [ACTIVITIES]` (200 when not told).  The same made-up activities for both, of
3,600 s x 12 channels in a device's own steps; best of three; CPU time of this process, and the wall for what
waits on the disk.  The store does more than its peer: it also checks, and keeps the original and the ledger.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from backstride.model.activity import Activity, Column, Origin, Stream
from backstride.model.channels import CHANNELS
from backstride.model.ledger import LedgerLine
from backstride.store.store import Store

SECONDS = 3_600
NAMES = tuple(CHANNELS)[:12]
FILE_BYTES = 150_000
"""About what a watch writes for such a run."""
ROUNDS = 3
LOADS = 50

# How much a channel changes from second to second, in steps, and how often: as a steady run looks.
_WANDER = {"latitude_deg": 300, "longitude_deg": 300, "distance_m": 40, "altitude_m": 20}


@dataclass(frozen=True)
class Times:
    """Milliseconds, and bytes in a file."""

    import_cpu_ms: float
    import_wall_ms: float
    load_ms: float
    scan_ms: float
    size_bytes: int


def channel(name: str, chance: np.random.Generator) -> Column:
    """An hour of one channel, in whole steps."""
    if name == "time_s":
        return np.arange(SECONDS, dtype=np.float64)
    row = CHANNELS[name]
    per = round(1 / row.step)
    reach = _WANDER.get(name, 2)
    changes = chance.integers(-reach, reach + 1, SECONDS) * (chance.random(SECONDS) < 0.7)
    middle = round((row.low + row.high) / 2 * per)
    whole = np.clip(middle + np.cumsum(changes), round(row.low * per), round(row.high * per))
    values: Column = whole / per
    return values


def activity(number: int) -> tuple[bytes, Activity, LedgerLine]:
    """A run and a file of the size and the compressibility of a watch's."""
    chance = np.random.default_rng(number)
    data = chance.integers(0, 40, FILE_BYTES, dtype=np.uint8).tobytes()
    start = datetime(2016, 1, 1, 6, tzinfo=UTC) + timedelta(days=number)
    origin = Origin(hashlib.sha256(data).hexdigest(), f"{number}.fit", "fit", 1)
    stream = Stream({name: channel(name, chance) for name in NAMES})
    run = Activity(start, "file", "run", origin, stream=stream)
    return data, run, LedgerLine(origin.name, "imported", "a run", (run.id,))


def milliseconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return (clock() - began) * 1e3


def size(path: Path) -> int:
    return path.stat().st_size


def time_store(path: Path, runs: list[tuple[bytes, Activity, LedgerLine]]) -> Times:
    """Ours."""
    with Store.open(path) as store:
        import_id = store.begin_import()
        wall, cpu = time.perf_counter(), time.process_time()
        for data, run, line in runs:
            store.add_file(import_id, data, (run,), line)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        middle = runs[len(runs) // 2][1].id

        def load() -> None:
            found = store.activity(middle)
            assert found is not None
            assert sum(column.size for column in found.stream.values()) == SECONDS * len(NAMES)

        def scan() -> None:
            counts = np.zeros(300, np.int64)
            for run in store.history().activities:
                counts += np.bincount(run.stream["heart_rate_bpm"].astype(np.int64), minlength=300)
            assert counts.sum() == SECONDS * len(runs)

        load_ms = min(milliseconds(load, time.perf_counter) for _ in range(LOADS))
        scan_ms = milliseconds(scan, time.perf_counter)
    each = 1e3 / len(runs)
    return Times(cpu * each, wall * each, load_ms, scan_ms, size(path))


def time_rows(path: Path, runs: list[tuple[bytes, Activity, LedgerLine]]) -> Times:
    """The peer: a table with a row a second and a column a channel, a commit an activity."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    columns = ", ".join(f"{name} REAL" for name in NAMES)
    connection.execute(f"CREATE TABLE second (activity INTEGER, {columns})")
    connection.execute("CREATE INDEX second_of ON second (activity)")
    insert = f"INSERT INTO second VALUES ({', '.join('?' * (len(NAMES) + 1))})"
    wall, cpu = time.perf_counter(), time.process_time()
    for number, (_, run, _) in enumerate(runs):
        rows = zip([number] * SECONDS, *(run.stream[name].tolist() for name in NAMES), strict=True)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(insert, rows)
        connection.execute("COMMIT")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu

    def load() -> None:
        found = connection.execute("SELECT * FROM second WHERE activity = ?", (len(runs) // 2,)).fetchall()
        assert np.array(found, dtype=np.float64).shape == (SECONDS, len(NAMES) + 1)

    def scan() -> None:
        query = "SELECT CAST(heart_rate_bpm AS INTEGER), count(*) FROM second GROUP BY 1"
        assert sum(count for _, count in connection.execute(query)) == SECONDS * len(runs)

    load_ms = min(milliseconds(load, time.perf_counter) for _ in range(LOADS))
    scan_ms = milliseconds(scan, time.perf_counter)
    connection.close()
    each = 1e3 / len(runs)
    return Times(cpu * each, wall * each, load_ms, scan_ms, size(path))


def best(time_one: Callable[[Path, list[tuple[bytes, Activity, LedgerLine]]], Times], count: int) -> Times:
    """The lowest of each figure over the rounds, each in a new file."""
    runs = [activity(number) for number in range(count)]
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(time_one(Path(folder) / "timed.sqlite", runs))
    return Times(*(min(getattr(one, name) for one in rounds) for name in Times.__dataclass_fields__))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    ours, rows = best(time_store, count), best(time_rows, count)
    print(f"{count} activities of {SECONDS} s x {len(NAMES)} channels, best of {ROUNDS}")
    print(f"{'':44}{'store':>10}{'rows':>10}{'rows/store':>12}")
    lines = (
        ("import one, CPU ms (store: with original)", ours.import_cpu_ms, rows.import_cpu_ms),
        ("import one, wall ms (store: with original)", ours.import_wall_ms, rows.import_wall_ms),
        ("load one, all channels, ms", ours.load_ms, rows.load_ms),
        ("heart-rate histogram of all, ms", ours.scan_ms, rows.scan_ms),
        (
            "size of one, KB (store: with original)",
            ours.size_bytes / count / 1e3,
            rows.size_bytes / count / 1e3,
        ),
    )
    for what, store, peer in lines:
        print(f"{what:44}{store:10.2f}{peer:10.2f}{peer / store:12.1f}")


if __name__ == "__main__":
    main()
