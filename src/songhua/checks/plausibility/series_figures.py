"""Figures near a power of ten times the level of their series, or the figure of another source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from songhua.checks.plausibility.fault_kinds import (
    FigureOffSeries,
    FigureOffSource,
    GrowthOffSeries,
)
from songhua.checks.plausibility.judged_figures import (
    LABELS,
    JudgedFigure,
    codes,
    numbered,
    ordered,
)
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.labels.units import factor
from songhua.maths import rate_errors, scale_errors
from songhua.maths.series_gaps import Figures, starts
from songhua.results import read_rows

FORMS = ("level", "ratio", "share")
PER_CENT = "%"
#: The greatest distance of the ratio of two sources from a power of ten (log10).
NEAR = 0.15
#: The number of figures beside it that a warning shows.
NEIGHBOURS = 4


class Runs(NamedTuple):
    """The figures of a table that stand in series, those of one together and rising in time.

    `at` has the row of each in the table, `number` its series from 0 on, `labels` its labels as
    whole numbers.
    """

    table: pd.DataFrame
    at: np.ndarray
    number: np.ndarray
    labels: Mapping[str, np.ndarray]

    def of(self, name: str) -> np.ndarray:
        """A column of numbers."""
        return self.table[name].to_numpy()[self.at]

    def near(self, at: int) -> list[JudgedFigure]:
        """The figures before and after one in its series."""
        half = NEIGHBOURS // 2
        places = np.arange(max(at - half, 0), min(at + half + 1, len(self.at)))
        beside = (self.number[places] == self.number[at]) & (places != at)
        return read_rows(self.table.iloc[self.at[places[beside]]], JudgedFigure)


def off_series(
    figures: pd.DataFrame,
) -> tuple[list[tuple[int, Fault]], dict[str, tuple[int, int]]]:
    """The figures likelier a power of ten off than right, and what cannot be judged.

    The former as row in the table and warning; the latter as how many series of an indicator
    vary too much for a figure ten times too large to stand out, and how many it has.
    """
    rows = _in_series(figures, _positive(figures))
    errors = scale_errors.find(_gathered(rows, scale_errors.TOGETHER, scale_errors.SEASONS))
    return [_off(rows, suspect) for suspect in errors.suspects], _counted(rows, errors.unseen)


def rates_off_series(
    figures: pd.DataFrame,
) -> tuple[list[tuple[int, Fault]], dict[str, tuple[int, int]]]:
    """Growth rates ten times off or of the wrong sign, and what cannot be judged."""
    rates = (figures.form == "growth") & (figures.unit == PER_CENT)
    rows = _in_series(figures, rates.to_numpy())
    errors = rate_errors.find(_gathered(rows, rate_errors.TOGETHER, rate_errors.SEASONS))
    warnings = []
    for error in errors.odd:
        at = int(rows.at[error.at])
        row = judged_at(figures, at)
        beside = _beside(row, rows.near(error.at))
        warnings.append((at, fault(GrowthOffSeries, row, {"fits": error.fits}, beside=beside)))
    return warnings, _counted(rows, errors.unseen)


def _counted(rows: Runs, unseen: np.ndarray) -> dict[str, tuple[int, int]]:
    """By indicator, the number of series that vary too much to be judged, and of all its series."""
    if not unseen.any():
        return {}
    first = rows.table.indicator.array[rows.at[starts(rows.number)]]
    total, wild = (np.bincount(series.codes, minlength=1) for series in (first, first[unseen]))
    return {
        str(first.categories[at]): (int(wild[at]), int(total[at]))
        for at in sorted(np.flatnonzero(wild), key=lambda at: str(first.categories[at]))
    }


def _off(rows: Runs, suspect: scale_errors.Suspect) -> tuple[int, Fault]:
    at = int(rows.at[suspect.at])
    row, near = judged_at(rows.table, at), rows.near(suspect.at)
    times = short(row.value / float(np.median([figure.value for figure in near])))
    return at, fault(
        FigureOffSeries,
        row,
        {"fits": row.value / 10.0**suspect.power},
        factor=10.0**suspect.power,
        times=times,
        beside=_beside(row, near),
    )


def _beside(row: JudgedFigure, near: Iterable[JudgedFigure]) -> tuple[str, ...]:
    """The figures before and after one, in the unit that its row prints."""
    by = in_print(row.unit, row.printed)
    values = ((figure.period, figure.value * by) for figure in near)
    return tuple(
        f"{period}: {np.format_float_positional(value, 6, fractional=False, trim='-')}"
        for period, value in values
    )


def sources_apart(figures: pd.DataFrame) -> Iterator[Fault]:
    """Figures for the same thing that are a power of ten apart: one has the wrong unit."""
    rows = np.flatnonzero(_positive(figures))
    names = codes(figures, rows, *LABELS, "period")
    thing = numbered(*names, figures.panel.to_numpy(dtype=int)[rows])
    again = pd.Series(thing).duplicated().to_numpy()
    if not again.any():
        return
    first = rows[~again][thing]
    value = figures.value.to_numpy(dtype=float)
    gap = np.log10(value[rows] / value[first])
    power = np.round(gap)
    odd = (power != 0) & (np.abs(gap - power) <= NEAR)
    for at, first_value in zip(rows[odd].tolist(), value[first[odd]].tolist(), strict=True):
        row = judged_at(figures, at)
        times = short(row.value / first_value)
        yield fault(FigureOffSource, row, {"other": first_value}, times=times)


def judged_at(figures: pd.DataFrame, at: int) -> JudgedFigure:
    """The row of the table that stands there."""
    return read_rows(figures.iloc[[at]], JudgedFigure)[0]


def fault(
    kind: type[Fault],
    row: JudgedFigure,
    amounts: Mapping[str, float] | None = None,
    **params: float | str | tuple[str, ...],
) -> Fault:
    """A warning at a figure's row: its labels, its number and amounts like it as printed."""
    by = in_print(row.unit, row.printed)
    values = {"value": row.value, **(amounts or {})}
    labels = {"indicator": row.indicator, "period": row.period, "unit": row.printed}
    numbers = {name: float(f"{value * by:.9g}") for name, value in values.items()}
    fields = {name: _plain(value) for name, value in (labels | params | numbers).items()}
    return kind(row.file, row.row or None, "value", **fields)


