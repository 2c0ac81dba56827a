"""Shares of other years: they make a share of this year likely, and never constrain it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from songhua.maths.accounts import LogRatio
from songhua.maths.accounts.prior import Prior
from songhua.region import Region
from songhua.region.observations import Observation, grouped
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.perimeters import Perimeters
from songhua.studies.accounts.readings import Cell, Reading

#: The greatest distance of a share, in years.
YEARS = 15


def shares_of_other_years(
    region: Region,
    figures: Sequence[Observation],
    nation: Nation,
    prior: Prior,
    year: int,
    printed: frozenset[str],
) -> Iterator[Reading]:
    """For each industry without a level of the year, the share of the nearest year that has one.

    The logarithm of its share is likely to be that of the other year, plus the nation's change if
    both national shares are known, with the observed drift of such shares as deviation. Only shares
    of one
    series and year are formed: no level of another vintage is ever compared (§3).

    Args:
        figures: settled levels of value added, of the region and of the nation.
        printed: the industries of which the year itself has a level.
    """
    perimeters = Perimeters(region, nation)
    levels = [
        figure for figure in figures if figure.form == "level" and figure.usual and figure.value > 0
    ]
    shares: dict[tuple[str, str], list[tuple[int, str, Observation, float]]] = {}
    for (indicator, place), rows in grouped(levels, "indicator", "region").items():
        for period, alike in grouped(rows, "period").items():
            whole = next((figure for figure in alike if figure.industry == "all"), None)
            if whole is None or period.start.year != period.end.year or period.kind != "year":
                continue
            for level in alike:
                if level.industry != "all":
                    entry = (period.start.year, indicator, level, level.value / whole.value)
                    shares.setdefault((place, level.industry), []).append(entry)
    for (place, industry), entries in shares.items():
        if place != region.code or industry in printed:
            continue
        perimeter = perimeters.find(industry, "value_added")
        if perimeter is None or not perimeter.closed:
            continue
        near = [entry for entry in entries if 0 < abs(entry[0] - year) <= YEARS]
        if not near:
            continue
        base_year, indicator, figure, share = min(near, key=lambda entry: abs(entry[0] - year))
        if not 0 < share < 1:
            continue
        moved = _moved(shares.get((nation.region, industry), []), indicator, base_year, year)
        of: dict[Cell, float] = {
            ("value_added", code): weight.low for code, weight in perimeter.certain.items()
        }
        sd = prior.drift_sd(abs(base_year - year))
        name = f"share of {base_year} {figure.id}"
        ratio = LogRatio(name, of, math.log(share) + moved, sd)
        yield Reading(figure, "other_year", likely=ratio)


def _moved(
    entries: Sequence[tuple[int, str, Observation, float]], indicator: str, first: int, last: int
) -> float:
    """The move of the logarithm of the nation's share; nought where it is not held."""
    shares = {year: share for year, name, _, share in entries if name == indicator}
    if first in shares and last in shares and shares[first] > 0 and shares[last] > 0:
        return math.log(shares[last] / shares[first])
    return 0.0
