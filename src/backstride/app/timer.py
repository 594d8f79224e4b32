"""A timer for holds: Enter starts it, Enter stops it, and where somebody looks on, it shows the seconds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

Read = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Timer:
    """`clock` gives seconds; `shows` is True where seconds may be drawn over one line."""

    clock: Callable[[], float] = time.monotonic
    shows: bool = False

    @classmethod
    def of_terminal(cls) -> Timer:
        """Shows the seconds only on a terminal."""
        return cls(shows=sys.stdout.isatty())

    def run(self, read: Read, ends_s: float | None) -> float:
        """Seconds from one Enter to the next, at most `ends_s`."""
        read("Enter starts > ")
        return self.started(read, ends_s)

    def started(self, read: Read, ends_s: float | None = None) -> float:
        """Seconds from now to the next Enter, at most `ends_s`."""
        began = self.clock()
        done = threading.Event()
        shown = threading.Thread(target=self._show, args=(began, done, ends_s), daemon=True)
        if self.shows:
            shown.start()
        try:
            read("Enter stops > ")
        finally:
            done.set()
            if self.shows:
                shown.join()
        took = self.clock() - began
        return took if ends_s is None else min(took, ends_s)

    def _show(self, began: float, done: threading.Event, ends_s: float | None) -> None:
        """Draws the seconds, up or down, once a second; a bell when the time is over."""
        while not done.wait(1):
            gone = self.clock() - began
            left = gone if ends_s is None else max(0.0, ends_s - gone)
            over = ends_s is not None and left == 0
            sys.stdout.write(f"\r{left:4.0f} s  Enter stops > " + ("\a" if over else ""))
            sys.stdout.flush()
            if over:
                return
