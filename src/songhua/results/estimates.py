"""An estimate as one value: its number, its ends, and the kind, level and cover of these (§8)."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: The part of the draws that lies between the ends of an interval.
LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number between its ends, with the `kind` of these: bound, interval, range or identity.

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

    @property
    def level(self) -> float:
        """The part of what is possible that lies between the ends of an interval, by its model."""
        return LEVEL if self.kind == "interval" else math.nan

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
