"""What can still be had of a zip whose index is missing, as after a download that was cut short.

Every member of a zip begins with a header of its own, so they are found one after the other without
the index, which stands at the very end.

The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.3.7.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, BinaryIO, cast

from backstride.formats.archive.gunzip import RATIO, RATIO_FROM_BYTES
from backstride.model.said import Said, said

if TYPE_CHECKING:
    from typing_extensions import Buffer

SIGNATURE = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3L2H")
_READ_BYTES = 1 << 18
HEAD_BYTES = 1 << 16
"""What is looked at to know whether a member is read as a stream."""
_STEP_BYTES = 1 << 22
"""Unpacked at one time, so that a bomb is told before it takes memory."""
_MOST_FAILURES = 1000
"""After so many members that cannot be unpacked the rest is given up."""

_ENCRYPTED, _SIZES_LATER, _UTF8 = 1 << 0, 1 << 3, 1 << 11
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Piece:
    """One member found by its own header."""

    name: str
    at_byte: int
    """Of its header."""
    data: bytes | None
    """Unpacked; None where that could not be done."""
    why: Said | None
    """What is wrong with it; with data, that these are cut short."""
    stream: BinaryIO | None = None
    """In place of data, to be read before the next piece is asked for; ends where the packing is damaged."""


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    at_byte: int
    data_at: int
    flags: int
    method: int
    crc: int
    packed_bytes: int


def pieces(
    file: BinaryIO, limit_bytes: int, streamed: Callable[[bytes, str], bool] | None = None
) -> Iterator[Piece]:
    """The members that begin with a sound header, in the order of the file; folders are passed over.

    No member unpacks to more than `limit_bytes`, but those that `streamed` knows by their first bytes and
    their name, which come as streams whatever size they have: it is not told without the index.
    """
    at, failures = _find(file, 0), 0
    while at is not None and failures < _MOST_FAILURES:
        header = _header(file, at)
        if header is None or header.name.endswith("/"):
            at = _find(file, at + 4)
            continue
        inflating = _Inflating(file, header)
        stream = BufferedReader(inflating, HEAD_BYTES)
        if streamed is not None and _can_stream(header) and streamed(stream.peek(HEAD_BYTES), header.name):
            yield Piece(header.name, header.at_byte, None, None, cast(BinaryIO, stream))
            at = _find(file, max(inflating.end, at + 4))
            continue
        piece, end = _piece(file, header, limit_bytes)
        failures += piece.data is None
        yield piece
        at = _find(file, max(end, at + 4))


class _Inflating(RawIOBase):
    """What a packed member unpacks to, forward only; it ends where it is damaged or made to do harm."""

    def __init__(self, file: BinaryIO, header: _Header) -> None:
        self._file, self._read_to, self._begin = file, header.data_at, header.data_at
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._ready, self._over, self._size = b"", False, 0

    @property
    def end(self) -> int:
        """The byte after what was unpacked so far."""
        return self._read_to - len(self._inflater.unused_data)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fills the buffer as far as the next bytes go; 0 at the end."""
        while not self._ready and not self._over:
            self._unpack()
        view = memoryview(buffer)
        got, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(got)] = got
        return len(got)

    def _unpack(self) -> None:
        packed = self._inflater.unconsumed_tail or self._next()
        try:
            self._ready = self._inflater.decompress(packed, _READ_BYTES)
        except zlib.error:
            self._over = True
        self._size += len(self._ready)
        absurd = self._size > max(RATIO_FROM_BYTES, RATIO * (self._read_to - self._begin))
        self._over |= absurd or self._inflater.eof or not packed

    def _next(self) -> bytes:
        self._file.seek(self._read_to)
        packed = self._file.read(_READ_BYTES)
        self._read_to += len(packed)
        return packed


def _can_stream(header: _Header) -> bool:
    return header.method == _DEFLATED and not header.flags & _ENCRYPTED


def _find(file: BinaryIO, begin: int) -> int | None:
    """The byte of the next member header at or after one."""
    file.seek(begin)
    before = b""
    while chunk := file.read(_READ_BYTES):
        window = before + chunk
        found = window.find(SIGNATURE)
        if found >= 0:
            return begin - len(before) + found
        begin += len(chunk)
        before = window[-3:]
    return None


def _header(file: BinaryIO, at: int) -> _Header | None:
    file.seek(at)
    raw = file.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return None
    _, _, flags, method, _, _, crc, packed, _, name_bytes, extra_bytes = _HEADER.unpack(raw)
    name = file.read(name_bytes).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    return _Header(name, at, at + _HEADER.size + name_bytes + extra_bytes, flags, method, crc, packed)


def _piece(file: BinaryIO, header: _Header, limit_bytes: int) -> tuple[Piece, int]:
    """The member and the byte after it."""
    if header.flags & _ENCRYPTED:
        return _lost(header, said("it is protected by a password"))
    if header.method == _DEFLATED:
        return _inflated(file, header, limit_bytes)
    if header.method == _STORED and not header.flags & _SIZES_LATER:
        return _stored(file, header, limit_bytes)
    return _lost(header, said("it cannot be told without the index where it ends"))


def _stored(file: BinaryIO, header: _Header, limit_bytes: int) -> tuple[Piece, int]:
    if header.packed_bytes > limit_bytes:
        return _lost(header, said("it is over {n} MiB", n=limit_bytes >> 20))
    file.seek(header.data_at)
    data = file.read(header.packed_bytes)
    return _judged(header, data, len(data) == header.packed_bytes), header.data_at + len(data)


def _inflated(file: BinaryIO, header: _Header, limit_bytes: int) -> tuple[Piece, int]:
    file.seek(header.data_at)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    size, end, full = 0, header.data_at, False
    try:
        while not inflater.eof:
            chunk = inflater.unconsumed_tail or file.read(_READ_BYTES)
            if not chunk and not full:  # more may be ready without another byte after a full step
                break
            end = file.tell()
            step = min(_STEP_BYTES, limit_bytes + 1 - size)
            parts.append(inflater.decompress(chunk, step))
            size, full = size + len(parts[-1]), len(parts[-1]) == step
            if size > limit_bytes:
                return _lost(header, said("it unpacks to over {n} MiB", n=limit_bytes >> 20))
            if size > RATIO_FROM_BYTES and size > RATIO * (end - header.data_at):
                return _lost(header, said("it unpacks to over {ratio} times its size", ratio=RATIO))
    except zlib.error:
        return _lost(header, said("its packed bytes are damaged"))
    return _judged(header, b"".join(parts), inflater.eof), end - len(inflater.unused_data)


def _judged(header: _Header, data: bytes, whole: bool) -> Piece:
    if not whole:
        return Piece(header.name, header.at_byte, data, said("it is cut short"))
    if not header.flags & _SIZES_LATER and zlib.crc32(data) != header.crc:
        return Piece(header.name, header.at_byte, data, said("its checksum does not fit"))
    return Piece(header.name, header.at_byte, data, None)


def _lost(header: _Header, why: Said) -> tuple[Piece, int]:
    return Piece(header.name, header.at_byte, None, why), header.at_byte + 4
