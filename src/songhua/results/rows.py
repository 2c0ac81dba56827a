"""Rows of a result as a table, and a table's rows again: by what their class declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import repeat
from operator import attrgetter
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

import pandas as pd

from songhua.errors import SonghuaError
from songhua.hooks.checkpoints import stoppable
from songhua.labels import Period, parse_period
from songhua.results import declared
from songhua.results.estimates import Estimate
from songhua.results.fault_kinds import ResultColumns
from songhua.schema import Column

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Dtype = Literal["float64", "int64", "bool", "str"]
_DTYPES: Mapping[str, Dtype] = {"number": "float64", "integer": "int64", "flag": "bool"}
Row: TypeAlias = "DataclassInstance"
Rows: TypeAlias = "Iterable[Row] | pd.DataFrame"
T = TypeVar("T", bound="DataclassInstance")


def table(study: str, name: str, rows: Rows) -> pd.DataFrame:
    """A study's table from its rows (or a frame), with the columns and types that they declare.

    A period or a list of observations is written as text; a number that is not known is
    not-a-number, a text that is not known blank.

    Raises:
        SonghuaError: `result_columns`, for rows of another class than the table's.

    >>> table("diagnose", "sums", [])["total"].dtype
    dtype('float64')
    """
    columns = declared.tables(study)[name].columns
    if isinstance(rows, pd.DataFrame):
        types = {column.name: _DTYPES.get(column.type, "str") for column in columns}
        return rows[[*types]].astype(types).reset_index(drop=True)
    entries = list(stoppable(rows))
    if entries and not isinstance(entries[0], declared.rows_of(study)[name]):
        raise SonghuaError(
            ResultColumns(table=name, columns=tuple(field.name for field in fields(entries[0])))
        )
    return pd.concat([_cells(column, entries) for column in columns], axis=1)


def _cells(column: Column, rows: Sequence[Row]) -> pd.Series:
    """One column of the rows."""
    dtype = _DTYPES.get(column.type, "str")
    values = [*map(cell_of(column), rows)]
    if dtype == "str":
        values = [value if type(value) is str else as_text(value) for value in values]
    return pd.Series(values, dtype=dtype, name=column.name)


@cache
def cell_of(column: Column) -> Callable[[Any], Any]:
    """The reader of a column's cell from a row.

    >>> from songhua.studies.track.rows import TrackView
    >>> (day,) = declared.table_schema(TrackView, "track", "view").columns
    >>> cell_of(day)(TrackView(date(2021, 12, 31))).isoformat()
    '2021-12-31'
    """
    return attrgetter(f"{column.field}.{column.part}" if column.part else column.field)


@cache
def cells_of(kind: type[DataclassInstance]) -> Mapping[str, Callable[[Any], Any]]:
    """The readers of a row's cells by column.

    >>> from songhua.studies.track.rows import TrackView
    >>> sorted(cells_of(TrackView))
    ['day']
    """
    return {column.name: cell_of(column) for column in declared.table_schema(kind, "", "").columns}


def as_text(value: object) -> str:
    """A value as the text of a cell: names of a list stand once each, with spaces between.

    >>> as_text(("a", "b", "a")), as_text(None), as_text(date(2021, 12, 31))
    ('a b', '', '2021-12-31')
    """
    if isinstance(value, (tuple, list)):
        return " ".join(dict.fromkeys(map(str, value)))
    return "" if value is None else str(value)


def read_rows(frame: pd.DataFrame, kind: type[T]) -> list[T]:
    """The rows of a table as the class that they were made of.

    A field is read by its type: an estimate, a period, a day, a word of a closed list, or a list
    of names. A blank is None where the field may be None; a field with a default may have no
    column.

    >>> from songhua.studies.track.rows import TrackView
    >>> read_rows(pd.DataFrame({"day": ["2021-12-31"]}), TrackView)
    [TrackView(day=datetime.date(2021, 12, 31))]
    """
    if frame.empty:
        return []
    cells = [
        repeat(usual) if column not in frame and usual is not MISSING else read(frame)
        for column, read, usual in _readers(kind)
    ]
    if fields(kind)[0].kw_only:
        names = [field.name for field in fields(kind)]
        return [kind(**dict(zip(names, row, strict=True))) for row in zip(*cells, strict=False)]
    return [*map(kind, *cells)]


Reader: TypeAlias = "Callable[[pd.DataFrame], Iterable[Any]]"


@cache
def _readers(kind: type[DataclassInstance]) -> Sequence[tuple[str, Reader, Any]]:
    """Of each field the first column, the reader of all its cells from a table, and its default."""
    columns: dict[str, list[Column]] = {}
    for column in declared.table_schema(kind, "", "").columns:
        columns.setdefault(column.field, []).append(column)
    hints = get_type_hints(kind)
    readers: list[tuple[str, Reader, Any]] = []
    for field in fields(kind):
        first, *ends = columns[field.name]
        plain = _plain(field.name, reader(hints[field.name]))
        read = _estimates([first, *ends]) if first.part else plain
        readers.append((first.name, read, field.default))
    return readers


def _plain(name: str, read: Callable[[Any], Any]) -> Reader:
    """The cells of one column, each read by its type."""
    return lambda frame: map(read, frame[name].tolist())


def _estimates(columns: Sequence[Column]) -> Reader:
    """The estimates that stand in several columns."""
    value, low, high = (column.name for column in columns[:3])

    def read(frame: pd.DataFrame) -> Iterator[Estimate]:
        fixed, kind = columns[0].estimate_kind, columns[0].estimate_in
        kinds = frame[kind].tolist() if kind else [fixed] * len(frame)
        cells = (frame[name].tolist() for name in (value, low, high))
        return map(Estimate, *cells, kinds)

    return read


def reader(hint: Any) -> Callable[[Any], Any]:
    """The reader of a cell of a type.

    >>> reader(Period | None)("2021").kind, reader(Period | None)("")
    ('year', None)
    """
    if isinstance(hint, UnionType):
        read = reader(next(arg for arg in get_args(hint) if arg is not NoneType))
        return lambda cell: None if cell == "" else read(cell)
    if get_origin(hint) is tuple:
        read = reader(get_args(hint)[0])
        return lambda cell: tuple(map(read, cell.split()))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return {Period: parse_period, date: date.fromisoformat}.get(hint, lambda cell: cell)
