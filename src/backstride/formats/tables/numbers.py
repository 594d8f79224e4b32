"""Numbers as people's spreadsheets write them: 1,406 and 2,94 and 1.661 and 10.24.

A comma or point before exactly three digits may part thousands or decimals.  Other numbers of the same
column, or else of the same table, tell which: where 2,94 stands, 1.661 is a thousand and more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import isfinite

MISSING = frozenset({"", "-", "--", "---", "—", "–", "n/a", "nan", "null", "none", "--:--", "--:--:--"})
"""Cells that say "not recorded", in lower case."""

LARGEST = 1e15

_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")
_BLANKS = str.maketrans(dict.fromkeys(" \u00a0\u2009\u202f\u2007'’_"))
_MINUS = str.maketrans({"\u2212": "-"})
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})+")


def told(cell: str) -> str | None:
    """The cell without the marks that spreadsheets guard it with; None where it says "not recorded".

    Garmin's exports guard a leading minus against Excel with an apostrophe ('-12); others write ="12".
    """
    text = cell.strip()
    if text.startswith("="):
        text = text[1:].strip().strip('"')
    text = text.lstrip("'").strip()
    return None if text.lower() in MISSING else text


def decimal_sign(cells: Iterable[str]) -> str | None:
    """Which of comma and point parts decimals in these cells; None where none of them tells."""
    votes = Counter(sign for cell in cells if (sign := _sign_told(cell)) is not None)
    if not votes:
        return None
    return "," if votes[","] > votes["."] else "."


def number(cell: str, decimal: str) -> float | None:
    """The number in a cell, a unit after it left out; None where there is none, or none that is finite.

    `decimal` decides only where the cell itself may be read in two ways.
    """
    text = _bare(cell)
    if text is None:
        return None
    sign = _sign_told_by(text)
    if sign is None:
        sign = decimal if _THOUSANDS.fullmatch(text) else "."
    other = "," if sign == "." else "."
    try:
        value = float(text.replace(other, "").replace(sign, "."))
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) < LARGEST else None


def _bare(cell: str) -> str | None:
    text = told(cell)
    if text is None or len(text) > 60:
        return None
    text = text.translate(_MINUS).translate(_BLANKS)
    if text.lower().rstrip("0123456789+-").endswith("e"):  # 1.2E+05, as spreadsheets shorten
        try:
            return repr(float(text.replace(",", ".")))
        except (ValueError, OverflowError):
            return None
    found = _NUMBER.match(text)
    # A unit may follow ("5.2km"), but not more digits or a clock's colon.
    if found is None or re.search(r"[\d:/]", text[found.end() :]):
        return None
    return found[0].rstrip(",.")


def _sign_told(cell: str) -> str | None:
    text = _bare(cell)
    return None if text is None else _sign_told_by(text)


def _sign_told_by(text: str) -> str | None:
    """The decimal sign, where this number alone can be read in one way only."""
    if "," in text and "." in text:
        return max(",.", key=text.rfind)
    marks = [sign for sign in text if sign in ",."]
    if not marks:
        return None
    if len(marks) > 1:
        return "." if marks[0] == "," else ","  # 1,234,567: what parts thousands parts no decimals
    if _THOUSANDS.fullmatch(text):
        return None
    return marks[0]
