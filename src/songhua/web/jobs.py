"""Long work in the background, one at a time: how far it is, its end, and a way to stop it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from songhua.studies.registry import Progress

#: Most jobs that are remembered; the oldest goes first.
MOST = 16


class Stopped(Exception):  # noqa: N818
    """The job was stopped."""


@dataclass
class Job:
    """Work that was begun: `done` of `total` parts of a step, and what it gave in the end."""

    done: int = 0
    total: int = 0
    step: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    future: Future[Any] = field(default_factory=Future)
    stopping: threading.Event = field(default_factory=threading.Event)

    def report(self, done: int, total: int, step: str) -> None:
        """Take down how far the work is.

        Raises:
            Stopped: where it was asked to end.
        """
        if self.stopping.is_set():
            raise Stopped
        self.done, self.total, self.step = done, total, step

    @property
    def ended(self) -> bool:
        """True once it is over."""
        return self.future.done()


class Jobs:
    """Jobs by what they are for, each begun once.

    >>> jobs = Jobs()
    >>> job = jobs.begin("sum", lambda report: 1 + 1)
    >>> job.future.result(), jobs.begin("sum", lambda report: 0) is job
    (2, True)
    >>> jobs.close()
    """

    def __init__(self) -> None:
        """Have no job yet; the thread is started by the first."""
        self._pool = ThreadPoolExecutor(1, "songhua-work")
        self._lock = threading.Lock()
        self._jobs: dict[Hashable, Job] = {}

    def begin(self, about: Hashable, work: Callable[[Progress], Any]) -> Job:
        """The job for this, begun now if it was not before.

        A failed or stopped job is given once; the next request begins a new job.
        """
        with self._lock:
            existing = self._jobs.get(about)
            if existing is not None:
                if existing.ended and _failed(existing.future):
                    del self._jobs[about]
                return existing
            job = Job()
            while len(self._jobs) >= MOST:
                self._jobs.pop(next(iter(self._jobs)))
            self._jobs[about] = job
        job.future = self._pool.submit(work, job.report)
        return job

    def find(self, id: str) -> Job | None:
        """The job with an id, where it is remembered. Nothing is begun, and nothing told."""
        with self._lock:
            return next((job for job in self._jobs.values() if job.id == id), None)

    def stop(self, id: str) -> bool:
        """Ask a job to end at its next step; whether there was one under way."""
        job = self.find(id)
        if job is None or job.ended:
            return False
        job.stopping.set()
        job.future.cancel()
        return True

    def close(self) -> None:
        """Stop all, and begin no other."""
        for job in list(self._jobs.values()):
            self.stop(job.id)
        self._pool.shutdown(wait=False, cancel_futures=True)


def _failed(future: Future[Any]) -> bool:
    return future.cancelled() or future.exception() is not None
