"""One import in a process of its own, so that pages stay quick: how far it is, as lines of JSON.

python -m backstride.app.web.import_job STORE PATH...
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from backstride.app.actions import measure_all, zone_of
from backstride.app.intake import Progress, import_paths
from backstride.knowledge.loader import shipped
from backstride.model.errors import BackstrideError
from backstride.store.store import Store

EVERY_S = 0.15
"""Between two lines that tell how far it is."""


class _Teller:
    """Writes lines, not more often than eyes can follow."""

    def __init__(self) -> None:
        self._began, self._last = time.monotonic(), 0.0

    def reading(self, progress: Progress) -> None:
        """How far reading is, by bytes."""
        self._far("reading", progress.files, progress.done_bytes, progress.total_bytes)

    def measuring(self, done: int, of: int) -> None:
        """How far measuring is, by runs."""
        self._far("measuring", done, done, of)

    def begin(self) -> None:
        """Another kind of work begins: time is counted from here."""
        self._began, self._last = time.monotonic(), 0.0

    def _far(self, what: str, count: int, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self._last < EVERY_S and done < of:
            return
        self._last = now
        gone = now - self._began
        left = gone * (of - done) / done if done and done * 50 > of else None
        tell({"doing": what, "count": count, "done": done, "of": of, "gone_s": gone, "left_s": left})


def tell(line: dict[str, Any]) -> None:  # Any: JSON
    """One line for the server."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(store: Path, paths: list[Path]) -> None:
    """Everything under the paths is in the store, and every run is measured, unless it is stopped before."""
    teller = _Teller()
    with Store.open(store) as opened:
        report = import_paths(opened, paths, zone_of(opened.profile()), teller.reading)
        if not report.stopped:
            teller.begin()
            with suppress(KeyboardInterrupt):
                measure_all(opened, shipped(), teller.measuring)
        tell({"doing": "over", "stopped": report.stopped, "counts": report.counts})


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]])
    except KeyboardInterrupt:
        tell({"doing": "over", "stopped": True, "counts": {}})
    except BackstrideError as error:
        tell({"doing": "failed", "faults": list(map(str, error.faults))})
