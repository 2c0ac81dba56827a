"""Ibis backend: the arithmetic of rules on columns of a table, one expression for every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis

from songhua.rules.backends import Scalars


def constant(*values: Any) -> bool:
    """True where these are plain values and not columns.

    >>> constant(1.0, True), constant(ibis.literal(1.0))
    (True, False)
    """
    return not any(isinstance(value, ibis.Expr) for value in values)


class Columns(Scalars):
    """Choices between columns; what is constant is worked out at once.

    >>> Columns().where(True, 1, 0), Columns().missing(None)
    (1, True)
    """

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """One value or the other."""
        if constant(condition):
            return yes if condition else no
        if yes is no or (constant(yes, no) and yes == no):
            return yes
        if constant(yes, no) and isinstance(yes, bool) and isinstance(no, bool):
            return condition if yes else ~condition
        return ibis.cases((condition, as_column(yes)), else_=as_column(no))

    def over(self, a: Any, b: Any) -> Any:
        """a / b, or nothing where b is not above zero."""
        if constant(b):
            return a / b if b > 0 else 0.0
        return ibis.cases((b > 0, a / b), else_=0.0)

    def least(self, *values: Any) -> Any:
        """The smallest."""
        return _extreme(min, ibis.least, values)

    def greatest(self, *values: Any) -> Any:
        """The greatest."""
        return _extreme(max, ibis.greatest, values)

    def isin(self, choice: Any, labels: Sequence[str]) -> Any:
        """True where a choice is among these labels; a missing choice is none."""
        return choice in labels if constant(choice) else choice.isin(labels).fill_null(False)

    def missing(self, choice: Any) -> Any:
        """True where a choice is missing."""
        return choice is None if constant(choice) else choice.isnull()


def _extreme(plain: Callable[..., Any], by_row: Callable[..., Any], values: Sequence[Any]) -> Any:
    """The smallest or greatest of values, once each."""
    if constant(*values):
        return plain(values)
    different = [*{id(value): value for value in values}.values()]
    return by_row(*different) if len(different) > 1 else different[0]


def as_column(value: Any) -> Any:
    """A plain value as a column: truth values small whole numbers, other numbers doubles.

    >>> as_column(3).type(), as_column(0.5).type()
    (Int8(nullable=True), Float64(nullable=True))
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return ibis.literal(value, "int8")
    if isinstance(value, float):  # a bare numeral is a decimal to some engines
        return ibis.literal(repr(value)).cast("float64")
    return ibis.literal(value) if constant(value) else value
