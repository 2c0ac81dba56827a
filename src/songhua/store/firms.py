# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""Firms on disk: the facts of one in a TOML file, or of many in a CSV or Parquet file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from songhua import schema
from songhua.checks.register import totals
from songhua.checks.table_cells import repeated
from songhua.checks.values import unknown
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FactUnreadable
from songhua.labels.numbers import DECIMAL
from songhua.messages import LANGUAGES, catalogue
from songhua.reading import csv_rows, firms_parquet, parquet, tables
from songhua.reading.contradicting import contradicting
from songhua.reading.csv_rows import CsvRows
from songhua.reading.documents import parse
from songhua.reading.firms_parquet import TABLE, is_text
from songhua.reading.table_fault_kinds import ColumnUnknown, FirmColumnUnknown
from songhua.reading.toml import table
from songhua.rules import Rulebook
from songhua.rules.facts import Fact, Scalar, read_fact
from songhua.rules.intervals import UNBOUNDED
from songhua.rules.verdict import LINKS
from songhua.schema import Column, TableSchema
from songhua.store.disk import bytes_of
from songhua.store.rulebooks import Library, applicable, load

AMOUNT = re.compile(
    r"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"(?: *(?P<unit>\D.*)| +(?P<scaled>\d.*))?",
    re.ASCII,
)
#: Keys that a firm's own file may hold beside facts.
BESIDE = ("name", "invented", "district", LINKS)
FactsById = Mapping[str, tuple[Fact, float]]


@dataclass(frozen=True)
class Firms:
    """The firms of a file, a row each with every fact by its type, and as what each was read.

    `own_columns` has those that are the register's own, row by row as they stand in the file.
    """

    frame: pd.DataFrame
    facts: Mapping[str, Fact]
    own_columns: pd.DataFrame


def read(
    name: str, data: bytes, statuses: tuple[str, ...] = (), own_columns: Sequence[str] = ()
) -> Firms:
    """The firms of a CSV or Parquet file.

    Args:
        name: the file, for faults.
        data: its bytes; Parquet is recognised by the first bytes.
        statuses: the rulebooks by which facts are read; without any those of the country whose
            law asks for the most of the columns. Facts of other rulebooks are read by those.
        own: columns that are the register's own; none has the name of a fact.

    Raises:
        SonghuaError: what is wrong with the heading, a row or a fact, all at once.

    >>> read("firms.csv", b"firm,staff,sales\\na,12,0.1 100m CNY\\n").frame["sales"].tolist()
    [1000.0]
    """
    packed = data.startswith(b"PAR1")
    names = parquet.read(data, name).column_names if packed else csv_rows.heading(data, name)
    facts_by_id, faults = _facts_by_id(statuses or applicable(names), names)
    table = _table(facts_by_id, own_columns)
    rows = firms_parquet.read(data, name, table) if packed else csv_rows.read(data, name, table)
    faults = [_of_firms(fault, name) for fault in (*faults, *rows.faults)]
    if not rows.data.num_columns:
        raise SonghuaError(*faults)
    beside = schema.table(TABLE)
    parsed = tables.checked(replace(rows, faults=[]), name, beside, {})
    frame = parsed.frame()[[*(n for n in beside.names if n in rows.data.column_names), "row"]]
    faults += [*parsed.faults, *repeated(frame[frame["firm"] != ""], beside.key, name)]
    faults += (sums := totals(frame, name))
    facts: dict[str, Fact] = {}
    for id in [name for name in rows.data.column_names if name in facts_by_id]:
        facts[id] = facts_by_id[id][0]
        frame[id], wrong = _typed(rows, name, *facts_by_id[id])
        faults += wrong
    firms = frame[~frame["row"].isin([fault.row for fault in sums])]
    faults += contradicting(firms, facts, name)
    if faults:
        raise SonghuaError(*faults)
    columns = rows.data.select([name for name in rows.data.column_names if name in own_columns])
    return Firms(frame.drop(columns="row"), facts, columns.to_pandas())


