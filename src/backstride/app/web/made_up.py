"""A made-up runner to look around with: made beside the pages when first asked for, gone with the server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

from backstride.app.web.far import Far, Watched
from backstride.app.web.made_up_job import STORE
from backstride.app.web.process import far_of, started

END_S = 5.0


class MadeUp(Watched):
    """How far the making is.  `folder` gives a new folder; `ready` is called with the store and the day."""

    def __init__(self, folder: Callable[[], Path], ready: Callable[[Path, date], None]) -> None:
        super().__init__()
        self._folder, self._ready = folder, ready
        self._process: subprocess.Popen[str] | None = None
        self._worker: Thread | None = None

    def begin(self) -> None:
        """It is made, unless it is there or being made already."""
        with self._changed:
            if self._far.doing in ("nothing", "failed"):
                self._far = Far("making")
                self._worker = Thread(target=self._work, name="made-up", daemon=True)
                self._worker.start()

    def close(self) -> None:
        """Nothing is made any more."""
        with self._changed:
            worker, process = self._worker, self._process
        if process is not None:
            process.kill()
        if worker is not None:
            worker.join(END_S)

    def _work(self) -> None:
        last = Far("failed")
        try:
            folder = self._folder()
            with started("made_up_job", str(folder)) as process:
                with self._changed:
                    self._process = process
                for last in far_of(process):
                    if last.busy:
                        self._set(last)
            if last.doing == "over":
                self._ready(folder / STORE, date.fromisoformat(last.day))
            else:
                last = Far("failed")
        except Exception:  # whatever it was, it can be asked for again
            last = Far("failed")
        with self._changed:
            self._process = None
        self._set(last)

    def _set(self, far: Far) -> None:
        with self._changed:
            self._far = far
            self._changed.notify_all()
