"""A questionnaire as a form: each item with what may be answered, and a sent form as one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backstride.app.web.here import Here
from backstride.instruments.entering import TOTAL, checked_sheet
from backstride.knowledge.instrument import Instrument
from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import InstrumentResult
from backstride.model.text import Text

_NAME, _VALUE, _ITEM = "name-", "value-", "item-"
_MOST_TO_CHOOSE = 11
"""A scale with more values than this is typed in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form."""

    field: str
    words: str
    choices: tuple[Choice, ...]
    """Empty where a number is typed in."""
    low: str
    high: str
    scale: bool
    """True where the choices are the numbers of a scale."""
    named: str | None = None
    """The field in which the runner names it; None where it has its own words."""


def asked_of(instrument: Instrument, here: Here) -> tuple[Asked, ...]:
    """Every question in order."""
    return tuple(_own(instrument, here) if instrument.own_items is not None else _items(instrument, here))


def _items(instrument: Instrument, here: Here) -> Iterator[Asked]:
    say = here.wording.say
    if instrument.scoring == TOTAL:
        low, high = f"{instrument.low:g}", f"{instrument.high:g}"
        words = say(Text("instruments.ask_total", {"low": low, "high": high}))
        yield Asked(_ITEM + TOTAL, words, (), low, high, False)
    for at, item in enumerate(instrument.item):
        options = tuple(
            Choice(f"{each.value:g}", say(instrument.text(f"item.{at}.option.{n}.says")))
            for n, each in enumerate(item.option)
        )
        words = say(instrument.text(f"item.{at}.ask"))
        choices = options or _numbers(item.low, item.high)
        yield Asked(
            _ITEM + item.id, words, choices, f"{item.low:g}", f"{item.high:g}", bool(choices) and not options
        )
    if instrument.takes_total and instrument.scoring != TOTAL:
        low, high = f"{instrument.low:g}", f"{instrument.high:g}"
        yield Asked(_ITEM + TOTAL, here.say("web_progress.or_total"), (), low, high, False)


def _own(instrument: Instrument, here: Here) -> Iterator[Asked]:
    own = instrument.own_items
    if own is None:
        return
    for nth in range(own.most):
        words = here.say("web_progress.activity", number=nth + 1)
        choices = _numbers(own.low, own.high)
        yield Asked(f"{_VALUE}{nth}", words, choices, f"{own.low:g}", f"{own.high:g}", True, f"{_NAME}{nth}")


def _numbers(low: float, high: float) -> tuple[Choice, ...]:
    if high - low + 1 > _MOST_TO_CHOOSE or low != int(low):
        return ()
    return tuple(Choice(str(number), str(number)) for number in range(int(low), int(high) + 1))


def begun(instrument: Instrument, earlier: tuple[InstrumentResult, ...]) -> Mapping[str, str]:
    """What the form begins with: the activities named last time, and no value."""
    sheets = [each for each in earlier if each.instrument == instrument.id]
    if instrument.own_items is None or not sheets:
        return {}
    return {f"{_NAME}{nth}": name for nth, name in enumerate(sheets[-1].items)}


def sheet_of(
    instrument: Instrument, typed: Mapping[str, str], on: date, knowledge: Knowledge
) -> InstrumentResult:
    """The sheet that was sent; what was left out stays out.  Raises: BadInput naming every fault."""
    values: dict[str, object] = {
        field.removeprefix(_ITEM): value
        for field, value in typed.items()
        if field.startswith(_ITEM) and value
    }
    if instrument.own_items is not None:
        values = {
            name: value
            for nth in range(instrument.own_items.most)
            if (name := typed.get(f"{_NAME}{nth}", "")) and (value := typed.get(f"{_VALUE}{nth}", ""))
        }
    return checked_sheet(instrument.id, values, on, knowledge)
