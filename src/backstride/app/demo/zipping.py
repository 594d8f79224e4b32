"""Zips whose bytes depend on what is in them, and not on the time of the day."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, bytes]], packing: int = ZIP_DEFLATED) -> bytes:
    """The zip of these paths and their bytes."""
    whole = BytesIO()
    with ZipFile(whole, "w", packing) as archive:
        for name, data in files:
            entry = ZipInfo(name, _ZIP_TIME)
            entry.compress_type = packing
            archive.writestr(entry, data)
    return whole.getvalue()
