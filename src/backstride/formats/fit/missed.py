"""Records that a walk through a damaged file stepped over without noticing.

After lost bytes a walk can fall into a false step that never trips: zeros in the data pass for headers of
a type whose length divides the records'.  So where a file is known to be damaged, the bytes that no dated
message covers are searched for chains of dated records.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.layout import COMPRESSED, Definition
from backstride.formats.fit.walk import Trail

RECORD = 20
CHAIN = 3
"""Records end to end, all with a plausible time, that are no chance."""
NEAR_S = 30 * 86_400
"""How far from the middle time of the file a plausible one may lie."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Bytes that are better passed over."""

    begin: int
    end: int


def first_missed(trail: Trail, start: int, end: int) -> Jump | None:
    """From behind the last dated message to the first chain of records that was missed; None if none was."""
    stamped = [each for each in trail.definitions if each.stamp_at is not None and each.count]
    if not stamped:
        return None
    stamps = np.concatenate([_stamps(trail, each, _whole(trail, each)) for each in stamped])
    if not stamps.size:
        return None
    middle = int(np.median(stamps))
    covered = _covered(trail, stamped, middle, start, end)
    missed = [_first_chain(trail, each, middle, covered, start) for each in stamped if each.message == RECORD]
    found = min((at for at in missed if at is not None), default=None)
    if found is None:
        return None
    trusted = np.flatnonzero(covered[: found - start])
    return Jump(start + int(trusted[-1]) + 1, found) if trusted.size else None


def stamps_at(view: NDArray[np.uint8], places: NDArray[np.int64], little: bool) -> NDArray[np.int64]:
    """The four-byte numbers at these places."""
    parts = [view[places + nth].astype(np.int64) for nth in range(4)]
    if not little:
        parts.reverse()
    return parts[0] | parts[1] << 8 | parts[2] << 16 | parts[3] << 24


def _whole(trail: Trail, definition: Definition) -> NDArray[np.int64]:
    """Places of its messages that have a whole timestamp."""
    places = definition.places()
    return places[trail.view[places] < COMPRESSED]


def _stamps(trail: Trail, definition: Definition, places: NDArray[np.int64]) -> NDArray[np.int64]:
    return stamps_at(trail.view, places + (definition.stamp_at or 0), definition.little)


def _covered(trail: Trail, stamped: list[Definition], middle: int, start: int, end: int) -> NDArray[np.bool_]:
    """By byte: true inside a message with a plausible time."""
    edges = np.zeros(end - start + 1, np.int32)
    for definition in stamped:
        places = _whole(trail, definition)
        near = np.abs(_stamps(trail, definition, places) - middle) <= NEAR_S
        sound = places[near] - start
        np.add.at(edges, sound, 1)
        np.add.at(edges, np.minimum(sound + definition.size, end - start), -1)
    return np.asarray(np.cumsum(edges)[:-1] > 0)


def _first_chain(
    trail: Trail, definition: Definition, middle: int, covered: NDArray[np.bool_], start: int
) -> int | None:
    """The first place outside all dated messages where a chain of records of this layout begins."""
    whole = _whole(trail, definition)
    reach = CHAIN * definition.size
    if not whole.size or covered.size < reach:
        return None
    header = trail.view[whole[-1]]
    places = start + np.flatnonzero((trail.view[start : start + covered.size] == header) & ~covered)
    places = places[places + reach <= start + covered.size]
    for nth in range(CHAIN):
        at = places + nth * definition.size
        near = np.abs(_stamps(trail, definition, at) - middle) <= NEAR_S
        places = places[(trail.view[at] == header) & near & ~covered[at - start]]
    return int(places[0]) if places.size else None
