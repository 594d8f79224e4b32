"""A gzip file unpacked within bounds, as far as it goes."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from backstride.model.errors import BadFile
from backstride.model.said import Said, said

_READ_BYTES = 1 << 18
_STEP_BYTES = 1 << 22
"""Unpacked at one time, so that a bomb is told before it takes memory."""
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
RATIO = 300
RATIO_FROM_BYTES = 16 << 20
"""What is over 16 MiB and over 300 times its packed size is made to do harm."""
MEMBERS = 10_000
"""A gzip may be several in a row; so many are made to keep a program busy."""


def gunzipped(
    file: BinaryIO, limit_bytes: int, path: str, absurd_from_bytes: int = RATIO_FROM_BYTES
) -> tuple[bytes, Said | None]:
    """The unpacked bytes of all members, and in words what is wrong with the packing.

    A file that is cut short or damaged gives what stands before the damage.

    Raises: BadFile where it unpacks to over `limit_bytes` or to over 300 times its size where that is
        over `absurd_from_bytes`, or to nothing for its damage.
    """
    parts: list[bytes] = []
    size = read = count = 0
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    warning: Said | None = None
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
                            path,
                            said("byte {at}", at=read),
                            said("it is made of over {members} gzips in a row", members=MEMBERS),
                        )
                parts.append(inflater.decompress(chunk, min(_STEP_BYTES, limit_bytes + 1 - size)))
                size += len(parts[-1])
                _refuse_bombs(size, read, limit_bytes, absurd_from_bytes, path)
                chunk = inflater.unused_data or inflater.unconsumed_tail
        except zlib.error:
            warning = said("the gzip is damaged near byte {read}; what stands before was read", read=read)
            break
    if warning is None and not inflater.eof:
        warning = said("the gzip is cut short at byte {read}; what stands before was read", read=read)
    if not size and warning is not None:
        raise BadFile(
            path,
            said("its first bytes"),
            said("the gzip is damaged and nothing can be unpacked; download it again"),
        )
    return b"".join(parts), warning


def _refuse_bombs(size: int, read: int, limit_bytes: int, absurd_from_bytes: int, path: str) -> None:
    if size > limit_bytes:
        over = said("over {n} MiB", n=limit_bytes >> 20)
    elif size > absurd_from_bytes and size > RATIO * read:
        over = said("over {ratio} times its size", ratio=RATIO)
    else:
        return
    raise BadFile(
        path, said("byte {at}", at=read), said("it unpacks to {over}: no recorded activity does", over=over)
    )
