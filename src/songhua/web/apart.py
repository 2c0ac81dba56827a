"""Work on what others made, in a process of its own that is ended when it takes too much.

The store refuses a file beyond its bounds, and these let through more than a page should take.
So a file that was sent is read beside the workbench: what goes wrong with it ends that process
and no other, readers have the processor meanwhile, and memory is given back.
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
MEMORY, SECONDS, TURN = 256, 60, 10
#: How often a process is looked at, in seconds.
OFTEN = 0.02
_one_at_a_time = threading.Lock()


def apart(work: Callable[..., Any], *given: Any) -> Any:
    """What work gives, done in a process of its own, one piece at a time.

    Args:
        work: a function of a module.
        given: what it is given; both this and what it gives are copied between processes.

    Raises:
        SonghuaError: what the work is refused for; `apart_busy`, `apart_memory`, `apart_time`,
            `apart_ended`: the process was not begun, took too much, or ended by itself.

    >>> apart(divmod, 17, 5)
    (3, 2)
    """
    if not _one_at_a_time.acquire(timeout=TURN):
        raise SonghuaError(ApartBusy())
    try:
        return _done(work, given)
    finally:
        _one_at_a_time.release()


def _done(work: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = _start().Process(target=_work, args=(theirs, work, given), daemon=True)
    process.start()
    theirs.close()
    try:
        end = time.monotonic() + SECONDS
        while not ours.poll(OFTEN):
            if _megabytes(process.pid) > MEMORY:
                raise SonghuaError(ApartMemory(most=MEMORY))
            if time.monotonic() > end:
                raise SonghuaError(ApartTime(most=SECONDS))
        what, made = ours.recv()
    except (EOFError, OSError):
        raise SonghuaError(ApartEnded()) from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if what == "refused":
        raise SonghuaError(*made)
    if what == "failed":
        raise RuntimeError(made)
    return made


@cache
def _start() -> Any:
    """How a process is started: from one that has all loaded, where the system has such."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["songhua.web.sent_files"])
    return found


def _megabytes(process: int | None) -> int:
    """The memory that a process holds for itself, as far as that is told; 0 once it has ended."""
    import psutil

    with suppress(psutil.Error):
        held = psutil.Process(process).memory_info()
        return getattr(held, "private", held.rss - getattr(held, "shared", 0)) // 1_000_000
    return 0


def _work(to: Connection, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    """Do the work and tell what it gave: run in the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the workbench, which ends this
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        told = "made", work(*given)
    except SonghuaError as error:
        told = "refused", error.faults
    except MemoryError:
        return
    except Exception:
        told = "failed", traceback.format_exc()
    to.send(told)


def end_with_parent() -> None:
    """End where the process ends that began this one: nobody would bound this one any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
