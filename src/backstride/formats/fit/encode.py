"""Values in, the bytes of a FIT file out: definitions, data, developer fields, checksums.

    header 14 bytes | definition, data, data, ... | definition, data ... | checksum 2 bytes

A `Layout` says which fields one message type is written with; `rows` turns columns of values, in the units
of `fit_profile`, into data messages, one for each row.  NaN, None and a column that is not handed in are
written as "not recorded".  Nothing is ever cut to fit: a value that its field cannot hold is refused.

How headers and definitions lie in the bytes: https://developer.garmin.com/fit/protocol/
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.crc import crc16
from backstride.formats.fit.encode_values import BASE_BYTES, BaseName, Bits, Kind, Values, stored
from backstride.formats.fit.layout import DEVELOPER_DATA, MESG_DEFINITION
from backstride.formats.fit.profile import MESSAGE_NUMBERS, FieldFacts, field_facts, message_facts
from backstride.model.errors import BadInput
from backstride.model.said import Said, plainly, said

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
"""Where the seconds of every FIT time are counted from."""

_PROTOCOL, _PROFILE = 0x20, 2195
_MOST = 255
"""Sizes and counts of fields each have one byte."""
_LOCAL_TYPES = 16


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a layout, by its name in `fit_profile` (or `unknown_N`)."""

    name: str
    base: BaseName
    count: int = 1
    """Values in an array; for a string its bytes, the closing zero counted."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """A developer field: no profile knows it, so its name and unit are written into the file itself."""

    name: str
    number: int
    base: BaseName
    units: str = ""
    developer: int = 0
    """Which application of the file it belongs to."""
    native: int | None = None
    """Number of the record field that it stands in for."""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """What one message type is written with, in order."""

    message: str
    """By its name in `fit_profile` (or `unknown_N`)."""
    fields: tuple[Field, ...]
    own: tuple[OwnField, ...] = ()
    """Developer fields; `own_fields` must stand before the first definition with them."""
    local: int = 0
    """0 to 15: by which a data message finds its definition; the latest definition of it holds."""
    big_endian: bool = False

    @property
    def every(self) -> tuple[Field | OwnField, ...]:
        """All fields, the developer ones last."""
        return self.fields + self.own

    @property
    def number(self) -> int:
        """The message's number.  Raises: BadInput where the profile has no such name."""
        known = MESSAGE_NUMBERS.get(self.message)
        return _unnamed(self.message) if known is None else known


def fit_seconds(at: datetime) -> int:
    """Whole seconds from FIT's epoch to an aware moment."""
    return round((at - EPOCH).total_seconds())


