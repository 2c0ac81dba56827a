"""The rows of the tables of accounts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from songhua.labels import Period


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of `cells`: an industry of the table, by a measure.

    `print_low` and `print_high` hold whatever else is unknown; `assumed_low` and `assumed_high`
    with the assumptions; `low`, `value` and `high` are 5, 50 and 95 % of the draws. `nation` is
    what it would be if the region were as the nation; `model` is what print and assumptions have
    left of the width that the model alone gives, and `by_print` what they take of its variance, in
    percent.
    """

    table: str
    measure: str
    code: str
    period: Period
    unit: str
    print_low: float
    print_high: float
    assumed_low: float
    assumed_high: float
    low: float
    value: float
    high: float
    estimate: str
    nation: float
    model: float
    by_print: float
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Industry:
    """A row of `industries`: an industry of the region by a measure, as a `Cell`.

    `printed` is its size as published, where it is; `share` is its part of the whole economy, and
    `quotient` that part over the nation's; for the nation the middle of what is assumed to belong
    to it is taken.
    """

    role: str
    industry: str
    measure: str
    period: Period
    unit: str
    printed: float
    print_low: float
    print_high: float
    assumed_low: float
    assumed_high: float
    low: float
    value: float
    high: float
    estimate: str
    share_low: float
    share: float
    share_high: float
    quotient_low: float
    quotient: float
    quotient_high: float
    nation: float
    by_print: float
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndustryYear:
    """A row of `years`: value added of an industry in a year, as an `Industry`.

    `series` is the indicator of value added that the year's accounts are of.
    """

    role: str
    industry: str
    period: Period
    series: str
    unit: str
    printed: float
    print_low: float
    print_high: float
    low: float
    value: float
    high: float
    estimate: str
    share_low: float
    share: float
    share_high: float
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Influence:
    """A row of `influence`: an industry or a cell, and what would be known of it without a figure.

    `industry` is blank for a cell, `table` and `code` for an industry. `narrows` is the part of the
    width (of 90 % of the draws, in logarithms) without the figure that it takes away; ends, `low`,
    `value` and `high` are those without it.
    """

    industry: str
    table: str
    code: str
    measure: str
    unit: str
    indicator: str
    of_industry: str
    entity: str
    of_period: Period
    printed: float
    printed_unit: str
    narrows: float
    print_low: float
    print_high: float
    assumed_low: float
    assumed_high: float
    low: float
    value: float
    high: float
    estimate: str
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tension:
    """A row of `tensions`: a figure beside what all others let expect of it.

    `position` is the part of draws without the figure that lie below it, in percent; `far` marks
    one beyond 95 % of them. `low`, `expected` and `high` are their 5, 50 and 95 %.
    """

    indicator: str
    industry: str
    entity: str
    period: Period
    value: float
    unit: str
    position: float
    far: bool
    low: float
    expected: float
    high: float
    estimate: str
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of `ledger`: a figure, how it is read, or why it is not."""

    indicator: str
    industry: str
    entity: str
    period: Period
    value: float
    unit: str
    reading: str
    reason: str
    assumed: bool
    binds: int
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A row of `contradictions`: a figure of a set that cannot all hold, or an assumption.

    `change` is the least by which it alone would have to move for the others to hold. An
    `assumption` is a member too: one that the figure above it is read with, whose labels it has, or
    one on an industry of the table.
    """

    set: int
    stage: str
    indicator: str
    industry: str
    entity: str
    period: Period
    value: float
    unit: str
    change: float
    change_unit: str
    observations: tuple[str, ...] = ()
    assumption: str = ""
    table: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """A row of `missing_figures`: what a figure of a cell would narrow, all cells together."""

    rank: int
    table: str
    measure: str
    code: str
    narrows: float
    own: float


@dataclass(frozen=True, slots=True)
class PerimeterPart:
    """A row of `perimeters`: what part of a code an industry holds, in percent."""

    industry: str
    table: str
    code: str
    measure: str
    print_low: float = math.nan
    print_high: float = math.nan
    assumed_low: float = math.nan
    assumed_high: float = math.nan


@dataclass(frozen=True, slots=True)
class PayOrJobs:
    """A row of `pay_and_jobs`: pay or jobs of an industry of the table, as they follow value added.

    `nation` is what it would be if the region were as the nation.
    """

    table: str
    measure: str
    code: str
    period: Period
    unit: str
    low: float
    value: float
    high: float
    estimate: str
    nation: float


@dataclass(frozen=True, slots=True)
class AccountDraw:
    """A row of `draws`: a cell in one draw; the cells of one draw belong together."""

    draw: int
    table: str
    measure: str
    code: str
    value: float
    unit: str
