"""Regions whose accounts were published, in one form: sizes by region and industry, and the nation.

Nothing is kept of the files beyond the run. `accounts_industries.csv` beside this script gives the
first division of ISIC of each industry of a classification, and which industries are `leaf` (those
of one leaf never lie within another's).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import regional_studies

INDUSTRIES = Path(__file__).with_name("accounts_industries.csv")
#: The sectors of each year's tables of provinces that an industry joins.
CHINESE_SECTORS = Path(__file__).with_name("china_sectors.csv")
#: The last division of ISIC of each kind, and of each sector.
KINDS = {"primary": 9, "manufacturing": 33, "utilities": 43, "services": 82, "public": 99}
SECTORS = {"primary": 3, "secondary": 43, "tertiary": 99}
#: In the sources, less than this is written (L), and stands here as half of it (millions of USD).
LITTLE = 0.5
#: Jobs are rounded to three in New Zealand, to a hundred in China (10,000 persons), and disturbed
#: in Australia: of cells where the nation's share leads to expect fewer, nothing is said.
COUNTED = {"new_zealand": 30.0, "china": 0.03, "australia": 30.0}
#: Metropolitan areas with fewer jobs have too many industries that are withheld.
METRO = 60_000


@dataclass(frozen=True)
class Panel:
    """The regions of one study in one year.

    Attributes:
        study, country: the name, and the unit that is left out.
        classification: of the industries.
        year: of the sizes.
        sizes: region × industry; missing where a cell was not published.
        nation: by industry.
        measure: value_added or jobs.
    """

    study: str
    country: str
    classification: str
    year: int
    sizes: pd.DataFrame
    nation: pd.Series
    measure: str

    def rows(self) -> pd.DataFrame:
        """A row for each cell: its log quotient, and all that it is explained by."""
        known = industries(self.classification).loc[self.sizes.columns]
        whole, part = self.sizes.sum(axis=1), self.nation / self.nation.sum()
        cells = self.sizes.rename_axis(index="region", columns="industry").stack()
        rows = cells.rename("size").reset_index()
        rows["total"] = rows["region"].map(whole)
        rows["part"] = rows["industry"].map(part)
        rows["share"] = rows["total"] / self.nation.sum()
        rows["kind"] = rows["industry"].map(known["kind"])
        rows["sector"] = rows["industry"].map(known["sector"])
        rows["industry"] = rows["industry"].map(known["code"])
        rows["country"], rows["study"], rows["year"] = self.country, self.study, self.year
        rows["wanted"] = rows["total"] * rows["part"]
        least = COUNTED.get(self.study, 0.0)
        # what is counted as none is less than a step
        rows["size"] = rows["size"].clip(lower=least / 10)
        rows = rows[(rows["wanted"] >= least) & (rows["size"] > 0)]
        return rows.assign(log_quotient=np.log(rows["size"] / rows["wanted"])).reset_index(
            drop=True
        )


def industries(classification: str) -> pd.DataFrame:
    """The industries of a classification by column of its file: code, kind, sector, leaf."""
    table = pd.read_csv(INDUSTRIES, dtype={"code": str, "column": str})
    table = table[table["classification"] == classification].set_index("column")
    for name, last in (("kind", KINDS), ("sector", SECTORS)):
        ends = list(last.values())
        table[name] = [list(last)[np.searchsorted(ends, at)] for at in table["division"]]
    return table


def united_states(file: Path, years: tuple[int, ...], leaf: bool = True) -> Iterator[Panel]:
    """51 states: value added by industry."""
    table = pd.read_csv(file, dtype={"IndustryId": str})
    known = industries("bea")
    table = table[table["IndustryId"].isin(known.index[known["leaf"] >= leaf])]
    little = np.where(table["note"] == "(L)", LITTLE / 2, np.nan)
    table["value"] = table["value_musd"].fillna(pd.Series(little, table.index))
    for year in years:
        wide = table[table["year"] == year].pivot(
            index="GeoFIPS", columns="IndustryId", values="value"
        )
        states = wide[(wide.index > 0) & (wide.index < 90_000)]
        yield Panel("us_states", "united_states", "bea", year, states, wide.loc[0], "value_added")


def metros(file: Path) -> Iterator[Panel]:
    """Metropolitan areas: jobs by three digits of NAICS, as far as they were published."""
    table = pd.read_csv(file, dtype={"naics_code": str})
    wide = table[table["EMP"] > 0].pivot(index="cbsa_code", columns="naics_code", values="EMP")
    large = wide[wide.sum(axis=1) >= METRO]
    yield Panel("us_metros", "united_states", "naics3", 2018, large, wide.sum(), "jobs")


def finland(file: Path) -> Iterator[Panel]:
    """Nineteen regions: value added by thirty industries."""
    table = pd.read_csv(file)
    table = table[table["ACCOUNT"].str.startswith("Arvonlis")]
    wide = table.pivot(index="REG", columns="IND", values="value")
    yield _panel(wide, "finland", 2014, "value_added")


def united_kingdom(file: Path, years: tuple[int, ...] = (1998, 2008, 2018)) -> Iterator[Panel]:
    """182 regions: value added, printed in whole millions of pounds."""
    table = pd.read_parquet(file)
    table = table[(table["level"] == "ITL3") & (table["industry_code"] != "Total")]
    for year in years:
        wide = table[table["year"] == year].pivot(
            index="region_code", columns="industry_code", values="gva_current_gbp_m"
        )
        # nought is less than half a million; one value is below it
        yield _panel(wide.where(wide > 0, 0.25), "united_kingdom", year, "value_added")


def new_zealand(file: Path, years: tuple[int, ...] = (1986, 1996, 2006)) -> Iterator[Panel]:
    """143 urban areas: residents employed."""
    table = pd.read_csv(file)
    for year in years:
        wide = table[table["year"] == year].pivot(
            index="area_code", columns="industry_code", values="employment"
        )
        yield _panel(wide.fillna(0.0), "new_zealand", year, "jobs")


def china(file: Path, years: tuple[int, ...] = (2005, 2010, 2016)) -> Iterator[Panel]:
    """Cities: jobs of urban units by section, where all nineteen are there and none is flagged."""
    table = pd.read_csv(file)
    flags = pd.read_csv(file.with_name("city_employment_flags.csv"))
    odd = pd.MultiIndex.from_frame(flags[["year", "city"]])
    table = table[~pd.MultiIndex.from_frame(table[["year", "city"]]).isin(odd)]
    sections = {name: name[0] for name in table if name[1] == "_"}
    for year in years:
        one = table[table["year"] == year].set_index("code")[list(sections)].dropna()
        yield _panel(one.rename(index=str, columns=sections), "china", year, "jobs")


def chinese_provinces(
    file: Path, years: tuple[int, ...] = (2002, 2007, 2012, 2017)
) -> Iterator[Panel]:
    """Provinces: value added by 38 industries of their own input-output tables."""
    sectors = pd.read_csv(CHINESE_SECTORS, dtype=str, index_col=0)
    for year in years:
        of_year = file.with_name(f"provincial_io_{year}_42.csv.gz")
        table = pd.read_csv(of_year, dtype={"row": str, "col": str})
        wide = table[table["row"] == "TVA"].pivot(index="province", columns="col", values="value")
        sizes = pd.DataFrame({
            name: wide[codes.split()].sum(axis=1) for name, codes in sectors[str(year)].items()
        })  # fmt: skip
        study = "china_provinces"
        yield Panel(study, "china", study, year, sizes, sizes.sum(), "value_added")


def canada(file: Path) -> Iterator[Panel]:
    """Ten provinces: value added, as share of output times output."""
    one = regional_studies.canada(file.parent)
    yield _panel(one.output * one.ratios["value_added"], "canada", 2021, "value_added")


def japan(file: Path) -> Iterator[Panel]:
    """42 prefectures: output of ten industries."""
    yield _panel(regional_studies.japan(file.parent).output, "japan", 2015, "output")


def australia(file: Path) -> Iterator[Panel]:
    """Some 500 local areas: jobs by division of ANZSIC, where people work."""
    table = pd.read_csv(file)
    table = table[table["industry"].isin(industries("australia").index)]
    for year, one in table.groupby("year"):
        wide = one.pivot_table(index="lga_pow", columns="industry", values="employment")
        yield _panel(wide, "australia", int(str(year)[:4]), "jobs")


def _panel(sizes: pd.DataFrame, country: str, year: int, measure: str) -> Panel:
    """A study that is a country, its nation being the sum."""
    sizes = sizes.rename(columns=str)
    return Panel(country, country, country, year, sizes, sizes.sum(), measure)


#: The file of each study, and how it is read.
STUDIES: dict[str, tuple[str, Callable[..., Iterator[Panel]]]] = {
    "us_states": (
        "us_state_gdp_by_industry_1997_2017/us_state_gdp_by_industry_1997_2017_long.csv.gz",
        lambda file: united_states(file, (2007, 2012, 2016)),
    ),
    "us_metros": ("us_cbp2018_cbsa_naics/cbp2018_cbsa_naics3.csv.gz", metros),
    "finland": ("finland_regional_io_2014/accounts_all_regions.csv.gz", finland),
    "united_kingdom": (
        "uk_itl3_industry_1998_2018/uk_itl3_gva_by_industry.parquet", united_kingdom,
    ),
    "new_zealand": ("nz_urban_industry_1976_2006/employment.csv.gz", new_zealand),
    "china": ("china_cities/city_employment_sections_2000_2022.csv", china),
    "china_provinces": ("china_provincial_io/provincial_io_2017_42.csv.gz", chinese_provinces),
}  # fmt: skip
#: Studies that are scored, and that nothing was learnt from or chosen by.
UNTOUCHED: dict[str, tuple[str, Callable[..., Iterator[Panel]]]] = {
    "canada": ("regional_trade_canada_us/canada_2021_summary.csv", canada),
    "japan": ("japan_regional_inputs_2015/output_12.csv", japan),
    "australia": (
        "au_lga_employment_anzsic_2011_2016/au_employment_place_of_work_lga_anzsic19.csv.gz",
        australia,
    ),
}


def cells(folder: Path, study: str) -> pd.DataFrame:
    """The rows of all years of a study."""
    name, read = {**STUDIES, **UNTOUCHED}[study]
    return pd.concat([panel.rows() for panel in read(folder / name)], ignore_index=True)


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
