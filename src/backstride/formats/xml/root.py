"""Which kind of XML a file is, by the name of its first element."""

from __future__ import annotations

import re

LOOKED_AT = 8192
"""Bytes in which the first element must begin: exports carry long comments, never longer than this."""

_NOT_ELEMENTS = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE\s+html", re.DOTALL | re.IGNORECASE)
_DOCTYPE_HTML = re.compile(r"<!DOCTYPE\s+html", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def root_element(data: bytes) -> str | None:
    """The first element's name in lower case without its prefix; None where the file is no XML or HTML.

    A little junk or white space before it is passed over; UTF-16 is understood with and without a mark.
    """
    text = _text(data[:LOOKED_AT])
    if _DOCTYPE_HTML.search(text):
        return "html"
    found = _ELEMENT.search(_NOT_ELEMENTS.sub(" ", text))
    return None if found is None else found[1].lower()


def _text(head: bytes) -> str:
    if head[:2] == b"\xff\xfe" or head[:2] == b"<\0":
        return head.decode("utf-16-le", "ignore")
    if head[:2] == b"\xfe\xff" or head[:2] == b"\0<":
        return head.decode("utf-16-be", "ignore")
    return head.decode("latin-1")
