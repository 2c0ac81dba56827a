"""Bounds of figures: no growth below -100 %, a share of 651 %, firms below nought (§4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from songhua.checks.places import FigureRow, marked
from songhua.errors import Fault, coded_fault
from songhua.labels import convert
from songhua.region import Region
from songhua.region.indicators import Indicator
from songhua.region.relations import Relations
from songhua.schema import Catalogue

#: A binary fraction is no finer than that.
FINE = 1e-9


def figures_within(region: Region) -> list[Fault]:
    """No figure lies beyond what its indicator can be, unless it was corrected."""
    rows = region.figures.frame
    if rows.empty:
        return []
    scale = rows["scale"].to_numpy(dtype=float)
    low, high = (_bound(rows, name) * scale for name in ("low", "high"))
    whole = (rows["industry"] == "all").to_numpy() & (rows["entity"] == "").to_numpy()
    wrong = _beyond(region, rows["indicator"], low, high, whole)
    wrong = wrong & ~rows["superseded"].to_numpy()
    return [_fault(region, row) for row in marked(rows, wrong)]


def _bound(rows: pd.DataFrame, name: str) -> np.ndarray:
    """An end of each number; where a word leaves it open to both sides, the number itself."""
    end = rows[name].to_numpy(dtype=float)
    return np.where(np.isnan(end), rows["number"].to_numpy(dtype=float), end)


def _beyond(
    region: Region, names: pd.Series, low: np.ndarray, high: np.ndarray, whole: np.ndarray
) -> np.ndarray:
    """Mark each number all of which lies outside its indicator's ends; judged as columns.

    What an indicator adds up may be negative in a part, though not in the `whole` economy.
    """
    held = names.array if isinstance(names.array, pd.Categorical) else pd.Categorical(names)
    used = np.unique(held.codes)
    ends = np.full((len(held.categories), 2), (-math.inf, math.inf))
    apart = np.zeros(len(held.categories), dtype=bool)
    for code in used[used >= 0].tolist():
        id = str(held.categories[code])
        ends[code] = region.relations.ends(id)
        apart[code] = region.catalogue[id].free_in_parts
    least, most = ends[held.codes].T
    least = np.where(apart[held.codes] & ~whole, -math.inf, least)
    return (high < least - FINE * np.abs(least)) | (low > most + FINE * np.abs(most))


def _fault(region: Region, row: FigureRow) -> Fault:
    """The fault of a figure, in the unit that its row prints."""
    own = region.unit(row.indicator)
    ends = [convert(end, own, row.unit) for end in region.relations.ends(row.indicator)]
    code, params = beyond(row.number, ends, row.unit, row.indicator) or ("", {})
    return row.fault(code, "value", **params)


def beyond(
    value: float, ends: Sequence[float], unit: str, indicator: str
) -> tuple[str, Mapping[str, str]] | None:
    """The code of a number outside what its indicator can be, and what fills its words.

    >>> beyond(651, (0, 100), "%", "share")
    ('figure_above', {'value': '651', 'unit': '%', 'indicator': 'share', 'end': '100'})
    """
    least, most = ends
    if least - FINE * abs(least) <= value <= most + FINE * abs(most):
        return None
    below = value < least
    end = least if below else most
    params = {"value": f"{value:.9g}", "unit": unit, "indicator": indicator, "end": f"{end:.9g}"}
    return "figure_below" if below else "figure_above", params


def ends_in(indicators: Catalogue, id: str, unit: str = "") -> tuple[float, float]:
    """The least and the most that an indicator of a catalogue can be, in a unit or in its own.

    Raises:
        SonghuaError: `units_differ`, for a unit of another sort.

    >>> ends_in({"share": {"unit": "%", "form": "share"}}, "share", "x")
    (0.0, 1.0)
    """
    least, most = Relations(indicators).ends(id)
    own = str(indicators[id]["unit"])
    return (convert(least, own, unit), convert(most, own, unit)) if unit else (least, most)


def answer_within(answer: Mapping[str, str], indicators: Catalogue) -> list[Fault]:
    """The fault, without place, of a number of a department that cannot be.

    `answer` has its labels, value and unit; of other answers than figures nothing is said.

    >>> known = {"share": {"unit": "%", "form": "share"}}
    >>> answer = {"indicator": "share", "value": "651", "unit": "%"}
    >>> [one.code for one in answer_within(answer, known)]
    ['figure_above']
    """
    id, value, unit = (answer.get(name, "") for name in ("indicator", "value", "unit"))
    if not value or not unit or id not in indicators:
        return []
    least, most = ends_in(indicators, id, unit)
    part = answer.get("industry") not in (None, "", "all")
    if part and Indicator.read(id, indicators[id]).free_in_parts:
        least = -math.inf
    wrong = beyond(float(value), (least, most), unit, id)
    return [] if wrong is None else [coded_fault(wrong[0], column="value", params=wrong[1])]
