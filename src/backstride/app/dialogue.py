"""The check-in on a terminal: safety first, many questions a screen, then the most telling one by one."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from backstride.app import actions
from backstride.app.actions import checked_note
from backstride.app.interview import Interview
from backstride.app.physical import steps
from backstride.knowledge.answering import allowed
from backstride.knowledge.facts import NOT_SURE
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.assessment import Tier, Triage
from backstride.model.errors import BadInput
from backstride.model.history import REGIONS, TIMINGS
from backstride.model.text import Text
from backstride.reports.wording import Wording
from backstride.store.store import Store

WIDTH = 80
SCREEN = 10
"""How many safety questions stand on one screen."""

T = TypeVar("T")

TIMING_WORDS = {
    "during": "while running",
    "after": "in the hours after",
    "next_morning": "the next morning",
    "rest": "at rest, whatever was done",
}

Read = Callable[[str], str]
Say = Callable[[str], None]


class Stopped(Exception):
    """The runner wants to stop; what was answered is kept."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One check-in: reads lines, says lines, stores each answer at once."""

    store: Store
    on: date
    knowledge: Knowledge
    wording: Wording
    read: Read
    say: Say

    def run(self, most: int = 12) -> None:
        """Asks until safety is settled and nothing more is worth asking, or the runner stops.

        A raised emergency ends it at once.
        """
        self._own("ask_intro")
        interview = Interview.begin(self.store.history(), self.on, self.knowledge)
        try:
            self._safety(interview)
            if interview.triage().stops_plan:
                return self._alarm(interview.triage())
            self._pain()
            self._telling(Interview.begin(self.store.history(), self.on, self.knowledge), most)
        except (Stopped, EOFError):
            self.say("")
        self._own("ask_done")
        return None

    def _safety(self, interview: Interview) -> None:
        while open_ids := interview.triage().open_questions:
            about = [id for id in open_ids if id in actions.PROFILE_FIELDS]
            if about:
                self._about(interview, about[0])
                continue
            self._screen(interview, [self.knowledge.questions[id] for id in open_ids[:SCREEN]])
            if interview.triage().tier >= Tier.T4:
                return

    def _about(self, interview: Interview, field: str) -> None:
        while True:
            given = self._ask(self.wording.say(Text(f"report.ask_{field}")))
            try:
                actions.answer(self.store, [(field, given)], self.on, self.knowledge)
            except BadInput as error:
                self.say(str(error))
                continue
            interview.refresh(self.store.history())
            return

    def _screen(self, interview: Interview, questions: list[Question]) -> None:
        """A list of things; most people say none.  Each one that is named is then asked in full."""
        if len(questions) == 1:
            return self._one(interview, questions[0])
        self.say("")
        self._own("ask_screen")
        for number, question in enumerate(questions, 1):
            self._numbered(number, self.wording.say(question.text("ask")))
        named = self._numbers(len(questions))
        for number, question in enumerate(questions, 1):
            if number in named:
                self._one(interview, question)
            else:
                self._store(interview, question, "no")
        return None

    def _numbers(self, most: int) -> set[int]:
        while True:
            given = self._ask(self.wording.say(Text("report.ask_numbers")))
            if given in ("0", "n", "none", "no"):
                return set()
            parts = given.replace(",", " ").split()
            if parts and all(part.isdigit() and 1 <= int(part) <= most for part in parts):
                return {int(part) for part in parts}
            self._own("ask_numbers_again", most=most)

    def _one(self, interview: Interview, question: Question, unsure_on_enter: bool = False) -> None:
        """Asks one question until the answer is one it allows."""
        self.say("")
        self.say(self.wording.say(question.text("ask")))
        self.say("  " + self.wording.say(Text("report.ask_why", {"why": question.text("why")})))
        for key in question.options:
            self.say(f"    {key}: {self.wording.say(question.text(f'options.{key}'))}")
        if (test := self.knowledge.tests_by_result.get(question.id)) is not None:
            for line in steps(test, self.wording):
                self.say(line)
        while True:
            given = self._ask(f"[{allowed(question)}]")
            value = {"y": "yes", "n": "no", "?": NOT_SURE, "": NOT_SURE if unsure_on_enter else ""}.get(
                given, given
            )
            try:
                self._store(interview, question, value)
            except BadInput as error:
                self.say(str(error))
                continue
            return

    def _store(self, interview: Interview, question: Question, value: str) -> None:
        actions.answer(self.store, [(question.id, value)], self.on, self.knowledge)
        interview.refresh(self.store.history())

    def _alarm(self, triage: Triage) -> None:
        self.say("")
        self.say("!" * 72)
        self.say(self.wording.say(triage.headline).upper())
        self.say(self.wording.say(triage.where_to_go))
        for flag in triage.raised:
            self.say(f"- {self.wording.say(flag.name)}: {self.wording.say(flag.why)}")
        self.say("!" * 72)

    def _pain(self) -> None:
        """One note of today's pain, unless there is one, and the day it began, unless that is told."""
        history = self.store.history()
        if not any(note.on == self.on for note in history.symptoms):
            self._note_today()
        if not any(answer.question == "pain_began_on" for answer in history.answers):
            self._until(
                "ask_began",
                lambda given: actions.answer(self.store, [("pain_began_on", given)], self.on, self.knowledge),
            )

    def _note_today(self) -> None:
        score = self._until("ask_score", lambda given: checked_note({"on": self.on, "score": given}).score)
        if score is None:
            return
        told: dict[str, object] = {"on": self.on, "score": score}
        if score > 0:
            told["regions"] = tuple(self._chosen("ask_where", list(REGIONS.items())))
            told["timing"] = next(
                iter(self._chosen("ask_timing", [(each, TIMING_WORDS[each]) for each in TIMINGS])), None
            )
        actions.log_pain(self.store, told)

    def _chosen(self, question: str, options: list[tuple[str, str]]) -> list[str]:
        """The keys of the options that were named by number, in their order."""
        self.say("")
        self._own(question)
        for number, (_, words) in enumerate(options, 1):
            self._numbered(number, words)
        named = self._numbers(len(options))
        return [key for number, (key, _) in enumerate(options, 1) if number in named]

    def _until(self, question: str, take: Callable[[str], T]) -> T | None:
        """What `take` makes of the first answer it accepts; None where nothing was typed."""
        while given := self._ask(self.wording.say(Text(f"report.{question}"))):
            try:
                return take(given)
            except BadInput as error:
                self.say(str(error))
        return None

    def _telling(self, interview: Interview, most: int) -> None:
        for _ in range(most):
            ask = interview.next_question()
            if ask is None or ask.question not in self.knowledge.questions:
                return
            self.say("")
            self.say("  " + self.wording.say(ask.why))
            self._one(interview, self.knowledge.questions[ask.question], unsure_on_enter=True)

    def _numbered(self, number: int, words: str) -> None:
        indent = " " * 6
        for line in textwrap.wrap(words, WIDTH, initial_indent=f"  {number:>2}. ", subsequent_indent=indent):
            self.say(line)

    def _own(self, key: str, **values: int) -> None:
        for line in textwrap.wrap(self.wording.say(Text(f"report.{key}", values)), WIDTH):
            self.say(line)

    def _ask(self, prompt: str) -> str:
        given = self.read(f"{prompt} > ").strip().lower()
        if given in ("q", "quit", "stop"):
            raise Stopped
        return given
