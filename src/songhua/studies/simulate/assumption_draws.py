"""Assumptions as draws: one table for the whole run, each column with its own chance."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.labels import convert
from songhua.maths.ensemble import Parameter, draws
from songhua.plan.assumptions import NAMES, find, label


class AssumptionDraws:
    """The assumptions of a plan, drawn; what was asked for is remembered.

    Rows without a scope hold for all projects at once: their draws are the same for each.
    """

    def __init__(self, rows: pd.DataFrame, unit: str, count: int, seed: int) -> None:
        """Draw every assumption; `unit` is what money is turned into."""
        self.rows, self.unit, self.count = rows, unit, count
        self.used: dict[str, list[str]] = {}
        given = [_parameter(row) for _, row in rows.iterrows()]
        self.table = draws(given, count, seed)

    def get(self, name: str, scope: str = "") -> np.ndarray | None:
        """The draws of an assumption as a plain number (shares from 0 to 1), or None."""
        row = find(self.rows, name, scope)
        if row is None:
            return None
        self.used.setdefault(label(row), []).append(scope)
        values = self.table[label(row)].to_numpy(float)
        if NAMES[name].unit == "%":
            return values / 100
        if NAMES[name].unit == "money":
            return values * convert(1, str(row["unit"]), self.unit)
        return values

    def need(self, name: str) -> np.ndarray:
        """The draws of an assumption that must be there.

        Raises:
            SonghuaError: `assumption_missing`.
        """
        found = self.get(name)
        if found is None:
            raise SonghuaError(Fault("assumption_missing", params={"name": name, "scope": ""}))
        return found

    def over(self, names: Iterable[str], scope: str) -> dict[str, np.ndarray]:
        """Several at once, those that there are."""
        found = {name: self.get(name, scope) for name in names}
        return {name: values for name, values in found.items() if values is not None}

    def value(self, name: str, default: float) -> float:
        """The middle of an assumption that is not drawn."""
        row = find(self.rows, name)
        if row is None:
            return default
        self.used.setdefault(label(row), []).append("")
        return float(row["value"])

    def varied(self) -> list[str]:
        """The assumptions that were asked for and have a range."""
        names = map(str, self.table)
        return [name for name in names if name in self.used and np.ptp(self.table[name]) > 0]


def _parameter(row: pd.Series) -> Parameter:
    low, high = (float(row[end]) if row[end] != "" else None for end in ("low", "high"))
    return Parameter(label(row), float(row["value"]), low, high, row["distribution"] or "fixed")
