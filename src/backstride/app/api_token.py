"""The token by which programs on this machine ask the API: a file beside the store, for its owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def token_path(store: Path) -> Path:
    """Where the token of a store lies."""
    return store.with_name(f"{store.name}.token")


def token_of(store: Path) -> str:
    """The token of a store, made at first use; readable by the owner alone (0600)."""
    path = token_path(store)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    token = path.read_text("ascii").strip()
    if len(token) < 20:  # an empty file, as after a full disk, must open nothing
        path.unlink()
        return token_of(store)
    return token


def forget_token(store: Path) -> None:
    """The token is gone; the next use makes another."""
    token_path(store).unlink(missing_ok=True)
