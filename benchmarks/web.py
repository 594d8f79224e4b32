"""How long a page of the app takes with ten years of runs, at rest and during an import, and in what memory.

    PYTHONPATH=src:. python benchmarks/web.py [STORE | RUNS]      3,000 runs when not told

The server is a process of its own, asked over one kept connection, one page after the other.  Beside each
page stands how many times it takes as long as a file that is only handed out.  A STORE is copied, never
written to.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import httpx2

from backstride.app import actions
from backstride.app.intake import import_paths
from backstride.knowledge.loader import shipped
from backstride.model.history import Symptom
from backstride.store.store import Store

write_archive = importlib.import_module("benchmarks.import").write_archive  # its name is a keyword
PAGES = (
    "/",
    "/check-in",
    "/why",
    "/plan",
    "/record",
    "/record/runs",
    "/progress",
    "/knowledge",
    "/settings",
    "/start",
)
ANSWERS = ("/", "/why", "/plan")
"""Pages that show an answer: asked once more each time after something is told, which makes it anew."""
FILE = "/static/icon.svg"
ROUNDS = 30
DURING = 800
"""Runs in the archive that is imported meanwhile."""


def main(store: Path, more: Path) -> None:
    """Prints a table of pages, at rest and during an import, and the memory of the server."""
    with _serving(store) as (address, process), httpx2.Client(base_url=address, timeout=120) as client:
        began = time.perf_counter()
        client.get("/why").raise_for_status()
        print(f"first page of a fresh server: {time.perf_counter() - began:.2f} s")
        rest = {page: _timed(client, page) for page in (FILE, *PAGES)}
        anew = {page: _timed(client, page, before=lambda: _tell(store)) for page in ANSWERS}
        adding = subprocess.Popen(
            (sys.executable, "-m", "backstride", "add", str(more), "--store", str(store)),
            stdout=subprocess.DEVNULL,
        )
        busy = {page: _timed(client, page, adding) for page in (FILE, *PAGES)}
        adding.wait()
        _told(rest, busy)
        for page, took in anew.items():
            print(f"{page} after something is told: p50 {median(took):.0f} ms, p95 {_p95(took):.0f} ms")
        print(f"memory of the server: {_peak_mb(process.pid):.0f} MB at most")


def _tell(store: Path) -> None:
    """A score of today."""
    with Store.open(store) as opened:
        opened.add(Symptom(datetime.now(UTC).date(), 3.0, ("low_back_left",)))


def _timed(
    client: httpx2.Client,
    page: str,
    during: subprocess.Popen[bytes] | None = None,
    before: Callable[[], None] = lambda: None,
) -> list[float]:
    """Milliseconds of each round, not counting what is done `before` it.

    Only while the import runs where one is given.
    """
    took: list[float] = []
    for _ in range(ROUNDS):
        if during is not None and during.poll() is not None:
            break
        before()
        began = time.perf_counter()
        client.get(page, follow_redirects=True).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
    return took


def _told(rest: dict[str, list[float]], busy: dict[str, list[float]]) -> None:
    file = median(rest[FILE])
    print(f"{'page':<16}{'p50':>8}{'p95':>8}{'x file':>8}{'busy p50':>10}{'busy p95':>10}  ms")
    for page, took in rest.items():
        meanwhile = busy[page]
        late = f"{median(meanwhile):>10.1f}{_p95(meanwhile):>10.1f}" if len(meanwhile) > 1 else f"{'':>20}"
        print(f"{page:<16}{median(took):>8.1f}{_p95(took):>8.1f}{median(took) / file:>8.0f}{late}")


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1]


def _peak_mb(process: int) -> float:
    """The most memory it had at any time, from Linux's own count."""
    status = Path(f"/proc/{process}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


@contextmanager
def _serving(store: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server over the store, and its process."""
    command = (sys.executable, "-m", "backstride", "serve", "--no-browser", "--store", str(store))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        words = process.stdout.readline().split()
        try:
            yield next(word for word in words if word.startswith("http")), process
        finally:
            process.terminate()


def _made_up(store: Path, archive: Path, runs: int) -> None:
    write_archive(archive, runs)
    with Store.open(store) as opened:
        import_paths(opened, [archive], actions.zone_of(opened.profile()), lambda progress: None)
        actions.measure_all(opened, shipped(), lambda done, of: None)


if __name__ == "__main__":
    told = sys.argv[1] if len(sys.argv) > 1 else "3000"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if told.isdecimal():
            _made_up(place / "runner.sqlite", place / "years.zip", int(told))
        else:
            shutil.copy(told, place / "runner.sqlite")
            with Store.open(place / "runner.sqlite") as opened:  # as an import leaves it
                actions.measure_all(opened, shipped(), lambda done, of: None)
        write_archive(place / "more.zip", DURING)
        main(place / "runner.sqlite", place / "more.zip")
