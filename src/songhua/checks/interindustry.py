"""Checks of input-output tables: names and shares of their industries, and the audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from songhua.checks.fault_kinds import TableAcceptedAbsent
from songhua.checks.table_fault_kinds import (
    TableCellsMissing,
    TableIndustriesDiffer,
    TableKnownDiffers,
    TableKnownUnknown,
    TableOutputNegative,
    TableOutputZeroUsed,
    TableScale,
    TableScaleKnown,
    TableScaleUnit,
    TableShares,
    TableSign,
    TableSubtotal,
    TableTotalDiffers,
    TableTotalInside,
    TableTransposed,
    TableUnbalancedColumns,
    TableUnbalancedRows,
    TableUnitDiffers,
)
from songhua.errors import Fault
from songhua.fault_kinds import NumberUnreadable
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_audit import audit
from songhua.maths.table_totals import total_of

FILE = "tables.toml"
#: The fault of each issue of the audit that is grave, by its code.
KINDS: Mapping[str, type[Fault]] = {
    kind.code: kind
    for kind in (
        TableCellsMissing,
        TableKnownDiffers,
        TableOutputNegative,
        TableOutputZeroUsed,
        TableScale,
        TableScaleKnown,
        TableScaleUnit,
        TableSign,
        TableSubtotal,
        TableTotalDiffers,
        TableTotalInside,
        TableTransposed,
        TableUnbalancedColumns,
        TableUnbalancedRows,
        TableUnitDiffers,
    )
}


def companions_agree(
    table: InputOutputTable, file: str, industries: str, concordance: str
) -> list[Fault]:
    """Names and concordance speak of the industries that the table has, of all and no other.

    Args:
        table: the table.
        file, industries, concordance: the files of the table, its names and its concordance.
    """
    faults: list[Fault] = []
    codes = set(table.codes)
    for place, frame, axis in (
        (industries, table.industries, 0),
        (concordance, table.concordance, 1),
    ):
        if frame is None:
            continue
        odd = sorted(codes.symmetric_difference(map(str, frame.axes[axis])))
        if odd:
            faults.append(
                TableIndustriesDiffer(place, labels=tuple(odd[:12]), n=len(odd), table=file)
            )
    if table.concordance is not None:
        sums = table.concordance.sum(axis=1)
        for code in sums.index[np.abs(np.asarray(sums) - 1.0) > 1e-9]:
            faults.append(
                TableShares(concordance, of_code=str(code), sum=float(f"{sums[code]:.6g}"))
            )
    return faults


def audited(
    table: InputOutputTable,
    file: str,
    id: str,
    totals: Mapping[str, object],
    accepted: Collection[str],
) -> list[Fault]:
    """Grave issues of the audit that are not accepted by their code.

    Args:
        table: the table.
        file: its file.
        id: its name in `tables.toml`.
        totals: totals that are known from elsewhere, by name.
        accepted: codes that its entry accepts.
    """
    published: dict[str, float] = {}
    faults: list[Fault] = []
    for name, value in totals.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            column = f"{id}.known.{name}"
            faults.append(NumberUnreadable(FILE, None, column, text=str(value)[:80]))
        elif total_of(table, name) is None:
            faults.append(TableKnownUnknown(FILE, None, f"{id}.known", name=name))
        else:
            published[name] = float(value)
    issues = audit(table, published)
    for code in sorted(set(accepted) - {issue.code for issue in issues}):
        faults.append(TableAcceptedAbsent(FILE, None, id, of_code=code))
    return faults + [
        KINDS[issue.code](file, None, "", **issue.params)
        for issue in issues
        if issue.grave and issue.code not in accepted
    ]
