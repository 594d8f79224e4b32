"""The columns of stored activities: written with the activity, read one at a time when asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from backstride.model.activity import Column, Stream
from backstride.model.channels import CHANNELS
from backstride.model.said import said
from backstride.store.blobs import pack, unpack
from backstride.store.errors import GoneActivity, Unstorable, in_words

PackedStream = tuple[tuple[str, bytes], ...]


class StoredColumns(Mapping[str, Column]):
    """The columns of one activity, decoded from the store at each look and not kept.

    So a history of ten years holds names only; whoever looks at a column twice in a row keeps it in a
    variable.  Later writes do no harm: the columns seen are always those of the same reading of the same
    file.  The store must be open, in the thread that opened it.
    """

    __slots__ = ("_activity", "_channels", "_connection")

    def __init__(self, connection: sqlite3.Connection, activity: int, channels: tuple[str, ...]) -> None:
        self._connection, self._activity, self._channels = connection, activity, channels

    def __getitem__(self, channel: str) -> Column:
        """The column, as a new array.

        Raises: KeyError where it was not recorded; GoneActivity, ClosedStore, DamagedStore.
        """
        if channel not in self._channels:
            raise KeyError(channel)
        with in_words():
            row = self._connection.execute(
                "SELECT packed FROM stream_column WHERE activity = ? AND channel = ?",
                (self._activity, channel),
            ).fetchone()
        if row is None:
            raise GoneActivity(
                said("this activity was deleted or read anew; ask the store for the history again")
            )
        return unpack(row[0])

    def __contains__(self, channel: object) -> bool:
        return channel in self._channels

    def __iter__(self) -> Iterator[str]:
        return iter(self._channels)

    def __len__(self) -> int:
        return len(self._channels)


def pack_stream(stream: Stream) -> PackedStream:
    """Each channel's name and bytes, in the stream's order.

    Raises: Unstorable naming every fault: unknown channels, columns of unequal length, no `time_s`,
    infinite values.
    """
    faults: list[str] = []
    packed: list[tuple[str, bytes]] = []
    sizes: set[int] = set()
    for channel, column in stream.items():
        sizes.add(column.size)
        if channel not in CHANNELS:
            faults.append("a channel that is not in CHANNELS")
            continue
        try:
            packed.append((channel, pack(column, CHANNELS[channel].step)))
        except Unstorable as error:
            faults.extend(f"{channel}: {fault}" for fault in error.each)
    if len(sizes) > 1:
        faults.append("columns of different lengths")
    if packed and "time_s" not in dict(packed):
        faults.append("a stream without time_s")
    if faults:
        raise Unstorable(tuple(faults))
    return tuple(packed)


def add_stream(connection: sqlite3.Connection, activity: int, packed: PackedStream) -> None:
    """The columns belong to the activity of that number."""
    connection.executemany(
        "INSERT INTO stream_column (activity, channel, packed) VALUES (?, ?, ?)",
        ((activity, channel, blob) for channel, blob in packed),
    )


def channels_of_all(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """The channel names of every activity that has a stream, by its number, in the order they were given.

    Equal tuples are one object: thousands of activities share a dozen.
    """
    # From the index alone: the order is that of the rows' ids, which the index holds, and no blob is read.
    rows = connection.execute("SELECT activity, channel FROM stream_column ORDER BY activity, rowid")
    names: dict[int, list[str]] = {}
    for activity, channel in rows:
        names.setdefault(activity, []).append(channel)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {activity: shared.setdefault(tuple(found), tuple(found)) for activity, found in names.items()}
