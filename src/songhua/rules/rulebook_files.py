"""The files of a rulebook: their names, their places in faults, and their texts as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from songhua.errors import Fault
from songhua.fault_kinds import TomlUnreadable
from songhua.schema.documents import unfit

RULES, SOURCE = "rules.toml", "source.md"
PARAMETERS, CASES = "parameters/", "cases/"
SHARED_FACTS, SHARED_ACTIONS = "../facts.toml", "../actions.toml"


def parse_toml(text: str, place: str) -> tuple[dict[str, object], list[Fault]]:
    """A TOML text as data, or the fault that keeps it from being read.

    >>> parse_toml("a = 1", "rules.toml")
    ({'a': 1}, [])
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return {}, [TomlUnreadable(file=place, why=str(error)[:120])]
    wrong = [fault.at(place, None, ".".join(at)) for at, fault in unfit(data)]
    return ({}, wrong) if wrong else (data, [])


def uses(rules: str) -> tuple[str, ...]:
    """The other rulebooks of the country that a text of rules takes a status from.

    >>> uses('[rulebook]\\nuses = ["size-class"]'), uses("[")
    (('size-class',), ())
    """
    data, _ = parse_toml(rules, RULES)
    head = data.get("rulebook")
    ids = head.get("uses") if isinstance(head, Mapping) else ()
    return tuple(map(str, ids)) if isinstance(ids, list) else ()


def place_of(id: str, name: str) -> str:
    """The place of a rulebook's file, for faults.

    >>> place_of("cn/size-class", "rules.toml"), place_of("cn/size-class", "../facts.toml")
    ('cn/size-class/rules.toml', 'cn/facts.toml')
    """
    if name.startswith("../"):
        return f"{id.split('/', maxsplit=1)[0]}/{name.removeprefix('../')}"
    return f"{id}/{name}"