def semicircles(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Angles as FIT keeps positions, 2**31 to the half circle; NaN stays NaN.

    180 degrees has no number of its own and becomes -180, which is the same place.
    """
    half = 2.0**31
    return (np.rint(degrees * (half / 180)) + half) % (2 * half) - half


def encode(chunks: Iterable[bytes]) -> bytes:
    """One whole FIT file around the messages, with both checksums."""
    body = b"".join(chunks)
    head = struct.pack("<BBHI4s", 14, _PROTOCOL, _PROFILE, len(body), b".FIT")
    whole = head + _checksum(head) + body
    return whole + _checksum(whole)


def messages(layout: Layout, values: Mapping[str, Values]) -> bytes:
    """A definition and its rows.  Raises: BadInput, as `definition` and `rows`."""
    return definition(layout) + rows(layout, values)


def definition(layout: Layout) -> bytes:
    """The message that says how the rows after it are laid out.

    Raises: BadInput where a name is not in the profile or a size or count does not fit in its byte.
    """
    _refuse([plainly(fault) for fault in _layout_faults(layout)])
    order = ">" if layout.big_endian else "<"
    head = MESG_DEFINITION | layout.local | (DEVELOPER_DATA if layout.own else 0)
    parts = [struct.pack(f"{order}BBBHB", head, 0, layout.big_endian, layout.number, len(layout.fields))]
    for field in layout.fields:
        parts.append(bytes((_facts(layout, field).number, _kind(layout, field).size, BASE_BYTES[field.base])))
    if layout.own:
        parts.append(bytes((len(layout.own),)))
        parts += [bytes((own.number, _kind(layout, own).size, own.developer)) for own in layout.own]
    return b"".join(parts)


def rows(layout: Layout, values: Mapping[str, Values]) -> bytes:
    """One data message for each row of the columns, by field name.

    Raises: BadInput with one line for each column that does not fit.
    """
    named = {field.name: field for field in layout.every}
    faults = [plainly(f"{layout.message}.{name}: not in the layout") for name in values if name not in named]
    columns: list[Bits] = []
    for name, field in named.items():
        try:
            columns.append(stored(values.get(name), _kind(layout, field)))
        except ValueError as error:
            faults.append(plainly(f"{layout.message}.{name}: {error}"))
    counts = {column.shape[0] for column in columns} - {1}
    if len(counts) > 1:
        rows_each = sorted(counts)
        faults.append(plainly(f"{layout.message}: columns of {rows_each} rows, where all must have as many"))
    _refuse(faults)
    return _packed(layout, columns, counts.pop() if counts else 1)


def own_fields(fields: Iterable[OwnField], application: bytes) -> bytes:
    """What must stand before developer fields: the application they belong to, and what each means.

    `application` is the 16 bytes that name the program.
    """
    fields = tuple(fields)
    owner = Layout(
        "developer_data_id", (Field("application_id", "byte", 16), Field("developer_data_index", "uint8"))
    )
    owners = [
        messages(owner, {"application_id": [list(application)], "developer_data_index": index})
        for index in dict.fromkeys(field.developer for field in fields)
    ]
    return b"".join((*owners, *(_description(field) for field in fields)))


def _description(field: OwnField) -> bytes:
    told: tuple[tuple[Field, Values], ...] = (
        (Field("developer_data_index", "uint8"), field.developer),
        (Field("field_definition_number", "uint8"), field.number),
        (Field("fit_base_type_id", "uint8"), BASE_BYTES[field.base]),
        (Field("field_name", "string", 64), field.name),
        (Field("units", "string", 16), field.units),
        (Field("native_mesg_num", "uint16"), None if field.native is None else MESSAGE_NUMBERS["record"]),
        (Field("native_field_num", "uint8"), field.native),
    )
    layout = Layout("field_description", tuple(each for each, _ in told))
    return messages(layout, {each.name: value for each, value in told})


def _packed(layout: Layout, columns: Sequence[Bits], count: int) -> bytes:
    """The columns side by side behind the header byte, one row after the other."""
    order: str = ">" if layout.big_endian else "<"
    table = np.empty(
        count, [("f", "u1"), *((f"f{nth}", *_cell(each, order)) for nth, each in enumerate(columns))]
    )
    table["f"] = layout.local
    for nth, column in enumerate(columns):
        table[f"f{nth}"] = column
    return table.tobytes()


def _cell(column: Bits, order: str) -> tuple[str, tuple[int, ...]]:
    kind = column.dtype.str[1:]
    return (kind if kind[0] == "S" else order + kind), column.shape[1:]


def _layout_faults(layout: Layout) -> list[str]:
    faults = [
        f"{layout.message}.{field.name}: {_kind(layout, field).size} bytes, where 1 to {_MOST} can be written"
        for field in layout.every
        if not 0 < _kind(layout, field).size <= _MOST
    ]
    if not 0 <= layout.local < _LOCAL_TYPES:
        faults.append(f"{layout.message}: local type {layout.local}, where 0 to 15 can be written")
    if max(len(layout.fields), len(layout.own)) > _MOST:
        faults.append(f"{layout.message}: more than {_MOST} fields")
    if len({field.name for field in layout.every}) < len(layout.every):
        faults.append(f"{layout.message}: two fields of one name")
    return faults


def _kind(layout: Layout, field: Field | OwnField) -> Kind:
    if isinstance(field, OwnField):
        return Kind(field.base, field.count)
    facts = _facts(layout, field)
    return Kind(field.base, field.count, facts.scale, facts.offset)


def _facts(layout: Layout, field: Field) -> FieldFacts:
    message = message_facts(layout.number)
    named = next((facts for facts in message.fields.values() if facts.name == field.name), None)
    return named or field_facts(message, _unnamed(field.name))


def _unnamed(name: str) -> int:
    """The number in `unknown_N`.  Raises: BadInput for any other name."""
    number = name.removeprefix("unknown_")
    if number == name or not number.isdecimal():
        raise BadInput((said("{name}: no such name in the FIT profile", name=name),))
    return int(number)


def _checksum(data: bytes) -> bytes:
    return struct.pack("<H", crc16(np.frombuffer(data, np.uint8)))


def _refuse(faults: Sequence[Said]) -> None:
    if faults:
        raise BadInput(tuple(faults))
