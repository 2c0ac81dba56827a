"""Ranks by another name of the quantity: what a place's rank would be with its figures there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from songhua.results import Finding

if TYPE_CHECKING:
    from songhua.studies.diagnose.peers import PeerFigure, PlaceValues

#: Figure, low and high end by place.
Ends = dict[str, tuple[float, float, float]]


def by_place(values: PlaceValues) -> Ends:
    """Figure, low and high end of each place.

    >>> import pandas as pd
    >>> from songhua.labels import parse_period
    >>> from songhua.studies.diagnose.peers import PlaceValues
    >>> ends = [pd.Series({"here": end}) for end in (5.0, 4.5, 5.5)]
    >>> by_place(PlaceValues("gdp", "all", "level", "bn EUR", parse_period("2021"), *ends))
    {'here': (5.0, 4.5, 5.5)}
    """
    columns = (values.value, values.low, values.high)
    listed = zip(*(one.to_numpy(float).tolist() for one in columns), strict=True)
    return dict(zip(map(str, values.value.index), listed, strict=True))


def by_other_name(
    own: Ends, place: str, among: list[str], others: Sequence[tuple[str, Ends, Ends]]
) -> tuple[str, float, float, float, float]:
    """The other name that has another figure of a place, with it and the rank that it would have.

    All other places keep their figures; the rank and its ends are those of `rank_bounds`. Of each
    name there are the figures with those that differ, and those of the other name alone.

    >>> own = {"here": (5.0, 4.5, 5.5), "there": (7.0, 6.5, 7.5)}
    >>> other = own | {"here": (8.0, 7.5, 8.5)}
    >>> by_other_name(own, "here", ["here", "there"], [("city_gdp", other, other)])
    ('city_gdp', 8.0, 1.0, 1.0, 1.0)
    """
    none = math.nan
    for other, differing, only in others:
        if math.isclose(differing[place][0], own[place][0], rel_tol=1e-9):
            continue
        value, low, high = only[place]
        rivals = [own[one] for one in among if one != place]
        if math.isnan(value) or not rivals:
            return other, value, none, none, none
        rank = 1.0 + sum(rival[0] > value for rival in rivals)
        best = 1.0 + sum(rival[1] > high for rival in rivals)
        return other, value, rank, best, 1.0 + sum(rival[2] > low for rival in rivals)
    return "", none, none, none, none


def rank_by_other_name(row: PeerFigure) -> Finding:
    """A rank of the region, with the figure and the rank that another name of the quantity gives.

    >>> from songhua.labels import parse_period
    >>> from songhua.studies.diagnose.peers import PeerFigure
    >>> row = PeerFigure("gdp", "all", "level", None, parse_period("2021"), "here", 5.0, 4.5, 5.5,
    ...                  "bound", "bn EUR", 2.0, 1.0, 2.0, 2, "city_gdp", 8.0, 1.0, 1.0, 1.0)
    >>> found = rank_by_other_name(row)
    >>> [found.params[name] for name in ("rank", "other_value", "other_rank")]
    ['1–2', 8.0, '1']
    """
    params: dict[str, object] = {
        "indicator": row.indicator, "form": row.form, "unit": row.unit, "of": row.of,
        "period": f"{row.start}..{row.period}" if row.start else str(row.period),
        "value": float(f"{row.value:.4g}"), "rank": _rank(row.rank_low, row.rank_high),
        "other": row.other,
    }  # fmt: skip
    if math.isnan(row.other_rank):
        return Finding("rank_other_name_open", params)
    params |= {
        "other_value": float(f"{row.other_value:.4g}"),
        "other_rank": _rank(row.other_rank_low, row.other_rank_high),
    }
    return Finding("rank_other_name", params)


def _rank(low: float, high: float) -> str:
    """A rank, or the first and the last that rounding leaves."""
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
