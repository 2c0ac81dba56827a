"""The headline figures: which the rules choose, with trend, place among peers, grade and age."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.region.indicators import RATES
from songhua.results.columns import (
    Citations,
    Estimate,
    Grade,
    IndicatorId,
    IndustryId,
    InUnit,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.brief.rules import DAYS, Headline, headlines, rules, years
from songhua.studies.brief.series import Found, Shown
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.studies.diagnose.system import CORE, IndustrySize

#: The headline of the plan's industries, and where it stands among the others.
SYSTEM, PLACE = "system", 3
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
    ranked: IndicatorId = ""
    rank_form: Annotated[str, choice("form")] = ""
    rank_period: Period | None = None
    rank: Annotated[Estimate, estimate(kind="bound")] = Estimate(kind="bound")
    of: int = 0
    known: int = 0
    members: int = 0
    age: Annotated[float, number(unit="year", decimals=1)] = math.nan
    grade: Grade = ""
    observations: Citations = ()


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A row of `trends`: a year of the series of a headline."""

    headline: Annotated[str, choice("brief_headline")]
    indicator: IndicatorId
    period: Period
    value: InUnit
    unit: UnitName


def headline_rows(shown: Shown, day: date) -> list[HeadlineRow]:
    """The headlines in order; one of which nothing is held says so.

    >>> from songhua.region import Region
    >>> [(row.headline, row.held) for row in headline_rows(Shown(Region.of("here"), {}), date.min)]
    [('product', 'missing'), ('industry', 'missing'), ('investment', 'missing'), ('system', 'missing'), ('innovation', 'missing')]
    """  # noqa: E501
    rows: list[HeadlineRow] = []
    for rule in headlines():
        rows.append(_headline(shown, rule, day, {(row.indicator, row.industry) for row in rows}))
    return [*rows[:PLACE], _system(shown.system, day), *rows[PLACE:]]


def trend_rows(shown: Shown, rows: Sequence[HeadlineRow]) -> Iterator[TrendRow]:
    """The yearly figures of each headline's level, else of its growth."""
    for row in rows:
        for indicator in filter(None, (row.indicator, row.rate)):
            series = {
                one.period: one
                for one in shown.figures
                if one.indicator.id == indicator
                and one.industry == row.industry
                and one.period.kind == "year"
                and one.start is None
                and one.form == one.indicator.form
            }
            ends = [one.end for one in series]
            shown_end = max(one.end for one in (row.period, row.rate_period) if one)
            if len(series) > 2 and years(max(ends), shown_end) <= rules()["beside"]["years"]:
                for period in sorted(series):
                    one = series[period]
                    yield TrendRow(row.headline, indicator, period, one.value.value, one.unit)
                break


def _headline(
    shown: Shown, rule: Headline, day: date, told: Collection[tuple[str, str]]
) -> HeadlineRow:
    """What is held of a headline; else the nearest thing not yet told; else that it is missing."""
    for held, measures in (("held", rule.measures), ("nearest", rule.nearest)):
        industries = rule.industries if held == "held" else (*rule.industries, "all")
        found = [
            one
            for one in shown.figures
            if one.indicator.measure in measures
            and one.industry in industries
            and one.form in ("level", "share", *RATES)
            and (held == "held" or (one.indicator.id, one.industry) not in told)
        ]
        if found:
            return _row(shown, rule, held, measures, found, day)
    return HeadlineRow(headline=rule.name)


