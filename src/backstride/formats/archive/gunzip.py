"""A gzip file unpacked within bounds, as far as it goes."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from backstride.model.errors import BadFile

_READ_BYTES = 1 << 18
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
RATIO = 300
RATIO_FROM_BYTES = 16 << 20
"""What is over 16 MiB and over 300 times its packed size is made to do harm."""
MEMBERS = 10_000
"""A gzip may be several in a row; so many are made to keep a program busy."""


def gunzipped(file: BinaryIO, limit_bytes: int, path: str) -> tuple[bytes, str | None]:
    """The unpacked bytes of all members, and in words what is wrong with the packing.

    A file that is cut short or damaged gives what stands before the damage.

    Raises: BadFile where it unpacks to over `limit_bytes` or to over 300 times its size, or to nothing
        for its damage.
    """
    parts: list[bytes] = []
    size = read = count = 0
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    warning: str | None = None
    while chunk := file.read(_READ_BYTES):
        read += len(chunk)
        try:
            while chunk:
                if inflater.eof:
                    chunk = chunk.lstrip(b"\0")
                    if not chunk:
                        break
                    inflater, count = zlib.decompressobj(_GZIP_WINDOW), count + 1
                    if count > MEMBERS:
                        raise BadFile(
                            path, f"byte {read:,}", f"it is made of over {MEMBERS:,} gzips in a row"
                        )
                parts.append(inflater.decompress(chunk, limit_bytes + 1 - size))
                size += len(parts[-1])
                _refuse_bombs(size, read, limit_bytes, path)
                chunk = inflater.unused_data
        except zlib.error:
            warning = f"the gzip is damaged near byte {read:,}; what stands before was read"
            break
    if warning is None and not inflater.eof:
        warning = f"the gzip is cut short at byte {read:,}; what stands before was read"
    if not size and warning is not None:
        raise BadFile(
            path, "its first bytes", "the gzip is damaged and nothing can be unpacked; download it again"
        )
    return b"".join(parts), warning


def _refuse_bombs(size: int, read: int, limit_bytes: int, path: str) -> None:
    if size > limit_bytes:
        over = f"over {limit_bytes >> 20:,} MiB"
    elif size > RATIO_FROM_BYTES and size > RATIO * read:
        over = f"over {RATIO} times its size"
    else:
        return
    raise BadFile(path, f"byte {read:,}", f"it unpacks to {over}: no recorded activity does")
