"""The fingerprint of a layout: its texts without what is another each month."""

from __future__ import annotations

import hashlib

from songhua.reading.drafts.frame import LOOKED_AT, Frame
from songhua.reading.drafts.sense import Explainer
from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key


def fingerprint(grid: Grid, frame: Frame, explainer: Explainer) -> str:
    """Twelve hexadecimal digits that two workbooks share if one is the next of the other.

    It speaks of the lines above the table, of its corner and its headings, and of lines between
    the rows that hold no figure, in order, each once. Periods and numbers in them do not count,
    nor does how many rows there are.
    """
    ignored = [key(word) for word in vocabulary().ignored_lines]
    texts: dict[str, None] = {}
    values = set(frame.values)
    rows = range(frame.first, min(frame.last + 1, LOOKED_AT))
    lone = [row for row in rows if not values.intersection(grid.filled(row))]
    for row in (*frame.above, *frame.heading, *lone):
        filled = grid.filled(row)
        if filled and any(key(grid.text(row, filled[0])).startswith(word) for word in ignored):
            continue
        for column in filled:
            texts.setdefault(explainer.timeless(grid.text(row, column)))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
