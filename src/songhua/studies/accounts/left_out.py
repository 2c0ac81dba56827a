"""The accounts without one figure: what was possible and likely if it had not been printed."""

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

#: Of its own size: by how much a sum must be able to leave what is printed, for that to tell more.
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
        return tuple(dict.fromkeys(id for one in self.readings for id in one.ids))

    @property
    def names(self) -> set[str]:
        """The names of its constraints."""
        return {one.constraint.name for one in self.readings if one.constraint is not None}

    @cached_property
    def system(self) -> System:
        """What holds without it."""
        whole, gone = self.accounts.system, _thing(self.readings[0])
        left = tuple(one for one in whole.readings if _thing(one) != gone)
        return replace(whole, readings=left)

    @cached_property
    def draws(self) -> AccountDraws | None:
        """Draws without it; those of all accounts, if the rest says what it says."""
        whole = self.accounts.draws
        if whole is None or self.implied:
            return whole
        gone = [rule for one in self.readings for rule in one.says]
        known = known_cells(self.bounds(self.accounts.assumed, assumed=True))
        return draws_without(
            self.system, self.accounts.share, whole, known, gone, self.accounts.seed
        )

    @cached_property
    def implied(self) -> bool:
        """Whether what else holds leaves no room beyond it."""
        if any(one.likely is not None for one in self.readings):
            return False
        drawn = self.accounts.system.drawn
        own = [one for one in drawn.members if one.name in self.names]
        if not set(self.system.drawn.cells).issuperset(cell for one in own for cell in one.terms):
            return False
        return all(self._follows(one) for one in own)

    def _follows(self, one: Constraint) -> bool:
        """Whether no cells that meet the rest break a constraint."""
        rows = replace(self.system.drawn, each=(one,)).rows
        program = LinearProgram(self.system.drawn)
        for row, low, high in zip(rows.matrix.toarray(), rows.low, rows.high, strict=True):
            for side, end in ((1, low), (-1, -high)):
                if np.isfinite(end):
                    found = program.least(side * row)
                    size = max(abs(end), float(np.abs(row) @ np.nan_to_num(found.cells)))
                    if found.value < end - SLACK * size:
                        return False
        return True

    def bounds(self, bounds: list[CellBound], *, assumed: bool) -> list[CellBound]:
        """The bounds of cells without it; only those that it makes are sought anew."""
        moved = [
            one.cell for one in bounds if not self.names.isdisjoint((*one.low_by, *one.high_by))
        ]
        anew = (
            {one.cell: one for one in cell_bounds(self.programs[assumed], moved)} if moved else {}
        )
        return [anew.get(one.cell, one) for one in bounds]

    @cached_property
    def cells(self) -> tuple[dict[Cell, CellBound], dict[Cell, CellBound]]:
        """Bounds of cells without it, by print alone and with assumptions."""
        certain = self.bounds(self.accounts.certain, assumed=False)
        assumed = self.bounds(self.accounts.assumed, assumed=True)
        return {one.cell: one for one in certain}, {one.cell: one for one in assumed}

    @cached_property
    def programs(self) -> tuple[LinearProgram, LinearProgram]:
        """What print alone and assumptions allow without it."""
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
    found: dict[str, list[Reading]] = {}
    for one in accounts.system.readings:
        figure = one.observation
        whole = (figure.indicator, figure.industry) == (accounts.ledger.series, "all")
        if one.used and not (whole and one.how == "level"):
            found.setdefault(_thing(one), []).append(one)
    for readings in found.values():
        yield WithoutFigure(accounts, tuple(readings))


def _thing(one: Reading) -> str:
    """What is left out as one: a figure, or what some make likely together."""
    return one.observation.id if one.likely is None else one.likely.name
