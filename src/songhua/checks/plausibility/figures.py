"""The settled figures of a region as one table: observations and cells of panels alike."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.region import SETTLED, Region

LABELS = ("indicator", "region", "industry", "entity", "vintage", "scope")
KEPT = (*LABELS, "period", "file", "row")
#: Kinds of period that make no series.
SINGLE = ("plan",)
MONTHS = 12
#: Kinds of period that follow one another within a year, with its seasons.
SEASONAL = ("month", "quarter", "half", "cumulative")


def figures(region: Region) -> pd.DataFrame:
    """A row a figure: its labels, `value` and `place` (of the last digit), form and unit.

    Values stand in the indicator's `unit`; `printed` is the unit in the row.

    `shape` tells periods that follow one another (years, quarters, the months up to one), `year`
    is the middle of the period in years, or its end where all begin in January; `phase` is its
    place in the year, `months` how many of such it has, `before` the same stretch a year earlier,
    `panel` whether it stands in a panel. Corrected figures, goals and forecasts are left out, and
    so is a number that a word opens.

    >>> figures(Region.of("here")).empty
    True
    """
    frames = [_observations(region), _cells(region)]
    frame = pd.concat([one for one in frames if len(one)] or frames[:1], ignore_index=True)
    for name in ("form", "unit", "of", "basis"):
        known = {id: str(getattr(one, name)) for id, one in region.catalogue.items()}
        frame[name] = frame["indicator"].map(known).astype(object)
    return frame.join(_times(frame["period"]))


def _observations(region: Region) -> pd.DataFrame:
    rows = region.observations
    if rows.empty:
        return pd.DataFrame(columns=[*KEPT, "value", "place", "printed", "panel"])
    keep = ~rows["superseded"].to_numpy() & rows["kind"].isin(SETTLED).to_numpy()
    keep &= rows["qualifier"].isin(("", "about")).to_numpy()
    rows = rows[keep]
    frame = pd.DataFrame({name: rows[name].astype(object) for name in KEPT})
    frame["file"] = "observations/" + frame["file"].astype(str)
    scale = rows["scale"].to_numpy(dtype=float)
    frame["value"] = rows["number"].to_numpy(dtype=float) * scale
    frame["printed"] = rows["unit"].astype(object)
    frame["place"] = 10.0 ** -rows["decimals"].to_numpy(dtype=float) * scale
    return frame.assign(panel=False).reset_index(drop=True)


def _cells(region: Region) -> pd.DataFrame:
    rows = region.panels
    if rows.empty:
        return pd.DataFrame(columns=[*KEPT, "value", "place", "printed", "panel"])
    rows = rows[rows["number"].notna()]
    rows = rows.drop_duplicates(["indicator", "region", "industry", "period"], keep="last")
    blank = {"entity": "", "vintage": "", "scope": ""}
    frame = rows.assign(**blank)[list(KEPT)].astype(object)
    frame["printed"] = rows["unit"].astype(object)
    width = (rows["high"] - rows["low"]).to_numpy(dtype=float)
    frame["value"] = rows["number"].to_numpy(dtype=float)
    frame["place"] = np.where(width > 0, width, 1.0)
    return frame.assign(panel=True).reset_index(drop=True)


def _times(periods: pd.Series) -> pd.DataFrame:
    """Shape, place in time and year before of each period; each different text is read once."""
    codes, texts = pd.factorize(periods)
    read = [parse_period(str(text)) for text in texts]
    columns = {
        "shape": np.array([_shape(period) for period in read], dtype=object),
        "year": np.array([_when(period) for period in read], dtype=float),
        "before": np.array(
            ["" if one.open else str(one.shifted(-1)) for one in read], dtype=object
        ),
    }
    columns["phase"] = np.where(
        np.isin([one.kind for one in read], SEASONAL),
        [one.end.month for one in read], columns["year"],
    )  # fmt: skip
    columns["months"] = np.array(
        [one.end.month if one.kind == "cumulative" else 1 for one in read], dtype=float
    )
    return pd.DataFrame({name: column[codes] for name, column in columns.items()}, periods.index)


def _shape(period: Period) -> str:
    """What tells periods that follow one another: blank for one that makes no series.

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