def names_read(statuses: Iterable[str]) -> list[str]:
    """The columns that are read of a register: its own table's, and a column a fact."""
    return _table(_facts_by_id(statuses, ())[0]).names


def _table(facts_by_id: FactsById, own_names: Iterable[str] = ()) -> TableSchema:
    """The table of firms with a column a fact; a fact of a register's own name is the fact."""
    table = schema.table(TABLE)
    facts = (Column(id, "fact", table.path) for id in facts_by_id if id not in table.names)
    links = Column(LINKS, "fact", table.path)
    own_columns = (Column(name, "text", table.path) for name in own_names)
    return replace(table, columns=(*table.columns, *facts, links, *own_columns))


def _of_firms(fault: Fault, file: str) -> Fault:
    """A fault of the file; a column that is not read may be the register's own."""
    if isinstance(fault, ColumnUnknown):
        return FirmColumnUnknown(file, fault.row, fault.column, **fault.params)
    return replace(fault, file=file)


def _facts_by_id(
    statuses: Iterable[str], names: Iterable[str]
) -> tuple[dict[str, tuple[Fact, float]], list[Fault]]:
    """Every fact that a rulebook asks for, each with the highest mark that it ever had.

    A column that two of those named define in another way cannot be read for both.
    """
    columns = set(names)
    facts: dict[str, tuple[Fact, float]] = {}
    faults: list[Fault] = []
    chosen = [load(status) for status in statuses]
    further = [book for book in Library().values() if book not in chosen]
    for book in (*chosen, *further):
        for id, fact in book.facts.items():
            if id not in facts:
                facts[id] = fact, _most(book, fact)
            elif book in chosen and id in columns and not facts[id][0].same_as(fact):
                faults.append(facts[id][0].read_otherwise(fact, book.id))
    return facts, faults


def _most(book: Rulebook, fact: Fact) -> float:
    dated = book.parameters[fact.most].values if fact.most else ()
    return max((version.value.span[1] for version in dated), default=UNBOUNDED)


def _typed(rows: CsvRows, file: str, fact: Fact, most: float) -> tuple[pd.Series, list[Fault]]:
    """A column by a fact's type, and the values that cannot be read with their rows.

    Each different value is read once; plain numbers are read all at once.
    """
    array = _encoded(rows.data.column(fact.id))
    numbers, plain = _plain_numbers(array.dictionary, fact, most)
    kind = object if fact.form != "number" or fact.type == "date" else float
    values = np.full(len(plain) + 1, None if kind is object else np.nan, dtype=kind)
    values[:-1][plain] = numbers[plain]

    def judged() -> Iterator[tuple[int, list[Fault]]]:
        for at in np.flatnonzero(~plain):
            try:
                value = _value(fact, array.dictionary[int(at)].as_py(), most)
                values[at] = values[-1] if value is None else value
            except SonghuaError as error:
                yield int(at), list(error.faults)
            except (ValueError, OverflowError):  # a time that Python has no value for
                yield (
                    int(at),
                    [FactUnreadable(text=_cell_text(array.dictionary[int(at)]), type=fact.type)],
                )

    faults = tables.faults_of(file, rows.rows, fact.id, array, judged())
    codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return pd.Series(values[codes], dtype=kind), faults


def _cell_text(cell: pa.Scalar) -> str:
    """A value as text; one that Python has none for by its number of days or ticks."""
    try:
        return str(cell)[:80]
    except (ValueError, OverflowError):
        return str(cell.cast(pa.int64() if cell.type.bit_width == 64 else pa.int32()))


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """A column as its different values; nested ones are each a value."""
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    if pa.types.is_nested(column.type):
        whole = column.combine_chunks()
        whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
        return pa.DictionaryArray.from_arrays(
            pa.array(np.arange(len(whole), dtype=np.int32)), whole
        )
    if pa.types.is_dictionary(column.type):
        array = column.unify_dictionaries().combine_chunks()
    else:
        array = pc.dictionary_encode(column.combine_chunks())
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array


