"""Draws of a region's accounts: likely sizes within the printed and assumed bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.accounts import CellBound, Constraint, Constraints, LogRatio, Sample, sample
from songhua.maths.accounts.draws import cut_normal
from songhua.maths.accounts.left_out import left_out
from songhua.maths.bounds import Interval, as_interval
from songhua.maths.ensemble import generator
from songhua.maths.ensemble.pool import Progress
from songhua.results.kept import Cache, key_of
from songhua.studies.accounts.perimeters import Weights
from songhua.studies.accounts.readings import CELLS, Cell
from songhua.studies.accounts.system import System

#: A cell whose bounds lie within this part of its middle is known: it is not drawn.
NEGLIGIBLE_WIDTH = 0.01
#: The number of draws where every cell is known.
ALL_KNOWN = 2048
#: The samples that are kept in this process, and what some were refused for: 8 at most.
_SAMPLES = Cache[Sample | SonghuaError](8)


@dataclass(frozen=True, eq=False)
class AccountDraws:
    """Draws of every cell: cells × draws, and how well they mixed."""

    cells: tuple[Cell, ...]
    draws: np.ndarray
    r_hat: float
    effective: float

    def of(self, cell: Cell) -> np.ndarray:
        """The draws of a cell."""
        return self.draws[self.cells.index(cell)]

    def measure(self, measure: str, codes: Sequence[str]) -> np.ndarray:
        """Codes × draws of a measure."""
        return self.draws[[self.cells.index((measure, code)) for code in codes]]

    def industry(
        self, measure: str, weights: Weights, printed: Interval | None, seed: int
    ) -> np.ndarray:
        """Draws of an industry of which only part of some codes is known to belong to it.

        Between the least and the most that its perimeter allows, all parts move together, uniformly
        as far as a printed level allows.
        """
        codes = list(weights)
        values = self.measure(CELLS[measure], codes)
        least = np.array([weights[code].low for code in codes]) @ values
        most = np.array([weights[code].high for code in codes]) @ values
        if printed is not None:
            least = np.clip(least, printed.low, printed.high)
            most = np.clip(most, printed.low, printed.high)
        chance = generator(seed, "perimeter", measure, *codes)
        return least + chance.random(len(least)) * (most - least)


def account_draws(
    system: System,
    share: float,
    bounds: Sequence[CellBound],
    seed: int,
    progress: Progress | None = None,
) -> AccountDraws:
    """Draws of all cells under the constraints with assumptions.

    A cell known to a hundredth is drawn uniformly within its bounds; only the rest is sampled.

    Raises:
        SonghuaError: as `songhua.maths.accounts.sample`.
    """
    parts = _parts(system, share, known_cells(bounds))
    count, r_hat, effective = ALL_KNOWN, 1.0, float(ALL_KNOWN)
    drawn = np.zeros((0, count))
    if parts.reduced.cells:
        sampled = _sampled(parts.reduced, parts.ratios, seed, progress)
        drawn, count = sampled.draws, sampled.draws.shape[1]
        r_hat, effective = float(sampled.r_hat.max()), float(sampled.effective.min())
    return AccountDraws(system.cells, _filled(system, parts, drawn, seed), r_hat, effective)


def draws_without(
    less: System,
    share: float,
    draws: AccountDraws,
    fixed: Mapping[Cell, Interval],
    removed: Sequence[Constraint | LogRatio],
    seed: int,
) -> AccountDraws:
    """Draws of all cells without one figure, from draws that met it.

    Args:
        less: the system without the figure.
        share: the region's share of the nation's value added.
        draws: the draws of the whole system.
        fixed: the cells that are known without it.
        removed: the constraints and ratios that the figure states.
        seed: of the random numbers.
    """
    parts = _parts(less, share, fixed)
    cells = parts.reduced.cells
    drawn = np.zeros((0, ALL_KNOWN))
    if cells:
        start = draws.draws[[draws.cells.index(cell) for cell in cells]]
        chance = generator(seed, "left out", *(rule.name for rule in removed))
        drawn = left_out(parts.reduced, parts.ratios, removed, start, chance)
    filled = _filled(less, parts, drawn, seed)
    return AccountDraws(less.cells, filled, draws.r_hat, draws.effective)


def draws_alone(system: System, share: float, seed: int) -> AccountDraws:
    """Draws of all cells from the model alone, as if nothing but the whole had been printed."""
    ratios = {ratio.name: ratio for ratio in system.likely(share)}
    rows: dict[Cell, np.ndarray] = {}
    for code in system.nation.codes:
        added, output = ratios[f"share {code}"], ratios[f"output {code}"]
        chance = generator(seed, "alone", code)
        free, ratio_deviates = chance.standard_normal((2, ALL_KNOWN))
        size = added.mean + added.sd * free
        rows["value_added", code] = np.exp(size)
        rows["output", code] = np.exp(size + output.mean + output.sd * ratio_deviates)
    cells = system.cells
    drawn = np.array([rows[cell] for cell in cells])
    return AccountDraws(cells, drawn, 1.0, float(ALL_KNOWN))


def known_cells(bounds: Iterable[CellBound]) -> dict[Cell, Interval]:
    """The cells that are known to a hundredth.

    >>> known_cells([CellBound(("output", "food"), 99.9, 100.1, (), ())])
    {('output', 'food'): Interval(low=99.9, high=100.1)}
    """
    return {
        bound.cell: Interval(bound.low, bound.high)
        for bound in bounds
        if bound.high - bound.low <= NEGLIGIBLE_WIDTH * (bound.high + bound.low) / 2
    }


@dataclass(frozen=True)
class _Parts:
    """A system in two parts: the cells that are known, and those that are drawn."""

    fixed: Mapping[Cell, Interval]
    reduced: Constraints
    ratios: Sequence[LogRatio]


def _parts(system: System, share: float, fixed: Mapping[Cell, Interval]) -> _Parts:
    """The part of a system that is drawn, where some cells are known."""
    drawn_cells = set(system.drawn.cells)
    fixed = {cell: interval for cell, interval in fixed.items() if cell in drawn_cells}
    likely = [ratio for ratio in system.likely(share) if drawn_cells.issuperset(ratio.of)]
    return _Parts(fixed, *_reduced(system.drawn, likely, fixed))


def _filled(system: System, parts: _Parts, drawn: np.ndarray, seed: int) -> np.ndarray:
    """Draws of every cell of a system: cells × draws."""
    rows: dict[Cell, np.ndarray] = dict(zip(parts.reduced.cells, drawn, strict=True))
    count = drawn.shape[1]
    for cell, interval in parts.fixed.items():
        rows[cell] = interval.low + generator(seed, "known", *cell).random(count) * interval.width
    for code in system.apart:
        rows["output", code] = _output(system, code, rows["value_added", code], seed)
    return np.array([rows[cell] for cell in system.cells])


def _sampled(
    constraints: Constraints, ratios: Sequence[LogRatio], seed: int, progress: Progress | None
) -> Sample:
    """The sample of these constraints and ratios: drawn once, whatever else of a folder changes."""

    def draw() -> Sample | SonghuaError:
        try:
            return sample(constraints, ratios, generator(seed, "accounts"), progress)
        except SonghuaError as refused:
            return refused

    drawn = _SAMPLES.of(key_of(constraints, ratios, seed), draw)
    if isinstance(drawn, SonghuaError):
        raise SonghuaError(*drawn.faults)
    return drawn


def _output(system: System, code: str, added: np.ndarray, seed: int) -> np.ndarray:
    """Draws of an output that follows value added: no less than it, no more than the nation's."""
    k = system.nation.codes.index(code)
    mean, sd = -np.log(system.added_per_output[k]), float(system.ratio_sd[k])
    most = np.log(np.maximum(system.nation.output[k] / added, 1 + 1e-9))
    chance = generator(seed, "output", code)
    drawn = cut_normal(np.full(len(added), mean), sd, np.zeros(len(added)), most, chance)
    return added * np.exp(drawn)


