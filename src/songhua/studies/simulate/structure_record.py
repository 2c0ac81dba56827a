"""Scores of simulations with accounts where the truth is known, and the files behind them.

`tools/structure_scores.py` makes them.
"""

from __future__ import annotations

from functools import cache
from io import StringIO

import pandas as pd

from songhua.shipped import installed


@cache
def structure_record() -> pd.DataFrame:
    """Scores of what new demand brings, by the nation's structure and by accounts.

    A row for each study, region (`all` for all of them), test (`sizes` of industries; totals by
    the `structure` alone or by a reference `table`; headlines of the `plan`), quantity and number
    of printed fragments known beside the total and the sectors. Of each structure: the median
    relative error of the middle, the part of the 90 % intervals that hold the truth, and the mean
    interval score in parts of the truth, lower is better; `observed` is the region's own structure.

    >>> record = structure_record()
    >>> sorted(record["study"].unique()), sorted(record["test"].unique())
    (['finland', 'washington'], ['plan', 'sizes', 'structure', 'table'])
    """
    return _table("structure_scores.csv")


@cache
def structure_files() -> pd.DataFrame:
    """The files of the truth, each with its SHA-256.

    >>> structure_files().columns.tolist()
    ['file', 'digest']
    """
    return _table("structure_files.csv")


def _table(name: str) -> pd.DataFrame:
    """A table that lies beside this file."""
    return pd.read_csv(StringIO(installed.text("studies", "simulate", name)))
