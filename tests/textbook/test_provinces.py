"""Innovation capability of China's provinces, 2010 to 2023, with ranges of ranks.

Ten indicators in two pillars that weigh the same. Size: R&D spending, R&D staff (full-time
equivalent), invention patents in force, value of technology contracts sold, revenue of
high-technology industry. Effort: R&D spending in GDP, science in the public budget, basic research
in R&D spending, invention patents granted per member of R&D staff, profit in high-technology
revenue. An indicator that nobody has for a year is left out of it (R&D in GDP in 2010, technology
contracts in 2011, high-technology industry in 2017), so that years are not strictly comparable; a
province that lacks a figure is left out of the year (Tibet, where it sold no contracts).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from shared import DATA
from songhua.maths.composite import Ranges, Recipe, build, rank_ranges, screen

FOLDER = DATA / "china_province_tech_agri_panels"
pytestmark = pytest.mark.shared("china_province_tech_agri_panels")

YEARS = range(2010, 2024)
NATION, REGION = "全国", "黑龙江"
MISPRINT = {"内蒙占": "内蒙古"}
FIGURES = {
    "rd": ("RDActivity", "v4_zh_nbzc_hj"),
    "basic": ("RDActivity", "v4_zh_nbzc_jcyj"),
    "staff": ("RDLaborHour", "v4_zh_qsdl_hj"),
    "patents": ("RDPatentValid", "v4_cg_zlsyx_fm"),
    "granted": ("RDPatentAuthority", "v4_cg_zlsq2_fm"),
    "contracts": ("MarketPush", "v4_cg_jssc_je"),
    "revenue": ("IndustryOperation", "v4_cy_scjy_zyyw"),
    "profit": ("IndustryOperation", "v4_cy_scjy_lrze"),
    "budget": ("PublicBudget", "v6_cz_yszc_hj"),
    "science": ("PublicBudget", "v6_cz_yszc_kxjs"),
    "rd_in_gdp": ("RDIntense", "v4_ztr_qd_RD"),
}
SIZE = ("rd", "staff", "patents", "contracts", "revenue")
EFFORT = ("rd_in_gdp", "science_share", "basic_share", "granted_per_staff", "margin")
CHOICES = {
    "treat": ["none", "winsorise_or_log"],
    "normalise": ["minmax", "rank"],
    "weight": ["equal", "entropy", "critic"],
    "aggregate": ["arithmetic", "geometric"],
}
# year: (rank of the plain recipe, best, median, worst, provinces)
HEILONGJIANG = {
    2010: (11, 3, 12.0, 16, 30),
    2011: (16, 7, 14.0, 19, 31),
    2012: (14, 7, 13.0, 15, 30),
    2013: (16, 11, 14.0, 17, 30),
    2014: (18, 12, 15.0, 20, 30),
    2015: (12, 8, 13.0, 16, 30),
    2016: (12, 8, 14.0, 18, 30),
    2017: (15, 11, 15.0, 17, 31),
    2018: (13, 8, 16.0, 20, 31),
    2019: (14, 8, 16.0, 20, 31),
    2020: (17, 12, 17.0, 20, 31),
    2021: (21, 14, 19.0, 22, 31),
    2022: (21, 13, 18.0, 22, 31),
    2023: (22, 15, 20.0, 23, 31),
}


@cache
def panel() -> pd.DataFrame:
    """(year, province) x figures."""
    columns = {}
    for name, (file, variable) in FIGURES.items():
        table = pd.read_csv(FOLDER / f"{file}.csv")
        table = table[(table["variables"] == variable) & table["year"].isin(YEARS)]
        table = table[table["province"] != NATION].replace({"province": MISPRINT})
        columns[name] = table.set_index(["year", "province"])["value"]
        assert columns[name].index.is_unique
    return pd.DataFrame(columns).astype(float)


def indicators(year: int) -> pd.DataFrame:
    """Provinces x indicators of a year, without indicators that nobody has."""
    x = panel().loc[year]
    made = x[[*SIZE, "rd_in_gdp"]].assign(
        science_share=x["science"] / x["budget"],
        basic_share=x["basic"] / x["rd"],
        granted_per_staff=x["granted"] / x["staff"],
        margin=x["profit"] / x["revenue"],
    )
    return made.dropna(axis=1, how="all")


def recipe(frame: pd.DataFrame) -> Recipe:
    """The plain recipe: min-max over 1 to 100, equal weights in two equal pillars."""
    tree = {c: "size" if c in SIZE else "effort" for c in frame.columns}
    return Recipe(bounds=(1, 100), tree={**tree, "size": "index", "effort": "index"})


@cache
def ranges(year: int) -> Ranges:
    """All 24 recipes, each with its own weights and with 20 sets of weights moved by a quarter."""
    frame = screen(indicators(year), 1.0)
    rng = np.random.default_rng(year)
    return rank_ranges(frame, recipe(frame), CHOICES, rng=rng, move=0.25, draws=20)


def stands(year: int) -> tuple[int, int, float, int, int]:
    """Where the region stands in a year: base, low, median, high, of how many."""
    table = ranges(year).table
    base, low, middle, high = (table.loc[REGION, c] for c in ("base", "low", "median", "high"))
    return int(base), int(low), float(middle), int(high), len(table)


def test_the_panel_is_thirty_one_provinces_in_every_year():
    for year in YEARS:
        assert len(panel().loc[year]) == 31


def test_what_is_left_out_is_known():
    absent = {y: sorted({*SIZE, *EFFORT} - set(indicators(y).columns)) for y in YEARS}
    assert {y: names for y, names in absent.items() if names} == {
        2010: ["rd_in_gdp"],
        2011: ["contracts"],
        2017: ["margin", "revenue"],
    }
    for year in YEARS:
        notes = []
        screen(indicators(year), 1.0, notes)
        assert {n.indicator for n in notes} <= {"西藏"}


@pytest.mark.parametrize("year", YEARS)
def test_where_heilongjiang_stands(year):
    assert stands(year) == HEILONGJIANG[year]


def test_every_range_holds_every_recipe():
    for year in (2010, 2016, 2023):
        frame = screen(indicators(year), 1.0)
        made = ranges(year)
        plain = build(frame, recipe(frame)).ranks
        assert (made.table["base"] == plain).all()
        assert (made.table["low"] <= plain).all()
        assert (made.table["high"] >= plain).all()
        assert not made.refused
        assert len(made.runs) == 24 * 21


def test_the_first_places_are_surer_than_the_middle():
    table = ranges(2023).table
    width = table["high"] - table["low"]
    assert width[table["base"] <= 5].mean() < width[table["base"].between(11, 20)].mean()
