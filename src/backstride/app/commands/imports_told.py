"""What came in, in words: a page for the terminal or for HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from backstride.app.commands.common import alarm_of
from backstride.app.commands.files import mark, notes_of
from backstride.app.reconcile import (
    DIFFER_M,
    DIFFER_S,
    DIFFER_SHARE,
    Difference,
    SourceSums,
    Sums,
    YearSums,
)
from backstride.app.record import in_all
from backstride.copies import each_once
from backstride.model.assessment import Triage
from backstride.model.history import History
from backstride.model.ledger import LedgerLine, Outcome
from backstride.model.text import Quantity, Text, Value
from backstride.reports.imports_page import ImportsPage, SourcePart, YearTable
from backstride.reports.wording import Wording

Width = Literal["narrow", "wide"]
"""For a terminal, without how long; and for a page."""
MOST_DIFFERENCES = 8
"""Shown of one source; JSON has them all."""
_HEADS = ("year", "recorded", "claimed", "both", "row_only", "recording_only", "differ")
_SUMS: dict[Width, str] = {"narrow": "sums_narrow", "wide": "sums"}


def _say(words: Wording, key: str, **values: Value) -> str:
    return words.say(Text(f"imports.{key}", values))


def imports_page(
    history: History,
    found: Sequence[SourceSums],
    lines: Sequence[LedgerLine],
    safety: Triage,
    words: Wording,
    width: Width,
) -> ImportsPage:
    """The whole page; a raised red flag stands first."""
    alarm = alarm_of(safety, words)
    return ImportsPage(
        _say(words, "title"),
        alarm,
        tuple(_lead(history, found, words)),
        tuple(_part(each, _of(each, lines), words, _SUMS[width]) for each in found),
        _say(words, "file_list"),
    )


def _of(each: SourceSums, lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    return [line for line in lines if line.source == each.source]


def _lead(history: History, found: Sequence[SourceSums], words: Wording) -> Iterator[str]:
    if not found:
        yield _say(words, "none")
        return
    yield words.say(in_all(history, each_once(history).activities))
    yield _say(words, "lead")


def _count(number: int) -> Quantity:
    return Quantity(number, "count")


def _part(each: SourceSums, lines: Sequence[LedgerLine], words: Wording, sums: str) -> SourcePart:
    return SourcePart(
        each.source or "-",
        tuple(_file_lines(each, words)),
        tuple(_tables(each, words, sums)),
        tuple(_differences(each, words)),
        tuple(
            (mark(line, words), f"{line.name}: {words.told(line.why)}", notes_of(line, words))
            for line in lines
        ),
    )


def files_told(files: Mapping[Outcome, int], words: Wording) -> str:
    """How many files came to what; the parts add up to the whole."""
    parts = ", ".join(
        _say(words, f"became_{outcome}", n=_count(count)) for outcome, count in files.items() if count
    )
    count = sum(files.values())
    if count == 1:
        return _say(words, "file_one", parts=parts)
    return _say(words, "files", n=_count(count), parts=parts)


def _file_lines(each: SourceSums, words: Wording) -> Iterator[str]:
    yield files_told(each.files, words)
    if each.skipped_rows:
        yield _say(words, "skipped", n=_count(each.skipped_rows))
    if any(year.found["row_only"] for year in each.years):
        yield _say(words, "row_only")


def _tables(each: SourceSums, words: Wording, sums: str) -> Iterator[YearTable]:
    heads = tuple(_say(words, f"head_{name}") for name in _HEADS)
    for kind in ("run", "other"):
        rows = tuple(_year_row(year, words, sums) for year in each.years if year.kind == kind)
        if rows:
            yield YearTable(_say(words, f"kind_{kind}"), heads, rows)


def _year_row(year: YearSums, words: Wording, sums: str) -> tuple[str, ...]:
    return (
        str(year.year),
        _sums(year.recorded, words, sums),
        _sums(year.claimed, words, sums) if year.claimed.count else _say(words, "no_table"),
        *(str(year.found[name]) for name in ("both", "row_only", "recording_only")),
        str(len(year.differences)),
    )


def _sums(sums: Sums, words: Wording, key: str) -> str:
    told = _say(
        words,
        key,
        n=_count(sums.count),
        distance=Quantity(sums.distance_m, "m"),
        time=Quantity(sums.moving_s, "s"),
    )
    if sums.without_distance:
        told += f" ({_say(words, 'without_distance', n=_count(sums.without_distance))})"
    if sums.without_time and key == _SUMS["wide"]:
        told += f" ({_say(words, 'without_time', n=_count(sums.without_time))})"
    return told if sums.count else "-"


def _differences(each: SourceSums, words: Wording) -> Iterator[str]:
    every = [one for year in each.years for one in year.differences]
    if not every:
        return
    limits = {
        "share": Quantity(DIFFER_SHARE, "share"),
        "distance": Quantity(DIFFER_M, "m"),
        "time": Quantity(DIFFER_S, "s"),
    }
    yield words.say(Text("imports.differences", limits))
    yield from (_difference(one, words) for one in every[:MOST_DIFFERENCES])
    if len(every) > MOST_DIFFERENCES:
        yield _say(words, "more_differences", n=_count(len(every) - MOST_DIFFERENCES))


def _difference(one: Difference, words: Wording) -> str:
    return _say(
        words,
        "difference",
        day=one.recording.on,
        row=_totals(one.row.distance_m, one.row.moving_s, words),
        recording=_totals(one.recording.distance_m, one.recording.moving_s, words),
        names=one.recording.origin.name,
    )


def _totals(distance_m: float | None, moving_s: float | None, words: Wording) -> str:
    known = [
        None if distance_m is None else words.quantity(Quantity(distance_m, "m")),
        None if moving_s is None else words.quantity(Quantity(moving_s, "s")),
    ]
    return " · ".join(part for part in known if part is not None) or "-"
