"""Readings of a target's words that are judgements, with the number or word that they put in."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated

from songhua.plan.vocabulary import ReadingCode
from songhua.results.columns import Column, InUnit, TargetId, UnitName, choice

WORD_LABELS = (
    ("bare_number", "direction"),
    ("course_width", "course"),
    ("growth_from_levels", "indicators"),
)


@dataclass(frozen=True)
class Reading:
    """A reading that is a judgement: `value` in `unit`, or a `word` where it is no number.

    The word of a bare number is the direction, that of words without a number the course, and
    that of growth from levels the indicator of the levels. A row of `readings` names its target.
    """

    target: TargetId = field(default="", kw_only=True)
    reading: Annotated[ReadingCode, choice("assumption")]
    value: InUnit = math.nan
    unit: UnitName = ""
    word: Annotated[str, Column("", "label", of_in="reading", of_each=WORD_LABELS)] = ""
