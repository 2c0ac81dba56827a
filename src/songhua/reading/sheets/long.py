"""A list of observations: its headings are the observations' own. Nothing loops over rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as arrow_compute

from songhua.checks.values import nearest
from songhua.errors import Fault
from songhua.grammar.periods import spoken_period
from songhua.reading.sheets.candidates import (
    Candidates,
    Tally,
    columns,
    missing,
    nothing,
    repeating,
    required,
)
from songhua.reading.sheets.fault_kinds import (
    ImportNothingFound,
    ImportNotLong,
    ImportSetTwice,
)
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.numbers import Number, number_fault, read_number
from songhua.reading.sheets.raw import Raw
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.table_fault_kinds import ColumnRepeats, ColumnUnknown, HeadingMissing

pc: Any = arrow_compute  # its functions are made when it is loaded, so no type is known
_PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$"
_GROUPED = r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,12})?$"
_BLANK = r"^\s*$"


def read_long(raw: Raw, faults: Faults) -> Candidates:
    """The candidates of a list of observations."""
    names = _headings(raw, faults)
    if names is None:
        return nothing(faults.listed())
    columns = {
        name: _trimmed(name, column)
        for name, column in zip(names, raw.columns, strict=True)
        if name
    }
    if "note" in columns:
        columns["note"] = pc.replace_substring_regex(columns["note"], r"\s*[\r\n]\s*", " ")
    tally = Tally()
    long = _Long(columns, raw.rows, faults, tally)
    long.drop_blank_rows()
    long.read_values()
    long.translate("period", lambda text: spoken_period(text) or text)
    long.translate("unit", lambda text: spoken_unit(text) or text)
    return long.candidates()


def _headings(raw: Raw, faults: Faults) -> list[str] | None:
    """The observations column of each column, blank for one without a heading or figures."""
    allowed = list(columns())
    names = [name.strip().lstrip("\ufeff") for name in raw.names]
    if not any(names):
        faults.add(HeadingMissing(columns=tuple(allowed)))
        return None
    lower = [name.casefold() for name in names]
    if not set(lower) & set(allowed):
        faults.add(ImportNotLong(text=" | ".join(names)[:120], columns=tuple(allowed)))
        return None
    wrong: list[Fault] = []
    for index, name in enumerate(lower):
        empty = not name and not pc.any(pc.invert(_matches(raw.columns[index], _BLANK))).as_py()
        if name not in allowed and not empty:
            near = nearest(name, tuple(allowed))
            wrong.append(ColumnUnknown(name=names[index][:60], near=near, columns=tuple(allowed)))
        elif name and lower.index(name) != index:
            wrong.append(ColumnRepeats(name=name))
    for name in required():
        if name not in lower:
            wrong.append(missing(name))
    for fault in wrong:
        faults.add(fault)
    return None if wrong else lower


def _trimmed(name: str, column: pa.ChunkedArray) -> pa.Array:
    """A column without spaces at the ends of its texts; each different one once, if they repeat."""
    whole = column.unify_dictionaries().combine_chunks() if column.num_chunks else column
    if name not in repeating():
        return pc.utf8_trim_whitespace(_in_one_piece(whole))
    coded = _in_one_piece(whole)
    coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
    return _respelt(coded, pc.utf8_trim_whitespace(coded.dictionary))


def _in_one_piece(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _respelt(coded: pa.DictionaryArray, texts: pa.Array) -> pa.DictionaryArray:
    """A column with another text for each of its different ones."""
    if texts.equals(coded.dictionary):
        return coded
    return texts.take(coded.indices).dictionary_encode()


def _text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())


def _matches(column: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    return pc.match_substring_regex(column, pattern)


@dataclass
class _Long:
    columns: dict[str, pa.Array]
    rows: np.ndarray
    faults: Faults
    tally: Tally

    def keep(self, mask: np.ndarray) -> None:
        """Keep the rows of a mask."""
        if mask.all():
            return
        chosen = pa.array(mask)
        self.columns = {name: column.filter(chosen) for name, column in self.columns.items()}
        self.rows = self.rows[mask]

    def drop_blank_rows(self) -> None:
        some = np.zeros(len(self.rows), dtype=bool)
        for column in self.columns.values():
            some |= pc.not_equal(_text(column), "").to_numpy(False).astype(bool)
            if some.all():
                return
        self.skip("blank", "", ~some)
        self.keep(some)

    def skip(self, why: str, text: str, mask: np.ndarray) -> None:
        """Count the rows of a mask as skipped."""
        if n := int(mask.sum()):
            self.tally.add(why, text, f"row {self.rows[int(mask.argmax())]}", n)

    def translate(self, name: str, into: Callable[[str], str]) -> None:
        """Put each different text of a column into other words, once."""
        if name not in self.columns:
            return
        coded = self.columns[name]
        words = coded.dictionary.to_pylist()
        texts = pa.array([into(word) if word else "" for word in words], pa.string())
        self.columns[name] = _respelt(coded, texts)

    def read_values(self) -> None:
        """Numbers as plain digits; cells without a figure are skipped, and odd ones are faults."""
        if "value" not in self.columns:
            return
        value = self.columns["value"]
        if pc.any(pc.match_substring(value, ",")).as_py():
            plain = pc.replace_substring(value, ",", "")
            value = pc.if_else(_matches(value, _GROUPED), plain, value)
        odd = pc.invert(_matches(value, _PLAIN)).to_numpy(False).astype(bool)
        self.columns["value"] = value
        if not odd.any():
            return
        coded = value.filter(pa.array(odd)).dictionary_encode()
        read = [read_number(t) for t in coded.dictionary.to_pylist()]
        read = [None if n is not None and "forecast" in n.status else n for n in read]
        codes = np.full(len(self.rows), -1, dtype=np.int64)
        codes[odd] = coded.indices.to_numpy()
        self._refuse(read, coded.dictionary.to_pylist(), codes)
        self._take(read, codes)
        blank = np.array([n is not None and n.blank is not None for n in read] + [False])
        for mark in dict.fromkeys(n.blank for n in read if n is not None and n.blank is not None):
            same = np.array([n is not None and n.blank == mark for n in read] + [False])
            self.skip("mark" if mark else "blank", mark, same[codes])
        self.keep(~blank[codes])

    def _refuse(self, read: list[Number | None], texts: list[str], codes: np.ndarray) -> None:
        """A fault for every different text that is no number, at its first row."""
        if None not in read:
            return
        bad = np.array([number is None for number in read] + [False])
        which = np.flatnonzero(bad[codes])
        unlike, first, n = np.unique(codes[which], return_index=True, return_counts=True)
        for place in np.argsort(first):
            row, fault = (
                int(self.rows[which[first[place]]]),
                number_fault(texts[int(unlike[place])]),
            )
            self.faults.add(fault.at("", row, "value"), int(n[place]))

    def _take(self, read: list[Number | None], codes: np.ndarray) -> None:
        """Put what odd cells say into value, qualifier, unit and note."""
        numbers = [number or Number() for number in read]
        spread = pa.array(np.where(codes < 0, len(numbers), codes))

        def column(texts: list[str]) -> pa.Array:
            return pa.array([*texts, ""], pa.string()).take(spread)

        odd = pa.array(codes >= 0)
        values = column([number.value for number in numbers])
        self.columns["value"] = pc.if_else(odd, values, self.columns["value"])
        self._join("qualifier", column([number.qualifier for number in numbers]))
        self._join("unit", column([number.unit for number in numbers]))
        self._join("note", column([number.marks for number in numbers]))

    def _join(self, name: str, texts: pa.Array) -> None:
        """Fill the blanks of a column; where it says otherwise, that is a fault."""
        some = pc.not_equal(texts, "")
        if not pc.any(some).as_py():
            return
        present = _text(self.columns.get(name, _constant("", len(texts))))
        if name == "note":
            joined = pc.binary_join_element_wise(present, texts, "; ")
            clash = pc.and_(some, pc.not_equal(present, ""))
        else:
            joined = present
            clash = pc.and_(pc.and_(some, pc.not_equal(present, "")), pc.not_equal(present, texts))
            for at in np.flatnonzero(clash.to_numpy(zero_copy_only=False))[:1]:
                values = present[int(at)].as_py(), texts[int(at)].as_py()
                fault = ImportSetTwice(name=name, one=values[0], other=values[1])
                place = "", int(self.rows[at]), name
                self.faults.add(fault.at(*place), int(pc.sum(clash).as_py()))
        filled = pc.if_else(pc.and_(some, pc.equal(present, "")), texts, present)
        new = pc.if_else(clash, joined, filled)
        self.columns[name] = new.dictionary_encode() if name in repeating() else new

    def candidates(self) -> Candidates:
        """The rows."""
        by_name = {}
        for name in columns():
            column = self.columns.get(name)
            by_name[name] = _constant("", len(self.rows)) if column is None else column
        if not len(self.rows) and not self.faults:
            self.faults.add(ImportNothingFound())
        rows = self.rows
        return Candidates(
            pa.table(by_name),
            lambda row: f"row {rows[row]}",
            self.tally.skipped(),
            faults=tuple(self.faults.listed()),
        )


def _constant(text: str, length: int) -> pa.DictionaryArray:
    """A column of one text."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([text]))
