"""The grades of sources, from the best to the weakest."""

from __future__ import annotations

from collections.abc import Iterable

GRADES = ("official", "press", "repost", "weak")


def weakest(grades: Iterable[str]) -> str:
    """The weakest of some grades; blank for none.

    >>> weakest(["press", "official", ""]), weakest([])
    ('press', '')
    """
    return max(filter(None, grades), key=GRADES.index, default="")
