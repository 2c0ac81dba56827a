"""What must hold of input-output tables: names and shares of their industries, and the audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from songhua.checks.fault_kinds import TableAcceptedAbsent
from songhua.errors import Fault, coded_fault
from songhua.interindustry import InputOutputTable
from songhua.maths.table_audit import audit
from songhua.maths.table_totals import total_of

FILE = "tables.toml"


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
            params = {"labels": tuple(odd[:12]), "n": len(odd), "table": file}
            faults.append(coded_fault("table_industries_differ", place, params=params))
    if table.concordance is not None:
        sums = table.concordance.sum(axis=1)
        for code in sums.index[np.abs(np.asarray(sums) - 1.0) > 1e-9]:
            params = {"code": code, "sum": float(f"{sums[code]:.6g}")}
            faults.append(coded_fault("table_shares", concordance, params=params))
    return faults


def audited(
    table: InputOutputTable,
    file: str,
    id: str,
    totals: Mapping[str, object],
    accepted: Collection[str],
) -> list[Fault]:
    """What the audit finds that is grave and not accepted, by its code.

    Args:
        table: the table.
        file: its file.
        id: its name in `tables.toml`.
        totals: totals that are known from elsewhere, by name.
        accepted: codes that its entry accepts.
    """
    known: dict[str, float] = {}
    faults: list[Fault] = []
    for name, value in totals.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            params = {"text": str(value)[:80]}
            faults.append(
                coded_fault("number_unreadable", FILE, None, f"{id}.known.{name}", params)
            )
        elif total_of(table, name) is None:
            params = {"name": name}
            faults.append(coded_fault("table_known_unknown", FILE, None, f"{id}.known", params))
        else:
            known[name] = float(value)
    issues = audit(table, known)
    for code in sorted(set(accepted) - {issue.code for issue in issues}):
        faults.append(TableAcceptedAbsent(FILE, None, id, of_code=code))
    return faults + [
        coded_fault(issue.code, file, params=issue.params)
        for issue in issues
        if issue.grave and issue.code not in accepted
    ]
