"""Checks of the parts of a table's industries that belong to industries of the region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from songhua.checks.fault_kinds import AboveMost
from songhua.checks.table_fault_kinds import (
    PartCodeUnknown,
    PartOutside,
    PartOutsideList,
    PartRange,
)
from songhua.checks.values import nearest
from songhua.errors import Fault
from songhua.fault_kinds import BelowLeast
from songhua.maths.interindustry import InputOutputTable
from songhua.results import read_rows

#: The largest turnover for each unit of output; a share is one at most.
MOST_TURNOVER = 100
WHOLE = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of parts: which share of a code belongs to an industry."""

    industry: str
    code: str
    measure: str
    low: str
    high: str
    basis: str
    row: int = 0

    @property
    def ends(self) -> tuple[float, float]:
        """The range as numbers."""
        return float(self.low), float(self.high)


def parts_sound(
    frame: pd.DataFrame, table: InputOutputTable, file: str, industries: str
) -> list[Fault]:
    """Codes that the table has, ranges that are some, and inside what they must be inside of.

    Args:
        frame: the rows as text, every cell of its type.
        table: the table that they speak of.
        file, industries: the files of the rows and of the table's industries.

    >>> from songhua.studies.diagnose import town
    >>> row = {"industry": "food", "code": "foods", "measure": "", "low": "0.4", "high": "0.3",
    ...        "basis": "assumed", "row": 2}
    >>> told = parts_sound(pd.DataFrame([row]), town.table(), "p.csv", "i.csv")
    >>> [(fault.code, fault.column, fault.row) for fault in told]
    [('part_code_unknown', 'code', 2), ('part_range', 'low', 2)]
    """
    rows = read_rows(frame, PartRow)
    definitions = {
        (row.industry, row.code, row.measure): row for row in rows if row.basis == "definition"
    }
    faults: list[Fault] = []
    for row in rows:
        if row.code not in table.codes:
            faults.append(
                PartCodeUnknown(
                    file,
                    row.row or None,
                    "code",
                    low=row.low,
                    high=row.high,
                    text=row.code[:80],
                    near=nearest(row.code, table.codes),
                    labels=tuple(table.codes),
                )
            )
        wrong = list(_range(row, file))
        faults += wrong or _inside(row, definitions, table, file, industries)
    return faults


def _range(row: PartRow, file: str) -> Iterator[Fault]:
    """A range whose ends are turned, or that no share or turnover can have."""
    most = MOST_TURNOVER if row.measure == "revenue" else 1
    for name, number in zip(("low", "high"), row.ends, strict=True):
        where, text = (file, row.row or None, name), f"{number:g}"
        if number < 0:
            yield BelowLeast(*where, name=name, text=text, least="0")
        elif number > most:
            yield AboveMost(*where, name=name, text=text, most=f"{most}")
    if row.ends[0] > row.ends[1]:
        yield PartRange(file, row.row or None, "low", low=row.low, high=row.high)


def _inside(
    row: PartRow,
    definitions: dict[tuple[str, str, str], PartRow],
    table: InputOutputTable,
    file: str,
    industries: str,
) -> Iterator[Fault]:
    """Faults for a range outside the list of industries, or outside the range by definition."""
    if row.measure != "revenue" and _whole(table, row.industry, row.code):
        yield from _outside(row, WHOLE, PartOutsideList, file, industries)
    if row.basis != "assumed":
        return
    for measure in dict.fromkeys(("revenue",) if row.measure == "revenue" else ("", row.measure)):
        wider = definitions.get((row.industry, row.code, measure))
        if wider is not None:
            yield from _outside(row, wider.ends, PartOutside, file, wider.row)


def _whole(table: InputOutputTable, industry: str, code: str) -> bool:
    """True where the list of the table's industries has all of a code in an industry."""
    described = table.industries
    if described is None or code not in described.index:
        return False
    cells = {str(name): str(cell) for name, cell in described.loc[code].items()}
    if cells.get("within") == industry:
        return True
    return cells.get("industry") == industry and cells.get("inclusion") != "partial"


def _outside(
    row: PartRow,
    wider: tuple[float, float],
    kind: type[PartOutside | PartOutsideList],
    file: str,
    where: int | str,
) -> Iterator[Fault]:
    low, high = row.ends
    if not wider[0] <= low <= high <= wider[1]:
        column = "low" if low < wider[0] else "high"
        yield kind(
            file,
            row.row or None,
            column,
            low=row.low,
            high=row.high,
            least=f"{wider[0]:g}",
            most=f"{wider[1]:g}",
            where=where,
        )
