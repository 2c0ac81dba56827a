"""Readings of a target's words that are judgements, with the number or word that they put in."""

from __future__ import annotations

import math
from dataclasses import dataclass

from songhua.plan.vocabulary import ReadingCode


@dataclass(frozen=True)
class Reading:
    """A reading that is a judgement: `value` in `unit`, or a `word` where it is no number.

    The word of a bare number is the direction, that of words without a number the course, and
    that of growth from levels the indicator of the levels.
    """

    code: ReadingCode
    value: float = math.nan
    unit: str = ""
    word: str = ""
