"""The terminal door: which commands there are, and how errors are told."""

from __future__ import annotations

import gc
import sys
from itertools import pairwise
from os import environ
from typing import Annotated, NoReturn

import typer

from backstride import __version__
from backstride.app import misuse
from backstride.app.commands import (
    answers,
    common,
    explaining,
    files,
    imports,
    knowing,
    languages,
    loading,
    measuring,
    moving,
    noting_down,
    recording,
    reporting,
    runs,
    serving,
    showing,
    sources,
    telling,
    upkeep,
    wearing,
    wishing,
)
from backstride.app.help_words import in_full, speak
from backstride.languages.catalog import ENGLISH, LANGUAGES
from backstride.model.errors import BackstrideError, BadInput
from backstride.model.said import Said, said

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
    imports.imports,
    sources.sources,
    answers.why,
    telling.ask,
    telling.check_in,
    telling.answer,
    telling.log,
    telling.seen,
    answers.plan,
    reporting.report,
    answers.assess,
    explaining.explain,
    recording.record,
    telling.profile,
    telling.shoe,
    wearing.shoes,
    wishing.goal,
    wishing.pin,
    wishing.ban,
    wishing.free,
    wishing.pause,
    wishing.resume,
    wishing.restart,
    noting_down.diary,
    noting_down.undo,
    telling.questions,
    measuring.score,
    measuring.test,
    loading.what_if,
    knowing.claims,
    files.reread,
    serving.serve,
    moving.export,
    moving.backup,
    upkeep.doctor,
    upkeep.forget,
):
    app.command()(command)
app.command("import")(moving.bring_back)
app.add_typer(knowing.knowledge_app, name="knowledge")
app.add_typer(runs.runs_app, name="runs")
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
        raise BadInput(
            (
                said(
                    "{language}: no such language; right would be one of {n}",
                    language=f"{language!r}",
                    n=", ".join(LANGUAGES),
                ),
            )
        )
    common.spoken.set(language)
    if version:
        typer.echo(__version__)
    elif context.invoked_subcommand is None:
        typer.echo(common.door("guide"))


def _asked_for(words: list[str]) -> str:
    """The language named before the command or in BACKSTRIDE_LANGUAGE; English where it is none of ours."""
    named = [after for before, after in pairwise(words) if before == "--language"]
    named += [word.removeprefix("--language=") for word in words if word.startswith("--language=")]
    wanted = named[0] if named else environ.get("BACKSTRIDE_LANGUAGE", ENGLISH)
    return wanted if wanted in LANGUAGES else ENGLISH


def _refuse(faults: tuple[Said, ...], code: int) -> NoReturn:
    words = common.wording("km")
    for fault in faults:
        typer.echo(words.told(fault), err=True)
    sys.exit(code)


SELDOM = (50_000, 50, 50)
"""How many new objects bring on a search for unused rings of them: with Python's own numbers a quarter of the
time of an answer goes into looking through ten years of runs, none of which are unused."""


def main() -> None:
    """Runs one command.  Exit code 2: something typed was wrong; 1: something else was; 0: all else."""
    common.spoken.set(_asked_for(sys.argv[1:]))
    gc.set_threshold(*SELDOM)
    try:
        command = typer.main.get_command(app)
        if common.spoken.get() != ENGLISH:
            speak(command, common.spoken.get())
        in_full(command)
        code = command(standalone_mode=False)
    except BadInput as error:
        _refuse(error.faults, 2)
    except BackstrideError as error:
        _refuse(error.faults, 1)
    except typer.Abort:
        _refuse((said("Stopped."),), 1)
    except Exception as error:
        if not misuse.is_misuse(error):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]  # Typer's own: it prints the help
            sys.exit(2)
        _refuse(misuse.told(error), 2)
    sys.exit(code if isinstance(code, int) else 0)
