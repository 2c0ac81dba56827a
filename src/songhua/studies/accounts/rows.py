"""The rows of the tables of accounts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

from songhua.labels import Period
from songhua.results.columns import (
    Citations,
    EntityId,
    Estimate,
    EstimateInUnit,
    IndicatorId,
    IndustryId,
    InUnit,
    UnitName,
    choice,
    estimate,
    label,
    number,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of `cells`: an industry of the table, by a measure.

    `print_low` and `print_high` hold whatever else is unknown; `assumed_low` and `assumed_high`
    with the assumptions; `low`, `value` and `high` are 5, 50 and 95 % of the draws. `nation` is
    what it would be if the region were as the nation; `model` is what print and assumptions have
    left of the width that the model alone gives, and `by_print` what they take of its variance, in
    percent.
    """

    table: Annotated[str, label("tables")]
    measure: Annotated[str, choice("account_measure")]
    code: Annotated[str, label("table_industries", within="table")]
    period: Period
    unit: UnitName
    print_low: Annotated[float, number(unit_in="unit", digits=3)]
    print_high: Annotated[float, number(unit_in="unit", digits=3)]
    assumed_low: Annotated[float, number(unit_in="unit", digits=3)]
    assumed_high: Annotated[float, number(unit_in="unit", digits=3)]
    value: EstimateInUnit
    nation: Annotated[float, number(unit_in="unit", digits=3)]
    model: Annotated[float, number(unit="%", digits=2)]
    by_print: Annotated[float, number(unit="%", digits=2)]
    rests_on: Citations


@dataclass(frozen=True, slots=True)
class Industry:
    """A row of `industries`: an industry of the region by a measure, as a `Cell`.

    `printed` is its size as published, where it is; `share` is its part of the whole economy, and
    `quotient` that part over the nation's; for the nation the middle of what is assumed to belong
    to it is taken.
    """

    role: Annotated[str, choice("role")]
    industry: IndustryId
    measure: Annotated[str, choice("account_measure")]
    period: Period
    unit: UnitName
    printed: Annotated[float, number(unit_in="unit", digits=4)]
    print_low: Annotated[float, number(unit_in="unit", digits=3)]
    print_high: Annotated[float, number(unit_in="unit", digits=3)]
    assumed_low: Annotated[float, number(unit_in="unit", digits=3)]
    assumed_high: Annotated[float, number(unit_in="unit", digits=3)]
    value: EstimateInUnit
    share: Annotated[Estimate, estimate(kind="in:estimate", unit="%", digits=3)]
    quotient: Annotated[Estimate, estimate(kind="in:estimate", unit="x", digits=3)]
    nation: Annotated[float, number(unit_in="unit", digits=3)]
    by_print: Annotated[float, number(unit="%", digits=2)]
    observations: Citations


@dataclass(frozen=True, slots=True)
class IndustryYear:
    """A row of `years`: value added of an industry in a year, as an `Industry`.

    `series` is the indicator of value added that the year's accounts are of.
    """

    role: Annotated[str, choice("role")]
    industry: IndustryId
    period: Period
    series: IndicatorId
    unit: UnitName
    printed: Annotated[float, number(unit_in="unit", digits=4)]
    print_low: Annotated[float, number(unit_in="unit", digits=3)]
    print_high: Annotated[float, number(unit_in="unit", digits=3)]
    value: EstimateInUnit
    share: Annotated[Estimate, estimate(kind="in:estimate", unit="%", digits=3)]
    observations: Citations


@dataclass(frozen=True, slots=True)
class Influence:
    """A row of `influence`: an industry or a cell, with its ends and draws without a figure.

    `industry` is blank for a cell, `table` and `code` for an industry. `narrows` is the part of the
    width (of 90 % of the draws, in logarithms) without the figure that it takes away; ends, `low`,
    `value` and `high` are those without it.
    """

    industry: IndustryId
    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    measure: Annotated[str, choice("account_measure")]
    unit: UnitName
    indicator: IndicatorId
    of_industry: IndustryId
    entity: EntityId
    of_period: Period
    printed: Annotated[float, number(unit_in="printed_unit")]
    printed_unit: UnitName
    narrows: Annotated[float, number(unit="%", digits=2)]
    print_low: Annotated[float, number(unit_in="unit", digits=3)]
    print_high: Annotated[float, number(unit_in="unit", digits=3)]
    assumed_low: Annotated[float, number(unit_in="unit", digits=3)]
    assumed_high: Annotated[float, number(unit_in="unit", digits=3)]
    value: EstimateInUnit
    observations: Citations


