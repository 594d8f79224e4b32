"""What came in from where, beside what the archives themselves claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from backstride.app import actions
from backstride.app.commands.common import (
    AsJson,
    StorePath,
    UnitsOption,
    day_or_today,
    door,
    echo_json,
    opened,
    wording,
)
from backstride.app.commands.files import line_json
from backstride.app.commands.imports_told import imports_page
from backstride.app.reconcile import (
    SourceSums,
    Sums,
    YearSums,
    reconciled,
)
from backstride.knowledge.loader import shipped
from backstride.model.ledger import LedgerLine
from backstride.model.text import Text
from backstride.reports.imports_page import (
    html_page,
    terminal_lines,
)

HtmlFile = Annotated[
    Path | None,
    typer.Option("--html", help="Also write it as one page, files and all.", show_default=False),
]


def imports(
    store: StorePath = None,
    files: Annotated[bool, typer.Option("--files", help="Also a line for every file.")] = False,
    html: HtmlFile = None,
    units: UnitsOption = "km",
    as_json: AsJson = False,
) -> None:
    """What came in by source and year, beside what each archive's own tables claim."""
    words = wording(units)
    with opened(store) as opened_store:
        history, lines = opened_store.history(), opened_store.ledger()
        found = reconciled(history, lines)
        safety = actions.safety_of(opened_store, day_or_today(None), shipped())
        if as_json:
            echo_json(imports_json(found, lines))
            return
        if html is not None:
            page = imports_page(history, found, lines, safety, words, "wide")
            html.write_bytes(html_page(page, words))
            typer.echo(door("wrote", file=str(html)), err=True)
        narrow = imports_page(history, found, lines, safety, words, "narrow")
    for line in terminal_lines(narrow, files):
        typer.echo(line)
    if found and not files:
        typer.echo(f"\n{words.say(Text('imports.files_how'))}")


def imports_json(found: Sequence[SourceSums], lines: Sequence[LedgerLine]) -> dict[str, Any]:  # Any: JSON
    """What came in from where as JSON, with a line for every file."""
    return {
        "schema": "backstride/imports/1",
        "sources": [_source_json(each) for each in found],
        "ledger": [line_json(line) for line in lines],
    }


def _source_json(each: SourceSums) -> dict[str, Any]:
    return {
        "source": each.source,
        "files": dict(each.files),
        "skipped_rows": each.skipped_rows,
        "years": [_year_json(year) for year in each.years],
    }


def _year_json(year: YearSums) -> dict[str, Any]:
    return {
        "year": year.year,
        "kind": year.kind,
        "recorded": _sums_json(year.recorded),
        "claimed": _sums_json(year.claimed) if year.claimed.count else None,
        **{str(name): count for name, count in year.found.items()},
        "differences": [
            {
                "row": one.row.id,
                "recording": one.recording.id,
                "distance_m": [one.row.distance_m, one.recording.distance_m],
                "moving_s": [one.row.moving_s, one.recording.moving_s],
            }
            for one in year.differences
        ],
    }


def _sums_json(sums: Sums) -> dict[str, Any]:
    return {
        "count": sums.count,
        "distance_m": sums.distance_m,
        "moving_s": sums.moving_s,
        "without_distance": sums.without_distance,
        "without_time": sums.without_time,
    }
