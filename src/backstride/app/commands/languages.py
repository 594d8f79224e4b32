"""Commands for those who translate: what there is, a template, and a file brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backstride.app.commands.common import AsJson, echo_json
from backstride.app.help_words import everything
from backstride.languages.catalog import LANGUAGES, coverage, template, updated
from backstride.model.errors import BadInput
from backstride.model.said import said

languages_app = typer.Typer(
    invoke_without_command=True, help="The languages backstride speaks, and how to add to them."
)

File = Annotated[Path, typer.Argument(help="A gettext file.")]


@languages_app.callback()
def languages(context: typer.Context, as_json: AsJson = False) -> None:
    """How much of each language is there; what is missing is said in English."""
    if context.invoked_subcommand is not None:
        return
    english = everything(context.find_root().command)
    found = {code: coverage(english, code) for code in LANGUAGES}
    if as_json:
        echo_json(
            {
                code: {
                    "name": LANGUAGES[code],
                    "done": each.done,
                    "total": each.total,
                    "missing": each.missing,
                }
                for code, each in found.items()
            }
        )
        return
    for code, each in found.items():
        typer.echo(
            f"{code}  {LANGUAGES[code]:<10} {each.done:>6,} of {each.total:,} sentences ({each.share:.0%})"
        )
    typer.echo("Use one: backstride --language CODE why")


@languages_app.command("template")
def new_template(context: typer.Context, file: File) -> None:
    """Write every sentence into a template (.pot) for a new language."""
    english = everything(context.find_root().command)
    file.write_bytes(template(english))
    typer.echo(f"Wrote {len(english):,} sentences to {file}")


@languages_app.command("update")
def update(context: typer.Context, file: File) -> None:
    """Bring a translation (.po) up to date: new sentences empty, changed ones fuzzy, gone ones dropped."""
    if not file.is_file():
        raise BadInput(
            (said("{file}: no such file; begin one with: backstride languages template FILE", file=file),)
        )
    english = everything(context.find_root().command)
    file.write_bytes(updated(file.read_bytes(), file.name, english))
    typer.echo(f"Brought {file} up to date with {len(english):,} sentences")
