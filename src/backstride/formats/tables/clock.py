"""Durations, paces and balances as tables write them."""

from __future__ import annotations

import re

from backstride.formats.tables.numbers import number, told
from backstride.model.channels import CHANNELS

LONGEST_S = CHANNELS["time_s"].high
LONGEST_CELL = 60
"""In letters; what is longer is a sentence."""

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d{1,6})?)(?:\s*([ap])\.?m\.?)?", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:(\d{1,4})\s*h[a-z]*\.?)?\s*(?:(\d{1,4})\s*m[a-z]*\.?)?\s*(?:(\d{1,6}(?:[.,]\d+)?)\s*s[a-z]*\.?)?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?")
_LETTERS = re.compile(r"[^\W\d_]+")

RIGHT = frozenset(
    {"r", "right", "rechts", "höger", "høyre", "højre", "droite", "destra", "derecha", "direita"}
)
"""First word of a balance that begins with the right foot; Garmin's own begin with the left."""


def seconds(cell: str) -> float | None:
    """A duration in seconds; None where there is none.  Zero is none: makers fill in 00:00:00.

    Known forms: "00:28:47", "04:49.8", "46:46", "1h 04m 33s", and plain seconds.  A spreadsheet may have
    made a time of the day of it ("12:28:47 AM").
    """
    text = told(cell)
    if text is None or len(text) > LONGEST_CELL:
        return None
    value = _clock_s(text)
    if value is None:
        value = _words_s(text)
    if value is None:
        value = number(text, ".")
    return value if value is not None and 0 < value <= LONGEST_S else None


def _clock_s(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes = int(found[1] or 0), int(found[2])
    second = float(found[3].replace(",", "."))
    if second >= 60 or (found[1] is not None and minutes >= 60):
        return None
    if found[4]:  # a time of the day: 12 AM is none, 1 PM is 13
        hours = hours % 12 + (12 if found[4].lower() == "p" else 0)
    return hours * 3600.0 + minutes * 60 + second


def _words_s(text: str) -> float | None:
    found = _WORDS.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, second = (float((part or "0").replace(",", ".")) for part in found.groups())
    return hours * 3600 + minutes * 60 + second


def left_share(cell: str) -> float | None:
    """The left foot's share out of "50.6% L / 49.4% R" in any language; None where there is none."""
    text = told(cell)
    if text is None or len(text) > LONGEST_CELL:
        return None
    parts = [float(part.replace(",", ".")) for part in _PARTS.findall(text)]
    if len(parts) == 1:
        parts.append(100 - parts[0])
    if len(parts) != 2 or abs(sum(parts) - 100) > 1 or min(parts) < 0:
        return None
    first = _LETTERS.search(text)
    right_first = first is not None and (first[0].casefold() in RIGHT or first[0].startswith("右"))
    return round(parts[1 if right_first else 0] / 100, 6)
