"""Where each fact came from: the answer and its day, the finding and its runs, the notes, the profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Origin, RunOfDay
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Answer, History, Span
from backstride.model.text import Text

COURSE = "course_review"
"""The fact that says how the pain goes on, by the review that is not met."""


def origins(
    names: Iterable[str],
    known: Known,
    history: History,
    findings: tuple[Finding, ...],
    on: date,
    knowledge: Knowledge,
) -> tuple[Origin, ...]:
    """One for each of the facts that is known, by name."""
    told = _Told(known, history, findings, on, knowledge)
    return tuple(told.origin(name) for name in sorted({*names} & known.facts.keys()))


class _Told:
    """What was said and found, by the name of the fact it makes."""

    def __init__(
        self, known: Known, history: History, findings: tuple[Finding, ...], on: date, knowledge: Knowledge
    ) -> None:
        self._known, self._history, self._on, self._knowledge = known, history, on, knowledge
        self._findings = {name: finding for finding in findings for name in finding.facts}
        self._answers = dict(_latest(history, on, knowledge))
        self._days = {run.id: run.on for run in history.activities}

    def origin(self, name: str) -> Origin:
        """The first of: an answer, a finding of the record, the profile, the medicines, notes of pain."""
        says = _in_words(name, self._known.facts[name], self._knowledge)
        finding, answer = self._findings.get(name), self._answers.get(name)
        if finding is not None:
            return Origin(name, finding.statement, "record", finding.window, self._runs(finding), finding.id)
        if answer is not None:
            return Origin(name, says, "answer", Span(answer.on, answer.on))
        fact = self._knowledge.facts.get(name)
        match None if fact is None else fact.comes_from:
            case "profile" | "medicines":
                return Origin(name, says, "profile")
            case "body_map":
                return Origin(name, says, "body map", self._noted("body_map_days"))
            case _:
                return Origin(name, says, "diary", self._noted("pain_worst_days"))

    def _runs(self, finding: Finding) -> tuple[RunOfDay, ...]:
        ids = (id for id in finding.activities if id in self._days)
        return tuple(RunOfDay(id, self._days[id]) for id in ids)

    def _noted(self, days: str) -> Span | None:
        """The days of the notes it was taken from."""
        first = self._on - timedelta(days=self._knowledge.number(days) - 1)
        noted = (
            *(note.on for note in self._history.symptoms),
            *(told.on for told in self._history.check_ins),
        )
        inside = [day for day in noted if first <= day <= self._on]
        return Span(min(inside), max(inside)) if inside else None


def _latest(history: History, on: date, knowledge: Knowledge) -> Iterator[tuple[str, Answer]]:
    """Fact name -> the latest answer that speaks of it, in either wording."""
    tests = (Answer(test.test, test.value, test.on) for test in history.tests)
    for answer in sorted((*history.answers, *tests), key=lambda answer: answer.on):
        question = knowledge.questions.get(answer.question)
        if question is not None and answer.on <= on:
            yield question.stands_for or question.follows or question.id, answer
            yield question.follows or question.id, answer


def _in_words(name: str, value: FactValue, knowledge: Knowledge) -> Text:
    """The fact with its value."""
    question = knowledge.questions.get(name)
    what = question.text("short") if question is not None else Text(f"facts.{name}.meaning")
    if isinstance(value, bool):
        return Text("report.trace_yes" if value else "report.trace_no", {"what": what})
    if question is not None and question.kind == "choice":
        return Text("report.trace_value", {"what": what, "value": question.text(f"options.{value}")})
    if name == COURSE:
        return Text("report.trace_value", {"what": what, "value": Text(f"report.course_{value}")})
    shown = f"{value:g}" if isinstance(value, (int, float)) else value
    return Text("report.trace_value", {"what": what, "value": shown})
