"""The command that serves the app."""

from __future__ import annotations

from typing import Annotated

import typer

from backstride.app.api_token import token_of
from backstride.app.commands.common import StorePath, door
from backstride.store.where import default_path

PORT = 8730


def serve(
    port: Annotated[int, typer.Option(help="The next free one is taken where it is in use.")] = PORT,
    browser: Annotated[bool, typer.Option(help="Open the app in your browser.")] = True,
    token: Annotated[
        bool, typer.Option("--token", help="Print the token for programs that ask the API, and end.")
    ] = False,
    store: StorePath = None,
) -> None:
    """The app in your browser; it answers on this machine alone, until Ctrl-C."""
    if token:
        typer.echo(token_of(store or default_path()))
        return
    from backstride.app.web.server import serve as served  # loads the web, which no other command needs

    served(store or default_path(), port, browser, lambda address: typer.echo(door("serving", at=address)))
