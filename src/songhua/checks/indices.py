"""Checks of composite indices: parts, members, weights and couplings."""

from __future__ import annotations

from collections.abc import Mapping

from songhua import schema
from songhua.checks import table_cells, values
from songhua.checks.fault_kinds import (
    MemberWithoutPart,
    PartWithoutMember,
    RatioWithoutPer,
    WeightNotPositive,
)
from songhua.checks.places import Rows, nowhere
from songhua.errors import Fault
from songhua.fault_kinds import CouplingSystems, NotATable
from songhua.schema import Entry

FILE = "indices.toml"
KINDS = ("parts", "members")


def check(indices: Mapping[str, Entry], ids: values.Ids, rows: Rows = nowhere) -> list[Fault]:
    """Faults of the parts and members of every index; of the whole once they have none."""
    return [
        fault
        for id, index in indices.items()
        for fault in _nested(id, index, ids, rows) + _coupling(id, index, rows)
        or _whole(id, index, rows)
    ]


def nested_entries(index: Entry, kind: str) -> Entry:
    """The parts or the members of an index, none where something else stands there."""
    return index[kind] if isinstance(index[kind], dict) else {}


def _nested(id: str, index: Entry, ids: values.Ids, rows: Rows) -> list[Fault]:
    """Parts and members, each held against its columns."""
    ids = {**ids, "parts": set(nested_entries(index, "parts"))}
    faults: list[Fault] = []
    for kind in KINDS:
        table = schema.table(f"index_{kind}")
        for name, data in nested_entries(index, kind).items():
            path = (id, kind, name)
            if not isinstance(data, dict):
                faults.append(
                    NotATable(FILE, rows(FILE, *path), ".".join(path), text=str(data)[:80])
                )
                continue
            wrong = table_cells.entry(FILE, path, data, table, ids, rows)
            weight = data.get("weight", table.column("weight").default)
            if not wrong and float(weight) <= 0:
                row = rows(FILE, *path, "weight")
                wrong = [WeightNotPositive(FILE, row, ".".join(path), text=weight)]
            faults += wrong
    return faults


def _coupling(id: str, index: Entry, rows: Rows) -> list[Fault]:
    """The coupled parts exist, and there are two of them."""
    parts = nested_entries(index, "parts")
    coupled = index["coupling"] if isinstance(index["coupling"], list) else []
    names = [name for name in coupled if isinstance(name, str)]
    wrong = [fault for name in names for fault in values.label(name, parts, "parts")]
    if coupled and len(set(names)) < 2:
        wrong.append(CouplingSystems(n=len(set(names))))
    row = rows(FILE, id, "coupling") if wrong else None
    return [fault.at(FILE, row, f"{id}.coupling") for fault in wrong]


def _whole(id: str, index: Entry, rows: Rows) -> list[Fault]:
    """Every member has its part, and every part a member."""
    parts, members = nested_entries(index, "parts"), nested_entries(index, "members")
    faults: list[Fault] = []
    for name, member in members.items():
        wrong: list[Fault] = []
        if parts and not member.get("part"):
            wrong.append(MemberWithoutPart(parts=tuple(parts)))
        if member.get("as") == "ratio" and not member.get("per"):
            wrong.append(RatioWithoutPer())
        faults += _at((id, "members", name), wrong, rows)
    for part in parts:
        if not any(member.get("part") == part for member in members.values()):
            wrong = [PartWithoutMember(part=part)]
            faults += _at((id, "parts", part), wrong, rows)
    return faults


def _at(path: tuple[str, ...], wrong: list[Fault], rows: Rows) -> list[Fault]:
    row = rows(FILE, *path) if wrong else None
    return [fault.at(FILE, row, ".".join(path)) for fault in wrong]
