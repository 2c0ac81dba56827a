"""Sentences of choose for the brief: likely entries and losses, and those the plan names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from songhua.labels import parse_period
from songhua.plan.days import day_of_view
from songhua.region import Region
from songhua.results import Finding, Result
from songhua.studies.brief.sentence import Sentence
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.choice_findings import beside_usual
from songhua.studies.choose.finding_kinds import (
    BriefChooseEnter,
    BriefChooseLose,
    BriefLearntElsewhere,
    BriefPlanAtRisk,
    BriefRenewPanel,
)
from songhua.studies.choose.record import LearntRow

#: Most industries that a sentence names.
MOST_NAMES = 2


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """The likeliest entries, then the likeliest losses, those of the plan as worries.

    If the years of the odds are over on the day of the view, the only sentence asks for a newer
    panel. Odds that were learnt elsewhere, and not checked here, have no
    sentences.

    >>> import songhua
    >>> from datetime import date
    >>> session = songhua.open(songhua.example("washington"))
    >>> result = session.run("choose")
    >>> [one.finding.code for one in sentences(result, session.region)]
    ['brief_renew_panel']
    >>> [one.finding.code for one in sentences(result, session.region.view(date(2020, 1, 1)))]
    ['brief_choose_enter']
    """
    rows = result.rows(Candidate)
    about = next(iter(result.rows(LearntRow)), None)
    if about is None:
        return
    if _over(region, about):
        period = parse_period(about.after)
        yield Sentence(BriefRenewPanel(indicator=about.indicator, period=period))
        return
    if any(
        panel.elsewhere and (panel.indicator, panel.step) == (about.indicator, about.step)
        for panel in region.learnt.values()
        if about.basis == "learnt"
    ):
        yield Sentence(BriefLearntElsewhere(indicator=about.indicator))
        return
    for name, kind in (("enter", BriefChooseEnter), ("at_risk", BriefChooseLose)):
        listed = [row for row in rows if row.list == name]
        if listed:
            yield Sentence(_odds(kind, listed, about))
    for row in rows:
        if row.list == "at_risk" and row.role:
            finding = replace(_odds(BriefPlanAtRisk, [row], about), observations=row.observations)
            yield Sentence(finding, row.odds.value / 100)


def _over(region: Region, about: LearntRow) -> bool:
    """True if the years of the odds are over on the day of the view."""
    day, last = day_of_view(region, None), parse_period(about.after).shifted(about.years)
    return day is not None and last.end < day


def _odds(kind: type[Finding], rows: Sequence[Candidate], about: LearntRow) -> Finding:
    """The first of a list with their odds, beside the usual rate."""
    first = rows[0]
    return kind.from_row(
        first,
        n=len(rows),
        industries=tuple(row.industry for row in rows[:MOST_NAMES]),
        years=about.years,
        indicator=about.indicator,
        period=parse_period(about.after),
        rate=float(f"{first.base_rate:.2g}"),
        **beside_usual(first),
        observations=(),
    )
