"""The terminal door: which commands there are, and how errors are told."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from backstride import __version__
from backstride.app.commands import (
    answers,
    common,
    files,
    knowing,
    languages,
    measuring,
    showing,
    telling,
    upkeep,
)
from backstride.languages.catalog import ENGLISH, LANGUAGES
from backstride.model.errors import BackstrideError, BadInput

GUIDE = """\
backstride: why does my back hurt after running, and how do I fix it?
Answered from your own runs. Nothing leaves this machine. It is not a diagnosis.

  backstride demo          a made-up runner from archives to answer, in seconds
  backstride why FOLDER    your own files (FIT, GPX, TCX, also in .gz and .zip), and the answer
  backstride ask           the check-in: safety first; under 4 minutes
  backstride check-in      every day: half a minute
  backstride log 4 --at low_back_left --timing after
  backstride plan          what to do now, step by step
  backstride claims        what articles say about it, and what is true
  backstride score         questionnaires: how you are doing, and what changed
  backstride test          physical tests to do at home, with steps and a timer

Every command: backstride --help
"""

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Why does my back hurt after running, and how do I fix it? Answered from your own runs, here.",
)
for command in (
    showing.demo,
    files.add,
    answers.why,
    telling.ask,
    telling.check_in,
    telling.answer,
    telling.log,
    answers.plan,
    answers.assess,
    telling.profile,
    telling.shoe,
    telling.undo,
    telling.questions,
    measuring.score,
    measuring.test,
    knowing.claims,
    upkeep.doctor,
    upkeep.forget,
):
    app.command()(command)
app.add_typer(knowing.knowledge_app, name="knowledge")
app.add_typer(languages.languages_app, name="languages")


@app.callback()
def _guide(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    language: Annotated[
        str,
        typer.Option(envvar="BACKSTRIDE_LANGUAGE", help=f"Answers and questions in: {', '.join(LANGUAGES)}."),
    ] = ENGLISH,
) -> None:
    if language not in LANGUAGES:
        raise BadInput((f"{language!r}: no such language; right would be one of {', '.join(LANGUAGES)}",))
    common.spoken.set(language)
    if version:
        typer.echo(__version__)
    elif context.invoked_subcommand is None:
        typer.echo(GUIDE, nl=False)


def main() -> None:
    """Runs one command.  Exit code 2: something typed was wrong; 1: something else was; 0: all else."""
    try:
        app()
    except BadInput as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except BackstrideError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