def _reduced(
    constraints: Constraints, likely: Sequence[LogRatio], fixed: Mapping[Cell, Interval]
) -> tuple[Constraints, list[LogRatio]]:
    """The same without the cells that are known: their amounts stand in the ends of constraints.

    A ratio of which the upper sum has a known cell says nothing more; one over a known cell is of
    an amount.

    >>> a, b = (("value_added", code) for code in "ab")
    >>> ratio = LogRatio("ratio", {a: 1}, float(np.log(2)), 0.5, {b: 1})
    >>> _, [left] = _reduced(Constraints((a, b), ()), [ratio], {b: Interval(50, 50)})
    >>> round(float(np.exp(left.mean)), 6), dict(left.per)
    (100.0, {})
    """
    rules: list[Constraint] = []
    for rule in constraints.members:
        open_terms = {cell: weight for cell, weight in rule.terms.items() if cell not in fixed}
        if not open_terms:
            continue
        fixed_amount = Interval(0, 0)
        for cell, weight in rule.terms.items():
            if cell in fixed:
                fixed_amount += as_interval(weight) * fixed[cell]
        low, high = rule.low - fixed_amount.high, rule.high - fixed_amount.low
        rules.append(Constraint(rule.name, open_terms, low, high, rule.kind, rule.sources))
    ratios: list[LogRatio] = []
    for ratio in likely:
        if any(cell in fixed for cell in ratio.of):
            continue
        mean, per = ratio.mean, dict(ratio.per)
        if per and all(cell in fixed for cell in per):
            amount = sum(weight * (fixed[c].low + fixed[c].high) / 2 for c, weight in per.items())
            mean, per = mean + float(np.log(amount)), {}
        ratios.append(LogRatio(ratio.name, ratio.of, mean, ratio.sd, per))
    cells = tuple(cell for cell in constraints.cells if cell not in fixed)
    return Constraints(cells, tuple(rules)), ratios
