"""What came in, as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backstride.reports.page import template
from backstride.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class YearTable:
    """A table in words: its name, the heads of its columns, the first of them for the years, and its rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One archive in words."""

    name: str
    lines: tuple[str, ...]
    tables: tuple[YearTable, ...]
    differences: tuple[str, ...]
    """The first is the sentence above the others."""
    files: tuple[tuple[str, str, tuple[str, ...]], ...]
    """What became of each file: in one word, the name with the reason, and notes below it."""


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The whole page in words."""

    title: str
    alarm: str | None
    """A raised red flag, which stands first."""
    lead: tuple[str, ...]
    sources: tuple[SourcePart, ...]
    file_list: str


def html_page(page: ImportsPage, wording: Wording) -> bytes:
    """One HTML page in UTF-8 that holds everything it needs."""
    return template("imports.html.j2").render(page=page, language=wording.language).encode()


def terminal_lines(page: ImportsPage, with_files: bool) -> Sequence[str]:
    """The same for a terminal, line by line."""
    lines = [*([page.alarm, ""] if page.alarm else []), *page.lead]
    for part in page.sources:
        lines += ["", part.name, *(f"  {line}" for line in part.lines)]
        for table in part.tables:
            lines += ["", *(f"  {line}" for line in _columns(table))]
        lines += [f"  {line}" if nth == 0 else f"    - {line}" for nth, line in enumerate(part.differences)]
        if with_files:
            for mark, words, notes in part.files:
                lines += [f"  {mark:>8}  {words}", *(f"{'':>12}{note}" for note in notes)]
    return lines


def _columns(table: YearTable) -> list[str]:
    every = ((table.name, *table.heads[1:]), *table.rows)
    widths = [max(len(row[place]) for row in every) for place in range(len(every[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in every
    ]
