"""The only aligner (§1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelsDiffer, LabelsRepeat
from songhua.hooks.checkpoints import checkpoint

if TYPE_CHECKING:
    import pandas as pd

Table = TypeVar("Table", "pd.Series", "pd.DataFrame")


def align(first: Table, *others: Table) -> tuple[Table, ...]:
    """The same tables in the order of the first one's labels.

    Raises:
        SonghuaError: `labels_repeat`, when a label stands twice; `labels_differ`, when the
            labels are not the same set. Nothing is filled and nothing is dropped.

    >>> import pandas as pd
    >>> a, b = align(pd.Series({"food": 1, "steel": 2}), pd.Series({"steel": 5, "food": 4}))
    >>> b.to_dict()
    {'food': 4, 'steel': 5}
    """
    checkpoint()
    for table in (first, *others):
        if not table.index.is_unique:
            twice = sorted(map(str, table.index[table.index.duplicated()].unique()))
            raise SonghuaError(LabelsRepeat(labels=tuple(twice)))
    for other in others:
        odd = first.index.symmetric_difference(other.index)
        if len(odd):
            labels = tuple(sorted(map(str, odd)))
            raise SonghuaError(LabelsDiffer(labels=labels))
    return (first, *(other.reindex(first.index) for other in others))
