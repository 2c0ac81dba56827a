"""Shares of a result's variance that each choice explains: Sobol's shares.

The first-order share is Var(E[y | choice]) / Var(y); the total share, which also counts every
interaction with other choices, is E[Var(y | all other choices)] / Var(y).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.composite.fault_kinds import CompositeNotFactorial


def factorial_shares(design: pd.DataFrame, outputs: pd.DataFrame) -> pd.DataFrame:
    """Exact shares, when every combination of the choices was run once.

    Args:
        design: runs x choices, the level of each choice in each run.
        outputs: runs x outputs (the rank or score of each unit, say), by the same labels.

    Returns:
        A row for each output and choice: output, choice, first, total. Missing, where the
        output is the same in all runs or missing in one.

    Raises:
        SonghuaError: `composite_not_factorial`, when a combination is missing or repeated.

    Source: I. M. Sobol, Mathematics and Computers in Simulation 55, 2001; A. Saltelli and
    others, Global Sensitivity Analysis: The Primer, 2008, chapter 1.

    >>> design = pd.DataFrame({"p": [0, 0, 1, 1], "q": [0, 1, 0, 1]})
    >>> factorial_shares(design, pd.DataFrame({"y": [0.0, 1.0, 3.0, 4.0]}))
      output choice  first  total
    0      y      p    0.9    0.9
    1      y      q    0.1    0.1
    """
    levels = [int(n) for n in design.nunique()]
    if design.duplicated().any() or len(design) != int(np.prod(levels)):
        raise SonghuaError(CompositeNotFactorial(n=len(design)))
    order = design.sort_values(list(design.columns)).index
    y = outputs.loc[order].to_numpy(float)
    cube = y.reshape(*levels, y.shape[1])
    axes = tuple(range(len(levels)))
    # a spread that is nothing but rounding is no spread
    size = np.abs(y).max(axis=0, initial=0.0)
    whole = np.where(np.ptp(y, axis=0) > 1e-12 * size, y.var(axis=0), np.nan)
    rows = []
    for axis, choice in enumerate(design.columns):
        other_axes = tuple(a for a in axes if a != axis)
        first = cube.mean(axis=other_axes).var(axis=0) / whole
        total = cube.var(axis=axis).mean(axis=tuple(range(len(levels) - 1))) / whole
        rows += zip(outputs.columns, [choice] * y.shape[1], first, total, strict=True)
    table = pd.DataFrame(rows, columns=["output", "choice", "first", "total"])
    places = {name: n for n, name in enumerate(outputs.columns)}
    return table.sort_values(
        "output", key=lambda c: c.map(places), kind="stable", ignore_index=True
    )
