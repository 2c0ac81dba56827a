"""Firms on disk: the facts of one in a TOML file, or of many in a CSV or Parquet file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.messages import LANGUAGES, catalogue
from songhua.rules import Rulebook
from songhua.rules.facts import Fact, Scalar, read_fact
from songhua.rules.intervals import UNBOUNDED
from songhua.store.disk import bytes_of
from songhua.store.documents import parse
from songhua.store.rulebooks import applicable, load

AMOUNT = re.compile(
    r"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?: *(?P<unit>\D.*)| +(?P<scaled>\d.*))?"
)


def firms(name: str, data: bytes, statuses: tuple[str, ...] = ()) -> pd.DataFrame:
    """The firms of a CSV or Parquet file, with every fact that the rulebooks ask for by its type.

    Raises:
        SonghuaError: `csv_unreadable`, `columns_missing`, or what is wrong with each fact.

    >>> firms("firms.csv", b"firm,staff,sales\\na,12,0.1 100m CNY\\n")["sales"].tolist()
    [1000.0]
    """
    frame = _raw(name, data)
    if "firm" not in frame.columns:
        raise SonghuaError(Fault("columns_missing", file=name, params={"columns": "firm"}))
    faults: list[Fault] = []
    asked = _asked(load(status) for status in statuses or applicable(map(str, frame.columns)))
    for id in [column for column in frame.columns if column in asked]:
        frame[id], wrong = _typed(frame[id], *asked[id])
        faults += [replace(fault, file=name) for fault in wrong]
    if faults:
        raise SonghuaError(*faults)
    return frame


def _raw(name: str, data: bytes) -> pd.DataFrame:
    """The table of a file; the cells of a CSV as text."""
    try:
        if name.endswith(".parquet"):
            return pd.read_parquet(io.BytesIO(data))
        text = io.BytesIO(data)
        return pd.read_csv(text, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except ValueError as error:
        params = {"why": str(error)[:120]}
        raise SonghuaError(Fault("csv_unreadable", file=name, params=params)) from None


def _asked(books: Iterable[Rulebook]) -> dict[str, tuple[Fact, float]]:
    """The facts that rulebooks ask for, each with the highest mark that it ever had."""
    found: dict[str, tuple[Fact, float]] = {}
    for book in books:
        for id, fact in book.facts.items():
            values = book.parameters[fact.most].values if fact.most else ()
            found[id] = fact, max((dated.value.span[1] for dated in values), default=UNBOUNDED)
    return found


def _typed(column: pd.Series, fact: Fact, most: float) -> tuple[pd.Series, list[Fault]]:
    """A column by a fact's type, and the cells that cannot be read with their rows."""
    read: dict[object, Scalar | None] = {}
    values: list[Scalar | None] = []
    faults: list[Fault] = []
    for at, cell in enumerate(column):
        key = cell if isinstance(cell, str) else at
        if key not in read:
            read[key] = None
            try:
                read[key] = _value(fact, cell, most)
            except SonghuaError as error:
                faults += [replace(f, row=at + 2, column=fact.id) for f in error.faults]
                del read[key]
        values.append(read.get(key))
    kind = object if fact.form != "number" or fact.type == "date" else float
    return pd.Series(values, index=column.index, dtype=kind), faults


def _value(fact: Fact, cell: object, most: float) -> Scalar | None:
    """A cell as the fact's value; a register holds no ranges."""
    value = read_fact(fact, _from_text(fact, cell) if isinstance(cell, str) else cell, most)
    if value is not None and value.low != value.high:
        params = {"text": str(cell)[:80], "type": fact.type}
        raise SonghuaError(Fault("fact_unreadable", params=params))
    return None if value is None else value.low


@cache
def _flags() -> dict[str, bool]:
    """Yes and no as a register may say them: in any language, or as TOML does."""
    reports = [catalogue(lang)["report"] for lang in LANGUAGES]
    words = {str(said[one]).lower(): one == "yes" for said in reports for one in ("yes", "no")}
    return {"true": True, "false": False, **words}


def _from_text(fact: Fact, text: str) -> object:
    """A cell's text as a firm's TOML file would have it: yes and no, a number, perhaps a unit."""
    text = text.strip()
    if fact.type == "flag":
        return _flags().get(text.lower(), text)
    if fact.type in ("choice", "date") or not (found := AMOUNT.fullmatch(text)):
        return text
    number, unit = float(found["number"]), found["unit"] or found["scaled"]
    return {"value": number, "unit": unit} if unit else number


def read_firm(path: Path) -> dict[str, object]:
    """One firm's facts from a TOML file: `staff = 12`, or tables with value, unit, evidence.

    Raises:
        SonghuaError: `file_missing`, `toml_unreadable`, `not_utf8` and what else makes a file or
            its text unfit.
    """
    document, faults = parse(bytes_of(path), path.name)
    if document is None:
        raise SonghuaError(*faults)
    return dict(document.data)
