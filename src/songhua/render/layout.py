"""The measures of a printed page that documents share, in centimetres."""

from __future__ import annotations

import re

from songhua.document.blocks import Table
from songhua.messages import width

MARGIN = 2.2
WIDTH = 29.7 - 2 * MARGIN  # A4 across
LEAST = 9  # characters that a column has room for
LONGEST = 24  # characters of a word that are kept on one line
LETTER, PADDING = 0.165, 0.35  # a letter of a table, and the room beside it
WIDEST, TALLEST = 18.0, 9.5  # a chart


def widths(block: Table) -> list[float]:
    """Column widths by how much text stands in them, none narrower than its longest word.

    >>> from songhua.document.tables import grid
    >>> [round(w, 1) for w in widths(grid("t", ("a", "b"), (("x" * 30, "1"),)))]
    [19.5, 5.8]
    >>> wide = widths(grid("t", ("a", "Unbreakable", "c"), (("x " * 99, "1", "y " * 99),)))
    >>> wide[1] >= len("Unbreakable") * LETTER
    True
    """
    needs, least = [], []
    for at, head in enumerate(block.headings):
        lengths = sorted(width(row[at]) for row in block.texts) or [0]
        usual = lengths[len(lengths) * 3 // 4]
        needs.append(min(max(width(head), usual, LEAST), 60))
        texts = (head, *(row[at] for row in block.texts))
        longest = max(width(word) for text in texts for word in _words(text))
        least.append(min(longest, LONGEST) * LETTER + PADDING)
    scale = min(1.0, WIDTH / sum(least))
    least = [one * scale for one in least]
    free = max(0.0, WIDTH - sum(least))
    over = [max(0.0, WIDTH * n / sum(needs) - one) for n, one in zip(needs, least, strict=True)]
    total = sum(over) or 1.0
    return [one + free * more / total for one, more in zip(least, over, strict=True)]


def _words(text: str) -> list[str]:
    """What no line breaks: words, and single Chinese characters."""
    return re.findall(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]", text) or [""]
