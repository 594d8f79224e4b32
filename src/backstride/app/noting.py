"""Lines of files that gave nothing, written to the store many at a time.

A transaction for each of a hundred thousand pictures and letters takes longer than looking at them.  What is
not written yet is lost where the process is killed, and looked at again by the next import; what gives a run
never waits here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import monotonic

from backstride.model.ledger import LedgerLine
from backstride.store.packing import Packed
from backstride.store.records import plain_text
from backstride.store.store import Store

MOST_LINES = 500
MOST_BYTES = 8 << 20
"""Of files that are kept although they gave nothing."""
LONGEST_S = 0.5
"""From the first line that waits to the next that comes; the store is not held locked meanwhile."""


@dataclass(slots=True)
class Notes:
    """The lines of one import that wait to be written, in their order."""

    store: Store
    import_id: int
    _waiting: list[tuple[LedgerLine, Packed | None]] = field(default_factory=list)
    _by_hash: dict[str, LedgerLine] = field(default_factory=dict)
    _bytes: int = 0
    _since_s: float = 0.0

    def known(self, sha256: str) -> LedgerLine | None:
        """As `Store.known`, of the lines that wait too."""
        return self._by_hash.get(sha256) or self.store.known(sha256)

    def take(self, line: LedgerLine, packed: Packed | None) -> None:
        """The line waits, or stands in the ledger with all that waited before it."""
        if not self._waiting:
            self._since_s = monotonic()
        self._waiting.append((line, packed))
        if packed is not None:
            self._bytes += len(packed.file.packed or b"")
            self._by_hash[packed.file.sha256] = replace(line, name=plain_text(line.name))
        full = len(self._waiting) >= MOST_LINES or self._bytes >= MOST_BYTES
        if full or monotonic() - self._since_s >= LONGEST_S:
            self.write()

    def write(self) -> None:
        """Every line that waited stands in the ledger."""
        if self._waiting:
            self.store.note_all(self.import_id, self._waiting)
        self._waiting, self._by_hash, self._bytes = [], {}, 0
