"""Bounds of figures: no growth below -100 %, a share of 651 %, firms below nought (§4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from songhua.checks.fault_kinds import FigureAbove, FigureBelow
from songhua.checks.places import FigureRow, marked
from songhua.errors import Fault
from songhua.labels import convert
from songhua.region import Region

#: A binary fraction is no finer than that.
FINE = 1e-9


def figures_within(region: Region) -> list[Fault]:
    """No figure lies beyond what its indicator can be, unless it was corrected."""
    figures = region.figures
    rows = figures.frame
    if rows.empty:
        return []
    scale = rows.scale.to_numpy(dtype=float)
    low, high = (_bound(rows, name) * scale for name in ("low", "high"))
    whole = figures.all_rows.have(industry="all", entity="")
    wrong = _beyond(region, rows.indicator, low, high, whole) & ~figures.superseded
    return [_fault(region, row) for row in marked(rows, wrong)]


def _bound(rows: pd.DataFrame, name: str) -> np.ndarray:
    """An end of each number; where a word leaves it open to both sides, the number itself."""
    end = rows[name].to_numpy(dtype=float)
    return np.where(np.isnan(end), rows.number.to_numpy(dtype=float), end)


def _beyond(
    region: Region, names: pd.Series, low: np.ndarray, high: np.ndarray, whole: np.ndarray
) -> np.ndarray:
    """Mark each number all of which lies outside its indicator's ends; judged as columns.

    The sum of an indicator may be negative in a part, though not in the `whole` economy.
    """
    ids = names.array if isinstance(names.array, pd.Categorical) else pd.Categorical(names)
    present = np.unique(ids.codes)
    ends = np.full((len(ids.categories), 2), (-math.inf, math.inf))
    apart = np.zeros(len(ids.categories), dtype=bool)
    for code in present[present >= 0].tolist():
        id = str(ids.categories[code])
        ends[code] = region.relations.ends(id)
        apart[code] = region.catalogue[id].free_in_parts
    least, most = ends[ids.codes].T
    least = np.where(apart[ids.codes] & ~whole, -math.inf, least)
    return (high < least - FINE * np.abs(least)) | (low > most + FINE * np.abs(most))


def _fault(region: Region, row: FigureRow) -> Fault:
    """The fault of a figure, in the unit that its row prints."""
    indicator_unit = region.unit(row.indicator)
    ends = [convert(end, indicator_unit, row.unit) for end in region.relations.ends(row.indicator)]
    return _outside(row.number, ends, row.unit, row.indicator).at(*row.where("value"))


def beyond(value: float, ends: Sequence[float], unit: str, indicator: str) -> Fault | None:
    """The fault, without place, of a number outside what its indicator can be.

    >>> beyond(651, (0, 100), "%", "share").params
    {'value': '651', 'unit': '%', 'indicator': 'share', 'end': '100'}
    """
    least, most = ends
    if least - FINE * abs(least) <= value <= most + FINE * abs(most):
        return None
    return _outside(value, ends, unit, indicator)


def _outside(value: float, ends: Sequence[float], unit: str, indicator: str) -> Fault:
    least, most = ends
    kind, end = (FigureBelow, least) if value < least else (FigureAbove, most)
    return kind(value=f"{value:.9g}", unit=unit, indicator=indicator, end=f"{end:.9g}")


def ends_in(region: Region, id: str, unit: str = "") -> tuple[float, float]:
    """The least and the most that an indicator can be, in a unit or in its own.

    Raises:
        SonghuaError: `units_differ`, for a unit of another sort.

    >>> region = Region.of("here", indicators={"share": {"unit": "%", "form": "share"}})
    >>> ends_in(region, "share", "x")
    (0.0, 1.0)
    """
    least, most = region.relations.ends(id)
    if not unit:
        return least, most
    return convert(least, region.unit(id), unit), convert(most, region.unit(id), unit)


def answer_within(answer: Mapping[str, str], region: Region) -> list[Fault]:
    """The fault, without place, of a number of a department that cannot be.

    `answer` has its labels, value and unit; of other answers than figures nothing is said.

    >>> region = Region.of("here", indicators={"share": {"unit": "%", "form": "share"}})
    >>> answer = {"indicator": "share", "value": "651", "unit": "%"}
    >>> [one.code for one in answer_within(answer, region)]
    ['figure_above']
    """
    id, value, unit = (answer.get(name, "") for name in ("indicator", "value", "unit"))
    if not value or not unit or id not in region.indicators:
        return []
    least, most = ends_in(region, id, unit)
    part = answer.get("industry") not in (None, "", "all")
    if part and region.catalogue[id].free_in_parts:
        least = -math.inf
    wrong = beyond(float(value), (least, most), unit, id)
    return [] if wrong is None else [wrong.at(column="value")]
