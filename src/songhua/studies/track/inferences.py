"""Levels inferred for targets from other figures of the folder: labelled so, and in no verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import mul, truediv
from typing import Annotated

from songhua.labels import Period, parse_unit
from songhua.maths.bounds import Interval
from songhua.plan.schemes import NO_DATA
from songhua.plan.vocabulary import Inference, Missing, TargetPath
from songhua.region.observations import Figure, cited, tidy
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorIds,
    TargetId,
    UnitName,
    choice,
    estimate,
)
from songhua.studies.series import Figures
from songhua.studies.track.assessment import Assessment
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.target_series import Series, series_of

#: What a target lacks beside which a level is inferred, and the paths of levels.
LACKING = (Missing.OUTDATED, Missing.NO_OUTCOME, Missing.NO_FIGURE)
LEVELS = (TargetPath.LEVEL, TargetPath.STEADY)
PERCENT = ("ratio", "")


@dataclass(frozen=True, slots=True)
class TargetInference:
    """A row of `inferred`: a target's level in the newest year that other figures give it.

    `agreed` counts the times at which a published figure agrees with what they give.
    """

    target: TargetId
    period: Period
    value: Annotated[Estimate, estimate(unit_in="unit", kind="bound")]
    unit: UnitName
    inference: Annotated[Inference, choice("inference")]
    indicators: IndicatorIds
    agreed: int
    observations: Citations


@dataclass(frozen=True, slots=True)
class Way:
    """Levels by one way, from figures of some indicators."""

    inference: Inference
    indicators: tuple[str, ...]
    levels: Sequence[Figure]

    def agreed(self, published: Series) -> int | None:
        """The number of published figures that agree with it; None where one does not.

        >>> level = Series.of({"2021": 5.0})
        >>> way = Way(Inference.GROWTH, ("jobs", "jobs_growth"), level.figures)
        >>> [way.agreed(Series.of(of)) for of in ({}, {"2021": 5.0}, {"2021": 6.0})]
        [0, 1, None]
        """
        pairs = [(figure, published.at(figure.period)) for figure in self.levels]
        same = [figure.bound.overlaps(other.bound) for figure, other in pairs if other is not None]
        return len(same) if all(same) else None


def inferences(figures: Figures, targets: Sequence[Assessment]) -> Iterator[TargetInference]:
    """For each target without a figure that decides, the newest level that others give.

    They are a ratio and one of its terms, a share and its whole or part, a growth and the level
    before it. A way that contradicts a published figure of any time is none. Of several ways for
    one time the narrowest is taken.

    >>> from songhua.studies.track.examples import town_assessment, town_figures
    >>> list(inferences(town_figures(), [town_assessment("reach 1000", "firms")]))
    []
    """
    for target, row in ((of.target, of.row) for of in targets):
        if row.progress_class == NO_DATA and row.missing in LACKING and _of_level(target):
            since = target.start if row.latest_period is None else row.latest_period.end
            published = own_series(target, figures)
            counted = ((way, way.agreed(published)) for way in _ways(figures, target, published))
            given = [
                (figure, way, agreed)
                for way, agreed in counted
                if agreed is not None
                for figure in way.levels
                if since < figure.end <= target.period.end and _whole(target, figure)
            ]
            if given:
                newest = min(given, key=_newest_first)
                yield _inference(target, *newest)


def _newest_first(given: tuple[Figure, Way, int]) -> tuple[float, ...]:
    """The newest first, of one time the narrowest."""
    figure, *_ = given
    return -figure.end.toordinal(), -figure.start.toordinal(), figure.bound.width


def _of_level(target: ResolvedTarget) -> bool:
    return target.path in LEVELS and target.form == "level" and not target.rates


def _whole(target: ResolvedTarget, figure: Figure) -> bool:
    """True where a figure can be set against a target: of a flow that of a whole year."""
    return not target.flow or target.one_year or figure.period.kind == "year"


def _inference(target: ResolvedTarget, figure: Figure, way: Way, agreed: int) -> TargetInference:
    value = Estimate.of(figure.value, figure.bound)
    about = (way.inference, way.indicators, agreed, figure.ids)
    return TargetInference(target.entry.id, figure.period, value, target.unit, *about)


def _ways(figures: Figures, target: ResolvedTarget, published: Series) -> Iterator[Way]:
    """All ways in which the catalogue lets a level be made of other indicators."""
    relations, level = figures.region.relations, target.indicator
    for ratio in figures.region.catalogue:
        of, per = relations.underlying(ratio), relations.divisor(ratio)
        if per == level:
            yield _made(figures, target, Inference.RATIO, of, ratio)
        elif per and of == level:
            yield _made(figures, target, Inference.RATIO, per, ratio)
    for share in relations.shares_of(level):
        for industry in _industries(figures, target, share):
            yield _made(figures, target, Inference.SHARE, level, share, industry)
    for rate in relations.growth_of(level):
        if relations.follows_levels(rate):
            grown = list(_grown(figures, target, published, rate))
            yield Way(Inference.GROWTH, (level, rate), grown)


def _industries(figures: Figures, target: ResolvedTarget, share: str) -> list[str]:
    """The industries whose share tells a target's level: parts of its whole, or its own."""
    whole, home = figures.region.relations.whole, target.labels
    found = dict.fromkeys(key[2] for key in figures.series if key[:2] == (share, home.region))
    of = {industry: whole(share, industry, {target.indicator}) for industry in found}
    return [name for name in found if of[name] and home.industry in (name, of[name])]


