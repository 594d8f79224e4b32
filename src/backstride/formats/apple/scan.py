"""An Apple Health export from its first byte to its last, once, in little memory.

The file is searched for the start of each `<Record` and `<Workout` in place of being parsed: whole activities
are made in less time than expat needs to call one handler (benchmarks/apple.py), and it reads on where old
exports are no XML (attributes with blanks in their names).  Nearly all records are written alike, and one
pattern finds them; where a block holds a record it does not fit, that block is read tag by tag.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import BinaryIO, TypeAlias, cast

from backstride.formats.apple.records import RECORD_TYPES, RawRecord, Records
from backstride.formats.apple.workouts import WorkoutTold, attributes, workout_told

_TypedRecord: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
"""The type, and the rest of a `RawRecord`."""

HEAD_BYTES = 1 << 16
"""The first element begins within so much: the list of elements before it has about 9 kB."""
BLOCK_BYTES = 2 << 20
LONGEST_BYTES = 16 << 20
"""No record or workout is near as long; what is, is passed over."""
LONGEST_TAG_BYTES = 1 << 14
MOST_UNSOUND_TAGS = 1000
"""After so many tags without an end the records of odd make are given up."""

_USUAL = re.compile(
    rb'<Record type="([^"]*)" sourceName="([^"]*)"(?: sourceVersion="[^"]*")?(?: device="[^"]*")?'
    rb'(?: unit="([^"]*)")?(?: creationDate="[^"]*")? startDate="([^"]*)" endDate="([^"]*)"'
    rb'(?: value="([^"]*)")?\s*/?>'
)
"""Order and quotes as every iOS so far writes them."""
_OPENING = re.compile(rb"""<(?:Record|Workout)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*+)>""")
_WORKOUT = re.compile(rb"<Workout(?=[\s/>])")
_CORRELATION, _CORRELATION_END = b"<Correlation ", b"</Correlation>"
_SPANS = (
    (b"<Workout ", b"</Workout>"),
    (b"<Workout\n", b"</Workout>"),
    (_CORRELATION, _CORRELATION_END),
)
_ROOT = re.compile(rb"<HealthData(?=[\s/>])")
_END = b"</HealthData>"
_ENTITY = b"<!ENTITY"


@dataclass(slots=True)
class Scanned:
    """What one export holds."""

    records: Records = field(default_factory=Records)
    workouts: list[WorkoutTold] = field(default_factory=list)
    sha256: str = ""
    rooted: bool = False
    """True where the first element is the one of such an export."""
    declares_entities: bool = False
    whole: bool = False
    """True where the last element is closed."""
    broken_tags: int = 0

    @property
    def readable(self) -> bool:
        """True where it is an export, and one that can be trusted."""
        return self.rooted and not self.declares_entities


def is_export(head: bytes) -> bool:
    """True where the first bytes are of an Apple Health export."""
    begin = head[:HEAD_BYTES]
    return begin.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and _ROOT.search(begin) is not None


def scan(file: BinaryIO) -> Scanned:
    """Everything there is in the file, which is read forward only and to its end."""
    found, digest, rest, tail = Scanned(), hashlib.sha256(), b"", b""
    at_head = True
    while chunk := file.read(BLOCK_BYTES):
        digest.update(chunk)
        tail = (tail + chunk)[-256:]
        buffer = rest + chunk
        if at_head:
            at_head, rest = len(buffer) < HEAD_BYTES, buffer
            if at_head:
                continue
            _look_at_head(buffer, found)
        rest = _taken(buffer, found) if found.readable else b""
    if at_head:
        _look_at_head(rest, found)
    if found.readable:
        _take(rest, found)
    found.sha256, found.whole = digest.hexdigest(), _END in tail
    return found


def _look_at_head(head: bytes, found: Scanned) -> None:
    root = _ROOT.search(head[: HEAD_BYTES * 2])
    found.rooted = root is not None and is_export(head[: HEAD_BYTES * 2])
    found.declares_entities = root is not None and _ENTITY in head[: root.start()]


def _taken(buffer: bytes, found: Scanned) -> bytes:
    """Takes what is whole; the bytes that wait for what follows them."""
    cut = _last_whole(buffer)
    if cut == 0 and len(buffer) > LONGEST_BYTES:
        cut = len(buffer) - LONGEST_TAG_BYTES
    _take(buffer[:cut], found)
    return buffer[cut:]


def _last_whole(buffer: bytes) -> int:
    """A place before which every record, workout and correlation that begins also ends."""
    cut = max(buffer.rfind(b"<Record"), buffer.rfind(b"<Workout "), buffer.rfind(b"<ActivitySummary"), 0)
    for begin, end in (
        (b"<Workout ", b"</Workout>"),
        (b"<Workout\n", b"</Workout>"),
        (b"<Correlation ", b"</Correlation>"),
    ):
        opened = buffer.rfind(begin)
        if opened > buffer.rfind(end) and not _closes_itself(buffer, opened):
            cut = min(cut, opened)
    return cut


def _closes_itself(buffer: bytes, at: int) -> bool:
    tag = _OPENING.match(buffer, at, at + LONGEST_TAG_BYTES)
    return tag is not None and tag[1].endswith(b"/")


def _take(block: bytes, found: Scanned) -> None:
    if _CORRELATION in block:
        block = _without_correlations(block)
    if b"<Record" in block:
        _take_records(block, found)
    if b"<Workout" in block:
        found.workouts.extend(_workouts(block))


def _without_correlations(block: bytes) -> bytes:
    """The block without what stands in correlations, which stands a second time outside them."""
    parts: list[bytes] = []
    at = 0
    while (begin := block.find(_CORRELATION, at)) >= 0:
        end = block.find(_CORRELATION_END, begin)
        if end < 0:
            break
        parts.append(block[at:begin])
        at = end
    return b"".join((*parts, block[at:]))


def _take_records(block: bytes, found: Scanned) -> None:
    usual = _USUAL.findall(block)
    every: Iterable[_TypedRecord] = (
        usual if len(usual) == block.count(b"<Record") else _records_of_any_make(block, found)
    )
    by_type: defaultdict[bytes, list[RawRecord]] = defaultdict(list)
    for record in every:
        if record[0] in RECORD_TYPES:
            by_type[record[0]].append(record[1:])
    for record_type, records in by_type.items():
        found.records.add(record_type, records)


def _records_of_any_make(block: bytes, found: Scanned) -> Iterator[_TypedRecord]:
    at = block.find(b"<Record")
    while at >= 0:
        usual = _USUAL.match(block, at)
        if usual is not None:
            yield cast(_TypedRecord, usual.groups(b""))  # as many as the pattern has groups
            at = block.find(b"<Record", usual.end())
            continue
        tag = None
        if found.broken_tags < MOST_UNSOUND_TAGS:
            tag = _OPENING.match(block, at, at + LONGEST_TAG_BYTES)
        if tag is None:
            found.broken_tags += 1
            at = block.find(b"<Record", at + 1)
            continue
        yield _record(attributes(tag[1]))
        at = block.find(b"<Record", tag.end())


def _record(told: Mapping[str, str]) -> _TypedRecord:
    what, who, unit, start, end, value = (
        told.get(name, "").encode("utf-8", "replace")
        for name in ("type", "sourceName", "unit", "startDate", "endDate", "value")
    )
    return what, who, unit, start, end, value


def _workouts(block: bytes) -> Iterator[WorkoutTold]:
    starts = [found.start() for found in _WORKOUT.finditer(block)]
    for begin, following in pairwise([*starts, len(block)]):
        end = block.find(b"</Workout>", begin, following)
        yield workout_told(block[begin : end if end >= 0 else following])
