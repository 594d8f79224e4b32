"""Where to go on reading after damage in the middle of a FIT file.

The format has no marks to find the next message by, so a place is taken as sound only when several things
hold at once: a definition there is well formed to the last field; or a data message's timestamp fits the
ones before the damage, and the messages that would follow it can begin where it ends.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.layout import (
    COMPRESSED,
    MESG_DEFINITION,
    Definition,
    definition_length,
    is_likely,
)
from backstride.formats.fit.missed import Jump, first_missed, stamps_at
from backstride.formats.fit.walk import PAST_END, Fault, Trail, follow
from backstride.model.said import said

MOST_FAULTS = 200
"""Damaged places in one part after which nothing more is tried."""
MOST_JUMPS = 12
"""False steps in one part that are gone back on: each costs another walk."""
CHAIN, CHAIN_UNSTAMPED = 3, 8
"""Messages that must follow one another for a place to count as sound; more where none has a timestamp."""
MOST_TRIED = 100_000
"""Places looked at in one part: bounds the time that a file made of traps can take."""
EARLIEST_STAMP = 0x1000_0000
"""Smaller timestamps are seconds since the device was switched on."""
LATEST_STAMP = 3_471_292_800
"""The first second of 2100."""
DAY_S = 86_400


def walk_part(data: bytes, view: NDArray[np.uint8], start: int, end: int, damaged: bool) -> Trail:
    """Everything sound between `start` and `end`, past any damage; the faults say where the damage is.

    `damaged` says that some bytes are known to be wrong or lost, though no one knows which.
    """
    jumps: list[Jump] = []
    trail = _walk(data, view, start, end, jumps)
    while (damaged or trail.faults) and not trail.exhausted and len(jumps) < MOST_JUMPS:
        jump = first_missed(trail, start, end)
        if jump is None:
            break
        jumps = sorted([*jumps, jump], key=lambda each: each.begin)
        trail = _walk(data, view, start, end, jumps)
    return trail


def _walk(data: bytes, view: NDArray[np.uint8], start: int, end: int, jumps: list[Jump]) -> Trail:
    """One walk from jump to jump."""
    trail = Trail(data, view)
    at = start
    for jump in jumps:
        if jump.begin < at:
            continue
        _walk_to(trail, at, jump.begin)
        trail.faults.append(Fault(jump.begin, said("messages that make no sense")))
        trail.skipped += jump.end - jump.begin
        trail.cut_at, at = None, jump.end
    _walk_to(trail, at, end)
    return trail


def _walk_to(trail: Trail, at: int, end: int) -> None:
    """Walk on to `end`, past any damage."""
    while (fault := follow(trail, at, end)) is not None:
        last = trail.last_message()
        # The damage may lie inside the message before it, so the search begins right behind its header.
        doubtful = last is not None and last[1] >= at and last[1] + last[0].size == fault.at
        begin = last[1] + 1 if last is not None and doubtful else fault.at + 1
        sound = None
        if not trail.exhausted and len(trail.faults) < MOST_FAULTS:
            sound = _next_sound(trail, begin, end)
        if sound is None and fault.why == PAST_END:
            trail.cut_at = fault.at
            return
        trail.faults.append(fault)
        trail.skipped += max(0, (end if sound is None else sound) - fault.at)
        if sound is None:
            return
        if last is not None and doubtful:
            last[0].drop_last()
        at = sound


def _next_sound(trail: Trail, begin: int, end: int) -> int | None:
    """The first sound place from `begin` on."""
    low, high = _stamp_range(trail)
    width = 1024
    while begin < end:
        stop = min(begin + width, end)
        for at in _candidates(trail, begin, stop, low, high):
            trail.tried += 1
            if trail.tried > MOST_TRIED:
                trail.exhausted = True
                return None
            if _is_sound(trail, at, end, low, high):
                return at
        # Doubling keeps the work in proportion to the bytes passed over.
        begin, width = stop, width * 2
    return None


def _candidates(trail: Trail, begin: int, stop: int, low: int, high: int) -> Iterator[int]:
    """Places between `begin` and `stop` that could be a definition or a data message, in order."""
    window = trail.view[begin:stop]
    compressed = trail.compressed
    found = [begin + np.flatnonzero((window & 0xD0) == MESG_DEFINITION)]
    for header, definition in enumerate(trail.current):
        if definition is None or (header >= COMPRESSED and not compressed):
            continue
        places = begin + np.flatnonzero(window == header)
        places = places[places + definition.size <= trail.view.size]
        if header < COMPRESSED:
            if definition.stamp_at is None:
                continue
            stamps = stamps_at(trail.view, places + definition.stamp_at, definition.little)
            places = places[(stamps >= low) & (stamps <= high)]
        found.append(places)
    yield from np.sort(np.concatenate(found)).tolist()


def _is_sound(trail: Trail, at: int, end: int, low: int, high: int) -> bool:
    """True when a chain of plausible messages begins at `at`."""
    data, needed = trail.data, CHAIN_UNSTAMPED
    for nth in range(CHAIN_UNSTAMPED):
        if nth >= needed or (at == end and needed == CHAIN):
            return True
        if at == end:
            return False
        header = data[at]
        definition = trail.current[header]
        if definition is not None:
            if at + definition.size > end:
                return False
            if header < COMPRESSED and definition.stamp_at is not None:
                if not low <= _stamp(data, at, definition) <= high:
                    return False
                needed = CHAIN
            at += definition.size
        elif header & 0xD0 == MESG_DEFINITION:
            length = definition_length(data, at, end)
            return length is not None and is_likely(data, at)
        else:
            return False
    return True


def _stamp_range(trail: Trail) -> tuple[int, int]:
    """Timestamps that fit the last sound ones: from a day before to thirty days after."""
    recent = _recent_stamps(trail)
    good = [stamp for stamp in recent if EARLIEST_STAMP <= stamp <= LATEST_STAMP]
    if not good:
        return EARLIEST_STAMP, LATEST_STAMP
    middle = sorted(good)[len(good) // 2]
    return middle - DAY_S, middle + 30 * DAY_S


def _recent_stamps(trail: Trail) -> list[int]:
    """Timestamps of the last fifteen data messages that have one."""
    found: list[tuple[int, int]] = []
    for definition in trail.definitions:
        if definition.stamp_at is None:
            continue
        for place in definition.last_places(15):
            found.append((place, _stamp(trail.data, place, definition)))
    return [stamp for _, stamp in sorted(found)[-15:]]


def _stamp(data: bytes, at: int, definition: Definition) -> int:
    place = at + (definition.stamp_at or 0)
    return int.from_bytes(data[place : place + 4], "little" if definition.little else "big")
