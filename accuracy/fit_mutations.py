"""What becomes of damaged FIT files: seeded mutations of real and made-up ones, all the way to activities.

    PYTHONPATH=src:. python accuracy/fit_mutations.py [N=10000] [SEED=1]

Each mutant is cut short, has bytes flipped, loses a span, or has spans of another file spliced in.  Printed
for each kind: how many are read, how many refused with BadFile, how many raise anything else (must be 0),
the longest time, and the mean share of the original's records that are still there.  "Still there" counts
records whose time and position or heart rate stand unchanged, so garbage does not count.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
from accuracy.fit_agreement import FOLDER, load
from tests.formats import fit_bytes

from backstride.formats.fit.reader import read
from backstride.model.errors import BadFile

LARGEST = 150_000
"""Bytes of an original: larger ones tell nothing new and take longer."""
KINDS = ("cut", "flip", "lose", "splice")
ZONE = ZoneInfo("UTC")


@dataclass(slots=True)
class Score:
    """What became of the mutants of one kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    kept: list[float] = field(default_factory=list)
    longest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def originals() -> list[bytes]:
    """Sound files with records: real ones where they are there, and made-up ones."""
    made = [fit_bytes.run(600).file(), fit_bytes.run(300).file(header=12)]
    if not FOLDER.is_dir():
        print(f"no real files in {FOLDER}: made-up ones only")
        return made
    real = [load(path) for path in sorted(FOLDER.iterdir()) if path.stat().st_size <= LARGEST]
    return made + [data for data in real if data and len(records(data)) > 20]


def records(data: bytes) -> set[tuple[float, ...]]:
    """What tells each record from others: its moment, place and heart rate."""
    told: set[tuple[float, ...]] = set()
    for activity in read(data, "x.fit", ZONE).activities:
        stream = activity.stream
        if not stream.rows:
            continue
        nothing = np.full(stream.rows, -1.0)
        columns = [stream.get(name, nothing) for name in ("latitude_deg", "longitude_deg", "heart_rate_bpm")]
        moment = np.round(stream["time_s"] + activity.start.timestamp(), 3)
        told |= set(
            zip(moment.tolist(), *(np.nan_to_num(each, nan=-1.0).tolist() for each in columns), strict=True)
        )
    return told


def mutant(data: bytes, other: bytes, kind: str, chance: random.Random) -> bytes:
    """One damaged copy."""
    changed = bytearray(data)
    first = chance.randrange(14, len(data))
    span = chance.choice([1, 3, 20, 200, 2000])
    if kind == "cut":
        del changed[first:]
    elif kind == "lose":
        del changed[first : first + span]
    elif kind == "splice":
        begin = chance.randrange(len(other))
        changed[first : first + chance.choice([0, span])] = other[begin : begin + span]
    else:
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def judge(data: bytes, before: set[tuple[float, ...]], score: Score) -> None:
    """Read one mutant and note what became of it."""
    begun = time.process_time()
    try:
        kept = records(data)
        score.outcomes["read"] += 1
        score.kept.append(len(kept & before) / len(before))
    except BadFile:
        score.outcomes["refused"] += 1
        score.kept.append(0.0)
    except Exception:  # the very thing this looks for
        score.outcomes["raised"] += 1
        score.faults.append(traceback.format_exc())
    score.longest_s = max(score.longest_s, time.process_time() - begun)


def main() -> int:
    """Print the table; 1 when anything was raised."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)
    sound = [(data, records(data)) for data in originals()]
    scores = {kind: Score() for kind in KINDS}
    for nth in range(count):
        data, before = chance.choice(sound)
        kind = KINDS[nth % len(KINDS)]
        judge(mutant(data, chance.choice(sound)[0], kind, chance), before, scores[kind])
    print(f"{count:,} mutants of {len(sound)} files, seed {seed}")
    for kind, score in scores.items():
        outcomes = ", ".join(f"{many:,} {what}" for what, many in sorted(score.outcomes.items()))
        print(
            f"{kind:7} {outcomes}; records kept {np.mean(score.kept):.3f}; "
            f"longest {score.longest_s * 1e3:.0f} ms"
        )
        for fault in score.faults[:3]:
            print(fault)
    print(f"peak memory over one pass of 200: {peak(sound, chance) / 1e6:.0f} MB")
    return int(any(score.faults for score in scores.values()))


def peak(sound: list[tuple[bytes, set[tuple[float, ...]]]], chance: random.Random) -> int:
    """Bytes allocated at once while reading mutants."""
    tracemalloc.start()
    for nth in range(200):
        data = chance.choice(sound)[0]
        judge(mutant(data, data, KINDS[nth % len(KINDS)], chance), {(0.0,)}, Score())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    sys.exit(main())
