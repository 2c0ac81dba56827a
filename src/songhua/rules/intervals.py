"""Interval arithmetic of rules: numbers of which a part may be unknown, and comparisons of them.

A number is (low, high, known): a missing fact spans all it could be and is not known, a judgement
spans its range and is known. Intervals are taken as independent, their arithmetic is that of all
intervals. The ends are scalars, arrays or Ibis columns: a backend says how they are chosen from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any, TypeAlias

from songhua.rules.backends import Scalars
from songhua.rules.truth_values import MET, NOT_MET, POSSIBLE, UNKNOWN, Truth

UNBOUNDED = 1e100  # stands for no end: large enough for any account, and products stay finite
TOLERANCE = 1e-9  # a figure this near to a threshold, as a share of it, stands on it
SCALARS = Scalars()


@dataclass(frozen=True)
class Interval:
    """A number: its ends; True for known facts behind it, and for one that cannot be negative.

    `point_if_known` says that where it is known its ends are one: one formula does for both.

    >>> Interval.of(3.0)
    Interval(low=3.0, high=3.0, known=True, nonnegative=True, point_if_known=True)
    """

    low: Any
    high: Any
    known: Any
    nonnegative: bool = False
    point_if_known: bool = False

    @classmethod
    def of(cls, value: Any) -> Interval:
        """A number that is exactly known."""
        return cls(value, value, True, not isinstance(value, (int, float)) or value >= 0, True)

    @property
    def is_point(self) -> bool:
        """True where both ends are the same thing."""
        return self.low is self.high


Operand: TypeAlias = Any  # an Interval, a truth value, or a label (None where it is missing)


def _quotient(backend: Scalars, a: Interval, b: Interval) -> tuple[Any, Any]:
    """The ends of a / b; over what may be next to nothing there is no end."""
    low, high = backend.over_nonnegative(a, b)
    if a.is_point and b.is_point:
        return low, high
    unsure = backend.and_(b.low <= 0, b.high > 0)
    if unsure is not False:
        high = backend.where(backend.and_(unsure, a.high > 0), UNBOUNDED, high)
        if not a.nonnegative:
            low = backend.where(backend.and_(unsure, a.low < 0), -UNBOUNDED, low)
    return low, upper(backend, _both_known(a, b), _points(a, b), low, high)


_RULES: Mapping[str, Callable[[Scalars, Interval, Interval], tuple[Any, Any]]] = {
    "+": Scalars.add,
    "-": Scalars.subtract,
    "*": Scalars.multiply,
    "/": _quotient,
    "max": Scalars.larger,
    "min": Scalars.smaller,
}


def operate(backend: Scalars, op: str, a: Interval, b: Interval) -> Interval:
    """a + b, a - b, a * b, a / b, the larger (`max`) or the smaller (`min`) of the two.

    A divisor cannot be negative; a quotient over nothing counts as nothing.

    >>> a, b = Interval(-1.0, 2.0, False), Interval(3.0, 4.0, False)
    >>> [operate(SCALARS, op, a, b).low for op in ("+", "-", "*", "max", "min")]
    [2.0, -5.0, -4.0, 3.0, -1.0]
    >>> operate(SCALARS, "/", Interval.of(3.0), Interval(0.0, 2.0, False, True)).low
    1.5
    >>> operate(SCALARS, "/", Interval.of(3.0), Interval.of(0.0)).high
    0.0
    """
    low, high = _RULES[op](backend, a, b)
    match op:
        case "-":
            nonnegative = False
        case "/":
            nonnegative = a.nonnegative
        case "max":
            nonnegative = a.nonnegative or b.nonnegative
        case _:
            nonnegative = a.nonnegative and b.nonnegative
    return Interval(low, high, _both_known(a, b), nonnegative, _points(a, b))


def mean(backend: Scalars, *numbers: Interval) -> Interval:
    """The arithmetic mean.

    >>> mean(SCALARS, Interval.of(1.0), Interval.of(4.0)).low
    2.5
    """
    total = reduce(partial(operate, backend, "+"), numbers)
    return operate(backend, "/", total, Interval.of(float(len(numbers))))


def rise(backend: Scalars, before: Interval, after: Interval) -> Interval:
    """after / before - 1; from nothing it counts as -1, so that no growth is credited.

    >>> rise(SCALARS, Interval.of(4.0), Interval.of(5.0)).low
    0.25
    """
    return operate(backend, "-", operate(backend, "/", after, before), Interval.of(1.0))


def within(backend: Scalars, a: Interval, span: Interval) -> Interval:
    """A judgement kept within the span that the rule leaves to it.

    >>> within(SCALARS, Interval(0.0, 8.0, True), Interval(5.0, 6.0, True)).low
    5.0
    """
    if backend.lowest:
        high = backend.greatest(span.high, a.high)
        return Interval(span.low, high, _both_known(a, span), span.nonnegative)
    low = backend.least(backend.greatest(a.low, span.low), span.high)
    high = backend.least(backend.greatest(a.high, span.low), span.high)
    return Interval(low, high, _both_known(a, span), span.nonnegative)


def upper(backend: Scalars, is_known: Any, points: bool, low: Any, high: Any) -> Any:
    """The upper end; where it is known and then a point it is the lower one, and costs nothing.

    >>> upper(SCALARS, True, True, 2.0, 9.0), upper(SCALARS, True, False, 2.0, 9.0)
    (2.0, 9.0)
    """
    return backend.where(is_known, low, high) if points else high


def _both_known(a: Interval, b: Interval) -> Any:
    return SCALARS.and_(a.known, b.known)


def _points(a: Interval, b: Interval) -> bool:
    return a.point_if_known and b.point_if_known


def _edge(backend: Scalars, b: Any, up: bool) -> Any:
    """A threshold moved by its billionth part, up or down."""
    size = abs(b) if isinstance(b, (int, float)) else backend.greatest(b, -b)
    return b + TOLERANCE * size if up else b - TOLERANCE * size


def holds(backend: Scalars, sign: str, a: Any, b: Any) -> Any:
    """True where a comparison of two plain values holds, a billionth part being nothing.

    >>> holds(SCALARS, ">=", 0.1 + 0.2, 0.3), holds(SCALARS, ">", 0.1 + 0.2, 0.3)
    (True, False)
    """
    match sign:
        case ">=":
            return a >= _edge(backend, b, up=False)
        case ">":
            return a > _edge(backend, b, up=True)
        case "<=":
            return a <= _edge(backend, b, up=True)
    return a < _edge(backend, b, up=False)


def compare(backend: Scalars, sign: str, a: Interval, b: Interval) -> Truth:
    """The truth value of a comparison: met or not met if it is so for all values, else open.

    >>> compare(SCALARS, ">=", Interval(5.0, 8.0, True), Interval.of(6.0)) == POSSIBLE
    True
    """
    up = sign in (">=", ">")
    surely = holds(backend, sign, a.low if up else a.high, b.high if up else b.low)
    if a.is_point and b.is_point:
        return backend.where(surely, MET, NOT_MET)
    maybe = holds(backend, sign, a.high if up else a.low, b.low if up else b.high)
    open_ = UNKNOWN if _points(a, b) else backend.where(_both_known(a, b), POSSIBLE, UNKNOWN)
    return backend.where(surely, MET, backend.where(maybe, open_, NOT_MET))


def first_case(backend: Scalars, cases: Sequence[tuple[Truth, Interval]]) -> Interval:
    """The number of the first case that holds; where a condition is open, the span of both.

    The last case has no condition.

    >>> first_case(SCALARS, [(UNKNOWN, Interval.of(1.0)), (None, Interval.of(4.0))]).high
    4.0
    """
    chosen = cases[-1][1]
    for truth, number in reversed(cases[:-1]):
        yes, no = truth == MET, truth == NOT_MET
        pick = (
            backend.where(yes, number.low, chosen.low),
            backend.where(yes, number.high, chosen.high),
        )
        span = backend.hull(number, chosen)
        settled = backend.or_(yes, no)
        low, high = (backend.where(settled, p, s) for p, s in zip(pick, span, strict=True))
        open_ = backend.and_(backend.and_(number.known, chosen.known), truth == POSSIBLE)
        is_known = backend.where(yes, number.known, backend.where(no, chosen.known, open_))
        chosen = Interval(low, high, is_known, number.nonnegative and chosen.nonnegative)
    return chosen
