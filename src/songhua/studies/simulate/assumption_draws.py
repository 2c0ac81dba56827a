"""Draws of the plan's assumptions: one table for the whole run, each column with its own chance."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import AssumptionMissing
from songhua.labels import convert
from songhua.maths.ensemble import draws
from songhua.plan.assumptions import NAMES, AssumptionRow, Assumptions
from songhua.results import read_rows


class AssumptionDraws:
    """The assumptions of a plan, drawn; `used` are those that were asked for.

    Rows without a scope hold for all projects at once: their draws are the same for each.

    >>> rows = pd.DataFrame([{"name": "realised", "scope": "", "value": "80", "low": "",
    ...     "high": "", "distribution": "", "unit": "%", "source": "", "note": ""}])
    >>> drawn = AssumptionDraws(rows, "m EUR", 3, 1)
    >>> drawn.drawn("realised", "mill", 1.0).tolist(), drawn.get("delay"), list(drawn.used)
    ([0.8, 0.8, 0.8], None, ['realised'])
    """

    def __init__(self, rows: pd.DataFrame, unit: str, count: int, seed: int) -> None:
        """Draw every assumption; money is turned into `unit`."""
        self.rows = read_rows(rows, AssumptionRow)
        self.assumed = Assumptions.of(self.rows)
        self.unit, self.count = unit, count
        self.used: set[str] = set()
        self.table = draws([row.parameter for row in self.rows], count, seed)

    def find(self, name: str, scope: str = "") -> AssumptionRow | None:
        """The assumption of this name: the one with the scope, else the one without, else none."""
        return self.assumed.find(name, scope)

    def get(self, name: str, scope: str = "") -> np.ndarray | None:
        """The draws of an assumption as a plain number (shares from 0 to 1), or None."""
        row = self.find(name, scope)
        if row is None:
            return None
        self.used.add(row.label)
        values = self.table[row.label].to_numpy(float)
        if NAMES[name].unit == "%":
            return values / 100
        if NAMES[name].unit == "money":
            return values * convert(1, row.unit, self.unit)
        return values

    def drawn(self, name: str, scope: str, default: float) -> np.ndarray:
        """The draws of an assumption, or `default` in every draw where nothing is assumed."""
        values = self.get(name, scope)
        return np.full(self.count, default) if values is None else values

    def need(self, name: str) -> np.ndarray:
        """The draws of an assumption that must be there.

        Raises:
            SonghuaError: `assumption_missing`.
        """
        values = self.get(name)
        if values is None:
            raise SonghuaError(AssumptionMissing(name=name, scope=""))
        return values

    def over(self, names: Iterable[str], scope: str) -> dict[str, np.ndarray]:
        """Several at once, those that there are."""
        draws = {name: self.get(name, scope) for name in names}
        return {name: values for name, values in draws.items() if values is not None}

    def value(self, name: str, default: float) -> float:
        """The middle of an assumption that is not drawn."""
        row = self.find(name)
        if row is None:
            return default
        self.used.add(row.label)
        return float(row.value)

    def varied(self) -> list[str]:
        """The assumptions that were asked for and have a range."""
        names = map(str, self.table)
        return [name for name in names if name in self.used and np.ptp(self.table[name]) > 0]
