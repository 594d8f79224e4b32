"""A questionnaire on the terminal: one item at a time, back with b, stop with q."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backstride.app.prompt import Back, Prompt, Stopped
from backstride.instruments.entering import TOTAL, checked_value
from backstride.knowledge.instrument import Instrument
from backstride.model.faults import reason
from backstride.model.history import InstrumentResult
from backstride.model.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to ask: its name on the sheet, its words, and what may be answered."""

    name: str
    words: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filling-in.  Nothing is stored by it."""

    instrument: Instrument
    on: date
    prompt: Prompt

    def fill(self, earlier: tuple[str, ...] = ()) -> InstrumentResult | None:
        """The sheet; None where the runner stopped or left out everything.

        `earlier` are the activities named before, which are asked again first.
        """
        self._tell("name")
        for field in ("intro", "licence"):
            if getattr(self.instrument, field) is not None:
                self._tell(field)
        self.prompt.lines(self._words(Text("instruments.how_to_fill")))
        try:
            if self.instrument.own_items is not None:
                return self._result(self._own(earlier))
            return self._result(self._ask(self._lines()))
        except (Stopped, EOFError):
            return None

    def _lines(self) -> list[Line]:
        lines = [
            Line(
                item.id,
                self._say(f"item.{at}.ask"),
                tuple(
                    f"{each.value:g}: {self._say(f'item.{at}.option.{n}.says')}"
                    for n, each in enumerate(item.option)
                ),
            )
            for at, item in enumerate(self.instrument.item)
        ]
        if self.instrument.scoring == TOTAL:
            ask = Text(
                "instruments.ask_total",
                {"low": f"{self.instrument.low:g}", "high": f"{self.instrument.high:g}"},
            )
            lines.insert(0, Line(TOTAL, self._words(ask)))
        return lines

    def _ask(self, lines: list[Line]) -> dict[str, float]:
        given: dict[str, float] = {}
        at = 0
        while at < len(lines):
            line = lines[at]
            self.prompt.say("")
            self.prompt.lines(f"{at + 1}/{len(lines)}  {line.words}")
            for option in line.options:
                self.prompt.lines(option, "       ", "    ")
            try:
                at += self._take(given, line.name, self.prompt.typed(""))
            except Back:
                at = max(0, at - 1)
        return given

    def _take(self, given: dict[str, float], name: str, typed: str) -> bool:
        """True where what was typed was taken, also as left out."""
        try:
            value = checked_value(self.instrument, name, typed)
        except ValueError as error:
            self.prompt.refuse(reason(error))
            return False
        given.pop(name, None)
        if value is not None:
            given[name] = value
        return True

    def _own(self, earlier: tuple[str, ...]) -> dict[str, float]:
        own = self.instrument.own_items
        if own is None:
            raise ValueError(f"{self.instrument.id} has no activities of the runner's own")
        names = list(earlier)
        while len(names) < own.most:
            try:
                named = self.prompt.typed(self._say("own_items.ask_for"))
            except Back:
                del names[-1:]
                continue
            if not named:
                break
            if named not in names:
                names.append(named)
        ask = self.instrument.text("own_items.ask")
        return self._ask([Line(name, self._words(Text(ask.id, {"activity": name}))) for name in names])

    def _result(self, given: dict[str, float]) -> InstrumentResult | None:
        if not given:
            return None
        total = given.pop(TOTAL, None)
        return InstrumentResult(self.instrument.id, self.on, given, total)

    def _words(self, text: Text) -> str:
        return self.prompt.wording.say(text)

    def _say(self, field: str) -> str:
        return self._words(self.instrument.text(field))

    def _tell(self, field: str) -> None:
        self.prompt.lines(self._say(field))
