# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""Reading a CSV table of the folder against its schema: all its faults, or its columns.

Every column but numbers and free text is read as a dictionary (each different text once), so
that a million rows cost a few hundred parses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from songhua.checks import values
from songhua.errors import Fault
from songhua.fault_kinds import NumberUnreadable, ValueMissing
from songhua.reading import csv_rows
from songhua.reading.csv_rows import FREE, REPEATS, CsvRows
from songhua.reading.table_fault_kinds import MoreRows, MoreValues, ValueMissingEach
from songhua.schema import Column, TableSchema, former_names

MOST_VALUES = 200
#: A label that needs no closer look: plain letters with single spaces between.
TIDY = r"^[!-~]+( [!-~]+)*$"
#: A day of the years that a period may speak of.
DAY = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"


@dataclass
class Parsed:
    """A table read: its columns, each row's number in a spreadsheet, and its faults.

    A column of a closed or labelled type is a dictionary array; numbers and free text are
    strings.
    """

    file: str
    table: TableSchema
    data: pa.Table
    rows: np.ndarray
    faults: list[Fault] = field(default_factory=list)

    def frame(self) -> pd.DataFrame:
        """The columns as text, with the row numbers."""
        columns = {
            name: pd.Series(self.data.column(name).cast(pa.string()).to_pandas(), dtype="str")
            for name in self.table.names
        }
        return pd.DataFrame(columns).assign(row=self.rows)


def read(data: bytes, file: str, table: TableSchema, ids: values.Ids) -> Parsed:
    """A CSV table with all its faults; `known` holds the labels that exist, by catalogue."""
    return checked(csv_rows.read(data, file, table), file, table, ids)


def checked(raw: CsvRows, file: str, table: TableSchema, ids: values.Ids) -> Parsed:
    """The columns of a table among those of a file, each held against its schema."""
    columns = _typed(raw.data, table, len(raw.rows))
    parsed = Parsed(file, table, columns, raw.rows, raw.faults)
    if raw.data.num_columns:
        parsed.faults.extend(_check_columns(parsed, ids))
        parsed.faults.sort(key=lambda fault: (fault.row or 0, fault.column))
    return parsed


def sound(parsed: Parsed, ids: values.Ids) -> Parsed:
    """The rows of a table of which every cell is sound, whatever is wrong with the others."""
    fine = np.ones(len(parsed.rows), dtype=bool)
    for column in parsed.table.columns:
        array = parsed.data.column(column.name).combine_chunks()
        if column.type == "text":
            if column.required:
                fine &= pc.not_equal(pc.utf8_trim_whitespace(array), "").to_numpy(False)
        elif column.type == "decimal":
            read = pc.match_substring_regex(array, values.DECIMAL)
            blank = pc.and_(pc.equal(array, ""), not column.required)
            fine &= pc.or_(read, blank).to_numpy(False)
        else:
            texts = array.dictionary.to_pylist()
            right = np.array([not values.check(column, text, ids) for text in texts], dtype=bool)
            fine &= right[_codes(array)] if len(texts) else fine
    for group in parsed.table.spoken:
        blank = [parsed.data.column(name).cast(pa.string()) for name in group]
        fine &= np.any(
            [pc.not_equal(pc.utf8_trim_whitespace(cells), "").to_numpy() for cells in blank], axis=0
        )
    if fine.all():
        return parsed
    filtered = parsed.data.filter(pa.array(fine))
    columns = [
        column.cast(pa.string()).combine_chunks().dictionary_encode()
        if pa.types.is_dictionary(column.type)
        else column
        for column in filtered.columns
    ]
    data = pa.table(columns, names=filtered.column_names)
    return replace(parsed, data=data, rows=parsed.rows[fine])


def _typed(raw: pa.Table, table: TableSchema, length: int) -> pa.Table:
    """All columns of the schema in its order; absent ones hold their default, blank ones too."""
    columns: dict[str, pa.Array] = {}
    for column in table.columns:
        if column.name not in raw.column_names:
            filled = pa.DictionaryArray.from_arrays(
                pa.array(np.zeros(length, dtype=np.int32)), pa.array([column.default])
            )
            blank = pa.array([""] * length, pa.string())
            columns[column.name] = blank if column.type in FREE else filled
            continue
        array = raw.column(column.name)
        if column.type in FREE:
            columns[column.name] = array.cast(pa.string()).combine_chunks()
            continue
        encoded = array.unify_dictionaries().combine_chunks()
        encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
        if column.default:
            encoded = _with_default(encoded, column.default)
        columns[column.name] = encoded
    return pa.table(columns)


def _with_default(encoded: pa.DictionaryArray, default: str) -> pa.DictionaryArray:
    """Blank entries read as the default."""
    texts = encoded.dictionary.to_pylist()
    if "" not in texts:
        return encoded
    wanted = [text or default for text in texts]
    distinct = list(dict.fromkeys(wanted))
    place = {text: code for code, text in enumerate(distinct)}
    where = np.array([place[text] for text in wanted], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(where[_codes(encoded)]), pa.array(distinct))


