"""JSON as account exports write it: with BOMs, bare NaN, half letters, and cut short by a full disk.

Python's own parser takes bare NaN and Infinity, and of equal keys the last, as browsers do.  What it cannot
take is handled here: bytes that are no text, numbers of thousands of digits, brackets nested without end, and
damage, of which each costs only the entry it is in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from backstride.model.errors import BadFile
from backstride.model.said import Said, plainly, said

MOST_BYTES = 1 << 29
"""Half a gigabyte: the largest known file of an account export (Garmin's summaries) has 0.14."""
MOST_DAMAGES = 200
"""After so many the rest of a list is left: finding each again takes time, and no half file is so damaged."""
_MOST_DIGITS = 18
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[\[{]")
_TOKENS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},]', re.DOTALL)
_FIRST_KEY = re.compile(r'\s*\{\s*("(?:[^"\\]|\\.)*")\s*:')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Document:
    """What a JSON file holds."""

    value: object
    warnings: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of the list that a JSON file is, or holds; each whatever it is."""

    entries: tuple[object, ...]
    warnings: tuple[Said, ...] = ()


def begins_as_json(data: bytes) -> bool:
    """True where the first sign is an opening bracket; any length of data is as quick."""
    return _BEGINS.match(data[:256]) is not None


def document(data: bytes, name: str) -> Document:
    """The one value of the file; of a file that is cut short all that came before the cut.

    Raises: BadFile where nothing can be made of it.
    """
    text, warnings = _text(data, name)
    try:
        return Document(_decoded(text, name), warnings)
    except json.JSONDecodeError as error:
        whole = _closed(text, error.pos)
        if whole is None:
            raise _bad(text, name, error) from None
        try:
            value = _decoded(whole, name)
        except json.JSONDecodeError:
            raise _bad(text, name, error) from None
        at = _byte(text, error.pos)
        lost = said("damaged at byte {at}; what came before it was read, the rest is lost", at=at)
        return Document(value, (*warnings, lost))


def entries(data: bytes, name: str, within: str | None = None) -> Entries:
    """The entries of the outermost list, or of each list of the name `within` where there is one.

    A file that is one object without such a list is one entry.

    Raises: BadFile where no entry can be read.
    """
    text, warnings = _text(data, name)
    try:
        return Entries(tuple(_listed(_decoded(text, name), within)), warnings)
    except json.JSONDecodeError as error:
        found, damages = _salvaged(text, within)
        if not found:
            raise _bad(text, name, error) from None
        lost = said("damaged at {n} places, the first at byte {at}; the entries there are lost",
                    n=damages, at=_byte(text, error.pos))  # fmt: skip
        return Entries(tuple(found), (*warnings, lost))


def _text(data: bytes, name: str) -> tuple[str, tuple[Said, ...]]:
    if len(data) > MOST_BYTES:
        why = said("{size} bytes of JSON are more than can be read at once", size=len(data))
        raise BadFile(name, said("byte {at}", at=MOST_BYTES), why)
    coding = next((coding for bom, coding in _BOMS if data.startswith(bom)), "utf-8")
    text = data.decode(coding, "replace").lstrip("\ufeff")
    try:
        data.decode(coding)
    except UnicodeDecodeError as error:
        return text, (said("no text at byte {at}; the signs there are lost", at=error.start),)
    return text, ()


def _decoded(text: str, name: str) -> object:
    """Raises: json.JSONDecodeError; BadFile where the brackets are nested too deep."""
    try:
        value: object = json.loads(text, parse_int=_whole)
    except RecursionError:
        why = said("brackets are nested deeper than in any export")
        raise BadFile(name, said("byte {at}", at=0), why) from None
    return value


def _whole(digits: str) -> float:
    # int() refuses 4,300 digits, and is slow long before; an id never has more than 18
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _listed(value: object, within: str | None) -> Iterator[object]:
    """The entries, through any wrapping objects that hold them under the name."""
    for each in value if isinstance(value, list) else [value]:
        held = each.get(within) if within is not None and isinstance(each, dict) else None
        if isinstance(held, list):
            yield from held
        elif held is None and isinstance(each, list):
            yield from each
        else:
            yield each


def _salvaged(text: str, within: str | None) -> tuple[list[object], int]:
    """The entries that are whole, and how many damages lie between or after them."""
    decoder = json.JSONDecoder(parse_int=_whole)
    found: list[object] = []
    damages, at = 0, _list_at(text, within, 0)
    first = _FIRST_KEY.match(text, at) if at is not None else None
    while at is not None:
        between = _BETWEEN.match(text, at)
        at = at if between is None else between.end()
        if text.startswith("]", at):
            at = _list_at(text, within, at) if within is not None else None
            continue
        try:
            entry, at = decoder.raw_decode(text, at)
            found.append(entry)
        except (json.JSONDecodeError, RecursionError):
            damages += 1
            at = _next_at(text, at + 1, first) if damages < MOST_DAMAGES else None
    return found, max(damages, 1)


def _list_at(text: str, within: str | None, start: int) -> int | None:
    """Just behind the bracket that opens the next list of the name, or else the outermost list."""
    if within is not None:
        opened = re.compile(rf'"{re.escape(within)}"\s*:\s*\[').search(text, start)
        if opened is not None or start:
            return opened.end() if opened is not None else None
    outermost = re.compile(r"\s*\[").match(text)
    return None if outermost is None else outermost.end()


def _next_at(text: str, start: int, first: re.Match[str] | None) -> int | None:
    """Where an object begins as the first entry did: the objects inside an entry begin with other keys."""
    if first is None:
        return None
    begins = re.compile(rf",\s*(?=\{{\s*{re.escape(first[1])}\s*:)").search(text, start)
    return None if begins is None else begins.end()


def _closed(text: str, at: int) -> str | None:
    """The text up to the last comma before a place, with every bracket closed; None without a comma."""
    closers: list[str] = []
    best: tuple[int, str] | None = None
    for token in _TOKENS.finditer(text, 0, at):
        match token[0]:
            case "[":
                closers.append("]")
            case "{":
                closers.append("}")
            case "]" | "}" if closers:
                closers.pop()
            case ",":
                best = token.start(), "".join(reversed(closers))
    return None if best is None else text[: best[0]] + best[1]


def _bad(text: str, name: str, error: json.JSONDecodeError) -> BadFile:
    return BadFile(
        name,
        said("byte {at}", at=_byte(text, error.pos)),
        said("the JSON is damaged there ({why}); ask for the export again", why=plainly(error.msg)),
    )


def _byte(text: str, at: int) -> int:
    return len(text[:at].encode("utf-8", "surrogatepass"))
