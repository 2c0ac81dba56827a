# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""Reading a CSV table of the folder against its schema: all its faults, or its columns.

Every column but numbers and free text is read as a dictionary (each different text once), so
that a million rows cost a few hundred parses.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from songhua.errors import Fault, SonghuaError
from songhua.schema import Column, TableSchema
from songhua.store import values

FREE = {"decimal", "text"}
REPEATS = 100
MOST_VALUES = 200
WORTH_THREADS = 1 << 20
SOUND = re.compile(rb'(?:[^"]++|(?<![^,\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^,\r\n]))*+')
ENCODED = pa.dictionary(pa.int32(), pa.string())
Known = Mapping[str, Collection[str]]


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


def clean(data: bytes, file: str) -> bytes:
    """Bytes of the folder without a byte order mark; UTF-8 text is demanded.

    Raises:
        SonghuaError: `not_utf8`, with the row of the first byte that is not; `null_byte`.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SonghuaError(Fault("not_utf8", file=file, row=row)) from None
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SonghuaError(Fault("null_byte", file=file, row=row))
    return data


def read(data: bytes, file: str, table: TableSchema, known: Known) -> Parsed:
    """A CSV table with all its faults; `known` holds the labels that exist, by catalogue."""
    empty = Parsed(file, table, _typed(pa.table({}), table, 0), np.zeros(0, dtype=np.int64))
    try:
        data = clean(data, file)
    except SonghuaError as error:
        empty.faults.extend(error.faults)
        return empty
    if not data.endswith((b"\n", b"\r")):
        data += b"\n"
    names, faults = _heading(data, file, table)
    faults += _quotes(data, file)
    if faults:
        empty.faults.extend(faults)
        return empty
    try:
        types = {name: _type(table.column(name)) for name in names}
        raw, rows, faults = _split(data, file, types)
    except (pa.ArrowException, ValueError) as error:
        empty.faults.append(Fault("csv_unreadable", file=file, params={"why": _first_line(error)}))
        return empty
    raw, rows = _without_blank(raw, rows)
    parsed = Parsed(file, table, _typed(raw, table, len(rows)), rows, faults)
    parsed.faults.extend(_check_columns(parsed, known))
    parsed.faults.sort(key=lambda fault: (fault.row or 0, fault.column))
    return parsed


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


def _quotes(data: bytes, file: str) -> list[Fault]:
    """A quotation mark that opens or closes no cell: what follows it would be read as one cell."""
    if b'"' not in data:
        return []
    sound = SOUND.match(data)
    end = sound.end() if sound else 0
    if end == len(data):
        return []
    return [Fault("quote_alone", file=file, row=data.count(b"\n", 0, end) + 1)]


def _heading(data: bytes, file: str, table: TableSchema) -> tuple[list[str], list[Fault]]:
    """The names in the heading row; unknown, repeated or missing ones are faults."""
    columns = ", ".join(table.names)
    try:
        names = next(
            csv.reader(io.StringIO(data[:100_000].decode("utf-8", "ignore"), newline="")), []
        )
    except csv.Error:
        names = []
    if not any(name.strip() for name in names):
        return [], [Fault("heading_missing", file=file, row=1, params={"columns": columns})]
    faults: list[Fault] = []
    for name in names:
        if name not in table.names:
            near = values.nearest(name, table.names)
            params = {"name": name, "near": near, "columns": columns}
            faults.append(Fault("column_unknown", file=file, row=1, params=params))
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.append(Fault("column_repeats", file=file, row=1, params={"name": name}))
    for column in table.columns:
        if column.required and column.name not in names:
            faults.append(Fault("column_missing", file=file, row=1, params={"name": column.name}))
    return names, faults


def _type(column: Column) -> pa.DataType:
    return pa.string() if column.type in FREE else ENCODED


def _split(
    data: bytes, file: str, types: Mapping[str, pa.DataType]
) -> tuple[pa.Table, np.ndarray, list[Fault]]:
    """The rows as dictionary and string columns; rows of another width are faults.

    Rows are numbered as records are read, so a first pass may use threads; only when it meets a
    row of another width (or an empty line) is a second pass made that knows their numbers.
    """
    odd: list[tuple[int | None, int, str]] = []

    def note(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.actual_columns, row.text))
        return "skip"

    def once(threads: bool) -> pa.Table:
        odd.clear()
        return pacsv.read_csv(
            pa.BufferReader(data),
            read_options=pacsv.ReadOptions(
                use_threads=threads,
                block_size=1 << 22,
                column_names=list(types),
                skip_rows_after_names=1,
            ),
            parse_options=pacsv.ParseOptions(
                newlines_in_values=b'"' in data,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=types,
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )

    raw = once(threads=len(data) > WORTH_THREADS)
    if not odd:
        return raw, np.arange(2, raw.num_rows + 2), []
    raw = once(threads=False)
    taken = {number for number, _, _ in odd if number is not None}
    total = raw.num_rows + len(taken) + 1
    rows = np.setdiff1d(np.arange(2, total + 1), np.fromiter(taken, dtype=np.int64))
    wide = [(number or 0, found) for number, found, text in odd if text.strip()]
    faults = [
        Fault("row_width", file=file, row=number, params={"found": found, "wanted": len(types)})
        for number, found in wide[:REPEATS]
    ]
    if len(wide) > REPEATS:
        params = {"n": len(wide) - REPEATS, "row": wide[REPEATS - 1][0]}
        faults.append(Fault("more_rows", file, wide[REPEATS][0], "", params))
    return raw, rows, faults


def _without_blank(raw: pa.Table, rows: np.ndarray) -> tuple[pa.Table, np.ndarray]:
    """The rows that hold anything: an empty line is no row."""
    blank = np.ones(len(rows), dtype=bool)
    for column in raw.columns:
        blank &= pc.equal(column.cast(pa.string()), "").to_numpy()
        if not blank.any():
            return raw, rows
    kept = raw.filter(pa.array(~blank))
    columns = [
        column.cast(pa.string()).dictionary_encode() if column.type == ENCODED else column
        for column in kept.columns
    ]
    return pa.table(columns, names=kept.column_names), rows[~blank]


def _typed(raw: pa.Table, table: TableSchema, length: int) -> pa.Table:
    """All columns of the schema in its order; absent ones hold their default, blank ones too."""
    columns: dict[str, pa.Array] = {}
    for column in table.columns:
        if column.name not in raw.column_names:
            filled = pa.DictionaryArray.from_arrays(
                pa.array(np.zeros(length, dtype=np.int32)), pa.array([column.default])
            )
            columns[column.name] = pa.array([""] * length) if column.type in FREE else filled
            continue
        found = raw.column(column.name)
        if column.type in FREE:
            columns[column.name] = found.cast(pa.string()).combine_chunks()
            continue
        encoded = found.unify_dictionaries().combine_chunks()
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


def _check_columns(parsed: Parsed, known: Known) -> list[Fault]:
    faults: list[Fault] = []
    for column in parsed.table.columns:
        array = parsed.data.column(column.name).combine_chunks()
        if column.type == "decimal":
            faults += _check_decimals(parsed, column, array)
        elif column.type == "text":
            if column.required:
                empty = pc.equal(pc.utf8_trim_whitespace(array), "").to_numpy(zero_copy_only=False)
                faults += _faults(parsed, column, empty, "value_missing", {})
        else:
            faults += _check_encoded(parsed, column, array, known)
    return faults


def _check_decimals(parsed: Parsed, column: Column, array: pa.Array) -> list[Fault]:
    wrong = ~pc.match_substring_regex(array, values.DECIMAL).to_numpy(zero_copy_only=False)
    empty = pc.equal(array, "").to_numpy(zero_copy_only=False)
    faults: list[Fault] = []
    if column.required:
        faults += _faults(parsed, column, empty, "value_missing", {})
    places = np.flatnonzero(wrong & ~empty)
    for at in places[:REPEATS]:
        params = {"text": array[int(at)].as_py()[:80]}
        row = int(parsed.rows[at])
        faults.append(Fault("number_unreadable", parsed.file, row, column.name, params))
    return faults + _more(parsed, column, parsed.rows[places])


def _check_encoded(
    parsed: Parsed, column: Column, array: pa.DictionaryArray, known: Known
) -> list[Fault]:
    """Faults of each different text, at its rows; after two hundred wrong texts no more is read."""
    faults: list[Fault] = []
    codes = _codes(array)
    texts = array.dictionary.to_pylist()
    wrong = 0
    for code, text in enumerate(texts):
        found = values.check(column, text, known)
        where = codes == code if found else codes
        for one in found:
            faults += _faults(parsed, column, where, one.code, one.params)
        wrong += bool(found)
        if wrong == MOST_VALUES:
            params = {"n": wrong, "of": len(texts)}
            faults.append(Fault("more_values", parsed.file, None, column.name, params))
            break
    return faults


def _faults(
    parsed: Parsed, column: Column, where: np.ndarray, code: str, params: Mapping[str, object]
) -> list[Fault]:
    """A fault for each marked row, up to a hundred of the same, then one that counts the rest."""
    rows = parsed.rows[where]
    faults = [Fault(code, parsed.file, int(row), column.name, params) for row in rows[:REPEATS]]
    return faults + _more(parsed, column, rows)


def _more(parsed: Parsed, column: Column, rows: np.ndarray) -> list[Fault]:
    """A fault that counts the rows after the first hundred."""
    if len(rows) <= REPEATS:
        return []
    params = {"n": len(rows) - REPEATS, "row": int(rows[REPEATS - 1])}
    return [Fault("more_rows", parsed.file, int(rows[REPEATS]), column.name, params)]
