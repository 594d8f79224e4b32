"""Streams that are put together when asked for, so that ten years of them need not be held at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from backstride.model.activity import Column

Shelf: TypeAlias = "list[tuple[Lazily, Mapping[str, Column]]]"
"""Holds the one stream that was asked for last."""


class Lazily(Mapping[str, Column]):
    """Columns whose names are known; they are made when one is asked for, and again when asked for later."""

    __slots__ = ("_make", "_names", "_shelf")

    def __init__(
        self, names: tuple[str, ...], make: Callable[[], Mapping[str, Column]], shelf: Shelf
    ) -> None:
        self._names, self._make, self._shelf = names, make, shelf

    def __getitem__(self, name: str) -> Column:
        if not self._shelf or self._shelf[0][0] is not self:
            if name not in self._names:
                raise KeyError(name)
            self._shelf[:] = [(self, self._make())]
        return self._shelf[0][1][name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __reduce__(self) -> tuple[type[dict[str, Column]], tuple[dict[str, Column]]]:
        return dict, ({name: self[name] for name in self._names},)  # to another process the columns go