def in_print(unit: str, printed: str) -> float:
    """Factor that turns the indicator's unit into the unit that stands in the row."""
    return factor(parse_unit(unit), parse_unit(printed))


def short(value: float) -> float:
    """A number with the two digits that tell how large it is."""
    return float(f"{value:.2g}")


def _plain(value: Any) -> Any:
    """A number without noughts behind its point."""
    return f"{value:,.9g}" if isinstance(value, float) else value


def _positive(figures: pd.DataFrame) -> np.ndarray:
    """True for figures above zero and of a form that has a scale."""
    scaled = figures.form.isin(FORMS).to_numpy()
    return scaled & (figures.value.to_numpy(dtype=float) > 0)


def _in_series(figures: pd.DataFrame, chosen: np.ndarray) -> Runs:
    """Those figures of a mask that stand in series: of each time the first."""
    at = np.flatnonzero(chosen & (figures["shape"] != "").to_numpy())
    names = (*LABELS, "shape")
    labels: dict[str, np.ndarray] = dict(zip(names, codes(figures, at, *names), strict=True))
    labels["panel"] = figures.panel.to_numpy(dtype=np.int64)[at]
    series = numbered(*labels.values())
    time = figures.time.to_numpy(dtype=np.int64)[at]
    key = series * (int(time.max(initial=0)) + 1) + time
    order = ordered(key)
    order = order[np.diff(key[order], prepend=-1) != 0]
    labels = {
        name: column[order] if column.any() else column[: len(order)]
        for name, column in labels.items()
    }
    return Runs(figures, at[order], series[order], labels)


def _gathered(rows: Runs, together: tuple[int, float], seasons: tuple[int, float]) -> Figures:
    """Series with the steps that go together: of a season, of one thing elsewhere, of a place.

    Figures of the months up to one are compared as averages of a month.
    """
    level = (rows.table.form == "level").to_numpy()[rows.at]
    months = np.where(level, rows.of("months"), 1.0)
    value, place, year = rows.of("value") / months, rows.of("place") / months, rows.of("year")
    labels = rows.labels
    phase, when = rows.of("phase"), rows.of("time")
    elsewhere = [column for name, column in labels.items() if name != "region"]
    of_place = [labels["region"], labels["shape"], labels["panel"]]
    season = (np.roll(phase, 1), phase)  # a series' first figure has no step before it
    years = (np.roll(when, 1), when)
    alike = [
        (numbered(rows.number, *season), seasons),
        (numbered(*elsewhere, *years), together),
        (numbered(*of_place, *years), together),
    ]
    kin = numbered(labels["indicator"], labels["panel"])
    return Figures(rows.number, year, value, place, kin, alike)
