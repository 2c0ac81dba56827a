"""Score bands: the points that a number earns by a table of thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from songhua.rules.backends import Scalars
from songhua.rules.intervals import Interval, holds, upper


@dataclass(frozen=True)
class Band:
    """One band: its edge with sign, and the score or range of scores it gives."""

    sign: str
    edge: float
    low: float
    high: float


def banded(backend: Scalars, number: Interval, bands: Sequence[Band], rising: bool) -> Interval:
    """The score of a number: that of the first band whose edge it keeps, else of the last.

    `rising` says whether a larger number scores more; the bands are monotone, so the ends of
    the number give the ends of the score.

    >>> bands = (Band(">=", 0.5, 10.0, 10.0), Band("", 0.0, 2.0, 2.0))
    >>> score = banded(Scalars(), Interval(0.4, 0.6, False), bands, rising=True)
    >>> score.low, score.high
    (2.0, 10.0)
    """
    least, most = (number.low, number.high) if rising else (number.high, number.low)
    low = _score(backend, least, [(b, b.low) for b in bands])
    single = backend.lowest or all(band.low == band.high for band in bands)
    points = number.point_if_known and single
    high = low
    if not (number.is_point and single):
        ends = [(band, band.low if backend.lowest else band.high) for band in bands]
        top = _score(backend, most, ends)
        high = upper(backend, number.known, points, low, top)
    return Interval(low, high, number.known, all(band.low >= 0 for band in bands), points)


def _score(backend: Scalars, value: Any, scores: Sequence[tuple[Band, float]]) -> Any:
    points: Any = scores[-1][1]
    for band, score in reversed(scores[:-1]):
        points = backend.where(holds(backend, band.sign, value, band.edge), score, points)
    return points
