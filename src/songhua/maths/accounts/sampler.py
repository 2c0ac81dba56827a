"""A sample of the cells that constraints allow, weighed by log ratios, and how well it mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from songhua.errors import Fault, SonghuaError
from songhua.maths.accounts.constraints import Cell, Constraint, Constraints
from songhua.maths.accounts.diagnostics import effective_draws, r_hat
from songhua.maths.accounts.draws import Draws
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.accounts.log_ratios import LogRatio, LogRatios
from songhua.maths.accounts.moves import Polytope, Step, steps
from songhua.maths.bounds import Interval
from songhua.maths.ensemble.pool import Progress

#: Chains side by side; moves along differences in each round; rounds of the first spell.
CHAINS, ALONG, ROUNDS = 128, 2, 128
#: In which rounds of the first spell the steps are fitted to the draws so far.
FITTED = (0, 2, 4, 8, 16, 32, 64, 127)
#: Spells, each twice as long as the one before; the first is left out, the last that is needed
#: is kept. What a sample must reach: the greatest R-hat and the fewest effective draws of a cell.
SPELLS, R_HAT, EFFECTIVE = 6, 1.05, 400
#: Draws of each chain that a sample holds.
SHOWN = 16
#: How far from what is likely first draws are looked for, in deviations; if nothing is there, next.
FAR = (4.0, 16.0, 64.0)


@dataclass(frozen=True)
class Sample:
    """Draws of all cells, and what says whether they can be relied on.

    Attributes:
        cells: the cells, in the order of the first axis of the draws.
        draws: cells × draws.
        r_hat: of each cell, of its rank-normalised logarithm; 1 where the chains agree.
        effective: of each cell, how many independent draws would tell as much of its middle.
    """

    cells: tuple[Cell, ...]
    draws: np.ndarray
    r_hat: np.ndarray
    effective: np.ndarray

    @property
    def mixed(self) -> bool:
        """Whether the chains agree in every cell and are worth enough draws."""
        return bool(self.r_hat.max() <= R_HAT and self.effective.min() >= EFFECTIVE)


def sample(
    constraints: Constraints,
    ratios: Sequence[LogRatio],
    chance: np.random.Generator,
    progress: Progress | None = None,
) -> Sample:
    """Draws from the density of log ratios, cut to what constraints allow.

    Chains find their way in a first spell of rounds, in which steps are fitted to them. Then come
    spells each twice as long as the one before, until one has mixed; only its draws are kept.

    Args:
        constraints: what must hold.
        ratios: what is likely; every cell has a ratio of its own above, and a constraint or a ratio
            without a sum below holds the whole.
        chance: the random numbers.
        progress: told of the rounds done, and of how many there may be.

    Raises:
        SonghuaError: `cell_without_ratio`, for cells that no ratio is of alone;
            `cells_unbounded`, if neither a constraint nor a ratio holds the whole down;
            `constraints_contradict`, if no cells meet the constraints; `constraints_far`, if
            those that do lie beyond everything that the ratios call likely; `sample_unmixed`, if
            after the longest spell chains disagree or are worth too few draws.

    >>> from songhua.maths.accounts.constraints import Constraint
    >>> whole = Constraint("whole", {"a": 1, "b": 1}, 99, 101)
    >>> likely = [LogRatio(name, {name: 1}, 3.9, 0.5) for name in ("a", "b")]
    >>> found = sample(Constraints(("a", "b"), (whole,)), likely, np.random.default_rng(1))
    >>> sums = found.draws.sum(axis=0)
    >>> found.draws.shape, bool(sums.min() > 98.999999 and sums.max() < 101.000001)
    ((2, 2048), True)
    """
    laid = LogRatios(constraints.cells, ratios)
    _refuse_cells_without_ratio(constraints, laid)
    rows = constraints.rows
    polytope = Polytope(rows.matrix.toarray(), rows.low, rows.high)
    draws = Draws(_first_draws(constraints, ratios, chance), polytope, laid)
    every: list[Step] = []
    whole, done = ROUNDS * 2 ** (SPELLS - 1), 0
    worst: dict[str, float] = {}
    for spell in range(SPELLS):
        stride, kept = 2 ** max(spell - 1, 0), list[np.ndarray]()
        for number in range(ROUNDS * stride):
            if progress is not None:
                progress(done, whole, "sample")
            if spell == 0 and number in FITTED:
                usual = np.median(draws.cells, axis=1)
                every = steps(constraints, polytope, laid, usual, chance)
            _round(draws, every, chance)
            done += 1
            if number % stride == 0:
                kept.append(draws.cells.copy())
        if spell > 0:
            found = _described(constraints.cells, np.stack(kept, axis=1))
            if found.mixed:
                return found
            worst = {"r_hat": float(found.r_hat.max()), "effective": float(found.effective.min())}
    raise SonghuaError(Fault("sample_unmixed", params=worst))


def _round(draws: Draws, every: Sequence[Step], chance: np.random.Generator) -> None:
    """Every step once in an order of chance, then moves along differences."""
    for k in chance.permutation(len(every)):
        draws.scale(every[k], chance)
    halves = np.array_split(chance.permutation(CHAINS), 2)
    for _ in range(ALONG):
        for half, others in (halves, halves[::-1]):
            draws.along(half, others, chance)


def _described(cells: tuple[Cell, ...], chains: np.ndarray) -> Sample:
    """A sample of cells × rounds × chains."""
    shown = np.linspace(0, chains.shape[1] - 1, SHOWN).round().astype(int)
    logs = np.log(chains)
    return Sample(
        cells,
        chains[:, shown].reshape(len(cells), -1),
        np.array([r_hat(one) for one in logs]),
        np.array([effective_draws(one) for one in logs]),
    )


def _refuse_cells_without_ratio(constraints: Constraints, ratios: LogRatios) -> None:
    """Every cell needs a ratio that is of it alone: steps are proposed by it."""
    alone = ratios.of[(ratios.of != 0).sum(axis=1) == 1]
    lacking = [cell for column, cell in enumerate(constraints.cells) if not alone[:, column].any()]
    if lacking:
        params = {"cells": [str(cell) for cell in lacking[:5]]}
        raise SonghuaError(Fault("cell_without_ratio", params=params))


def _first_draws(
    constraints: Constraints, ratios: Sequence[LogRatio], chance: np.random.Generator
) -> np.ndarray:
    """Cells × chains, well inside and far from one another: mixtures of corners."""
    count = len(constraints.cells)
    program = _near(constraints, ratios)
    corners = list[np.ndarray]()
    for _ in range(min(2 * count, CHAINS) + 2):
        found = program.least(chance.standard_normal(count) / program.cell_scale)
        if not np.isfinite(found.value):
            raise SonghuaError(Fault("cells_unbounded"))
        corners.append(found.cells)
    inside = np.mean(corners, axis=0)
    toward = np.array(corners)[chance.integers(0, len(corners), CHAINS)].T
    part = chance.uniform(0.05, 0.6, CHAINS)
    return inside[:, None] * (1 - part) + toward * part


def _near(constraints: Constraints, ratios: Sequence[LogRatio]) -> LinearProgram:
    """The constraints, and that no ratio is far from what is likely, as near as they allow.

    Raises:
        SonghuaError: `constraints_contradict`, if no cells meet the constraints alone.
    """
    for far in FAR:
        near: list[Constraint] = []
        for k, one in enumerate(ratios):
            low, high = (np.exp(one.mean + side * far * one.sd) for side in (-1, 1))
            if one.per:
                terms = {cell: -Interval(low, high) * weight for cell, weight in one.per.items()}
                for cell, weight in one.of.items():
                    terms[cell] = terms.get(cell, Interval(0, 0)) + weight
                near.append(Constraint(f"near {k}", terms, 0, 0))
            else:
                near.append(Constraint(f"near {k}", one.of, low, high))
        wider = Constraints(constraints.cells, (*constraints.each, *near))
        program = LinearProgram(wider)
        if program.violation is None:
            return program
    LinearProgram(constraints).least(np.zeros(len(constraints.cells)))
    raise SonghuaError(Fault("constraints_far"))
