"""The result of a study: tables with a schema, findings, and the recipe that makes them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import pandas as pd

from songhua.errors import SonghuaError
from songhua.hooks.displayed import Displayed
from songhua.results import declared
from songhua.results.fault_kinds import RecipeUnreadable, ResultChoice, ResultColumns
from songhua.results.finding import Finding
from songhua.results.plain import Json, plain_value
from songhua.results.rows import read_rows
from songhua.schema import TableSchema

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


class RecipeData(TypedDict):
    """A recipe as plain data; see `Recipe`."""

    study: str
    version: str
    arguments: Mapping[str, Json]
    inputs: Mapping[str, str]
    seed: int


@dataclass(frozen=True)
class Recipe:
    """Recipe of a result, as plain data: enough to make it again.

    `inputs` are digests of what was read, by name; `arguments` hold the folder and the options.
    """

    study: str
    version: str
    arguments: Mapping[str, Json]
    inputs: Mapping[str, str]
    seed: int = 0

    def as_dict(self) -> RecipeData:
        """The recipe as plain data."""
        return {
            "study": self.study,
            "version": self.version,
            "arguments": dict(self.arguments),
            "inputs": dict(self.inputs),
            "seed": self.seed,
        }

    @classmethod
    def from_dict(cls, data: RecipeData) -> Recipe:
        """Read back the output of `as_dict`; a `recipe_unreadable` names a wrong entry."""
        kinds = {"study": str, "version": str, "arguments": dict, "inputs": dict, "seed": int}
        entries = data if isinstance(data, dict) else {}
        wrong = [name for name, kind in kinds.items() if not isinstance(entries.get(name), kind)]
        if wrong := [*wrong, *sorted(map(str, entries.keys() - kinds.keys()))]:
            raise SonghuaError(RecipeUnreadable(parts=tuple(wrong)))
        return cls(**data)


@dataclass(frozen=True)
class Result(Displayed):
    """A study's answer. Every table has exactly the columns of its schema.

    `region` and `plan` are the subject of the result, for display by name; a result without a
    session has none.
    """

    study: str
    tables: Mapping[str, pd.DataFrame]
    findings: tuple[Finding, ...] = ()
    recipe: Recipe | None = None
    region: Any = field(default=None, compare=False)
    plan: Any = field(default=None, compare=False)

    def __repr__(self) -> str:
        """The study with its tables and their rows, short enough for a screen."""
        rows = ", ".join(
            f"{name}: {len(frame)}" for name, frame in self.tables.items() if len(frame)
        )
        return f"Result({self.study!r}, {len(self.findings)} findings, rows of {rows})"

    def __post_init__(self) -> None:
        """Hold every table against its schema."""
        schemas = declared.tables(self.study) if self.tables else {}
        for name, frame in self.tables.items():
            expected = schemas[name].names if name in schemas else []
            if list(frame.columns) != expected:
                raise SonghuaError(
                    ResultColumns(table=name, columns=tuple(map(str, frame.columns)))
                )
            _closed(schemas[name], frame)

    def rows(self, kind: type[T]) -> list[T]:
        """The rows of the table that a class of the study declares; none without the table.

        >>> from songhua.studies.track.rows import TrackView
        >>> Result("track", {}).rows(TrackView)
        []
        """
        names = (name for name, rows in declared.rows_of(self.study).items() if rows is kind)
        return read_rows(self.tables.get(next(names), pd.DataFrame()), kind)

    def to_json(self, bulk: bool = True) -> str:
        """The whole result as JSON: the same bytes for the same inputs.

        Missing numbers are null; an open end is "inf" or "-inf". Tables of bulk may be left out.
        """
        kinds = declared.tables(self.study)
        frames = {n: frame for n, frame in self.tables.items() if bulk or not kinds[n].bulk}
        data = {
            "study": self.study,
            "tables": {name: records(frame) for name, frame in frames.items()},
            "findings": [
                {"code": f.code, "params": f.params, "sources": list(f.observations)}
                for f in self.findings
            ],
            "recipe": self.recipe.as_dict() if self.recipe else None,
        }
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _closed(table: TableSchema, frame: pd.DataFrame) -> None:
    """Raise where a column of a closed list holds anything else; a blank is no word."""
    for column in table.columns:
        if column.type == "choice":
            odd = sorted(set(frame[column.name].unique()) - {"", *column.choices})
            if odd:
                raise SonghuaError(ResultChoice(table=table.id, name=column.name, text=tuple(odd)))


def records(frame: pd.DataFrame) -> list[dict[str, Json]]:
    """A table as a list of rows of plain values.

    >>> records(pd.DataFrame({"a": [1.5, float("nan")]}))
    [{'a': 1.5}, {'a': None}]
    """
    return [
        {str(key): plain_value(value) for key, value in zip(frame.columns, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]
