"""Progress on a terminal: how much, how fast, how long yet.  Silent when piped."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from backstride.app.intake import Progress, Tell

_EVERY_S = 0.1


@contextmanager
def progress_line(quiet: bool) -> Iterator[Tell]:
    """A function that keeps one line of the terminal up to date, and clears it at the end."""
    if quiet or not sys.stderr.isatty():
        yield lambda progress: None
        return
    began, last = time.monotonic(), 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY_S:
            return
        last = now
        line = progress_words(progress, now - began)
        sys.stderr.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def progress_words(progress: Progress, elapsed_s: float) -> str:
    """One line: files, rate, share done, time left."""
    rate = progress.files / elapsed_s if elapsed_s > 0 else 0.0
    share = progress.done_bytes / progress.total_bytes if progress.total_bytes else 1.0
    left = f", about {elapsed_s * (1 - share) / share:.0f} s left" if share > 0.02 else ""
    return f"Reading: {progress.files:,} files, {rate:,.0f} a second, {share:.0%} done{left}  {progress.name}"
