"""Reading a region's folder: its files, all faults of all of them, then the region and its plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from songhua import checks, schema
from songhua.errors import Fault, SonghuaError
from songhua.interindustry import InputOutputTable
from songhua.labels import parse_period
from songhua.plan import Plan
from songhua.region import Region
from songhua.rules import names as rulebooks
from songhua.rules.register import Register
from songhua.store import (
    catalogues,
    claims,
    history,
    indices,
    observations,
    panels,
    plans,
    projects,
    register,
    reports,
    tables,
    values,
)
from songhua.store.catalogues import Document
from songhua.store.interindustry import folder as interindustry

TOML = (
    "region.toml",
    "sources.toml",
    "indicators.toml",
    "industries.toml",
    "entities.toml",
    "claims.toml",
    "indices.toml",
    "tables.toml",
    register.HEAD,
)
CSV = {
    "left_out.csv": "left_out",
    "plan/industries.csv": "plan_industries",
    "plan/seed_map.csv": "plan_seed_map",
    "plan/spending.csv": "plan_spending",
    "plan/operation.csv": "plan_operation",
    "plan/assumptions.csv": "plan_assumptions",
    register.CERTIFICATES: "register_certificates",
    **plans.TABLES,
}
NEEDED = ("region.toml", "sources.toml", "indicators.toml")
WHOLE_ECONOMY = {
    "name": {"en": "Whole economy", "zh": "全部经济活动"},
    "parent": "",
    "partition": "",
    "note": "",
}


@dataclass(frozen=True)
class Folder:
    """A folder that has no fault: the region, plan and register it has, and what was read."""

    region: Region
    plan: Plan | None
    digests: Mapping[str, str]
    register: Register | None = None

    @property
    def reviews(self) -> pd.DataFrame:
        """What the departments reported."""
        return self.region.reviews


@dataclass
class _Reading:
    """What has been read so far."""

    path: Path
    files: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)

    def entries(self, file: str, schema_name: str, under: str = "") -> dict[str, dict[str, Any]]:
        """The entries of one catalogue, its faults noted; empty where the file is absent."""
        document = self.documents.get(file)
        if document is None:
            return {}
        data = document.data.get(under, {}) if under else document.data
        if not isinstance(data, dict):
            self.faults.append(Fault("not_a_table", file, None, under, {"text": str(data)[:80]}))
            return {}
        found, faults = catalogues.entries(
            document, data, schema.table(schema_name), self.known, under
        )
        self.faults += faults
        return found

    def one(self, file: str, schema_name: str, name: str) -> dict[str, Any] | None:
        """The one table `[name]` of a file."""
        document = self.documents.get(file)
        if document is None:
            return None
        data = document.data.get(name)
        if not isinstance(data, dict):
            self.faults.append(Fault("table_missing", file, params={"name": name}))
            return None
        entry, faults = catalogues.one_entry(
            document, (name,), data, schema.table(schema_name), self.known
        )
        self.faults += faults
        return entry


def read(path: Path, check_history: bool = True) -> Folder:
    """Read and check a folder whole.

    Raises:
        SonghuaError: all faults of all files, if there is one.
    """
    reading = _Reading(path)
    _load(reading)
    _know(reading)
    region = _region(reading)
    codes = {code for one in region.tables.values() for code in one.codes} if region else set()
    plan = _plan(reading, codes)
    firms = _register(reading)
    if check_history and not reading.faults:
        held = {
            name: data for name, data in reading.files.items() if name.startswith(history.APPENDED)
        }
        reading.faults += history.check(path, held)
    if region is not None and not reading.faults:
        reading.faults += checks.check(region, plan.industries if plan else None)
    if reading.faults or region is None:
        raise SonghuaError(*reading.faults)
    digests = {
        name: hashlib.sha256(data).hexdigest() for name, data in sorted(reading.files.items())
    }
    return Folder(region, plan, digests, firms)


def _load(reading: _Reading) -> None:
    """The bytes of every file that belongs to the folder, and the TOML ones parsed."""
    if not reading.path.is_dir():
        raise SonghuaError(Fault("folder_missing", params={"path": str(reading.path)}))
    names = [*TOML, *CSV, *register.ENTERPRISES, "plan/plan.toml"]
    for kind in (
        "observations/*.csv", "panels/*.csv", "tables/*.csv", "tables/*.xlsx",
        "reviews/*.csv",
        "plan/scenarios/*.toml",
    ):  # fmt: skip
        try:
            found = sorted(reading.path.glob(kind))
        except OSError:
            found = []
        folder = kind.rpartition("/")[0]
        names += [f"{folder}/{one.name}" for one in found if not one.name.startswith(".")]
    for name in names:
        file = reading.path / name
        try:
            if file.exists():
                reading.files[name] = file.read_bytes()
            elif name in NEEDED:
                reading.faults.append(Fault("file_missing", name))
        except OSError as error:
            params = {"why": error.strerror or type(error).__name__}
            reading.faults.append(Fault("file_unreadable", name, params=params))
    for name, data in reading.files.items():
        if name.endswith(".toml"):
            document, faults = catalogues.parse(data, name)
            reading.faults += faults
            if document is not None:
                reading.documents[name] = document


def _know(reading: _Reading) -> None:
    """The labels that exist, by catalogue, before any entry is checked.

    A catalogue that is needed and absent, or cannot be read, is left out: one fault says so, and
    the labels that it would hold are not judged.
    """
    for name in ("sources", "indicators", "industries", "entities"):
        document = reading.documents.get(f"{name}.toml")
        if document is not None:
            reading.known[name] = (
                {*document.data, "all"} if name == "industries" else {*document.data}
            )
        elif f"{name}.toml" not in (*reading.files, *NEEDED):
            reading.known[name] = {"all"} if name == "industries" else set()
    reading.known["rulebooks"] = set(rulebooks())
    document = reading.documents.get("region.toml")
    if document is None:
        return
    head, places = document.data.get("region", {}), document.data.get("places", {})
    known = set(places) if isinstance(places, dict) else set()
    code = head.get("code") if isinstance(head, dict) else None
    reading.known["places"] = known | ({code} if isinstance(code, str) else set())


def _register(reading: _Reading) -> Register | None:
    """The register of firms, if the folder has one."""
    if register.HEAD in reading.files:
        _unknown_tables(reading, register.HEAD, ("register",))
    head = reading.one(register.HEAD, "register", "register")
    held = _csv(reading, register.CERTIFICATES, "register_certificates")
    found = register.read(reading.files, head or {}, held)
    reading.faults += found.faults
    return found.register


def known_labels(region: Region) -> dict[str, set[str]]:
    """The labels of a region, by catalogue, as the reading of tables wants them."""
    return {
        "sources": set(region.sources),
        "indicators": set(region.indicators),
        "industries": set(region.industries),
        "entities": set(region.entities),
        "places": {region.code, *region.places},
    }


def _csv(reading: _Reading, file: str, schema_name: str) -> tables.Parsed | None:
    """One CSV table, its faults noted; None where it is absent or faulty."""
    if file not in reading.files:
        return None
    parsed = tables.read(reading.files[file], file, schema.table(schema_name), reading.known)
    reading.faults += parsed.faults
    return None if parsed.faults else parsed


def _frame(reading: _Reading, file: str, schema_name: str) -> pd.DataFrame:
    """A small CSV table as text, with its row numbers and without repeated keys."""
    table = schema.table(schema_name)
    parsed = _csv(reading, file, schema_name)
    if parsed is None:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in [*table.names, "row"]})
    frame = pd.DataFrame(
        {n: pd.Series(parsed.data.column(n).to_pylist(), dtype="str") for n in table.names}
    )
    frame["row"] = parsed.rows
    if table.key:
        for at in np.flatnonzero(frame[list(table.key)].duplicated()):
            params = {"key": " ".join(map(str, frame.loc[at, list(table.key)]))}
            reading.faults.append(Fault("row_repeats", file, int(parsed.rows[at]), "", params))
    return frame


def _region(reading: _Reading) -> Region | None:
    _unknown_tables(reading, "region.toml", ("region", "places"))
    head = reading.one("region.toml", "region", "region")
    places = reading.entries("region.toml", "places", "places")
    sources = reading.entries("sources.toml", "sources")
    indicators = reading.entries("indicators.toml", "indicators")
    industries = {"all": WHOLE_ECONOMY} | reading.entries("industries.toml", "industries")
    entities = reading.entries("entities.toml", "entities")
    printed = reading.entries("claims.toml", "claims")
    if "claims.toml" in reading.documents:
        reading.faults += claims.check(reading.documents["claims.toml"], printed, reading.known)
    composed = reading.entries("indices.toml", "indices")
    if "indices.toml" in reading.documents:
        reading.faults += indices.check(reading.documents["indices.toml"], composed, reading.known)
    left_out = _frame(reading, "left_out.csv", "left_out")
    rows = [
        _csv(reading, name, "observations")
        for name in reading.files
        if name.startswith("observations/")
    ]
    cells = _cells(reading)
    tables_read = _interindustry(reading)
    reviews = _reviews(reading)
    if len(reviews):
        reading.faults += reports.check(reviews, indicators)
    if head is None or reading.faults:
        return None
    panel = panels.assemble(cells, sources, indicators)
    reading.faults += panels.misfits(panel, indicators)
    frame = observations.assemble([one for one in rows if one is not None], sources, indicators)
    _repeated_rows(reading, frame)
    return Region(
        code=head["code"],
        name=head["name"],
        currency=head["currency"],
        base_year=int(head["base_year"]) if head["base_year"] != "" else None,
        places=places,
        sources=sources,
        indicators=indicators,
        industries=industries,
        entities=entities,
        claims=printed,
        indices=composed,
        observations=frame,
        panels=panel,
        tables=tables_read,
        left_out=left_out.drop(columns="row"),
        reviews=reviews,
    )


def _cells(reading: _Reading) -> list[tables.Parsed]:
    """The panels read; a cell without a number must say why."""
    found = [_csv(reading, name, "panels") for name in reading.files if name.startswith("panels/")]
    sound = [one for one in found if one is not None]
    reading.faults += [fault for one in sound for fault in panels.check(one)]
    return sound


def _interindustry(reading: _Reading) -> dict[str, InputOutputTable]:
    """The input-output tables; one whose entry is faulty is not read."""
    before = len(reading.faults)
    entries = reading.entries("tables.toml", "tables")
    beside = {
        name: _frame(reading, name, kind)
        for name, kind in interindustry.companions(reading.files).items()
    }
    if len(reading.faults) > before:
        return {}
    found, faults = interindustry.read(reading.path, reading.files, entries, beside)
    reading.faults += faults
    return found


def _repeated_rows(reading: _Reading, frame: pd.DataFrame) -> None:
    """The same figure of the same source stands twice."""
    again = observations.repeated(frame, schema.table("observations").identity)
    for _, row in (
        frame.iloc[np.flatnonzero(again)[: checks.LIMIT]].iterrows() if again.any() else ()
    ):
        key = f"{row['indicator']} {row['industry']} {row['period']} {row['value']}"
        params = {"key": key}
        reading.faults.append(
            Fault("row_repeats", f"observations/{row['file']}", int(row["row"]), "", params)
        )


def _plan(reading: _Reading, codes: set[str]) -> Plan | None:
    if "plan/plan.toml" in reading.files:
        _unknown_tables(reading, "plan/plan.toml", ("plan",))
    head = reading.one("plan/plan.toml", "plan", "plan")
    industries = _frame(reading, "plan/industries.csv", "plan_industries")
    seed_map = _frame(reading, "plan/seed_map.csv", "plan_seed_map")
    spending, operation, assumptions = (
        _frame(reading, f"plan/{name}.csv", f"plan_{name}")
        for name in ("spending", "operation", "assumptions")
    )
    scenarios, faults = projects.scenarios(reading.documents, reading.known)
    reading.faults += faults
    works: dict[str, Any] = {
        Path(file).stem: _frame(reading, file, name) for file, name in plans.TABLES.items()
    }
    if not reading.faults:
        reading.faults += plans.check(works, reading.entries("indicators.toml", "indicators"))
    if head is None or reading.faults:
        return None
    reading.faults += projects.check(spending, operation, assumptions, scenarios, codes)
    return Plan(
        name=head["name"],
        period=parse_period(head["period"]),
        base_year=int(head["base_year"]),
        purpose=head["purpose"],
        source=head["source"],
        industries=industries,
        seed_map=seed_map.drop(columns="row"),
        spending=spending.drop(columns="row"),
        operation=operation.drop(columns="row"),
        assumptions=assumptions.drop(columns="row"),
        scenarios=scenarios,
        **works,
    )


def _reviews(reading: _Reading) -> pd.DataFrame:
    """What was reported on review sheets, all files as one table of text."""
    found = [
        _frame(reading, name, "reviews").assign(file=name.removeprefix("reviews/"))
        for name in reading.files
        if name.startswith("reviews/")
    ]
    return pd.concat(found or [_frame(reading, "", "reviews")], ignore_index=True)


def _unknown_tables(reading: _Reading, file: str, allowed: tuple[str, ...]) -> None:
    document = reading.documents.get(file)
    for name in document.data if document else ():
        if name not in allowed:
            params = {
                "name": name,
                "near": values.nearest(name, allowed),
                "columns": ", ".join(allowed),
            }
            reading.faults.append(
                Fault("key_unknown", file, document.row(name) if document else None, "", params)
            )
