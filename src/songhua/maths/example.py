"""An input-output table small enough to check by hand, for examples and tests."""

from __future__ import annotations

import pandas as pd

from songhua.maths.interindustry import InputOutputTable


def table() -> InputOutputTable:
    """A table of two industries, without imports; each sells and buys as much as it makes.

    >>> table().x.to_dict()
    {'food': 100.0, 'tools': 80.0}
    >>> table().row_sums().tolist(), table().column_sums().tolist()
    ([100.0, 80.0], [100.0, 80.0])
    """
    names = ["food", "tools"]
    return InputOutputTable(
        Z=pd.DataFrame([[10.0, 20], [30, 10]], names, names),
        f=pd.DataFrame({"households": [70.0, 40]}, names),
        v=pd.DataFrame([[60.0, 50]], ["labour"], names),
        x=pd.Series({"food": 100.0, "tools": 80}),
        kind="domestic",
        unit="m EUR",
        year=2020,
    )
