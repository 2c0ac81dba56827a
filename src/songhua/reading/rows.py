"""Rows given in memory are read and typed as those of the folder's tables are."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from songhua import schema
from songhua.checks import known_labels
from songhua.errors import Fault
from songhua.fault_kinds import ValueMissing
from songhua.reading import observations, tables
from songhua.reading.tables import Parsed
from songhua.region import Region

Row = Mapping[str, str]


def figures(region: Region, rows: Sequence[Row], file: str) -> tuple[Region, list[Fault]]:
    """The region with these observations beside its own; or as it is, and what is wrong with them.

    Rows are numbered from 1 in the order given.
    """
    if not rows:
        return region, []
    more, faults = own_figures(region, rows, file)
    if faults:
        return region, faults
    return with_more(region, more), []


def with_more(region: Region, more: pd.DataFrame) -> Region:
    """The region with more observations beside its own; what is corrected is judged anew."""
    whole = observations.joined(region.figures.observations.frame, more)
    return replace(region, figures=region.figures.with_rows(whole))


def own_figures(region: Region, rows: Sequence[Row], file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """These observations alone, or none and what is wrong with them; numbered as in `figures`."""
    parsed = _read("observations", rows, region, file)
    read = [] if parsed.faults else [parsed]
    return observations.assemble(read, region.sources, region.indicators), parsed.faults


def texts(
    table: str, rows: Sequence[Row], region: Region, file: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Rows of a table of the plan as text by column, defaults filled in, and all their faults."""
    parsed = _read(table, rows, region, file)
    return parsed.frame().drop(columns="row"), parsed.faults


def _read(table: str, rows: Sequence[Row], region: Region, file: str) -> Parsed:
    """The rows as a table that was read; its rows and faults are numbered from 1."""
    out = io.StringIO()
    needed = [column.name for column in schema.table(table).columns if column.required]
    names = dict.fromkeys([*needed, *(name for row in rows for name in row)])
    writer = csv.DictWriter(out, list(names), restval="")
    writer.writeheader()
    writer.writerows(rows)
    ids = known_labels(region)
    parsed = tables.read(
        out.getvalue().encode("utf-8", "surrogatepass"), file, schema.table(table), ids
    )
    faults = [replace(fault, row=(fault.row or 1) - 1 or None) for fault in parsed.faults]
    if not faults and len(parsed.rows) < len(rows):
        column = schema.table(table).columns[0].name
        faults.append(ValueMissing(file, None, column))
    return replace(parsed, rows=parsed.rows - 1, faults=faults)
