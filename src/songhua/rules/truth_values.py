"""Truth values: conditions in four-valued logic, where `all` is the least and `any` the greatest.

NOT_MET < UNKNOWN < POSSIBLE < MET. UNKNOWN is what a missing fact leaves open, POSSIBLE what a
judgement leaves open: Kleene's three-valued logic with one value more (S. C. Kleene,
Introduction to Metamathematics, 1952, section 64). A truth value is one of these numbers, an array
or an Ibis column of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from songhua.rules.backends import Scalars

Truth: TypeAlias = Any  # one of the four numbers, or an array or an Ibis column of them

NOT_MET, UNKNOWN, POSSIBLE, MET = 0, 1, 2, 3
OUTCOMES = ("not_met", "unknown", "possible", "met")


def negation(backend: Scalars, truth: Truth) -> Truth:
    """The opposite of a condition: what is open stays open.

    >>> [OUTCOMES[negation(Scalars(), truth)] for truth in (NOT_MET, UNKNOWN, POSSIBLE, MET)]
    ['met', 'unknown', 'possible', 'not_met']
    """
    settled = backend.where(truth == MET, NOT_MET, MET)
    return backend.where((truth == UNKNOWN) | (truth == POSSIBLE), truth, settled)


def conjunction(backend: Scalars, truths: Sequence[Truth]) -> Truth:
    """`all`: the least of the truth values.

    >>> OUTCOMES[conjunction(Scalars(), [MET, UNKNOWN, POSSIBLE])]
    'unknown'
    """
    least = truths[0]
    for truth in truths[1:]:
        least = backend.least(least, truth)
    return least


def disjunction(backend: Scalars, truths: Sequence[Truth]) -> Truth:
    """`any`: the greatest of the truth values.

    >>> OUTCOMES[disjunction(Scalars(), [NOT_MET, UNKNOWN, POSSIBLE])]
    'possible'
    """
    greatest = truths[0]
    for truth in truths[1:]:
        greatest = backend.greatest(greatest, truth)
    return greatest


def at_least(backend: Scalars, n: float, truths: Sequence[Truth]) -> Truth:
    """`at_least n`: the n-th greatest of the truth values.

    >>> OUTCOMES[at_least(Scalars(), 2, [MET, NOT_MET, UNKNOWN])]
    'unknown'
    """
    outcome: Truth = NOT_MET
    for level in (UNKNOWN, POSSIBLE, MET):
        count: Any = 0
        for truth in truths:
            count = count + backend.where(truth >= level, 1, 0)
        outcome = backend.where(count >= n, level, outcome)
    return outcome
