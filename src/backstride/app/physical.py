"""A physical test on the terminal: what it is, when not, a timer, and what the result says."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from backstride.app import entering
from backstride.app.dialogue import Dialogue
from backstride.app.interview import Interview
from backstride.app.prompt import WIDTH, Back, Prompt, Stopped
from backstride.app.timer import Timer
from backstride.instruments.read_test import offered, open_names, read_test, reasons
from backstride.knowledge.answering import allowed, checked_answers
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.physical_test import PhysicalTest
from backstride.knowledge.question import Question
from backstride.model.errors import BadInput
from backstride.model.findings import Facts
from backstride.model.said import plainly
from backstride.model.text import Text, Value
from backstride.reports.wording import Wording
from backstride.store.store import Store

ASKED_AS = {"days_since_onset": "pain_began_on"}
"""Facts that are worked out, and the question whose answer gives them."""


def steps(test: PhysicalTest, wording: Wording) -> Iterator[str]:
    """How it is done and when to stop, line by line."""
    for index in range(len(test.how)):
        yield from _wrapped(f"{index + 1}. ", wording.say(test.text(f"how.{index}")))
    for index in range(len(test.stop)):
        yield from _wrapped("! ", wording.say(test.text(f"stop.{index}")))


def described(test: PhysicalTest, wording: Wording) -> Iterator[str]:
    """What it tells and what not, what is needed, and which cut-off is deliberately not used."""
    yield wording.say(test.text("name"))
    yield from _wrapped("", wording.say(test.text("tells")))
    yield from _wrapped("", wording.say(test.text("tells_not")))
    if test.need:
        needed = wording.listed([wording.say(test.text(f"need.{index}")) for index in range(len(test.need))])
        yield from _wrapped("", wording.say(Text("instruments.need", {"what": needed})))
    yield ""
    yield from steps(test, wording)
    if test.not_used is not None:
        yield from _wrapped("", wording.say(test.text("not_used")))


def _wrapped(bullet: str, words: str) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent="  " + bullet, subsequent_indent="  " + " " * len(bullet)
    )


def next_open(test: PhysicalTest, facts: Facts, asked: Collection[str]) -> str | None:
    """The fact to ask for next of those that would settle whether it may be done, who it is first."""
    names = sorted(open_names(test, facts), key=lambda name: name not in entering.PROFILE_FIELDS)
    return next((name for name in names if name not in asked), None)


def measured(question: str, given: Iterable[str], on: date, knowledge: Knowledge) -> str | None:
    """The mean of the measurements that were given; None where none was.

    Raises: BadInput for one that the question does not allow.
    """
    checked = checked_answers([(question, each) for each in given], on, knowledge)
    numbers = [each.value for each in checked if isinstance(each.value, float)]
    return f"{fmean(numbers):.4g}" if numbers else None


@dataclass(frozen=True, slots=True)
class PhysicalDialogue:
    """One test: safety first, then steps, then each result, stored at once."""

    store: Store
    on: date
    knowledge: Knowledge
    prompt: Prompt
    timer: Timer

    def run(self, test: PhysicalTest) -> None:
        """Does the test with the runner; without a clear no to each reason against it, only says so."""
        try:
            if not self._may(test):
                return
            for line in described(test, self.prompt.wording):
                self.prompt.say(line)
            for id in test.results:
                self._result(test, self.knowledge.questions[id])
        except (Stopped, Back, EOFError):
            self.prompt.say("")
        self._read_back(test)

    def _may(self, test: PhysicalTest) -> bool:
        """False where a safety sign or a reason against it holds, or stays open after it was asked."""
        interview = Interview.begin(self.store, self.on, self.knowledge)
        if not interview.triage().stops_plan:
            self._settle(test, interview)
        if interview.triage().stops_plan:
            self._own("test_safety_first")
            return False
        facts = interview.known().facts
        state = offered(test, facts)
        if state == "barred":
            self._own("test_barred", name=test.text("name"), because=reasons(test, facts))
        elif state == "not_known":
            self._own("test_open", name=test.text("name"))
        return state == "offered"

    def _settle(self, test: PhysicalTest, interview: Interview) -> None:
        """Asks what would settle the reasons against the test, who it is first, until one of them holds."""
        asked: set[str] = set()
        while offered(test, facts := interview.known().facts) == "not_known":
            name = next_open(test, facts, asked)
            if name is None:
                return
            asked.add(name)
            self._ask_about(name)
            interview.refresh(self.store.told())
            if interview.triage().stops_plan:
                return

    def _ask_about(self, name: str) -> None:
        question = self.knowledge.questions.get(ASKED_AS.get(name, name))
        if question is not None:
            Dialogue(self.store, self.on, self.knowledge, self.prompt).one(question, may_skip=True)
        elif name in entering.PROFILE_FIELDS:
            ask = self.prompt.wording.say(Text(f"report.ask_{name}"))
            self._until(ask, lambda given: self._store(name, given))

    def _result(self, test: PhysicalTest, question: Question) -> None:
        self.prompt.say("")
        self.prompt.lines(self.prompt.wording.say(question.text("ask")))
        for key in question.options:
            self.prompt.say(f"    {key}: {self.prompt.wording.say(question.text(f'options.{key}'))}")
        if test.timer is not None and question.unit == "seconds":
            return self._timed(question)
        if test.timer == "down":
            self._own("timer_down", seconds=f"{test.timer_s:g}")
            self.timer.run(self.prompt.read, test.timer_s)
        if question.kind == "number" and test.repeats > 1:
            return self._mean(question, test.repeats)
        self._until(
            f"[{self.prompt.wording.told(allowed(question))}]", lambda given: self._store(question.id, given)
        )
        return None

    def _timed(self, question: Question) -> None:
        """The timer, or a number of seconds typed in its place."""
        self._own("timer_up")

        def take(given: str) -> None:
            if given == "go":
                seconds = self.timer.started(self.prompt.read)
                if seconds < 1:
                    raise BadInput((plainly(self.prompt.wording.say(Text("instruments.timer_short"))),))
                self.prompt.say(
                    self.prompt.wording.say(Text("instruments.timer_shows", {"seconds": f"{seconds:.0f}"}))
                )
                self._store(question.id, f"{seconds:.0f}")
            else:
                self._store(question.id, given)

        self._until("", take, on_enter="go")

    def _mean(self, question: Question, times: int) -> None:
        """The mean of the measurements that were given; none given stores nothing."""
        given: list[str] = []
        for time in range(1, times + 1):
            prompt = self.prompt.wording.say(Text("instruments.measure", {"time": time, "of": times}))

            def take(one: str) -> None:
                if measured(question.id, [one], self.on, self.knowledge) is not None:
                    given.append(one)

            self._until(prompt, take)
        if (mean := measured(question.id, given, self.on, self.knowledge)) is not None:
            self._store(question.id, mean)

    def _store(self, key: str, given: str) -> None:
        entering.answer(self.store, [(key, given)], self.on, self.knowledge)

    def _until(self, prompt: str, take: Callable[[str], None], on_enter: str | None = None) -> None:
        """Asks until `take` accepts what was typed; Enter leaves it out, or gives `on_enter`."""
        while True:
            given = self.prompt.typed(prompt) or on_enter or ""
            if not given:
                return
            try:
                take({"y": "yes", "n": "no", "?": "not_sure"}.get(given, given))
            except BadInput as error:
                self.prompt.refuse(*error.faults)
                continue
            return

    def _read_back(self, test: PhysicalTest) -> None:
        history = self.store.history()
        reading = read_test(test, history.tests, history.profile.sex, self.knowledge)
        self.prompt.say("")
        for text in reading.says:
            for line in _wrapped("- ", self.prompt.wording.say(text)):
                self.prompt.say(line)
        if reading.latest:
            self._own("test_undo")

    def _own(self, key: str, **values: Value) -> None:
        self.prompt.lines(self.prompt.wording.say(Text(f"instruments.{key}", values)))
