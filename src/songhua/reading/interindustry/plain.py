"""Songhua's own layout of an input-output table: one sheet, CSV or XLSX.

    part,        code,   food, tools, households, exports, output
    domestic,    food,   10,   20,    50,         20,      100
    domestic,    tools,  30,   10,    30,         10,      80
    imported,    food,   5,    1,     4,          0,
    imported,    tools,  0,    9,     3,          0,
    value_added, labour, 40,   30,    ,           ,
    value_added, surplus,15,   10,    ,           ,
    total,       output, 100,  80,    ,           ,

The codes of the rows `domestic` (or `all`, when imports are inside) are the industries, and each
has a column. The other columns are categories of final use; `output` is output, and where imports
are inside, `imports` takes them off with a minus sign. A cell of flows or final use may not be
blank: a zero is written. Rows of `memo` stand in no sum.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import NumberUnreadable, RowRepeats, TableKind, ValueMissing
from songhua.maths.interindustry import InputOutputTable, Total
from songhua.reading.interindustry.about import About
from songhua.reading.interindustry.cross import as_number, decimals_of
from songhua.reading.interindustry.fault_kinds import (
    TableCellBlank,
    TableColumnMissing,
    TablePartMissing,
    TablePartUnknown,
    TableRowWithoutColumn,
)
from songhua.reading.sheets.faults import Faults, letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.table_fault_kinds import ColumnRepeats

PARTS = ("domestic", "imported", "all", "value_added", "total", "memo")
TOTALS = {
    "intermediate_use": ("rows", ("Z",)),
    "final_use": ("rows", ()),
    "intermediate_input": ("columns", ("Z", "Z_imported")),
    "value_added": ("columns", ()),
}


def is_plain(grid: Grid) -> bool:
    """True where the first row begins with `part` and `code`."""
    return bool(grid.cells) and [grid.text(0, 0), grid.text(0, 1)] == ["part", "code"]


def read(
    grid: Grid,
    file: str,
    about: About,
    *,
    unit: str,
    year: int | None,
    kind: str = "",
    decimals: int | None = None,
) -> InputOutputTable:
    """The table in a grid of the plain layout; what is not in the sheet stands in its entry.

    Raises:
        SonghuaError: all faults of the sheet: `table_part_unknown`, `label_repeats`,
            `number_unreadable`, `table_column_missing`, `table_column_extra`, `table_cell_blank`,
            `table_part_missing`.
    """
    faults = Faults(file)
    heading = [grid.text(0, column) for column in range(2, grid.width)]
    rows = [row for row in range(1, len(grid.cells)) if grid.filled(row)]
    frames, most = _frames(grid, rows, heading, faults)
    codes = list(
        frames["domestic"].index
        if "domestic" in frames
        else frames.get("all", pd.DataFrame()).index
    )
    _heading(heading, codes, frames, faults)
    if faults:
        raise SonghuaError(*faults.listed())
    kind = kind or ("domestic" if "domestic" in frames else "competitive")
    decimals = most if decimals is None else decimals
    table = _table(frames, codes, heading, kind, unit, year, decimals, about)
    _blank(table, grid, rows, heading, faults)
    if faults:
        raise SonghuaError(*faults.listed())
    return table


def _frames(
    grid: Grid, rows: list[int], heading: list[str], faults: Faults
) -> tuple[dict[str, pd.DataFrame], int]:
    """The rows by part, as numbers; blank cells are missing."""
    by_part: dict[str, dict[str, list[float]]] = {}
    most = 0
    for row in rows:
        part, code = grid.text(row, 0), grid.text(row, 1)
        if part not in PARTS:
            faults.add(TablePartUnknown("", row + 1, "part", text=part[:80], parts=PARTS))
            continue
        if not code or code in by_part.setdefault(part, {}):
            fault = RowRepeats(key=f"{part} {code}") if code else ValueMissing()
            faults.add(fault.at("", row + 1, "code"))
            continue
        numbers: list[float] = []
        for column in range(2, len(heading) + 2):
            text = grid.text(row, column)
            number = as_number(text) if text else float("nan")
            if number is None or (text and np.isnan(number)):
                fault = NumberUnreadable(text=text[:80])
                faults.add(fault.at("", row + 1, letters(column)))
                number = float("nan")
            most = max(most, decimals_of(text) if not np.isnan(number) else 0)
            numbers.append(number)
        by_part[part][code] = numbers
    frames = {
        part: pd.DataFrame.from_dict(lines, orient="index", columns=pd.Index(heading))
        for part, lines in by_part.items()
    }
    return frames, most


def _heading(
    heading: list[str], codes: list[str], frames: Mapping[str, pd.DataFrame], faults: Faults
) -> None:
    """Every industry has a column, `output` stands once, and nothing stands twice."""
    if not codes or ("domestic" in frames and "all" in frames):
        faults.add(TablePartMissing(part="domestic"))
    for name in sorted({name for name in heading if heading.count(name) > 1 or not name}):
        faults.add(ColumnRepeats(row=1, name=name))
    for code in codes:
        if code not in heading:
            faults.add(TableColumnMissing(row=1, label=code))
    for part in ("value_added", "total"):
        if part not in frames:
            faults.add(TablePartMissing(part=part))
    if "total" in frames and "output" not in frames["total"].index:
        faults.add(TablePartMissing(part="output"))
    if "output" not in heading:
        faults.add(TableColumnMissing(row=1, label="output"))
    for code in frames.get("imported", pd.DataFrame()).index:
        if code not in codes:
            faults.add(TableRowWithoutColumn(label=str(code)))


def _table(
    frames: Mapping[str, pd.DataFrame],
    codes: list[str],
    heading: list[str],
    kind: str,
    unit: str,
    year: int | None,
    decimals: int,
    about: About,
) -> InputOutputTable:
    flows = frames["domestic"] if "domestic" in frames else frames["all"]
    final = [name for name in heading if name not in codes and name not in (*TOTALS, "output")]
    imported = frames.get("imported")
    imported = None if imported is None else imported.reindex(codes)
    memo = frames.get("memo")
    return InputOutputTable(
        Z=flows[codes],
        f=flows[final],
        v=frames["value_added"][codes],
        x=pd.Series(frames["total"].T["output"])[codes],
        kind=kind,
        unit=unit,
        year=year,
        Z_imported=None if imported is None else imported[codes],
        f_imported=None if imported is None else imported[final],
        memo=None if memo is None else memo[codes],
        printed=tuple(_totals(frames, flows, imported, codes, final)),
        decimals=decimals,
        layout="plain",
        **about,
    )


def _totals(
    frames: Mapping[str, pd.DataFrame],
    flows: pd.DataFrame,
    imported: pd.DataFrame | None,
    codes: list[str],
    final: list[str],
) -> list[Total]:
    """The printed totals; output by row is one of them."""
    added = [
        row
        for row in frames["value_added"].index
        if not str(row).startswith(("product_taxes", "imports"))
    ]
    totals = [Total("output", "rows", ("Z", *final), flows["output"])]
    for name, (axis, parts) in TOTALS.items():
        if axis == "rows" and name in flows.columns:
            totals.append(Total(name, axis, parts or tuple(final), flows[name]))
        if axis == "columns" and name in frames["total"].index:
            whole = tuple(added) if name == "value_added" else parts[: 1 + (imported is not None)]
            totals.append(Total(name, axis, whole, pd.Series(frames["total"].T[name])[codes]))
    return totals


def _blank(
    table: InputOutputTable, grid: Grid, rows: list[int], heading: list[str], faults: Faults
) -> None:
    """Blank cells where a number must stand, each with its place."""
    needed = {code for part in (table.Z, table.f) for code in map(str, part.columns)} | {"output"}
    for row in rows:
        part = grid.text(row, 0)
        wanted = (
            needed
            if part in ("domestic", "all")
            else set(table.codes)
            if part != "imported"
            else needed - {"output"}
        )
        for column, name in enumerate(heading, start=2):
            if name in wanted and not grid.text(row, column) and part != "memo":
                faults.add(TableCellBlank("", row + 1, name))


def template(codes: Sequence[str], imports: str = "beside") -> bytes:
    """An empty table in the plain layout for these industries, to be filled in.

    `imports` is `beside` (rows of their own) or `inside` (then the column `imports`).

    >>> print(template(["food", "tools"], "inside").decode().splitlines()[1])
    all,food,,,,,,,,,
    """
    final = ["households", "government", "fixed_capital", "inventories", "exports"]
    final += ["imports"] if imports == "inside" else []
    width = len(codes) + len(final) + 1
    parts = [("all" if imports == "inside" else "domestic", code) for code in codes]
    parts += [("imported", code) for code in codes] if imports == "beside" else []
    parts += [("value_added", row) for row in ("labour", "production_taxes", "depreciation")]
    parts += [("value_added", "surplus"), ("total", "output")]
    lines = [["part", "code", *codes, *final, "output"]]
    lines += [[part, code, *[""] * width] for part, code in parts]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def write(table: InputOutputTable) -> bytes:
    """A symmetric table in the plain layout, as CSV: what `read` reads back unchanged.

    Numbers have the decimals that the table says, or else all their digits.

    Raises:
        SonghuaError: `table_kind`, for a supply-use table.
    """
    if table.make is not None:
        raise SonghuaError(TableKind(kind=table.kind, kinds="domestic, competitive"))
    codes, final = table.codes, [str(name) for name in table.f.columns]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["part", "code", *codes, *final, "output"])
    first_part = "domestic" if table.kind == "domestic" else "all"
    for code in table.Z.index:
        line = [*table.Z.loc[code], *table.f.loc[code], table.x.loc[code]]
        out.writerow([first_part, code, *(_printed(value, table.decimals) for value in line)])
    if table.Z_imported is not None and table.f_imported is not None:
        foreign = table.f_imported.reindex(columns=table.f.columns).fillna(0.0)
        for code in table.Z.index:
            line = [*table.Z_imported.loc[code], *foreign.loc[code]]
            out.writerow(["imported", code, *(_printed(v, table.decimals) for v in line), ""])
    blank = [""] * (len(final) + 1)
    for part, frame in (("value_added", table.v), ("memo", table.memo)):
        for row in frame.index if frame is not None else ():
            line = [_printed(value, table.decimals) for value in frame.loc[row]]  # type: ignore[union-attr]
            out.writerow([part, row, *line, *blank])
    line = [_printed(value, table.decimals) for value in table.x]
    out.writerow(["total", "output", *line, *blank])
    return text.getvalue().encode()


def _printed(value: float, decimals: int | None) -> str:
    if np.isnan(value):
        return ""
    text = f"{value:.{decimals}f}" if decimals is not None else repr(float(value))
    return text.removeprefix("-") if float(text) == 0 else text