def _codes(encoded: pa.DictionaryArray) -> np.ndarray:
    return encoded.indices.to_numpy(zero_copy_only=False)


def _check_columns(parsed: Parsed, ids: values.Ids) -> list[Fault]:
    faults: list[Fault] = []
    for column in parsed.table.columns:
        array = parsed.data.column(column.name).combine_chunks()
        if column.type == "decimal":
            faults += _check_decimals(parsed, column, array)
        elif column.type == "text":
            if column.required:
                empty = pc.equal(pc.utf8_trim_whitespace(array), "").to_numpy(zero_copy_only=False)
                rows = parsed.rows[empty]
                faults += _faults(parsed.file, column.name, rows, ValueMissing())
        else:
            faults += _check_encoded(parsed, column, array, ids)
    return faults + [fault for group in parsed.table.spoken for fault in _unsaid(parsed, group)]


def _unsaid(parsed: Parsed, columns: Sequence[str]) -> list[Fault]:
    """A fault for each row that says nothing in any of the columns, one a language."""
    blank = np.ones(len(parsed.rows), dtype=bool)
    for name in columns:
        blank &= pc.equal(pc.utf8_trim_whitespace(parsed.data.column(name)), "").to_numpy()
    fault = ValueMissingEach(names=tuple(columns))
    return _faults(parsed.file, "", parsed.rows[blank], fault)


def _check_decimals(parsed: Parsed, column: Column, array: pa.Array) -> list[Fault]:
    wrong = ~pc.match_substring_regex(array, values.DECIMAL).to_numpy(zero_copy_only=False)
    empty = pc.equal(array, "").to_numpy(zero_copy_only=False)
    faults: list[Fault] = []
    if column.required:
        faults += _faults(parsed.file, column.name, parsed.rows[empty], ValueMissing())
    places = np.flatnonzero(wrong & ~empty)
    for at in places[:REPEATS]:
        row = int(parsed.rows[at])
        faults.append(
            NumberUnreadable(parsed.file, row, column.name, text=array[int(at)].as_py()[:80])
        )
    return faults + more(parsed.file, column.name, parsed.rows[places])


def _check_encoded(
    parsed: Parsed, column: Column, array: pa.DictionaryArray, ids: values.Ids
) -> list[Fault]:
    """Faults of each different text, at its rows; after two hundred wrong texts no more is read."""
    doubtful = array.dictionary
    at = np.arange(len(doubtful))
    if column.type == "tag" and not former_names.values(parsed.table.id, column.name):
        at = np.flatnonzero(~pc.match_substring_regex(doubtful, TIDY).to_numpy(False))
    elif column.type in ("when", "date"):
        at = np.flatnonzero(~_days(doubtful))
    judged = ((int(code), values.check(column, doubtful[int(code)].as_py(), ids)) for code in at)
    return faults_of(parsed.file, parsed.rows, column.name, array, judged)


def _days(texts: pa.Array) -> np.ndarray:
    """True for texts that are days as usually written; for none where a day does not exist.

    >>> _days(pa.array(["2026-01-02", "2026-01"])), _days(pa.array(["2026-01-02", "2026-02-30"]))
    (array([ True, False]), array([False, False]))
    """
    usual = pc.match_substring_regex(texts, DAY)
    try:
        texts.filter(usual).cast(pa.date32())
    except pa.ArrowInvalid:
        return np.zeros(len(texts), dtype=bool)
    return usual.to_numpy(False)


def faults_of(
    file: str,
    rows: np.ndarray,
    column: str,
    array: pa.DictionaryArray,
    judged: Iterable[tuple[int, list[Fault]]],
) -> list[Fault]:
    """Faults of different values of a column at their rows; after two hundred wrong ones no more.

    `judged` has the place of each value in the dictionary, and what is wrong with it.
    """
    faults: list[Fault] = []
    codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    wrong = 0
    for code, value_faults in judged:
        marked = rows[codes == code] if value_faults else rows
        for fault in value_faults:
            faults += _faults(file, column, marked, fault)
        wrong += bool(value_faults)
        if wrong == MOST_VALUES:
            faults.append(MoreValues(file, None, column, n=wrong, of=len(array.dictionary)))
            break
    return faults


def _faults(file: str, column: str, rows: np.ndarray, fault: Fault) -> list[Fault]:
    """A fault for each row, up to a hundred of the same, then one that counts the rest."""
    faults = [fault.at(file, int(row), column) for row in rows[:REPEATS]]
    return faults + more(file, column, rows)


def more(file: str, column: str, rows: np.ndarray) -> list[Fault]:
    """A fault that counts the rows after the first hundred."""
    if len(rows) <= REPEATS:
        return []
    return [
        MoreRows(
            file, int(rows[REPEATS]), column, n=len(rows) - REPEATS, line=int(rows[REPEATS - 1])
        )
    ]
