"""An input-output table beside totals known from elsewhere, which show a wrong unit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from songhua.errors import SonghuaError
from songhua.labels.units import factor, parse_unit
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_issues import Issue, short

NOT_VALUE_ADDED = ("product_taxes", "imports", "used_goods")


def against(table: InputOutputTable, known_totals: Mapping[str, float]) -> list[Issue]:
    """The table's sums beside totals known from elsewhere.

    Args:
        table: the table.
        known_totals: totals by name (see `total_of`), in the table's unit.

    Returns:
        `table_scale_known` where they differ by about a power of ten up to a million,
        `table_known_differs` where they differ otherwise by more than a quarter.

    >>> from songhua.maths.example import table
    >>> [issue.params["factor"] for issue in against(table(), {"output": 18000.0})]  # 100 + 80
    ['1/100']
    >>> [issue.code for issue in against(table(), {"output": 300.0, "value_added": 100.0})]
    ['table_known_differs']
    """
    issues: list[Issue] = []
    for name, value in known_totals.items():
        ours = total_of(table, name)
        if ours is None or np.isnan(ours) or not value or ours / value <= 0:
            params = {"total": name, "ours": ours, "known": value, "ratio": None}
            issues.append(Issue("table_known_differs", params))
            continue
        ratio = ours / value
        power = round(np.log10(ratio))
        near = abs(np.log10(ratio) - power) < np.log10(1.25)
        params = {"total": name, "ours": short(ours), "known": value, "ratio": short(ratio)}
        if power and near and abs(power) <= 6:
            factor = 10**power if power > 0 else f"1/{10**-power}"
            issues.append(Issue("table_scale_known", {**params, "factor": factor}))
        elif not near:
            issues.append(Issue("table_known_differs", params))
    return issues


def against_file(table: InputOutputTable) -> list[Issue]:
    """The unit given for the table against the unit stated in its file.

    >>> from dataclasses import replace
    >>> from songhua.maths.example import table
    >>> [issue.params["factor"] for issue in against_file(replace(table(), unit_in_file="bn EUR"))]
    [1000.0]
    >>> [issue.code for issue in against_file(replace(table(), unit_in_file="m USD"))]
    ['table_unit_differs']
    """
    if not table.unit_in_file or table.unit == table.unit_in_file:
        return []
    params: dict[str, object] = {"unit": table.unit, "told": table.unit_in_file}
    try:
        times = factor(parse_unit(table.unit), parse_unit(table.unit_in_file))
    except SonghuaError:  # two currencies, or words that are no unit here
        return [Issue("table_unit_differs", params)]
    if times == 1:
        return []
    return [Issue("table_scale_unit", {**params, "factor": short(max(times, 1 / times))})]


def total_of(table: InputOutputTable, name: str) -> float | None:
    """The table's own sum by name: `output`, `value_added`, or a category of final use or input.

    >>> from songhua.maths.example import table
    >>> [total_of(table(), name) for name in ("output", "value_added", "households", "exports")]
    [180.0, 110.0, 110.0, None]
    """
    if name == "output":
        return float(np.asarray(table.x).sum())
    if name == "value_added":
        rows = [row for row in table.v.index if not str(row).startswith(NOT_VALUE_ADDED)]
        return float(np.asarray(table.v.loc[rows]).sum())
    imported = 0.0
    if table.f_imported is not None and name in table.f_imported.columns:
        imported = float(np.asarray(table.f_imported[name]).sum())
    if name in table.f.columns:
        return float(np.asarray(table.f[name]).sum()) + imported
    return float(np.asarray(table.v.loc[name]).sum()) if name in table.v.index else None
