"""Imports one after the other, each in a process of its own, so that pages stay quick."""

from __future__ import annotations

import json
import subprocess
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from backstride.app.web.far import Far, Watched
from backstride.app.web.process import far_of, interrupt, started

END_S = 10.0
"""How long a process is given to end by itself."""


@dataclass(frozen=True, slots=True)
class Job:
    """One import, waiting or under way."""

    store: Path
    paths: tuple[Path, ...]
    afterwards: Callable[[], None]
    """Called at the end, however it ends."""
    then: Callable[[], None]
    """Called at the very end where none waits behind it: what is to be worked out of what came in."""


class Imports(Watched):
    """The line of imports."""

    def __init__(self) -> None:
        super().__init__()
        self._line: deque[Job] = deque()
        self._process: subprocess.Popen[str] | None = None
        self._worker: Thread | None = None
        self._stop_asked = self._closed = False

    def begin(
        self,
        store: Path,
        paths: Iterable[Path],
        afterwards: Callable[[], None] = lambda: None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """These wait in line from now on; the first is begun at once."""
        with self._changed:
            self._line.append(Job(store, tuple(paths), afterwards, then))
            if self._worker is None:
                self._far = Far("waiting")
                self._worker = Thread(target=self._work, name="imports", daemon=True)
                self._worker.start()
            else:
                self._far = replace(self._far, behind=len(self._line))
            self._changed.notify_all()

    def stop(self) -> None:
        """The import under way ends soon; what is in stays, and the next in line begins."""
        with self._changed:
            self._stop_asked = True
            process = self._process
        if process is not None:
            interrupt(process)

    def forget(self) -> None:
        """What the last import brought is told no more."""
        with self._changed:
            if self._worker is None:
                self._far = Far()
                self._changed.notify_all()

    def close(self) -> None:
        """No import is begun any more, and the one under way has ended."""
        with self._changed:
            self._closed = True
            worker = self._worker
        self.stop()
        if worker is not None:
            worker.join(END_S)
            with self._changed:
                process = self._process
            if process is not None:
                process.kill()
            worker.join(END_S)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._line:
                    self._worker = None
                    self._changed.notify_all()
                    return
                job = self._line.popleft()
                self._stop_asked = False
                self._far = Far("waiting", behind=len(self._line))
                self._changed.notify_all()
            last = Far("failed")
            with suppress(Exception):  # whatever it was, the line goes on
                if not self._closed:
                    last = self._run(job)
            job.afterwards()
            with suppress(Exception):  # a page that needs it meets the same, and says so
                if not self._closed and not self._line:
                    self._set(Far("answering"))
                    job.then()
            with self._changed:
                if not self._line:  # else the line as a whole is not over
                    self._far = last
                    self._changed.notify_all()

    def _run(self, job: Job) -> Far:
        """How it ended."""
        last = Far("failed")
        try:
            process = started(
                "import_job", str(job.store), told=json.dumps([str(each) for each in job.paths])
            )
        except OSError:
            return last
        with process:
            with self._changed:
                self._process = process
                stop_asked = self._stop_asked
            if stop_asked:
                interrupt(process)
            for last in far_of(process):
                if last.busy:
                    self._set(last)
        with self._changed:
            self._process = None
            if last.busy or (last.doing == "failed" and not last.faults):  # it told no end
                last = Far("over", stopped=True) if self._stop_asked else Far("failed")
        return last

    def _set(self, far: Far) -> None:
        with self._changed:
            self._far = replace(far, behind=len(self._line))
            self._changed.notify_all()
