"""The books with what a careful person reads in them, written by hand in `tables/*.toml`.

A table names its figures as grids (fields shared by all, fields of each row, fields of each
column, the values; `_` for a cell that is no figure) and as rows of named columns. A cell is
`Sheet!C7`; in a text of separated values `C7`, rows being records; in JSON-stat `value[3]`.
Words are as printed, without the spaces that spread or indent them and without a unit's brackets.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from office_books import catalogue

TABLES = Path(__file__).parent / "tables"
NOT_PRINTED = "not printed"
UNCLEAR = "unclear"  # printed in two ways
ALL = "all"
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Truth:
    """A figure's cell: words as printed, the period in songhua's notation, digits as displayed.

    `value` is empty where a sign stands instead of a figure, and the sign is the status. `text` is
    the whole text of the cell where it holds more than the value; `stored` the number beneath
    where its format shows another one; `mark` a note's mark set against the figure; `detail`
    further words that tell series of one indicator apart.
    """

    cell: str
    indicator: str
    period: str
    value: str
    unit: str
    place: str = NOT_PRINTED
    industry: str = ""
    status: str = ""
    detail: str = ""
    mark: str = ""
    text: str = ""
    stored: str = ""

    @property
    def displayed(self) -> str:
        """The text that a person sees in the cell."""
        return self.text or self.value or self.status


@dataclass(frozen=True)
class Ask:
    """A question that the file leaves open: its kind, its cells (`all`: every figure), the reason.

    `answer` is the one a person would give who knows the publication; empty where none is safe.
    """

    kind: str
    cells: tuple[str, ...]
    why: str
    answer: str = ""

    def about(self, cell: str) -> bool:
        """True where the question is about a cell."""
        return ALL in self.cells or cell in self.cells


@dataclass(frozen=True)
class LeftOut:
    """Cells that are no figures, their role, the cells that they are about, and their words."""

    cells: tuple[str, ...]
    role: str
    on: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Book:
    """A file with its truths.

    `must_ask`: no reader gets these right from the file alone. `may_ask`: the file says it, in a
    way that a reader need not understand; a question is as good as the truth, silence is not.
    `decimal` is the sign that its texts put before decimals.
    """

    name: str
    data: bytes
    kinds: tuple[str, ...]
    truths: tuple[Truth, ...]
    must_ask: tuple[Ask, ...]
    may_ask: tuple[Ask, ...]
    left_out: tuple[LeftOut, ...]
    decimal: str = "."


@cache
def books() -> list[Book]:
    """All books, in the order of the catalogue."""
    return [_book(*make()) for make in catalogue.MAKERS]


def _book(name: str, data: bytes) -> Book:
    table = tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))
    if "like" in table:  # the same cells in another form of workbook
        table = tomllib.loads((TABLES / f"{table['like']}.toml").read_text("utf-8"))
    truths = [truth for grid in table.get("grid", ()) for truth in _of_grid(grid)]
    truths += [truth for group in table.get("figures", ()) for truth in _of_rows(group)]
    return Book(
        name,
        data,
        tuple(table["kinds"]),
        tuple(truths),
        tuple(map(_ask, table.get("must_ask", ()))),
        tuple(map(_ask, table.get("may_ask", ()))),
        tuple(
            LeftOut(
                _cells(row["cells"]), row["role"], _cells(row.get("on", ())), row.get("words", "")
            )
            for row in table.get("left_out", ())
        ),
        table.get("decimal", "."),
    )


def _ask(row: Mapping[str, Any]) -> Ask:
    return Ask(row["kind"], _cells(row["cells"]), row["why"], row.get("answer", ""))


def _of_grid(grid: Mapping[str, Any]) -> Iterator[Truth]:
    """The figures of a grid, from its upper left cell `at`; `across` and `down` hold fields."""
    down, across = grid.get("down", {}), grid.get("across", {})
    shared = {key: text for key, text in grid.items() if key in {f.name for f in fields(Truth)}}
    sheet, (left, top) = _sheet_and_rest(grid["at"])[0], _place(_sheet_and_rest(grid["at"])[1])
    for r, line in enumerate(grid["values"]):
        texts = line.split()
        assert all(len(words) == len(texts) for words in across.values()), (grid["at"], line)
        for c, value in enumerate(texts):
            if value != "_":
                own = {key: words[r] for key, words in down.items()}
                own |= {key: words[c] for key, words in across.items()}
                yield Truth(
                    cell=f"{sheet}{letters(left + c)}{top + r}", value=value, **shared, **own
                )
    assert all(len(words) == len(grid["values"]) for words in down.values()), grid["at"]


def _of_rows(group: Mapping[str, Any]) -> Iterator[Truth]:
    names = group["columns"]
    shared = {key: text for key, text in group.items() if key not in {"columns", "rows", "sheet"}}
    sheet = f"{group['sheet']}!" if "sheet" in group else ""
    for row in group["rows"]:
        own = dict(zip(names, row, strict=True))
        yield Truth(**shared, **own | {"cell": sheet + own["cell"]})


def _cells(ranges: list[str] | tuple[()]) -> tuple[str, ...]:
    """The cells of ranges: `Sheet!B2:C3` is four cells."""
    return tuple(cell for text in ranges for cell in _of_range(text))


def _of_range(text: str) -> Iterator[str]:
    sheet, rest = _sheet_and_rest(text)
    if ":" not in rest or "[" in rest:
        yield text
        return
    (left, top), (right, bottom) = map(_place, rest.split(":"))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield f"{sheet}{letters(column)}{row}"


def _sheet_and_rest(text: str) -> tuple[str, str]:
    sheet, sign, rest = text.rpartition("!")
    return sheet + sign, rest


def _place(cell: str) -> tuple[int, int]:
    match = _CELL.fullmatch(cell)
    assert match, cell
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def letters(column: int) -> str:
    """The letters of a column, from 1.

    >>> letters(3), letters(28)
    ('C', 'AB')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
