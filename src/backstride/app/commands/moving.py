"""Commands that take everything elsewhere, bring it back, and keep a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
from backstride.app.commands.files import Every, measure, print_record, print_report, report_json
from backstride.app.export import export_file
from backstride.app.import_export import import_export
from backstride.app.progress import files_line
from backstride.knowledge.loader import shipped
from backstride.model.text import Quantity


def export(
    path: Annotated[Path, typer.Argument(help="The zip to write.")],
    units: UnitsOption = "km",
    store: StorePath = None,
) -> None:
    """Everything you handed in and told, as one zip; import brings it back, here or elsewhere."""
    with opened(store) as opened_store, files_line(quiet=False) as tell:
        answer = actions.assess_store(opened_store, day_or_today(None), shipped())
        made = export_file(opened_store, path, answer, wording(units), tell)
    typer.echo(door("wrote", file=str(path)))
    files, entries = Quantity(made.originals, "count"), Quantity(made.diary, "count")
    typer.echo(door("exported", files=files, entries=entries))


def bring_back(
    path: Annotated[Path, typer.Argument(help="The zip that export wrote.")],
    merge: Annotated[
        bool, typer.Option("--merge", help="Into a store that is not empty: add what is not there yet.")
    ] = False,
    store: StorePath = None,
    as_json: AsJson = False,
    every: Every = False,
) -> None:
    """Bring back everything from the zip of an export."""
    with opened(store) as opened_store:
        with files_line(quiet=as_json) as tell:
            done = import_export(opened_store, path, tell, merge)
        if not done.report.stopped:
            measure(opened_store, as_json)
        history = opened_store.history()
    if as_json:
        echo_json(report_json(done.report) | {"diary": done.diary, "diary_known": done.diary_known})
        return
    print_report(done.report, every)
    typer.echo(
        door(
            "brought_back",
            entries=Quantity(done.diary, "count"),
            known=Quantity(done.diary_known, "count"),
        )
    )
    print_record(history)


def backup(
    path: Annotated[Path, typer.Argument(help="The file to write.")],
    store: StorePath = None,
) -> None:
    """A copy of the store as it stands, as one file; --store uses it, or copy it back to where it was."""
    with opened(store) as opened_store:
        opened_store.backup(path)
    typer.echo(door("wrote", file=str(path)))
