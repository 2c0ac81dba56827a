"""The claims of a folder: the numbers of each sentence, held against the catalogues."""

from __future__ import annotations

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.maths.relations import parse_relation
from songhua.schema import Column
from songhua.store import values
from songhua.store.catalogues import Document, Entry
from songhua.store.values import nearest

LOOKUP = (
    "indicator",
    "region",
    "industry",
    "entity",
    "period",
    "vintage",
    "scope",
    "kind",
    "qualifier",
    "source",
)
PRINTED = ("value", "unit", "qualifier")


def check(document: Document, claims: dict[str, Entry], known: values.Known) -> list[Fault]:
    """Faults of the numbers and of the relation that names them."""
    return [fault for id, claim in claims.items() for fault in _one(document, id, claim, known)]


def _one(document: Document, id: str, claim: Entry, known: values.Known) -> list[Fault]:
    numbers = claim["numbers"] or {}
    if not isinstance(numbers, dict):
        return []
    faults: list[Fault] = []
    for name, number in numbers.items():
        place = (document.file, document.row(id, "numbers", name), f"{id}.numbers.{name}")
        if not isinstance(number, dict):
            faults.append(Fault("not_a_table", *place, {"text": str(number)[:80]}))
            continue
        faults += _number(place, number, known)
    relation = (document.file, document.row(id, "relation"), f"{id}.relation")
    if not claim["relation"]:
        if not claim["uncheckable"]:
            faults.append(Fault("claim_without_relation", *relation))
        return faults
    try:
        names = parse_relation(str(claim["relation"])).names
    except SonghuaError:
        return faults
    faults += [
        Fault("relation_name_unknown", *relation, {"name": n})
        for n in sorted(set(names) - set(numbers))
    ]
    unknown = [n for n, number in numbers.items() if isinstance(number, dict) and _unknown(number)]
    if len(unknown) > 1:
        faults.append(Fault("claim_unknowns", *relation, {"names": ", ".join(unknown)}))
    given = claim["frees"] if isinstance(claim["frees"], list) else []
    frees = [name for name in given if isinstance(name, str)]
    faults += [
        Fault("relation_name_unknown", *relation, {"name": n}) for n in frees if n not in numbers
    ]
    return faults


def _unknown(number: Entry) -> bool:
    return "value" not in number and "indicator" not in number


def _number(place: tuple[str, int | None, str], number: Entry, known: values.Known) -> list[Fault]:
    """One number: printed, looked up, or unknown; only the keys of its sort."""
    columns = {column.name: column for column in schema.table("observations").columns}
    allowed = LOOKUP if "indicator" in number else PRINTED
    file, row, column = place
    faults: list[Fault] = []
    for key, value in number.items():
        at = f"{column}.{key}"
        if key == "name":
            wrong = values.check(Column("name", "names"), value, known)
        elif key not in allowed:
            params = {"name": key, "near": nearest(key, allowed), "columns": ", ".join(allowed)}
            wrong = [Fault("key_unknown", params=params)]
        else:
            wrong = values.check(columns[key], value, known)
        faults += [Fault(fault.code, file, row, at, fault.params) for fault in wrong]
    needed = ("indicator", "period") if "indicator" in number else ("unit",)
    faults += [
        Fault("value_missing", file, row, f"{column}.{key}") for key in needed if key not in number
    ]
    return faults
