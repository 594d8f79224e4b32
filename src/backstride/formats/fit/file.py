"""The parts of a FIT file: header, messages, checksum, and further parts chained behind.

    header 12 or 14 bytes | messages, as many bytes as the header says | checksum 2 bytes | next header ...

A damaged file is read as far as it is sound, and every fault becomes a sentence with the byte it is at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.columns import Table
from backstride.formats.fit.crc import crc16
from backstride.formats.fit.profile import MESSAGE_NUMBERS
from backstride.formats.fit.resync import walk_part
from backstride.formats.fit.times import Clock
from backstride.formats.fit.walk import Trail
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

MAGIC = b".FIT"
HEADER_SIZES = (12, 14)
MAGIC_AT = 8
"""Where it stands in the header."""
SHORTEST_HEADER = 12
CRC_BYTES = 2
MOST_PARTS = 64
"""Chained files in one; watches that chain write two to five."""
MOST_JUNK = 65_536
"""Bytes before the first header that are passed over."""
MOST_NAMED_FAULTS = 5
"""Damaged places that are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One header with the messages that follow it."""

    start: int
    end: int
    trail: Trail
    damaged: bool
    """True when its checksum does not fit or a part of it could not be read."""
    warnings: tuple[Said, ...]
    clock: Clock

    def table(self, name: str) -> Table:
        """The messages of one type, by the name it has in the profile; without rows where there are none."""
        return Table(self.trail, MESSAGE_NUMBERS[name], self.clock)

    def message_numbers(self) -> tuple[int, ...]:
        """Numbers of all message types that stand in it, in the order they first stand."""
        return tuple(dict.fromkeys(each.message for each in self.trail.definitions if each.count))

    def table_of(self, message: int) -> Table:
        """The messages of one type, by number."""
        return Table(self.trail, message, self.clock)


def looks_like_fit(data: bytes) -> bool:
    """True when a FIT header stands at the beginning, or after a little junk."""
    return _header_near(data, 0) is not None


def parts_of(data: bytes, name: str) -> tuple[Part, ...]:
    """The parts of a FIT file in order, each as far as it is sound.

    Raises: BadFile when there is no FIT header, or no sound message behind any.
    """
    start = _header_near(data, 0)
    if start is None:
        why = said("there is no FIT header here; the file is of another kind or was damaged in transfer")
        raise BadFile(name, said("byte 0"), why)
    view = np.frombuffer(data, np.uint8)
    parts: list[Part] = []
    warnings = (
        [said("{start} bytes stand before the header and are passed over", start=start)] if start else []
    )
    while start is not None and len(parts) < MOST_PARTS:
        part = _part(data, view, start, warnings)
        parts.append(part)
        start, warnings = _next_header(data, part.end)
    if not any(part.trail.messages for part in parts):
        at = min(parts[0].start + data[parts[0].start], len(data))
        cut = at >= len(data) - CRC_BYTES
        found = (
            said("the file ends behind its header") if cut else said("no sound message follows the header")
        )
        raise BadFile(
            name,
            said("byte {at}", at=at),
            said("{found}; copy it from the watch or download it again", found=found),
        )
    if warnings:
        parts[-1] = _warned(parts[-1], warnings)
    return tuple(parts)


def _warned(part: Part, warnings: list[Said]) -> Part:
    return Part(part.start, part.end, part.trail, part.damaged, (*part.warnings, *warnings), part.clock)


def _header_near(data: bytes, start: int) -> int | None:
    """Where the first header begins, at `start` or a little behind it.

    Behind junk its length must be one that headers have: a text may well name a file that ends in .FIT.
    """
    stop = start + MAGIC_AT + MOST_JUNK
    found = data.find(MAGIC, start + MAGIC_AT, stop)
    while found >= 0:
        begin = found - MAGIC_AT
        if begin == start or data[begin] in HEADER_SIZES:
            return begin
        found = data.find(MAGIC, found + 1, stop)
    return None


def _next_header(data: bytes, end: int) -> tuple[int | None, list[Said]]:
    """Where the next chained part begins, and what to say of bytes before or in place of it."""
    left = len(data) - end
    if left <= 0:
        return None, []
    found = _header_near(data, end)
    if found is not None:
        junk = [said("at byte {end}: {n} bytes between two parts are passed over", end=end, n=found - end)]
        return found, junk if found > end else []
    if not any(data[end:]):
        return None, []
    return None, [
        said("at byte {end}: {left} bytes behind the end of the file are passed over", end=end, left=left)
    ]


@dataclass(frozen=True, slots=True)
class _Extent:
    """Which bytes of a part are messages, and where the part ends."""

    first: int
    stop: int
    end: int
    damaged: bool
    cut: bool
    warnings: tuple[Said, ...]


def _part(data: bytes, view: NDArray[np.uint8], start: int, warnings: list[Said]) -> Part:
    extent = _extent(data, view, start)
    trail = walk_part(data, view, extent.first, extent.stop, extent.damaged)
    told = (*warnings, *extent.warnings, *_fault_warnings(trail, extent))
    damaged = extent.damaged or bool(trail.faults) or trail.cut_at is not None
    return Part(start, extent.end, trail, damaged, told, Clock(trail))


def _extent(data: bytes, view: NDArray[np.uint8], start: int) -> _Extent:
    header = data[start]
    first = start + (header if header >= SHORTEST_HEADER else SHORTEST_HEADER + 2)
    declared = int.from_bytes(data[start + 4 : start + 8], "little")
    size = len(data)
    stop = first + declared
    if declared == 0:
        return _undeclared(
            data, view, start, first, said("the header says the file is empty: the recording broke off")
        )
    if stop > size:
        if _next_magic(data, first) is None and size - first > 2 and _crc_fits(data, view, start, size - 2):
            return _Extent(first, size - 2, size, False, False, (said("the header says a wrong size"),))
        why = said("cut short at byte {size}: the header says {n}", size=size, n=stop + 2)
        return _Extent(first, size, size, True, True, (why,))
    if stop + 2 > size:
        return _Extent(first, stop, size, False, False, (said("the checksum at the end is missing"),))
    if _crc_fits(data, view, start, stop):
        return _Extent(first, stop, stop + 2, False, False, ())
    behind = size - stop - 2
    if behind > 0 and _next_magic(data, stop) is None and any(data[stop + 2 :]):
        return _undeclared(
            data,
            view,
            start,
            first,
            said("the header says {n} bytes, the file has {size}", n=stop + 2, size=size),
        )
    why = said(
        "at byte {stop}: the checksum does not fit; some of the file may have been changed or damaged",
        stop=stop,
    )
    return _Extent(first, stop, stop + 2, True, False, (why,))


def _undeclared(data: bytes, view: NDArray[np.uint8], start: int, first: int, why: Said) -> _Extent:
    """A part whose header does not say where it ends: it goes on to the next header or to the file's end."""
    following = _next_magic(data, first)
    end = len(data) if following is None else following
    if end - first > 2 and _crc_fits(data, view, start, end - 2):
        return _Extent(first, end - 2, end, False, False, (why,))
    return _Extent(first, end, end, True, True, (why,))


def _next_magic(data: bytes, start: int) -> int | None:
    found = data.find(MAGIC, start + MAGIC_AT)
    return None if found < 0 else found - MAGIC_AT


def _crc_fits(data: bytes, view: NDArray[np.uint8], start: int, stop: int) -> bool:
    return crc16(view[start:stop]) == int.from_bytes(data[stop : stop + 2], "little")


def _fault_warnings(trail: Trail, extent: _Extent) -> list[Said]:
    faults = trail.faults
    if extent.cut and faults and faults[-1].at >= extent.stop - 2:
        # The two bytes of a checksum, where nothing says that they are one.
        faults = faults[:-1]
    told = [
        said("damaged at byte {at}: {why}", at=fault.at, why=fault.why)
        for fault in faults[:MOST_NAMED_FAULTS]
    ]
    if len(faults) > MOST_NAMED_FAULTS:
        told.append(said("damaged in {n} more places", n=len(faults) - MOST_NAMED_FAULTS))
    if faults and trail.skipped:
        told.append(said("{skipped} bytes could not be read", skipped=trail.skipped))
    if trail.cut_at is not None and not extent.cut:
        told.append(said("cut short at byte {cut_at}: the last message is not whole", cut_at=trail.cut_at))
    return told
