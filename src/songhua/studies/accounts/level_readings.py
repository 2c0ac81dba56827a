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

    def read(self, figure: Observation) -> Reading:
        """A level of the year itself.

        An industry's is the sum of its cells. A firm's or a group's is a floor under the sum.
        """
        if figure.entity and figure.industry == "all":
            return unread(figure, "no_industry")
        return self._sum(
            figure, self._money(figure, ends(figure)), "floor" if figure.entity else "level", ()
        )

    def through(self, figure: Observation, growth: Observation, later: bool) -> Reading:
        """A level of the year before or after, brought to this year by its growth.

        Growth in other prices than the level, or of prices that are not told, is taken to differ by
        no more than prices may have moved.
        """
        factor = (ends(growth) / 100) + Interval(1, 1)
        amount = self._money(figure, ends(figure))
        amount = amount / factor if later else amount * factor
        prices = prices_between(self.region, figure.indicator, growth.indicator)
        how = "floor_by_growth" if figure.entity else "by_growth"
        reading = self._sum(figure, amount * prices, how, growth.ids)
        if prices.point or not reading.is_used:
            return reading
        assumptions = ("prices", *reading.assumptions)
        return replace(reading, certain=None, assumed=reading.constraint, assumptions=assumptions)

    def _money(self, figure: Observation, amount: Interval) -> Interval:
        """An amount in the unit of the cells."""
        factor = convert(1, figure.unit, self.unit)
        return Interval(amount.low * factor, amount.high * factor)

    def _sum(
        self, figure: Observation, amount: Interval, how: str, other_ids: tuple[str, ...]
    ) -> Reading:
        """The sum of an industry's cells lies in an amount, or above it."""
        measure = self.region.indicator(figure.indicator).measure
        perimeter = self.perimeters.find(figure.industry, measure)
        if perimeter is None:
            return unread(figure, "no_perimeter")
        if amount.high < 0:
            return unread(figure, "below_nought")
        high = INFINITE if figure.entity else amount.high
        sources = (*figure.ids, *other_ids)

        def of(weights: dict[tuple[str, str], Interval], kind: Kind) -> Constraint:
            return Constraint(figure.id, weights, max(amount.low, 0.0), high, kind, sources)

        certain = of(sum_of(measure, perimeter.certain), "print")
        if perimeter.certain == perimeter.assumed:
            return Reading(figure, how, certain, other_ids=other_ids)
        narrower = of(sum_of(measure, perimeter.assumed), "assumed")
        assumptions = ("turnover" if measure == "revenue" else "perimeter",)
        return Reading(figure, how, certain, narrower, other_ids=other_ids, assumptions=assumptions)


def neighbours(
    region: Region, figures: Sequence[Observation], year: int
) -> list[tuple[Observation, Observation, bool]]:
    """Levels of the years beside that growth brings to the year, and whether they are later.

    Only where the year itself has no level of the same, and within one vintage: the growth of a
    revised series moves no level of another (§3).

    >>> from songhua.studies.diagnose import town
    >>> level = town.observed("gdp", "2020", "10", "food")
    >>> growth = town.observed("growth", "2021", "5", "food")
    >>> pairs = neighbours(town.region(), [level, growth], 2021)
    >>> [(level.value, later) for level, _, later in pairs]
    [(10.0, False)]
    """

    def thing(figure: Observation, indicator: str) -> tuple[str, ...]:
        return (indicator, figure.industry, figure.entity, figure.scope, figure.vintage)

    printed_things = {
        thing(figure, figure.indicator)
        for figure in figures
        if at(figure, year) and figure.form == "level"
    }
    rates: dict[tuple[object, ...], Observation] = {}
    for figure in figures:
        if figure.form == "growth":
            of = region.relations.level_of(figure.indicator)
            rates.setdefault((*thing(figure, of), figure.period), figure)
    pairs: list[tuple[Observation, Observation, bool]] = []
    for figure in figures:
        key = thing(figure, figure.indicator)
        if figure.form != "level" or key in printed_things:
            continue
        for by in (-1, 1):
            rate = rates.get((*key, _year(max(year, year + by))))
            if at(figure, year + by) and rate is not None and ends(rate).low > -100:
                pairs.append((figure, rate, by > 0))
    return pairs


def at(figure: Observation, year: int) -> bool:
    """True for a figure of this calendar year.

    >>> [at(Observation.of("gdp", period, "5"), 2021) for period in ("2021", "2021-H1")]
    [True, False]
    """
    return figure.period == _year(year)


def _year(year: int) -> Period:
    return parse_period(str(year))
