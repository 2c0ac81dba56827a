"""The work on all draws, in one process or in several, behind one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import TypeAlias, TypeVar, cast

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.hooks.checkpoints import checkpoint, stoppable
from songhua.maths.ensemble.parameter_draws import whole
from songhua.maths.fault_kinds import EnsembleRows

Progress: TypeAlias = Callable[[int, int, str], None]
Outcome = TypeVar("Outcome", pd.DataFrame, np.ndarray)
#: Draws that are worked on together, whatever the number of workers.
PIECE = 100
#: The interval, in seconds, between tests that the work may go on.
OFTEN = 0.2


def run(
    work: Callable[[pd.DataFrame], Outcome],
    table: pd.DataFrame,
    workers: int = 1,
    progress: Progress | None = None,
    name: str = "",
) -> Outcome:
    """Do the work for all draws, in this process or in several: the same numbers either way.

    The draws are cut into pieces of `PIECE`, whatever the number of workers. Work that needs
    chance of its own takes it from `generator(seed, name, int(piece.index[0]))`.

    Args:
        work: takes a piece of the table and gives a frame, or an array, with a row a draw. For
            several processes it must be importable: a function of a module, or a
            `functools.partial` of one; and a script that starts them does so under
            `if __name__ == "__main__":`.
        table: draw × parameter.
        workers: processes; with 1 none is started.
        progress: called with the draws done, their total, and the name. name: the name for
        `progress`.

    Returns:
        All pieces together, in the order of the table.

    Raises:
        SonghuaError: `ensemble_number`; `ensemble_rows`, when a piece comes back with another
            number of rows; and whatever the work raises.

    >>> from songhua.maths.ensemble import Parameter, draws
    >>> table = draws([Parameter("rate", 0.5, 0, 1, "uniform")], 250, seed=1)
    >>> run(lambda piece: piece * 2, table).equals(table * 2)
    True
    """
    whole("workers", workers, 1)
    if not len(table):
        return work(table)
    pieces = [table.iloc[first : first + PIECE] for first in range(0, len(table), PIECE)]
    results: list[Outcome] = []
    for result in _results(work, pieces, min(workers, len(pieces))):
        rows = len(pieces[len(results)])
        if len(result) != rows:
            raise SonghuaError(EnsembleRows(given=len(result), rows=rows))
        results.append(result)
        if progress is not None:
            progress(sum(map(len, results)), len(table), name)
    if isinstance(results[0], pd.DataFrame):
        return cast("Outcome", pd.concat(cast("list[pd.DataFrame]", results)))
    return cast("Outcome", np.concatenate(results))


def _results(
    work: Callable[[pd.DataFrame], Outcome], pieces: list[pd.DataFrame], workers: int
) -> Iterable[Outcome]:
    """The pieces' results in order."""
    if workers == 1:
        yield from map(work, stoppable(pieces))
        return
    # a fresh interpreter each: nothing of this process is inherited by chance
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for waiting in [pool.submit(work, piece) for piece in pieces]:
            while not waiting.done():
                checkpoint()
                wait([waiting], OFTEN)
            yield waiting.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)  # what is under way is not waited for
        raise
    pool.shutdown()
