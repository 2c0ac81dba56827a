"""Backends: the choice between two values, for scalars and for numpy arrays.

Everything else in the arithmetic of rules is `+ - * /` and comparisons, which scalars, arrays and
Ibis columns (`ibis_backend.py`) share, so that each formula is written once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


class Scalars:
    """Choices between plain values; the other backends use it for what is constant.

    >>> Scalars().over(6.0, 3.0, 0.0), Scalars().over(6.0, 0.0, 0.0)
    (2.0, 0.0)
    """

    lowest = False  # whether judgements stand at their lowest, so that ranges are of facts alone

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """One value or the other."""
        return yes if condition else no

    def least(self, a: Any, b: Any) -> Any:
        """The smaller of two."""
        return a if a <= b else b

    def greatest(self, a: Any, b: Any) -> Any:
        """The larger of two."""
        return a if a >= b else b

    def over(self, a: Any, b: Any, otherwise: Any) -> Any:
        """a / b, or another value where b is not above zero."""
        return a / b if b > 0 else otherwise

    def both(self, a: Any, b: Any) -> Any:
        """Whether both hold."""
        if isinstance(a, bool):
            return b if a else False
        if isinstance(b, bool):
            return a if b else False
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        """Whether one holds."""
        if isinstance(a, bool):
            return True if a else b
        if isinstance(b, bool):
            return True if b else a
        return a | b

    def isin(self, choice: Any, labels: Sequence[str]) -> Any:
        """Whether a choice is one of these labels; a missing choice is none."""
        return choice in labels

    def missing(self, choice: Any) -> Any:
        """Whether a choice is missing."""
        return choice is None


class Arrays(Scalars):
    """Choices between arrays, element by element.

    >>> Arrays().over(np.array([6.0, 6.0]), np.array([3.0, 0.0]), 0.0).tolist()
    [2.0, 0.0]
    """

    def __init__(self, lowest: bool = False) -> None:
        """`lowest` sets every judgement at the lowest that the rule leaves it."""
        self.lowest = lowest

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """One value or the other."""
        if isinstance(condition, (bool, np.bool_)):
            return yes if condition else no
        return np.where(condition, yes, no)

    def over(self, a: Any, b: Any, otherwise: Any) -> Any:
        """a / b, or another value where b is not above zero."""
        there = np.asarray(b) > 0
        with np.errstate(over="ignore"):  # beyond all numbers is no bound
            return np.where(there, a / np.where(there, b, 1.0), otherwise)

    def least(self, a: Any, b: Any) -> Any:
        """The smaller of two."""
        return np.minimum(a, b)

    def greatest(self, a: Any, b: Any) -> Any:
        """The larger of two."""
        return np.maximum(a, b)

    def isin(self, choice: Any, labels: Sequence[str]) -> Any:
        """Whether a choice is one of these labels; a missing choice is none."""
        return np.isin(choice, labels) if isinstance(choice, np.ndarray) else choice in labels

    def missing(self, choice: Any) -> Any:
        """Whether a choice is missing."""
        return choice == "" if isinstance(choice, np.ndarray) else choice is None
