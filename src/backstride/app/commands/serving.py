"""The command that serves the app."""

from __future__ import annotations

from typing import Annotated

import typer

from backstride.app.commands.common import StorePath, door
from backstride.store.where import default_path

PORT = 8730


def serve(
    port: Annotated[int, typer.Option(help="The next free one is taken where it is in use.")] = PORT,
    browser: Annotated[bool, typer.Option(help="Open the app in your browser.")] = True,
    store: StorePath = None,
) -> None:
    """The app in your browser; it answers on this machine alone, until Ctrl-C."""
    from backstride.app.web.server import serve as served  # loads the web, which no other command needs

    served(store or default_path(), port, browser, lambda address: typer.echo(door("serving", at=address)))
