"""The headline figures: which the rules choose, with trend, place among peers, grade and age."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from songhua.labels import Period, parse_unit
from songhua.region import Region, weakest
from songhua.region.indicators import RATES, Indicator
from songhua.region.rate_prices import rate_prices
from songhua.results.columns import (
    Citations,
    Estimate,
    Grade,
    IndicatorId,
    IndustryId,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.brief.headline_series import Diagnosis, RegionFigure, without_leads
from songhua.studies.brief.rules import DAYS, Headline, headlines, rules, years
from songhua.studies.diagnose.system import CORE, IndustrySize

#: The headline of the plan's industries, and where it stands among the others.
SYSTEM, PLACE = "system", 3
#: The measures of product, whose growth is one of its volume.
PRODUCT = {"value_added", "volume"}
#: By how much of a year a half may be shorter than another; from which share on a year is whole.
DAY_SHORT, WHOLE = 0.01, 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineRow:
    """A row of `headlines`: a level and a growth beside it, or what of both is known."""

    headline: Annotated[str, choice("brief_headline")]
    held: Annotated[str, choice("brief_held")] = "missing"
    indicator: IndicatorId = ""
    industry: IndustryId = ""
    period: Period | None = None
    value: Annotated[Estimate, estimate(unit_in="unit")] = Estimate()
    unit: UnitName = ""
    rate: IndicatorId = ""
    rate_start: Period | None = None
    rate_period: Period | None = None
    growth: Annotated[Estimate, estimate(unit="%", kind="bound")] = Estimate(kind="bound")
    growth_basis: Annotated[str, choice("growth_basis")] = ""
    ranked: IndicatorId = ""
    rank_form: Annotated[str, choice("form")] = ""
    rank_period: Period | None = None
    rank: Annotated[Estimate, estimate(kind="bound")] = Estimate(kind="bound")
    of: int = 0
    known: int = 0
    members: int = 0
    newer: Period | None = None
    age: Annotated[float, number(unit="year", decimals=1)] = math.nan
    grade: Grade = ""
    observations: Citations = ()

    @property
    def last(self) -> Period:
        """The period of its level, else of its growth."""
        period = self.period or self.rate_period
        assert period is not None
        return period


def headline_rows(diagnosis: Diagnosis, day: date) -> list[HeadlineRow]:
    """The headlines in order; a headline without a figure says so.

    >>> from songhua.region import Region, weakest
    >>> [(row.headline, row.held) for row in headline_rows(Diagnosis(Region.of("here"), {}), date.min)]
    [('product', 'missing'), ('industry', 'missing'), ('investment', 'missing'), ('system', 'missing'), ('innovation', 'missing')]
    """  # noqa: E501
    rows: list[HeadlineRow] = []
    for rule in headlines():
        earlier = {(row.indicator, row.industry) for row in rows}
        rows.append(_headline(diagnosis, rule, day, earlier))
    return [*rows[:PLACE], _system(diagnosis.system, day), *rows[PLACE:]]


def _headline(
    diagnosis: Diagnosis, rule: Headline, day: date, earlier: Collection[tuple[str, str]]
) -> HeadlineRow:
    """The figures of a headline; else the nearest not yet shown; else that it is missing.

    Leads, figures of the weakest grade, stand there only where nothing better is held.
    """
    for state, measures in (("held", rule.measures), ("nearest", rule.nearest)):
        figures = [
            figure
            for figure in diagnosis.figures
            if figure.indicator.measure in measures
            and figure.industry in rule.industries
            and figure.form in ("level", *RATES)
            and (state == "held" or (figure.indicator.id, figure.industry) not in earlier)
        ]
        if figures:
            return _row(diagnosis, rule, state, measures, without_leads(figures), day)
    return HeadlineRow(headline=rule.name)


def _row(
    diagnosis: Diagnosis,
    rule: Headline,
    state: str,
    measures: Sequence[str],
    figures: Sequence[RegionFigure],
    day: date,
) -> HeadlineRow:
    """The latest figure with what stands beside it: of one industry, within a year."""
    newest, figures = max((figure.period for figure in figures), key=_order), _long(figures)

    def late(figure: RegionFigure) -> tuple[object, ...]:
        """The latest first; then the industry, the measure and the prices that come first."""
        basis = figure.indicator.basis
        return (
            -figure.period.end.toordinal(),
            rule.industries.index(figure.industry),
            measures.index(figure.indicator.measure),
            rule.bases.index(basis) if basis in rule.bases else len(rule.bases),
            -figure.period.start.toordinal() if figure.period.kind != "year" else 0,
        )

    first = min(figures, key=late)
    same = [figure for figure in figures if figure.industry == first.industry]
    levels = [figure for figure in same if figure.form not in RATES]
    beside = [
        figure
        for figure in levels
        if _near(figure, first) and (figure.period == first.period or not _short(figure, WHOLE))
    ]
    level = min(beside, key=late, default=None)
    near = [figure for figure in same if figure.form in RATES and _near(figure, first)]
    rate = _beside(diagnosis, rule, level, near)
    row = HeadlineRow(
        headline=rule.name,
        held=state,
        industry=first.industry,
        age=max(years(first.period.end, day), 0.0),
        newer=newest if newest.end > first.period.end else None,
        grade=weakest(f.grade for f in (level, rate) if f is not None),
        observations=tuple(
            dict.fromkeys(id for f in (level, rate) if f is not None for id in f.observations)
        ),
    )
    if level is not None:
        row = replace(row, indicator=level.indicator.id, period=level.period)
        row = replace(row, value=level.value, unit=level.unit)
    if rate is not None:
        row = replace(row, rate=rate.indicator.id, growth=rate.value)
        row = replace(row, growth_basis=_prices(diagnosis.region, rate.indicator))
        row = replace(row, rate_start=rate.start, rate_period=rate.period)
    return _placed(diagnosis, row, rate, level)


def _beside(
    diagnosis: Diagnosis, rule: Headline, level: RegionFigure | None, rates: Sequence[RegionFigure]
) -> RegionFigure | None:
    """The growth beside a level: last one that is older, before these one from two levels.

    Of the others that of one year comes first; then they go by prices; then by a rank.
    """

    def order(figure: RegionFigure) -> tuple[object, ...]:
        older = level is not None and figure.period.end < level.period.end
        derived = figure.form == "growth" and not figure.indicator.rate
        ranked = diagnosis.rank_of(figure) is not None
        return older, derived, RATES.index(figure.form), *_by_basis(rule, figure), not ranked

    return min((rate for rate in rates if _of_one_measure(level, rate)), key=order, default=None)


def _of_one_measure(level: RegionFigure | None, rate: RegionFigure) -> bool:
    """True for a growth of what the level measures; of value added also that of its volume."""
    measures = {rate.indicator.measure} | ({level.indicator.measure} if level else set())
    return len(measures) == 1 or measures == PRODUCT


def _prices(region: Region, indicator: Indicator) -> str:
    """The prices of the growth of an indicator: its own, or those of a rate."""
    if indicator.rate:
        return rate_prices(region, indicator.id)
    money = bool(indicator.unit) and parse_unit(indicator.unit).money
    return indicator.basis or ("current" if money else "")


def _long(figures: Sequence[RegionFigure]) -> Sequence[RegionFigure]:
    """The figures without those of a short part of a year, where a longer one is not much older."""
    long = [figure for figure in figures if not _short(figure, rules().part)]
    latest = max(figure.period.end for figure in figures)
    last = max((figure.period.end for figure in long), default=date.min)
    return long if years(last, latest) <= rules().part_years else figures


def _short(figure: RegionFigure, least: float) -> bool:
    """True for the flow or the growth of less than so much of a year."""
    period = figure.period
    at_once = period.kind in ("month", "date") and figure.form not in RATES
    return not at_once and ((period.end - period.start).days + 1) / DAYS < least - DAY_SHORT


def _by_basis(rule: Headline, figure: RegionFigure) -> tuple[int, ...]:
    """The prices that come first, then the latest."""
    basis = figure.indicator.basis
    at = rule.bases.index(basis) if basis in rule.bases else len(rule.bases)
    return at, -figure.period.end.toordinal(), -figure.period.start.toordinal()


def _order(period: Period | None) -> tuple[date, date]:
    """By which the latest period is the largest."""
    return (period.end, period.start) if period else (date.min, date.min)


def _near(figure: RegionFigure, other: RegionFigure) -> bool:
    """True if the ends of two figures are near enough to stand side by side."""
    return abs(years(figure.period.end, other.period.end)) <= rules().beside_years


def _placed(diagnosis: Diagnosis, row: HeadlineRow, *shown: RegionFigure | None) -> HeadlineRow:
    """The row with its place among others by the first of the figures shown that has a rank."""
    ranks = (peer for figure in shown if (peer := diagnosis.rank_of(figure)))
    if (peer := next(ranks, None)) is None:
        return row
    return replace(
        row,
        ranked=peer.indicator,
        rank_form=peer.form,
        rank_period=peer.period,
        rank=peer.rank,
        of=peer.of,
    )


def _system(rows: Sequence[IndustrySize], day: date) -> HeadlineRow:
    """The largest of the plan's leading and advantageous industries of one measure and time.

    They are those of which most sizes are known, leads apart; of two such groups the later.
    """
    core = [row for row in rows if row.role in CORE]
    sized = without_leads([row for row in core if row.state == "known"])
    names = {row.industry for row in core}
    if not sized:
        return HeadlineRow(headline=SYSTEM, members=len(names))
    counts = Counter((row.measure, row.unit, row.period) for row in sized)
    group = max(counts, key=lambda key: (counts[key], *(_order(key[2]))))
    compared = [row for row in sized if (row.measure, row.unit, row.period) == group]
    top = max(compared, key=lambda row: row.value.value)
    age = math.nan if top.period is None else max(years(top.period.end, day), 0.0)
    return HeadlineRow(
        headline=SYSTEM,
        held="held",
        indicator=top.indicator,
        industry=top.industry,
        period=top.period,
        value=top.value,
        unit=top.unit,
        growth=top.growth,
        growth_basis=top.growth_basis,
        known=len({row.industry for row in compared}),
        members=len(names),
        rate_period=top.period if top.growth.known else None,
        age=age,
        grade=top.grade,
        observations=top.observations,
    )
