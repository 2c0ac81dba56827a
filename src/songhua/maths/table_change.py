"""The change of output between two tables by its drivers: technology and each final use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import TableKind, TableKindsApart
from songhua.maths.constructs import deflate
from songhua.maths.fault_kinds import TableUnitsApart
from songhua.maths.input_output import (
    structural_decomposition,
    technical_coefficients,
    without_output,
)
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_issues import Issue, first_labels

Years = tuple[InputOutputTable, InputOutputTable]


@dataclass(frozen=True)
class OutputChange:
    """A change of output in parts, with the issues that a reader must know.

    Attributes:
        parts: industry × (`technology`, ""), (`mix` and `level`, or `change`, of each final use),
            (`residual`, ""), (`total`, ""), in the tables' unit. The parts add up to the total.
        issues: first the heading, `table_current_prices` or `table_constant_prices`.
    """

    parts: pd.DataFrame
    issues: list[Issue]

    def drivers(self) -> pd.DataFrame:
        """The parts with mix and level of each final use together: industry × driver."""
        uses = self.parts.columns.get_level_values(1)
        kinds = self.parts.columns.get_level_values(0)
        names = pd.Index([str(u or k) for u, k in zip(uses, kinds, strict=True)])
        return self.parts.T.groupby(names, sort=False).sum(min_count=1).T


def output_change(
    before: InputOutputTable,
    after: InputOutputTable,
    method: Literal["polar", "all"] = "all",
    prices: tuple[pd.Series, pd.Series] | None = None,
) -> OutputChange:
    """The parts of the change of each industry's output between two tables.

    x = L sum_k m_k t_k: `technology` is the change of L, `mix` and `level` those of the goods
    within each final use and of its total (`change` is all of a use without a mix), as
    `structural_decomposition` says. `residual` is the change of output that the tables do not
    account for, since their rows close to the printed decimals only.

    Without deflators every part holds the change of prices, and the heading says so. Where imports
    are inside, L is that of all inputs, made at home or not, and imports are a final use that is
    taken off: their growth counts against output.

    Args:
        before, after: symmetric tables of one kind, unit and classification (`common_tables`).
            A final use that one of them lacks is zero in it, and a finding names it.
        method: the mean of `all` orders in which the factors may change, or of the two `polar`
            ones.
        prices: index of price by industry in each of the two years, on one base; imports are
            taken to have the same.

    Raises:
        SonghuaError: `table_kind` for a supply-use table; `table_kinds_apart`;
            `table_units_apart`; `labels_differ`; `deflator_impossible`; `io_not_productive`.

    >>> labels = ["food", "tools"]
    >>> def table(year, used, homes):
    ...     x = pd.Series([used + homes[0], homes[1]], labels)
    ...     Z = pd.DataFrame([[0, used], [0, 0]], labels, labels)
    ...     f, v = pd.DataFrame({"homes": homes}, labels), (x - Z.sum()).to_frame("pay").T
    ...     return InputOutputTable(Z, f, v, x, kind="domestic", unit="m EUR", year=year)
    >>> change = output_change(table(2015, 20, [10, 40]), table(2020, 20, [20, 80]))
    >>> change.drivers().drop(columns="residual").round(9)
           technology  homes  total
    food        -15.0   25.0   10.0
    tools         0.0   40.0   40.0
    >>> [issue.code for issue in change.issues]
    ['table_current_prices']
    """
    _comparable(before, after)
    years = (before, after)
    absent = [
        _uses(second).difference(_uses(first), sort=False) for first, second in (years, years[::-1])
    ]
    issues = [*_issues(years, absent, deflated=prices is not None)]
    ends = [
        _end(table, absent_uses, None if prices is None else prices[k])
        for k, (table, absent_uses) in enumerate(zip(years, absent, strict=True))
    ]
    (A0, f0, x0), (A1, f1, x1) = ends
    parts = structural_decomposition(A0, A1, f0, f1, method=method, by_use=True)
    unsplit = pd.Index([use for kind, use in parts.columns if kind == "change"])
    if len(unsplit):
        issues.append(
            Issue("table_change_without_mix", {"uses": first_labels(unsplit)}, grave=False)
        )
    total = parts["total", ""]
    change = (x1.reindex(x0.index) - x0).where(total.notna())
    parts = parts.drop(columns="total", level=0)
    parts[("residual", "")], parts[("total", "")] = change - total, change
    return OutputChange(parts, issues)


def _comparable(before: InputOutputTable, after: InputOutputTable) -> None:
    """Refuse tables whose numbers cannot be compared (§4)."""
    for table in (before, after):
        if table.make is not None:
            raise SonghuaError(TableKind(kind=table.kind, kinds="domestic, competitive"))
    if before.kind != after.kind:
        kinds = tuple(sorted({before.kind, after.kind}))
        raise SonghuaError(TableKindsApart(kinds=kinds))
    if before.unit != after.unit:
        units = f"{before.unit}, {after.unit}"
        raise SonghuaError(TableUnitsApart(units=units))


def _uses(table: InputOutputTable) -> pd.Index:
    return table.f.columns


def _end(
    table: InputOutputTable, absent: pd.Index, prices: pd.Series | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Coefficients, final uses and output of one year, at the prices asked for."""
    Z, f, x = table.Z, table.f.assign(**dict.fromkeys(absent, 0.0)), table.x
    if prices is not None:
        real = deflate(Z, x, prices, f)
        assert real.final is not None
        Z, f, x = real.Z, real.final, real.output
    return technical_coefficients(Z, x), f, x


def _issues(years: Years, absent: list[pd.Index], deflated: bool) -> Iterator[Issue]:
    """The heading, and the issues of the two tables."""
    heading = "table_constant_prices" if deflated else "table_current_prices"
    yield Issue(heading, grave=False)
    if years[0].imports_inside:
        yield Issue("table_change_imports_inside", grave=False)
    for table, absent_uses in zip(years, absent, strict=True):
        if len(absent_uses):
            params = {"year": table.year, "uses": first_labels(absent_uses)}
            yield Issue("table_change_use_absent", params, grave=False)
        if idle := without_output(table.x):
            params = {"year": table.year, "labels": first_labels(pd.Index(idle))}
            yield Issue("table_change_without_output", params, grave=False)
