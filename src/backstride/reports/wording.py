"""Turns a Text into words: values in the runner's units, dates and numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.text import Catalog, Missing, Quantity, Text, Value

Units = Literal["km", "miles"]
_M_PER = {"km": 1_000.0, "miles": 1_609.344}
_M_PER_FOOT = 0.3048


@dataclass(frozen=True, slots=True)
class Wording:
    """How one runner is spoken to."""

    catalog: Catalog
    units: Units = "km"

    def say(self, text: Text) -> str:
        """The sentence in words.

        Raises: KeyError when the catalog lacks the sentence or the text lacks a value it names.
        """
        values = {name: self.value(value) for name, value in text.values.items()}
        return self.catalog[text.id].format_map(values)

    def value(self, value: Value) -> str:
        """One value in words."""
        match value:
            case Text():
                return self.say(value)
            case Quantity():
                return self.quantity(value)
            case date():
                return day(value)
            case tuple():
                return listed([self.say(part) for part in value])
            case _:
                return str(value)

    def quantity(self, quantity: Quantity) -> str:
        """A number with its unit, and its interval where it has one: "31 to 38 km"."""
        show = _SHOWN[quantity.unit]
        if quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
            low, high = show(quantity.low, self.units), show(quantity.high, self.units)
            return high if low == high else _span(low, high)
        return show(quantity.value, self.units)

    def known(self, value: Quantity | Missing) -> str:
        """A number, or why there is none."""
        return self.say(value.reason) if isinstance(value, Missing) else self.quantity(value)


def day(on: date) -> str:
    """A day as people write it: 12 March 2026."""
    return f"{on.day} {on:%B} {on.year}"


def short_day(on: date) -> str:
    """A day for an axis: 12 Mar."""
    return f"{on.day} {on:%b}"


def listed(parts: list[str]) -> str:
    """One, two and three."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def _span(low: str, high: str) -> str:
    """Two ends with the unit said once where it is the same."""
    unit = high.partition(" ")[2]
    if unit and low.endswith(f" {unit}"):
        low = low.removesuffix(f" {unit}")
    return f"{low} to {high}"


def _distance(metres: float, units: Units) -> str:
    if 0 < abs(metres) < 0.1 * _M_PER[units]:
        return _height(metres, units)
    return f"{_short(metres / _M_PER[units])} {units}"


def _height(metres: float, units: Units) -> str:
    return f"{metres / _M_PER_FOOT:,.0f} ft" if units == "miles" else f"{metres:,.0f} m"


def _short(number: float) -> str:
    """One decimal below 100, none where it would be a zero."""
    text = f"{number:,.1f}" if abs(number) < 100 else f"{number:,.0f}"
    return text.removesuffix(".0")


def _duration(seconds: float, units: Units) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def _speed(mps: float, units: Units) -> str:
    if mps <= 0:
        return "standing still"
    minutes, seconds = divmod(round(_M_PER[units] / mps), 60)
    return f"{minutes}:{seconds:02d} min/{'km' if units == 'km' else 'mile'}"


def _plural(unit: str) -> Callable[[float, Units], str]:
    return lambda number, units: f"{_short(number)} {unit}{'' if number == 1 else 's'}"


def _plain(unit: str) -> Callable[[float, Units], str]:
    return lambda number, units: f"{_short(number)} {unit}"


_SHOWN: dict[str, Callable[[float, Units], str]] = {
    "m": _distance,
    "s": _duration,
    "mps": _speed,
    "spm": _plain("steps a minute"),
    "ms": _plain("ms"),
    "mm": _plain("mm"),
    "bpm": _plain("beats a minute"),
    "au": _plain("load points"),
    "share": lambda share, units: f"{share * 100:.0f} %",
    "ratio": lambda ratio, units: f"{(ratio - 1) * 100:+.0f} %",
    "count": lambda count, units: f"{count:,.0f}",
    "day": _plural("day"),
    "week": _plural("week"),
    "year": _plural("year"),
    "point": _plural("point"),
    "score": lambda score, units: f"{_short(score)}/10",
}
