"""The accounts without one figure: their bounds and draws if it had not been printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from songhua.maths.accounts import CellBound, Constraint, cell_bounds
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.region.observations import Observation
from songhua.studies.accounts.account_draws import AccountDraws, draws_without, known_cells
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.extremes import Extremes, extremes
from songhua.studies.accounts.perimeters import Perimeter
from songhua.studies.accounts.readings import Cell, Reading
from songhua.studies.accounts.system import System

#: A figure adds something if a sum could leave its printed ends by more than this part of its size.
SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class WithoutFigure:
    """The accounts without one figure, each way in which it is read left out.

    Several figures that say one thing together, as jobs may, are left out together.

    Where it is in a contradiction, what the others were moved by stays as it is.
    """

    accounts: Accounts
    readings: tuple[Reading, ...]

    @property
    def observation(self) -> Observation:
        """The figure."""
        return self.readings[0].observation

    @property
    def ids(self) -> tuple[str, ...]:
        """The observations that it rests on."""
        return tuple(dict.fromkeys(id for reading in self.readings for id in reading.ids))

    @property
    def names(self) -> set[str]:
        """The names of its constraints."""
        return {
            reading.constraint.name for reading in self.readings if reading.constraint is not None
        }

    @cached_property
    def system(self) -> System:
        """The constraints without it."""
        whole, omitted = self.accounts.system, _thing(self.readings[0])
        remaining = tuple(reading for reading in whole.readings if _thing(reading) != omitted)
        return replace(whole, readings=remaining)

    @cached_property
    def draws(self) -> AccountDraws | None:
        """Draws without it; those of all accounts, if the other constraints imply it."""
        whole = self.accounts.draws
        if whole is None or self.implied:
            return whole
        removed = [rule for reading in self.readings for rule in reading.statements]
        fixed_cells = known_cells(self.bounds(self.accounts.assumed, assumed=True))
        return draws_without(
            self.system, self.accounts.share, whole, fixed_cells, removed, self.accounts.seed
        )

    @cached_property
    def implied(self) -> bool:
        """True where the other constraints leave no room beyond it."""
        if any(reading.likely is not None for reading in self.readings):
            return False
        drawn = self.accounts.system.drawn
        own_rules = [rule for rule in drawn.members if rule.name in self.names]
        if not set(self.system.drawn.cells).issuperset(
            cell for rule in own_rules for cell in rule.terms
        ):
            return False
        return all(self._follows(rule) for rule in own_rules)

    def _follows(self, rule: Constraint) -> bool:
        """True where no cells that meet the other constraints break this one."""
        rows = replace(self.system.drawn, members=(rule,)).rows
        program = LinearProgram(self.system.drawn)
        for row, low, high in zip(rows.matrix.toarray(), rows.low, rows.high, strict=True):
            for side, end in ((1, low), (-1, -high)):
                if np.isfinite(end):
                    solution = program.least(side * row)
                    size = max(abs(end), float(np.abs(row) @ np.nan_to_num(solution.cells)))
                    if solution.value < end - SLACK * size:
                        return False
        return True

    def bounds(self, bounds: list[CellBound], *, assumed: bool) -> list[CellBound]:
        """The bounds of cells without it; only those that it makes are sought anew."""
        moved = [
            bound.cell
            for bound in bounds
            if not self.names.isdisjoint((*bound.low_by, *bound.high_by))
        ]
        anew = (
            {bound.cell: bound for bound in cell_bounds(self.programs[assumed], moved)}
            if moved
            else {}
        )
        return [anew.get(bound.cell, bound) for bound in bounds]

    @cached_property
    def cells(self) -> tuple[dict[Cell, CellBound], dict[Cell, CellBound]]:
        """Bounds of cells without it, by print alone and with assumptions."""
        certain = self.bounds(self.accounts.certain, assumed=False)
        assumed = self.bounds(self.accounts.assumed, assumed=True)
        return {bound.cell: bound for bound in certain}, {bound.cell: bound for bound in assumed}

    @cached_property
    def programs(self) -> tuple[LinearProgram, LinearProgram]:
        """Linear programmes without it, under print alone and with assumptions."""
        return LinearProgram(self.system.certain), LinearProgram(self.system.assumed)

    def extremes(
        self, measure: str, perimeter: Perimeter, bounds: tuple[Extremes, Extremes]
    ) -> tuple[Extremes, Extremes]:
        """The least and the most of an industry without it, from those with it."""
        weights = perimeter.certain, perimeter.assumed
        certain, assumed = (
            bound if self.names.isdisjoint(bound.by) else extremes(self.programs[k], measure, of)
            for k, (bound, of) in enumerate(zip(bounds, weights, strict=True))
        )
        return certain, assumed


def without_each(accounts: Accounts) -> Iterator[WithoutFigure]:
    """Each figure in use left out in turn, but for the whole economy: shares are parts of it."""
    groups: dict[str, list[Reading]] = {}
    for reading in accounts.system.readings:
        figure = reading.observation
        whole = (figure.indicator, figure.industry) == (accounts.ledger.series, "all")
        if reading.is_used and not (whole and reading.how == "level"):
            groups.setdefault(_thing(reading), []).append(reading)
    for readings in groups.values():
        yield WithoutFigure(accounts, tuple(readings))


def _thing(reading: Reading) -> str:
    """The name of the unit that is left out: a figure, or a ratio that several make together."""
    return reading.observation.id if reading.likely is None else reading.likely.name
