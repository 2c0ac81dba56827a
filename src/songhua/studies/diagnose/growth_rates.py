"""Growth rates: change of levels over a year, contributions, single periods and turning points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import pandas as pd

from songhua.labels import Period, parse_unit
from songhua.maths.bounds import Interval
from songhua.results import Finding, parameters, table
from songhua.studies.diagnose.growth_contributions import (
    Contribution,
    level_contributions,
    published_contributions,
    share_contributions,
)
from songhua.studies.diagnose.single_periods import single_periods
from songhua.studies.diagnose.turning_points import TurningPoint, turning_points
from songhua.studies.diagnose.unseen_periods import turned, unseen_periods
from songhua.studies.observations import SERIES, Observation, cited, grouped
from songhua.studies.series import Figures

#: Kinds of period that say nothing of a year before.
UNEVEN = {"date", "span", "season", "plan"}
_TOTAL = attrgetter("indicator", "region", "period", "scope")
_SAME = attrgetter("region", "industry", "entity", "scope", "period")


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A row of `changes`: a level against the year before, beside the published growth."""

    indicator: str
    region: str
    industry: str
    scope: str
    period: Period
    value: float
    low: float
    high: float
    estimate: str
    published: float
    basis: str
    disagrees: bool
    observations: tuple[str, ...]


def growth_rates(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `changes`, `growth_contributions`, those of single and unseen periods, and turns.

    >>> from songhua.studies.diagnose import example
    >>> named = (("2020", "-2"), ("2021", "3"))
    >>> rates = [example.observed("growth", year, text) for year, text in named]
    >>> [one.code for one in growth_rates(example.figures(*rates))[1]]
    ['growth_turned_positive']
    """
    region, settled = figures.region, figures.settled
    contributions = [
        *published_contributions(region, settled),
        *level_contributions(region, settled),
        *share_contributions(region, settled),
    ]
    unseen = list(unseen_periods(region, settled))
    turns = [row for row in turning_points(settled) if row.region == region.code]
    tables = {
        "changes": table("diagnose", "changes", level_changes(figures)),
        "growth_contributions": table("diagnose", "growth_contributions", contributions),
        "single_periods": table("diagnose", "single_periods", single_periods(region, settled)),
        "turning_points": table("diagnose", "turning_points", turns),
        "unseen_periods": table("diagnose", "unseen_periods", unseen),
    }
    own = [row for row in unseen if row.region == region.code]
    findings = [*_contribution_findings(contributions), *_turn_findings(turns), *turned(own)]
    return tables, findings


def _contribution_findings(rows: list[Contribution]) -> Iterator[Finding]:
    """Each sum of contributions that was held against the published growth."""
    names = (
        "indicator", "region", "period", "contribution_pp", "low", "high", "growth", "residual",
        "verdict",
    )  # fmt: skip
    for row in rows:
        if row.verdict:
            params = parameters(row, *names)
            yield Finding("contributions_against_growth", params, row.observations)
        if row.closing:
            yield _closing(row, [one for one in rows if _summand(one, row)])


def _summand(one: Contribution, total: Contribution) -> bool:
    """Whether a row is one of the parts of a sum."""
    return not one.verdict and one.method == total.method and _TOTAL(one) == _TOTAL(total)


def _closing(total: Contribution, parts: list[Contribution]) -> Finding:
    """The weight that would explain a difference, in whole per cent outward."""
    part = next(one for one in parts if one.industry == total.closing)
    other = min(parts, key=lambda one: one.growth)
    params = parameters(total, "indicator", "region", "period") | {
        "industry": total.closing, "other_industry": other.industry, "share": part.share,
        "residual": float(f"{total.residual:.2g}"), "least": math.floor(total.closing_low),
        "most": math.ceil(total.closing_high),
    }  # fmt: skip
    return Finding("closing_weight", params, total.observations)


def _turn_findings(rows: list[TurningPoint]) -> Iterator[Finding]:
    """Each turn of the whole economy."""
    names = ("indicator", "industry", "before", "before_value", "after", "after_value")
    for row in rows:
        if row.industry == "all" and not row.scope:
            yield Finding("growth_turned_positive", parameters(row, *names), row.observations)


def level_changes(figures: Figures) -> list[LevelChange]:
    """Each level against the same stretch of the year before: same series, nothing chained (§3).

    100 (level / level a year before - 1), in percent, with the bound that rounding of both leaves.

    >>> from songhua.studies.diagnose import example
    >>> levels = [example.observed("gdp", "2020", "40"), example.observed("gdp", "2021", "50")]
    >>> rate = example.observed("growth", "2021", "9")
    >>> rows = level_changes(example.figures(*levels, rate))
    >>> [(str(row.period), row.value, row.published, row.basis) for row in rows]
    [('2021', 25.0, 9.0, 'constant')]
    """
    return figures.once(_level_changes)


def _level_changes(figures: Figures) -> list[LevelChange]:
    """The changes of all series, one after the other."""
    settled, catalogue = figures.settled, figures.region.catalogue
    rates = {(one.indicator, *_SAME(one)): one for one in reversed(settled) if one.form == "growth"}
    levels = [one for one in settled if one.form == "level" and not (one.qualifier or one.entity)]
    found: list[LevelChange] = []
    for series in grouped(levels, *SERIES).values():
        by_period = {one.period: one for one in series}
        for period, level in by_period.items():
            before = None if period.kind in UNEVEN else period.shifted(-1)
            earlier = by_period.get(before) if before else None
            measured = catalogue[level.indicator]
            if (
                earlier is not None
                and earlier.value > 0
                and measured.unbroken(earlier.period, period)
            ):
                names = (rate.id for rate in figures.region.growth_of(level.indicator))
                keys = ((name, *_SAME(level)) for name in names)
                published = next((rates[key] for key in keys if key in rates), None)
                basis = "" if published is None else catalogue[published.indicator].basis
                found.append(level_change(earlier, level, published, basis))
    return found


def level_change(
    earlier: Observation, level: Observation, published: Observation | None = None, basis: str = ""
) -> LevelChange:
    """Growth from one level to a later one of its series, beside what is published of it.

    >>> row = level_change(Observation.of("gdp", "2020", "40"), Observation.of("gdp", "2021", "50"))
    >>> row.value, round(row.low, 2), round(row.high, 2), row.estimate
    (25.0, 22.22, 27.85, 'bound')
    """
    change = (level.bound / earlier.bound - 1) * 100
    return LevelChange(
        level.indicator, level.region, level.industry, level.scope, level.period,
        (level.value / earlier.value - 1) * 100, change.low, change.high,
        "bound" if change.width > 1e-9 else "identity",
        math.nan if published is None else published.value, basis,
        published is not None and _disagrees(level, change, published, basis),
        cited(earlier, level, published),
    )  # fmt: skip


def _disagrees(level: Observation, change: Interval, published: Observation, basis: str) -> bool:
    """Whether levels and published growth cannot both be right.

    Money at constant or comparable prices may grow otherwise than its printed levels do; counts
    and current prices may not.
    """
    alike = basis == "current" or not parse_unit(level.unit).money
    return alike and not change.overlaps(published.bound)
