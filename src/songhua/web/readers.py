"""More processes that answer, where many ask at once; one person at a desk never has any.

The process that has the workbench stays the only one that reads the folder, runs studies and
writes. Readers give again what they hold and hand all else on to it, at a port of their own whose
requests pass the same guard. One more begins for each second in which very many ask, up to one
process a core; they end with the workbench, or when few ask.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from songhua.session.limit import SECONDS
from songhua.web.guard import Receive, Scope, Send
from songhua.web.reader import Turns, read, settings

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

#: Requests in a second from which on one more process helps.
MANY = 300
#: Readers that failed, after which no other is begun.
FAILED = 3


def serve(
    listening: socket.socket,
    folder: Path,
    token: str,
    read_only: bool = False,
    limit: float = SECONDS,
) -> None:
    """Serve a region's folder at a socket until it is ended.

    Args:
        listening: the socket.
        folder: the region's folder.
        token: what a request must carry.
        read_only: whether nothing may be written.
        limit: the seconds that a study may take; 0 is no limit.
    """
    from songhua.web.app import app

    with socket.socket() as inner:
        inner.bind((listening.getsockname()[0], 0))
        told = listening, inner.getsockname()[1], folder.absolute(), token, read_only
        bench = Readers(Turns(app(folder, token, read_only, limit), shared=False), told)
        uvicorn.Server(settings(bench)).run(sockets=[listening, inner])


@dataclass
class Readers:
    """The workbench, which has readers begun where very many ask it.

    Attributes:
        turns: the workbench itself.
        told: what a reader is told, as `read` takes it.
        most: how many there may be.
    """

    turns: Turns
    told: tuple[socket.socket, int, Path, str, bool]
    most: int = (os.cpu_count() or 1) - 1
    _second: int = 0
    _before: int = 0
    _begun: list[SpawnProcess] = field(default_factory=list)
    _failed: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and see whether very many ask; with the workbench its readers end."""
        if scope["type"] != "http":
            try:
                await self.turns.app(scope, receive, send)
            finally:
                self._end()
            return
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._before = second, self.turns.asked
        if self.turns.asked - self._before == MANY:
            self._one_more()
        await self.turns(scope, receive, send)

    def _one_more(self) -> None:
        """Begin one more, where it may be: without it the workbench answers all the same."""
        from multiprocessing import get_context

        ended = [one for one in self._begun if not one.is_alive()]
        self._failed += sum(one.exitcode != 0 for one in ended)
        self._begun = [one for one in self._begun if one not in ended]
        if len(self._begun) < self.most and self._failed < FAILED:
            one = get_context("spawn").Process(target=read, args=self.told, daemon=True)
            with suppress(OSError), _without_interrupts():
                one.start()
                self._begun.append(one)
        self.turns.shared = bool(self._begun)

    def _end(self) -> None:
        for one in self._begun:
            one.kill()
        for one in self._begun:
            one.join()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Begin a process that Ctrl-C does not reach while it still loads, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
