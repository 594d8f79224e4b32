"""A long history costs no memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from tests.store import made_up

from backstride.store.store import Store

ACTIVITIES = 300
ROWS = 900
COLUMN_BYTES = ROWS * 8


def test_looking_at_every_stream_of_a_long_history_keeps_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "runner.sqlite") as store:
        run = store.begin_import()
        for number in range(ACTIVITIES):
            data, activity, line = made_up.file(number, ROWS)
            store.add_file(run, data, (activity,), line)
        history = store.history()
        tracemalloc.start()
        try:
            seen = sum(
                activity.stream[channel].size
                for activity in history.activities
                for channel in activity.stream
            )
            kept, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert ACTIVITIES * ROWS * len(made_up.CHANNELS_USED) == seen
    assert kept < 10 * COLUMN_BYTES
    assert peak < 40 * COLUMN_BYTES  # of 1,800 columns
