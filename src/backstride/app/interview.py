"""Where a check-in stands: what is known so far, and what is asked next, without reading the runs again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from backstride.causes.next_question import next_question
from backstride.causes.rank import rank
from backstride.features.find import findings
from backstride.features.onset import find_onset
from backstride.knowledge.facts import Known, known_on
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import NextQuestion, Triage
from backstride.model.findings import Finding
from backstride.model.history import History
from backstride.triage.triage import triage


@dataclass(slots=True)
class Interview:
    """What the record said once, and the answers as they come in."""

    history: History
    found: tuple[Finding, ...]
    on: date
    knowledge: Knowledge

    @classmethod
    def begin(cls, history: History, on: date, knowledge: Knowledge) -> Self:
        """An interview on what is stored so far; the runs are looked at once, here."""
        onset = find_onset(history, on, knowledge)
        return cls(history, findings(history, on, onset, knowledge), on, knowledge)

    def refresh(self, history: History) -> None:
        """Take in what was answered since."""
        self.history = history

    def known(self) -> Known:
        """Everything known now."""
        return known_on(self.history, self.found, self.on, self.knowledge)

    def triage(self) -> Triage:
        """Where safety stands now."""
        return triage(self.known(), self.knowledge)

    def next_question(self) -> NextQuestion | None:
        """The most telling question now; None when nothing more is worth asking."""
        known = self.known()
        return next_question(
            known, triage(known, self.knowledge), rank(known, self.knowledge), self.knowledge
        )
