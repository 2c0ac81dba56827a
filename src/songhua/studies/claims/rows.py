"""The rows of claims: a checked sentence, and a number of one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from songhua.labels import parse_unit
from songhua.maths.bounds import Interval
from songhua.results.columns import (
    Citations,
    Column,
    Doubted,
    EstimateKind,
    Grade,
    InUnit,
    SourceId,
    UnitName,
    choice,
    label,
    number,
)
from songhua.studies.claims.claim_numbers import ClaimNumber, ends_in_unit


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A row of `claims`: the verdict on a sentence, and both sides of its relation."""

    claim: Annotated[str, label("claims")]
    source: SourceId
    grade: Grade
    relation: Annotated[str, Column("", "relation")]
    verdict: Annotated[str, choice("verdict")] = "not_checkable"
    left_low: InUnit = math.nan
    left_high: InUnit = math.nan
    right_low: InUnit = math.nan
    right_high: InUnit = math.nan
    implied_low: InUnit = math.nan
    implied_high: InUnit = math.nan
    unit: UnitName = ""
    estimate: EstimateKind = "bound"
    reason: Annotated[str, choice("reason")] = ""
    doubts: Doubted = ()
    observations: Citations = ()
    set: int = 0

    @property
    def sides(self) -> dict[str, Interval]:
        """Both sides and what is implied of an unknown number, where they are known."""
        ends = {
            "left": (self.left_low, self.left_high),
            "right": (self.right_low, self.right_high),
            "implied": (self.implied_low, self.implied_high),
        }
        return {name: Interval(*pair) for name, pair in ends.items() if not math.isnan(pair[0])}


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A row of `claim_numbers`: a number of a claim in its own unit, with its bound."""

    claim: Annotated[str, label("claims")]
    name: str
    value: Annotated[
        str,
        Column(
            "",
            "decimal",
            unit_in="unit",
            low="low",
            high="high",
            estimate="estimate",
            qualifier="qualifier",
        ),
    ]
    unit: UnitName
    qualifier: Annotated[str, choice("qualifier")]
    observation: Annotated[str, Column("", "observations")]
    source: SourceId
    low: Annotated[float, number(unit_in="unit", end_of="value")]
    high: Annotated[float, number(unit_in="unit", end_of="value")]
    width: Annotated[float, number(unit_in="unit", difference=True)] = math.nan
    estimate: EstimateKind = ""
    doubts: Doubted = ()

    @classmethod
    def of(cls, claim: str, number: ClaimNumber) -> CheckedNumber:
        """The row of a number."""
        low = high = math.nan
        if number.bound is not None:
            low, high = ends_in_unit(number.bound, parse_unit(number.unit).factor)
        return cls(
            claim, number.name, number.value, number.unit, number.qualifier, number.observation,
            number.source, low, high, math.nan if number.width is None else float(number.width),
            "bound" if number.possible is None else "interval", number.doubts,
        )  # fmt: skip
