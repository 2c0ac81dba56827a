"""A table in fewer, wider industries, by a concordance with shares."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import TableKind
from songhua.maths.concordances import aggregate
from songhua.maths.interindustry import InputOutputTable


def aggregate_table(table: InputOutputTable, concordance: pd.DataFrame) -> InputOutputTable:
    """The table in the industries of a concordance: S'ZS, S'f, vS, S'x.

    Where a code is divided, its row and its column are divided by the same shares: an assumption,
    since it gives both parts the same buyers and the same inputs. Sums stay what they were, so the
    result closes as the table does; it is held to the same decimals. Printed totals are added up
    too.

    Args:
        table: a symmetric table.
        concordance: S, the table's codes down and the new industries across; the share of the code
            that goes to each. Each row adds up to one.

    Returns:
        The table with the new industries in the order of the concordance's columns, without names.

    Raises:
        SonghuaError: `table_kind` for a supply-use table; and as `aggregate`, which works on one
            block of numbers.

    >>> labels = ["bread", "beer", "tools"]
    >>> S = pd.DataFrame([[1.0, 0], [1, 0], [0, 1]], labels, ["food", "tools"])
    >>> fine = InputOutputTable(Z=pd.DataFrame([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]], labels, labels),
    ...     f=pd.DataFrame({"homes": [4.0, 5, 6]}, labels), x=pd.Series([10.0, 20, 30], labels),
    ...     v=pd.DataFrame([[-2.0, 5, 12]], ["labour"], labels),
    ...     kind="domestic", unit="m EUR", year=2020)
    >>> wide = aggregate_table(fine, S)
    >>> wide.Z.to_numpy().tolist(), wide.x.to_dict()
    ([[12.0, 9.0], [15.0, 9.0]], {'food': 30.0, 'tools': 30.0})
    """
    if table.make is not None:
        raise SonghuaError(TableKind(kind=table.kind, kinds="domestic, competitive"))
    S = concordance
    beside = {
        "Z_imported": None if table.Z_imported is None else aggregate(table.Z_imported, S),
        "f_imported": None if table.f_imported is None else aggregate(table.f_imported, S, "rows"),
        "memo": None if table.memo is None else aggregate(table.memo, S, "columns"),
    }
    printed = tuple(replace(total, values=aggregate(total.values, S)) for total in table.printed)
    return replace(
        table,
        Z=aggregate(table.Z, S),
        f=aggregate(table.f, S, "rows"),
        v=aggregate(table.v, S, "columns"),
        x=aggregate(table.x, S),
        printed=printed,
        industries=None,
        concordance=S,
        **beside,
    )


def groups(members: pd.Series) -> pd.DataFrame:
    """A concordance from a list that gives each code its one new industry.

    >>> groups(pd.Series({"bread": "food", "beer": "food", "saw": "tools"})).loc["beer"].to_dict()
    {'food': 1.0, 'tools': 0.0}
    """
    new = list(dict.fromkeys(members))
    shares = np.equal.outer(members.to_numpy(), np.array(new, dtype=object)).astype(float)
    return pd.DataFrame(shares, index=members.index, columns=pd.Index(new))
