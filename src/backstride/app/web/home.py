"""One runner as the app knows them: where the store lies, which day it is, and the answer kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from backstride.app.actions import assess_store, zone_of
from backstride.app.interview import Interview
from backstride.knowledge.knowledge import Knowledge
from backstride.languages.catalog import translated
from backstride.model.assessment import Assessment
from backstride.model.text import Catalog
from backstride.store.store import Store

Made = TypeVar("Made")
MOST_KEPT = 32
"""As many things that pages are made of are kept at hand."""


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
    _catalogs: dict[str, Catalog] = field(default_factory=dict)
    _kept_lock: RLock = field(default_factory=RLock)
    _kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)  # Any: what each page is made of

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

    def catalog(self, language: str) -> Catalog:
        """Every sentence in a language, put together once: a page says hundreds."""
        if language not in self._catalogs:
            self._catalogs[language] = translated(self.knowledge.sentences, language)
        return self._catalogs[language]

    def keep(self, store: Store, name: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for as long as nothing in the store changes."""
        key = (store.version(), name)
        with self._kept_lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                made: Made = self._kept[key]
                return made
        new = make()
        with self._kept_lock:
            self._kept[key] = new
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return new
