"""A stream that is hashed and counted as it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import RawIOBase
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer

COUNT_EVERY_BYTES = 4 << 20
"""How often somebody is told, and how much is read at once."""


class Counted(RawIOBase):
    """Reads forward only, and calls `on_the_way` as it goes."""

    def __init__(self, stream: BinaryIO, on_the_way: Callable[[], None]) -> None:
        self._stream, self._on_the_way = stream, on_the_way
        self._hash = hashlib.sha256()
        self.size_bytes = 0
        """So far."""

    @property
    def sha256(self) -> str:
        """Of what was read so far, in hex."""
        return self._hash.hexdigest()

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fills the buffer as far as the next bytes go; 0 at the end."""
        view = memoryview(buffer)
        got = self._stream.read(len(view))
        view[: len(got)] = got
        self._hash.update(got)
        self.size_bytes += len(got)
        self._on_the_way()
        return len(got)
