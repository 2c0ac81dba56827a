"""Draws without one constraint or ratio of a sample, from that sample itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from songhua.maths.accounts.constraints import Cell, Constraint, Constraints
from songhua.maths.accounts.draws import Draws
from songhua.maths.accounts.log_ratios import LogRatio, LogRatios
from songhua.maths.accounts.moves import Step, Steps
from songhua.maths.accounts.takers import ROUNDING
from songhua.maths.bounds import as_interval

#: Draws that set out; rounds that they take, and how many of these are left out.
START, ROUNDS, UNSETTLED = 512, 8, 4


def left_out(
    constraints: Constraints,
    ratios: Sequence[LogRatio],
    removed: Sequence[Constraint | LogRatio],
    draws: np.ndarray,
    chance: np.random.Generator,
) -> np.ndarray:
    """Draws that meet the constraints and ratios that remain when some are left out.

    Draws that met the removed constraint are wrong only in its sum: given that sum, the other cells
    are distributed as without it. So the draws start from these, and take the steps that move that
    sum. Such steps keep the density of the remaining constraints, and each crosses all the room
    there is: a few rounds suffice, where a sample from the start takes hundreds. This is an
    approximation; tests compare it with samples from the start.

    Args:
        constraints: those that remain, on the cells of the draws.
        ratios: those that remain.
        removed: the constraints and ratios left out; cells that the draws lack count for nothing.
        draws: cells × draws that met it; `START` of them set out, spread evenly.
        chance: the random numbers.

    Returns:
        cells × draws, those of every round after `UNSETTLED` beside one another.

    >>> from songhua.maths.accounts import Constraint, sample
    >>> whole = Constraint("whole", {"a": 1, "b": 1}, 99, 101)
    >>> part = Constraint("part", {"a": 1}, 10, 11)
    >>> likely = [LogRatio(name, {name: 1}, 3.9, 0.5) for name in ("a", "b")]
    >>> drawn = sample(Constraints(("a", "b"), (whole, part)), likely, np.random.default_rng(1))
    >>> remaining = Constraints(("a", "b"), (whole,))
    >>> draws = left_out(remaining, likely, [part], drawn.draws, np.random.default_rng(1))
    >>> bool(drawn.draws[0].max() < 11.01), bool(45 < np.median(draws[0]) < 55)
    (True, True)
    """
    places = np.linspace(0, draws.shape[1] - 1, START).round().astype(int)
    start, laid = draws[:, places], LogRatios(constraints.cells, ratios)
    steps = Steps(constraints, laid)
    moves = steps.fitted(start, np.ones(len(start)), chance)
    sums = _sums(constraints.cells, removed)
    moves = [step for step in moves if _moves(step, sums)]
    moving, rounds = Draws(start, steps.polytope, laid), list[np.ndarray]()
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for finished in range(ROUNDS):
            for k in chance.permutation(len(moves)):
                moving.take(moves[k], chance)
            moving.refresh()
            if finished >= UNSETTLED:
                rounds.append(moving.cells.copy())
    return np.hstack(rounds)


def _sums(cells: Sequence[Cell], removed: Sequence[Constraint | LogRatio]) -> np.ndarray:
    """Sums × cells: the weights of removed constraints and ratios, both ends of open ones."""
    rows: list[list[float]] = []
    for relation in removed:
        if isinstance(relation, LogRatio):
            rows += [[of.get(cell, 0.0) for cell in cells] for of in (relation.of, relation.per)]
        else:
            weights = [as_interval(relation.terms.get(cell, 0)) for cell in cells]
            rows += [[weight.low for weight in weights], [weight.high for weight in weights]]
    return np.array(rows)


def _moves(step: Step, sums: np.ndarray) -> bool:
    """True for a step that changes one of some sums by more than rounding."""
    takes = step.gains[len(step.rows) :]
    scaled = len(step.cells)
    spread = np.vstack([np.eye(scaled), takes]) if scaled else takes
    weights = sums[:, step.moved]
    return bool((np.abs(weights @ spread) > ROUNDING * (np.abs(weights) @ np.abs(spread))).any())
