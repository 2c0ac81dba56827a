"""Series of growth rates with a slipped point or a lost sign planted in them: shared data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planted_errors import SEED
from scale_series import SETS, loaded
from shared import DATA
from songhua.checks.plausibility import judge
from songhua.region import Region

#: Sets with published growth, as indices of the year before.
PUBLISHED = {
    "china_cities/growth": (
        "china_cities/city_gdp_index_2000_2023.csv", ["city", "province"],
        ["gdp_index_previous_year_100"],
    ),
    "china_provinces/growth": (
        "china_provinces/province_gdp_1978_2024.csv", ["province"],
        ["gdp_index", "primary_index", "secondary_index", "tertiary_index"],
    ),
}  # fmt: skip
#: Sets of which growth is made from the levels and rounded to one decimal, as it is printed.
MADE = tuple(name for name in SETS if "index" not in name and "urbanisation" not in name)
#: The errors put into a rate: a point moved either way, a sign lost.
ERRORS = {"ten times too large": 10.0, "ten times too small": 0.1, "sign lost": -1.0}
FEWEST, MOST = 5, 3000


@dataclass(frozen=True)
class Rates:
    """Of a half of the series of five rates and more, shares in per cent.

    `warned` as they stand, and `named` of one error of each sort planted in each series.
    """

    series: int
    warned: float
    named: dict[str, float]


def growth(name: str) -> pd.DataFrame:
    """The growth rates of a set: series, region, industry, year, value, place."""
    if name in PUBLISHED:
        file, whose, columns = PUBLISHED[name]
        frame = pd.read_csv(DATA / file).melt([*whose, "year"], columns, var_name="industry")
        frame["region"] = frame[whose].agg("|".join, axis=1)
        frame["value"] = (frame["value"] - 100).round(2)
        frame["series"] = frame["region"] + "|" + frame["industry"]
    else:
        frame = loaded(name)
        groups = frame.groupby("series")
        after = groups["year"].diff() == 1
        frame["value"] = ((frame["value"] / groups["value"].shift() - 1) * 100).round(1)
        frame = frame[after]
    frame = frame[np.isfinite(frame["value"])].drop_duplicates(["series", "year"])
    frame = frame[frame.groupby("series")["year"].transform("size") >= FEWEST]
    names = np.unique(frame["series"])
    kept = frame["series"].isin(set(names[:: max(1, len(names) // MOST)]))
    frame = frame[kept].sort_values(["series", "year"], ignore_index=True)
    texts = frame["value"].map(lambda value: f"{value:.10g}")
    place = 10.0 ** -texts.str.partition(".")[2].str.len()
    return frame[["series", "region", "industry", "year", "value"]].assign(place=place)


def region(frame: pd.DataFrame) -> Region:
    """A region whose one panel holds these rates."""
    half = frame["place"] / 2
    cells = pd.DataFrame({
        "indicator": "x", "region": frame["region"], "industry": frame["industry"],
        "period": frame["year"].astype(int).astype(str), "number": frame["value"], "unit": "%",
        "low": frame["value"] - half, "high": frame["value"] + half,
        "file": "panels/x.csv", "row": np.arange(len(frame)) + 2,
    })  # fmt: skip
    return Region.of("here", indicators={"x": {"unit": "%", "form": "growth"}}, panels=cells)


def named(frame: pd.DataFrame) -> set[int]:
    """The places of the rates that a warning names."""
    found = judge(region(frame)).warnings
    return {one.row - 2 for one in found if one.row and one.code == "growth_off_series"}


def planted(frame: pd.DataFrame, at: np.ndarray, by: float) -> pd.DataFrame:
    """The rates with some of them put off."""
    value, place = (frame[name].to_numpy(dtype=float).copy() for name in ("value", "place"))
    value[at] *= by
    place[at] = np.minimum(place[at] * abs(by), 1.0)
    return frame.assign(value=value, place=place)


def rates(frame: pd.DataFrame, half: int) -> Rates:
    """The rates of the series with an even number (0) or an odd one (1), in order of their names."""
    code = pd.factorize(frame["series"], sort=True)[0]
    mine = np.arange(code.max() + 1) % 2 == half
    told = np.array(sorted(named(frame)), dtype=int)
    warned = mine & np.isin(np.arange(len(mine)), code[told])
    at = pd.Series(np.arange(len(frame)))[frame["value"].ne(0).to_numpy()]
    at = at.groupby(code[at]).sample(1, random_state=SEED).to_numpy()
    at = at[mine[code[at]]]
    hits = {sort: np.isin(at, sorted(named(planted(frame, at, by)))) for sort, by in ERRORS.items()}
    shown = {sort: round(100 * float(hit.mean()), 1) for sort, hit in hits.items()}
    return Rates(int(mine.sum()), round(100 * float(warned.sum() / mine.sum()), 2), shown)
