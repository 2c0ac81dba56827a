"""Checks of claims: numbers that are printed, looked up or unknown, and their relation."""

from __future__ import annotations

from collections.abc import Mapping

from songhua import schema
from songhua.checks import values
from songhua.checks.fault_kinds import ClaimUnknowns, ClaimWithoutRelation, WidthNegative
from songhua.checks.places import Rows, nowhere
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NotATable, RelationNameUnknown, ValueMissing
from songhua.maths.relations import parse_relation
from songhua.schema import Column, Entry

FILE = "claims.toml"
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
    "width",
)
PRINTED = ("value", "unit", "qualifier", "kind", "width")
WIDTH = Column("width", "decimal")


def check(claims: Mapping[str, Entry], ids: values.Ids, rows: Rows = nowhere) -> list[Fault]:
    """Faults of the numbers of every claim and of the relation that names them.

    >>> numbers = {"a": {"value": "1", "unit": "%"}}
    >>> claim = {"relation": "a == b", "numbers": numbers, "uncheckable": "", "frees": ""}
    >>> [(fault.code, fault.column) for fault in check({"c1": claim}, {})]
    [('relation_name_unknown', 'c1.relation')]
    """
    return [
        fault
        for id, claim in claims.items()
        for fault in (*_numbers(id, claim, ids, rows), *_relation(id, claim, rows))
    ]


def _numbers(id: str, claim: Entry, ids: values.Ids, rows: Rows) -> list[Fault]:
    faults: list[Fault] = []
    for name, number in _number_entries(claim).items():
        column = f"{id}.numbers.{name}"
        if isinstance(number, dict):
            wrong = _number(column, number, ids)
        else:
            wrong = [NotATable(column=column, text=str(number)[:80])]
        row = rows(FILE, id, "numbers", name) if wrong else None
        faults += [fault.at(FILE, row, fault.column) for fault in wrong]
    return faults


def _number_entries(claim: Entry) -> Entry:
    numbers = claim["numbers"]
    return numbers if isinstance(numbers, dict) else {}


def _relation(id: str, claim: Entry, rows: Rows) -> list[Fault]:
    """The relation names the numbers that there are; at most one of them is unknown."""
    numbers = _number_entries(claim)
    if not claim["relation"]:
        wrong = [] if claim["uncheckable"] else [ClaimWithoutRelation()]
    elif claim["numbers"] and not numbers:
        wrong = []
    else:
        wrong = _names(claim, numbers)
    row = rows(FILE, id, "relation") if wrong else None
    return [fault.at(FILE, row, f"{id}.relation") for fault in wrong]


def _names(claim: Entry, numbers: Entry) -> list[Fault]:
    try:
        names = parse_relation(str(claim["relation"])).names
    except SonghuaError:
        return []
    listed = claim["frees"] if isinstance(claim["frees"], list) else []
    frees = [name for name in listed if isinstance(name, str)]
    unknown = [n for n, number in numbers.items() if isinstance(number, dict) and _unknown(number)]
    wrong: list[Fault] = [
        RelationNameUnknown(name=name)
        for name in (*sorted(set(names) - set(numbers)), *(n for n in frees if n not in numbers))
    ]
    if len(unknown) > 1:
        wrong.append(ClaimUnknowns(names=tuple(unknown)))
    return wrong


def _unknown(number: Entry) -> bool:
    return "value" not in number and "indicator" not in number


def _width(value: object, ids: values.Ids) -> list[Fault]:
    """Faults of the reach of a word: a number that is not below nought."""
    wrong = values.check(WIDTH, value, ids)
    if not wrong and str(value).startswith("-"):
        return [WidthNegative(text=str(value)[:80])]
    return wrong


def _number(place: str, number: Entry, ids: values.Ids) -> list[Fault]:
    """One number: printed, looked up, or unknown; only the keys of its sort."""
    columns = {column.name: column for column in schema.table("observations").columns}
    allowed = LOOKUP if "indicator" in number else PRINTED
    faults: list[Fault] = []
    for key, value in number.items():
        if key == "name":
            wrong = values.check(Column("name", "names"), value, ids)
        elif key not in allowed:
            wrong = [values.unknown(key, allowed)]
        elif key == "width":
            wrong = _width(value, ids)
        else:
            wrong = values.check(columns[key], value, ids)
        faults += [fault.at(column=f"{place}.{key}") for fault in wrong]
    needed = ("indicator", "period") if "indicator" in number else ("unit",)
    return faults + [ValueMissing(column=f"{place}.{key}") for key in needed if key not in number]
