"""The settled figures of a region that are judged: observations and cells of panels alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.region import SETTLED, Region

LABELS = ("indicator", "region", "industry", "entity", "vintage", "scope")
TEXTS = (*LABELS, "period")
CELL = ("indicator", "region", "industry", "period")
#: Kinds of period that make no series.
SINGLE = ("plan",)
MONTHS = 12
#: The most that a number of a combination may be before it is numbered anew.
MOST = 2**62
#: Kinds of period that follow one another within a year, with its seasons.
SEASONAL = ("month", "quarter", "half", "cumulative")


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A row of the judged figures: what a warning tells of it."""

    file: str
    row: int
    indicator: str
    period: str
    form: str
    unit: str
    printed: str
    value: float


def figures(region: Region) -> pd.DataFrame:
    """A row a figure: its labels, `value` and `place` (of the last digit), form and unit.

    Values stand in the indicator's `unit`; `printed` is the unit in the row. Labels are
    categories of text.

    `shape` tells periods that follow one another (years, quarters, the months up to one), `year`
    is the middle of the period in years, or its end where all begin in January; `time` numbers
    them as they rise, `phase` the places in a year; `months` has how many of such it has,
    `before` the same stretch a year earlier, `panel` whether it stands in a panel. Corrected
    figures, goals and forecasts are left out, and so is a number that a word opens.

    >>> figures(Region.of("here")).empty
    True
    """
    rows = region.figures.frame
    judged = _is_judged(rows)
    if not judged.any():
        return pd.DataFrame()
    frame = pd.DataFrame({name: rows[name].array[judged] for name in (*TEXTS, "row", "panel")})
    number, low, high, scale = (
        rows[name].to_numpy()[judged] for name in ("number", "low", "high", "scale")
    )
    width = high * scale - low * scale
    digit = 10.0 ** -rows.decimals.to_numpy(dtype=float)[judged] * scale
    frame = frame.assign(
        file=region.figures.files[judged],
        value=number * scale,
        printed=rows.unit.array[judged],
        place=np.where(frame.panel, np.where(width > 0, width, 1.0), digit),
    )
    indicators = frame.indicator.array
    for name in ("form", "unit"):
        by_id = {id: str(getattr(indicator, name)) for id, indicator in region.catalogue.items()}
        frame[name] = _recoded(indicators, [by_id.get(id) for id in indicators.categories])
    return _timed(frame)


def _is_judged(rows: pd.DataFrame) -> np.ndarray:
    """True for judged figures; of the cells of panels the last of each place and period."""
    panel = rows.panel.to_numpy()
    sure = rows.qualifier.isin(("", "about")).to_numpy()
    judged = rows.kind.isin(SETTLED).to_numpy() & sure
    judged &= np.where(panel, rows.number.notna(), ~rows.superseded)
    cells = np.flatnonzero(judged & panel)
    again = rows[[*CELL]].iloc[cells].duplicated(keep="last").to_numpy()
    judged[cells[again]] = False
    return judged


def numbered(*columns: np.ndarray) -> np.ndarray:
    """A number for each different combination of whole numbers from 0 on, as they first come.

    >>> numbered(np.array([7, 7, 2, 7]), np.array([0, 1, 0, 0])).tolist()
    [0, 1, 2, 0]
    """
    total, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        width = int(column.max(initial=0)) + 1
        if width == 1:
            continue
        if size * width > MOST:
            total, texts = pd.factorize(total)
            size = len(texts)
        total, size = total * width + column, size * width
    return pd.factorize(total)[0]


def ordered(numbers: np.ndarray) -> np.ndarray:
    """The places of whole numbers from 0 on in rising order, equal ones as they stand.

    Numbers that hold their own place are sorted by themselves, which is quicker.

    >>> ordered(np.array([2, 0, 2, 1])).tolist()
    [1, 3, 0, 2]
    """
    n = max(len(numbers), 1)
    if int(numbers.max(initial=0)) >= MOST // n:
        return np.argsort(numbers, kind="stable")
    return np.sort(numbers * n + np.arange(len(numbers))) % n


def codes(frame: pd.DataFrame, at: np.ndarray, *names: str) -> list[np.ndarray]:
    """The columns of labels as whole numbers from 0 on, of some rows."""
    columns = (frame[name].array.codes for name in names)
    return [(column[at] - column.min(initial=0)).astype(np.int64) for column in columns]


def _recoded(column: pd.Categorical, texts: Sequence[str | None]) -> pd.Categorical:
    """The column with a text in place of each category; missing where there is none."""
    positions, names = pd.factorize(np.array([*texts, None], dtype=object))
    return pd.Categorical.from_codes(positions[column.codes], pd.Index(names, dtype="str"))


def _timed(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures with the shape and the place in time of their periods; each text is read once."""
    periods = figures.period.array
    read = [parse_period(text) for text in periods.categories]
    year = np.array([_when(period) for period in read], dtype=float)
    seasonal = np.isin([period.kind for period in read], SEASONAL)
    phase = np.where(seasonal, [period.end.month for period in read], year)
    months = [period.end.month if period.kind == "cumulative" else 1 for period in read]
    before = ["" if period.open else str(period.shifted(-1)) for period in read]
    return figures.assign(
        shape=_recoded(periods, [_shape(period) for period in read]),
        year=year[periods.codes],
        time=np.unique(year, return_inverse=True)[1][periods.codes],
        before=_recoded(periods, before),
        phase=np.unique(phase, return_inverse=True)[1][periods.codes],
        months=np.array(months, dtype=float)[periods.codes],
    )


def _shape(period: Period) -> str:
    """Shape that periods of one series share: blank for a period that makes no series.

    >>> _shape(parse_period("2021-Q3")), _shape(parse_period("2021")), _shape(parse_period("2016..2020"))
    ('quarter', 'year 1', 'span 1 60')
    """  # noqa: E501
    if period.open or period.kind in SINGLE:
        return ""
    if period.kind in ("date", *SEASONAL):
        return period.kind
    years = period.end.year - period.start.year
    span = years * MONTHS + period.end.month - period.start.month + 1
    long = f" {span}" if period.kind in ("span", "season") else ""
    return f"{period.kind} {period.start.month}{long}"


def _when(period: Period) -> float:
    """When a period is, in years: its middle, or its end where all of its shape begin alike."""
    if period.open:
        return float("nan")
    day = period.end
    if period.kind != "cumulative":
        day = period.start + (period.end - period.start) / 2
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
