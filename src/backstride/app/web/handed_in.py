"""What is handed in waits in a folder beside the store until it is read; nothing of it stays behind.

Beside the store, since there is room on that disk for what goes into it, and in a folder for temporary files
there may be none: some systems hold those in memory.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from secrets import token_hex
from threading import Lock
from time import monotonic, time

from backstride.model.said import said
from backstride.store.errors import FullDisk

PREFIX = ".backstride-handed-in-"
GOING_OUT = ".backstride-going-out-"
"""Folders of what is on its way out of the store: gone once it is sent."""
LOCK = "lock.sqlite"
KEY = re.compile(r"[0-9a-f]{32}")
LONGEST = 120
"""Signs of one name in a path; every system takes them."""
DEEPEST = 12
"""Folders in one another; what lies deeper is put together in the last."""
SPARE_BYTES = 256 << 20
"""Left free on the disk, for the store to grow."""
DEAD_S = 6 * 3600
"""A drop that nobody ended after so long is given up, and so is what nobody fetched."""
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""Names that Windows keeps for itself."""


class HandedIn:
    """The folders of one server, one for each drop; they are held by a lock that dies with the process."""

    def __init__(self, beside: Path) -> None:
        self._beside = beside
        self._lock = Lock()
        self._root: Path | None = None
        self._held: sqlite3.Connection | None = None
        self._open: dict[Path, float] = {}

    def new(self, key: str | None = None) -> Path:
        """The folder of that drop, made if there is none; without a key a new one."""
        with self._lock:
            folder = self._there() / (key or token_hex(16))
            folder.mkdir(mode=0o700, exist_ok=True)
            self._open[folder] = monotonic()
        return folder

    def aside(self) -> Path:
        """A folder for other things that end with the server."""
        folder = self.new()
        self.taken(folder)
        return folder

    def whole(self, key: str) -> Path | None:
        """The folder of a drop that is complete now; None where no file came under that key."""
        with self._lock:
            folder = None if self._root is None else self._root / key
            if folder is None or self._open.pop(folder, None) is None:
                return None
        return folder

    def taken(self, folder: Path) -> None:
        """That drop is read now, however long that takes."""
        with self._lock:
            self._open.pop(folder, None)

    def forget(self, folder: Path) -> None:
        """That drop is gone."""
        with self._lock:
            self._open.pop(folder, None)
        shutil.rmtree(folder, ignore_errors=True)

    def forget_old(self, now: float | None = None) -> None:
        """Drops to which nothing came for long, and which nobody ended, are gone."""
        at = monotonic() if now is None else now
        with self._lock:
            old = [folder for folder, since in self._open.items() if at - since > DEAD_S]
        for folder in old:
            self.forget(folder)

    def close(self) -> None:
        """Nothing is left."""
        with self._lock:
            if self._held is not None:
                self._held.close()
            if self._root is not None:
                shutil.rmtree(self._root, ignore_errors=True)
            self._root = self._held = None

    def _there(self) -> Path:
        if self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._beside))
            # A lock of the system, by way of SQLite: it is free again the moment this process ends.
            self._held = sqlite3.connect(self._root / LOCK, isolation_level=None, check_same_thread=False)
            self._held.execute("BEGIN EXCLUSIVE")
        return self._root


def sweep(beside: Path) -> None:
    """What a server left behind when it was killed is gone; what one that lives holds stays."""
    for left in beside.glob(f"{PREFIX}*"):
        if not _is_held(left):
            shutil.rmtree(left, ignore_errors=True)
    for left in beside.glob(f"{GOING_OUT}*"):
        if time() - left.stat().st_mtime > DEAD_S:  # another server may be sending it
            shutil.rmtree(left, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    try:
        with closing(sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)) as asked:
            asked.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        return (folder / LOCK).exists()
    return False


def check_room(folder: Path, coming: int) -> None:
    """Raises: FullDisk where so many bytes have no room there."""
    if shutil.disk_usage(folder).free < coming + SPARE_BYTES:
        raise FullDisk(said("there is not enough room on the disk for these files; nothing was read"))


def place_for(folder: Path, name: str) -> Path:
    """Where a file of that name and path goes inside the folder: never out of it, never where one stands."""
    clean = [each for each in map(_clean, re.split(r"[/\\]", name)) if each] or ["file"]
    within = folder.joinpath(*clean[:-1][:DEEPEST])
    try:
        within.mkdir(parents=True, exist_ok=True)
    except OSError:  # a file stands where a folder should
        within = folder
    place, nth = within / clean[-1], 1
    while place.exists():
        nth += 1
        place = within / f"{nth}_{clean[-1]}"
    return place


def _clean(part: str) -> str:
    """The name as every system takes it; what it ends in stays, since that says what it holds."""
    kept = "".join(sign for sign in part if sign.isprintable() and sign not in ':*?"<>|').rstrip(". ")
    if RESERVED.match(kept):
        kept = f"_{kept}"
    if len(kept.encode()) > LONGEST:
        ending = "".join(PurePosixPath(kept).suffixes[-2:])[-20:]
        kept = kept.encode()[: LONGEST - len(ending.encode())].decode(errors="ignore") + ending
    return kept
