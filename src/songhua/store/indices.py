"""The composite indices of a folder: their parts and members, held against the catalogues."""

from __future__ import annotations

from typing import Any

from songhua import schema
from songhua.errors import Fault
from songhua.store import catalogues, values
from songhua.store.catalogues import Document, Entry
from songhua.store.values import nearest


def check(document: Document, indices: dict[str, Entry], known: values.Known) -> list[Fault]:
    """Faults of the parts and members; sound ones take the place of what was read."""
    return [fault for id, index in indices.items() for fault in _one(document, id, index, known)]


def _one(document: Document, id: str, index: Entry, known: values.Known) -> list[Fault]:
    faults: list[Fault] = []
    given = index["parts"] if isinstance(index["parts"], dict) else {}
    known = {**known, "parts": set(given)}
    for kind in ("parts", "members"):
        index[kind], wrong = _tables(document, (id, kind), index[kind], known)
        faults += wrong
    faults += _coupling(document, id, index)
    if faults:
        return faults
    for name, member in index["members"].items():
        place = (document.file, document.row(id, "members", name), f"{id}.members.{name}")
        if given and not member["part"]:
            faults.append(Fault("member_without_part", *place, {"parts": ", ".join(given)}))
        if member["as"] == "ratio" and not member["per"]:
            faults.append(Fault("ratio_without_per", *place))
        if int(member["years"]) < 1:
            faults.append(Fault("years_too_few", *place, {"years": member["years"]}))
    for part in given:
        if not any(member["part"] == part for member in index["members"].values()):
            place = (document.file, document.row(id, "parts", part), f"{id}.parts.{part}")
            faults.append(Fault("part_without_member", *place, {"part": part}))
    return faults


def _tables(
    document: Document, path: tuple[str, str], given: Any, known: values.Known
) -> tuple[dict[str, Entry], list[Fault]]:
    """The tables under one key, each held against its schema."""
    found: dict[str, Entry] = {}
    faults: list[Fault] = []
    for name, data in given.items() if isinstance(given, dict) else ():
        if not isinstance(data, dict):
            place = (document.file, document.row(*path, name), ".".join((*path, name)))
            faults.append(Fault("not_a_table", *place, {"text": str(data)[:80]}))
            continue
        table = schema.table(f"index_{path[1]}")
        found[name], wrong = catalogues.one_entry(document, (*path, name), data, table, known)
        faults += wrong
        if not wrong and float(found[name]["weight"]) <= 0:
            place = (document.file, document.row(*path, name, "weight"), ".".join((*path, name)))
            faults.append(Fault("weight_not_positive", *place, {"text": found[name]["weight"]}))
    return found, faults


def _coupling(document: Document, id: str, index: Entry) -> list[Fault]:
    """The coupled parts exist, and there are two of them."""
    coupled = index["coupling"] if isinstance(index["coupling"], list) else []
    place = (document.file, document.row(id, "coupling"), f"{id}.coupling")
    odd = [name for name in coupled if isinstance(name, str) and name not in index["parts"]]
    faults = [
        Fault(
            "label_near" if (near := nearest(name, index["parts"])) else "label_unknown",
            *place,
            {"text": name[:80], "of": "parts", "near": near},
        )
        for name in odd
    ]
    if coupled and len(set(coupled)) < 2:
        faults.append(Fault("coupling_systems", *place, {"n": len(set(coupled))}))
    return faults