def _plain_numbers(texts: pa.Array, fact: Fact, most: float) -> tuple[np.ndarray, np.ndarray]:
    """The values that are numbers without a doubt, and which they are."""
    none = np.zeros(len(texts), dtype=bool)
    if fact.type not in ("number", "whole", "score"):
        return none.astype(float), none
    if is_text(texts.type):
        plain = pc.match_substring_regex(texts, DECIMAL)
        numbers = pc.if_else(plain, texts, "0").cast(pa.float64()).to_numpy(False)
        sure = plain.to_numpy(zero_copy_only=False).astype(bool)
    elif pa.types.is_integer(texts.type) or pa.types.is_floating(texts.type):
        numbers = texts.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        sure = np.abs(numbers) < 1e15
    else:
        return none.astype(float), none
    if not fact.signed:
        sure &= numbers >= 0
    if fact.type in ("whole", "score"):
        sure &= numbers == np.floor(numbers)
    if fact.type == "score":
        sure &= numbers <= most
    return numbers, sure


def _value(fact: Fact, cell: object, most: float) -> Scalar | None:
    """A cell as the fact's value; a register holds no ranges."""
    value = read_fact(fact, fact_of(fact, cell) if isinstance(cell, str) else cell, most)
    if value is not None and value.low != value.high:
        raise SonghuaError(FactUnreadable(text=str(cell)[:80], type=fact.type))
    return None if value is None else value.low


@cache
def _flags() -> dict[str, bool]:
    """Yes and no as a register may say them: in any language, or as TOML does."""
    reports = [catalogue(lang)["report"] for lang in LANGUAGES]
    words = {str(report[w]).lower(): w == "yes" for report in reports for w in ("yes", "no")}
    return {"true": True, "false": False, **words}


def fact_of(fact: Fact, text: str) -> object:
    """A cell's text as a firm's TOML file would have it: yes and no, a number, perhaps a unit.

    >>> from songhua.messages import Words
    >>> fact_of(Fact("sales", "number", Words(), "10k CNY"), "0.1 100m CNY")
    {'value': 0.1, 'unit': '100m CNY'}
    """
    text = text.strip()
    if fact.type == "flag":
        return _flags().get(text.lower(), text)
    if fact.type in ("choice", "date") or not (amount := AMOUNT.fullmatch(text)):
        return text
    number, unit = float(amount["number"]), (amount["unit"] or amount["scaled"] or "").strip()
    return {"value": number, "unit": unit} if unit else number


def firm_as_toml(name: str, facts: Mapping[str, object]) -> bytes:
    """One firm's facts as the TOML file that `read_firm` reads.

    >>> firm_as_toml("Mill", {"resident": True, "sales": {"value": 0.1, "unit": "100m CNY"}})
    b'name = "Mill"\\nresident = true\\nsales = { value = 0.1, unit = "100m CNY" }\\n'
    """
    return table({"name": name, **facts} if name else facts).as_string().encode()


def read_firm(path: Path, statuses: Iterable[str] = ()) -> dict[str, object]:
    """One firm's facts from a TOML file: `staff = 12`, or tables with value, unit, evidence.

    Args:
        path: the file.
        statuses: rulebooks whose facts it may hold beside those of the rulebooks of songhua.

    Raises:
        SonghuaError: `file_missing`, `toml_unreadable`, `not_utf8` and what else makes a file or
            its text unfit; `key_unknown`, for a name that no rulebook asks for.
    """
    document, faults = parse(bytes_of(path), path.name)
    if document is None:
        raise SonghuaError(*faults)
    names = dict.fromkeys((*BESIDE, *_facts_by_id(statuses, ())[0]))
    odd = [(name, unknown(name, names)) for name in document.data if name not in names]
    if odd:
        raise SonghuaError(
            *(replace(fault, file=path.name, row=document.row(name)) for name, fault in odd)
        )
    return dict(document.data)
