"""Every table's columns, types, units and keys: read by the code, the guide and the forms.

The tables are the `*.toml` files beside this one; `results/` holds the studies' own tables.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, what it must hold, and its words by language."""

    name: str
    type: str
    en: str
    zh: str
    required: bool = False
    of: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""

    def words(self, lang: str) -> str:
        """What the column holds, in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class TableSchema:
    """One table: where it stands, its columns, and what makes a row of its own."""

    id: str
    title: dict[str, str]
    columns: tuple[Column, ...]
    where: str = ""
    table: str = ""
    one: bool = False
    key: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """One column by its name."""
        return next(column for column in self.columns if column.name == name)


def _table(name: str, data: dict[str, Any]) -> TableSchema:
    columns = tuple(
        Column(**{**column, "choices": tuple(column.get("choices", ()))})
        for column in data["column"]
    )
    rest = {key: value for key, value in data.items() if key != "column"}
    for key in ("key", "identity"):
        rest[key] = tuple(rest.get(key, ()))
    return TableSchema(id=name, columns=columns, **rest)


@cache
def table(name: str) -> TableSchema:
    """The schema of a table of the folder, such as `observations`.

    >>> table("observations").names[:3]
    ['indicator', 'region', 'industry']
    """
    return _table(name, tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8")))


@cache
def results(study: str) -> dict[str, TableSchema]:
    """The schemas of a study's tables."""
    text = files(__name__).joinpath("results", f"{study}.toml").read_text("utf-8")
    return {name: _table(name, data) for name, data in tomllib.loads(text).items()}


@cache
def names() -> tuple[str, ...]:
    """The names of all tables of a folder, in alphabetical order."""
    found = (entry.name for entry in files(__name__).iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in found))
