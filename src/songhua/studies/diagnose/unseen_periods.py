"""Unseen periods: growth of the rest of a year, from that of the year and of a seen part."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from songhua.labels import Period
from songhua.maths.bounds import Interval
from songhua.maths.weights import rest_growth, turning_weight
from songhua.region import Indicator, Region
from songhua.region.observations import SERIES, Observation, cited
from songhua.region.series import Series
from songhua.results import Finding
from songhua.results.columns import Citations, IndicatorId, IndustryId, PlaceId, Tag, choice, number
from songhua.studies.diagnose.finding_kinds import RestOfYearFell, RestOfYearRose

#: Of its share of time a part may weigh this much less before a turn is in doubt.
DOUBT = 0.7
#: Kinds of period that may be a part of a year.
PARTS = ("half", "quarter", "month", "cumulative", "span")


@dataclass(frozen=True, slots=True)
class UnseenPeriod:
    """A row of `unseen_periods`: growth of the rest of a year, of which a part was seen.

    `weight` is the part's in the level of the year before (%), from `levels` or by `time`;
    `turns_above` the weight (%) above which the rest went the other way than the year.
    """

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    scope: Tag
    period: Period
    whole: Annotated[float, number(unit="%")]
    seen: Period
    growth: Annotated[float, number(unit="%")]
    weight: Annotated[float, number(unit="%", decimals=1)]
    basis: Annotated[str, choice("weight_basis")]
    low: Annotated[float, number(unit="%", decimals=2)]
    high: Annotated[float, number(unit="%", decimals=2)]
    turns_above: Annotated[float, number(unit="%", decimals=1)]
    observations: Citations

    @property
    def turned(self) -> bool:
        """True where the rest went the other way, also if the part weighs clearly less."""
        doubt = self.weight * (DOUBT if self.basis == "time" else 1.0)
        return not math.isnan(self.turns_above) and self.turns_above <= doubt


def unseen_periods(region: Region, figures: Iterable[Observation]) -> Iterator[UnseenPeriod]:
    """The rest of each year whose growth is known, beside each part of it that is known.

    Of flows alone: a stock at the end of a quarter is no part of one at the end of the year. The
    weight is that of the levels of the year before, where the folder holds both; else the part's
    share of the months, which stands in for it and is named.

    >>> from songhua.studies.diagnose import town
    >>> rates = [("2020", "0.6"), ("2020-Q3", "4.3")]
    >>> figures = [town.observed("growth", when, text) for when, text in rates]
    >>> row = next(unseen_periods(town.region(), figures))
    >>> round(row.low, 2), round(row.high, 2), round(row.turns_above, 1), row.turned
    (-0.72, -0.55, 15.3, True)
    """
    observed = Series.of(figures).select(entity="")
    levels = observed.select(form="level").by(*SERIES)
    for labels, series in observed.select(form="growth", qualifier="").by(*SERIES).items():
        of = region.relations.level_of(labels[0])
        if of not in region.catalogue or not _adds_up(region.indicator(of)):
            continue
        before = {level.period: level for level in levels.get((of, *labels[1:]), [])}
        for whole in (figure for figure in series if figure.period.kind == "year"):
            for part in series:
                if part.period.kind in PARTS and whole.period.contains(part.period):
                    yield rest_of_year(whole, part, before)


def _adds_up(level: Indicator) -> bool:
    """True where a year's level is the sum of its parts'."""
    return level.form == "level" and level.time == "flow"


def rest_of_year(
    whole: Observation, part: Observation, before: Mapping[Period, Observation]
) -> UnseenPeriod:
    """The rest of one year beside one part of it.

    >>> year = Observation.of("growth", "2020", "2.0", form="growth")
    >>> half = Observation.of("growth", "2020-H1", "1.0", form="growth")
    >>> row = rest_of_year(year, half, {})
    >>> row.weight, round(row.low, 2), round(row.high, 2), row.turned
    (50.0, 2.85, 3.15, False)
    """
    weight, basis, behind = _weight(whole, part, before)
    remainder = rest_growth(whole.bound, part.bound, weight)
    turn = turning_weight(whole.bound, part.bound)
    return UnseenPeriod(
        whole.indicator,
        whole.region,
        whole.industry,
        whole.scope,
        whole.period,
        whole.value,
        part.period,
        part.value,
        weight.middle * 100,
        basis,
        remainder.low,
        remainder.high,
        math.nan if turn is None else turn * 100,
        cited(whole, part, *behind),
    )


def _weight(
    whole: Observation, part: Observation, before: Mapping[Period, Observation]
) -> tuple[Interval, str, Sequence[Observation]]:
    """The weight of a part in its year, the basis of the weight, and the levels behind it."""
    year, part_level = (before.get(figure.period.shifted(-1)) for figure in (whole, part))
    if (
        year is not None
        and part_level is not None
        and 0 < part_level.bound.low < part_level.bound.high < year.bound.low
    ):
        share = part_level.bound / year.bound
        if share.high < 1:
            return share, "levels", (year, part_level)
    months = part.end.month - part.start.month + 1
    return Interval(months / 12, months / 12), "time", ()


def turned(rows: Iterable[UnseenPeriod]) -> Iterator[Finding]:
    """Each year of the whole economy of which the rest went the other way than the year did.

    >>> year = Observation.of("growth", "2020", "0.6", form="growth")
    >>> third = Observation.of("growth", "2020-Q3", "4.3", form="growth")
    >>> [finding.params["turns_above"] for finding in turned([rest_of_year(year, third, {})])]
    [15.3]
    """
    for row in rows:
        if row.turned and row.industry == "all" and not row.scope:
            kind = RestOfYearFell if row.whole > 0 else RestOfYearRose
            yield kind.from_row(
                row,
                weight=round(row.weight, 1),
                turns_above=math.ceil(row.turns_above * 10) / 10,
                least=round(min(abs(row.low), abs(row.high)), 2),
                most=round(max(abs(row.low), abs(row.high)), 2),
            )
