"""Stored files read anew: by a better reader, or by one that did not exist when they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from backstride.app.intake import ImportReport, Progress, Tell
from backstride.app.reading import Done, Job
from backstride.app.workers import read_in_order, workers_for
from backstride.formats.readers import READERS
from backstride.model.ledger import GIVES, LedgerLine
from backstride.model.said import said
from backstride.store.errors import DamagedStore
from backstride.store.originals import Kept
from backstride.store.store import Store

USUAL_BYTES = 1 << 20
"""Taken as the size of each file: how large they are shows only once they are unpacked."""


def reread(store: Store, zone: tzinfo, tell: Tell, workers: int | None = None) -> ImportReport:
    """What became of each stored file that today's readers may read otherwise than when it came.

    One that gives nothing now, also where a newer reader cannot read it, keeps what it gave, and has no line.
    """
    files = store.kept({reader.name: reader.version for reader in READERS})
    if not files:
        return ImportReport(())
    import_id, lines = store.begin_import(), list[LedgerLine]()
    count = workers_for(USUAL_BYTES * len(files)) if workers is None else workers
    try:
        for nth, done in enumerate(read_in_order(_jobs(store, files, zone), count), 1):
            if done.packed is not None and done.line.outcome in GIVES:
                lines.append(store.add_packed(import_id, done.packed, done.line))
            tell(Progress(nth, nth, len(files), done.line.name))
    except KeyboardInterrupt:
        return ImportReport(tuple(lines), stopped=True)
    return ImportReport(tuple(lines))


def _jobs(store: Store, files: Sequence[Kept], zone: tzinfo) -> Iterator[Job | Done]:
    for file in files:
        try:
            data = store.original(file.sha256)
        except DamagedStore:
            why = said("the stored file is damaged; add it again")
            yield Done(LedgerLine(file.name, "unreadable", why, source=file.source))
            continue
        if data is not None:
            yield Job(file.name, data, zone, file.source)
