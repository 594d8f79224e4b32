"""Commands that give the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backstride.app import actions
from backstride.app.commands.common import (
    AsJson,
    Detail,
    OnDay,
    StorePath,
    UnitsOption,
    day_or_today,
    door,
    echo_json,
    opened,
    show,
    show_traced,
    wording,
)
from backstride.app.commands.files import measure, print_record, print_report, report_json, take_in
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, Plan
from backstride.reports.as_json import document
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Units

Explain = Annotated[
    bool, typer.Option("--explain", help="What every sentence rests on: answers, days, runs, sources.")
]
HtmlFile = Annotated[
    Path | None, typer.Option("--html", help="Also write the answer as one page.", show_default=False)
]


def why(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Import these first.", show_default=False)
    ] = None,
    on: OnDay = None,
    html: HtmlFile = None,
    detail: Detail = False,
    explain: Explain = False,
    units: UnitsOption = "km",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """The answer: is it safe, what changed before it began, what fits, what to do."""
    with opened(store) as opened_store:
        report = take_in(opened_store, paths, quiet=as_json) if paths else None
        if report is None:
            measure(opened_store, quiet=as_json)
        answer = actions.assess_store(opened_store, day_or_today(on), shipped())
        history = opened_store.history()
    write_page(answer, html, units)
    if as_json:
        imported = {} if report is None else {"import": report_json(report)}
        echo_json(document(answer, wording(units)) | imported)
        return
    if report is not None:
        print_report(report, every=False)
        print_record(history)
        typer.echo()
    if explain:
        show_traced(answer, units)
    else:
        show(answer, units, detail)


def plan(
    on: OnDay = None,
    units: UnitsOption = "km",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What to do now, step by step, with how and why."""
    with opened(store) as opened_store:
        answer = actions.assess_store(opened_store, day_or_today(on), shipped())
    if as_json:
        whole = document(answer, wording(units))
        echo_json({key: whole[key] for key in ("schema", "triage", "on", "plan", "sources")})
    else:
        show(answer, units, detail=True, only=frozenset({"plan"}))
        if isinstance(answer.plan, Plan) and answer.plan.look_first:
            typer.echo(door("seen_how"))


def assess(
    case: Annotated[Path, typer.Argument(help="A case file, TOML or JSON.")],
    on: OnDay = None,
    html: HtmlFile = None,
    detail: Detail = False,
    explain: Explain = False,
    units: UnitsOption = "km",
    as_json: AsJson = False,
) -> None:
    """Assess a whole case file; no store is touched."""
    answer = actions.assess_case(case, on.date() if on is not None else None, shipped())
    write_page(answer, html, units)
    if as_json:
        echo_json(document(answer, wording(units)))
    elif explain:
        show_traced(answer, units)
    else:
        show(answer, units, detail)


def write_page(answer: Assessment, html: Path | None, units: Units) -> None:
    """The answer as one HTML page in a file, if one is named."""
    if html is not None:
        html.write_bytes(RENDERERS["html"].render(answer, wording(units)))
        typer.echo(door("wrote", file=str(html)), err=True)
