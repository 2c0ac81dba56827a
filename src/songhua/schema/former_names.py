"""Names of tables' columns and values that earlier versions used, and their names today.

A file of `former/` is a version: its columns by table, its values by table and column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NotRequired, TypedDict, cast

from songhua.errors import Fault
from songhua.schema.fault_kinds import FormerColumn, FormerName
from songhua.shipped import installed

Names = Mapping[str, "Former"]
NONE: Names = {}


@dataclass(frozen=True)
class Former:
    """Today's name for a former one, and the version that used that last.

    A column without a name today is there no longer.
    """

    today: str
    version: str

    def fault(self, text: str) -> Fault:
        """The fault of a text that uses the former name."""
        if not self.today:
            return FormerColumn(name=text, version=self.version)
        return FormerName(text=text, today=self.today, version=self.version)


class _Version(TypedDict):
    """A file of `former/`: today's names by the former, of columns, values and keys."""

    columns: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, Mapping[str, str]]]
    keys: NotRequired[Mapping[str, Mapping[str, str]]]


def _versions() -> Iterator[tuple[str, _Version]]:
    """Former names of each version, the oldest first."""
    versions = installed.names("schema", "former", end=".toml")
    for name in sorted(versions, key=lambda version: [int(part) for part in version.split(".")]):
        data = installed.toml("schema", "former", f"{name}.toml")
        yield name, cast("_Version", data)


@cache
def keys(table: str) -> Names:
    """The former keys of a table of a rulebook, which `songhua upgrade` does not rewrite.

    >>> keys("rulebook")["grades"].today
    'categories'
    """
    former: Names = NONE
    for version, data in _versions():
        former = _later(former, data.get("keys", {}).get(table, {}), version)
    return former


@cache
def _former() -> tuple[dict[str, Names], dict[tuple[str, str], Names]]:
    columns: dict[str, Names] = {}
    values: dict[tuple[str, str], Names] = {}
    for version, data in _versions():
        for table, names in data["columns"].items():
            columns[table] = _later(columns.get(table, NONE), names, version)
        for table, by_column in data["values"].items():
            for column, names in by_column.items():
                at = (table, column)
                values[at] = _later(values.get(at, NONE), names, version)
    return columns, values


def _later(former: Names, names: Mapping[str, str], version: str) -> Names:
    """The former names with those of a later version, in which they may have changed again.

    >>> older = {"pull": Former("push", "0.1")}
    >>> {old: one.today for old, one in _later(older, {"push": "points"}, "0.2").items()}
    {'pull': 'points', 'push': 'points'}
    """
    moved = {
        old: Former(names.get(name.today, name.today), name.version) for old, name in former.items()
    }
    return moved | {old: Former(new, version) for old, new in names.items()}


def columns(table: str) -> Names:
    """The former names of a table's columns.

    >>> columns("plan_targets")["beside"].today
    'benchmark'
    """
    return _former()[0].get(table, NONE)


def values(table: str, column: str) -> Names:
    """The former values of a column.

    >>> values("indicators", "form")["pull"].today
    'contribution_pp'
    """
    return _former()[1].get((table, column), NONE)


def tables() -> tuple[str, ...]:
    """The tables of which a name has changed.

    >>> "plan_targets" in tables()
    True
    """
    by_column, by_value = _former()
    return tuple(sorted({*by_column, *(table for table, _ in by_value)}))


def valued(table: str) -> dict[str, Names]:
    """The former values of a table, by column.

    >>> list(valued("indicators"))
    ['form']
    """
    return {column: names for (name, column), names in _former()[1].items() if name == table}
