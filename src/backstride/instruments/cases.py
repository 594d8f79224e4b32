"""Runs the cases that stand in the files of instruments and physical tests."""

from __future__ import annotations

from datetime import date

from backstride.instruments.change import change
from backstride.instruments.read_test import offered
from backstride.instruments.score import score
from backstride.knowledge.instrument import Instrument, InstrumentCase
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.physical_test import PhysicalTest, PhysicalTestCase
from backstride.model.history import InstrumentResult
from backstride.model.text import Missing

_EARLIER, _LATER = date(2026, 1, 5), date(2026, 2, 16)


def run_case(
    record: Instrument | PhysicalTest, case: InstrumentCase | PhysicalTestCase, knowledge: Knowledge
) -> str | None:
    """None where a case comes out as it says, else a sentence with file, case, expected and got."""
    expected: object
    got: object
    match record, case:
        case (PhysicalTest(), PhysicalTestCase()):
            expected, got = case.expect, offered(record, case.facts)
        case (Instrument(), InstrumentCase()):
            expected, got = (case.expect, case.band, case.change), _comes_to(record, case)
        case _:
            return f"{record.kind}/{record.id}.toml: case {case.name!r}: there is no way to run it"
    if expected == got:
        return None
    return f"{record.kind}/{record.id}.toml: case {case.name!r}: expected {expected}, got {got}"


def _comes_to(instrument: Instrument, case: InstrumentCase) -> tuple[object, str | None, str | None]:
    later = InstrumentResult(instrument.id, _LATER, case.items, case.total)
    found = score(instrument, later)
    band = None if found.band is None else found.band.id
    if isinstance(found.value, Missing):
        value: object = "not known"
    else:
        value = found.value.low if found.value.known else (found.value.low, found.value.high)
    if case.change is None:
        return value, band, None
    earlier = InstrumentResult(instrument.id, _EARLIER, case.earlier_items, case.earlier_total)
    return value, band, change(instrument, earlier, later).state or "not known"
