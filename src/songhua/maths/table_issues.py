"""An issue of the audit of an input-output table: a code, its parameters, how grave it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

MOST_LABELS = 5


@dataclass(frozen=True)
class Issue:
    """One finding: a code, its parameters, and whether the table can be relied on with it.

    `grave` means that a number, a label or a unit must be wrong. An issue that is not grave is a
    fact for the reader: negative flows that the publisher prints, an industry without output.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    grave: bool = True


def short(value: float) -> float:
    """A number to six significant digits.

    >>> short(1234567.0), short(0.1 + 0.2)
    (1234570.0, 0.3)
    """
    return float(f"{value:.6g}")


def first_labels(labels: pd.Index) -> tuple[str, ...]:
    """The first five labels, and an ellipsis where there are more.

    >>> first_labels(pd.Index(["a", "b"])), first_labels(pd.Index(list("abcdef")))
    (('a', 'b'), ('a', 'b', 'c', 'd', 'e', '…'))
    """
    first = tuple(map(str, labels[:MOST_LABELS]))
    return first if len(labels) <= MOST_LABELS else (*first, "…")
