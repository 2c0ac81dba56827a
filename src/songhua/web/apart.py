"""Reading of files made by others, in a separate process that is ended when it takes too much.

The store refuses a file beyond its bounds, and these let through more than a page should take.
So a file that was sent is read beside the workbench: an error in it ends only that process, readers
have the processor meanwhile, and memory is given back.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from songhua.errors import SonghuaError
from songhua.web.fault_kinds import ApartBusy, ApartEnded, ApartMemory, ApartTime

#: The most megabytes and seconds of one piece of work, and how long another waits for its turn.
MEMORY, SECONDS, TURN = 400, 60, 10
#: The interval between looks at a process, in seconds.
OFTEN = 0.02
_one_at_a_time = threading.Lock()


def apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """The result of work done in a process of its own, one piece at a time.

    Args:
        work: a function of a module.
        arguments: its arguments; these and its result are copied between processes.

    Raises:
        SonghuaError: what the work is refused for; `apart_busy`, `apart_memory`, `apart_time`,
            `apart_ended`: the process was not begun, took too much, or ended by itself.

    >>> apart(divmod, 17, 5)
    (3, 2)
    """
    if not _one_at_a_time.acquire(timeout=TURN):
        raise SonghuaError(ApartBusy())
    try:
        return _run(work, arguments)
    finally:
        _one_at_a_time.release()


def _run(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = _start().Process(target=_work, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        end = time.monotonic() + SECONDS
        while not ours.poll(OFTEN):
            if _megabytes(process.pid) > MEMORY:
                raise SonghuaError(ApartMemory(most=MEMORY))
            if time.monotonic() > end:
                raise SonghuaError(ApartTime(most=SECONDS))
        outcome, result = ours.recv()
    except (EOFError, OSError):
        raise SonghuaError(ApartEnded()) from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if outcome == "refused":
        raise SonghuaError(*result)
    if outcome == "failed":
        raise RuntimeError(result)
    return result


@cache
def _start() -> Any:
    """The way to start a process: from one that has all loaded, where the system has such."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["songhua.web.sent_files"])
    return context


def _megabytes(process: int | None) -> int:
    """The memory that a process holds for itself, as far as that is told; 0 once it has ended."""
    import psutil

    with suppress(psutil.Error):
        memory = psutil.Process(process).memory_info()
        return getattr(memory, "private", memory.rss - getattr(memory, "shared", 0)) // 1_000_000
    return 0


def _work(to: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Do the work and tell what it gave: run in the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the workbench, which ends this
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        report = "made", work(*arguments)
    except SonghuaError as error:
        report = "refused", error.faults
    except MemoryError:
        return
    except Exception:
        report = "failed", traceback.format_exc()
    to.send(report)


def end_with_parent() -> None:
    """End when the parent process ends: nothing would limit this process any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
