"""Sentences of diagnose for the brief: drivers of growth, industries that fall behind, unknowns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from songhua.region import GRADES, Region
from songhua.results import Result
from songhua.studies.brief.rules import rules
from songhua.studies.brief.sentence import Sentence
from songhua.studies.diagnose.availability import BestFigure
from songhua.studies.diagnose.finding_kinds import (
    BriefAskSizes,
    BriefContributions,
    BriefContributionsDrag,
    BriefGrades,
    BriefIndustryBehind,
    BriefMixHelped,
    BriefMixHurt,
    BriefOwnAhead,
    BriefOwnBehind,
    BriefOwnCodes,
)
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.shift_share import ShiftShare
from songhua.studies.diagnose.system import CORE, IndustrySize
from songhua.studies.panels import WHOLE


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """Contributions, shift-share, the industry furthest behind, sizes that lack, and grades.

    >>> list(sentences(Result("diagnose", {}), Region.of("here")))
    []
    """
    yield from _contributions(result.rows(Contribution), region)
    yield from _shift(result.rows(ShiftShare), region)
    yield from _system(result.rows(IndustrySize))
    yield from _grades(result.rows(BestFigure), region)


def _contributions(rows: Sequence[Contribution], region: Region) -> Iterator[Sentence]:
    """Industries that added most and least to the latest growth of value added by industry."""
    regional = [row for row in rows if row.region == region.code and not row.entity]
    regional = [row for row in regional if region.indicator(row.indicator).measure == "value_added"]
    whole = [row for row in regional if row.verdict] or regional
    if not whole:
        return
    last = max(whole, key=lambda row: row.period)
    parts = [
        row
        for row in regional
        if not row.verdict
        and (row.indicator, row.period, row.method) == (last.indicator, last.period, last.method)
    ]
    if len(parts) < 2:
        return
    first, least = (f(parts, key=lambda row: row.contribution_pp.value) for f in (max, min))
    most, drag = first.contribution_pp, least.contribution_pp
    kind = BriefContributionsDrag if drag.high < 0 else BriefContributions
    yield Sentence(
        kind(
            indicator=last.indicator,
            period=last.period,
            industry=first.industry,
            value_pp=_points(most.value),
            low_pp=_points(most.low),
            high_pp=_points(most.high),
            other_industry=least.industry,
            other_pp=_points(drag.value),
            other_low=_points(drag.low),
            other_high=_points(drag.high),
            observations=first.observations + least.observations,
        )
    )


def _points(value: float) -> str:
    """Points with their sign and two decimals."""
    return f"{value:+.2f}"


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
    mix = BriefMixHelped if whole.industry_mix >= 0 else BriefMixHurt
    yield Sentence(mix.from_row(_rounded(whole)))
    own = BriefOwnAhead if whole.regional >= 0 else BriefOwnBehind
    yield Sentence(own.from_row(_rounded(whole)))
    parts = [row for row in regional if row.industry != WHOLE and _alike(row, whole)]
    total = sum(abs(row.regional) for row in parts)
    worst = min(parts, key=lambda row: row.regional, default=None)
    if worst is not None and total > 0 and -worst.regional / total >= rules().shift:
        finding = BriefIndustryBehind.from_row(_rounded(worst))
        yield Sentence(finding, -worst.regional / total, when=worst.end.end)


def _alike(row: ShiftShare, whole: ShiftShare) -> bool:
    """True for a row that is a part of the same change."""
    return (row.indicator, row.start, row.end) == (whole.indicator, whole.start, whole.end)


def _rounded(row: ShiftShare) -> ShiftShare:
    """A change and its parts, to four digits."""
    parts = ("change", "national", "industry_mix", "regional")
    return replace(row, **{name: float(f"{getattr(row, name):.4g}") for name in parts})


def _system(rows: Sequence[IndustrySize]) -> Iterator[Sentence]:
    """The leading and advantageous industries of which no size is known; own definitions."""
    core = dict.fromkeys(row.industry for row in rows if row.role in CORE)
    sized = {row.industry for row in rows if row.state == "known"}
    without = [name for name in core if name not in sized]
    if without:
        n, of = len(without), len(core)
        yield Sentence(BriefAskSizes(industries=tuple(without), n=n, of=of), n / of)
    own_codes = {row.industry for row in rows if row.basis == "own"}
    if own_codes:
        of = len({row.industry for row in rows})
        yield Sentence(BriefOwnCodes(n=len(own_codes), of=of))


def _grades(rows: Sequence[BestFigure], region: Region) -> Iterator[Sentence]:
    """Shares of the region's figures by grade of source."""
    counts = Counter(row.grade for row in rows if row.region == region.code)
    if total := sum(counts.values()):
        shares: dict[str, Any] = {grade: f"{counts[grade] / total:.0%}" for grade in GRADES}
        yield Sentence(BriefGrades(n=total, **shares))
