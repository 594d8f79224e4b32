"""Progress on a terminal: how much, how fast, how long yet.  Silent when piped."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from backstride.app.intake import Progress, Tell

_EVERY_S = 0.1


@contextmanager
def progress_line(quiet: bool) -> Iterator[Tell]:
    """A function that keeps one line of the terminal up to date with an import, and clears it at the end."""
    with _line(quiet) as show:
        yield lambda progress: show(lambda elapsed_s: progress_words(progress, elapsed_s))


@contextmanager
def measuring_line(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """The same for measuring runs: how many are done, and of how many."""
    with _line(quiet) as show:
        yield lambda done, of: show(lambda elapsed_s: measuring_words(done, of, elapsed_s))


@contextmanager
def files_line(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """The same for files that go into an export, or come out of it."""
    with _line(quiet) as show:
        yield lambda done, of: show(lambda elapsed_s: f"{done:,} of {of:,} files")


@contextmanager
def _line(quiet: bool) -> Iterator[Callable[[Callable[[float], str]], None]]:
    """A function that shows words made from the seconds gone by, not more often than eyes can follow."""
    if quiet or not sys.stderr.isatty():
        yield lambda words: None
        return
    began, last = time.monotonic(), 0.0

    def show(words: Callable[[float], str]) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY_S:
            return
        last = now
        sys.stderr.write("\r\x1b[K" + words(now - began)[: shutil.get_terminal_size().columns - 1])
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def measuring_words(done: int, of: int, elapsed_s: float) -> str:
    """One line: runs, share done, time left."""
    left = f", about {elapsed_s * (of - done) / done:.0f} s left" if done > 20 else ""
    return f"Measuring: {done:,} of {of:,} runs{left}"


def progress_words(progress: Progress, elapsed_s: float) -> str:
    """One line: files, rate, share done, time left."""
    rate = progress.files / elapsed_s if elapsed_s > 0 else 0.0
    share = progress.done_bytes / progress.total_bytes if progress.total_bytes else 1.0
    left = f", about {elapsed_s * (1 - share) / share:.0f} s left" if share > 0.02 else ""
    return f"Reading: {progress.files:,} files, {rate:,.0f} a second, {share:.0%} done{left}  {progress.name}"
