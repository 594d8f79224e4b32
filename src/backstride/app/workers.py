"""Files read in other processes, as many at once as there are cores, with the answers in order.

Never more is under way than a few files a core and `WINDOW_BYTES`: the disk, the readers and the store go at
the pace of the slowest.  A file that ends the process that reads it is tried once more alone, then given up.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from backstride.app.reading import Done, Job, broke_off, read_and_pack

FROM_BYTES = 8 << 20
"""Less than this is read before the first worker has started."""
MOST_WORKERS = 8
FILES_A_WORKER = 4
WINDOW_BYTES = 128 << 20
LONGEST_S = 300.0
"""A file that takes longer is given up; the largest sound ones take a few seconds."""


def workers_for(total_bytes: int) -> int:
    """How many processes to read with; 0: none but this one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 0 if total_bytes < FROM_BYTES else min(cores, MOST_WORKERS)


def read_in_order(jobs: Iterable[Job | Done], workers: int) -> Iterator[Done]:
    """What became of each job, in their order; one that is done already only waits its turn."""
    if not workers:
        for job in jobs:
            yield job if isinstance(job, Done) else read_and_pack(job)
        return
    crew = _Crew(workers)
    try:
        for job in jobs:
            crew.take(job)
            while crew.is_full:
                yield crew.first()
        while crew.waiting:
            yield crew.first()
    finally:
        crew.dismiss()


@dataclass(slots=True)
class _Crew:
    """The processes, and what is under way in the order it was asked for."""

    workers: int
    waiting: deque[tuple[Job | Done, Future[Done] | None]] = field(default_factory=deque)
    bytes_under_way: int = 0
    pool: ProcessPoolExecutor | None = None

    def take(self, job: Job | Done) -> None:
        """The job is under way, last in the order."""
        if isinstance(job, Done):
            self.waiting.append((job, None))
            return
        self.bytes_under_way += len(job.data)
        try:
            self.waiting.append((job, self._pool().submit(read_and_pack, job)))
        except BrokenProcessPool:
            self.waiting.append((job, None))

    @property
    def is_full(self) -> bool:
        """True while nothing more should be begun."""
        if len(self.waiting) < 2:
            return False
        return len(self.waiting) >= FILES_A_WORKER * self.workers or self.bytes_under_way > WINDOW_BYTES

    def first(self) -> Done:
        """What became of the job asked for first."""
        job, future = self.waiting.popleft()
        if isinstance(job, Done):
            return job
        self.bytes_under_way -= len(job.data)
        if future is not None:
            try:
                return future.result(LONGEST_S)
            except (BrokenProcessPool, TimeoutError):
                self.dismiss()  # whoever else was at work is asked again, alone
        return self._alone(job)

    def _alone(self, job: Job) -> Done:
        """The job in a process of its own: if that ends too, the file is to blame."""
        with _started(1) as pool:
            try:
                return pool.submit(read_and_pack, job).result(LONGEST_S)
            except (BrokenProcessPool, TimeoutError):
                _end(pool)
                return broke_off(job)

    def _pool(self) -> ProcessPoolExecutor:
        if self.pool is None:
            self.pool = _started(self.workers)
        return self.pool

    def dismiss(self) -> None:
        """No process is left; what was under way is not done."""
        if self.pool is not None:
            _end(self.pool)
            self.pool = None


def _started(workers: int) -> ProcessPoolExecutor:
    # Not forked: a copy of this process would hold the store's locks and the terminal.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_serve)


def _serve() -> None:
    """Ctrl-C, which reaches a whole terminal, is left to the process that began this one and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    for process in tuple(pool._processes.values()) if pool._processes else ():
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)
