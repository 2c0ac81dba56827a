"""Regions of which value added and another log quotient were published, in one form.

Rows are cells as `accounts_regions` has them, with `log_covariate`: the log quotient of the area
that the region lies in, or of the region itself some `years` before. Jobs beside value added stand
in `accounts_jobs`. Nothing is kept of the files beyond the run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from accounts_regions import (
    STUDIES,
    Panel,
    chinese_provinces,
    new_zealand,
    united_kingdom,
    united_states,
)

CENSUS = "china_county_census_2010_2020/county_census_2020.csv.gz"
SECTIONS = [*"ABCDEFGHIJKLMNOPQRS"]
#: Provinces that are one city, and units under no city.
ONE_CITY, NO_CITY = ("11", "12", "31", "50"), "9000"
#: The seat of a province or an autonomous region has the first number of a city, but one.
SEAT = "0100"
#: Years between two figures of a region, and the years of the later one.
LAGS = (1, 2, 5, 10, 15)
LATER = {
    "united_states": (2007, 2012, 2016), "united_kingdom": (2008, 2013, 2018),
    "new_zealand": (1996, 2001, 2006), "china": (2007, 2012, 2017),
}  # fmt: skip


def within(panel: Panel, areas: pd.DataFrame, area_of: Callable[[str], str]) -> pd.DataFrame:
    """The rows of a panel beside the area of each: its sizes by industry are those of a whole."""
    rows = panel.rows()
    part = panel.nation / panel.nation.sum()
    share = areas[panel.nation.index].div(areas[panel.nation.index].sum(axis=1), axis=0) / part
    logs = np.log(share.where(share > 0)).rename_axis(index="area", columns="industry").stack()
    at = list(zip(rows["region"].map(area_of), rows["industry"], strict=True))
    rows["log_covariate"] = logs.reindex(pd.MultiIndex.from_tuples(at)).to_numpy()
    return rows.dropna(subset="log_covariate").reset_index(drop=True)


def chinese_cities(folder: Path) -> pd.DataFrame:
    """Cities in their provinces by 19 sections: jobs of the census of 2020, by place of residence.

    `seat` marks those that are the seat of their province.
    """
    table = pd.read_csv(folder / CENSUS, dtype={"code": str}, low_memory=False)
    table = table.set_index(table["code"].fillna(""))[SECTIONS].astype(float)
    codes = table.index.to_series()
    provinces = table[codes.str.endswith("0000")]
    odd = codes.str[:2].isin(ONE_CITY) | codes.str.endswith(NO_CITY)
    cities = table[codes.str.endswith("00") & ~codes.str.endswith("0000") & ~odd].dropna()
    panel = Panel("china_census", "china", "china", 2020, cities, table.iloc[0], "jobs")
    rows = within(panel, provinces.set_axis(provinces.index.str[:2]), lambda code: code[:2])
    return rows.assign(section=rows["industry"], seat=rows["region"].str.endswith(SEAT))


def british_regions(folder: Path) -> pd.DataFrame:
    """Regions of three levels down in those of the first: value added by industry."""
    found = list[pd.DataFrame]()
    for panel in united_kingdom(folder / STUDIES["united_kingdom"][0]):
        areas = panel.sizes.groupby(panel.sizes.index.str[:3]).sum()
        panel.sizes.columns = panel.sizes.columns.astype(str)
        found.append(within(panel, areas, lambda code: code[:3]))
    return pd.concat(found, ignore_index=True)


def earlier(folder: Path) -> pd.DataFrame:
    """Regions beside themselves some years before: log quotients of value added, or of jobs."""
    places = {name: folder / STUDIES[name][0] for name in ("united_kingdom", "new_zealand")}
    panels = {
        "united_states": united_states(folder / STUDIES["us_states"][0], tuple(range(1997, 2017))),
        "united_kingdom": united_kingdom(places["united_kingdom"], tuple(range(1998, 2019))),
        "new_zealand": new_zealand(places["new_zealand"], tuple(range(1976, 2007, 5))),
        "china": chinese_provinces(folder / STUDIES["china_provinces"][0]),
    }
    found = list[pd.DataFrame]()
    for country, of_years in panels.items():
        rows = {panel.year: panel.rows() for panel in of_years}
        for year in LATER[country]:
            for years in LAGS:
                if year - years in rows:
                    found.append(_beside(rows[year], rows[year - years]).assign(years=years))
    return pd.concat(found, ignore_index=True)


def _beside(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a figure of another year too."""
    labels = ["region", "industry"]
    logs = before.set_index(labels)["log_quotient"]
    beside = logs.reindex(pd.MultiIndex.from_frame(rows[labels])).to_numpy()
    return rows.assign(log_covariate=beside).dropna(subset="log_covariate")
