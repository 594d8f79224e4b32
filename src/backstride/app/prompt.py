"""Asking on a terminal: one line typed for each answer, with a way back, a way out, and why it is asked."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from backstride.app.case_rows import Score
from backstride.model.errors import BadInput
from backstride.model.said import Said, plainly
from backstride.model.text import Text, Value
from backstride.reports.wording import Wording

WIDTH = 80

_SCORE: TypeAdapter[float] = TypeAdapter(Score)

T = TypeVar("T")
Read = Callable[[str], str]
Say = Callable[[str], None]


class Stopped(Exception):
    """The runner wants to stop; what was answered is kept."""


class Back(Exception):
    """The runner wants the question before this one again."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Reads lines and says lines."""

    wording: Wording
    read: Read
    say: Say

    def tell(self, key: str, **values: Value) -> None:
        """One of the check-in's own sentences, on lines that fit."""
        self.lines(self.own(key, **values))

    def own(self, key: str, **values: Value) -> str:
        """One of the check-in's own sentences."""
        return self.wording.say(Text(f"checkin.{key}", values))

    def lines(self, words: str, indent: str = "", first: str | None = None) -> None:
        """Words on lines that fit; `first` stands before the first line."""
        lead = indent if first is None else first
        for line in textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=indent):
            self.say(line)

    def listed(self, options: Sequence[str], begin: int = 1) -> None:
        """Options with their numbers."""
        for number, words in enumerate(options, begin):
            self.lines(words, "     ", f"{number:>3}. ")

    def typed(self, prompt: str, why: str | None = None) -> str:
        """What was typed, in lower case and without blanks around it.

        Raises: Stopped for q, Back for b.  A w is answered here with why it is asked.
        """
        while True:
            given = self.read(f"{prompt} > ").strip().lower()
            if given in ("q", "quit", "stop"):
                raise Stopped
            if given in ("b", "back"):
                raise Back
            if given not in ("w", "why"):
                return given
            self.lines(self.own("no_why") if why is None else self.own("why", why=why), "  ", "  ")

    def until(self, prompt: str, take: Callable[[str], T], why: str | None = None) -> T:
        """What `take` makes of the first answer it accepts; it refuses with BadInput, which is said."""
        while True:
            try:
                return take(self.typed(prompt, why))
            except BadInput as error:
                self.refuse(*error.faults)

    def refuse(self, *faults: Said) -> None:
        """What is wrong, on lines that fit."""
        for fault in faults:
            self.lines(self.wording.told(fault))

    def yes_no(self, given: str) -> Literal["yes", "no"]:
        """What was meant, in the words of the language or with y and n.

        Raises: BadInput saying what may be typed.
        """
        for meant in ("yes", "no"):
            if given in (meant, meant[0]) or given in self.own(f"{meant}_words").split():
                return meant
        raise BadInput((plainly(self.own("yes_no_again")),))

    def score(self, given: str) -> float | None:
        """A pain score from 0 to 10; None for a ?.

        Raises: BadInput saying what may be typed.
        """
        return None if given == "?" else checked_score(given, self.wording)

    def numbers(
        self, most: int, whys: Sequence[str] = (), preselected: frozenset[int] = frozenset()
    ) -> frozenset[int]:
        """The numbers typed, each from 1 to `most`; none for 0.  `w 3` tells why the third is asked.

        Where some are `preselected`, Enter alone takes them.
        """

        def take(given: str) -> frozenset[int] | None:
            if not given and preselected:
                return preselected
            parts = given.replace(",", " ").split()
            if parts[:1] == ["w"] and _numbers(parts[1:], len(whys)):
                for part in parts[1:]:
                    self.lines(self.own("why", why=whys[int(part) - 1]), "  ", "  ")
                return None
            if given == "?" and whys:
                self.lines(self.own("page_not_sure"), "  ", "  ")
                return None
            if given == "0" or given in self.own("no_words").split():
                return frozenset()
            if not _numbers(parts, most):
                raise BadInput((plainly(self.own("numbers_again", most=most)),))
            return frozenset(int(part) for part in parts)

        asked = self.own("numbers")
        if preselected:
            asked = self.own("numbers_or_enter", chosen=", ".join(str(each) for each in sorted(preselected)))
        while (chosen := self.until(asked, take, self.own("page_why") if whys else None)) is None:
            pass
        return chosen


def _numbers(parts: Sequence[str], most: int) -> bool:
    """True for a list of whole numbers from 1 to `most`."""
    return bool(parts) and all(part.isdigit() and 1 <= int(part) <= most for part in parts)


def checked_score(given: str, wording: Wording) -> float:
    """A pain score from 0 to 10.

    Raises: BadInput saying what may be given.
    """
    try:
        return _SCORE.validate_python(given.replace(",", "."))
    except ValidationError:
        raise BadInput((plainly(wording.say(Text("checkin.score_again"))),)) from None
