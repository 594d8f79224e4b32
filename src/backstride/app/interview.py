"""Where a check-in stands: what is known so far, and what is asked next, without reading the runs again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeAlias

from backstride.app.lapsed import lapsed
from backstride.causes.next_question import next_question
from backstride.causes.rank import rank
from backstride.copies import each_once
from backstride.features.course import course
from backstride.features.find import findings
from backstride.features.measures.memory import Measured
from backstride.features.onset import seen_from_onset
from backstride.knowledge.facts import Known, known_on
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.assessment import Tier, Triage
from backstride.model.course import Course
from backstride.model.findings import Finding, Onset
from backstride.model.history import History
from backstride.model.text import Text
from backstride.store.store import Store
from backstride.triage.standing import ASKED_OF_PROFILE
from backstride.triage.triage import triage


@dataclass(frozen=True, slots=True)
class About:
    """Ask a field of the profile: age or sex."""

    field: str


@dataclass(frozen=True, slots=True)
class Page:
    """Put safety questions on one page, to tick what applies; one question alone is asked by itself."""

    questions: tuple[Question, ...]

    @property
    def urgent(self) -> tuple[Question, ...]:
        """Those that may be an emergency; they stand first."""
        return tuple(each for each in self.questions if each.emergency or each.follows is not None)

    @property
    def rest(self) -> tuple[Question, ...]:
        """The others."""
        return tuple(each for each in self.questions if each not in self.urgent)


@dataclass(frozen=True, slots=True)
class PainToday:
    """Ask how bad it is, where, and when it is worst around a run."""


@dataclass(frozen=True, slots=True)
class Began:
    """Ask on which day it began."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Ask the question that tells most now."""

    question: Question
    why_now: Text
    number: int
    """1 for the first of these questions in this check-in."""


Step: TypeAlias = About | Page | PainToday | Began | Telling

BEGAN = "pain_began_on"


@dataclass(slots=True)
class Interview:
    """What the record said once, and the answers as they come in."""

    history: History
    found: tuple[Finding, ...]
    course: Course | None
    on: date
    knowledge: Knowledge
    most: int
    """How many questions may follow once safety is settled; they are asked most telling first."""
    measured: Measured
    """What was worked out of its runs."""
    onset: Onset | None
    """When the pain began, as `found` and `course` see it."""
    passed: set[str] = field(default_factory=set)
    """What was put and left unanswered in this check-in, by question id or step name: not put again."""
    told: list[str] = field(default_factory=list)
    """Ids of the telling questions put so far."""

    @classmethod
    def begin(cls, store: Store, on: date, knowledge: Knowledge, most: int = 10) -> Self:
        """An interview on what is stored so far; the runs are looked at once, here, by kept measures."""
        history = each_once(store.history())
        measured = Measured(knowledge, store.measured())
        look = seen_from_onset(history, on, knowledge, measured)
        return cls(history, findings(look), course(look), on, knowledge, most, measured, look.onset)

    def refresh(self, history: History) -> None:
        """Take in what was answered since; the runs are looked at again only where the onset moved.

        Of `history` only what the runner told is taken: `Store.told` is enough.
        """
        known = self.history
        history = replace(history, activities=known.activities, days=known.days, shoes=known.shoes)
        after = seen_from_onset(history, self.on, self.knowledge, self.measured)
        if self.onset != after.onset:
            self.found = findings(after)
            self.onset = after.onset
        self.course = course(after)
        self.history = history

    def known(self) -> Known:
        """Everything known now."""
        return known_on(self.history, self.found, self.on, self.knowledge, self.course)

    def triage(self) -> Triage:
        """Where safety stands now."""
        return triage(self.known(), self.knowledge)

    def next_step(self) -> Step | None:
        """What to ask now: safety before all else, then the pain, then what tells most.

        None at an emergency, once a red flag has settled it, where what was left out keeps safety open,
        or when nothing more is worth asking.
        """
        safety = self.triage()
        if safety.tier >= Tier.T4:
            return None
        if still_open := tuple(id for id in safety.open_questions if id not in self.passed):
            return self._safety_step(still_open)
        if safety.open_questions:
            return None
        if safety.stops_plan:
            return None
        if anew := tuple(each for each in self._lapsed() if each.id not in self.passed):
            return Page(anew[:1])
        if "pain" not in self.passed and not any(note.on == self.on for note in self.history.symptoms):
            return PainToday()
        if BEGAN not in self.passed | self.known().answered:
            return Began()
        return self._telling_step()

    def _lapsed(self) -> tuple[Question, ...]:
        """What the plan waits for and was told too long ago, though no red flag hangs on it."""
        return lapsed(self.history, self.known(), self.knowledge)

    def _safety_step(self, open_ids: tuple[str, ...]) -> Step:
        about = [id for id in open_ids if id in ASKED_OF_PROFILE]
        if about:
            return About(about[0])
        return Page(tuple(self.knowledge.questions[id] for id in open_ids))

    def _telling_step(self) -> Telling | None:
        """The most telling question that needs no floor to lie on; physical tests are for another moment."""
        if len(self.told) >= self.most:
            return None
        known = self.known()
        tests = {id for id, question in self.knowledge.questions.items() if question.group == "test"}
        safety = triage(known, self.knowledge)
        ask = next_question(
            known,
            safety,
            rank(known, self.knowledge, safety.raised),
            self.knowledge,
            left_out=frozenset(self.passed | tests),
        )
        if ask is None:
            return None
        return Telling(self.knowledge.questions[ask.question], ask.why, len(self.told) + 1)
