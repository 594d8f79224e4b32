"""The bytes of an XML file made fit for a parser: one encoding, no junk in front."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

CHUNK_BYTES = 1 << 20
"""How much is looked at in one go, so that a large file is never held a second time as text."""

JUNK_BYTES = 4096
"""How far into the file its first tag is looked for."""

_DECLARED = re.compile(rb"""^<\?xml[^>]{0,120}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_KNOWN_CODECS = re.compile(
    r"(iso[-_]?8859[-_]\d+|latin[-_]?\d|windows[-_]125\d|cp\d{3,4}|gb\w+|big5|shift[-_]jis|euc[-_]\w+|koi8[-_]\w)"
)
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_BLANKED = bytes.maketrans(_FORBIDDEN, b" " * len(_FORBIDDEN))


@dataclass(frozen=True, slots=True)
class XmlBytes:
    """An XML file as UTF-8 from its first tag on, and what had to be done for it."""

    data: bytes
    lines_before: int
    """How many lines stood before the first tag."""
    repairs: tuple[str, ...]


def chunks(data: bytes | memoryview) -> Iterator[memoryview]:
    """The same bytes in pieces of `CHUNK_BYTES`, none copied."""
    view = memoryview(data)
    for begin in range(0, len(data), CHUNK_BYTES):
        yield view[begin : begin + CHUNK_BYTES]


def prepared(data: bytes) -> XmlBytes:
    """The file as UTF-8 from its first tag on.

    What the bytes are counts more than what the declaration says: programs write "utf-16" over UTF-8
    and "utf-8" over Latin-1.
    """
    wide = _wide_encoding(data)
    if wide is not None:
        return _from_first_tag(recoded(data, wide), ("repair_encoding",))
    if is_utf8(data):
        return _from_first_tag(data, ())
    head = _from_first_tag(data[:JUNK_BYTES], ()).data
    return _from_first_tag(recoded(data, _declared_encoding(head)), ("repair_encoding",))


def is_utf8(data: bytes) -> bool:
    """True when every byte fits UTF-8; a last character that is cut short is let pass."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(data):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def recoded(data: bytes, encoding: str) -> bytes:
    """The same text as UTF-8; what does not fit the encoding becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    # "surrogatepass" would let halves of characters through, which no parser takes.
    return b"".join(decoder.decode(chunk).encode("utf-8", "replace") for chunk in chunks(data))


def mended(data: bytes) -> bytes:
    """The same file with bare ampersands written out and control characters blanked, line for line.

    The commonest fault in hand-made exports is a title such as "Run & swim".
    """
    return _BARE_AMPERSAND.sub(b"&amp;", data.translate(_BLANKED))


def _wide_encoding(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data[:2] == b"<\x00":
        return "utf-16-le"
    if data[:2] == b"\x00<":
        return "utf-16-be"
    return None


def _declared_encoding(head: bytes) -> str:
    declared = _DECLARED.match(head)
    name = declared[1].decode("ascii").lower() if declared else ""
    if _KNOWN_CODECS.fullmatch(name):
        try:
            return codecs.lookup(name).name
        except LookupError:
            return "latin-1"
    return "latin-1"


def _from_first_tag(data: bytes, repairs: tuple[str, ...]) -> XmlBytes:
    begin = max(0, data.find(b"<", 0, JUNK_BYTES))
    before = data[:begin].removeprefix(codecs.BOM_UTF8)
    if before.strip():
        repairs = (*repairs, "repair_leading_junk")
    elif before:
        repairs = (*repairs, "repair_leading_blanks")
    return XmlBytes(data[begin:] if begin else data, data.count(b"\n", 0, begin), repairs)
