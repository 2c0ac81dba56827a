"""Places of faults: file and row for content read from a folder, no place for other content."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from songhua.checks.fault_kinds import UnitMisfit
from songhua.errors import Fault
from songhua.results import read_rows

LIMIT = 1000


class Rows(Protocol):
    """On which row of a file an entry of a catalogue (and a key in it) stands, if it does."""

    def __call__(self, file: str, *keys: str) -> int | None:
        """The row, as a text editor numbers it, or None."""
        ...


def nowhere(file: str, *keys: str) -> int | None:
    """The row of what stands in no file.

    >>> nowhere("claims.toml", "gdp-2020") is None
    True
    """
    del file, keys


def row_of(row: pd.Series) -> int | None:
    """The row of a table's file that a row was read from; None where it was read from none.

    >>> row_of(pd.Series({"row": 7})), row_of(pd.Series({"row": 0})), row_of(pd.Series({"id": "a"}))
    (7, None, None)
    """
    return int(row.get("row", 0) or 0) or None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table of figures as it stands in its file: what a fault tells of it."""

    file: str
    indicator: str
    region: str
    industry: str
    period: str
    unit: str
    kind: str
    source: str
    recorded: str
    value: str = ""
    row: int = 0
    number: float = math.nan
    panel: bool = False

    def where(self, column: str = "") -> tuple[str, int | None, str]:
        """The place of one of its cells: file, row and column, as faults name it.

        >>> cells = ("gdp", "here", "all", "2021", "bn EUR", "actual", "paper", "2022-01-01")
        >>> row = FigureRow("economy.csv", *cells, row=7)
        >>> row.where("unit")
        ('observations/economy.csv', 7, 'unit')
        """
        file = self.file if self.panel else f"observations/{self.file}"
        return file, self.row or None, column

    def unit_misfit(self, wanted: str) -> Fault:
        """The fault of a unit that does not convert to its indicator's."""
        return UnitMisfit(
            *self.where("unit"), unit=self.unit, other=wanted, indicator=self.indicator
        )


def marked(rows: pd.DataFrame, where: np.ndarray) -> list[FigureRow]:
    """The first thousand rows that are marked."""
    return read_rows(rows.iloc[np.flatnonzero(where)[:LIMIT]], FigureRow)
