"""Regions of which both value added and jobs by industry were published, in one form.

Rows are cells: `log_quotient` of value added and `log_covariate` of jobs, each against the sum of
the industries that have both, with all that `accounts_regions` gives. Nothing is kept of the files
beyond the run.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import regional_studies
from accounts_learning import LEVEL, NORMAL
from accounts_regions import SECTORS, STUDIES, industries, united_states

from songhua.maths.accounts.prior.covariates import Covariate
from songhua.maths.regional_error import KINDS

#: The year of the jobs of states, and the columns of value added by state that each industry holds.
YEAR = 2007
HELD = {
    "Accom. and Food Services": "79 80", "Arts and Recreation": "76 77", "Chemicals": "32",
    "Computer and Electronics": "19", "Construction": "11", "Education": "69",
    "Electrical Equipment": "20", "Finance and Insurance": "52 53 54 55",
    "Food, Beverage, Tobacco": "26", "Furniture": "23", "Health Care": "71 72 73",
    "Information Services": "46 47 48 49", "Machinery": "18", "Miscellaneous": "24",
    "Nonmetallic Mineral": "15", "Other Services": "61 62 63 64 66 67 81",
    "Petroleum and Coal": "31", "Plastics and Rubber": "33",
    "Primary and Fabricated Metal": "16 17", "Printing": "30", "Real Estate": "57 58",
    "Textile, Apparel, Leather": "27 28", "Transport Services": "37 38 39 40 41 42 43",
    "Transportation Equipment": "21 22", "Wholesale and Retail Trade": "34 35",
    "Wood and Paper": "14 29",
}  # fmt: skip
#: Jobs of the District of Columbia are printed within those of Virginia.
JOINED = {"District of Columbia": "Virginia and DC", "Virginia": "Virginia and DC"}
#: Years of Chinese cities, between which units were defined anew.
CITY_YEARS = (2005, 2010, 2016, 2019)
#: Kinds that make up each sector.
OF_SECTOR = {
    "primary": ("primary",), "secondary": ("manufacturing", "utilities"),
    "tertiary": ("services", "public"),
}  # fmt: skip
#: The files that are read.
FILES = {
    "us_states": "regional_trade_canada_us/us_states_2007_summary.csv",
    "canada": "regional_trade_canada_us/canada_2021_summary.csv",
    "japan": "japan_regional_inputs_2015/census_3digit_2014.csv.gz",
    "china": "china_cities/city_employment_sections_2000_2022.csv",
}


def rows(folder: Path) -> pd.DataFrame:
    """The cells of the states of the USA, the provinces of Canada and the prefectures of Japan."""
    trade = folder / "regional_trade_canada_us"
    studies = {
        "canada": regional_studies.canada(trade),
        "japan": regional_studies.japan(folder / "japan_regional_inputs_2015"),
    }
    found = [_states(folder)]
    for country, one in studies.items():
        added, jobs = (one.output * one.ratios[name] for name in ("value_added", "jobs"))
        found.append(_cells(added, jobs, one.kinds.idxmax(axis=1), country, one.year))
    return pd.concat(found, ignore_index=True)


def _states(folder: Path) -> pd.DataFrame:
    """Fifty states (Virginia with the District of Columbia), 26 industries, no government."""
    table = pd.read_csv(folder / FILES["us_states"])
    jobs = table.pivot(index="region", columns="sector", values="employment")
    file = folder / STUDIES["us_states"][0]
    [panel] = united_states(file, (YEAR,))
    names = pd.read_csv(file, usecols=["GeoFIPS", "GeoName"]).drop_duplicates()
    names = names.set_index("GeoFIPS")["GeoName"].str.strip(" *").replace(JOINED)
    sizes = panel.sizes.groupby(panel.sizes.index.map(names.to_dict())).sum(min_count=1)
    added = pd.DataFrame({name: sizes[held.split()].sum(axis=1) for name, held in HELD.items()})
    first = industries("bea").loc[[held.split()[0] for held in HELD.values()], "kind"]
    kinds = pd.Series(first.to_numpy(), list(HELD))
    return _cells(added.loc[jobs.index], jobs, kinds, "united_states", YEAR)


def _cells(
    added: pd.DataFrame, jobs: pd.DataFrame, kinds: pd.Series, country: str, year: int
) -> pd.DataFrame:
    """A row for each cell that has both; quotients are of the sums of what has both."""
    both = (added > 0) & (jobs > 0)
    found = dict[str, pd.DataFrame]()
    for name, table in (("log_quotient", added.where(both)), ("log_covariate", jobs.where(both))):
        part = table.sum() / table.sum().sum()
        share = table.div(table.sum(axis=1), axis=0) / part
        found[name] = share.transform(np.log)
    held = added.where(both).rename_axis(index="region", columns="industry")
    part, share = held.sum() / held.sum().sum(), held.sum(axis=1) / held.sum().sum()
    cells = pd.DataFrame({"size": held.stack().dropna()}).reset_index()
    at = list(zip(cells["region"], cells["industry"], strict=True))
    for name, table in found.items():
        cells[name] = table.stack().loc[at].to_numpy()
    cells["jobs"] = jobs.stack().loc[at].to_numpy()
    cells["kind"] = cells["industry"].map(kinds)
    farms = cells["industry"].astype(str).str.startswith("Agriculture")
    sectors = {kind: sector for sector, held in OF_SECTOR.items() for kind in held}
    # mining lies with manufacturing: of what is primary, farming alone makes the primary sector
    sectors["primary"] = "secondary"
    cells["sector"] = np.where(farms, "primary", cells["kind"].map(sectors))
    cells["part"], cells["share"] = cells["industry"].map(part), cells["region"].map(share)
    cells["total"] = cells["region"].map(held.sum(axis=1))
    cells["wanted"] = cells["total"] * cells["part"]
    cells["region"], cells["industry"] = cells["region"].astype(str), cells["industry"].astype(str)
    return cells.assign(country=country, study=country, year=year)


def sector_spreads(rows: pd.DataFrame, model: Covariate) -> pd.Series:
    """By country and sector, how far quotients of jobs lie from those of value added.

    The 90 % point of the residual ln j - slope × ln q about its median, over that of a normal
    deviation, and brought to a part and a share of 1 % by the exponents of the model.
    """
    by = ["country", "year", "region"]
    sums = rows.groupby([*by, "sector"])[["size", "jobs"]].sum()
    apart = list[pd.Series]()
    for name in ("size", "jobs"):
        share = sums[name] / sums[name].groupby(by).transform("sum")
        apart.append(share.where(share > 0).transform(np.log))
    left = (apart[1] - model.slope * apart[0]).rename("left").reset_index()
    held = sums["size"].reset_index()
    year, sector, region = (held.groupby(list(names))["size"].transform("sum") for names in (
        by[:2], (*by[:2], "sector"), by))  # fmt: skip
    unit = dataclasses.replace(model, sd=np.ones(len(KINDS)))
    at = np.zeros(len(held), dtype=int)
    scale = unit.deviation(at, (sector / year).to_numpy(), (region / year).to_numpy())
    groups = ["country", "year", "sector"]
    middle = left.groupby(groups)["left"].transform("median")
    left["away"] = (left["left"] - middle).abs() / scale
    ends = left.dropna().groupby(groups)["away"].quantile(LEVEL) / NORMAL
    return (ends**2).groupby(["country", "sector"]).mean() ** 0.5


def chinese_cities(folder: Path) -> pd.DataFrame:
    """Cities by three sectors: value added, and jobs of urban units alone."""
    file = folder / FILES["china"]
    jobs, flags = pd.read_csv(file), pd.read_csv(file.with_name("city_employment_flags.csv"))
    odd = pd.MultiIndex.from_frame(flags[["year", "city"]])
    jobs = jobs[~pd.MultiIndex.from_frame(jobs[["year", "city"]]).isin(odd)]
    sections = [name for name in map(str, jobs) if name[1] == "_"]
    jobs = jobs.dropna(subset=sections).set_index(["year", "code"])
    ends = {"primary": "A", "secondary": "BCDE", "tertiary": "FGHIJKLMNOPQRS"}
    added = pd.read_csv(file.with_name("city_gdp_sectors_2000_2023.csv"))
    added = added.dropna(subset=[f"{sector}_100m_cny" for sector in SECTORS])
    added = added.drop_duplicates(["year", "code"]).set_index(["year", "code"])
    found = list[pd.DataFrame]()
    for sector, letters in ends.items():
        counted = jobs[[name for name in sections if name[0] in letters]].sum(axis=1)
        one = pd.DataFrame({"jobs": counted, "size": added[f"{sector}_100m_cny"]}).dropna()
        found.append(one.rename_axis(["year", "region"]).reset_index().assign(sector=sector))
    every = pd.concat(found, ignore_index=True)
    return every[every["year"].isin(CITY_YEARS)].assign(country="china")
