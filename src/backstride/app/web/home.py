"""One runner as the app knows them: where the store lies, which day it is, and the answer kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any, TypeAlias, TypeVar

from backstride.app.actions import assess_store, zone_of
from backstride.app.interview import Interview
from backstride.app.web.sitting import Kind, Sitting
from backstride.assess import assess_once
from backstride.features.measures.memory import Measured
from backstride.knowledge.knowledge import Knowledge
from backstride.languages.catalog import translated
from backstride.model.assessment import Assessment
from backstride.model.history import History
from backstride.model.text import Catalog
from backstride.store.store import Store

Runs: TypeAlias = tuple[object, ...]
"""What the runner told that changes which runs there are, or what they were run in."""
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
    busy: Callable[[], bool] = lambda: False
    """Whether files are coming in: then the answer waits for the last of them, unless something is told."""
    _lock: RLock = field(default_factory=RLock)
    _answer: tuple[tuple[str, date], Assessment] | None = None
    _catalogs: dict[str, Catalog] = field(default_factory=dict)
    _interview: tuple[tuple[str, Runs, date], Interview] | None = None
    _taken_in: History | None = None
    """What of the runner's telling the interview knows."""
    _sitting: Sitting | None = None
    _yesterday: tuple[tuple[str, date], Assessment] | None = None
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
            if self._answer is None or (self._answer[0] != key and not self._waits(store, on)):
                self._answer = (key, self._worked_out(store, on))
            return self._answer[1]

    def _worked_out(self, store: Store, on: date) -> Assessment:
        """The answer, of the runs that the check-in has at hand where they are all there are."""
        interview = self.interview(store, on)
        assert self._interview is not None
        files, *_ = self._interview[0]
        return self._of(interview if files == store.files_version() else None, store, on)

    def _of(self, interview: Interview | None, store: Store, on: date) -> Assessment:
        """The answer of what the interview knows, which is all there is; else of what the store holds.

        Which copies are one run may hang on what is recorded after the day: then it is looked at anew too.
        """
        if interview is None or any(activity.on > on for activity in interview.history.activities):
            return assess_store(store, on, self.knowledge)
        answer = assess_once(interview.history, on, self.knowledge, interview.measured)
        _keep_measured(store, interview.measured)
        return answer

    def renew(self) -> None:
        """The answer of what stands in the store now is at hand; pages are not held up meanwhile."""
        on = self.on()
        with self.store() as store:
            key, told = (store.version(), on), store.told()
            runs, interview = _runs(store, told, on), self._begun(store, on)
            answer = self._of(interview, store, on)
        with self._lock:
            self._answer = (key, answer)
            self._interview, self._taken_in = (runs, interview), told

    def _waits(self, store: Store, on: date) -> bool:
        """True while nothing but files came in since the answer that is kept, and more of them are coming.

        What is recorded raises no red flag: no warning waits for the last of the files.
        """
        assert self._answer is not None
        (version, day), _ = self._answer
        return self.busy() and day == on and version.split()[1] == store.version().split()[1]

    def sitting(self, on: date) -> Sitting:
        """The check-in of that day; a new one where there is none yet."""
        with self._lock:
            if self._sitting is None or self._sitting.on != on:
                self._sitting = Sitting(on)
            return self._sitting

    def begin(self, on: date, kind: Kind) -> None:
        """A check-in from its beginning; what is answered stays answered, and can no longer be taken back."""
        with self._lock:
            noted = self.sitting(on).noted
            self._sitting = Sitting(on, kind, noted=noted)

    def recent(self, on: date) -> Assessment:
        """The answer as it last was worked out for that day: what was told since is not in it yet.

        For a page that needs the answer for its sources only; what must be seen first it asks `interview`.
        """
        with self._lock:
            if self._answer is None or self._answer[0][1] != on:
                return self.answer(on)
            return self._answer[1]

    def yesterday(self, on: date) -> Assessment:
        """The answer as of the day before, worked out once for as long as no file comes in."""
        before = on - timedelta(days=1)
        with self._lock, self.store() as store:
            key = (store.files_version(), before)
            if self._yesterday is None or self._yesterday[0] != key:
                self._yesterday = (key, assess_store(store, before, self.knowledge))
            return self._yesterday[1]

    def interview(self, store: Store, on: date) -> Interview:
        """Where the check-in stands, for one request to change as it likes.

        The runs are looked at once for as long as none comes or goes; what was told is taken in each time.
        """
        with self._lock:
            told = store.told()
            key = _runs(store, told, on)
            before = None if self._interview is None else self._interview[0]
            more_to_come = self.busy() and before is not None and before[1:] == key[1:]
            if before != key and not more_to_come:
                self._interview = (key, self._begun(store, on))
                self._taken_in = None
            assert self._interview is not None
            interview = self._interview[1]
            if self._taken_in != told:
                interview.refresh(told)
                self._taken_in = told
            return replace(interview, passed=set(), told=[])

    def _begun(self, store: Store, on: date) -> Interview:
        interview = Interview.begin(store, on, self.knowledge)
        _keep_measured(store, interview.measured)
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

    def forget(self) -> None:
        """Nothing that was worked out is held any more."""
        with self._lock, self._kept_lock:
            self._answer = self._interview = self._taken_in = self._sitting = self._yesterday = None
            self._kept.clear()


def _runs(store: Store, told: History, on: date) -> tuple[str, Runs, date]:
    """Changes with what runs there are as of a day, and with nothing else."""
    return store.files_version(), (told.sameness, told.removed, told.recorded, told.shoes), on


def _keep_measured(store: Store, measured: Measured) -> None:
    if measured.new:
        store.keep_measured(measured.new)
        measured.new.clear()
