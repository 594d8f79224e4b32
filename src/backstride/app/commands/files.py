"""Commands that take files in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from backstride.app.actions import measure_all, zone_of
from backstride.app.commands.common import AsJson, StorePath, door, echo_json, opened, wording
from backstride.app.intake import ImportReport, import_paths
from backstride.app.progress import measuring_line, progress_line
from backstride.app.record import in_all
from backstride.app.rereading import reread as read_anew
from backstride.copies import each_once
from backstride.knowledge.loader import shipped
from backstride.model.history import History
from backstride.model.ledger import LedgerLine
from backstride.model.said import Said
from backstride.model.text import Text, Value
from backstride.reports.wording import Wording
from backstride.store.store import Store

MOST_ROWS = 5
"""Rows that gave nothing named of one table on the terminal; JSON has them all."""

MOST_ALIKE = 3
"""Files with the very same notes named on the terminal; the others are counted."""

Every = Annotated[bool, typer.Option("--all", help="A line for every file, not only those to look at.")]
Paths = Annotated[list[Path], typer.Argument(help="Files, folders or zips as the watch maker gave them.")]


def add(
    paths: Paths,
    store: StorePath = None,
    as_json: AsJson = False,
    every: Every = False,
) -> None:
    """Import files, folders and zips; every file is accounted for."""
    with opened(store) as opened_store:
        report = take_in(opened_store, paths, quiet=as_json)
        history = opened_store.history()
    if as_json:
        echo_json(report_json(report))
        return
    print_report(report, every)
    print_record(history)


def reread(store: StorePath = None, as_json: AsJson = False, every: Every = False) -> None:
    """Read the stored files anew, with what this version of the program reads better."""
    with opened(store) as opened_store, progress_line(as_json) as tell:
        report = read_anew(opened_store, zone_of(opened_store.profile()), tell)
        if report.lines:
            measure(opened_store, as_json)
    if as_json:
        echo_json(report_json(report))
    elif report.lines:
        print_report(report, every)
    else:
        typer.echo(door("nothing_anew"))


def take_in(store: Store, paths: Sequence[Path], quiet: bool) -> ImportReport:
    """Everything under the paths is in the store and every run is measured, with progress on the terminal."""
    with progress_line(quiet) as tell:
        report = import_paths(store, paths, zone_of(store.profile()), tell)
    if not report.stopped:
        measure(store, quiet)
    return report


def measure(store: Store, quiet: bool) -> None:
    """Every run is measured, with progress on the terminal; Ctrl-C leaves the rest for when it is needed."""
    with measuring_line(quiet) as tell, suppress(KeyboardInterrupt):
        measure_all(store, shipped(), tell)


def print_record(history: History) -> None:
    """What the record is made of now."""
    if history.activities:
        typer.echo(wording("km").say(in_all(history, each_once(history).activities)))


def report_json(report: ImportReport) -> dict[str, Any]:  # Any: JSON
    """The ledger as JSON: counts that add up, and one row a file."""
    return {
        "files": len(report.lines),
        "stopped": report.stopped,
        "counts": report.counts,
        "ledger": [line_json(line) for line in report.lines],
    }


def line_json(line: LedgerLine) -> dict[str, Any]:
    """What became of one file, as JSON."""
    return {
        "name": line.name,
        "outcome": line.outcome,
        "why": line.why,
        "activities": line.activities,
        "warnings": line.warnings,
        "skipped": [{"row": each.row, "why": each.why} for each in line.skipped],
        "source": line.source,
    }


def print_report(report: ImportReport, every: bool) -> None:
    """The counts, and a line for each file somebody may want to look at (or for every one)."""
    shown = Counter[tuple[Said, ...]]()
    for line in report.lines:
        if every or line.outcome == "unreadable" or line.skipped:
            typer.echo(_words(line))
        elif line.warnings:
            shown[line.warnings] += 1
            if shown[line.warnings] <= MOST_ALIKE:
                typer.echo(_words(line))
    for warnings, count in shown.items():
        if count > MOST_ALIKE:
            what = "; ".join(wording("km").told(warning) for warning in warnings)
            typer.echo(door("alike", n=f"{count - MOST_ALIKE:,}", what=what))
    if report.stopped:
        typer.echo(door("stopped"))
    count = len(report.lines)
    typer.echo(door("files_one") if count == 1 else door("files", n=f"{count:,}"))
    for outcome, count in report.counts.items():
        if count:
            typer.echo(f"  {count:>6,}  {door(outcome)}")
    if not every and len(report.lines) > 1:
        typer.echo(door("every_file"))


def mark(line: LedgerLine, words: Wording) -> str:
    """What became of a file, in one short word."""
    return _say(words, f"mark_{line.outcome}")


def notes_of(line: LedgerLine, words: Wording) -> tuple[str, ...]:
    """What is to be said of a file beside what became of it: warnings, and rows that gave nothing."""
    rows = (
        _say(words, "row", row=str(each.row), why=words.told(each.why)) for each in line.skipped[:MOST_ROWS]
    )
    more = len(line.skipped) - MOST_ROWS
    left = (_say(words, "more_rows", n=f"{more:,}"),) if more > 0 else ()
    return (*(_say(words, "note", what=words.told(each)) for each in line.warnings), *rows, *left)


def _say(words: Wording, key: str, **values: Value) -> str:
    return words.say(Text(f"door.{key}", values))


def _words(line: LedgerLine) -> str:
    words = wording("km")
    notes = "".join(f"\n         {note}" for note in notes_of(line, words))
    return f"{mark(line, words):>6}  {line.name}: {words.told(line.why)}{notes}"
