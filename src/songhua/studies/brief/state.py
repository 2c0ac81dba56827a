"""The headlines in sentences: growth beside others, and figures too old to decide on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from songhua.region.indicators import RATES
from songhua.region.observations import tidy
from songhua.studies.brief.finding_kinds import (
    BriefAges,
    BriefGrowthAbove,
    BriefGrowthBelow,
    BriefGrowthSame,
    BriefRank,
    BriefRankAverage,
    BriefRankAverageOpen,
    BriefRankOpen,
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
    """Growth beside other places and larger areas, what is too old, and how old it is."""
    product = rows[0]
    if product.rank.known and product.rank_form in RATES:
        yield _ranked(diagnosis, product)
    yield from _beside_parents(diagnosis, product)
    yield from _stale(rows)
    aged = [row for row in rows if row.age == row.age and row.held == "held"]
    if aged:
        new, old = (f(aged, key=lambda row: row.age) for f in (min, max))
        yield Sentence(
            BriefAges(
                n=len(aged),
                of=len(rows),
                low_years=f"{new.age:.1f}",
                high_years=f"{old.age:.1f}",
                day=day,
            )
        )


def _ranked(diagnosis: Diagnosis, row: HeadlineRow) -> Sentence:
    """The place of the region's growth among the regions that it is compared with."""
    mine = next(peer for peer in diagnosis.peers if _is_ranked(peer, row, diagnosis.region.code))
    kinds = {
        (False, False): BriefRank,
        (False, True): BriefRankOpen,
        (True, False): BriefRankAverage,
        (True, True): BriefRankAverageOpen,
    }
    kind = kinds[mine.start is not None, row.rank.low != row.rank.high]
    return Sentence(
        kind(
            indicator=row.ranked,
            start=mine.start,
            period=mine.period,
            growth=f"{mine.value.value:.1f}",
            rank=int(row.rank.low),
            rank_high=int(row.rank.high),
            of=row.of,
        )
    )


def _is_ranked(peer: PeerFigure, row: HeadlineRow, region: str) -> bool:
    """True for the figure that the headline is ranked by, in a place."""
    label = (peer.indicator, peer.form, peer.period, peer.industry, peer.region)
    return label == (row.ranked, row.rank_form, row.rank_period, row.industry, region)


def _beside_parents(diagnosis: Diagnosis, row: HeadlineRow) -> Iterator[Sentence]:
    """The latest growth that a larger area printed too, and how many points lie between."""
    region = diagnosis.region
    measures = {region.indicator(name).measure for name in (row.indicator, row.rate) if name}
    rates = [
        peer
        for peer in diagnosis.peers
        if peer.form == "growth"
        and peer.industry == row.industry
        and region.indicator(peer.indicator).measure in measures
    ]
    parents = region.places_of("parent")
    for place in parents:
        theirs = [rate for rate in rates if rate.region == place]
        last = max(theirs, key=lambda rate: rate.period, default=None)
        mine = next(
            (
                rate
                for rate in rates
                if last
                and rate.region == region.code
                and (rate.indicator, rate.period) == (last.indicator, last.period)
            ),
            None,
        )
        if last and mine:
            growth, other_growth = mine.value.value, last.value.value
            points = tidy(growth - other_growth)
            kind = BriefGrowthAbove if points > 0 else BriefGrowthBelow
            yield Sentence(
                (kind if points else BriefGrowthSame)(
                    indicator=mine.indicator,
                    period=mine.period,
                    growth=growth,
                    place=place,
                    other_growth=other_growth,
                    points=f"{abs(points):.1f}",
                )
            )
            return


def _stale(rows: Sequence[HeadlineRow]) -> Iterator[Sentence]:
    """The headlines that are too old to decide on, the oldest named."""
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
        oldest=worst.headline,
        period=worst.period or worst.rate_period,
        observations=worst.observations,
    )
    yield Sentence(finding, extent, grade=worst.grade)
    renew = BriefRenewAll if all_stale else BriefRenew
    yield Sentence(renew.from_row(finding, observations=()), extent)
