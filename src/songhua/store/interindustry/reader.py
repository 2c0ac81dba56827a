"""One way in: a publisher's file to a table, by the layout that its codes show."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import TableMakeMissing
from songhua.maths.interindustry import InputOutputTable
from songhua.reading import limits
from songhua.reading.interindustry import cross, long, mrio, plain
from songhua.reading.interindustry.about import About
from songhua.reading.interindustry.assembly import assemble
from songhua.reading.interindustry.cross import Cross
from songhua.reading.interindustry.fault_kinds import (
    TableLayoutUnknown,
    TableSheetTurned,
    TableUnitMissing,
)
from songhua.reading.interindustry.layouts import layouts
from songhua.reading.sheets.grid import Grid
from songhua.store.disk import bytes_below, bytes_of, names_below

LAYOUTS = ("plain", "nbs", "oecd", "bea", "eurostat", "iotables", *mrio.PARSERS)


def read_table(
    path: str | Path,
    layout: str | None = None,
    *,
    year: int | None = None,
    make: str | Path | None = None,
    imported: str | Path | None = None,
    unit: str = "",
    region: str = "",
    source: str = "",
    classification: str = "",
) -> InputOutputTable:
    """An input-output table from a file as its publisher lays it out, unchanged.

    Nothing is repaired, filled in or added up; `songhua.maths.table_audit.audit` says what is
    wrong in it.

    Args:
        path: a CSV or XLSX file; a folder or archive for the databases of many regions.
        layout: `plain` (songhua's own), `nbs` (China's bureau: competitive, or domestic and
            imports apart), `oecd` (national tables), `bea` (use table, with `make`), `eurostat`
            (symmetric tables in long form), `iotables` (its wide form with names); `exiobase`,
            `wiod`, `gloria`, `eora` and `pymrio` need the extra `io`. None looks at the codes.
        year: the year wanted, where a file holds several or does not say.
        make: the make table that belongs to a use table.
        imported: the table of imports that belongs to a table.
        unit: the unit, where the layout does not say it.
        region, source, classification: kept with the table.

    Raises:
        SonghuaError: `table_layout_unknown`, and every fault of the file.
    """
    file = Path(path)
    about: About = {"region": region, "source": source, "classification": classification}
    if layout is not None and layout not in LAYOUTS:
        raise SonghuaError(_unknown(file, layout))
    if layout in mrio.PARSERS:
        return mrio.read(file, layout, year, unit, about)
    grids = cross.grids(bytes_of(file, most=limits.FILE), file.name)
    return from_grids(grids, file, layout, year, make, imported, unit, about)


def from_grids(
    grids: list[Grid],
    file: Path,
    layout: str | None,
    year: int | None = None,
    make: str | Path | None = None,
    imported: str | Path | None = None,
    unit: str = "",
    about: About | None = None,
) -> InputOutputTable:
    """The first sheet that is laid out as said, or as any publisher does.

    Raises:
        SonghuaError: `table_layout_unknown`, and every fault of the sheet.
    """
    about = about or About()
    for name in [layout] if layout else LAYOUTS:
        for grid in grids:
            table = _table_of(grid, file, name, year, make, imported, unit, about)
            if table is not None:
                return table
    if any(_turned(grid) for grid in grids):
        raise SonghuaError(TableSheetTurned(file.name))
    raise SonghuaError(_unknown(file, layout or ""))


def _turned(grid: Grid) -> bool:
    """True if the sheet would be recognised with rows and columns exchanged."""
    marks = [words.marks[::-1] for words in layouts().values()]
    plainly = [grid.text(0, 0), grid.text(1, 0)] == ["part", "code"]
    return plainly or any(cross.place(grid, pair) is not None for pair in marks)


def _unknown(file: Path, layout: str) -> Fault:
    return TableLayoutUnknown(
        file.name, layout=f": {layout}" if layout else "", layouts=tuple(LAYOUTS)
    )


def _table_of(
    grid: Grid,
    file: Path,
    layout: str,
    year: int | None,
    make: str | Path | None,
    imported: str | Path | None,
    unit: str,
    about: About,
) -> InputOutputTable | None:
    """The table, if the grid is laid out so."""
    if layout == "plain":
        if not plain.is_plain(grid):
            return None
        return plain.read(grid, file.name, about, unit=unit, year=year)
    sheet = _cross(grid, file.name, layout, year)
    if sheet is None:
        return None
    beside = (
        _second(file, imported, layout, year, "Import") if layout in ("bea", "eurostat") else None
    )
    make_table = _make(file, make) if layout == "bea" else None
    year = year or sheet.year or _year_of(file)
    unit = unit or sheet.unit or layouts()[layout].unit
    if not unit:
        raise SonghuaError(TableUnitMissing(file.name))
    if layout == "bea" and beside is not None:
        return _with_imports(
            assemble(sheet, layout, make_table, None, unit=unit, year=year, **about), beside
        )
    return assemble(sheet, layout, make_table, beside, unit=unit, year=year, **about)


def _cross(grid: Grid, file: str, layout: str, year: int | None) -> Cross | None:
    """The grid as a cross table; None if it is laid out otherwise."""
    if layout not in layouts():
        return None
    if layout == "eurostat":
        return long.read(grid, file)
    at = cross.place(grid, layouts()[layout].marks)
    return None if at is None else cross.read(grid, file, *at, year)


def _year_of(file: Path) -> int | None:
    year = re.search(r"(?:19|20)\d\d(?!\d)", file.name)
    return int(year[0]) if year else None


def _sibling(file: Path, word: str) -> Path | None:
    """The one file beside a use table that is named like it with another word."""
    pattern = re.sub(r"Use_(\d{4})(_PRO)?", rf"{word}_\1", file.name)
    if pattern == file.name:
        return None
    exact = file.with_name(pattern)
    start = f"{pattern.split('_After')[0]}_"
    beside = names_below(file.parent)
    near = [name for name in beside if name.startswith(start) and name.endswith(file.suffix)]
    return exact if exact.exists() else file.with_name(near[0]) if len(near) == 1 else None


def _beside(path: Path, chosen: bool) -> Grid:
    """The first sheet of a table beside another; one that nobody named is read behind no link."""
    most = limits.FILE
    data = bytes_of(path, most=most) if chosen else bytes_below(path.parent, path.name, most=most)
    return cross.grids(data, path.name)[0]


def _make(file: Path, make: str | Path | None) -> pd.DataFrame:
    """The make table: industries down, products across.

    Raises:
        SonghuaError: `table_make_missing`, and every fault of the file.
    """
    path = Path(make) if make else _sibling(file, "Make")
    if path is None:
        raise SonghuaError(TableMakeMissing(file.name))
    grid = _beside(path, chosen=bool(make))
    sheet = cross.read(grid, path.name, 0, 0)
    frame = pd.DataFrame(sheet.numbers, index=sheet.rows, columns=sheet.columns)
    return frame.loc[
        [row for row in frame.index if not row.startswith("Total")],
        [column for column in frame.columns if not column.startswith("Total")],
    ]


def _second(
    file: Path, imported: str | Path | None, layout: str, year: int | None, word: str
) -> Cross | None:
    """The table of imports beside a table, where one is named or found."""
    path = Path(imported) if imported else (_sibling(file, word) if layout == "bea" else None)
    if path is None:
        return None
    grid = _beside(path, chosen=bool(imported))
    if layout == "bea":
        return cross.read(grid, path.name, 0, 0)
    sheet = _cross(grid, path.name, layout, year)
    if sheet is None:
        raise SonghuaError(_unknown(path, layout))
    return sheet


def _with_imports(table: InputOutputTable, sheet: Cross) -> InputOutputTable:
    """A use table with the part of each cell that is imported."""
    from dataclasses import replace

    words = layouts()["bea"].final
    frame = pd.DataFrame(sheet.numbers, index=sheet.rows, columns=sheet.columns)
    frame = frame.loc[[row for row in frame.index if row in table.Z.index]]
    finals = [code for code in frame.columns if words.get(code) in table.f.columns]
    f = frame[finals].rename(columns=words).drop(columns="imports")
    return replace(table, Z_imported=frame[list(table.Z.columns)], f_imported=f)
