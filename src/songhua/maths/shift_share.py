"""Shift-share: the parts of a region's change that the nation, its industries and itself bring.

Levels are of one measure, by industry; b and c a region's at the start and the end, B and C the
nation's. The nation grows by R = sum C / sum B in all and by R_i = C_i / B_i in industry i. The
parts of a change add up to it (§5).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelsDiffer
from songhua.labels import align
from songhua.maths import shift_parts
from songhua.maths.fault_kinds import FormUnknown, ReferencePeriods
from songhua.maths.levels import ratio, sizes

COLUMNS = {
    "classic": ("national", "industry_mix", "regional"),
    "esteban": ("national", "industry_mix", "regional", "allocation"),
    "gerfin": ("national_factor", "structure_factor", "location_factor"),
}
_WORK: dict[tuple[str, str], Callable[..., tuple[np.ndarray, ...]]] = {
    ("classic", "region"): shift_parts.classic,
    ("classic", "industry"): shift_parts.classic_cells,
    ("esteban", "region"): shift_parts.esteban,
    ("esteban", "industry"): shift_parts.esteban_cells,
    ("gerfin", "region"): shift_parts.gerfin,
    ("gerfin", "industry"): shift_parts.gerfin_cells,
}


def shift_share(
    region_start: pd.Series | pd.DataFrame,
    region_end: pd.Series | pd.DataFrame,
    nation_start: pd.Series,
    nation_end: pd.Series,
    form: str = "classic",
    by: str | None = None,
) -> pd.DataFrame:
    """The parts of a region's change, or of any number of regions' changes, between two dates.

    - `classic`, whose parts sum to c - b: national b (R - 1), industry_mix b (R_i - R), regional
      c - b R_i;
    - `esteban`, whose parts sum to c - b: national and industry_mix as before, regional
      h (c / b - R_i) with h = sum b x B_i / sum B, what the region would have with the nation's
      structure, and allocation (b - h) (c / b - R_i);
    - `gerfin`, whose factors multiply to sum c / sum b: national_factor R, structure_factor
      sum b R_i / (R sum b), location_factor sum c / sum b R_i.

    Dunn's net total shift is industry_mix + regional (+ allocation); net proportionality shift
    is industry_mix and net differential shift regional (+ allocation). Gerfin's regional factor
    is structure_factor x location_factor.

    An industry new to a region (b = 0) cannot have grown with the nation: all of it is regional,
    and none allocation. New to the nation as well (B = 0), the same. Where the region had it and
    the nation had not (b > 0, B = 0) the nation's growth has no meaning, and what rests on it is
    missing. Results that need a missing level are missing; a missing level of the nation is missing
    in R, and so everywhere.

    Args:
        region_start: levels by industry (a Series: one region), or region by industry.
        region_end: the same at the end.
        nation_start: the nation's levels by industry.
        nation_end: the same at the end.
        form: `classic`, `esteban` or `gerfin`.
        by: `industry` for a row per industry (per region and industry, for a frame), `region`
            for a row per region, summed over its industries. Not given, a Series is shown by
            industry and a frame by region.

    Returns:
        The columns of the form.

    Raises:
        SonghuaError: `form_unknown`; `labels_differ`, `labels_repeat`, `level_impossible`,
            `levels_not_numbers`.

    Source: E. S. Dunn, A Statistical and Analytical Technique for Regional Analysis, 1960;
    J. M. Esteban-Marquillas, A Reinterpretation of Shift-Share Analysis, 1972; H. Gerfin,
    Gesamtwirtschaftliches Wachstum und regionale Entwicklung, Kyklos 17(4), 1964.

    >>> start, end = pd.Series({"a": 10, "b": 30}), pd.Series({"a": 18, "b": 33})
    >>> before, after = pd.Series({"a": 100, "b": 100}), pd.Series({"a": 150, "b": 100})
    >>> shift_share(start, end, before, after)
       national  industry_mix  regional
    a       2.5           2.5       3.0
    b       7.5          -7.5       3.0
    """
    single = isinstance(region_start, pd.Series)
    by = by or ("industry" if single else "region")
    _check_choices(form, by, ("region", "industry"))
    first, last = (_frame(side, region_start) for side in (region_start, region_end))
    first, last = align(first, last)
    industries = pd.Series(0, index=first.columns)
    for side in (last.columns, nation_start.index, nation_end.index):
        align(industries, pd.Series(0, index=side))
    b, c = sizes(first), sizes(last[first.columns])
    before, after = (sizes(side[first.columns]) for side in (nation_start, nation_end))
    parts = _parts(b, c, before, after, form, by)
    if by == "region":
        return pd.DataFrame(parts, index=first.index, columns=list(COLUMNS[form]), copy=False)
    labels = first.columns if single else pd.MultiIndex.from_product([first.index, first.columns])
    return pd.DataFrame(
        parts.reshape(-1, parts.shape[-1]), index=labels, columns=list(COLUMNS[form]), copy=False
    )


def dynamic_shift_share(
    region: pd.DataFrame, nation: pd.DataFrame, form: str = "classic", by: str = "region"
) -> pd.DataFrame:
    """Shift-share from each period to the next, put together over the whole panel.

    Between each two periods the weights are new, so that a changing structure does not bend the
    parts (Barff and Knight). Sums are added over the periods and still make the whole change;
    factors (`gerfin`) are multiplied and still make the whole growth.

    Args:
        region: levels, (period, region) by industry, each region in each period.
        nation: levels, period by industry. Periods are taken in the order of their labels.
        form: as in `shift_share`.
        by: `region` for a row per region, `industry` for one per region and industry, both over
            all periods; `period` for a row per later period and region, each step on its own.

    Returns:
        The columns of the form.

    Raises:
        SonghuaError: `form_unknown`; `reference_periods`, when the rows have no periods;
            `labels_differ`, `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    Source: R. A. Barff and P. L. Knight, Dynamic Shift-Share Analysis, Growth and Change 19(2),
    1988.

    >>> labels = pd.MultiIndex.from_product([[2020, 2021, 2022], ["here"]])
    >>> region = pd.DataFrame({"a": [10, 12, 15]}, index=labels)
    >>> nation = pd.DataFrame({"a": [100, 110, 121]}, index=[2020, 2021, 2022])
    >>> dynamic_shift_share(region, nation).round(9)
          national  industry_mix  regional
    here       2.2           0.0       2.8
    """
    _check_choices(form, by, ("region", "industry", "period"))
    order, names, regions = _places(region.index)
    values = sizes(region)
    _, columns = align(pd.Series(0, index=region.columns), pd.Series(0, index=nation.columns))
    _, nation = align(pd.DataFrame(index=names), nation[columns.index])
    levels = sizes(nation)
    steps, total = [], None
    together = np.multiply if form == "gerfin" else np.add
    for k in range(len(names) - 1):
        b, c = values[_rows(order[k])], values[_rows(order[k + 1])]
        step = _parts(b, c, levels[k], levels[k + 1], form, "region" if by == "period" else by)
        if by == "period":
            steps.append(step)
        else:
            total = step if total is None else together(total, step, out=total)
    if by == "period":
        total = np.concatenate(steps) if steps else np.empty((0, len(COLUMNS[form])))
        labels: pd.Index = pd.MultiIndex.from_product([names[1:], regions])
    else:
        labels = regions
        if by == "industry":
            labels = pd.MultiIndex.from_product([regions, region.columns])
        if total is None:
            total = np.full((len(labels), len(COLUMNS[form])), np.nan)
    table = total.reshape(-1, len(COLUMNS[form]))
    return pd.DataFrame(table, index=labels, columns=list(COLUMNS[form]), copy=False)


def _check_choices(form: str, by: str, ways: tuple[str, ...]) -> None:
    """Refuse an unknown form or way of adding up."""
    for choice, allowed in ((form, tuple(COLUMNS)), (by, ways)):
        if choice not in allowed:
            raise SonghuaError(FormUnknown(form=choice, forms=tuple(allowed)))


def _frame(side: pd.Series | pd.DataFrame, start: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """A Series as a frame of one region, which has the name of the start."""
    if isinstance(side, pd.DataFrame):
        return side
    label = start.name if isinstance(start, pd.Series) else side.name
    return side.to_frame().T.set_axis([label], axis=0)


def _places(index: pd.Index) -> tuple[np.ndarray, pd.Index, pd.Index]:
    """Where each period's regions stand (period by region), the periods, and the regions."""
    if index.nlevels != 2:
        raise SonghuaError(ReferencePeriods())
    align(pd.Series(0, index=index))
    when, periods = pd.factorize(index.get_level_values(0), sort=True)
    where, regions = pd.factorize(index.get_level_values(1))
    order = np.full((len(periods), len(regions)), -1)
    order[when, where] = np.arange(len(index))
    if (order < 0).any():
        lost = tuple(f"{periods[i]} {regions[j]}" for i, j in np.argwhere(order < 0)[:20])
        raise SonghuaError(LabelsDiffer(labels=lost))
    return order, pd.Index(periods), pd.Index(regions)


def _rows(places: np.ndarray) -> np.ndarray | slice:
    """The places as a slice where they follow on each other, which copies nothing."""
    if len(places) and (np.diff(places) == 1).all():
        return slice(int(places[0]), int(places[-1]) + 1)
    return places


def _parts(
    b: np.ndarray, c: np.ndarray, before: np.ndarray, after: np.ndarray, form: str, by: str
) -> np.ndarray:
    """The parts of each row (region by column), or of each cell (region by industry by column)."""
    total = float(ratio(after.sum(), before.sum()))
    growth = ratio(after, before)
    work = _WORK[form, by]
    return np.stack(work(b, c, growth, total, before), axis=-1)
