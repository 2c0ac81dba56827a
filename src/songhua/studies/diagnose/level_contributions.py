"""Contributions to growth from levels: what each industry adds, in points of the total before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from songhua.labels import Period
from songhua.region import Region
from songhua.region.observations import Observation, cited
from songhua.region.series import Series
from songhua.results.columns import Estimate
from songhua.studies.diagnose.growth_contributions import Contribution, real_indicators, row_of
from songhua.studies.diagnose.structure import Breakdown, breakdowns

#: The methods: of levels at constant prices, and at current ones.
CONSTANT, CURRENT = "constant_levels", "current_levels"
#: By place, period and total the breakdowns of the period before and of itself.
Pairs: TypeAlias = dict[tuple[str, Period, object], tuple[Breakdown, Breakdown]]


def level_contributions(
    region: Region, figures: Iterable[Observation], cells: Iterable[Observation] = ()
) -> Iterator[Contribution]:
    """Increments of levels over the total before: closes but for rounding.

    Of levels at constant prices to real growth; of value added at current prices to nominal growth.
    Both ends are of one release: of the names of a quantity that hold both, the one published last.
    Cells of panels give it where figures do, and for the last period of the region.

    >>> from songhua.studies.diagnose import town
    >>> levels = [("2020", "100", "40", "60"), ("2021", "110", "44", "66")]
    >>> figures = [town.observed("gdp", year, text, name) for year, *texts in levels
    ...     for name, text in zip(("all", "food", "tools"), texts, strict=True)]
    >>> rows = level_contributions(town.region(), figures)
    >>> [(row.industry, row.contribution_pp.value, row.verdict) for row in rows]
    [('food', 4.0, ''), ('tools', 6.0, ''), ('all', 10.0, 'consistent')]
    """
    nominal, own = _nominal(region), list(figures)
    levels = [*real_indicators(region), *nominal]
    alone, pairs = (_pairs(region, rows, levels) for rows in (own, [*own, *cells]))
    last = max((period for place, period, _ in pairs if place == region.code), default=None)
    for about, pair in pairs.items():
        if about in alone or about[:2] == (region.code, last):
            is_nominal = pair[1].total.indicator in nominal
            yield from increments(*pair, CURRENT if is_nominal else CONSTANT)


def _pairs(region: Region, figures: Iterable[Observation], levels: Sequence[str]) -> Pairs:
    """The newest breakdowns of one release at both ends of a year, by place, period and total."""
    by_period: dict[tuple[tuple[str, ...], Period], list[Breakdown]] = {}
    for breakdown in breakdowns(
        region, Series.of(figures).select(form="level", qualifier="", indicator=levels)
    ):
        total = breakdown.total
        labels = (total.indicator, total.region, total.scope, total.vintage, total.industry)
        by_period.setdefault((labels, total.period), []).append(breakdown)
    newest: Pairs = {}
    for (labels, period), cuts in by_period.items():
        earlier = period.shifted(-1)
        before = by_period.get((labels, earlier), ())
        pairs = (
            (old, new) for new in cuts for old in before if old.parts.keys() == new.parts.keys()
        )
        pair = next(pairs, None)  # by the first partition that both have
        if not pair or pair[0].total.value <= 0:  # the increase has no share of nothing
            continue
        if region.indicator(*labels[:2]).unbroken(earlier, period):
            indicator, place, scope, _, industry = labels
            of = (region.relations.same_quantity(indicator), scope, industry)
            kept = newest.setdefault((place, period, of), pair)
            newest[place, period, of] = max(kept, pair, key=lambda pair: pair[1].total.released)
    return newest


def increments(
    before: Breakdown, after: Breakdown, method: str = CONSTANT
) -> Iterator[Contribution]:
    """100 (part - part before) / total before of each part, then their sum beside the total's.

    >>> def at(year: str, total: str, part: str) -> Breakdown:
    ...     food = Observation.of("gdp", year, part, industry="food")
    ...     return Breakdown(Observation.of("gdp", year, total), {"food": food})
    >>> rows = increments(at("2020", "100", "40"), at("2021", "110", "45"))
    >>> [(row.contribution_pp.value, round(row.share_of_growth.value, 9)) for row in rows]
    [(5.0, 50.0), (5.0, nan)]
    """
    base, total = before.total, after.total
    row = row_of(total, method)
    rise = total.bound - base.bound
    growth = (total.value / base.value - 1) * 100
    added = 0.0
    for name, part in after.parts.items():
        start = before.parts[name]
        step = part.bound - start.bound
        value = (part.value - start.value) / base.value * 100
        added += value
        share = Estimate()
        if rise.low > 0:
            share = Estimate.of(value / growth * 100, step / rise * 100)
        yield row(
            industry=name,
            share=start.value / base.value * 100,
            growth=(part.value / start.value - 1) * 100 if start.value else math.nan,
            contribution_pp=Estimate.of(value, step / base.bound * 100),
            share_of_growth=share,
            observations=cited(start, part, base, total),
        )
    widths = sum(part.bound.width for part in after.parts.values())
    slack = (total.bound.width + base.bound.width + widths) / base.value * 100
    closes = abs(growth - added) <= slack + 1e-12
    yield row(
        industry=total.industry, growth=growth, residual=growth - added,
        contribution_pp=Estimate(added, added - slack, added + slack, "bound"),
        verdict="consistent" if closes else "inconsistent", observations=cited(base, total),
    )  # fmt: skip


def _nominal(region: Region) -> list[str]:
    """The levels of value added at current prices."""
    entries, kind = region.catalogue.values(), ("level", "current", "value_added")
    return [entry.id for entry in entries if (entry.form, entry.basis, entry.measure) == kind]
