"""A made-up runner at a terminal: the dialogues asked with lines typed beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.app.made_up import safe

from backstride.app.daily import Daily
from backstride.app.dialogue import Dialogue
from backstride.app.prompt import Prompt
from backstride.knowledge.loader import shipped
from backstride.model.history import Profile
from backstride.reports.wording import Wording
from backstride.store.store import Store

ON = date(2026, 3, 20)
KNOWLEDGE = shipped()

WORDS_PER_MINUTE = 238
"""Silent reading of adults, Brysbaert 2019."""
SECONDS_PER_ANSWER = 2.0
"""To decide on and type a short answer: 1.35 s to think and two or three keys, Card and others 1980."""


@dataclass
class Terminal:
    """A made-up runner at a terminal: types the given lines, then quits, and keeps what was said."""

    typed: Iterator[str]
    said: list[str] = field(default_factory=list)
    asked: int = 0

    def read(self, prompt: str) -> str:
        self.said.append(prompt)
        self.asked += 1
        return next(self.typed, "q")

    @property
    def seconds(self) -> float:
        words = sum(1 for line in self.said for word in line.split() if re.search(r"[A-Za-z]", word))
        return words / WORDS_PER_MINUTE * 60 + self.asked * SECONDS_PER_ANSWER

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.said).split())


def prompt_of(terminal: Terminal) -> Prompt:
    return Prompt(Wording(KNOWLEDGE.sentences), terminal.read, terminal.said.append)


def ask(store: Store, *typed: str, on: date = ON, most: int = 10) -> Terminal:
    terminal = Terminal(iter(typed))
    Dialogue(store, on, KNOWLEDGE, prompt_of(terminal)).run(most)
    return terminal


def check_in(store: Store, *typed: str, on: date = ON) -> Terminal:
    terminal = Terminal(iter(typed))
    Daily(store, on, KNOWLEDGE, prompt_of(terminal)).run()
    return terminal


def settled(store: Store, on: date = ON) -> None:
    """Every safety question of a man of 38 answered with no."""
    store.change_profile(lambda told: Profile(age_years=38, sex="male", made_up=True))
    store.add(*safe(on))


def answers(store: Store) -> dict[str, object]:
    return {answer.question: answer.value for answer in store.history().answers}
