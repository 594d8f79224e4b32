"""How far our FIT decoder agrees, value by value, with fitdecode and chiptime on real files.

    PYTHONPATH=src python accuracy/fit_agreement.py [FOLDER]

Every number, text and array of every message type in `fit_profile.MESSAGES`, with developer fields by app
index, number and name, is compared row by row.  Values are compared in their unit where the other decoder
gives a number, and as stored where it gives a word or a date.  FOLDER is ../shared/data/activities/fit.

Differences are of the decoders, so both sides are printed with who is right; see `KNOWN` for those that
were looked into.
"""

from __future__ import annotations

import gzip
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any  # values of other decoders have no common type

import numpy as np

from backstride.formats.fit.columns import Table
from backstride.formats.fit.file import Part, parts_of
from backstride.formats.fit.profile import MESSAGES
from backstride.model.errors import BadFile

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "activities" / "fit"

Key = tuple[int, int | tuple[int, int, str]]
"""Message number, and field number or (app index, field number, name) of a developer field."""
Column = dict[int, Any]
"""Row of the message type -> value, where there is one."""
Values = dict[Key, Column]

NOT_EXPANDED: frozenset[Key] = frozenset({(132, 9), *((21, number) for number in (9, 10, 11, 12))})
"""Fields that we do not expand others into: strap times have their own reader, gear changes no use."""
TOLERANCE = 1e-9
"""Relative: both divide the same stored number by the same scale, perhaps in another order."""

KNOWN: dict[str, str] = {
    "session.(0, 4, 'peak_epoc')": "the field's description states a scale of 10, which fitdecode leaves out",
    "developer_data_id.4": "a base type without its byte-order bit: we read the number, fitdecode its bytes",
    "event.3": "a field whose size does not fit its type: fitdecode gives its bytes, we give no number",
    "weight_scale.0": "chiptime does not scale a weight: 7580 for 75.8 kg",
}
"""Differences that were looked into, by message and field: ours is right, or both are."""


@dataclass(slots=True)
class Tally:
    """What was compared with one decoder."""

    files: int = 0
    refused: list[str] = field(default_factory=list)
    values: int = 0
    differences: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    """Files with other counts of messages."""


def load(path: Path) -> bytes:
    """The file's bytes, unpacked."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def our_values(data: bytes) -> tuple[Values, dict[int, int]]:
    """Our values, and how many rows each message type has."""
    values: Values = {}
    rows: dict[int, int] = {}
    for part in parts_of(data, "x.fit"):
        for message in dict.fromkeys(part.message_numbers()):
            if message in MESSAGES:
                _take(part, message, values, rows)
    return values, rows


def _take(part: Part, message: int, values: Values, rows: dict[int, int]) -> None:
    table, first = part.table_of(message), rows.get(message, 0)
    numbers = {each.name: each.number for each in MESSAGES[message].fields.values()}
    for name in table.names:
        number = int(name.removeprefix("unknown_")) if name.startswith("unknown_") else numbers[name]
        values.setdefault((message, number), {}).update(_column(table, name, first))
    for name, group in table.developer_fields.items():
        texts = {row: text for row, text in enumerate(table.developer_texts(name), first) if text is not None}
        column = _numbers(table.developer(name), table.developer_array(name), first) | texts
        for described in group:
            key: Key = (message, (described.index, described.number, described.name))
            values.setdefault(key, {}).update(column)
    rows[message] = first + table.rows


def _column(table: Table, name: str, first: int) -> Column:
    texts = {row: text for row, text in enumerate(table.texts(name), first) if text is not None}
    if texts:
        return dict(texts)
    bare = {row: tuple(stored) for row, stored in enumerate(table.raw(name), first) if stored is not None}
    return _numbers(table.number(name), table.array(name), first) | bare


def _numbers(one: Any, many: Any, first: int) -> Column:
    """Rows with one number, and rows with several."""
    wide = (
        {}
        if many is None
        else {
            row: tuple(values)
            for row, values in enumerate(many.tolist(), first)
            if not np.isnan(values).all()
        }
    )
    return wide | ({} if one is None else {r: v for r, v in enumerate(one.tolist(), first) if v == v})


def fitdecode_values(data: bytes) -> tuple[Values, dict[int, int]]:
    """The same as fitdecode reads it.  Raises its own errors."""
    import fitdecode

    values: Values = {}
    rows: dict[int, int] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
            for frame in reader:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                message = frame.global_mesg_num
                row = rows.get(message, 0)
                rows[message] = row + 1
                if message in MESSAGES:
                    _take_frame(frame, message, row, values)
    return values, rows


def _take_frame(frame: Any, message: int, row: int, values: Values) -> None:
    told: dict[Key, Any] = {}
    for each in frame.fields:
        if each.field_def is not None and each.field_def.is_dev:
            if each.field is None:
                continue
            index = each.field.dev_data_index
            key: Key = (message, (index, each.def_num, each.name or f"developer_{index}_{each.def_num}"))
        else:
            key = (message, each.def_num)
        # Sub-fields, words, dates and fields that only fitdecode knows are compared as stored.
        known = not isinstance(key[1], int) or key[1] in MESSAGES[message].fields
        several = isinstance(each.value, (tuple, list))
        plain = known and each.parent_field is None and (several or is_number(each.value))
        value = each.value if plain else in_unit(key, each.raw_value)
        if each.is_expanded and key in NOT_EXPANDED:
            continue
        # A field that stands there counts before one that was expanded from another.
        if value is not None and (key not in told or not each.is_expanded):
            told[key] = value
    for key, value in told.items():
        values.setdefault(key, {})[row] = value


def chiptime_values(data: bytes) -> tuple[Values, dict[int, int]]:
    """The same as chiptime reads it; it names fields, so those it names otherwise are left out."""
    import chiptime

    values: Values = {}
    rows: dict[int, int] = {}
    for each in (message for part in chiptime.parse(data).parts for message in part.messages):
        message = each.global_num
        row = rows.get(message, 0)
        rows[message] = row + 1
        if message not in MESSAGES:
            continue
        numbers = {facts.name: facts.number for facts in MESSAGES[message].fields.values()}
        for name, told in each.fields.items():
            if told.developer is not None or told.value is None:
                continue
            number = int(name[6:]) if name.startswith("field_") and name[6:].isdigit() else numbers.get(name)
            if number is None:
                continue
            key: Key = (message, number)
            in_degrees = told.units in ("deg", "degrees", "\N{DEGREE SIGN}") or is_position(key)
            whole = isinstance(told.value, (tuple, list)) or (is_number(told.value) and not in_degrees)
            values.setdefault(key, {})[row] = told.value if whole else in_unit(key, told.raw)
    return values, rows


def is_number(value: Any) -> bool:
    """True for a number that is no flag."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_position(key: Key) -> bool:
    """True for a field in semicircles, which chiptime turns into degrees."""
    facts = MESSAGES[key[0]].fields.get(key[1]) if isinstance(key[1], int) else None
    return facts is not None and facts.unit == "semicircles"


