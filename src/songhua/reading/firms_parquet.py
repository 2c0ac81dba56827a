# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""The firms of a Parquet file as the rows of a table: what a CSV file would hold is made text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from songhua import schema
from songhua.errors import Fault
from songhua.fault_kinds import CharacterOdd
from songhua.labels.text import character_name, odd_characters
from songhua.reading import csv_rows, parquet, tables
from songhua.reading.csv_rows import CsvRows
from songhua.reading.table_fault_kinds import ImportColumnType
from songhua.schema import TableSchema

#: The table whose own columns are texts; facts and own columns keep their type.
TABLE = "register_enterprises"


def read(data: bytes, file: str, table: TableSchema) -> CsvRows:
    """The columns of a Parquet file; its rows are counted from 1, for it has no heading row."""
    packed = parquet.read(data, file)
    rows = np.arange(1, packed.num_rows + 1)
    faults = csv_rows.heading_faults(packed.column_names, file, table)
    columns: dict[str, pa.ChunkedArray] = {}
    for name in [] if faults else packed.column_names:
        columns[name] = packed.column(name)
        if pa.types.is_dictionary(columns[name].type):
            columns[name] = columns[name].cast(columns[name].type.value_type)
        if name in schema.table(TABLE).names:
            try:
                columns[name] = _as_text(columns[name])
            except (pa.ArrowException, ValueError) as error:
                text = str(error).split("\n", 1)[0][:120]
                faults.append(ImportColumnType(file, None, name, text=text))
                continue
        faults += _odd(columns[name], file, name)
    return CsvRows(pa.table({} if faults else columns), rows, faults)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts and whole numbers as text."""
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_null(kind) or is_text(kind)):
        raise ValueError(str(kind))
    return pc.fill_null(column.cast(pa.string()), "").dictionary_encode()


def is_text(kind: pa.DataType) -> bool:
    """True for the type of a column of texts."""
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _odd(column: pa.ChunkedArray, file: str, name: str) -> list[Fault]:
    """Characters that are no text, each at the first row that has it."""
    encoded = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    texts = encoded.dictionary if pa.types.is_dictionary(encoded.type) else encoded
    if not is_text(texts.type):
        return []
    faults: list[Fault] = []
    for text in texts.filter(pc.match_substring_regex(texts, "[^ -~]")).unique().to_pylist():
        for odd in odd_characters(text):
            row = pc.index(column.cast(pa.string()), text).as_py() + 1
            faults.append(
                CharacterOdd(file, row, name, name=character_name(odd), where=text.index(odd) + 1)
            )
    return faults[: tables.MOST_VALUES]
