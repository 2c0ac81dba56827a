"""Ranks of places as rounding allows, and by figures under another name of the quantity."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from songhua.maths.ranks import rank_bounds
from songhua.results import Estimate, Finding
from songhua.studies.diagnose.comparison_finding_kinds import RankOtherName, RankOtherNameOpen
from songhua.studies.diagnose.peer_figures import UNRANKED, PeerFigure
from songhua.wording.digits import dashed

ByPlace = dict[str, Estimate]


def by_place(*columns: pd.Series) -> ByPlace:
    """Of numbers, low and high ends by place, the figure of each.

    >>> by_place(*(pd.Series({"here": end}) for end in (5.0, 4.5, 5.5)))
    {'here': Estimate(value=5.0, low=4.5, high=5.5, kind='bound')}
    """
    estimates = map(Estimate.rounded, *(column.to_numpy(float).tolist() for column in columns))
    return dict(zip(map(str, columns[0].index), estimates, strict=True))


def ranks(figures: ByPlace) -> ByPlace:
    """The rank of each place, 1 for the largest, between those that rounding leaves.

    >>> ranks({"here": Estimate(5.0, 4.5, 5.5), "there": Estimate(7.0, 5.2, 8.8)})["here"]
    Estimate(value=2.0, low=1.0, high=2.0, kind='bound')
    """
    value, low, high = (
        pd.Series({place: getattr(figure, end) for place, figure in figures.items()}, dtype=float)
        for end in ("value", "low", "high")
    )
    plain = value.rank(ascending=False, method="min").tolist()
    bounds = rank_bounds(low, high).to_numpy().tolist()
    ranked = zip(figures, plain, bounds, strict=True)
    return {place: Estimate(rank, best, worst, "bound") for place, rank, (best, worst) in ranked}


def by_other_name(
    figures: ByPlace, place: str, among: list[str], names: Sequence[tuple[str, ByPlace, ByPlace]]
) -> tuple[str, float, Estimate]:
    """The other name that has another figure of a place, with it and the rank that it would have.

    All other places keep their figures; the rank and its ends are those of `rank_bounds`. Of each
    name there are the figures with those that differ, and those of the other name alone.

    >>> figures = {"here": Estimate(5.0, 4.5, 5.5), "there": Estimate(7.0, 6.5, 7.5)}
    >>> renamed = figures | {"here": Estimate(8.0, 7.5, 8.5)}
    >>> by_other_name(figures, "here", ["here", "there"], [("city_gdp", renamed, renamed)])
    ('city_gdp', 8.0, Estimate(value=1.0, low=1.0, high=1.0, kind='bound'))
    """
    for name, differing, alone in names:
        if math.isclose(differing[place].value, figures[place].value, rel_tol=1e-9):
            continue
        mine = alone[place]
        rivals = [figures[rival] for rival in among if rival != place]
        if not (mine.known and rivals):
            return name, mine.value, UNRANKED
        rank = 1.0 + sum(rival.value > mine.value for rival in rivals)
        best = 1.0 + sum(rival.low > mine.high for rival in rivals)
        worst = 1.0 + sum(rival.high > mine.low for rival in rivals)
        return name, mine.value, Estimate(rank, best, worst, "bound")
    return "", math.nan, UNRANKED


def rank_by_other_name(row: PeerFigure) -> Finding:
    """A rank of the region, with the figure and the rank that another name of the quantity gives.

    >>> from songhua.labels import parse_period
    >>> from songhua.studies.diagnose.peer_figures import PeerFigure
    >>> row = PeerFigure("gdp", "all", "level", None, parse_period("2021"), "here",
    ...                  Estimate(5.0, 4.5, 5.5), "bn EUR", Estimate(2.0, 1.0, 2.0), 2,
    ...                  "city_gdp", 8.0, Estimate(1.0, 1.0, 1.0))
    >>> finding = rank_by_other_name(row)
    >>> [finding.params[name] for name in ("rank", "other_value", "other_rank")]
    ['1–2', 8.0, '1']
    """
    parameters = {
        "period": f"{row.start}..{row.period}" if row.start else str(row.period),
        "value": float(f"{row.value.value:.4g}"),
        "rank": _rank(row.rank),
    }
    if not row.other_rank.known:
        return RankOtherNameOpen.from_row(row, **parameters)
    value, rank = float(f"{row.other_value:.4g}"), _rank(row.other_rank)
    return RankOtherName.from_row(row, other_value=value, other_rank=rank, **parameters)


def _rank(rank: Estimate) -> str:
    """A rank, or the first and the last that rounding leaves."""
    return dashed(f"{rank.low:.0f}", f"{rank.high:.0f}")
