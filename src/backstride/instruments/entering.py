"""Checks what was typed in for an instrument before it is stored or scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from backstride.knowledge.instrument import Instrument, Item
from backstride.knowledge.knowledge import Knowledge
from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean, reason
from backstride.model.history import InstrumentResult
from backstride.model.said import Said, listed, said

TOTAL = "total"
_LEFT_OUT = ("", "unknown", "not_sure", "?")
_WORDS = {"yes": 1.0, "y": 1.0, "no": 0.0, "n": 0.0}


def checked_sheets(
    given: Iterable[tuple[str, object]], on: date, knowledge: Knowledge
) -> tuple[InstrumentResult, ...]:
    """The sheets told as `odi` (the whole score) or `nprs.current` (one item), each with its value.

    Raises: BadInput naming every wrong id and value at once, with what would be right.
    """
    sheets: dict[str, dict[str, object]] = {}
    for key, raw in given:
        id, _, item = key.partition(".")
        sheets.setdefault(id, {})[item or TOTAL] = raw
    results: list[InstrumentResult] = []
    faults: list[Said] = []
    for id, values in sheets.items():
        try:
            results.append(checked_sheet(id, values, on, knowledge))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(tuple(faults))
    return tuple(results)


def instrument_called(id: str, knowledge: Knowledge) -> Instrument:
    """The instrument of that id.  Raises: BadInput where there is none, naming the nearest."""
    found = knowledge.instruments.get(id)
    if found is None:
        meant = did_you_mean(id, knowledge.instruments)
        raise BadInput(
            (
                said(
                    "{id}: no such questionnaire{meant}; list them with: backstride score", id=id, meant=meant
                ),
            )
        )
    return found


def checked_sheet(id: str, values: Mapping[str, object], on: date, knowledge: Knowledge) -> InstrumentResult:
    """One sheet, each value one that its item allows; what was left out stays out.

    Raises: BadInput naming every fault at once.
    """
    instrument = instrument_called(id, knowledge)
    faults: list[Said] = []
    numbers: dict[str, float] = {}
    for name, raw in values.items():
        try:
            number = checked_value(instrument, name, raw)
        except ValueError as error:
            field = id if name == TOTAL else f"{id}.{name}"
            faults.append(said("{field}: {why}", field=field, why=reason(error)))
            continue
        if number is not None:
            numbers[name] = number
    total = numbers.pop(TOTAL, None)
    if total is not None and numbers and instrument.scoring != TOTAL:
        faults.append(said("{id}: give the whole score or its items, not both", id=id))
    if instrument.own_items is not None and len(numbers) > instrument.own_items.most:
        faults.append(
            said(
                "{id}: {count} activities; at most {most} count",
                id=id,
                count=len(numbers),
                most=instrument.own_items.most,
            )
        )
    if total is None and not numbers and not faults:
        faults.append(said("{id}: nothing was filled in", id=id))
    if faults:
        raise BadInput(tuple(faults))
    return InstrumentResult(id, on, numbers, total)


def checked_value(instrument: Instrument, name: str, raw: object) -> float | None:
    """The number of one item, or of the whole score; None where it was left out.

    Raises: ValueError saying what would be right.
    """
    allowed = _allowed(instrument, name)
    text = {True: "yes", False: "no"}.get(raw, "") if isinstance(raw, bool) else str(raw).strip().lower()
    if text in _LEFT_OUT:
        return None
    words = (
        _WORDS
        if isinstance(allowed, Item) and {each.says for each in allowed.option} == {"yes", "no"}
        else {}
    )
    wrong = ValueError(
        said("{text} is not one of its values; right would be {n}", text=f"{text!r}", n=what_fits(allowed))
    )
    try:
        value = words[text] if text in words else float(text)
    except ValueError:
        raise wrong from None
    if not _fits(value, allowed):
        raise wrong
    return value


Scale = tuple[float, float]


def _allowed(instrument: Instrument, name: str) -> Item | Scale:
    if name == TOTAL:
        if not instrument.takes_total:
            ids = (
                ", ".join(f"{instrument.id}.{item.id}" for item in instrument.item)
                or f"{instrument.id}.ACTIVITY"
            )
            raise ValueError(said("it has no single number to type in; right would be {ids}", ids=ids))
        return instrument.low, instrument.high
    if (own := instrument.own_items) is not None:
        return own.low, own.high
    for item in instrument.item:
        if item.id == name:
            return item
    ids = ", ".join(item.id for item in instrument.item) or "none"
    raise ValueError(said("no such item; items are: {ids}", ids=ids))


def what_fits(allowed: Item | Scale) -> Said:
    """What may be given, in words."""
    if isinstance(allowed, Item) and allowed.option:
        return listed([f"{each.value:g} ({each.says})" for each in allowed.option])
    low, high = (allowed.low, allowed.high) if isinstance(allowed, Item) else allowed
    return said("a number from {low} to {high}", low=f"{low:g}", high=f"{high:g}")


def _fits(value: float, allowed: Item | Scale) -> bool:
    if not isinstance(allowed, Item):
        return allowed[0] <= value <= allowed[1]
    if allowed.option:
        return value in {each.value for each in allowed.option}
    return allowed.low <= value <= allowed.high and value == int(value)