@dataclass(frozen=True, slots=True)
class Tension:
    """A row of `tensions`: a figure beside what all others let expect of it.

    `position` is the part of draws without the figure that lie below it, in percent; `far` marks
    one beyond 95 % of them. `low`, `expected` and `high` are their 5, 50 and 95 %.
    """

    indicator: IndicatorId
    industry: IndustryId
    entity: EntityId
    period: Period
    value: InUnit
    unit: UnitName
    position: Annotated[float, number(unit="%", digits=2)]
    far: bool
    expected: Annotated[
        Estimate, estimate(unit_in="unit", digits=3, names=("expected", "low", "high", "estimate"))
    ]
    observations: Citations


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of `ledger`: a figure, how it is read, or why it is not."""

    indicator: IndicatorId
    industry: IndustryId
    entity: EntityId
    period: Period
    value: InUnit
    unit: UnitName
    reading: Annotated[str, choice("reading")]
    reason: Annotated[str, choice("unread")]
    assumed: bool
    binds: int
    observations: Citations


@dataclass(frozen=True, slots=True)
class Member:
    """A row of `contradictions`: a figure of a set that cannot all hold, or an assumption.

    `change` is the least by which it alone would have to move for the others to hold. An
    `assumption` is a member too: either of the reading of the figure above it, with the labels of
    that figure, or on an industry of the table.
    """

    set: int
    stage: Annotated[str, choice("account_stage")]
    indicator: IndicatorId
    industry: IndustryId
    entity: EntityId
    period: Period
    value: InUnit
    unit: UnitName
    change: Annotated[float, number(unit_in="change_unit", digits=2)]
    change_unit: UnitName
    observations: Citations = ()
    assumption: Annotated[str, choice("account_assumption")] = ""
    table: Annotated[str, label("tables")] = ""
    code: Annotated[str, label("table_industries", within="table")] = ""


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """A row of `missing_figures`: the variance of all cells that a figure of one would remove."""

    rank: int
    table: Annotated[str, label("tables")]
    measure: Annotated[str, choice("account_measure")]
    code: Annotated[str, label("table_industries", within="table")]
    narrows: Annotated[float, number(unit="%", digits=2)]
    own: Annotated[float, number(unit="x", digits=2)]


@dataclass(frozen=True, slots=True)
class PerimeterPart:
    """A row of `perimeters`: the part of a code that an industry holds, in percent."""

    industry: IndustryId
    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    measure: Annotated[str, choice("measure")]
    print_low: Annotated[float, number(unit="%", digits=3)] = math.nan
    print_high: Annotated[float, number(unit="%", digits=3)] = math.nan
    assumed_low: Annotated[float, number(unit="%", digits=3)] = math.nan
    assumed_high: Annotated[float, number(unit="%", digits=3)] = math.nan


@dataclass(frozen=True, slots=True)
class PayOrJobs:
    """A row of `pay_and_jobs`: pay or jobs of an industry of the table, as they follow value added.

    `nation` is what it would be if the region were as the nation.
    """

    table: Annotated[str, label("tables")]
    measure: Annotated[str, choice("account_measure")]
    code: Annotated[str, label("table_industries", within="table")]
    period: Period
    unit: UnitName
    value: EstimateInUnit
    nation: Annotated[float, number(unit_in="unit", digits=3)]


@dataclass(frozen=True, slots=True)
class AccountDraw:
    """A row of `draws`: a cell in one draw; the cells of one draw belong together.

    There are tens of thousands of them, for other studies to compute with.
    """

    BULK: ClassVar = True

    draw: int
    table: Annotated[str, label("tables")]
    measure: Annotated[str, choice("account_measure")]
    code: Annotated[str, label("table_industries", within="table")]
    value: InUnit
    unit: UnitName
