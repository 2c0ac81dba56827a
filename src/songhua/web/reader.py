"""A reader: a process that gives again what is held, and has the workbench answer all else.

It has the guard of the workbench and what it was answered itself, as long as no file of the folder
has changed (`held`). It loads neither studies nor tables, so it begins in a moment and is small.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from songhua.web.forward import Forward
from songhua.web.guard import App, Guard, Message, Receive, Scope, Send
from songhua.web.held import Held

#: Of so many answers one closes its connection: the next is taken by whichever process has time.
TURN = 20
#: A reader goes that gave fewer answers in so many seconds.
FEW, SECONDS = 60, 60.0


@dataclass
class Turns:
    """An application that counts what it is asked; `shared`, now and then it ends a connection."""

    app: App
    shared: bool = True
    asked: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; every so often say that the next request needs a connection of its own."""
        self.asked += 1
        last = self.shared and self.asked % TURN == 0
        await self.app(scope, receive, _last(send) if last else send)


def _last(send: Send) -> Send:
    """An answer after which its connection is closed."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            head = [*message["headers"], (b"connection", b"close")]
            message = {**message, "headers": head}
        await send(message)

    return sent


def settings(app: App, **more: object) -> uvicorn.Config:
    """How the workbench and its readers are served."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
        **more,  # pyright: ignore[reportArgumentType]
    )


def read(
    listening: socket.socket,
    port: int,
    folder: Path,
    token: str,
    read_only: bool,
    few: int = FEW,
    seconds: float = SECONDS,
) -> None:
    """Answer at a socket until the process that began this one ends, or few ask any more.

    Args:
        listening: where readers ask.
        port: where the workbench itself is asked.
        folder: the region's folder.
        token: what a request must carry.
        read_only: whether nothing may be written.
        few: it goes when it is asked less often than this
        seconds: in so long a time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the workbench, which ends this
    turns = Turns(Guard(Held(Forward(port), folder), token, read_only))
    server = uvicorn.Server(settings(turns, lifespan="off", http="h11"))
    serving = threading.Thread(target=_serve, args=(server, listening), daemon=True)
    serving.start()
    workbench = multiprocessing.parent_process()
    before, until = 0, time.monotonic() + seconds
    while workbench and workbench.is_alive() and serving.is_alive():
        workbench.join(1)
        if time.monotonic() > until:
            server.should_exit |= turns.asked - before < few
            before, until = turns.asked, time.monotonic() + seconds
    os._exit(0)


def _serve(server: uvicorn.Server, listening: socket.socket) -> None:
    """Serve in a loop that a shared socket may be waited for with, on Windows too."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(server.serve([listening]))
