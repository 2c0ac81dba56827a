"""The tables of a study's result, as the dataclasses of their rows declare them.

A study's module `tables` holds `TABLES`: each table by name, with the class of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from songhua.errors import snake
from songhua.labels import Period
from songhua.messages import Words
from songhua.schema import Column, TableSchema, vocabularies
from songhua.shipped import installed

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Types of columns by the type of a field that says no more of its own.
PLAIN: Mapping[type, str] = {
    bool: "flag",
    date: "date",
    float: "number",
    int: "integer",
    Period: "period",
    str: "text",
    tuple: "text",
    Words: "text",
}


@cache
def rows_of(study: str) -> Mapping[str, type[DataclassInstance]]:
    """The classes of the rows of a study's tables, by table.

    >>> rows_of("track")["view"].__name__
    'TrackView'
    """
    tables: Mapping[str, type[DataclassInstance]]
    tables = import_module(f"songhua.studies.{study}.tables").TABLES
    return tables


@cache
def studies_with(module: str) -> tuple[str, ...]:
    """The studies that have a module of a name.

    >>> "track" in studies_with("tables"), "certify" in studies_with("brief")
    (True, False)
    """
    names = installed.names("studies")
    return tuple(
        name for name in names if installed.home("studies", name, f"{module}.py").is_file()
    )


@cache
def tables(study: str) -> dict[str, TableSchema]:
    """The tables of a study's result, with the columns that their rows declare.

    >>> tables("diagnose")["system"].column("value").unit_in
    'unit'
    """
    return {name: table_schema(kind, study, name) for name, kind in rows_of(study).items()}


def table_schema(kind: type[DataclassInstance], study: str, name: str) -> TableSchema:
    """A table by the class of its rows; `BULK = True` there marks one that is shown on demand.

    >>> from songhua.studies.track.rows import TrackView
    >>> [column.type for column in table_schema(TrackView, "track", "view").columns]
    ['date']
    """
    path = f"results.{study}.{name}"
    hints = get_type_hints(kind, include_extras=True)
    columns = (
        column for field in fields(kind) for column in _columns(field.name, hints[field.name])
    )
    table = tuple(replace(column, table=path) for column in columns)
    return TableSchema(id=name, columns=table, path=path, bulk=getattr(kind, "BULK", False))


def _columns(name: str, hint: Any) -> Iterator[Column]:
    """The columns of a field: one, or those of an estimate."""
    column = column_of(hint)
    if column.type != "estimate":
        yield replace(column, name=name, field=name)
        return
    value, low, high, *kind = column.parts or (name, *ends(name))
    if not column.estimate:
        kind = kind or ["estimate" if value == "value" else f"{value}_estimate"]
        column = replace(column, estimate=kind[0])
    plain = replace(column, type="number", field=name, parts=())
    yield replace(plain, name=value, part="value", low=low, high=high)
    bare = replace(plain, estimate="", qualifier="", end_of=value)
    yield replace(bare, name=low, part="low")
    yield replace(bare, name=high, part="high")
    kinds = tuple(vocabularies()["estimate"])
    for kind_name in kind:
        yield Column(
            kind_name, "choice", vocabulary="estimate", choices=kinds, field=name, part="kind"
        )


def ends(name: str) -> tuple[str, str]:
    """The columns of the ends of a number, by its own.

    >>> ends("value"), ends("share")
    (('low', 'high'), ('share_low', 'share_high'))
    """
    return ("low", "high") if name == "value" else (f"{name}_low", f"{name}_high")


def column_of(hint: Any) -> Column:
    """The column that a field's type declares; its name is not known yet.

    >>> column_of(Annotated[float, Column("", "number", unit="%")]).unit
    '%'
    """
    about: Column | None = None
    if get_origin(hint) is Annotated:
        hint, about = get_args(hint)
    if isinstance(hint, UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not NoneType)
    if get_origin(hint) is Annotated:
        hint, about = get_args(hint)
    if about is None:
        about = _plain(get_origin(hint) or hint)
    if hint is int and about.type == "number":
        about = replace(about, type="integer")
    choices = about.choices or vocabularies().get(about.vocabulary, ())
    return replace(about, choices=tuple(choices))


def _plain(kind: type) -> Column:
    """The column of a type that says no more."""
    if issubclass(kind, Enum):
        return Column("", "choice", vocabulary=snake(kind.__name__))
    return Column("", PLAIN[kind])
