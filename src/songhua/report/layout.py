"""The measures of a printed page that documents share, in centimetres."""

from __future__ import annotations

from songhua.report.blocks import Grid

MARGIN = 2.2
WIDTH = 29.7 - 2 * MARGIN  # A4 across
LEAST = 9  # characters that a column has room for
WIDEST, TALLEST = 18.0, 9.5  # a chart


def widths(block: Grid) -> list[float]:
    """Column widths by how much text stands in them, none too narrow.

    >>> [round(w, 1) for w in widths(Grid("t", ("a", "b"), (("x" * 30, "1"),)))]
    [19.5, 5.8]
    """
    needs = []
    for at, head in enumerate(block.headings):
        lengths = sorted(_length(row[at]) for row in block.rows) or [0]
        usual = lengths[len(lengths) * 3 // 4]
        needs.append(min(max(_length(head), usual, LEAST), 60))
    return [WIDTH * need / sum(needs) for need in needs]


def _length(text: str) -> int:
    """How wide a text is, a Chinese character counting two."""
    return sum(2 if c > "\u2e7f" else 1 for c in text)
