"""The bytes of a table as text, whatever program saved them."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from backstride.formats.xml.encoding import is_utf8

REPAIR = "repair_encoding"
"""Named where the bytes are not what exports are written in (UTF-8), but can be read all the same."""

HEAD_BYTES = 65_536
"""How much is looked at to tell what a table is."""


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as text, and what had to be done for it."""

    text: str
    repairs: tuple[str, ...] = ()


def decoded(data: bytes) -> TableText:
    """The table as text, without the mark in front; what fits no encoding becomes U+FFFD.

    UTF-8 is what exports are written in.  Spreadsheets save UTF-16, or Windows' old letters (cp1252).
    """
    wide = _wide(data)
    if wide is not None:
        return TableText(_clean(data.decode(wide, "replace")), (REPAIR,))
    if is_utf8(data):
        return TableText(_clean(data.decode("utf-8", "replace")))
    text = data.decode("utf-8", "replace")
    # One damaged letter among many sound ones is no reason to read them all as Windows' letters.
    if text.count("\ufffd") < sum(ord(sign) > 127 for sign in text) / 2:
        return TableText(_clean(text), (REPAIR,))
    return TableText(_clean(data.decode("cp1252", "replace")), (REPAIR,))


def _clean(text: str) -> str:
    """Without the byte order mark and without NUL, which no table has a use for."""
    return text.removeprefix("\ufeff").replace("\0", "")


def _wide(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:64]
    if len(head) < 8:
        return None
    if not any(head[1::2]) and all(head[::2]):
        return "utf-16-le"
    if not any(head[::2]) and all(head[1::2]):
        return "utf-16-be"
    return None
