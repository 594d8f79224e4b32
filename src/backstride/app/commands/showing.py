"""The demo: a made-up runner's archives imported and answered, end to end."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from backstride.app import actions
from backstride.app.commands.answers import HtmlFile, write_page
from backstride.app.commands.common import AsJson, Detail, UnitsOption, door, echo_json, show, wording
from backstride.app.commands.files import print_record, print_report, report_json, take_in
from backstride.app.demo import DemoRunner, make
from backstride.app.demo.exports.kinds import ExportKind
from backstride.app.makers import MAKERS
from backstride.knowledge.loader import shipped
from backstride.reports.as_json import document
from backstride.store.store import Store


def demo(
    seed: Annotated[int, typer.Option(help="Another made-up runner of the same story.")] = 1,
    maker: Annotated[
        ExportKind | None,
        typer.Option("--as", help="As an export of this maker, of the last 16 weeks.", show_default=False),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Keep the made-up archives in this folder.", show_default=False)
    ] = None,
    html: HtmlFile = None,
    detail: Detail = False,
    units: UnitsOption = "km",
    as_json: AsJson = False,
) -> None:
    """A made-up runner, from archives to answer; your own store is not touched."""
    with tempfile.TemporaryDirectory(prefix="backstride-demo-") as folder:
        _tell(_making(maker), as_json)
        began = time.monotonic()
        archive = keep or Path(folder) / "archive"
        runner = make(archive, seed, kind=maker)
        _tell(door("made", s=f"{time.monotonic() - began:.1f}"), as_json)
        began = time.monotonic()
        with Store.open(Path(folder) / "demo.sqlite") as store:
            report = take_in(store, [archive], quiet=as_json)
            seconds = f"{time.monotonic() - began:.1f}"
            _tell(door("took", n=f"{len(report.lines):,}", s=seconds) + "\n", as_json)
            _tell_store(store, runner)
            answer = actions.assess_store(store, runner.on, shipped())
            write_page(answer, html, units)
            if as_json:
                echo_json(document(answer, wording(units)) | {"import": report_json(report)})
                return
            print_report(report, every=False)
            print_record(store.history())
            show(answer, units, detail)


def _making(maker: ExportKind | None) -> str:
    if maker is None:
        return door("making")
    names = {each.id: each.name for each in MAKERS} | {"garmin_list": "Garmin Connect's list"}
    return door("making_as", maker=names[maker])


def _tell(words: str, quiet: bool) -> None:
    if not quiet:
        typer.echo(words)


def _tell_store(store: Store, runner: DemoRunner) -> None:
    store.change_profile(lambda told: runner.profile)
    store.add(*runner.symptoms, *runner.answers, *runner.check_ins)
