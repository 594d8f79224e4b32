"""How far a piece of work is that another process does, and how that process tells it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from pydantic import TypeAdapter

from backstride.app.intake import Progress
from backstride.model.said import Said
from backstride.store.records import said_from_json, said_to_json

EVERY_S = 0.15
"""Between two lines that tell how far it is."""


@dataclass(frozen=True, slots=True)
class Far:
    """What is being done, and how much of it is done."""

    doing: str = "nothing"
    """nothing, waiting, making, reading, measuring, answering, over, failed."""
    count: int = 0
    """Files read, or runs measured."""
    done: int = 0
    of: int = 0
    """Bytes, or runs."""
    gone_s: float = 0.0
    left_s: float | None = None
    stopped: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many files came to what."""
    import_id: int | None = None
    day: str = ""
    """A made-up runner's own day, at the end."""
    told: str = ""
    """What was wrong, as `said_to_json` has it."""
    behind: int = 0
    """How many more wait in line."""

    @property
    def busy(self) -> bool:
        """True while something is done, or about to be."""
        return self.doing in ("waiting", "making", "reading", "measuring", "answering")

    @property
    def faults(self) -> tuple[Said, ...]:
        """What was wrong."""
        return said_from_json(self.told) if self.told else ()


LINE: TypeAdapter[Far] = TypeAdapter(Far)


class Watched:
    """Work whose progress is looked at, also by those who wait for more of it."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._far = Far()

    def far(self) -> Far:
        """How far it is now."""
        with self._changed:
            return self._far

    def next_far(self, before: Far, seconds: float) -> Far:
        """How far it is once that differs from `before`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._far is not before, timeout=seconds)
            return self._far


class Teller:
    """Writes lines for the server, not more often than eyes can follow."""

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


def tell_failed(faults: tuple[Said, ...]) -> None:
    """It came to nothing, and why."""
    tell({"doing": "failed", "told": said_to_json(faults)})
