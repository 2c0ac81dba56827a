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
    region_share: float,
    printed: frozenset[str],
) -> Iterator[Reading]:
    """For each industry without a level of the year, the share of the nearest year that has one.

    The logarithm of its share, against the nation's in the same year (in the table's year where
    that is not known), makes that of this year likely, with the observed drift of such quotients.
    Only shares of one series and year are formed: no level of another vintage is ever compared
    (§3).

    Args:
        region: the region.
        figures: settled levels of value added, of the region and of the nation.
        nation: its industries.
        prior: the model learnt from regions in other years.
        year: the year of the accounts.
        region_share: the region's share of the nation's value added.
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
        kind, section, part = nation.of_codes(perimeter.certain)
        then = _share_of(shares.get((nation.region, industry), []), indicator, base_year) or part
        study = prior.study_of(nation.region, region.code)
        middle, sd = prior.earlier.value_added(
            kind,
            math.log(share / then),
            part,
            min(region_share, 1.0),
            country="" if study is None else study.country,
            years=abs(base_year - year),
            section=section,
        )
        of: dict[Cell, float] = {
            ("value_added", code): weight.low for code, weight in perimeter.certain.items()
        }
        ratio = LogRatio(f"share of {base_year} {figure.id}", of, math.log(part) + middle, sd)
        yield Reading(figure, "other_year", likely=ratio)


def _share_of(
    entries: Sequence[tuple[int, str, Observation, float]], indicator: str, year: int
) -> float:
    """The nation's share in a year of the same series; nought where it is not known."""
    return next((share for at, name, _, share in entries if (at, name) == (year, indicator)), 0.0)
