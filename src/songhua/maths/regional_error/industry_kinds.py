"""Kinds of industry, by which the error of a region's table may differ in every country."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import RegionalKind

#: Kinds of industry.
KINDS = ("primary", "manufacturing", "utilities", "services", "public")


def kinds_of(kinds: pd.Series | Sequence[str], labels: pd.Index) -> np.ndarray:
    """The place in `KINDS` of each industry's kind.

    Raises:
        SonghuaError: `regional_kind`, for a word that is none of `KINDS`; `labels_differ`.

    >>> kinds_of(["services", "primary"], pd.Index(["trade", "farms"])).tolist()
    [3, 0]
    """
    if isinstance(kinds, pd.Series) or len(kinds) != len(labels):
        words = kinds if isinstance(kinds, pd.Series) else pd.Series(list(kinds))
        kinds = align(pd.Series(0, index=labels), words)[1].tolist()
    odd = sorted(set(map(str, kinds)) - set(KINDS))
    if odd:
        raise SonghuaError(RegionalKind(given=tuple(odd), choices=tuple(KINDS)))
    return np.array([KINDS.index(str(kind)) for kind in kinds], dtype=int)
