"""Conflicts: figures that cannot both be right, one quantity under two names, false likenesses."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.weights import weighted_mean_bound
from songhua.region import SETTLED, Region
from songhua.region.indicators import RATES
from songhua.region.observations import Observation, cited, grouped, tidy
from songhua.region.series import Series
from songhua.results import Finding, table
from songhua.results.columns import (
    Citations,
    EntityId,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    UnitName,
    choice,
    number,
)
from songhua.studies.diagnose.finding_kinds import (
    GrowthOutsideParts,
    NamesDiffer,
    NamesUndeclared,
    NCoverageDiffers,
    NGrowthDisagrees,
    NNotComparable,
    NSourcesConflict,
    NValueRepeated,
    NVintagesDiffer,
)
from songhua.studies.diagnose.level_changes import disputed_changes
from songhua.studies.diagnose.structure import breakdowns
from songhua.studies.other_names import common_figures, differing, undeclared
from songhua.studies.panels import WHOLE
from songhua.studies.series import Figures

THING = ("indicator", "region", "industry", "entity", "period")
COUNTS = {
    "sources_conflict": NSourcesConflict,
    "growth_disagrees": NGrowthDisagrees,
    "vintages_differ": NVintagesDiffer,
    "coverage_differs": NCoverageDiffers,
    "value_repeated": NValueRepeated,
    "not_comparable": NNotComparable,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A row of `conflicts`: the figures that differ, from the least to the most.

    `growth` is that of a whole which lies outside its parts' least and most. Of one quantity under
    two names `value` is the figure of `indicator` and `other_value` that of `other`.
    """

    code: Annotated[str, choice("conflict")]
    indicator: IndicatorId
    other: IndicatorId = ""
    region: PlaceId
    industry: IndustryId = ""
    entity: EntityId = ""
    period: Period
    least: InUnit = math.nan
    most: InUnit = math.nan
    growth: Annotated[float, number(unit="%")] = math.nan
    value: InUnit = math.nan
    other_value: InUnit = math.nan
    unit: UnitName = ""
    observations: Citations