def in_unit(key: Key, stored: Any) -> Any:
    """A stored number in its field's unit; anything else as it is."""
    facts = MESSAGES[key[0]].fields.get(key[1]) if isinstance(key[1], int) else None
    return stored / facts.scale - facts.offset if facts is not None and is_number(stored) else stored


def same(ours: Any, theirs: Any) -> bool:
    """True when both mean the same: a number within the tolerance, the same text, each value of an array."""
    if isinstance(ours, tuple) or isinstance(theirs, (tuple, list)):
        left = [v for v in (ours if isinstance(ours, tuple) else (ours,)) if v == v]
        right = [v for v in (theirs if isinstance(theirs, (tuple, list)) else (theirs,)) if v is not None]
        return all(a is not None and b is not None and same(a, b) for a, b in zip_longest(left, right))
    if isinstance(theirs, (datetime, date)):
        return False
    if isinstance(ours, str) or isinstance(theirs, (str, bytes)):
        return str(ours) == (theirs.decode() if isinstance(theirs, bytes) else str(theirs)).strip()
    return abs(ours - theirs) <= TOLERANCE * max(1.0, abs(theirs))


def differences(ours: Values, theirs: Values) -> Iterator[tuple[Key, int, Any, Any]]:
    """Every value that both have and do not agree on, and every one that only they have."""
    for key, column in theirs.items():
        own = ours.get(key, {})
        for row, value in column.items():
            if row not in own or not same(own[row], value):
                yield key, row, own.get(row), value


def is_comparable(value: Any) -> bool:
    """False for bytes without meaning, arrays of nothing, and NaN."""
    if isinstance(value, (bytes, bytearray)) or value is None:
        return False
    if isinstance(value, (tuple, list)):
        return any(each is not None for each in value) and all(not isinstance(v, (bytes, str)) for v in value)
    return not (isinstance(value, float) and value != value) and value != ""


def compare(
    data: bytes, name: str, decode: Callable[[bytes], tuple[Values, dict[int, int]]], tally: Tally
) -> None:
    """Add one file to the tally."""
    theirs, their_rows = decode(data)
    ours, our_rows = our_values(data)
    tally.files += 1
    kept = {message: count for message, count in their_rows.items() if message in MESSAGES}
    if kept != our_rows:
        tally.rows[name] = f"rows ours {our_rows}, theirs {kept}"
        return
    theirs = {k: {row: v for row, v in column.items() if is_comparable(v)} for k, column in theirs.items()}
    tally.values += sum(len(column) for column in theirs.values())
    for key, row, own, other in differences(ours, theirs):
        where = f"{MESSAGES[key[0]].name}.{key[1]}"
        tally.differences.setdefault(where, []).append(f"{name} row {row}: ours {own}, theirs {other}")


def main() -> None:
    """Print the agreement."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    paths = sorted(path for path in folder.glob("*") if path.name.lower().endswith((".fit", ".fit.gz")))
    for label, decode in (("fitdecode", fitdecode_values), ("chiptime", chiptime_values)):
        tally = Tally()
        for path in paths:
            data = load(path)
            try:
                our_values(data)
            except BadFile as refused:
                print(f"  refused by us: {refused}")
                continue
            try:
                compare(data, path.name, decode, tally)
            except Exception as error:  # whatever the other decoder raises on a damaged file
                tally.refused.append(f"{path.name}: {type(error).__name__}: {error}")
        show(label, tally)


def show(label: str, tally: Tally) -> None:
    """Print one tally."""
    wrong = sum(len(each) for each in tally.differences.values())
    print(f"{label}: {tally.files} files, {tally.values:,} values compared, {wrong:,} differ")
    for refused in tally.refused:
        print(f"  refused by {label}: {refused}")
    for name, rows in tally.rows.items():
        print(f"  other counts, not compared: {name}: {rows}")
    for where, each in sorted(tally.differences.items()):
        print(f"  {where}: {len(each):,} differ, such as {each[0]}  [{KNOWN.get(where, 'NOT LOOKED INTO')}]")


if __name__ == "__main__":
    main()
