"""How long it takes to measure ten years of running, and to answer again when one run is added.

    PYTHONPATH=src:. python benchmarks/features.py [RUNS]      3,000 when not told

The made-up archive of `benchmarks/import.py` (runs of an hour, a sample a second, 12 channels in FIT) is
imported first.  Cold: every run is measured from the store's columns.  Warm: one run is added, and the whole
answer is worked out again, the history read from the store.  The peer takes means over plain rows, one dict a
second, as scripts do on what a parser hands them.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from backstride.app import actions
from backstride.app.intake import import_paths
from backstride.assess import assess
from backstride.features.measures.memory import Measured
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity
from backstride.model.history import Answer
from backstride.store.store import Store

write_archive = importlib.import_module("benchmarks.import").write_archive  # its name is a keyword
PEER_RUNS = 12


def main(count: int) -> None:
    """Makes the store, and prints what measuring and answering took."""
    knowledge = shipped()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "made-up-export.zip"
        write_archive(archive, count)
        with Store.open(Path(folder) / "runner.sqlite") as store:
            import_paths(store, [archive], actions.zone_of(store.profile()), lambda progress: None)
            runs = store.history().activities
            began = time.perf_counter()
            actions.measure_all(store, knowledge, lambda done, of: None)
            cold = time.perf_counter() - began
            print(
                f"cold: {len(runs):,} runs measured in {cold:.1f} s, {1000 * cold / len(runs):.2f} ms a run"
            )
            _warm(store, runs)
            _beside_rows(store.history().activities[:PEER_RUNS], cold / len(runs))


def _warm(store: Store, runs: tuple[Activity, ...]) -> None:
    knowledge = shipped()
    on = max(run.on for run in runs)
    store.add(Answer("pain_began_on", (on - timedelta(days=3)).isoformat(), on))
    one = runs[-1]
    store.keep_measured({one.id: ("out of date", {})})
    took = dict[str, float]()
    began = time.perf_counter()
    history = store.history()
    took["history read"] = time.perf_counter() - began
    began = time.perf_counter()
    measured = Measured(knowledge, store.measured())
    took["measures read"] = time.perf_counter() - began
    began = time.perf_counter()
    assess(history, on, knowledge, measured)
    took["answer, one run measured"] = time.perf_counter() - began
    assert one.id in measured.new or len(measured.new) <= 1
    for what, seconds in took.items():
        print(f"warm: {what}: {seconds:.3f} s")
    print(f"warm: {sum(took.values()):.3f} s in all")


def _beside_rows(runs: tuple[Activity, ...], ours_s: float) -> None:
    """The same means, one second at a time, as scripts over parsed rows do."""
    began = time.perf_counter()
    for run in runs:
        names = list(run.stream)
        columns = [run.stream[name].tolist() for name in names]
        rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
        running = [row for row in rows if row.get("speed_mps", 0) >= 2.0]
        for name in names:
            values = [row[name] for row in running if row[name] == row[name]]
            sum(values) / max(1, len(values))
    peer = (time.perf_counter() - began) / len(runs)
    print(f"one run: ours {1000 * ours_s:.1f} ms, means over plain rows {1000 * peer:.1f} ms")
    print(f"ratio: {peer / ours_s:.1f}x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
