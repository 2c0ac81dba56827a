"""An estimate as one value: its number, its ends, and the kind, level and cover of these (§8)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from songhua.maths.bounds import Interval

#: The part of the draws that lies between the ends of an interval.
LEVEL = 0.9
#: The quantiles of draws that are the low end, the number and the high end of an interval.
QUANTILES = (0.05, 0.5, 0.95)
#: The kinds of ends that draws have: of a model of measured errors, or mostly of assumptions.
INTERVAL, ASSUMPTION = "interval", "assumption"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number between its ends, with the `kind` of these: bound, interval, assumption, range or
    identity.

    An end, or the number itself, is not-a-number where it is unknown; the kind is blank where
    there is none. Kinds are never merged, for they cover different things.

    >>> share = Estimate(0.3, 0.2, 0.5, "interval")
    >>> share.level, Estimate(0.3, 0.25, 0.35, "bound").level
    (0.9, nan)
    """

    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    kind: str = ""

    @classmethod
    def of(cls, value: float, ends: Interval, kind: str = "bound") -> Estimate:
        """A number with the ends of an interval.

        >>> Estimate.of(0.3, Interval(0.25, 0.35))
        Estimate(value=0.3, low=0.25, high=0.35, kind='bound')
        """
        return cls(value, ends.low, ends.high, kind)

    @classmethod
    def rounded(cls, value: float, low: float, high: float) -> Estimate:
        """A number between the ends that rounding leaves; exact, where these are one.

        >>> Estimate.rounded(5.0, 5.0, 5.0).kind, Estimate.rounded(5.0, 4.5, 5.5).kind
        ('identity', 'bound')
        """
        return cls(value, low, high, "identity" if low == high else "bound")

    @property
    def level(self) -> float:
        """The part of what is possible that lies between the ends of an interval, by its model."""
        return LEVEL if self.kind == INTERVAL else math.nan

    @property
    def covers(self) -> str:
        """The word of the closed list `covers` that tells what the ends account for: their kind."""
        return self.kind

    @property
    def known(self) -> bool:
        """True where there is a number.

        >>> Estimate(5.0).known, Estimate().known
        (True, False)
        """
        return not math.isnan(self.value)

    @classmethod
    def drawn(cls, low: float, value: float, high: float, kind: str = INTERVAL) -> Estimate:
        """The ends of draws, by their quantiles at `QUANTILES`.

        They are an interval where the draws are of a model's measured errors, and the range of the
        assumptions (`ASSUMPTION`), which has no level, where most of their width is assumed.

        >>> Estimate.drawn(1, 2, 4)
        Estimate(value=2.0, low=1.0, high=4.0, kind='interval')
        >>> Estimate.drawn(1, 2, 4, ASSUMPTION).level
        nan
        """
        return cls(float(value), float(low), float(high), kind)

    def times(self, factor: float) -> Estimate:
        """The same in another unit, of which `factor` (above nought) make one of its own.

        >>> Estimate(2, 1, 4, "bound").times(10)
        Estimate(value=20, low=10, high=40, kind='bound')
        """
        return Estimate(self.value * factor, self.low * factor, self.high * factor, self.kind)
