"""The columns of a table: those that speak of the figures, and those of the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from songhua.reading.crosstabs.kinds import BLANK, DAY, FIGURE, MARK, TEXT, YEAR, Kinds
from songhua.reading.crosstabs.printed_units import printed_unit
from songhua.reading.crosstabs.vocabulary import corner, is_code
from songhua.reading.sheets.words import key

#: Rows by which the columns of a table are known.
_SAMPLE = 3000
_MONTHS = 12


class Columns:
    """Parts the columns of a sheet where the heading and the body of a table are known."""

    def __init__(self, kinds: Kinds) -> None:
        """Take the kinds of the cells of a sheet."""
        self.kinds, self.grid = kinds, kinds.grid

    def parted(
        self, heading: Sequence[int], first: int, last: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The columns of labels and those of figures."""
        rows = range(first, min(last + 1, first + _SAMPLE))
        labels: list[int] = []
        values: list[int] = []
        first_texts = {
            r: next((t for c in range(3) if (t := self.grid.text(r, c))), "") for r in heading
        }
        spoken = {r for r, text in first_texts.items() if corner(text)}
        spoken = spoken if len(spoken) > 1 else set()
        for column in range(self.grid.width):
            cells = "".join([self.kinds.at(row, column) for row in rows])
            if not cells.strip(BLANK):
                continue
            captions = [corner(self.grid.text(r, column)) for r in heading if r not in spoken]
            role = next(filter(None, captions), "")
            heads = {text for r in heading if (text := self.grid.text(r, column))}
            if not values and len(heads) == 1 and corner(*heads) == "ignored":
                labels.append(column)
                continue
            if not role and any(is_code(self.grid.text(r, column)) for r in heading):
                role = "ignored"
            texts_of = {self.grid.text(r, column) for r in rows} - {""}
            if role == "unit" and all(printed_unit(text, frozenset()) for text in texts_of):
                labels.append(column)
                continue
            if "9" in cells and role not in (
                "ignored", "period", "industry", "region", "note", "multiplier",
            ):  # fmt: skip
                role = ""
            if FIGURE in cells and role and self.fractions(rows, column):
                role = ""
            if FIGURE in cells and role == "period" and not self.parts(rows, column):
                role = ""
            texts = cells.count(TEXT) + cells.count(DAY)
            numbers = cells.count(FIGURE) + cells.count(MARK) + cells.count(YEAR)
            if self.counts(rows, column) or (
                role and role != "value" and not (values and numbers > texts and role in {"note"})
            ):
                labels.append(column)
            elif not cells.strip(YEAR + BLANK) or not cells.strip(DAY + BLANK):
                (values if values and YEAR in cells else labels).append(column)
            elif numbers >= texts and (FIGURE in cells or MARK in cells):
                values.append(column)
            else:
                labels.append(column)
        return tuple(labels), tuple(values)

    def panels(
        self, heading: Sequence[int], labels: tuple[int, ...], values: tuple[int, ...]
    ) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Labels and figures of each table that stands beside another one, under the same headings.

        A table that is continued at its right begins with the captions of its labels again.
        """
        firsts = [column for column in labels if column < values[0]]
        captions = [self.captions(heading, column) for column in firsts]
        starts = [
            column
            for column in labels
            if column > values[0]
            and any(captions)
            and [self.captions(heading, column + at) for at in range(len(firsts))] == captions
        ]
        edges = [0, *starts, self.grid.width]
        spans = [range(start, end) for start, end in pairwise(edges)]
        parted = [
            (tuple(c for c in labels if c in span), tuple(c for c in values if c in span))
            for span in spans
        ]
        return parted if all(figures for _, figures in parted) else [(labels, values)]

    def captions(self, heading: Sequence[int], column: int) -> tuple[str, ...]:
        """The texts of the heading over a column, as words are compared."""
        return tuple(filter(None, (key(self.grid.area_text(row, column)) for row in heading)))

    def counts(self, rows: Sequence[int], column: int) -> bool:
        """True for a column that only counts the rows: 1, 2, 3 …"""
        texts = [text for row in rows if (text := self.grid.text(row, column))]
        start = int(texts[0]) if texts and texts[0] in ("0", "1") else -1
        return (
            len(texts) > 3 and start >= 0 and texts == [str(start + n) for n in range(len(texts))]
        )

    def parts(self, rows: Sequence[int], column: int) -> bool:
        """True for a column of quarters or months by their number, beside years."""
        texts = {self.grid.text(row, column) for row in rows} - {""}
        return all(text.isdigit() and 1 <= int(text) <= _MONTHS for text in texts)

    def fractions(self, rows: Iterable[int], column: int) -> bool:
        """True for a column of numbers with decimals, which are no codes and no parts of a year."""
        texts = (
            self.grid.text(row, column) for row in rows if self.kinds.at(row, column) == FIGURE
        )
        return any("." in text for text in texts)
