"""Faults gathered over a sheet: one that repeats is told once, with its first place and a count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from songhua.errors import Fault, coded_fault
from songhua.store.sheets.fault_kinds import ImportMore

MOST = 20


@dataclass
class Faults:
    """A list of faults that stays short whatever the sheet holds.

    Faults of one code with the same parameters are one, at the first place, and `n` says how
    often. Of the same code at most `MOST` different ones are told; `import_more` counts the rest.

    >>> faults = Faults("gdp.xlsx")
    >>> for row in (7, 8, 9):
    ...     faults.add("import_not_a_number", row=row, column="C", text="abc")
    >>> [(fault.code, fault.row, fault.params["n"]) for fault in faults.told()]
    [('import_not_a_number', 7, 3)]
    """

    file: str
    sheet: str = ""
    _found: dict[str, dict[tuple, list]] = field(default_factory=dict)
    _more: dict[str, int] = field(default_factory=dict)

    def add(
        self, code: str, row: int | None = None, column: str = "", n: int = 1, **params: Any
    ) -> None:
        """Note a fault at a place; `n` is how often it stands there."""
        same = self._found.setdefault(code, {})
        which = tuple(sorted((name, str(value)) for name, value in params.items()))
        if which in same:
            same[which][3] += n
        elif len(same) < MOST:
            same[which] = [row, column, params, n]
        else:
            self._more[code] = self._more.get(code, 0) + n

    def take(self, fault: Fault) -> None:
        """Note a fault that was made elsewhere."""
        self.add(fault.code, fault.row, fault.column, 1, **dict(fault.params))

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._found)

    def told(self) -> list[Fault]:
        """The faults, in the order in which their codes were met first."""
        found = []
        for code, same in self._found.items():
            for row, column, params, n in same.values():
                if column and self.sheet:
                    column = f"{self.sheet}!{column}"
                found.append(coded_fault(code, self.file, row, column, {**params, "n": n}))
            if more := self._more.get(code):
                found.append(ImportMore(self.file, n=more))
        return found


def letters(column: int) -> str:
    """A column's letters, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
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
