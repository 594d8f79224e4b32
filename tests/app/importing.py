"""A program that imports what it is given with two workers, and says on stdout after each file that it is in.

Run as `python importing.py STORE PATH`.
"""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path

from backstride.app.intake import Progress, import_paths
from backstride.store.store import Store


def main(store_path: Path, given: Path) -> None:
    def tell(progress: Progress) -> None:
        sys.stdout.write(f"{progress.files}\n")
        sys.stdout.flush()

    with Store.open(store_path) as store:
        report = import_paths(store, (given,), UTC, tell, workers=2)
    sys.stdout.write("stopped\n" if report.stopped else "whole\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
