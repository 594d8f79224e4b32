"""A member of a zip as a stream whose first bytes were looked at already."""

from __future__ import annotations

from io import RawIOBase
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Forward(RawIOBase):
    """Reads forward only; where the packing is damaged it ends, as does a file that is cut short."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest
        self.damaged = False

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fills the buffer as far as the next bytes go; 0 at the end."""
        view = memoryview(buffer)
        got = self._head[: len(view)] or self._next(len(view))
        self._head = self._head[len(got) :] if self._head else b""
        view[: len(got)] = got
        return len(got)

    def close(self) -> None:
        """Closes the member too."""
        self._rest.close()
        super().close()

    def _next(self, most: int) -> bytes:
        try:
            return b"" if self.damaged else self._rest.read(most)
        except Exception:  # damaged zips make the standard library raise nearly anything
            self.damaged = True
            return b""
