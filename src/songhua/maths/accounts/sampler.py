"""A sample of the cells that constraints allow, weighed by log ratios, and how well it mixed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from songhua.errors import Fault, SonghuaError
from songhua.maths.accounts.constraints import Cell, Constraints
from songhua.maths.accounts.diagnostics import effective_draws, r_hat, rough_r_hat
from songhua.maths.accounts.drawn import Sample
from songhua.maths.accounts.draws import Draws
from songhua.maths.accounts.fault_kinds import CellWithoutRatio, SampleUnmixed
from songhua.maths.accounts.first_draws import first_draws
from songhua.maths.accounts.log_ratios import LogRatio, LogRatios
from songhua.maths.accounts.moves import Step, Steps
from songhua.maths.ensemble.pool import Progress

#: Chains side by side; moves along differences in each round.
CHAINS, ALONG = 64, 2
#: The rounds before which steps are fitted to the draws so far; draws before the last are left out.
FITTED = (0, 2, 4, 8, 16, 32, 64)
#: The round after which mixing of the chains is first tested, and the factor on the rounds until
#: the next test.
FIRST, AGAIN = 128, 1.2
#: The most steps that are taken: so many, and so many more for each cell. A step of all chains
#: takes about a ten-thousandth of a second.
MOST, FOR_EACH = 20_000, 1_500
#: The part of the rounds that is left out at least: chains are still on their way.
UNSETTLED = 0.25
#: The R-hat of draws that are not ranked above which they are not worth a closer look.
ROUGH = 1.06
#: Draws of each chain that a sample holds.
DRAWS_PER_CHAIN = 32
#: The number of slowest cells that a fault names.
MOST_CELLS = 5


def sample(
    constraints: Constraints,
    ratios: Sequence[LogRatio],
    chance: np.random.Generator,
    progress: Progress | None = None,
) -> Sample:
    """Draws from the density of log ratios within the constraints.

    In the first rounds steps are fitted to the draws: which cells take up what others gain, and
    which cells are slow and want more steps. From then on nothing is fitted any more, and rounds
    go on until the chains have mixed, or have taken the most steps that there may be.

    Args:
        constraints: the possible values. ratios: the likely values; every cell has a ratio with it
        alone above, and a constraint or a ratio without a sum below bounds the whole. chance: the
        random numbers. progress: called with the steps taken and their limit.

    Raises:
        SonghuaError: `cell_without_ratio`, for cells that no ratio is of alone;
            `cells_unbounded`, if neither a constraint nor a ratio holds the whole down;
            `constraints_contradict`, if no cells meet the constraints; `constraints_far`, if
            those that do lie beyond everything that the ratios call likely; `sample_unmixed`, if
            after the last step chains disagree or are worth too few draws, with the slowest cells.

    >>> from songhua.maths.accounts.constraints import Constraint
    >>> whole = Constraint("whole", {"a": 1, "b": 1}, 99, 101)
    >>> likely = [LogRatio(name, {name: 1}, 3.9, 0.5) for name in ("a", "b")]
    >>> drawn = sample(Constraints(("a", "b"), (whole,)), likely, np.random.default_rng(1))
    >>> sums = drawn.draws.sum(axis=0)
    >>> drawn.draws.shape, bool(sums.min() > 98.999999 and sums.max() < 101.000001)
    ((2, 2048), True)
    """
    laid = LogRatios(constraints.cells, ratios)
    _refuse_cells_without_ratio(constraints, laid)
    steps = Steps(constraints, laid)
    draws = Draws(first_draws(constraints, ratios, chance, CHAINS), steps.polytope, laid)
    fitted, logs, next_check = list[Step](), list[np.ndarray](), FIRST
    steps_taken, most = 0, MOST + FOR_EACH * len(constraints.cells)
    while True:
        if progress is not None:
            progress(min(steps_taken, most), most, "sample")
        if len(logs) in FITTED:
            recent = np.stack([*logs[len(logs) // 2 :], np.log(draws.cells)], axis=1)
            past = np.exp(recent.reshape(len(recent), -1))
            fitted = steps.fitted(past, _slowness(recent), chance)
        steps_taken += _round(draws, fitted, chance)
        logs.append(np.log(draws.cells))
        last = len(logs) >= FIRST and steps_taken >= most
        if last or len(logs) == next_check:
            next_check = int(next_check * AGAIN)
            settled = np.stack(logs[max(FITTED[-1], int(UNSETTLED * len(logs))) :], axis=1)
            if last or rough_r_hat(settled).max() < ROUGH:
                candidate = _described(constraints.cells, settled)
                if candidate.mixed:
                    return candidate
                if last:
                    raise SonghuaError(_unmixed(candidate))


def _round(draws: Draws, steps: Sequence[Step], chance: np.random.Generator) -> int:
    """Steps, each as often as it is due, in random order; then moves along differences.

    Returns:
        The number of steps taken.
    """
    visits = np.array([step.visits for step in steps])
    times = np.floor(visits + chance.random(len(steps))).astype(int)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for k in chance.permutation(np.repeat(np.arange(len(steps)), times)):
            draws.take(steps[k], chance)
        halves = np.array_split(chance.permutation(CHAINS), 2)
        for _ in range(ALONG):
            for half, partners in (halves, halves[::-1]):
                draws.along(half, partners, chance)
    return int(times.sum())


def _slowness(logs: np.ndarray) -> np.ndarray:
    """Rounds that a free draw of each cell takes, beside the cell in the middle.

    Means of chains over n rounds differ by as much as draws do, over n and times the rounds of a
    free draw: this reveals slow cells even where two successive rounds differ.

    Args:
        logs: cells × rounds × chains.
    """
    count = logs.shape[1]
    if count < FITTED[3]:
        return np.ones(len(logs))
    with np.errstate(divide="ignore", invalid="ignore"):
        rounds = count * logs.mean(axis=1).var(axis=1, ddof=1) / logs.var(axis=(1, 2))
    rounds = np.clip(np.nan_to_num(rounds, nan=1.0), 1.0, count)
    return rounds / np.median(rounds)


def _described(cells: tuple[Cell, ...], logs: np.ndarray) -> Sample:
    """A sample of cells × rounds × chains."""
    rounds = np.linspace(0, logs.shape[1] - 1, DRAWS_PER_CHAIN).round().astype(int)
    return Sample(
        cells,
        np.exp(logs[:, rounds].reshape(len(cells), -1)),
        np.array([r_hat(cell_logs) for cell_logs in logs]),
        np.array([effective_draws(cell_logs) for cell_logs in logs]),
    )


def _unmixed(drawn: Sample) -> Fault:
    """The fault of a sample that has not mixed, with its slowest cells."""
    slowest = np.argsort(-drawn.r_hat, kind="stable")[:MOST_CELLS]
    return SampleUnmixed(
        cells=[str(drawn.cells[k]) for k in slowest],
        r_hat=round(float(drawn.r_hat.max()), 2),
        effective=round(float(drawn.effective.min())),
    )


def _refuse_cells_without_ratio(constraints: Constraints, ratios: LogRatios) -> None:
    """Every cell needs a ratio that is of it alone: steps are proposed by it."""
    alone = ratios.of[(ratios.of != 0).sum(axis=1) == 1]
    lacking = [cell for column, cell in enumerate(constraints.cells) if not alone[:, column].any()]
    if lacking:
        raise SonghuaError(CellWithoutRatio(cells=[str(cell) for cell in lacking[:MOST_CELLS]]))
