"""Faults of a whole sheet: a repeated fault is listed once, with its first place and a count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from songhua.errors import Fault
from songhua.fault_kinds import Counted
from songhua.reading.sheets.fault_kinds import ImportMore

MOST = 20
_BEYOND = 10**6  # more columns than any sheet has


@dataclass
class Faults:
    """A list of faults that stays short whatever the sheet holds.

    Faults of one kind with the same fields are one, at the first place, and `n` says how often.
    Of the same kind at most `MOST` different ones are told; `import_more` counts the rest.

    >>> from songhua.fault_kinds import NumberUnreadable
    >>> faults = Faults("gdp.xlsx")
    >>> for row in (7, 8, 9):
    ...     faults.add(NumberUnreadable(row=row, column="C", text="abc"))
    >>> faults.listed()[0].place(), faults.listed()[0].params
    ('gdp.xlsx, row 7, C', {'n': 3, 'text': 'abc'})
    """

    file: str
    sheet: str = ""
    _faults: dict[type[Fault], dict[str, Fault]] = field(default_factory=dict)
    _times: Counter[str] = field(default_factory=Counter)
    _more: Counter[type[Fault]] = field(default_factory=Counter)

    def add(self, fault: Fault, n: int = 1) -> None:
        """Note a fault at its row and column; `n` is how often it stands there."""
        same, key = self._faults.setdefault(type(fault), {}), repr(fault.at())
        if key not in same and len(same) == MOST:
            self._more[type(fault)] += n
            return
        same.setdefault(key, fault)
        self._times[key] += n

    def __bool__(self) -> bool:
        """True where there is any fault."""
        return bool(self._faults)

    def listed(self) -> list[Fault]:
        """The faults, in the order in which their kinds were met first."""
        faults: list[Fault] = []
        for kind, same in self._faults.items():
            for key, fault in same.items():
                column = fault.column
                column = f"{self.sheet}!{column}" if column and self.sheet else column
                placed = fault.at(self.file, fault.row, column)
                counted = isinstance(placed, Counted)
                faults.append(replace(placed, n=self._times[key]) if counted else placed)
            if more := self._more[kind]:
                faults.append(ImportMore(self.file, n=more))
        return faults


def letters(column: int) -> str:
    """A column's letters, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def column_number(text: str) -> int | None:
    """A column's number, counted from 0, from its letters; None if they are none.

    >>> column_number("A"), column_number("aa"), column_number("A1")
    (0, 26, None)
    """
    if not (text.isascii() and text.isalpha() and len(text) <= 3):
        return None
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(text: str) -> tuple[int, int] | None:
    """The row and column of a place such as `B3`, counted from 0; None if it is none.

    A place beyond any sheet has a row or a column beyond any.

    >>> place_of("B3"), place_of("$A$1"), place_of("3B")
    ((2, 1), (0, 0), None)
    """
    name = text.replace("$", "").rstrip("0123456789")
    row = text.replace("$", "")[len(name) :]
    if not (name.isascii() and name.isalpha() and row):
        return None
    column = column_number(name) if len(name) <= 3 else _BEYOND
    return int(row[:9]) - 1, _BEYOND if column is None else column
