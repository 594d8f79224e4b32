"""Commands that show the knowledge, check it, and say what a change of it would change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from pydantic import BaseModel

from backstride.app import knowledge_page
from backstride.app.cases import failing_cases
from backstride.app.commands.common import AsJson, door, echo_json, paper, wording
from backstride.app.knowledge_change import Change, changes, knowledge_at, stories_in
from backstride.app.knowledge_search import everything, search
from backstride.knowledge.claim import Article, Claim
from backstride.knowledge.exercise import Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import load, shipped
from backstride.knowledge.records import translation
from backstride.model.assessment import Verdict
from backstride.model.errors import BadKnowledge
from backstride.model.text import Catalog, Text
from backstride.reports.blocks import Block, Item, Listing, Paragraph, Section
from backstride.reports.figure_sheet import Drawn, alone, sheet
from backstride.reports.terminal import print_sections
from backstride.reports.wording import Wording

knowledge_app = typer.Typer(no_args_is_help=True, help="The sourced knowledge behind every answer.")

Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", help="Another folder of knowledge files than the one in use.", show_default=False
    ),
]


@knowledge_app.command("check")
def check(folder: Folder = None, as_json: AsJson = False) -> None:
    """Load every knowledge file, run every case in them, and name every fault at once."""
    try:
        knowledge = shipped() if folder is None else load(folder)
        faults = failing_cases(knowledge)
        summary = _summary(knowledge)
    except BadKnowledge as error:
        faults, summary = error.faults, "the knowledge could not be loaded"
    if as_json:
        echo_json({"faults": faults, "summary": summary})
    else:
        for fault in faults:
            typer.echo(fault, err=True)
        typer.echo(f"knowledge: {summary}: " + (f"{len(faults)} FAULTS" if faults else "all hold"))
    if faults:
        raise typer.Exit(1)


def _summary(knowledge: Knowledge) -> str:
    count = sum(len(getattr(record, "case", ())) for record in knowledge.records())
    return (
        f"{len(tuple(knowledge.records()))} records, {count} cases, "
        f"{len(knowledge.claims)} claims, {len(knowledge.sources)} sources"
    )


@knowledge_app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="An id such as heat, C-15, rf_03 or causes/facet.")],
    as_json: AsJson = False,
) -> None:
    """Print one page of the knowledge: all it says, its cases, what it answers, and its sources."""
    knowledge = shipped()
    found = knowledge_page.find(name, knowledge)
    if as_json:
        echo_json([{"place": entry.place, **_plain(entry.row)} for entry in found])
        return
    words = wording("km")
    sections = tuple(
        section for entry in found for section in knowledge_page.page(entry, knowledge, words.catalog)
    )
    notes = knowledge_page.source_notes(knowledge)
    typer.echo(print_sections(paper(detail=True), sections, notes, words).strip("\n"))


def _plain(row: Any) -> dict[str, Any]:  # Any: a record of any kind, and JSON
    return dict(row.model_dump(mode="json", serialize_as_any=True))


def plain_row(row: BaseModel, path: str, catalog: Catalog) -> dict[str, Any]:  # Any: JSON
    """A record as JSON, its sentences as the catalog says them."""
    return _plain(translation(row, path, catalog))


@knowledge_app.command("find")
def find(
    query: Annotated[list[str], typer.Argument(help="What to look for.", metavar="WORDS...")],
    as_json: AsJson = False,
) -> None:
    """Search all of the knowledge for words; what has them in its name stands first."""
    knowledge, words = shipped(), wording("km")
    found = search(everything(knowledge, words.catalog, words.language), " ".join(query))
    if as_json:
        echo_json([{"place": each.entry.place, "title": each.title} for each in found])
        return
    for each in found:
        typer.echo(f"{each.entry.place}\n    {each.title}")
    if not found:
        typer.echo(words.say(Text("web_knowledge.found_none")))


def claims(
    verdict: Annotated[
        Verdict | None, typer.Option(help="Only those with this verdict.", show_default=False)
    ] = None,
    article: Annotated[
        Article | None, typer.Option(help="Only what this article says.", show_default=False)
    ] = None,
    references: Annotated[
        bool, typer.Option("--references", help="The list of references instead, held against the text.")
    ] = False,
    detail: Annotated[bool, typer.Option("--detail", help="Also the sources in full.")] = False,
    as_json: AsJson = False,
) -> None:
    """What the founding articles say, and what is true of each statement."""
    knowledge = shipped()
    if references:
        _references(knowledge, article, as_json)
        return
    wanted = [
        claim
        for claim in knowledge.claims.values()
        if verdict in (None, claim.verdict) and (article is None or article in claim.articles)
    ]
    if as_json:
        echo_json({"schema": "backstride/claims/1", "claims": [_plain(claim) for claim in wanted]})
        return
    catalog = wording("km").catalog
    wanted = [translation(claim, f"claims.{claim.id}", catalog) for claim in wanted]
    sections = [_by_verdict(each, wanted, catalog) for each in get_args(Verdict)]
    shown = tuple(section for section in sections if section is not None)
    counts = ", ".join(
        f"{len([c for c in wanted if c.verdict == each])} {each}" for each in get_args(Verdict)
    )
    typer.echo(
        print_sections(paper(detail), shown, knowledge_page.source_notes(knowledge), wording("km")).strip(
            "\n"
        )
    )
    typer.echo(f"\n{len(wanted)} statements: {counts}.")
    typer.echo("One with its sources and what uses it: backstride knowledge show ID")


def _by_verdict(verdict: Verdict, wanted: list[Claim], catalog: Catalog) -> Section | None:
    found = [claim for claim in wanted if claim.verdict == verdict]
    if not found:
        return None
    items = tuple(
        Item(f"{claim.id} ({', '.join(claim.articles)}): {claim.says}", claim.sources, (), (str(claim.why),))
        for claim in found
    )
    return Section(verdict, catalog[f"report.verdict_{verdict}"], (Listing(items),))


def _references(knowledge: Knowledge, article: Article | None, as_json: bool) -> None:
    wanted = [row for row in knowledge.references.values() if article in (None, row.article)]
    if as_json:
        echo_json({"schema": "backstride/references/1", "references": [_plain(row) for row in wanted]})
        return
    catalog = wording("km").catalog
    rows = [translation(row, f"references.{row.id}", catalog) for row in wanted]
    items = tuple(Item(f"{row.id} {row.match}: {row.cited}", (), (), (str(row.why),)) for row in rows)
    lead = Paragraph(catalog["page.references_lead"])
    section = Section("references", catalog["page.references"], (lead, Listing(items)))
    typer.echo(print_sections(paper(), (section,), (), wording("km")).strip("\n"))


@knowledge_app.command("figures")
def figures(folder: Annotated[Path, typer.Argument(help="Where to write them.")]) -> None:
    """Write every exercise as a drawing (SVG), and a sheet of all of them (index.html)."""
    words = wording("km")
    drawn = {id: _drawn(exercise, words) for id, exercise in shipped().exercises.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for id, each in drawn.items():
        (folder / f"{id}.svg").write_text(alone(each), "utf-8")
    page = sheet(tuple(drawn.values()), words.say(Text("page.figures_title")), words.language)
    (folder / "index.html").write_text(page, "utf-8")
    typer.echo(door("wrote", file=str(folder / "index.html")))


def _drawn(exercise: Exercise, words: Wording) -> Drawn:
    drawing = exercise.drawing.drawing(shipped().poses)
    says = Text("report.figure_not" if drawing.not_this else "report.figure", {"name": exercise.text("name")})
    return Drawn(words.say(exercise.text("name")), words.say(exercise.text("dose")), words.say(says), drawing)


@knowledge_app.command("diff")
def diff(
    revision: Annotated[str, typer.Argument(help="A git revision, such as HEAD, HEAD~3 or main.")],
    stories: Annotated[Path, typer.Option(help="The case files to run: a folder or one file.")] = Path(
        "tests/runners"
    ),
    as_json: AsJson = False,
) -> None:
    """Run every story with the knowledge then and now, and say whose tier, first cause or plan changes."""
    then, now = knowledge_at(revision), knowledge_at(None)
    found = stories_in(stories)
    every = changes(found, then, now)
    if as_json:
        echo_json(
            {
                "schema": "backstride/knowledge-diff/1",
                "then": then.version,
                "now": now.version,
                "stories": len(found),
                "changes": [change.plain() for change in every],
            }
        )
        return
    typer.echo(_told(revision, then, now, len(found), every))


def _told(revision: str, then: Knowledge, now: Knowledge, stories: int, every: tuple[Change, ...]) -> str:
    if then.version == now.version:
        return f"The knowledge is the same as at {revision}."
    blocks: tuple[Block, ...] = (
        Listing(tuple(Item(change.story, (), (), change.words) for change in every)),
    )
    if not every:
        return f"{stories} stories: none changes its tier, first cause or plan against {revision}."
    section = Section("diff", f"{len(every)} of {stories} stories change against {revision}", blocks)
    return print_sections(paper(), (section,), (), wording("km")).strip("\n")
