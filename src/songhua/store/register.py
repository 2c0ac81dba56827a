"""A folder's register: firms with their facts, the certificates they hold, and all faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.rules import load
from songhua.rules import names as rulebooks
from songhua.rules.frames import read_firms
from songhua.rules.register import Register, applicable_rulebooks
from songhua.store import catalogues, tables
from songhua.store.tables import Parsed

HEAD = "register/register.toml"
CERTIFICATES = "register/certificates.csv"
ENTERPRISES = ("register/enterprises.csv", "register/enterprises.parquet")


@dataclass(frozen=True)
class Read:
    """A register and what is wrong with its files."""

    register: Register | None
    faults: list[Fault]


def read(files: Mapping[str, bytes], head: Mapping[str, Any], certificates: Parsed | None) -> Read:
    """The register of a folder from the bytes of its files; None where it has no enterprises.

    Args:
        files: the folder's files by name.
        head: `on` and `statuses` of `register.toml`, where it stands.
        certificates: `certificates.csv`, read against its schema.
    """
    file = next((name for name in ENTERPRISES if name in files), None)
    if file is None:
        return Read(None, [])
    statuses = tuple(head.get("statuses") or ())
    try:
        frame = firms(file, files[file], statuses)
    except SonghuaError as error:
        return Read(None, list(error.faults))
    faults = _keys(frame, file)
    held = None if certificates is None else _held(certificates)
    if held is not None:
        faults += _spans(held)
        held = held.drop(columns="row")
    on = date.fromisoformat(head["on"]) if head.get("on") else None
    return Read(Register(frame, held, "invented" in frame.columns, on, statuses), faults)


def firms(name: str, data: bytes, statuses: tuple[str, ...] = ()) -> pd.DataFrame:
    """The firms of a file, with every fact that the rulebooks ask for by its type.

    Raises:
        SonghuaError: `csv_unreadable`, `columns_missing`, `fact_unreadable` with every row.
    """
    raw = read_firms(name, data, [])
    books = [load(status) for status in statuses or applicable_rulebooks(map(str, raw.columns))]
    if "firm" not in raw.columns:
        raise SonghuaError(Fault("columns_missing", file=name, params={"columns": "firm"}))
    return read_firms(name, data, books)


def _keys(frame: pd.DataFrame, file: str) -> list[Fault]:
    """A firm without a number, or whose number stands twice."""
    ids = frame["firm"].astype(str)
    faults = [
        Fault("value_missing", file=file, row=int(at) + 2, column="firm")
        for at in ids.index[(ids.str.strip() == "") | frame["firm"].isna()]
    ]
    for at in ids.index[ids.duplicated() & (ids != "")]:
        params = {"key": ids[at]}
        faults.append(
            Fault("row_repeats", file=file, row=int(at) + 2, column="firm", params=params)
        )
    return faults


def _held(certificates: Parsed) -> pd.DataFrame:
    names = schema.table("register_certificates").names
    columns = {n: pd.Series(certificates.data.column(n).to_pylist(), dtype="str") for n in names}
    return pd.DataFrame(columns).assign(row=certificates.rows)


def _spans(held: pd.DataFrame) -> list[Fault]:
    """Certificates that end before they begin, and those that stand twice."""
    place: dict[str, Any] = {"file": CERTIFICATES}
    wrong = held[held["until"] < held["since"]].to_dict("records")
    faults = [
        Fault("certificate_span", **place, row=int(row["row"]), column="until",
              params={"since": row["since"], "until": row["until"]})
        for row in wrong
    ]  # fmt: skip
    key = list(schema.table("register_certificates").key)
    for row in held[held[key].duplicated()].to_dict("records"):
        params = {"key": " ".join(str(row[name]) for name in key)}
        faults.append(Fault("row_repeats", **place, row=int(row["row"]), params=params))
    return faults


def read_alone(path: Path) -> Register:
    """The register in a folder that need be no region's, or in a file of firms.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    home = path / "register" if path.is_dir() else path.parent
    names = [Path(name).name for name in ENTERPRISES] if path.is_dir() else [path.name]
    file = next((home / name for name in names if (home / name).is_file()), None)
    if file is None:
        code = "register_missing" if path.is_dir() else "file_missing"
        raise SonghuaError(Fault(code, file=path.name))
    name = f"register/enterprises{file.suffix}"
    files, known = {name: file.read_bytes()}, {"rulebooks": set(rulebooks())}
    held, head, faults = None, {}, []
    if (beside := home / Path(CERTIFICATES).name).is_file():
        table = schema.table("register_certificates")
        held = tables.read(beside.read_bytes(), CERTIFICATES, table, known)
        faults += held.faults
    if (beside := home / Path(HEAD).name).is_file():
        document, faults_of_head = catalogues.parse(beside.read_bytes(), HEAD)
        faults += faults_of_head
        data = document.data.get("register", {}) if document else {}
        if document is not None:
            table = schema.table("register")
            head, wrong = catalogues.one_entry(document, ("register",), data, table, known)
            faults += wrong
    found = read(files, head, None if held is None or held.faults else held)
    faults += found.faults
    if faults or found.register is None:
        raise SonghuaError(*faults)
    return found.register
