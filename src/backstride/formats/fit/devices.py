"""What recorded a FIT file, and its own idea of local time."""

from __future__ import annotations

from datetime import timedelta
from math import isnan

from backstride.formats.fit.columns import Table
from backstride.formats.fit.file import Part
from backstride.formats.fit.names import MAKERS
from backstride.model.activity import Device

CREATOR = 0
"""The device index of whatever wrote the file."""


def device_of(part: Part) -> Device | None:
    """Maker, product and software of the recorder, from file_id, else from its device_info; None if untold.

    A product is a name where the file gives one, else the maker's number for it.
    """
    about = part.table("file_id")
    maker, product = _first(about, "manufacturer"), _first(about, "product")
    name = _first_text(about, "product_name")
    info = part.table("device_info")
    row = _creator_row(info)
    if row is not None:
        maker = _at(info, "manufacturer", row) if maker is None else maker
        product = _at(info, "product", row) if product is None else product
        name = name or info.texts("product_name")[row]
    software = None if row is None else _at(info, "software_version", row)
    if maker is None and product is None and name is None:
        return None
    return Device(
        None if maker is None else MAKERS.get(int(maker), f"maker {int(maker)}"),
        name or (None if product is None else str(int(product))),
        _software(software, part),
    )


def file_offset(part: Part) -> timedelta | None:
    """How far the watch's local clock was ahead of UTC; None where the file does not tell.

    From the activity message, which tells one moment on both clocks.
    """
    table = part.table("activity")
    for row in range(table.rows):
        stamp, local = _at(table, "timestamp", row), _at(table, "local_timestamp", row)
        if stamp is not None and local is not None:
            return timedelta(seconds=local - stamp)
    return None


def file_type(part: Part) -> int | None:
    """The kind of file, as its file_id states it."""
    value = _first(part.table("file_id"), "type")
    return None if value is None else int(value)


def _software(version: float | None, part: Part) -> str | None:
    if version is not None:
        return f"{version:.2f}"
    told = _first(part.table("file_creator"), "software_version")
    return None if told is None else f"{told / 100:.2f}"


def _creator_row(info: Table) -> int | None:
    """The row of the recorder itself among watches, straps and pods."""
    for row in range(info.rows):
        if _at(info, "device_index", row) == CREATOR:
            return row
    return None


def _first(table: Table, name: str) -> float | None:
    return _at(table, name, 0) if table.rows else None


def _first_text(table: Table, name: str) -> str | None:
    return table.texts(name)[0] if table.rows else None


def _at(table: Table, name: str, row: int) -> float | None:
    column = table.number(name)
    return None if column is None or isnan(column[row]) else float(column[row])
