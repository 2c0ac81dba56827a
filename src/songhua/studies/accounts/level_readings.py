"""Levels as constraints: industries are sums of cells, firms are floors, growth links years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from songhua.labels import Period, convert, parse_period
from songhua.maths.accounts import Constraint
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.perimeters import Perimeters
from songhua.studies.accounts.readings import (
    INFINITE,
    Reading,
    ends,
    prices_between,
    sum_of,
    unread,
)

Kind = Literal["print", "assumed"]


@dataclass(frozen=True, eq=False)
class Levels:
    """Reads levels of a year; `unit` is that of the cells."""

    region: Region
    perimeters: Perimeters
    year: int
    unit: str

    def read(self, one: Observation) -> Reading:
        """A level of the year itself.

        An industry's is the sum of its cells. A firm's or a group's is a floor under the sum.
        """
        if one.entity and one.industry == "all":
            return unread(one, "no_industry")
        return self._sum(one, self._money(one, ends(one)), "floor" if one.entity else "level", ())

    def through(self, one: Observation, growth: Observation, later: bool) -> Reading:
        """A level of the year before or after, brought to this year by its growth.

        Growth in other prices than the level, or of prices that are not told, is taken to differ by
        no more than prices may have moved.
        """
        factor = (ends(growth) / 100) + Interval(1, 1)
        amount = self._money(one, ends(one))
        amount = amount / factor if later else amount * factor
        prices = prices_between(self.region, one.indicator, growth.indicator)
        how = "floor_by_growth" if one.entity else "by_growth"
        made = self._sum(one, amount * prices, how, growth.ids)
        if prices.point or not made.used:
            return made
        assumptions = ("prices", *made.assumptions)
        return replace(made, certain=None, assumed=made.constraint, assumptions=assumptions)

    def _money(self, one: Observation, amount: Interval) -> Interval:
        """An amount in the unit of the cells."""
        factor = convert(1, one.unit, self.unit)
        return Interval(amount.low * factor, amount.high * factor)

    def _sum(
        self, one: Observation, amount: Interval, how: str, others: tuple[str, ...]
    ) -> Reading:
        """The sum of an industry's cells lies in an amount, or above it."""
        measure = self.region.indicator(one.indicator).measure
        perimeter = self.perimeters.find(one.industry, measure)
        if perimeter is None:
            return unread(one, "no_perimeter")
        if amount.high < 0:
            return unread(one, "below_nought")
        high = INFINITE if one.entity else amount.high
        sources = (*one.ids, *others)

        def of(weights: dict[tuple[str, str], Interval], kind: Kind) -> Constraint:
            return Constraint(one.id, weights, max(amount.low, 0.0), high, kind, sources)

        certain = of(sum_of(measure, perimeter.certain), "print")
        if perimeter.certain == perimeter.assumed:
            return Reading(one, how, certain, others=others)
        narrower = of(sum_of(measure, perimeter.assumed), "assumed")
        assumptions = ("turnover" if measure == "revenue" else "perimeter",)
        return Reading(one, how, certain, narrower, others=others, assumptions=assumptions)


def neighbours(
    region: Region, figures: Sequence[Observation], year: int
) -> list[tuple[Observation, Observation, bool]]:
    """Levels of the years beside that growth brings to the year, and whether they are later.

    Only where the year itself has no level of the same, and within one vintage: the growth of a
    revised series moves no level of another (§3).

    >>> from songhua.studies.diagnose import example
    >>> level = example.observed("gdp", "2020", "10", "food")
    >>> growth = example.observed("growth", "2021", "5", "food")
    >>> found = neighbours(example.region(), [level, growth], 2021)
    >>> [(one.value, later) for one, _, later in found]
    [(10.0, False)]
    """

    def thing(one: Observation, indicator: str) -> tuple[str, ...]:
        return (indicator, one.industry, one.entity, one.scope, one.vintage)

    own = {thing(one, one.indicator) for one in figures if at(one, year) and one.form == "level"}
    rates: dict[tuple[object, ...], Observation] = {}
    for one in figures:
        if one.form == "growth":
            of = region.relations.level_of(one.indicator)
            rates.setdefault((*thing(one, of), one.period), one)
    found: list[tuple[Observation, Observation, bool]] = []
    for one in figures:
        key = thing(one, one.indicator)
        if one.form != "level" or key in own:
            continue
        for by in (-1, 1):
            rate = rates.get((*key, _year(max(year, year + by))))
            if at(one, year + by) and rate is not None and ends(rate).low > -100:
                found.append((one, rate, by > 0))
    return found


def at(one: Observation, year: int) -> bool:
    """Whether a figure is of a calendar year.

    >>> [at(Observation.of("gdp", period, "5"), 2021) for period in ("2021", "2021-H1")]
    [True, False]
    """
    return one.period == _year(year)


def _year(year: int) -> Period:
    return parse_period(str(year))
