"""What can go wrong with a store, in words a runner can act on.  No message holds a person's data.

A message names the store by its file's own name only: the folders above it may hold a person's name.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from backstride.model.errors import BackstrideError
from backstride.model.said import Said, said


class StoreError(BackstrideError):
    """Something about the store, as opposed to about a file handed in."""


class NotAStore(StoreError):
    """The file at the store's place was not made by backstride; it was left as it is."""


class NewerStore(StoreError):
    """The store was made by a newer backstride; it was left as it is.

    `made` and `known` are the schema versions of the file and of this program.
    """

    def __init__(self, name: str, made: int, known: int) -> None:
        super().__init__(
            said(
                "{name}: made by a newer backstride (store version {made}, this one knows up to {known}); "
                "update backstride, the store was not touched",
                name=name,
                made=made,
                known=known,
            )
        )
        self.made, self.known = made, known


class LockedStore(StoreError):
    """Another program held the store for longer than we wait; nothing was written."""


OPEN_ELSEWHERE = said("another program has the store open; close it first, nothing was deleted")


class FullDisk(StoreError):
    """No room to write; the store is as it was before."""


class CannotWrite(StoreError):
    """The folder or the file does not let us write; nothing was written."""


class DamagedStore(StoreError):
    """Bytes in the store are not what was written there."""


class FailedMigration(StoreError):
    """The store could not be brought to this program's version; it is as it was before."""


class ClosedStore(StoreError):
    """The store was closed, and a stream that reads from it was asked for a column."""


class GoneActivity(StoreError):
    """The activity was deleted or read anew since this History was made."""


class Unstorable(StoreError):
    """What was handed in breaks the types' own promises; every fault at once, and nothing was written."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(said("cannot be stored: {faults}", faults="; ".join(faults)))
        self.each = faults


_BUSY = said("another program is using the store; try again when it is done")
_CLOSED = said("the store may not be written to; check the file's permissions")
_DAMAGED = said("the store is damaged; `backstride doctor` says how badly")
_WORDS: dict[int, tuple[type[StoreError], Said]] = {
    sqlite3.SQLITE_BUSY: (LockedStore, _BUSY),
    sqlite3.SQLITE_LOCKED: (LockedStore, _BUSY),
    sqlite3.SQLITE_FULL: (FullDisk, said("the disk is full; make room and try again, nothing was lost")),
    sqlite3.SQLITE_READONLY: (CannotWrite, _CLOSED),
    sqlite3.SQLITE_PERM: (CannotWrite, _CLOSED),
    sqlite3.SQLITE_CANTOPEN: (
        CannotWrite,
        said("the store cannot be opened; check the folder's permissions"),
    ),
    sqlite3.SQLITE_IOERR: (CannotWrite, said("the disk could not be read or written; check the disk")),
    sqlite3.SQLITE_CORRUPT: (DamagedStore, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (DamagedStore, _DAMAGED),
}
"""By SQLite's primary result code: https://www.sqlite.org/rescode.html"""


@contextmanager
def in_words() -> Iterator[None]:
    """SQLite's and the disk's errors leave this block as a StoreError that says what to do.

    Anything that is our own mistake (bad SQL, a broken constraint) passes through unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        _raise_in_words(error)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FullDisk(_WORDS[sqlite3.SQLITE_FULL][1]) from error
        raise CannotWrite(
            said("the store's folder cannot be used: {n}", n=error.strerror or said("no reason given"))
        ) from error


def _raise_in_words(error: sqlite3.Error) -> NoReturn:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's module, not by SQLite
        if "closed database" in str(error):
            raise ClosedStore(said("the store was closed; open it again")) from error
        raise error
    # The low byte is the primary code; the rest only says where in SQLite it arose.
    known = _WORDS.get(code & 0xFF)
    if known is None:
        raise error
    kind, words = known
    raise kind(words) from error
