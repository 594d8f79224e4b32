"""The laps of an activity, made from what is stored when somebody looks: an answer seldom does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import overload

from backstride.model.activity import Lap
from backstride.store.records import from_plain


class StoredLaps(Sequence[Lap]):
    """Equal to a tuple of the same laps."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def _laps(self) -> tuple[Lap, ...]:
        return tuple(from_plain(Lap, lap) for lap in json.loads(self._text))

    @overload
    def __getitem__(self, index: int) -> Lap: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Lap, ...]: ...

    def __getitem__(self, index: int | slice) -> Lap | tuple[Lap, ...]:
        return self._laps[index]

    def __len__(self) -> int:
        return len(self._laps)

    def __eq__(self, other: object) -> bool:
        return self._laps == (other._laps if isinstance(other, StoredLaps) else other)

    def __hash__(self) -> int:
        return hash(self._laps)

    def __repr__(self) -> str:
        return repr(self._laps)
