"""The input-output table that studies of a region use, and columns of its industries."""

from __future__ import annotations

import pandas as pd

from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region

#: Primary inputs that are no value added.
NOT_ADDED = ("product_taxes", "imports", "used_goods")


def table_in_use(region: Region) -> str | None:
    """The table to use: one without imports inside, the region's own before a larger area's.

    >>> from types import SimpleNamespace
    >>> tables = {name: SimpleNamespace(kind="domestic", region=name) for name in ("land", "here")}
    >>> table_in_use(Region.of("here", tables=tables))
    'here'
    """
    fit = [id for id, table in region.tables.items() if table.kind == "domestic"]
    fit.sort(key=lambda id: region.tables[id].region != region.code)
    return next(iter(fit), None)


def value_added(table: InputOutputTable) -> pd.Series:
    """Value added of each industry, in the table's unit.

    >>> from songhua.studies.diagnose import town
    >>> value_added(town.region().tables["home"]).to_dict()
    {'food': 60.0, 'tools': 50.0}
    """
    rows = [row for row in table.v.index if not str(row).startswith(NOT_ADDED)]
    return table.v.loc[rows].sum()


def column(described: pd.DataFrame, name: str, codes: pd.Index) -> pd.Series:
    """A column of the table's industries, blank where there is none.

    >>> described = pd.DataFrame({"kind": ["services"]}, ["trade"])
    >>> column(described, "kind", pd.Index(["trade", "tools"])).to_dict()
    {'trade': 'services', 'tools': ''}
    """
    if name not in described:
        return pd.Series("", codes, dtype=object)
    return described[name].reindex(codes).fillna("").astype(str)
