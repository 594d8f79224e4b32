"""Turns a Text into words: numbers, units and dates as the runner writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.said import Said, pattern_id
from backstride.model.text import Catalog, Missing, Quantity, Text, Unit, Value

Units = Literal["km", "miles"]
_M_PER = {"km": 1_000.0, "miles": 1_609.344}
_M_PER_FOOT = 0.3048


@dataclass(frozen=True, slots=True)
class Wording:
    """How one runner is spoken to."""

    catalog: Catalog
    units: Units = "km"
    language: str = "en"

    def say(self, text: Text) -> str:
        """The sentence in words.

        Raises: KeyError when the catalog lacks the sentence or the text lacks a value it names.
        """
        values = {name: self.value(value) for name, value in text.values.items()}
        return self.catalog[text.id].format_map(values)

    def told(self, sentence: Said) -> str:
        """A sentence that stands in the code, in the language spoken; English where it is not translated."""
        values = {name: self._told_value(value) for name, value in sentence.values.items()}
        return self.catalog.get(pattern_id(sentence.pattern), sentence.pattern).format_map(values)

    def _told_value(self, value: str | int) -> str:
        match value:
            case Said():
                return self.told(value)
            case int():
                return self.number(value)
            case _:
                return value

    def value(self, value: Value) -> str:
        """One value in words."""
        match value:
            case Text():
                return self.say(value)
            case Quantity():
                return self.quantity(value)
            case date():
                return self.day(value)
            case tuple():
                return self.listed([self.say(part) for part in value])
            case _:
                return str(value)

    def quantity(self, quantity: Quantity) -> str:
        """A number with its unit, and its interval where it has one: "31 to 38 km"."""
        show = _SHOWN[quantity.unit]
        if quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
            low, high = show(quantity.low, self), show(quantity.high, self)
            return high if low == high else self._span(low, high)
        return show(quantity.value, self)

    def known(self, value: Quantity | Missing) -> str:
        """A number, or why there is none."""
        return self.say(value.reason) if isinstance(value, Missing) else self.quantity(value)

    def day(self, on: date) -> str:
        """A day as people write it: 12 March 2026."""
        if self.language == "en":
            return f"{on.day} {on:%B} {on.year}"
        from babel.dates import format_date  # only for other languages: English starts faster

        return format_date(on, "long", locale=self.language)

    def short_day(self, on: date) -> str:
        """A day for an axis: 12 Mar."""
        if self.language == "en":
            return f"{on.day} {on:%b}"
        from babel.dates import format_skeleton

        return format_skeleton("MMMd", on, locale=self.language)

    def listed(self, parts: list[str]) -> str:
        """One, two and three."""
        if len(parts) < 2:
            return "".join(parts)
        return self.unit("and", first=", ".join(parts[:-1]), last=parts[-1])

    def unit(self, name: str, **values: str) -> str:
        """A number with its unit."""
        return self.catalog[f"units.{name}"].format_map(values)

    def number(self, number: float, decimals: int = 0) -> str:
        """A number with separators as the language has them."""
        english = f"{number:,.{decimals}f}"
        if self.language == "en":
            return english
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(number, format=pattern, locale=self.language))

    def short(self, number: float) -> str:
        """One decimal below 100, none where it would be a zero."""
        decimals = 1 if abs(number) < 100 and round(number, 1) != round(number) else 0
        return self.number(number, decimals)

    def _span(self, low: str, high: str) -> str:
        """Two ends with the unit said once where it is the same."""
        unit = high.partition(" ")[2]
        if unit and low.endswith(f" {unit}"):
            low = low.removesuffix(f" {unit}")
        return self.unit("span", low=low, high=high)


Show = Callable[[float, Wording], str]


def _distance(metres: float, wording: Wording) -> str:
    per = _M_PER[wording.units]
    if 0 < abs(metres) < 0.1 * per:
        return _height(metres, wording)
    return wording.unit(wording.units, n=wording.short(metres / per))


def _height(metres: float, wording: Wording) -> str:
    if wording.units == "miles":
        return wording.unit("ft", n=wording.number(metres / _M_PER_FOOT))
    return wording.unit("m", n=wording.number(metres))


def _duration(seconds: float, wording: Wording) -> str:
    minutes = round(seconds / 60)
    if minutes < 60:
        return wording.unit("minutes", n=str(minutes))
    return wording.unit("hours", h=str(minutes // 60), n=f"{minutes % 60:02d}")


def _speed(mps: float, wording: Wording) -> str:
    if mps <= 0:
        return wording.unit("standing")
    minutes, seconds = divmod(round(_M_PER[wording.units] / mps), 60)
    return wording.unit(f"pace_{wording.units}", n=f"{minutes}:{seconds:02d}")


def _clock(hours: float, wording: Wording) -> str:
    minutes = round(hours * 60) % 1440
    return wording.unit("hour", n=f"{minutes // 60}:{minutes % 60:02d}")


def _plain(unit: Unit) -> Show:
    return lambda number, wording: wording.unit(unit, n=wording.short(number))


def _plural(unit: Unit) -> Show:
    return lambda number, wording: wording.unit(
        f"{unit}_one" if number == 1 else unit, n=wording.short(number)
    )


_SHOWN: dict[Unit, Show] = {
    "m": _distance,
    "s": _duration,
    "mps": _speed,
    "spm": _plain("spm"),
    "ms": _plain("ms"),
    "mm": _plain("mm"),
    "bpm": _plain("bpm"),
    "au": _plain("au"),
    "share": lambda share, wording: wording.unit("share", n=f"{share * 100:.0f}"),
    "ratio": lambda ratio, wording: wording.unit("ratio", n=f"{(ratio - 1) * 100:+.0f}"),
    "count": lambda count, wording: wording.unit("count", n=wording.number(count)),
    "day": _plural("day"),
    "week": _plural("week"),
    "year": _plural("year"),
    "point": _plural("point"),
    "score": _plain("score"),
    "hour": _clock,
    "number": _plain("number"),
    "celsius": lambda degrees, wording: wording.unit("celsius", n=wording.number(degrees)),
    "bw": _plain("bw"),
    "deg": _plural("deg"),
    "kg": _plain("kg"),
}
