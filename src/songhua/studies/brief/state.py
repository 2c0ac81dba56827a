"""The headlines in sentences: growth beside others, and figures too old to decide on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from songhua.region.observations import tidy
from songhua.studies.brief.finding_kinds import (
    BriefAge,
    BriefAges,
    BriefGrowthAbove,
    BriefGrowthBelow,
    BriefGrowthSame,
    BriefRenew,
    BriefRenewAll,
    BriefStale,
    BriefStaleAll,
)
from songhua.studies.brief.headline_series import Diagnosis
from songhua.studies.brief.headlines import HeadlineRow
from songhua.studies.brief.rules import rules
from songhua.studies.brief.sentence import Sentence
from songhua.studies.diagnose.peer_figures import PeerFigure


def state(diagnosis: Diagnosis, rows: Sequence[HeadlineRow], day: date) -> Iterator[Sentence]:
    """Growth beside a larger area, what is too old, and how old it is."""
    yield from _beside_parents(diagnosis, rows[0])
    yield from _stale(rows)
    aged = [row for row in rows if row.age == row.age and row.held == "held"]
    if aged:
        new, old = (f(aged, key=lambda row: row.age) for f in (min, max))
        low, high = f"{new.age:.1f}", f"{old.age:.1f}"
        if low == high:
            yield Sentence(BriefAge(years=low, day=day))
        else:
            yield Sentence(BriefAges(low_years=low, high_years=high, day=day))


def _beside_parents(diagnosis: Diagnosis, row: HeadlineRow) -> Iterator[Sentence]:
    """The latest growth that a larger area printed too, and how many points lie between.

    Leads are left out where others are held.
    """
    region = diagnosis.region
    measures = {region.indicator(name).measure for name in (row.indicator, row.rate) if name}
    rates = [
        peer
        for peer in diagnosis.peers
        if peer.form == "growth"
        and peer.industry == row.industry
        and region.indicator(peer.indicator).measure in measures
    ]
    rates = [rate for rate in rates if not diagnosis.is_lead(rate)] or rates
    parents = region.places_of("parent")
    lasts = [
        max(theirs, key=lambda rate: rate.period)
        for place in parents
        if (theirs := [rate for rate in rates if rate.region == place])
    ]
    for last in sorted(lasts, key=lambda rate: rate.period, reverse=True):
        mine = next(
            (
                rate
                for rate in rates
                if rate.region == region.code
                and (rate.indicator, rate.period) == (last.indicator, last.period)
            ),
            None,
        )
        if mine and _told_apart(mine, last):
            growth, other_growth = mine.value.value, last.value.value
            points = tidy(growth - other_growth)
            ends = (mine.value.low - last.value.high, mine.value.high - last.value.low)
            low, high = sorted(abs(end) for end in ends) if points else (0.0, 0.0)
            kind = BriefGrowthAbove if points > 0 else BriefGrowthBelow
            yield Sentence(
                (kind if points else BriefGrowthSame)(
                    region=region.code,
                    indicator=mine.indicator,
                    period=mine.period,
                    growth=growth,
                    place=last.region,
                    other_growth=other_growth,
                    points=f"{abs(points):.1f}",
                    points_low=f"{low:.1f}",
                    points_high=f"{high:.1f}",
                    observations=diagnosis.cited(mine) + diagnosis.cited(last),
                )
            )
            return


def _told_apart(mine: PeerFigure, other: PeerFigure) -> bool:
    """True for the same growth, or where rounding leaves no doubt which is larger."""
    one, two = mine.value, other.value
    return one.value == two.value or one.high < two.low or two.high < one.low


def _stale(rows: Sequence[HeadlineRow]) -> Iterator[Sentence]:
    """The headlines that are too old to decide on, and those of the oldest period."""
    dated = [row for row in rows if row.held == "held"]
    old = [row for row in dated if row.age > rules().stale_years]
    if not old:
        return
    worst = max(old, key=lambda row: row.age)
    all_stale, extent = len(old) == len(dated) > 1, len(old) / len(dated)
    finding = (BriefStaleAll if all_stale else BriefStale)(
        n=len(old),
        of=len(dated),
        years=rules().stale_years,
        brief_headlines=tuple(row.headline for row in old),
        oldest=tuple(row.headline for row in old if row.last == worst.last),
        period=worst.last,
        observations=worst.observations,
    )
    yield Sentence(finding, extent, grade=worst.grade)
    renew = BriefRenewAll if all_stale else BriefRenew
    yield Sentence(renew.from_row(finding, observations=()), extent)