def _made(
    figures: Figures,
    target: ResolvedTarget,
    way: Inference,
    other: str,
    ratio: str,
    industry: str = "",
) -> Way:
    """Levels from a ratio, or a share of an industry, and the other term."""
    region, labels = figures.region, target.labels
    whole = region.relations.whole(ratio, industry, {other}) if industry else ""
    times = whole != labels.industry if whole else region.relations.divisor(ratio) == other
    ratio_labels = replace(labels, industry=industry or labels.industry)
    term_labels = replace(labels, industry=(whole if times else industry) or labels.industry)
    units = [parse_unit(unit) for unit in (region.unit(other), region.unit(ratio), target.unit)]
    term, by, goal = units
    scale = term.factor * by.factor if times else term.factor / by.factor
    upper, lower = (goal, term) if times else (term, goal)
    plain = by.dimension == PERCENT and upper.dimension == lower.dimension
    if not plain and by.dimension != (upper.dimension[0], lower.dimension[0]):
        return Way(way, (other, ratio), ())
    ratios = series_of(figures, ratio, ratio_labels, by.text)
    terms = series_of(figures, other, term_labels, term.text)
    made = _combined(terms, ratios, float(scale / goal.factor), times)
    return Way(way, (other, ratio), tuple(made))


def _combined(terms: Series, ratios: Series, scale: float, times: bool) -> Iterator[Figure]:
    """A term times or over a ratio of the same time, where both have ends."""
    by = mul if times else truediv
    for ratio in ratios.figures:
        term = terms.at(ratio.period)
        ends = () if term is None else (term.bound.low, term.bound.high, ratio.bound.high)
        if term is not None and ratio.bound.low > 0 and all(map(math.isfinite, ends)):
            bound = by(term.bound, ratio.bound) * scale
            value = tidy(by(term.value, ratio.value) * scale)
            sure = Interval(value, value)
            yield Figure(value, bound, sure, ratio.period, cited(term, ratio))


def _grown(
    figures: Figures, target: ResolvedTarget, published: Series, rate: str
) -> Iterator[Figure]:
    """The level of each year with a published growth, from that of the year before it."""
    indicator = figures.region.indicator(target.indicator, target.labels.region)
    levels = dict(published.by_year)
    rates = series_of(figures, rate, target.labels, "%").by_year
    for year in sorted(rates):
        before, growth = levels.get(year - 1), rates[year]
        if before is not None and indicator.unbroken(before.period, growth.period):
            value = tidy(before.value * (1 + growth.value / 100))
            bound, sure = before.bound * (1 + growth.bound / 100), Interval(value, value)
            made = Figure(value, bound, sure, growth.period, cited(before, growth))
            levels.setdefault(year, made)
            yield made
