"""What a picture shows, as rows: for those who do not see it, and for the exact number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Table: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of the page, and what the reader opens it by."""

    title: str
    heads: tuple[str, ...]
    rows: Table
