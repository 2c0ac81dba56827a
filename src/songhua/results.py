"""What a study gives: tables with a schema, findings, and the recipe that makes them again."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeAlias,
    TypedDict,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

import pandas as pd

from songhua import messages, schema
from songhua.checkpoints import each
from songhua.displayed import Displayed
from songhua.errors import Fault, SonghuaError
from songhua.labels import Period, parse_period

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Plain data: what a JSON text can hold.
Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True)
class Finding:
    """Something a reader must know: a code, its parameters, and the observations it rests on."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def words(self, lang: str = "en") -> str:
        """The finding as a sentence."""
        return messages.finding(self.code, lang, self.params)


class RecipeData(TypedDict):
    """A recipe as plain data; see `Recipe`."""

    study: str
    version: str
    arguments: Mapping[str, Json]
    inputs: Mapping[str, str]
    seed: int


@dataclass(frozen=True)
class Recipe:
    """How a result was made, as plain data: enough to make it again.

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
            "study": self.study, "version": self.version, "arguments": dict(self.arguments),
            "inputs": dict(self.inputs), "seed": self.seed,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: RecipeData) -> Recipe:
        """Read back what `as_dict` gave; a `recipe_unreadable` names what is not of it."""
        kinds = {"study": str, "version": str, "arguments": dict, "inputs": dict, "seed": int}
        held = data if isinstance(data, dict) else {}
        wrong = [name for name, kind in kinds.items() if not isinstance(held.get(name), kind)]
        if wrong := [*wrong, *sorted(map(str, held.keys() - kinds.keys()))]:
            raise SonghuaError(Fault("recipe_unreadable", params={"parts": tuple(wrong)}))
        return cls(**data)


@dataclass(frozen=True)
class Result(Displayed):
    """A study's answer. Every table has exactly the columns of its schema.

    `region` and `plan` are what it is an answer about, for those who show it by name; one that
    no session gave has none.
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
        schemas = schema.results(self.study)
        for name, frame in self.tables.items():
            expected = schemas[name].names if name in schemas else []
            if list(frame.columns) != expected:
                params = {"table": name, "columns": tuple(map(str, frame.columns))}
                raise SonghuaError(Fault("result_columns", params=params))
            _closed(schemas[name], frame)

    def to_json(self, bulk: bool = True) -> str:
        """The whole result as JSON: the same bytes for the same inputs.

        Missing numbers are null; an open end is "inf" or "-inf". Tables of bulk may be left out.
        """
        kinds = schema.results(self.study)
        shown = {n: frame for n, frame in self.tables.items() if bulk or not kinds[n].bulk}
        data = {
            "study": self.study,
            "tables": {name: records(frame) for name, frame in shown.items()},
            "findings": [
                {"code": f.code, "params": plain_value(f.params), "sources": list(f.sources)}
                for f in self.findings
            ],
            "recipe": self.recipe.as_dict() if self.recipe else None,
        }
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _closed(table: schema.TableSchema, frame: pd.DataFrame) -> None:
    """Raise where a column of a closed list holds anything else; a blank is no word."""
    for column in table.columns:
        if column.type == "choice":
            odd = sorted(set(frame[column.name].unique()) - {"", *column.choices})
            if odd:
                params = {"table": table.id, "column": column.name, "text": tuple(odd)}
                raise SonghuaError(Fault("result_choice", params=params))


