"""Text on a terminal, broken into lines as its language is: Chinese anywhere but before a stop."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len, chop_cells
from rich.containers import Lines
from rich.text import Text

from songhua.format.lines import chunks


def breaks(line: str, width: int) -> list[int]:
    """Where a line is broken so that no part is wider than so many cells.

    A Chinese character takes two. A word without spaces, and a number with its unit, is kept whole
    where it fits.

    >>> breaks("It grew in 2021", 8), breaks("增长5.5%，2021年", 10)
    ([8], [7])
    """
    offsets: list[int] = []
    start = at = filled = 0  # of the line under way, of the word, and the cells used
    for word in chunks(line):
        wide = cell_len(word.rstrip())
        if filled and filled + wide > width:
            offsets.append(at)
            filled, start = 0, at
        if wide > width:
            for piece in chop_cells(word.rstrip(), width)[:-1]:
                start += len(piece)
                offsets.append(start)
            filled = cell_len(word) - cell_len(line[at:start])
        else:
            filled += cell_len(word)
        at += len(word)
    return offsets


class Wrapped(Text):
    """A text that is broken by `breaks`, wherever a terminal lays it out."""

    def wrap(self, console: Any, width: int, **how: Any) -> Lines:
        """The text as lines; one that must not be wrapped is left to the terminal."""
        if how.get("no_wrap"):
            return super().wrap(console, width, **how)
        lines = Lines()
        for line in self.split(allow_blank=True):
            lines.extend(line.divide(breaks(line.plain, width)))
        for line in lines:
            line.rstrip()
        if justify := how.get("justify"):
            lines.justify(console, width, justify, how.get("overflow") or "fold")
        return lines