def _row(
    shown: Shown,
    rule: Headline,
    held: str,
    measures: Sequence[str],
    found: Sequence[Found],
    day: date,
) -> HeadlineRow:
    """The latest figure with what stands beside it: of one industry, within a year."""
    places, found = (*rule.industries, "all"), _long(found)

    def late(one: Found) -> tuple[object, ...]:
        """The latest first; then the industry, the measure and the prices that come first."""
        basis = one.indicator.basis
        return (
            -one.period.end.toordinal(),
            places.index(one.industry),
            measures.index(one.indicator.measure),
            one.form == "share",
            rule.bases.index(basis) if basis in rule.bases else len(rule.bases),
            -one.period.start.toordinal() if one.period.kind != "year" else 0,
            not one.observation,
        )

    first = min(found, key=late)
    same = [one for one in found if one.industry == first.industry]
    levels = [one for one in same if one.form not in RATES]
    beside = [
        one
        for one in levels
        if _near(one, first) and (one.period == first.period or not _short(one, WHOLE))
    ]
    level = min(beside, key=late, default=None)
    rates = [one for one in same if one.form in RATES and _near(one, first)]
    rate = min(rates, key=lambda one: (RATES.index(one.form), *_by_basis(rule, one)), default=None)
    row = HeadlineRow(
        headline=rule.name,
        held=held,
        industry=first.industry,
        age=max(years(first.period.end, day), 0.0),
        grade=first.grade,
        observations=tuple(
            one.observation for one in (level, rate) if one is not None and one.observation
        ),
    )
    if level is not None:
        row = replace(row, indicator=level.indicator.id, period=level.period)
        row = replace(row, value=level.value, unit=level.unit)
    if rate is not None:
        row = replace(row, rate=rate.indicator.id, growth=rate.value)
        row = replace(row, rate_start=rate.start, rate_period=rate.period)
    return _placed(shown, rule, measures, row)


def _long(found: Sequence[Found]) -> Sequence[Found]:
    """The figures without those of a short part of a year, where a longer one is not much older."""
    part = rules()["part"]
    long = [one for one in found if not _short(one, part["least"])]
    latest = max(one.period.end for one in found)
    last = max((one.period.end for one in long), default=date.min)
    return long if years(last, latest) <= part["years"] else found


def _short(one: Found, least: float) -> bool:
    """Whether a figure is the flow or the growth of less than so much of a year."""
    period = one.period
    at_once = period.kind in ("month", "date") and one.form not in RATES
    return not at_once and ((period.end - period.start).days + 1) / DAYS < least - DAY_SHORT


def _by_basis(rule: Headline, one: Found) -> tuple[int, ...]:
    """The prices that come first, then the latest."""
    basis = one.indicator.basis
    at = rule.bases.index(basis) if basis in rule.bases else len(rule.bases)
    return at, *_late(one.period)


def _late(period: Period) -> tuple[int, int]:
    """By which the latest period comes first."""
    return -period.end.toordinal(), -period.start.toordinal()


def _near(one: Found, other: Found) -> bool:
    """Whether the ends of two figures are near enough to stand side by side."""
    return abs(years(one.period.end, other.period.end)) <= rules()["beside"]["years"]


def _placed(shown: Shown, rule: Headline, measures: Sequence[str], row: HeadlineRow) -> HeadlineRow:
    """The row with its place among peers: by the growth of the same time, else by the latest."""
    region = shown.region

    def order(one: PeerFigure) -> tuple[object, ...]:
        indicator = region.indicator(one.indicator)
        basis = indicator.basis
        return (
            one.period != row.rate_period,
            one.form not in RATES,
            *_late(one.period),
            one.form == "average_growth",
            rule.bases.index(basis) if basis in rule.bases else len(rule.bases),
        )

    ranked = [
        one
        for one in shown.peers
        if one.region == region.code
        and one.of > 1
        and one.industry == row.industry
        and region.indicator(one.indicator).measure in measures
    ]
    best = min(ranked, key=order, default=None)
    if best is None:
        return row
    return replace(
        row,
        ranked=best.indicator,
        rank_form=best.form,
        rank_period=best.period,
        rank=best.rank,
        of=best.of,
    )


def _system(rows: Sequence[IndustrySize], day: date) -> HeadlineRow:
    """The largest of the plan's leading and advantageous industries, by the usual measure."""
    core = [row for row in rows if row.role in CORE]
    sized = [row for row in core if row.state == "known"]
    names = {row.industry for row in core}
    if not sized:
        return HeadlineRow(headline=SYSTEM, members=len(names))
    usual = Counter(row.measure for row in sized).most_common(1)[0][0]
    top = max((row for row in sized if row.measure == usual), key=lambda row: row.value.value)
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
        known=len({row.industry for row in sized}),
        members=len(names),
        rate_period=top.period if top.growth.known else None,
        age=age,
        grade=top.grade,
        observations=top.observations,
    )
