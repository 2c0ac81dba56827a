"""Shift-share on published examples.

The three regions are those of Farhauer and Kröll, Standorttheorien (2013); their parts come out
whole: the nation grows by 15 per cent, its industries by 10, 40, -10 and 20.
"""

import pandas as pd
import pytest

from shared import DATA
from songhua.maths.shift_share import dynamic_shift_share, shift_share
from textbook.published import FREIBURG

GERMANY = DATA / "reat_germany"

START = pd.DataFrame(
    [[90, 20, 10, 60], [60, 30, 30, 40], [250, 100, 110, 300]], index=["A", "B", "C"]
)
END = pd.DataFrame(
    [[100, 40, 10, 55], [85, 55, 40, 35], [255, 115, 85, 390]], index=["A", "B", "C"]
)
NATION = pd.Series([400, 150, 150, 400]), pd.Series([440, 210, 135, 480])


def test_three_regions_make_the_nation():
    assert START.sum().tolist() == NATION[0].tolist()
    assert END.sum().tolist() == NATION[1].tolist()


def test_parts_of_three_regions():
    found = shift_share(START, END, *NATION)
    assert found.loc["A"].tolist() == pytest.approx([27, 1, -3])
    assert found.loc["B"].tolist() == pytest.approx([24, -1, 32])
    assert found.loc["C"].tolist() == pytest.approx([114, 0, -29], abs=1e-12)


def test_parts_of_region_a_by_industry():
    """10 = 13.5 - 4.5 + 1, and so on: 90 at 15, then 10, then 11.1 per cent."""
    found = shift_share(START.loc["A"], END.loc["A"], *NATION)
    assert found["national"].tolist() == pytest.approx([13.5, 3, 1.5, 9])
    assert found["industry_mix"].tolist() == pytest.approx([-4.5, 5, -2.5, 3])
    assert found["regional"].tolist() == pytest.approx([1, 12, 1, -17])


def test_allocation_of_region_a():
    """180 in the nation's structure: 65.45, 24.55, 24.55, 65.45, at its own lead by industry."""
    found = shift_share(START, END, *NATION, form="esteban").loc["A"]
    lead = [100 / 90 - 1.1, 2 - 1.4, 1 - 0.9, 55 / 60 - 1.2]
    even = [180 * share / 1100 for share in (400, 150, 150, 400)]
    regional = sum(h * g for h, g in zip(even, lead, strict=True))
    assert found["regional"] == pytest.approx(regional)
    assert found["allocation"] == pytest.approx(-3 - regional)


def test_factors_of_region_a():
    """Regional factor 1.1389 / 1.15 = 0.9903: structure 208 / 207 times location 205 / 208."""
    found = shift_share(START, END, *NATION, form="gerfin").loc["A"]
    assert found.tolist() == pytest.approx([1.15, 208 / 207, 205 / 208])
    assert found["structure_factor"] * found["location_factor"] == pytest.approx(0.9903, abs=5e-5)


def _goettingen(years):
    table = pd.read_csv(GERMANY / "Goettingen.csv", index_col="WZ2008_Code").drop("A-R")
    region = pd.concat({y: table[f"Goettingen{y}"].to_frame("Göttingen").T for y in years})
    return region, pd.DataFrame({y: table[f"BRD{y}"] for y in years}).T


@pytest.mark.shared("reat_germany")
def test_goettingen_2008_to_2017_closes_year_by_year():
    region, nation = _goettingen(range(2008, 2018))
    found = dynamic_shift_share(region, nation).loc["Göttingen"]
    assert found.sum() == pytest.approx(67283 - 56872, rel=1e-13)
    static = shift_share(region.loc[2008], region.loc[2017], nation.loc[2008], nation.loc[2017])
    assert static.loc["Göttingen"].sum() == pytest.approx(67283 - 56872, rel=1e-13)
    assert static.loc["Göttingen", "national"] != pytest.approx(found["national"], rel=1e-3)


def test_freiburgs_growth_is_as_printed():
    table = FREIBURG
    sides = [table[f"{place}{year}"] for place in ("Freiburg", "Germany") for year in (2008, 2014)]
    factors = shift_share(*sides, form="gerfin", by="industry")
    growth = (factors.prod(axis=1) - 1) * 100
    assert growth.to_numpy() == pytest.approx(table["growth_Freiburg"].to_numpy(), rel=1e-12)
    lead = factors["national_factor"] * factors["structure_factor"]
    assert ((lead - 1) * 100).to_numpy() == pytest.approx(
        table["growth_Germany"].to_numpy(), rel=1e-12
    )
