"""The door to one runner's store: files in, a History out, and everything can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from backstride.model.activity import Activity
from backstride.model.findings import MeasuredRun
from backstride.model.history import (
    Answer,
    CheckIn,
    History,
    InstrumentResult,
    Profile,
    Removed,
    Sameness,
    Seen,
    Shoe,
    Span,
    Symptom,
    TestResult,
    one_a_day,
)
from backstride.model.ledger import GIVES, LedgerLine
from backstride.model.said import said
from backstride.model.wishes import ExerciseWish, Goal, Pause, Restart, Wishes
from backstride.store import activities as rows
from backstride.store import diary, found, health, ledger, measured, originals, whole
from backstride.store.connection import BESIDE, COMPANIONS, connect, snapshot, transaction, use_wal
from backstride.store.diary import DiaryRow, Entry, Kind
from backstride.store.errors import OPEN_ELSEWHERE, CannotWrite, FullDisk, LockedStore, in_words
from backstride.store.health import LOOK_AT_BYTES, Health
from backstride.store.ledger import ImportRun
from backstride.store.migrations import MIGRATIONS, migrate
from backstride.store.originals import Kept
from backstride.store.packing import Packed, pack
from backstride.store.whole import FileRow, LedgerRow


class Store:
    """One SQLite file that holds all of one runner: every file handed in, every activity, the diary.

    Several programs may have it open; one writes at a time, and readers never wait.  A Store belongs to the
    thread that opened it: opening is cheap, so another thread opens its own.  Every method raises a
    StoreError that says in words what is wrong, and then nothing of that call was written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, busy_s: float = 10.0) -> Self:
        """The store at `path`, made if there is none, brought to this program's version if it is older.

        `busy_s` is how long a write waits for another program's.

        Raises: NotAStore, NewerStore (the file is left byte for byte as it is), FailedMigration,
        LockedStore, CannotWrite, FullDisk, DamagedStore.
        """
        with in_words():
            connection = connect(path, len(MIGRATIONS), busy_s)
            try:
                migrate(connection, path.name)
                use_wal(connection, busy_s)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """The file is closed; streams of a History made from it can no longer be read."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- files in ------------------------------------------------------------------------------------------

    def begin_import(self, at: datetime | None = None) -> int:
        """The id of a new import, begun at `at` (aware), or now."""
        with in_words(), transaction(self._connection, survives="process_death"):
            return ledger.begin_import(self._connection, at or datetime.now(UTC))

    def known(self, sha256: str) -> LedgerLine | None:
        """What these bytes came to when they were last read; None where they never came.

        `imported`, `kept` and `set_aside` need not be read again, unless the reader is a newer one;
        `unreadable` may be tried again.
        """
        with in_words():
            return ledger.known(self._connection, sha256)

    def add_file(
        self, import_id: int, data: bytes, activities: Sequence[Activity], line: LedgerLine
    ) -> LedgerLine:
        """As `add_packed`, of a file that is packed here."""
        return self.add_packed(import_id, pack(data, line.outcome, activities), line)

    def add_packed(self, import_id: int, packed: Packed, line: LedgerLine) -> LedgerLine:
        """The line as it stands in the ledger now: the file, what it gave and the line went in together.

        The bytes' hash is each activity's `origin.sha256`.  Where all of the activities are there already,
        read by no older version of the same reader, nothing but a line with outcome `duplicate` is added,
        and that is the line.  Where an older version read them, these take their place.

        Raises: ValueError for a file that gave nothing.
        """
        if line.outcome not in GIVES or not (packed.activities or packed.found):
            raise ValueError("a file that gave nothing is noted, not added")
        sha256 = packed.file.sha256
        with in_words(), transaction(self._connection, survives="process_death"):
            if packed.activities and rows.are_stored(self._connection, sha256, packed.activities):
                line = self._as_duplicate(line, sha256)
            else:
                originals.add_original(self._connection, line.name, packed.file)
                rows.replace_activities(self._connection, sha256, packed.activities)
                found.replace_found(self._connection, sha256, packed.found)
            ledger.add_line(self._connection, import_id, line, sha256)
        return line

    def _as_duplicate(self, line: LedgerLine, sha256: str) -> LedgerLine:
        first = originals.first_name(self._connection, sha256)
        return replace(line, outcome="duplicate", why=said("the same as {name}", name=first))

    def note(self, import_id: int, line: LedgerLine, data: bytes | None = None) -> None:
        """The line of a file that gave nothing new: duplicate, set aside or unreadable.

        With `data` its bytes are kept too, if not larger than `KEEP_UP_TO_BYTES`; without, they were never
        had, as of a broken member of an archive.

        Raises: ValueError for a line that says the file gave something.
        """
        self.note_packed(import_id, line, None if data is None else pack(data, line.outcome))

    def note_packed(self, import_id: int, line: LedgerLine, packed: Packed | None) -> None:
        """As `note`, of a file that is packed already."""
        self.note_all(import_id, ((line, packed),))

    def note_all(self, import_id: int, notes: Sequence[tuple[LedgerLine, Packed | None]]) -> None:
        """As `note_packed`, of many files in their order: all of them are written, or none.

        Raises: ValueError for a line that says the file gave something.
        """
        if any(line.outcome in GIVES for line, _ in notes):
            raise ValueError("a file that gave something is added, not noted")
        with in_words(), transaction(self._connection, survives="process_death"):
            for line, packed in notes:
                if packed is not None:
                    originals.add_original(self._connection, line.name, packed.file)
                sha256 = None if packed is None else packed.file.sha256
                ledger.add_line(self._connection, import_id, line, sha256)

    def ledger(self, import_id: int | None = None) -> tuple[LedgerLine, ...]:
        """The lines of one import, or of all, in the order they were written."""
        with in_words():
            return ledger.ledger(self._connection, import_id)

    def imports(self) -> tuple[ImportRun, ...]:
        """Every import, oldest first."""
        with in_words():
            return ledger.imports(self._connection)

    def original(self, sha256: str) -> bytes | None:
        """The file as it was handed in; None where it never was, or its bytes were not kept."""
        with in_words():
            return originals.original(self._connection, sha256)

    def kept(self, readers: Mapping[str, int]) -> tuple[Kept, ...]:
        """Files that today's readers may read otherwise; `readers` is each one's version by name."""
        with in_words():
            return originals.kept(self._connection, readers)

    # -- all that is known ---------------------------------------------------------------------------------

    def history(self) -> History:
        """Everything of the runner, of one moment.  Streams are read from the store when they are looked at.

        So it must stay open while the History is used, and looking again decodes again; writing meanwhile
        does no harm.
        """
        with in_words(), snapshot(self._connection):
            return replace(
                self._told(),
                activities=rows.activities(self._connection),
                days=found.days(self._connection),
            )

    def told(self) -> History:
        """As `history`, with the profile, the diary and the shoes alone: no activity and no day is read."""
        with in_words(), snapshot(self._connection):
            return self._told()

    def _told(self) -> History:
        recorded = diary.entries(self._connection, Span)
        return History(
            profile=diary.profile(self._connection),
            symptoms=diary.entries(self._connection, Symptom),
            answers=diary.entries(self._connection, Answer),
            shoes=_pairs(found.shoes(self._connection), diary.entries(self._connection, Shoe)),
            tests=diary.entries(self._connection, TestResult),
            scores=diary.entries(self._connection, InstrumentResult),
            check_ins=one_a_day(diary.entries(self._connection, CheckIn)),
            seen=diary.entries(self._connection, Seen),
            wishes=Wishes(
                diary.entries(self._connection, Goal),
                diary.entries(self._connection, ExerciseWish),
                diary.entries(self._connection, Pause),
                diary.entries(self._connection, Restart),
            ),
            sameness=diary.entries(self._connection, Sameness),
            removed=diary.entries(self._connection, Removed),
            recorded=recorded or None,
        )

    def version(self) -> str:
        """Another one after anything that an answer rests on came, changed or went."""
        with in_words(), snapshot(self._connection):
            return f"{ledger.version(self._connection)} {diary.version(self._connection)}"

    def files_version(self) -> str:
        """Another one after any file came in."""
        with in_words():
            return ledger.version(self._connection)

    def activity(self, activity_id: str) -> Activity | None:
        """The activity of that id, its stream as in `history`; None where there is none."""
        with in_words(), snapshot(self._connection):
            return rows.activity(self._connection, activity_id)

    def measured(self) -> Mapping[str, MeasuredRun]:
        """What was worked out of activities before, by their ids."""
        with in_words():
            return measured.measured(self._connection)

    def keep_measured(self, new: Mapping[str, MeasuredRun]) -> bool:
        """True when these are kept; False where another program is writing, which is no loss: it is only
        worked out again.
        """
        try:
            with (
                in_words(),
                measured.without_waiting(self._connection),
                transaction(self._connection, survives="process_death"),
            ):
                measured.keep(self._connection, new)
        except (LockedStore, CannotWrite, FullDisk):
            return False
        return True

    # -- what the runner tells -----------------------------------------------------------------------------

    def profile(self) -> Profile:
        """What the runner told of themself."""
        with in_words():
            return diary.profile(self._connection)

    def change_profile(self, change: Callable[[Profile], Profile]) -> Profile:
        """The profile after `change`: `store.change_profile(lambda told: replace(told, height_m=1.7))`."""
        with in_words(), transaction(self._connection):
            return diary.change_profile(self._connection, change)

    def add(self, *entries: Entry) -> tuple[int, ...]:
        """Ids of the new diary rows, in order; all go in or none.

        A shoe with the id of an earlier one takes its place in `history`; taking it back brings that again.
        """
        with in_words(), transaction(self._connection):
            return tuple(diary.add_entry(self._connection, entry) for entry in entries)

    def diary(self, kind: Kind | None = None) -> tuple[DiaryRow, ...]:
        """Every diary row of one kind, or of all, in the order they were entered."""
        with in_words():
            return diary.rows(self._connection, kind)

    def forget(self, row_id: int) -> bool:
        """True when the diary had such a row; it is gone now."""
        with in_words(), transaction(self._connection):
            return diary.forget(self._connection, row_id)

    def forget_last(self, kind: Kind) -> DiaryRow | None:
        """The diary row of that kind entered last, which is gone now; None where there was none."""
        with in_words(), transaction(self._connection):
            return diary.forget_last(self._connection, kind)

    # -- all of it, to be taken elsewhere ------------------------------------------------------------------

    @contextmanager
    def of_one_moment(self) -> Iterator[None]:
        """Everything that the methods below give in this block is of one moment."""
        with in_words(), snapshot(self._connection):
            yield

    def is_empty(self) -> bool:
        """True where no file came in and nothing was told."""
        with in_words():
            return whole.is_empty(self._connection)

    def files(self) -> tuple[FileRow, ...]:
        """Every file that was handed in, in the order they first came."""
        with in_words():
            return whole.files(self._connection)

    def is_sound(self, sha256: str) -> bool:
        """Whether the bytes kept under that hash are still those that were handed in."""
        with in_words():
            return whole.is_sound(self._connection, sha256)

    def parts(self, sha256: str) -> Iterator[bytes]:
        """The file as it was handed in, in parts of at most a megabyte; ask `is_sound` first."""
        with in_words():
            yield from whole.parts(self._connection, sha256)

    def ledger_rows(self) -> Iterator[LedgerRow]:
        """Every line of every import, in the order they were written."""
        with in_words():
            yield from whole.ledger_rows(self._connection)

    def gave(self, sha256: str) -> Iterator[dict[str, Any]]:  # Any: JSON
        """What a file gave, as JSON holds it: for a file whose bytes are not kept."""
        with in_words():
            yield from whole.gave(self._connection, sha256)

    def backup(self, to: Path) -> None:
        """The store as it stands is in a file of its own; others may use the store meanwhile.

        Raises: BadInput where a file is there already.
        """
        with in_words():
            whole.backup(self._connection, to)

    # -- upkeep --------------------------------------------------------------------------------------------

    def doctor(self, thorough: bool = False, look_at_bytes: int = LOOK_AT_BYTES) -> Health:
        """What stands in the store and whether it is sound; see `Health`."""
        with in_words():
            return health.check(self._connection, self.path, thorough, look_at_bytes)

    def forget_everything(self) -> None:
        """The store's file and all that is kept beside it are gone; this Store is closed.

        Raises: LockedStore when another program has the store open; then nothing was deleted.
        """
        with in_words():
            self._fold_log_in()
            self.close()
            for ending in ("", *COMPANIONS, *BESIDE):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def _fold_log_in(self) -> None:
        """Everything is in the one file.  Leaving WAL works only when nobody else has the file open."""
        mode = self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode != "delete":
            raise LockedStore(OPEN_ELSEWHERE)


def _pairs(found: Sequence[Shoe], told: Sequence[Shoe]) -> tuple[Shoe, ...]:
    """Each pair in the order the pairs first came: what was entered last counts, over earlier entries and
    over files; what it leaves out stays as those have it.
    """
    pairs = {shoe.id: shoe for shoe in found}
    for shoe in told:
        before = pairs.get(shoe.id, shoe)
        said = {
            each.name: value for each in fields(shoe) if (value := getattr(shoe, each.name)) not in _UNSAID
        }
        pairs[shoe.id] = replace(before, **said)
    return tuple(pairs.values())


_UNSAID = (None, "", ())
