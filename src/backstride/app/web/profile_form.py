"""The profile as a form: in the units the runner uses, with what was typed kept where it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backstride.app.entering import checked_profile
from backstride.model.errors import BadInput
from backstride.model.history import Profile
from backstride.model.text import Text
from backstride.reports.wording import Units, Wording

CM_PER_M, CM_PER_INCH, KG_PER_POUND = 100.0, 2.54, 0.45359237
NUMBERS = ("birth_year", "age_years")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in each field of the form, and what is wrong with it."""

    values: Mapping[str, str]
    faults: Mapping[str, str]


def shown(profile: Profile, units: Units) -> dict[str, str]:
    """The profile as the form shows it; what was not told is empty."""
    values = {name: _whole(getattr(profile, name)) for name in NUMBERS}
    values |= {"sex": profile.sex or "", "zone": profile.zone or ""}
    values["medicines"] = ", ".join(profile.medicines or ())
    values["no_medicines"] = "yes" if profile.medicines == () else ""
    return values | _height(profile.height_m, units) | _mass(profile.mass_kg, units)


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _height(metres: float | None, units: Units) -> dict[str, str]:
    if units == "km":
        return {"height": "" if metres is None else f"{metres * CM_PER_M:.1f}".removesuffix(".0")}
    if metres is None:
        return {"feet": "", "inches": ""}
    half_inches = round(metres * CM_PER_M / CM_PER_INCH * 2)
    feet, rest = divmod(half_inches, 24)
    return {"feet": str(feet), "inches": f"{rest / 2:g}"}


def _mass(kilograms: float | None, units: Units) -> dict[str, str]:
    if kilograms is None:
        return {"mass": ""}
    return {"mass": f"{kilograms if units == 'km' else kilograms / KG_PER_POUND:.1f}".removesuffix(".0")}


def told(given: Mapping[str, str], before: Profile, units: Units) -> dict[str, Any]:  # Any: each its own type
    """The fields of the profile as typed; one that was not touched stays exactly as it is.

    Raises: BadInput with every fault.
    """
    same = shown(before, units)
    row: dict[str, Any] = {name: given.get(name, "").strip() or None for name in (*NUMBERS, "sex", "zone")}
    row["medicines"] = _medicines(given)
    row["mass_kg"] = before.mass_kg if _same(given, same, "mass") else _mass_kg(given, units)
    parts = ("height",) if units == "km" else ("feet", "inches")
    row["height_m"] = before.height_m if _same(given, same, *parts) else _height_m(given, units)
    return checked_profile(row)


def _same(given: Mapping[str, str], same: Mapping[str, str], *names: str) -> bool:
    return all(given.get(name, "").strip() == same[name] for name in names)


def _medicines(given: Mapping[str, str]) -> tuple[str, ...] | None:
    """The names; none where it is said that there are none; None where nothing is said."""
    names = tuple(part.strip() for part in given.get("medicines", "").split(",") if part.strip())
    return names or (() if given.get("no_medicines") else None)


def _number(text: str) -> float | str | None:
    """The number; the text itself where it is none, so that the check says so; None where nothing stands."""
    text = text.strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _mass_kg(given: Mapping[str, str], units: Units) -> float | str | None:
    mass = _number(given.get("mass", ""))
    return mass * KG_PER_POUND if isinstance(mass, float) and units == "miles" else mass


def _height_m(given: Mapping[str, str], units: Units) -> float | str | None:
    if units == "km":
        height = _number(given.get("height", ""))
        return height / CM_PER_M if isinstance(height, float) else height
    feet, inches = _number(given.get("feet", "")), _number(given.get("inches", ""))
    if isinstance(feet, str) or isinstance(inches, str):
        return "no number"
    if feet is None and inches is None:
        return None
    return ((feet or 0.0) * 12 + (inches or 0.0)) * CM_PER_INCH / CM_PER_M


def faults_by_field(error: BadInput, words: Wording) -> dict[str, str]:
    """Each fault by the field of the form it stands beside, in words that fit the form."""
    found: dict[str, str] = {}
    for each in error.faults:
        field = str(each).partition(":")[0]
        own = f"web_settings.wrong_{field}_{words.units}"
        name = {"height_m": "height", "mass_kg": "mass"}.get(field, field)
        shown_as = words.say(Text(own)) if own in words.catalog else words.told(each).partition(": ")[2]
        found.setdefault(name, shown_as)
    return found