def records(frame: pd.DataFrame) -> list[dict[str, Json]]:
    """A table as a list of rows of plain values.

    >>> records(pd.DataFrame({"a": [1.5, float("nan")]}))
    [{'a': 1.5}, {'a': None}]
    """
    return [
        {str(key): plain_value(value) for key, value in zip(frame.columns, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]


Dtype = Literal["float64", "int64", "bool", "str"]
_DTYPES: Mapping[str, Dtype] = {"number": "float64", "integer": "int64", "flag": "bool"}
Row: TypeAlias = "DataclassInstance | Mapping[str, object]"
Rows: TypeAlias = "Iterable[Row] | pd.DataFrame"
T = TypeVar("T", bound="DataclassInstance")


def table(study: str, name: str, rows: Rows) -> pd.DataFrame:
    """A study's table from its rows (or a frame), with the columns and types of its schema.

    A row is a dataclass whose fields are the table's columns in their order. A period or a list
    of observations is written as text; a number that is not known is not-a-number, a text that
    is not known blank.

    Raises:
        SonghuaError: `result_columns`, for rows whose fields are not the table's columns.

    >>> table("diagnose", "sums", [])["total"].dtype
    dtype('float64')
    """
    columns = schema.results(study)[name].columns
    if isinstance(rows, pd.DataFrame):
        picked = {c.name: rows[c.name].astype(_DTYPES.get(c.type, "str")) for c in columns}
        return pd.DataFrame(picked).reset_index(drop=True)
    given: list[Row] = list(each(rows))
    _check_fields(study, name, given[:1])
    return pd.DataFrame({column.name: _cells(column, given) for column in columns})


def _check_fields(study: str, name: str, rows: Sequence[Row]) -> None:
    """Raise where the fields of a row are not the columns of the table."""
    for row in rows:
        own = [] if isinstance(row, Mapping) else [one.name for one in fields(row)]
        if own and own != schema.results(study)[name].names:
            params = {"table": name, "columns": tuple(own)}
            raise SonghuaError(Fault("result_columns", params=params))


def _cells(column: schema.Column, rows: Sequence[Row]) -> pd.Series:
    """One column of the rows."""
    dtype = _DTYPES.get(column.type, "str")
    blank: Any = math.nan if column.type == "number" else "" if dtype == "str" else 0
    if rows and not isinstance(rows[0], Mapping):
        values = [getattr(row, column.name) for row in rows]
        if dtype == "str":
            values = [value if type(value) is str else _text(value) for value in values]
    else:
        values = [row.get(column.name, blank) for row in rows if isinstance(row, Mapping)]
    return pd.Series(values, dtype=dtype)


def _text(value: object) -> str:
    """A value as the text of a cell: names of a list stand once each, with spaces between."""
    if isinstance(value, (tuple, list)):
        return " ".join(dict.fromkeys(map(str, value)))
    return "" if value is None else str(value)


def read_rows(frame: pd.DataFrame, kind: type[T]) -> list[T]:
    """The rows of a study's table as the dataclass that they were made of.

    A field is read by its type: a period, a day, a word of a closed list, or a list of names. A
    blank is None where the field may be None; a field with a default may have no column.

    >>> @dataclass(frozen=True)
    ... class Rate:
    ...     period: Period
    ...     value: float
    ...     known: date | None
    ...     observations: tuple[str, ...]
    >>> frame = pd.DataFrame({"period": ["2021"], "value": [5.5], "known": [""],
    ...                       "observations": ["a b"]})
    >>> [(row.period.kind, row.known, row.observations) for row in read_rows(frame, Rate)]
    [('year', None, ('a', 'b'))]
    """
    if frame.empty:
        return []
    usual = {one.name for one in fields(kind) if one.default is not MISSING}
    read = {n: turn for n, turn in _readers(kind).items() if n in frame or n not in usual}
    cells = zip(*(frame[name].tolist() for name in read), strict=True)
    return [
        kind(**{name: turn(cell) for (name, turn), cell in zip(read.items(), row, strict=True)})
        for row in cells
    ]


@cache
def _readers(kind: type[DataclassInstance]) -> Mapping[str, Callable[[Any], Any]]:
    """What reads the cell of each field."""
    hints = get_type_hints(kind)
    return {one.name: _reader(hints[one.name]) for one in fields(kind)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """What reads a cell of a type."""
    if isinstance(hint, UnionType):
        read = _reader(next(one for one in get_args(hint) if one is not NoneType))
        return lambda cell: None if cell == "" else read(cell)
    if get_origin(hint) is tuple:
        read = _reader(get_args(hint)[0])
        return lambda cell: tuple(map(read, cell.split()))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return {Period: parse_period, date: date.fromisoformat}.get(hint, lambda cell: cell)


def parameters(row: DataclassInstance, *names: str) -> dict[str, object]:
    """Fields of a row as parameters of a finding; a period as its text.

    >>> finding = Finding("stale", {"n": 1}, ("a",))
    >>> parameters(finding, "code", "sources")
    {'code': 'stale', 'sources': ('a',)}
    """
    values = {name: getattr(row, name) for name in names}
    return {name: str(v) if isinstance(v, Period) else v for name, v in values.items()}


def plain_value(value: Any) -> Json:
    """A value that JSON knows."""
    if isinstance(value, messages.Words):
        value = value.texts
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain_value(item) for item in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")
    return value if isinstance(value, (str, int, bool)) else str(value)
