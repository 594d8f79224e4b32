"""Imports one after the other: what was handed in waits in a folder of its own, which is gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Condition, Thread
from time import time
from typing import BinaryIO

from pydantic import TypeAdapter

PREFIX = "backstride-handed-in-"
COPY_BYTES = 1 << 20
LONGEST = 150
"""Signs of one name in a path."""
DEAD_S = 24 * 3600
"""A folder this old belongs to no server that lives."""


@dataclass(slots=True)
class Job:
    """One import, waiting or under way."""

    store: Path
    paths: tuple[Path, ...]
    folder: Path | None
    """To be deleted at the end; None where nothing was copied."""


@dataclass(frozen=True, slots=True)
class Far:
    """How far the imports are: what is being done, and how much of it."""

    doing: str = "nothing"
    """nothing, waiting, reading, measuring, over, failed."""
    count: int = 0
    done: int = 0
    of: int = 0
    gone_s: float = 0.0
    left_s: float | None = None
    stopped: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @property
    def busy(self) -> bool:
        """True while something is read or measured."""
        return self.doing in ("waiting", "reading", "measuring")


class Imports:
    """The line of imports; one at a time, each in a process of its own."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._line: deque[Job] = deque()
        self._far = Far()
        self._process: subprocess.Popen[str] | None = None
        self._worker: Thread | None = None

    def far(self) -> Far:
        """How far they are now."""
        with self._changed:
            return self._far

    def next_far(self, before: Far, seconds: float) -> Far:
        """How far they are once that differs from `before`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._far is not before, timeout=seconds)
            return self._far

    def begin(self, store: Path, paths: Iterable[Path], folder: Path | None = None) -> None:
        """These wait in line from now on; the first is begun at once."""
        with self._changed:
            self._line.append(Job(store, tuple(paths), folder))
            if self._worker is None or not self._worker.is_alive():
                self._far = Far("waiting")
                self._worker = Thread(target=self._work, daemon=True)
                self._worker.start()
            self._changed.notify_all()

    def stop(self) -> None:
        """The import under way ends soon; what is in stays in."""
        with self._changed:
            process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)

    def close(self) -> None:
        """No import is begun any more, and the one under way ends."""
        with self._changed:
            left = list(self._line)
            self._line.clear()
        for job in left:
            _forget(job.folder)
        self.stop()

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._line:
                    self._worker = None
                    return
                job = self._line.popleft()
            self._set(Far("waiting"))
            try:
                self._run(job)
            finally:
                _forget(job.folder)

    def _run(self, job: Job) -> None:
        command = (sys.executable, "-m", "backstride.app.web.import_job", str(job.store))
        with subprocess.Popen(
            (*command, *map(str, job.paths)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            with self._changed:
                self._process = process
            for line in process.stdout:
                self._set(_LINE.validate_json(line))
        with self._changed:
            self._process = None
        if self.far().busy:
            self._set(Far("failed"))

    def _set(self, far: Far) -> None:
        with self._changed:
            self._far = far
            self._changed.notify_all()


_LINE: TypeAdapter[Far] = TypeAdapter(Far)


def new_folder() -> Path:
    """A folder for what is handed in, for its owner only."""
    return Path(tempfile.mkdtemp(prefix=PREFIX))


def sweep() -> None:
    """Folders that a server left behind when it died are gone."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if time() - left.stat().st_mtime > DEAD_S:
            shutil.rmtree(left, ignore_errors=True)


def _forget(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def place_for(folder: Path, name: str) -> Path:
    """Where a file of that name and path goes inside the folder; nothing ever leads out of it."""
    parts = (part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", ".", ".."))
    clean = ("".join(sign for sign in part if _may_stand(sign))[:LONGEST] for part in parts)
    place = folder.joinpath(*([part for part in clean if part] or ["file"]))
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _may_stand(sign: str) -> bool:
    """Whether every system takes it in a file's name."""
    return sign.isprintable() and sign not in ':*?"<>|'


def copied(source: BinaryIO, to: Path) -> None:
    """The bytes of an upload, on the disk piece by piece."""
    with to.open("wb") as out:
        shutil.copyfileobj(source, out, COPY_BYTES)
