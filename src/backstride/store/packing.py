"""What a file gave, made ready for the store: the slow part, for any process, before the store is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backstride.model.activity import Activity
from backstride.model.ledger import Outcome
from backstride.store.activities import PackedActivity, pack_activities
from backstride.store.found import Found
from backstride.store.originals import PackedFile, pack_file


@dataclass(frozen=True, slots=True)
class Packed:
    """A file, its activities as rows and bytes, and the shoes and days it tells of."""

    file: PackedFile
    activities: tuple[PackedActivity, ...] = ()
    found: tuple[Found, ...] = ()


def pack(
    data: bytes, outcome: Outcome, activities: Sequence[Activity] = (), found: Sequence[Found] = ()
) -> Packed:
    """The file and what it gave.  `outcome` says whether its bytes are kept, see `KEEP_UP_TO_BYTES`.

    Raises: Unstorable naming every fault of every activity.
    """
    file = pack_file(data, outcome)
    return Packed(file, pack_activities(activities, file.sha256), tuple(found))


def pack_unkept(
    sha256: str, size_bytes: int, activities: Sequence[Activity], found: Sequence[Found]
) -> Packed:
    """The same for a file too large to be held, whose bytes are not kept.

    Raises: Unstorable naming every fault of every activity.
    """
    file = PackedFile(sha256, size_bytes, None)
    return Packed(file, pack_activities(activities, sha256), tuple(found))
