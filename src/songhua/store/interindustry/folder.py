"""The tables of a region's folder: `tables.toml` and the files in `tables/`, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from songhua.checks import interindustry as checks
from songhua.errors import Fault, SonghuaError
from songhua.interindustry import InputOutputTable
from songhua.store.interindustry import cross, plain, reader
from songhua.store.interindustry.mrio import PARSERS

KINDS = {"_industries.csv": "table_industries", "_concordance.csv": "table_concordances"}
Entries = Mapping[str, Mapping[str, Any]]


def companions(names: Mapping[str, Any]) -> dict[str, str]:
    """The files that belong to a table, by name, with the schema of each."""
    return {
        name: schema
        for name in names
        if name.startswith("tables/")
        for end, schema in KINDS.items()
        if name.endswith(end)
    }


def read(
    path: Path, files: Mapping[str, bytes], entries: Entries, beside: Mapping[str, pd.DataFrame]
) -> tuple[dict[str, InputOutputTable], list[Fault]]:
    """Every table that `tables.toml` names, audited; and all that is wrong with any of them."""
    found: dict[str, InputOutputTable] = {}
    faults: list[Fault] = []
    used: set[str] = {"tables.toml"}
    for id, entry in entries.items():
        file = str(entry["file"] or f"tables/{id}.csv")
        used |= {file, _file(id, entry, "industries"), _file(id, entry, "concordance")}
        if file not in files:
            faults.append(Fault("file_missing", file))
            continue
        try:
            table = _one(path / file, files[file], file, id, entry, beside)
        except SonghuaError as error:
            faults += [_at(fault, file) for fault in error.faults]
            continue
        companion = (_file(id, entry, what) for what in ("industries", "concordance"))
        faults += checks.companions_agree(table, file, *companion)
        totals, accepted = entry["known"] or {}, entry["accepted"] or ()
        faults += checks.audited(table, file, id, totals, accepted)
        found[id] = table
    for name in files:
        if name.startswith("tables/") and name not in used:
            faults.append(Fault("table_file_unused", name))
    return found, faults


def _file(id: str, entry: Mapping[str, Any], what: str) -> str:
    """The file with a table's industries or concordance: the one named, or the table's own."""
    return str(entry[what] or f"tables/{id}_{what}.csv")


def _at(fault: Fault, file: str) -> Fault:
    return Fault(fault.code, file, fault.row, fault.column, fault.params)


def _one(
    path: Path, data: bytes, file: str, id: str, entry: Mapping[str, Any],
    beside: Mapping[str, pd.DataFrame],
) -> InputOutputTable:  # fmt: skip
    """One table with what its entry says of it."""
    layout = str(entry["layout"] or "plain")
    about = {key: str(entry[key]) for key in ("region", "source", "classification")}
    year = int(entry["year"])
    if layout in PARSERS:
        params = {"layout": f": {layout}", "layouts": ", ".join(reader.LAYOUTS[:6])}
        raise SonghuaError(Fault("table_layout_unknown", file, params=params))
    grids = cross.grids(data, file)
    if layout == "plain" and not plain.is_plain(grids[0]):
        raise SonghuaError(Fault("table_not_plain", file, 1))
    extra: dict[str, Any] = {
        "name": entry["name"], "notes": (str(entry["note"]),) if entry["note"] else (),
        "industries": _frame(beside.get(_file(id, entry, "industries")), "code"),
        "concordance": _concordance(beside.get(_file(id, entry, "concordance"))),
    }  # fmt: skip
    if layout == "plain":
        told = {"kind": str(entry["kind"]), "unit": str(entry["unit"]), "year": year}
        told["decimals"] = int(entry["decimals"]) if entry["decimals"] != "" else None
        return plain.read(grids[0], file, {**told, **about, **extra})
    if extra["industries"] is None:
        del extra["industries"]  # the publisher's own names stay
    unit = str(entry["unit"])
    table = reader.from_grids(grids, path, layout, year, unit=unit, about={**about, **extra})
    if table.kind != entry["kind"]:
        params = {"kind": entry["kind"], "found": table.kind}
        raise SonghuaError(Fault("table_kind_differs", file, params=params))
    return table


def _frame(frame: pd.DataFrame | None, key: str) -> pd.DataFrame | None:
    return None if frame is None or frame.empty else frame.drop(columns="row").set_index(key)


def _concordance(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Shares with the old codes down and the industries across; what is not there is none of it."""
    if frame is None or frame.empty:
        return None
    shares = frame.assign(share=pd.to_numeric(frame["share"]).fillna(1.0))
    shares = shares.drop_duplicates(["old", "new"])
    wide = shares.pivot(index="old", columns="new", values="share").fillna(0.0)
    return wide.rename_axis(index=None, columns=None)
