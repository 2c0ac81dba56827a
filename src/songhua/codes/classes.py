"""Official groupings of industries (high technology, the digital economy): what lies within them.

A grouping names codes of GB/T 4754-2017. Whatever is described by codes of the same scheme lies
within it wholly, partly or not at all. A class that a grouping includes only in part, or that is
broader than the grouping, can be measured only between two ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from songhua.codes import children, table
from songhua.codes.fault_kinds import TableUnknown
from songhua.errors import SonghuaError

SCHEME = "gbt4754-2017"
#: The groupings whose codes are known here. Those of strategic emerging industries and of
#: high-technology services are names only (see the README beside this file).
GROUPINGS = ("high-tech-manufacturing-2017", "digital-economy-2021")


@cache
def leaves(code: str) -> frozenset[str]:
    """The four-digit classes under a code of GB/T 4754-2017; a class is its own.

    Raises `SonghuaError` (code_unknown) where the code does not exist.

    >>> sorted(leaves("391"))
    ['3911', '3912', '3913', '3914', '3915', '3919']
    """
    below = children(SCHEME, code)
    if not below:
        return frozenset({code})
    return frozenset().union(*(leaves(child) for child in below))


@cache
def members(grouping: str) -> tuple[frozenset[str], int]:
    """The four-digit classes of a grouping, and how many of its entries have no known code.

    High-technology manufacturing lists classes. Of the core digital economy the groups count
    whose name is that of one national group; the others have a name only.

    Raises `SonghuaError` (table_unknown) where there is no such grouping.

    >>> found, unknown = members("high-tech-manufacturing-2017")
    >>> len(found), unknown
    (85, 0)
    """
    if grouping not in GROUPINGS:
        raise SonghuaError(TableUnknown(name=grouping, names=tuple(GROUPINGS)))
    rows = table(grouping)
    if grouping == GROUPINGS[0]:
        return frozenset(rows.loc[rows.level == "class", "code"]), 0
    groups = rows[(rows.level == "group") & (rows.core == "yes")]
    named_codes = groups.gbt_same_name.dropna()
    leaf_codes = frozenset().union(*(leaves(code) for text in named_codes for code in text.split()))
    return leaf_codes, len(groups) - len(named_codes)


def inclusion(grouping: str, codes: Iterable[str]) -> str:
    """Extent to which codes lie within a grouping: `whole`, `partial` or `none`.

    >>> inclusion("high-tech-manufacturing-2017", ["27"])
    'whole'
    >>> inclusion("high-tech-manufacturing-2017", ["37"]), inclusion("digital-economy-2021", ["37"])
    ('partial', 'none')
    """
    inside, _ = members(grouping)
    leaf_codes = frozenset().union(*(leaves(code) for code in codes))
    if not leaf_codes & inside:
        return "none"
    return "whole" if leaf_codes <= inside else "partial"
