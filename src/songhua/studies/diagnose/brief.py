"""Sentences of diagnose for the brief: drivers of growth, industries that fall behind, unknowns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from songhua.region import GRADES, Region
from songhua.region.rate_prices import UNSTATED, rate_prices
from songhua.results import Estimate, Result
from songhua.studies.brief.rules import rules
from songhua.studies.brief.sentence import Sentence
from songhua.studies.diagnose.availability import BestFigure
from songhua.studies.diagnose.comparison_finding_kinds import (
    BriefIndustryBehind,
    BriefMix,
    BriefOwnAhead,
    BriefOwnBehind,
    BriefOwnOpen,
)
from songhua.studies.diagnose.finding_kinds import (
    BriefAskSizes,
    BriefContributions,
    BriefContributionsDrag,
    BriefGrades,
    BriefOwnCodes,
)
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.shift_share import ShiftShare, in_words
from songhua.studies.diagnose.system import CORE, IndustrySize
from songhua.studies.panels import WHOLE
from songhua.studies.series_or_panels import cells_at, own_cells

T = TypeVar("T")
#: Growth at constant prices.
REAL = "constant"


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """Contributions, shift-share, the industry furthest behind, sizes that lack, and grades.

    >>> list(sentences(Result("diagnose", {}), Region.of("here")))
    []
    """
    yield from _contributions(result.rows(Contribution), region)
    yield from _shift(result.rows(ShiftShare), region)
    yield from _system(result.rows(IndustrySize), region)
    yield from _grades(result.rows(BestFigure), region)


def _contributions(rows: Sequence[Contribution], region: Region) -> Iterator[Sentence]:
    """Industries that added most and least to the latest growth of value added by industry.

    Of one period real growth comes first; growth at current prices is told as nominal.
    """
    regional = [row for row in rows if row.region == region.code and not row.entity]
    regional = [row for row in regional if region.indicator(row.indicator).measure == "value_added"]
    whole = [row for row in regional if row.verdict and row.industry == WHOLE] or regional
    if not whole:
        return
    last = max(whole, key=lambda row: (row.period, _basis(row, region) == REAL))
    parts = [
        row
        for row in regional
        if not row.verdict
        and (row.indicator, row.period, row.method) == (last.indicator, last.period, last.method)
    ]
    names = {row.industry for row in parts}
    cuts = region.partitions().get(WHOLE, [])
    cut = next((cut for cut in cuts if names.issuperset(cut)), names)
    parts = [row for row in parts if row.industry in cut]
    if len(parts) < 2:
        return
    first, least = (f(parts, key=lambda row: row.contribution_pp.value) for f in (max, min))
    most, drag = first.contribution_pp, least.contribution_pp
    kind = BriefContributionsDrag if drag.high < 0 else BriefContributions
    (value, low, high), (other, other_low, other_high) = _points(most), _points(drag)
    yield Sentence(
        kind(
            indicator=region.relations.level_of(last.indicator) or last.indicator,
            basis=_basis(last, region),
            period=last.period,
            total_growth=round(last.growth, 2) if last.industry == WHOLE else None,
            industry=first.industry,
            value_pp=value,
            low_pp=low,
            high_pp=high,
            other_industry=least.industry,
            other_pp=other,
            other_low=other_low,
            other_high=other_high,
            observations=first.observations + least.observations,
        )
    )


def _basis(row: Contribution, region: Region) -> str:
    """The prices of the growth that is taken apart; those of a level, where that is."""
    basis = region.indicator(row.indicator).basis or rate_prices(region, row.indicator)
    return basis or UNSTATED


def _points(of: Estimate) -> tuple[str, str, str]:
    """Points and their ends with their sign, to two decimals, or as many as tell the ends apart."""
    places = next((n for n in (2, 3, 4) if f"{of.low:.{n}f}" != f"{of.high:.{n}f}"), 2)
    value, low, high = (f"{number:+.{places}f}" for number in (of.value, of.low, of.high))
    return value, low, high


def _shift(rows: Sequence[ShiftShare], region: Region) -> Iterator[Sentence]:
    """Shares of structure and of the region itself; the industry that lost most by itself."""
    measures = rules().shift_measures
    regional = [
        row
        for row in rows
        if row.region == region.code and region.indicator(row.indicator).measure in measures
    ]
    wholes = [row for row in regional if row.industry == WHOLE]
    if not wholes:
        return
    place = {name: at for at, name in enumerate(measures)}
    whole = min(
        wholes,
        key=lambda row: (
            place[region.indicator(row.indicator).measure],
            -row.end.end.toordinal(),
            -row.end.start.toordinal(),
        ),
    )
    words = in_words(whole, region)
    parts = [row for row in regional if row.industry != WHOLE and _alike(row, whole)]
    own_ids = own_cells(region)
    cells = {"observations": cells_at(own_ids, whole.indicator, WHOLE, whole.start, whole.end)}
    yield Sentence(BriefMix.from_row(whole, industries_n=len(parts), **words, **cells))
    own = _by_sign(whole.regional, BriefOwnBehind, BriefOwnOpen, BriefOwnAhead)
    yield Sentence(own.from_row(whole, **words, **cells))
    total = sum(abs(row.regional.value) for row in parts)
    worst = min(parts, key=lambda row: row.regional.value, default=None)
    if worst is None or not worst.regional.high < 0:
        return
    extent = -worst.regional.value / total
    if extent >= rules().shift:
        ids = cells_at(own_ids, worst.indicator, worst.industry, worst.start, worst.end)
        finding = BriefIndustryBehind.from_row(worst, **in_words(worst, region), observations=ids)
        yield Sentence(finding, extent, when=worst.end.end)


def _by_sign(part: Estimate, below: T, open_: T, above: T) -> T:
    """One of three by the sign of a part, so far as rounding tells it."""
    if part.high < 0:
        return below
    return above if part.low >= 0 else open_


def _alike(row: ShiftShare, whole: ShiftShare) -> bool:
    """True for a row that is a part of the same change."""
    return (row.indicator, row.start, row.end) == (whole.indicator, whole.start, whole.end)


def _system(rows: Sequence[IndustrySize], region: Region) -> Iterator[Sentence]:
    """The leading and advantageous industries of which no size is known; own definitions."""
    core = dict.fromkeys(row.industry for row in rows if row.role in CORE)
    sized = {row.industry for row in rows if row.state == "known"}
    if without := [name for name in core if name not in sized]:
        n, of = len(without), len(core)
        asked = BriefAskSizes(region=region.code, industries=tuple(without), n=n, of=of)
        yield Sentence(asked, n / of)
    if own_codes := {row.industry for row in rows if row.basis == "own"}:
        of = len({row.industry for row in rows})
        yield Sentence(BriefOwnCodes(n=len(own_codes), of=of))


def _grades(rows: Sequence[BestFigure], region: Region) -> Iterator[Sentence]:
    """Shares of the region's figures by grade of source; an index and its growth are one."""
    grades = {row.observation: row.grade for row in rows if row.region == region.code}
    counts = Counter(grades.values())
    if total := sum(counts.values()):
        parts = {grade: counts[grade] / total for grade in GRADES}
        shares: dict[str, Any] = {
            grade: f"{part:.0%}" if part >= 0.005 else f"{part:.2%}" if part else ""
            for grade, part in parts.items()
        }
        yield Sentence(BriefGrades(n=total, **shares))
