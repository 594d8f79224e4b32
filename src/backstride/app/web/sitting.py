"""One check-in on the pages: what was put and taken so far, what comes next, and how a step is taken back.

The answers themselves are in the store at once; this is only where the runner stands, and is lost with the
server without harm: what is answered is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from starlette.datastructures import FormData

from backstride.app import entering
from backstride.app.daily import asked_anew
from backstride.app.interview import BEGAN, About, Began, Interview, Page, PainToday, Step, Telling
from backstride.app.prompt import checked_score
from backstride.app.web.guard import TOKEN_FIELD
from backstride.knowledge.facts import NOT_SURE
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Tier
from backstride.model.errors import BadInput
from backstride.model.history import REGIONS, TIMINGS, History, Profile
from backstride.model.said import Said, plainly
from backstride.model.text import Text
from backstride.reports.wording import Wording
from backstride.store.store import Store
from backstride.triage.standing import ASKED_OF_PROFILE

Sent = Mapping[str, Sequence[str]]
"""What a form sent: each field with its values."""
Kind = Literal["whole", "daily"]
"""The whole check-in, or only the safety questions before the daily one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One step that was answered or left out, and what takes it back."""

    typed: Sent
    rows: tuple[int, ...] = ()
    """Ids of the diary rows it made."""
    before: Profile | None = None
    """The profile as it was; None where it was not changed."""
    passed: str | None = None
    telling: str | None = None
    ticked: tuple[str, ...] = ()
    """What was still to be asked in full before this step."""


@dataclass(slots=True)
class Sitting:
    """One check-in of one day."""

    on: date
    kind: Kind = "whole"
    passed: set[str] = field(default_factory=set)
    """What was put and left out, by question id or step name."""
    telling: list[str] = field(default_factory=list)
    """Ids of the telling questions answered so far."""
    ticked: tuple[str, ...] = ()
    """Ticked on the page of safety questions, and now to be asked in full."""
    again: str | None = None
    """A safety question that was answered and is put once more, also at an emergency."""
    done: list[Taken] = field(default_factory=list)
    """Oldest first."""
    typed: Sent = field(default_factory=dict)
    """What was given to the step that was just taken back."""
    note: Text | None = None
    """What the last step says on the next page."""
    noted: list[tuple[int, ...]] = field(default_factory=list)
    """Diary rows of each daily check-in, oldest first."""
    _ready: tuple[History, tuple[object, ...], Step | None] | None = None
    """The step that was worked out last, and what it was worked out of."""

    def prepare(self, interview: Interview) -> None:
        """Tells the interview what is not to be put again."""
        interview.passed = set(self.passed)
        interview.told = list(self.telling)
        if self.kind == "daily":
            interview.passed |= {"pain", BEGAN}
            interview.most = 0

    def next_step(self, interview: Interview) -> Step | None:
        """What is asked now: what was ticked comes in full before all else, an emergency ends it."""
        self.prepare(interview)
        place = (self.kind, frozenset(self.passed), tuple(self.telling), self.ticked, self.again)
        if self._ready is None or self._ready[0] is not interview.history or self._ready[1] != place:
            self._ready = (interview.history, place, self._next(interview))
        return self._ready[2]

    def _next(self, interview: Interview) -> Step | None:
        if self.again is not None:
            return Page((interview.knowledge.questions[self.again],))
        if interview.triage().tier >= Tier.T4:
            return None
        if self.ticked:
            return Page((interview.knowledge.questions[self.ticked[0]],))
        step = interview.next_step()
        if (
            step is None
            and self.kind == "daily"
            and not interview.triage().stops_plan
            and self.settled(interview)
        ):
            anew = tuple(each for each in asked_anew(interview) if each.id not in self.passed)
            return Page(anew[:1]) if anew else None
        return step

    def settled(self, interview: Interview) -> bool:
        """Whether the answer can be shown: no emergency, and no safety question left open."""
        safety = interview.triage()
        return safety.tier < Tier.T4 and not safety.open_questions

    def take(self, sent: Sent, store: Store, knowledge: Knowledge, wording: Wording) -> None:
        """Stores what one step sent.  Raises: BadInput in words; then nothing was stored."""
        taker = _Taker(self, sent, store, knowledge, wording)
        self.note = None
        taken = taker.take()
        self.done.append(taken)
        self.typed = {}

    def take_back(self, store: Store) -> None:
        """The last step is as if it had never been answered."""
        if self.again is not None:
            self.again = None
            return
        if not self.done:
            self.note = Text("checkin.first")
            return
        last = self.done.pop()
        for row in last.rows:
            store.forget(row)
        if (before := last.before) is not None:
            store.change_profile(lambda told: before)
        if last.passed is not None:
            self.passed.discard(last.passed)
        if last.telling is not None and last.telling in self.telling:
            self.telling.remove(last.telling)
        self.ticked, self.typed = last.ticked, last.typed
        self.note = Text("checkin.taken_back")


@dataclass(frozen=True, slots=True)
class _Taker:
    """One form, and where its answers go."""

    sitting: Sitting
    sent: Sent
    store: Store
    knowledge: Knowledge
    wording: Wording

    def take(self) -> Taken:
        match self._one("step"):
            case "about":
                return self._about()
            case "page":
                return self._page()
            case "question":
                return self._question()
            case "pain":
                return self._pain()
            case "began":
                return self._began()
        raise self._wrong("web_check_in.no_step")

    def _about(self) -> Taken:
        """Age or sex; left out, no plan can be made."""
        name, given = self._one("field"), self._one("value")
        if name not in ASKED_OF_PROFILE:
            raise self._wrong("web_check_in.no_step")
        if self._one("press") == "leave":
            self.sitting.note = Text("checkin.no_plan_without")
            return self._passed(name)
        if name == "age_years" and not given.isdecimal():
            raise self._wrong("web_check_in.age_again")
        if not given:
            raise self._wrong("web_check_in.choose_one")
        before = self.store.profile()
        entering.answer(self.store, [(name, given)], self.sitting.on, self.knowledge)
        return self._taken(before=before)

    def _page(self) -> Taken:
        """What is not ticked on a page that was sent is a plain no; what is ticked is asked in full."""
        asked = [id for id in self._one("asked").split() if self._is_safety(id)]
        ticked = tuple(id for id in asked if id in self.sent.get("tick", ()))
        none = self._one("press") == "none"
        if none and ticked:
            raise self._wrong("web_check_in.ticked_and_none")
        if not none and not ticked:
            raise self._wrong("web_check_in.tick_or_none")
        given = [(id, "no") for id in asked if id not in ticked]
        rows = entering.answer_rows(self.store, given, self.sitting.on, self.knowledge)
        taken = self._taken(rows)
        self.sitting.ticked = ticked
        return taken

    def _is_safety(self, id: str) -> bool:
        return id in self.knowledge.questions and self.knowledge.questions[id].group == "safety"

    def _question(self) -> Taken:
        """One question in full."""
        id, telling = self._one("question"), self._one("telling") == "yes"
        rows = self._answered(id, self._one("value"))
        taken = self._taken(rows, telling=id if telling else None)
        if telling and id not in self.sitting.telling:
            self.sitting.telling.append(id)
        self.sitting.ticked = tuple(each for each in self.sitting.ticked if each != id)
        if self.sitting.again == id:
            self.sitting.again = None
        return taken

    def _pain(self) -> Taken:
        """Score, places and timing as one note."""
        given = self._one("score")
        if self._one("press") == "leave":
            return self._passed("pain")
        if not given:
            raise self._wrong("web_check_in.score_again")
        told: dict[str, object] = {"on": self.sitting.on, "score": checked_score(given, self.wording)}
        if told["score"]:
            told["regions"] = tuple(each for each in REGIONS if each in self.sent.get("at", ()))
            told["timing"] = next((each for each in TIMINGS if each == self._one("timing")), None)
        return self._taken((entering.log_pain_row(self.store, told),))

    def _began(self) -> Taken:
        """The day it began, or not sure; left out, it is not asked again in this check-in."""
        match self._one("press"):
            case "leave":
                return self._passed(BEGAN)
            case "not_sure":
                given = NOT_SURE
            case _:
                given = self._one("value")
        return self._taken(self._answered(BEGAN, given))

    def _answered(self, id: str, given: str) -> tuple[int, ...]:
        if not given:
            raise self._wrong("web_check_in.choose_one")
        try:
            return entering.answer_rows(self.store, [(id, given)], self.sitting.on, self.knowledge)
        except BadInput as error:
            raise BadInput(tuple(bare(each) for each in error.faults)) from None

    def _passed(self, name: str) -> Taken:
        taken = self._taken(passed=name)
        self.sitting.passed.add(name)
        return taken

    def _taken(
        self,
        rows: tuple[int, ...] = (),
        before: Profile | None = None,
        passed: str | None = None,
        telling: str | None = None,
    ) -> Taken:
        return Taken(self.sent, rows, before, passed, telling, self.sitting.ticked)

    def _one(self, name: str) -> str:
        values = self.sent.get(name, ())
        return values[-1].strip() if values else ""

    def _wrong(self, id: str) -> BadInput:
        return BadInput((plainly(self.wording.say(Text(id))),))


def bare(fault: Said) -> Said:
    """A fault without the id of its question, which a page shows in words beside it."""
    why = fault.values.get("why")
    return why if isinstance(why, Said) else fault


def kind_of(step: Step) -> str:
    """Which part of the page puts it."""
    match step:
        case About():
            return "about"
        case Page(questions):
            return "page" if len(questions) > 1 else "question"
        case PainToday():
            return "pain"
        case Began():
            return "began"
        case Telling():
            return "question"


def sent_by(form: FormData) -> Sent:
    """The fields of a form with their values; the token and files are none of them."""
    return {
        name: tuple(each for each in form.getlist(name) if isinstance(each, str))
        for name in form
        if name != TOKEN_FIELD
    }
