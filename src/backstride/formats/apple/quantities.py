"""Quantities as an Apple Health export writes them: a number and a unit that follows the phone's locale."""

from __future__ import annotations

from collections.abc import Mapping

from backstride.formats.points import some_number

METRES: dict[str, float] = {
    "m": 1.0,
    "km": 1000.0,
    "cm": 0.01,
    "mm": 0.001,
    "mi": 1609.344,
    "ft": 0.3048,
    "yd": 0.9144,
    "in": 0.0254,
}
SECONDS: dict[str, float] = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0, "ms": 0.001}
SPEEDS: dict[str, float] = {
    "m/s": 1.0,
    "km/hr": 1 / 3.6,
    "km/h": 1 / 3.6,
    "mi/hr": 0.44704,
    "mph": 0.44704,
    "ft/s": 0.3048,
}
MILLIMETRES = {unit: 1000 * metres for unit, metres in METRES.items()}
MILLISECONDS = {"ms": 1.0, "s": 1000.0}
A_MINUTE = {"count/min": 1.0, "count/s": 60.0}
WATTS = {"W": 1.0, "kW": 1000.0}
COUNT = {"count": 1.0}
KILOGRAMS = {"kg": 1.0, "g": 0.001, "lb": 0.45359237, "st": 6.35029318}


def quantity(number: str | None, unit: str | None, units: Mapping[str, float]) -> float | None:
    """The quantity in the unit that counts one; None where the number or the unit is none."""
    value, factor = some_number(number), units.get(unit or "")
    return None if value is None or factor is None or value < 0 else value * factor


def quantity_with_unit(text: str | None, units: Mapping[str, float]) -> float | None:
    """The same of a value of metadata, that holds both: "418 cm"."""
    number, _, unit = (text or "").strip().partition(" ")
    return quantity(number, unit.strip(), units)
