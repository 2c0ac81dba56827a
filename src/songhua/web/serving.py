"""A region's folder served at a socket: by this process, or for reading by several.

Each of several is a whole workbench, and all have the same results kept on disk. A file sent in
several steps, and a wait for a study, are known to one process alone.
"""

from __future__ import annotations

import signal
import socket
import threading
from functools import partial
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

from songhua.session.limit import SECONDS
from songhua.web.guard import App

#: The seconds that a worker may be silent, for a study may hold it, before another replaces it.
SILENT = 60


def serve(
    listening: socket.socket,
    folder: Path,
    token: str,
    read_only: bool = False,
    limit: float = SECONDS,
    workers: int = 1,
) -> None:
    """Serve a region's folder at a socket until it is ended.

    Args:
        listening: the socket.
        folder: the region's folder.
        token: what a request must carry.
        read_only: True if nothing may be written.
        limit: the seconds that a study may take; 0 is no limit.
        workers: the processes that answer; more than one are for reading alone.
    """
    config = uvicorn.Config(
        partial(_app, folder.absolute(), token, read_only, limit),
        factory=True,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
        timeout_worker_healthcheck=SILENT,
    )
    if workers == 1:
        uvicorn.Server(config).run(sockets=[listening])
    else:
        _Workers(config, sockets=[listening]).run()


def _app(folder: Path, token: str, read_only: bool, limit: float) -> App:
    """The workbench, loaded where it answers; a worker ends with the process that began it."""
    from songhua.web.apart import end_with_parent

    threading.Thread(target=end_with_parent, daemon=True).start()
    from songhua.web.app import app

    return app(folder, token, read_only, limit)


class _Workers(Multiprocess):
    """Several processes, which the one that began them ends: Ctrl-C does not reach the others."""

    handle_hup = Multiprocess.handle_term

    def init_processes(self) -> None:
        """Begin them with Ctrl-C held back, where the system can: they keep it so."""
        if not hasattr(signal, "pthread_sigmask"):
            super().init_processes()
            return
        ensure_running()  # it would let Ctrl-C through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        super().init_processes()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
