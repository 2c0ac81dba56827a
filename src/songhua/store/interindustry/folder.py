"""The tables of a region's folder: `tables.toml` and the files in `tables/`, all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from songhua.checks import interindustry as checks
from songhua.checks.table_parts import parts_sound
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FileMissing
from songhua.maths.interindustry import InputOutputTable
from songhua.messages import Words
from songhua.reading import csv_rows
from songhua.reading.interindustry import cross, plain
from songhua.reading.interindustry.about import About
from songhua.reading.interindustry.fault_kinds import (
    TableFileUnused,
    TableKindDiffers,
    TableLayoutUnknown,
    TableNotPlain,
)
from songhua.reading.interindustry.mrio import PARSERS
from songhua.schema import Catalogue, Entry
from songhua.store.interindustry import reader

KINDS = {
    "industries": "table_industries",
    "concordance": "table_concordances",
    "parts": "table_parts",
}


@dataclass(frozen=True)
class TableEntry:
    """An entry of `tables.toml`: the place of a table and of its files, and its properties."""

    file: str
    industries: str
    concordance: str
    parts: str
    region: str
    source: str
    year: int
    name: Words
    kind: str
    unit: str
    layout: str = "plain"
    prices: str = ""
    classification: str = ""
    note: str = ""
    decimals: int | None = None
    known: Mapping[str, float] = field(default_factory=dict)
    accepted: Sequence[str] = ()

    @classmethod
    def read(cls, id: str, entry: Entry) -> TableEntry:
        """The entry; a file that it does not name is called like the table."""
        usual = {kind: f"tables/{id}_{kind}.csv" for kind in KINDS}
        filled = {name: value for name, value in entry.items() if value not in ("", None)}
        names = {"file": f"tables/{id}.csv", **usual, **filled, "name": Words.of(entry["name"])}
        return cls(**names)


def companions(names: Collection[str], entries: Catalogue) -> dict[str, str]:
    """The files that stand beside tables, by name, with the schema of each; no table is one.

    >>> companions(["tables/a_parts.csv", "tables/b.csv"], {"a": {"industries": "tables/b.csv"}})
    {'tables/a_parts.csv': 'table_parts', 'tables/b.csv': 'table_industries'}
    """
    tables = {str(entry.get("file") or f"tables/{id}.csv") for id, entry in entries.items()}
    ended = {
        name: schema
        for name in names
        if name.startswith("tables/") and name not in tables
        for kind, schema in KINDS.items()
        if name.endswith(f"_{kind}.csv")
    }
    declared = {
        name: schema
        for entry in entries.values()
        for kind, schema in KINDS.items()
        if (name := str(entry.get(kind) or "")) in names
    }
    return ended | declared


def read(
    path: Path, files: Mapping[str, bytes], entries: Catalogue, beside: Mapping[str, pd.DataFrame]
) -> tuple[dict[str, InputOutputTable], list[Fault]]:
    """Every table that `tables.toml` names, audited; and all that is wrong with any of them."""
    tables: dict[str, InputOutputTable] = {}
    faults: list[Fault] = []
    known_files: set[str] = {"tables.toml"}
    for id, described in entries.items():
        entry = TableEntry.read(id, described)
        file = entry.file
        known_files |= {file, entry.industries, entry.concordance, entry.parts}
        paths = (str(described[kind] or "") for kind in KINDS)
        faults += [FileMissing(name) for name in paths if name and name not in files]
        if file not in files:
            faults.append(FileMissing(file))
            continue
        try:
            table = _read_entry(path / file, files[file], entry, beside)
        except SonghuaError as error:
            faults += [_at(fault, file) for fault in error.faults]
            continue
        faults += checks.companions_agree(table, file, entry.industries, entry.concordance)
        if entry.parts in beside:
            found_here = parts_sound(beside[entry.parts], table, entry.parts, entry.industries)
            faults += [fault for fault in found_here if fault not in faults]
        faults += checks.audited(table, file, id, entry.known, entry.accepted)
        tables[id] = table
    for name in files:
        if name.startswith("tables/") and name not in known_files:
            faults.append(TableFileUnused(name))
    return tables, faults


def _at(fault: Fault, file: str) -> Fault:
    return fault.at(file, fault.row, fault.column)


def _read_entry(
    path: Path, data: bytes, entry: TableEntry, beside: Mapping[str, pd.DataFrame]
) -> InputOutputTable:
    """One table with what its entry says of it."""
    file, layout, year = entry.file, entry.layout, entry.year
    if layout in PARSERS:
        raise SonghuaError(
            TableLayoutUnknown(file, layout=f": {layout}", layouts=tuple(reader.LAYOUTS[:6]))
        )
    packed = data.startswith(b"PK\x03\x04")
    if layout == "plain" and not packed and (wrong := csv_rows.strict(data, file)):
        raise SonghuaError(*wrong)
    grids = cross.grids(data, file)
    if layout == "plain" and not plain.is_plain(grids[0]):
        raise SonghuaError(TableNotPlain(file, 1))
    industries = _frame(beside.get(entry.industries), "code")
    concordance = _concordance(beside.get(entry.concordance))
    about: About = {
        "region": entry.region,
        "source": entry.source,
        "classification": entry.classification,
        "name": entry.name,
        "notes": (entry.note,) if entry.note else (),
        "concordance": concordance,
        "parts": _parts(beside.get(entry.parts)),
    }
    if industries is not None:  # else a publisher's own names stay
        about["industries"] = industries
    if layout == "plain":
        return plain.read(
            grids[0],
            file,
            about,
            unit=entry.unit,
            year=year,
            kind=entry.kind,
            decimals=entry.decimals,
        )
    table = reader.from_grids(grids, path, layout, year, unit=entry.unit, about=about)
    if table.kind != entry.kind:
        raise SonghuaError(TableKindDiffers(file, kind=entry.kind, found=table.kind))
    return table


def _frame(frame: pd.DataFrame | None, key: str) -> pd.DataFrame | None:
    return None if frame is None or frame.empty else frame.drop(columns="row").set_index(key)


def _parts(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """A row a part, its ends as numbers."""
    if frame is None or frame.empty:
        return None
    ends = {end: pd.to_numeric(frame[end]) for end in ("low", "high")}
    return frame.drop(columns="row").assign(**ends)


def _concordance(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Shares with the old codes down and the industries across; what is not there is none of it."""
    if frame is None or frame.empty:
        return None
    shares = frame.assign(share=pd.to_numeric(frame["share"]).fillna(1.0))
    shares = shares.drop_duplicates(["old", "new"])
    wide = shares.pivot(index="old", columns="new", values="share").fillna(0.0)
    return wide.rename_axis(index=None, columns=None)
