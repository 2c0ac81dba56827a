"""Numbers that may be open and conditions of four values, for values, arrays and columns alike.

A number is (low, high, known): a missing fact spans all it could be and is not known, a
judgement spans its range and is known. A condition is a grade of the chain NOT_MET < UNKNOWN <
POSSIBLE < MET: `all` is the least, `any` the greatest. The three carriers differ only in how
they choose between two values (`songhua.rules.carriers` and `columns`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from songhua.rules.carriers import Plain

NOT_MET, UNKNOWN, POSSIBLE, MET = 0, 1, 2, 3
OUTCOMES = ("not_met", "unknown", "possible", "met")
ENDLESS = 1e100  # stands for no end: large enough for any account, and products stay finite
NEAR = 1e-9  # a figure this near to a threshold, as a share of it, stands on it


@dataclass(frozen=True)
class Num:
    """A number: its ends, whether all facts behind it are known, whether it cannot be negative.

    `sharp` says that where it is known its ends are one, so that one formula does for both.

    >>> Num.of(3.0)
    Num(low=3.0, high=3.0, known=True, positive=True, sharp=True)
    """

    low: Any
    high: Any
    known: Any
    positive: bool = False
    sharp: bool = False

    @classmethod
    def of(cls, value: Any) -> Num:
        """A number that is exactly known."""
        return cls(value, value, True, not isinstance(value, (int, float)) or value >= 0, True)


def exact(a: Num) -> bool:
    """Whether both ends are the same thing, so that one formula does for both."""
    return a.low is a.high


def _high(ops: Plain, known: Any, sharp: bool, low: Any, high: Any) -> Any:
    """The upper end; where a sharp number is known it is the lower one, and costs nothing."""
    return ops.where(known, low, high) if sharp else high


def add(ops: Plain, a: Num, b: Num) -> Num:
    """a + b."""
    del ops
    low = a.low + b.low
    high = low if exact(a) and exact(b) else a.high + b.high
    return Num(low, high, _known(a, b), a.positive and b.positive, a.sharp and b.sharp)


def subtract(ops: Plain, a: Num, b: Num) -> Num:
    """a - b."""
    del ops
    low = a.low - b.high
    high = low if exact(a) and exact(b) else a.high - b.low
    return Num(low, high, _known(a, b), sharp=a.sharp and b.sharp)


def multiply(ops: Plain, a: Num, b: Num) -> Num:
    """a x b."""
    if exact(a) and exact(b):
        low = high = a.low * b.low
    elif a.positive and b.positive:
        low, high = a.low * b.low, a.high * b.high
    else:
        ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        low = high = ends[0]
        for end in ends[1:]:
            low, high = ops.least(low, end), ops.greatest(high, end)
    return Num(low, high, _known(a, b), a.positive and b.positive, a.sharp and b.sharp)


def divide(ops: Plain, a: Num, b: Num) -> Num:
    """a / b for b that cannot be negative; over nothing it counts as nothing."""
    known, sharp = _known(a, b), a.sharp and b.sharp
    low = ops.over(a.low, b.high, 0.0)
    if exact(a) and exact(b):
        return Num(low, low, known, a.positive, sharp)
    high = ops.over(a.high, b.low, ops.where(a.high > 0, ENDLESS, 0.0))
    if not a.positive:
        high = ops.where(a.high >= 0, high, ops.over(a.high, b.high, 0.0))
        steep = ops.over(a.low, b.low, ops.where(a.low < 0, -ENDLESS, 0.0))
        low = ops.where(a.low >= 0, low, ops.where(b.high > 0, steep, 0.0))
    high = ops.where(b.high > 0, high, 0.0)
    return Num(low, _high(ops, known, sharp, low, high), known, a.positive, sharp)


def largest(ops: Plain, a: Num, b: Num) -> Num:
    """The larger of two numbers."""
    low = ops.greatest(a.low, b.low)
    high = low if exact(a) and exact(b) else ops.greatest(a.high, b.high)
    return Num(low, high, _known(a, b), a.positive or b.positive, a.sharp and b.sharp)


def smallest(ops: Plain, a: Num, b: Num) -> Num:
    """The smaller of two numbers."""
    low = ops.least(a.low, b.low)
    high = low if exact(a) and exact(b) else ops.least(a.high, b.high)
    return Num(low, high, _known(a, b), a.positive and b.positive, a.sharp and b.sharp)


def mean(ops: Plain, *numbers: Num) -> Num:
    """The arithmetic mean."""
    total = numbers[0]
    for number in numbers[1:]:
        total = add(ops, total, number)
    return divide(ops, total, Num.of(float(len(numbers))))


def rise(ops: Plain, before: Num, after: Num) -> Num:
    """after / before - 1; from nothing it counts as -1, so that no growth is credited."""
    return subtract(ops, divide(ops, after, before), Num.of(1.0))


def within(ops: Plain, a: Num, span: Num) -> Num:
    """A judgement kept within the span that the rule leaves to it.

    >>> within(Plain(), Num(0.0, 8.0, True), Num(5.0, 6.0, True)).low
    5.0
    """
    if ops.lowest:
        return Num(span.low, ops.greatest(span.high, a.high), _known(a, span), span.positive)
    low = ops.least(ops.greatest(a.low, span.low), span.high)
    high = ops.least(ops.greatest(a.high, span.low), span.high)
    return Num(low, high, _known(a, span), span.positive)


def _known(a: Num, b: Num) -> Any:
    return Plain().both(a.known, b.known)


def _edge(ops: Plain, b: Any, up: bool) -> Any:
    """A threshold moved by its billionth part, up or down."""
    size = abs(b) if isinstance(b, (int, float)) else ops.greatest(b, -b)
    return b + NEAR * size if up else b - NEAR * size


def holds(ops: Plain, sign: str, a: Any, b: Any) -> Any:
    """Whether a comparison of two plain values holds, a billionth part being nothing.

    >>> holds(Plain(), ">=", 0.1 + 0.2, 0.3), holds(Plain(), ">", 0.1 + 0.2, 0.3)
    (True, False)
    """
    match sign:
        case ">=":
            return a >= _edge(ops, b, up=False)
        case ">":
            return a > _edge(ops, b, up=True)
        case "<=":
            return a <= _edge(ops, b, up=True)
    return a < _edge(ops, b, up=False)


def compare(ops: Plain, sign: str, a: Num, b: Num) -> Any:
    """The grade of a comparison: met or not met if it is so for all values, else open.

    >>> compare(Plain(), ">=", Num(5.0, 8.0, True), Num.of(6.0)) == POSSIBLE
    True
    """
    up = sign in (">=", ">")
    surely = holds(ops, sign, a.low if up else a.high, b.high if up else b.low)
    if exact(a) and exact(b):
        return ops.where(surely, MET, NOT_MET)
    maybe = holds(ops, sign, a.high if up else a.low, b.low if up else b.high)
    open_ = UNKNOWN if a.sharp and b.sharp else ops.where(_known(a, b), POSSIBLE, UNKNOWN)
    return ops.where(surely, MET, ops.where(maybe, open_, NOT_MET))


def opposite(ops: Plain, grade: Any) -> Any:
    """The opposite of a condition: what is open stays open."""
    settled = ops.where(grade == MET, NOT_MET, MET)
    return ops.where((grade == UNKNOWN) | (grade == POSSIBLE), grade, settled)


def every(ops: Plain, grades: Sequence[Any]) -> Any:
    """The least of the grades."""
    found = grades[0]
    for grade in grades[1:]:
        found = ops.least(found, grade)
    return found


def some(ops: Plain, grades: Sequence[Any]) -> Any:
    """The greatest of the grades."""
    found = grades[0]
    for grade in grades[1:]:
        found = ops.greatest(found, grade)
    return found


def at_least(ops: Plain, n: float, grades: Sequence[Any]) -> Any:
    """The n-th greatest of the grades.

    >>> at_least(Plain(), 2, [MET, NOT_MET, UNKNOWN]) == UNKNOWN
    True
    """
    found: Any = NOT_MET
    for level in (UNKNOWN, POSSIBLE, MET):
        count: Any = 0
        for grade in grades:
            count = count + ops.where(grade >= level, 1, 0)
        found = ops.where(count >= n, level, found)
    return found


def first(ops: Plain, cases: Sequence[tuple[Any, Num]]) -> Num:
    """The number of the first case that holds; where a condition is open, the span of both."""
    found = cases[-1][1]
    for grade, number in reversed(cases[:-1]):
        yes, no = grade == MET, grade == NOT_MET
        pick = (ops.where(yes, number.low, found.low), ops.where(yes, number.high, found.high))
        span = (ops.least(number.low, found.low), ops.greatest(number.high, found.high))
        settled = ops.either(yes, no)
        low, high = (ops.where(settled, p, s) for p, s in zip(pick, span, strict=True))
        open_ = ops.both(ops.both(number.known, found.known), grade == POSSIBLE)
        known = ops.where(yes, number.known, ops.where(no, found.known, open_))
        found = Num(low, high, known, number.positive and found.positive)
    return found


@dataclass(frozen=True)
class Band:
    """One band: its edge with sign, and the score or range of scores it gives."""

    sign: str
    edge: float
    low: float
    high: float


def banded(ops: Plain, number: Num, bands: Sequence[Band], rising: bool) -> Num:
    """The score of a number: that of the first band whose edge it keeps, else of the last.

    `rising` says whether a larger number scores more; the bands are monotone, so the ends of
    the number give the ends of the score.
    """
    least, most = (number.low, number.high) if rising else (number.high, number.low)
    low = _score(ops, least, [(b, b.low) for b in bands])
    one = exact(number) and (ops.lowest or all(band.low == band.high for band in bands))
    ends = [(band, band.low if ops.lowest else band.high) for band in bands]
    high = low if one else _score(ops, most, ends)
    sharp = number.sharp and (ops.lowest or all(band.low == band.high for band in bands))
    high = low if one else _high(ops, number.known, sharp, low, high)
    return Num(low, high, number.known, all(band.low >= 0 for band in bands), sharp)


def _score(ops: Plain, value: Any, scores: Sequence[tuple[Band, float]]) -> Any:
    found: Any = scores[-1][1]
    for band, score in reversed(scores[:-1]):
        found = ops.where(holds(ops, band.sign, value, band.edge), score, found)
    return found
