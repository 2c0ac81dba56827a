"""Rows given in memory are read and typed as those of the folder's tables are."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from songhua import schema
from songhua.errors import Fault
from songhua.region import Region
from songhua.rules import names as rulebooks
from songhua.store import observations, tables
from songhua.store.folder import known_labels
from songhua.store.tables import Parsed

Row = Mapping[str, str]


def figures(region: Region, rows: Sequence[Row], file: str) -> tuple[Region, list[Fault]]:
    """The region with these observations beside its own; or as it is, and what is wrong with them.

    Rows are numbered from 1 in the order given.
    """
    if not rows:
        return region, []
    parsed = _read("observations", rows, region, file)
    if parsed.faults:
        return region, parsed.faults
    more = observations.assemble([parsed], region.sources, region.indicators)
    frame = observations.joined(region.observations, more)
    again = observations.repeated(frame, schema.table("observations").identity)
    faults = [
        Fault(
            "row_repeats", file, int(row["row"]), "", {"key": f"{row['indicator']} {row['period']}"}
        )
        for _, row in frame[again & (frame["file"] == file).to_numpy()].iterrows()
    ]
    return (region, faults) if faults else (replace(region, observations=frame), [])


def texts(
    table: str, rows: Sequence[Row], region: Region, file: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Rows of a table of the plan as text by column, defaults filled in, and all their faults."""
    parsed = _read(table, rows, region, file)
    names = schema.table(table).names
    frame = {name: pd.Series(parsed.data.column(name).to_pylist(), dtype="str") for name in names}
    return pd.DataFrame(frame), parsed.faults


def _read(table: str, rows: Sequence[Row], region: Region, file: str) -> Parsed:
    """The rows as a table that was read; its rows and faults are numbered from 1."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(n for row in rows for n in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    known = {**known_labels(region), "rulebooks": set(rulebooks())}
    parsed = tables.read(out.getvalue().encode(), file, schema.table(table), known)
    faults = [replace(one, row=None if one.row is None else one.row - 1) for one in parsed.faults]
    if not faults and len(parsed.rows) < len(rows):
        column = schema.table(table).columns[0].name
        faults.append(Fault("value_missing", file, None, column))
    return replace(parsed, rows=parsed.rows - 1, faults=faults)
