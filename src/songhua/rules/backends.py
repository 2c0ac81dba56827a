"""Backends: the choices that rules make, for scalars and for numpy arrays.

Everything else in the arithmetic of rules is `+ - * /` and comparisons, which scalars, arrays and
Ibis columns (`ibis_backend.py`) share, so that each formula is written once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from songhua.maths.interval_arithmetic import Arithmetic, OfArrays


class Scalars(Arithmetic):
    """Choices between plain values; the other backends use it for what is constant.

    >>> Scalars().over(6.0, 3.0), Scalars().over(6.0, 0.0)
    (2.0, 0.0)
    """

    lowest = False  # True where judgements stand at their lowest, so that ranges are of facts alone

    def over(self, a: Any, b: Any) -> Any:
        """a / b, or nothing where b is not above zero."""
        return a / b if b > 0 else 0.0

    def and_(self, a: Any, b: Any) -> Any:
        """True where both hold."""
        if a is True or b is False:
            return b
        return a if b is True or a is False else a & b

    def or_(self, a: Any, b: Any) -> Any:
        """True where at least one holds."""
        if a is False or b is True:
            return b
        return a if b is False or a is True else a | b

    def isin(self, choice: Any, labels: Sequence[str]) -> Any:
        """True where a choice is among these labels; a missing choice is none."""
        return choice in labels

    def missing(self, choice: Any) -> Any:
        """True where a choice is missing."""
        return choice is None


class Arrays(OfArrays, Scalars):
    """Choices between arrays, element by element.

    >>> Arrays().over(np.array([6.0, 6.0]), np.array([3.0, 0.0])).tolist()
    [2.0, 0.0]
    """

    def __init__(self, lowest: bool = False) -> None:
        """`lowest` sets every judgement at the lowest that the rule leaves it."""
        self.lowest = lowest

    def over(self, a: Any, b: Any) -> Any:
        """a / b, or nothing where b is not above zero."""
        positive = np.asarray(b) > 0
        with np.errstate(over="ignore"):  # beyond all numbers is no bound
            return np.where(positive, a / np.where(positive, b, 1.0), 0.0)

    def isin(self, choice: Any, labels: Sequence[str]) -> Any:
        """True where a choice is among these labels; a missing choice is none."""
        return np.isin(choice, labels) if isinstance(choice, np.ndarray) else choice in labels

    def missing(self, choice: Any) -> Any:
        """True where a choice is missing."""
        return choice == "" if isinstance(choice, np.ndarray) else choice is None