def conflicts(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `conflicts`, and a finding that counts each kind.

    >>> from songhua.studies.diagnose import town
    >>> from dataclasses import replace
    >>> first = town.observed("gdp", "2021", "5")
    >>> second = replace(town.observed("gdp", "2021", "7"), source="paper")
    >>> [finding.code for finding in conflicts(town.figures(first, second))[1]]
    ['n_sources_conflict']
    """
    settled = figures.observations.select(kind=SETTLED)
    rows = [
        *different_figures(settled),
        *_growth_against_levels(figures),
        *repeated_counts(settled),
        *_not_comparable(figures.region, settled),
        *(outside := list(outside_parts(figures.region, figures.settled))),
        *(apart := list(names_differ(figures))),
    ]
    findings: list[Finding] = [GrowthOutsideParts.from_row(row) for row in outside]
    for code, kind in COUNTS.items():
        alike = [row for row in rows if row.code == code]
        if alike:
            ids = tuple(dict.fromkeys(id for row in alike for id in row.observations))
            findings.append(kind(n=len(alike), observations=ids))
    findings += _names_findings(figures, apart)
    return {"conflicts": table("diagnose", "conflicts", rows)}, findings


def different_figures(figures: Iterable[Observation]) -> Iterator[Conflict]:
    """Figures for the same thing whose bounds share no number: by source, vintage or coverage.

    Within one vintage and coverage the sources conflict; across them the series differ.

    >>> rows = [Observation.of("gdp", "2021", text, source=text) for text in ("5", "7")]
    >>> [(row.code, row.least, row.most) for row in different_figures(rows)]
    [('sources_conflict', 5.0, 7.0)]
    """
    series = Series.of(figures)
    bounded = series.where(series.bounded | series.have(qualifier="about"))
    for group in bounded.shared(*THING).by(*THING).values():
        low, high = _common(group)
        if low > high + 1e-9 * max(abs(low), abs(high)):
            yield from _by_cause(group)


def _common(group: Sequence[Observation]) -> tuple[float, float]:
    """The highest low end and the lowest high end: no number is common where these cross."""
    ends = [figure.bound if figure.bounded else figure.sure for figure in group]
    return max(end.low for end in ends), min(end.high for end in ends)


def _by_cause(group: Sequence[Observation]) -> Iterator[Conflict]:
    """Conflicts of sources within a series, then differences between series."""
    explained = False
    for series in grouped(group, "vintage", "scope").values():
        low, high = _common(series)
        if low > high + 1e-9 * abs(low):
            explained = True
            yield _conflict("sources_conflict", series)
    for label, code in (("vintage", "vintages_differ"), ("scope", "coverage_differs")):
        firsts = [series[0] for series in grouped(group, label).values()]
        low, high = _common(firsts)
        if len(firsts) > 1 and low > high:
            explained = True
            yield _conflict(code, firsts)
    if not explained:
        yield _conflict("coverage_differs", group)


def _conflict(code: str, group: Sequence[Observation], of: Observation | None = None) -> Conflict:
    """The row of a group of figures, with the labels of one of them."""
    first = of or group[0]
    values = [figure.value for figure in group]
    return Conflict(
        code=code, indicator=first.indicator, region=first.region, industry=first.industry,
        entity=first.entity, period=first.period, least=min(values), most=max(values),
        unit=group[0].unit, observations=cited(*group),
    )  # fmt: skip


def _growth_against_levels(figures: Figures) -> Iterator[Conflict]:
    """A published growth that the printed levels contradict."""
    for row in disputed_changes(figures):
        yield Conflict(
            code="growth_disagrees", indicator=row.indicator, region=row.region,
            industry=row.industry, period=row.period, least=min(row.value.value, row.published),
            most=max(row.value.value, row.published), unit="%", observations=row.observations,
        )  # fmt: skip


def outside_parts(region: Region, figures: Iterable[Observation]) -> Iterator[Conflict]:
    """Growth of a whole that is below that of all its parts, or above: no weights lead there.

    If a part's level is known to be negative, its weight may be too, and there is no finding.

    >>> from songhua.studies.diagnose import town
    >>> texts = (("all", "0.058"), ("food", "5.1"), ("tools", "6.3"))
    >>> rates = [town.observed("growth", "2021", text, name) for name, text in texts]
    >>> [(row.growth, row.least, row.most) for row in outside_parts(town.region(), rates)]
    [(0.058, 5.1, 6.3)]
    """
    series = Series.of(figures)
    below = series.where(series.have(form="level") & (series.value < 0))
    negative = below.by("indicator", "region", "industry").keys()
    for breakdown in breakdowns(region, series.select(form=RATES, qualifier="")):
        total, parts = breakdown.total, breakdown.parts.values()
        of = region.relations.level_of(total.indicator)
        if any((of, total.region, part.industry) in negative for part in parts):
            continue
        if not weighted_mean_bound(part.bound for part in parts).overlaps(total.bound):
            values = [part.value for part in parts]
            yield Conflict(
                code="growth_outside_parts", indicator=total.indicator, region=total.region,
                industry=total.industry, period=total.period, least=min(values),
                most=max(values), growth=total.value, unit="%",
                observations=cited(total, *parts),
            )  # fmt: skip


def repeated_counts(figures: Iterable[Observation]) -> Iterator[Conflict]:
    """A count that another source prints unchanged for a later period: it may be stale.

    >>> from dataclasses import replace
    >>> printed = (("2020", "bulletin"), ("2021", "paper"))
    >>> rows = [Observation.of("firms", year, "811", source=name) for year, name in printed]
    >>> repeated = repeated_counts([replace(row, exact=True) for row in rows])
    >>> [(row.code, str(row.period)) for row in repeated]
    [('value_repeated', '2021')]
    """
    series = Series.of(figures)
    counts = series.where(series.exact & series.have(form="level") & (series.value >= 100))
    labels = ("indicator", "region", "industry", "entity", "vintage", "scope")
    for group in grouped(counts.shared(*labels, "value"), *labels, "value").values():
        periods, sources = ({getattr(row, name) for row in group} for name in ("period", "source"))
        if len(periods) > 1 and len(sources) > 1:
            last = max(group, key=attrgetter("period"))
            yield _conflict("value_repeated", group, of=last)


def names_differ(figures: Figures) -> Iterator[Conflict]:
    """Figures of one quantity under two names whose bounds share no number, in the first's unit.

    >>> from songhua.studies.other_names import example
    >>> [(row.indicator, row.value, row.other, row.other_value) for row in names_differ(example())]
    [('gdp', 5.0, 'city_gdp', 7.0)]
    """
    for common in differing(figures):
        values = (common.value, tidy(common.other_value))
        yield Conflict(
            code="names_differ", indicator=common.indicator, other=common.other,
            region=common.region, industry=common.industry, period=parse_period(common.period),
            least=min(values), most=max(values), value=values[0], other_value=values[1],
            unit=figures.region.catalogue[common.indicator].unit,
            observations=tuple(id for id in (common.id, common.other_id) if id),
        )  # fmt: skip


def _names_findings(figures: Figures, rows: Sequence[Conflict]) -> Iterator[Finding]:
    """Of each pair of names the number of common figures that differ, and the widest difference.

    The most of the region itself where one of its own does, by points of rates, else by shares.
    """
    common = common_figures(figures).groupby(["indicator", "other"]).size()
    region = figures.region
    for pair, alike in grouped(rows, "indicator", "other").items():
        rates = region.indicator(pair[0]).rate
        region_rows = [row for row in alike if row.region == region.code] or alike
        whole = [row for row in region_rows if row.industry == WHOLE] or region_rows
        most = max(whole, key=lambda row: _apart(row, rates))
        beside = sorted(str(row.period) for row in whole if row.region == most.region)
        of = int(common[pair])
        yield NamesDiffer.from_row(most, n=len(alike), of=of, periods=tuple(beside))
    pairs = undeclared(figures)
    if pairs:
        indicators = tuple(dict.fromkeys(id for pair in pairs for id in pair))
        yield NamesUndeclared(n=len(pairs), indicators=indicators)


def _apart(row: Conflict, rates: bool) -> tuple[float, Period]:
    """The distance of two figures: rates in points, levels as a share; then the latest."""
    gap = row.most - row.least
    return round(gap if rates else gap / abs(row.most), 9), row.period


def _not_comparable(region: Region, figures: Series) -> Iterator[Conflict]:
    """Indicators that look alike and both have figures for overlapping times and one place."""
    by_indicator = figures.select(entity="").by("indicator")
    for pair in region.relations.unlike.values():
        sides = (by_indicator.get(id, []) for id in (pair.indicator, pair.to))
        yield from similar_figures(*sides)


def similar_figures(
    figures: Sequence[Observation], similar: Sequence[Observation]
) -> Iterator[Conflict]:
    """The last period of each place for which two indicators have figures of overlapping times.

    >>> rows = [Observation.of("gdp", "2021", "5")], [Observation.of("output", "2021-H1", "9")]
    >>> [(row.indicator, row.other, str(row.period)) for row in similar_figures(*rows)]
    [('gdp', 'output', '2021')]
    """
    by_place, similar_by_place = grouped(figures, "region"), grouped(similar, "region")
    for place in sorted(by_place.keys() & similar_by_place.keys()):
        periods = {figure.period for figure in similar_by_place[place]}
        near = [
            figure.period
            for figure in by_place[place]
            if any(figure.period.overlaps(period) for period in periods)
        ]
        if near:
            last = max(near)
            latest = [figure for figure in by_place[place] if figure.period == last]
            yield Conflict(
                code="not_comparable", indicator=latest[0].indicator,
                other=similar_by_place[place][0].indicator, region=place, period=last,
                observations=cited(*latest, *similar_by_place[place][:3]),
            )  # fmt: skip
