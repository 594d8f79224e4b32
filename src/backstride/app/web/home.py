"""One runner as the app knows them: where the store lies, which day it is, and the answer kept at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import RLock

from backstride.app.actions import assess_store, zone_of
from backstride.app.interview import Interview
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Assessment
from backstride.store.store import Store


@dataclass(slots=True)
class Home:
    """A store, and what was last worked out of it: worked out again only when something in it changed.

    Requests come on several threads; each opens the store for itself.
    """

    path: Path
    knowledge: Knowledge
    fixed_on: Callable[[], date] | None = None
    """Which day it is for this runner, where that is not today: a made-up runner's story has its own."""
    _lock: RLock = field(default_factory=RLock)
    _answer: tuple[tuple[str, date], Assessment] | None = None
    _interview: tuple[tuple[str, date], Interview] | None = None

    def store(self) -> Store:
        """The store, opened for the thread that asks; to be closed by it."""
        return Store.open(self.path)

    def on(self) -> date:
        """The runner's today: by their zone, where they told it."""
        if self.fixed_on is not None:
            return self.fixed_on()
        with self.store() as store:
            return datetime.now(zone_of(store.profile())).date()

    def answer(self, on: date) -> Assessment:
        """The answer as of a day, of what stands in the store now."""
        with self._lock, self.store() as store:
            key = (store.version(), on)
            if self._answer is None or self._answer[0] != key:
                self._answer = (key, assess_store(store, on, self.knowledge))
            return self._answer[1]

    def interview(self, store: Store, on: date) -> Interview:
        """Where the check-in stands: the runs are looked at once for as long as no file comes in."""
        with self._lock:
            key = (store.files_version(), on)
            if self._interview is None or self._interview[0] != key:
                self._interview = (key, Interview.begin(store, on, self.knowledge))
            interview = self._interview[1]
            interview.refresh(store.history())
            return interview

    def forget(self) -> None:
        """Nothing that was worked out is held any more."""
        with self._lock:
            self._answer = self._interview = None
