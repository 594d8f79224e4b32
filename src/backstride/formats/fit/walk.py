"""Where every message of one part of a FIT file starts: a walk over header bytes alone.

    header byte 0x40..0x6F   a definition: how data messages of one local type are laid out from here on
    header byte 0x00..0x0F   a data message of that local type
    header byte 0x80..0xFF   a data message with a compressed timestamp: local type in bits 5-6

Only definitions and developer field descriptions are looked into.  Equal data messages that stand end to
end are found with one strided comparison, not one by one: that is what makes the walk fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.layout import (
    COMPRESSED,
    DEVELOPER_DATA,
    FIELD_DESCRIPTION,
    MESG_DEFINITION,
    Definition,
    Descriptions,
    definition_at,
    definition_length,
    description_at,
    is_possible,
)
from backstride.model.said import Said, said

MOST_STEPS = 4_000_000
"""Messages found one by one in a part: 40 days at one record a second come to 3.5 million."""
MOST_SLOTS = 200_000
"""Fields over all different definitions of one part; a device writes some hundreds."""
MOST_DESCRIPTIONS = 10_000
"""Developer field descriptions in one part; a device writes some dozens."""
SHORTEST_RUN = 4
"""Equal messages end to end that are worth a strided comparison."""


PAST_END = said("the message that begins here runs past the end")
"""The one fault that is no damage where nothing sound follows it: then the file is cut short there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A damaged place."""

    at: int
    """Byte of the file, counted from 0."""
    why: Said


def _nothing_defined(at: int) -> None:
    raise AssertionError(at)


@dataclass(slots=True)
class Trail:
    """What a walk has found, and what it needs to go on."""

    data: bytes
    view: NDArray[np.uint8]
    definitions: list[Definition] = field(default_factory=list)
    """In the order they first stand, each layout once."""
    descriptions: Descriptions = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cut_at: int | None = None
    """Where the last message begins, when it runs past the end of the data."""
    skipped: int = 0
    """Bytes passed over because nothing sound stood there."""
    tried: int = 0
    """Places looked at in search of a sound one."""
    exhausted: bool = False
    """True when a limit was reached that no device's file comes near."""

    sizes: list[int] = field(default_factory=lambda: [0] * 256)
    """Bytes of a data message by header byte; 0 where no definition stands."""
    current: list[Definition | None] = field(default_factory=lambda: [None] * 256)
    take: list[Callable[[int], None]] = field(default_factory=lambda: [_nothing_defined] * 256)
    """What notes the data message that starts at a place, by header byte."""
    known: dict[tuple[bytes, int], Definition] = field(default_factory=dict)
    redescribed: int = 0
    """How often a description came in or changed: a layout with developer fields is known only within one."""
    slots: int = 0

    @property
    def compressed(self) -> bool:
        """True when some message has only a compressed timestamp."""
        return any(definition.short_starts for definition in self.definitions)

    @property
    def messages(self) -> int:
        """How many data messages were found."""
        return sum(definition.count for definition in self.definitions)

    def define(self, at: int, length: int) -> None:
        """From here on the local type of the definition at `at` has its layout."""
        header = self.data[at]
        version = self.redescribed if header & DEVELOPER_DATA else 0
        key = (self.data[at + 1 : at + length], version)
        definition = self.known.get(key)
        if definition is None:
            definition = definition_at(self.data, at, self.descriptions)
            self.known[key] = definition
            self.definitions.append(definition)
            self.slots += 1 + len(definition.slots) + len(definition.developer)
            self.exhausted |= self.slots > MOST_SLOTS
        local = header & 0x0F
        self.sizes[local], self.current[local] = definition.size, definition
        self.take[local] = self._taker(definition)
        if local < 4:
            first = COMPRESSED | local << 5
            self.sizes[first : first + 32] = [definition.size] * 32
            self.current[first : first + 32] = [definition] * 32
            self.take[first : first + 32] = [definition.short_starts.append] * 32

    def _taker(self, definition: Definition) -> Callable[[int], None]:
        if definition.message != FIELD_DESCRIPTION:
            return definition.starts.append

        def take_and_describe(at: int) -> None:
            definition.starts.append(at)
            self._describe(at, definition)

        return take_and_describe

    def _describe(self, at: int, definition: Definition) -> None:
        if len(definition.starts) > MOST_DESCRIPTIONS:
            self.exhausted = True
            return
        described = description_at(self.data, at, definition)
        if described is None:
            return
        key = (described.index, described.number)
        if self.descriptions.get(key) != described:
            self.descriptions[key] = described
            self.redescribed += 1

    def take_run(self, at: int, end: int) -> int:
        """Note the equal messages that stand end to end from `at` on; where they end, `at` for too few."""
        header = self.data[at]
        definition = self.current[header]
        assert definition is not None
        # Compressed headers differ from one another, and descriptions are wanted one by one.
        if header >= COMPRESSED or definition.message == FIELD_DESCRIPTION:
            return at
        size = definition.size
        near = self.data[at : min(at + SHORTEST_RUN * size, end) : size]
        if near != bytes((header,)) * SHORTEST_RUN or at + SHORTEST_RUN * size > end:
            return at
        count = _run_length(self.view, at, size, header, end)
        definition.runs.append((at, count))
        return at + count * size

    def last_message(self) -> tuple[Definition, int] | None:
        """The layout and the place of the data message that stands last."""
        best: tuple[Definition, int] | None = None
        for definition in self.definitions:
            for at in definition.last_places(1):
                if best is None or at > best[1]:
                    best = (definition, at)
        return best


def follow(trail: Trail, at: int, end: int) -> Fault | None:
    """Walk on from `at` to `end`; the fault that stopped it, None where it got there."""
    data, sizes, take = trail.data, trail.sizes, trail.take
    # The bound stands in the `for`, since counting by hand would cost a tenth of the walk.
    for _ in repeat(None, MOST_STEPS):
        if at >= end:
            return None
        header = data[at]
        size = sizes[header]
        if size:
            after = at + size
            if after > end:
                return Fault(at, PAST_END)
            # Two equal headers at the right distance: worth looking how far the run goes.
            if after < end and data[after] == header and (ran := trail.take_run(at, end)) > at:
                at = ran
            else:
                take[header](at)
                at = after
        elif header & (COMPRESSED | MESG_DEFINITION) == MESG_DEFINITION:
            length = definition_length(data, at, end)
            if length is None:
                return Fault(at, PAST_END)
            if not is_possible(data, at):
                return Fault(at, said("the layout of the messages that follow makes no sense"))
            trail.define(at, length)
            at += length
            if trail.exhausted:
                return Fault(at, said("more layouts or descriptions of messages than any device writes"))
        else:
            return Fault(at, said("no message can begin here"))
    trail.exhausted = True
    return Fault(at, said("more than {most_steps} messages", most_steps=MOST_STEPS))


def _run_length(view: NDArray[np.uint8], at: int, size: int, header: int, end: int) -> int:
    """How many messages with this header stand end to end from `at` on; the first few are known."""
    most = (end - at) // size
    count, window = SHORTEST_RUN, 64
    while count < most:
        step = min(window, most - count)
        first = at + count * size
        other = view[first : first + step * size : size] != header
        nth = int(other.argmax())
        if other[nth]:
            return count + nth
        count += step
        window *= 8
    return count
