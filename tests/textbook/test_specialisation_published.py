"""Specialisation and concentration against published numbers.

Small examples are restated: those of Farhauer and Kröll, Standorttheorien (2013 and 2014), with
their results as the manual of the R package REAT prints them (Wieland, REGION 6(3), 2019), unless
another source is named. Employment of Göttingen and Freiburg is read from the same package.
"""

import pandas as pd
import pytest

from close import assert_close
from shared import DATA
from songhua.maths.specialisation import (
    ellison_glaeser,
    herfindahl,
    krugman,
    location_quotients,
    locational_gini,
    specialisation_gini,
)
from textbook.published import FIRMS, FREIBURG, GOETTINGEN

GERMANY = DATA / "reat_germany"


def _row(*values, name="here"):
    return pd.DataFrame([values], index=[name], columns=range(len(values)))


def test_quotient_of_an_industry_among_all_others():
    frame = _row(1714, 79006 - 1714)
    nation = pd.Series([879213, 15593224 - 879213])
    assert location_quotients(frame, nation).iat[0, 0] == pytest.approx(0.3847623, abs=5e-8)


def test_quotient_of_a_county_with_twice_the_share():
    """8 per cent of jobs in the nation, 16 in the county: 2.0 (Bureau of Labor Statistics)."""
    assert location_quotients(_row(16, 84), pd.Series([8, 92])).iat[0, 0] == 2


def test_harbin_within_its_province():
    """Value added of 2020, 100m yuan: the city's bulletin, the province's yearbook table."""
    industries = ["primary", "secondary", "tertiary"]
    city = pd.DataFrame([[615.8, 1144.5, 3423.5]], index=["harbin"], columns=industries)
    province = pd.Series([3438.3, 3483.5, 6776.7], index=industries)
    found = location_quotients(city, province).loc["harbin"]
    assert found.round(3).tolist() == [0.473, 0.868, 1.335]


def test_gini_of_concentration():
    frame = pd.DataFrame({"industry": [500, 500, 1000, 7000, 1000]})
    size = pd.Series([20000, 15000, 20000, 40000, 5000])
    found = locational_gini(frame, size, form="quotients")
    assert found.at["industry", "gini"] == pytest.approx(0.4068966, abs=5e-8)


def test_gini_of_specialisation():
    frame = _row(700, 600, 500, 10000, 40000)
    nation = pd.Series([30000, 15000, 10000, 60000, 50000])
    assert specialisation_gini(frame, nation)["here"] == pytest.approx(0.6222222, abs=5e-8)


def test_krugman_where_nothing_is_shared():
    assert krugman(_row(20, 10, 70, 0, 0), pd.Series([0, 0, 0, 60, 40]))["here"] == pytest.approx(2)


def test_krugman_of_sweden_against_the_mean_structure_of_its_neighbours():
    neighbours = pd.DataFrame(
        [
            [35000, 12000, 30000, 8000, 22000],
            [40000, 10000, 25000, 9000, 18000],
            [30000, 11000, 18000, 3000, 13000],
            [40000, 6000, 11000, 2000, 12000],
        ]
    )
    mean = neighbours.div(neighbours.sum(axis=1), axis=0).mean()
    found = krugman(_row(45000, 15000, 32000, 10000, 30000), mean)["here"]
    assert found == pytest.approx(0.1595, abs=5e-5)


def test_krugman_of_mining_against_the_mean_place_of_other_industries():
    others = pd.DataFrame(
        [
            [20000, 11000, 31000, 8000, 20000],
            [40000, 10000, 25000, 9000, 16000],
            [10000, 11000, 14000, 14000, 13000],
            [7000, 7500, 11000, 1500, 36000],
        ]
    )
    mean = others.div(others.sum(axis=1), axis=0).mean()
    found = krugman(_row(4320, 7811, 3900, 2300, 47560), mean)["here"]
    assert found == pytest.approx(0.8619, abs=5e-5)


def test_herfindahl_of_four_car_makers():
    """Dörsam, Wirtschaftsstatistik (2004): 0.34, normalised 0.12, alike to 2.94 of one size."""
    frame = _row(20, 50, 20, 10)
    assert herfindahl(frame)["here"] == pytest.approx(0.34)
    assert herfindahl(frame, normalised=True)["here"] == pytest.approx(0.12)
    assert 1 / herfindahl(frame)["here"] == pytest.approx(2.94, abs=0.005)


def test_ellison_glaeser_in_three_towns():
    plants = pd.DataFrame(
        {
            "region": ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"],
            "industry": "one",
            "size": [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000],
        }
    )
    size = pd.Series({"Wien": 500000, "Linz": 400000, "Graz": 100000})
    found = ellison_glaeser(plants=plants, region_size=size).loc["one"]
    assert found["gamma"] == pytest.approx(0.05990628, abs=5e-9)


def _firms():
    rows = [
        (region, industry, size)
        for industry, regions in FIRMS.items()
        for region, sizes in regions.items()
        for size in sizes
    ]
    return pd.DataFrame(rows, columns=["region", "industry", "size"])


def test_ellison_glaeser_of_forty_two_firms():
    found = ellison_glaeser(plants=_firms())["gamma"]
    assert found["Clothing trade"] == pytest.approx(-0.09379384, abs=5e-9)
    assert found["Forestry"] == pytest.approx(0.16838003, abs=5e-9)


def _goettingen():
    frame = GOETTINGEN["Göttingen"].to_frame("Göttingen").T
    return frame.drop(columns="A-R"), GOETTINGEN["nation"].drop("A-R"), GOETTINGEN


def test_goettingen_2017():
    frame, nation, table = _goettingen()
    assert krugman(frame, nation)["Göttingen"] == pytest.approx(0.4508469, abs=5e-8)
    assert specialisation_gini(frame, nation)["Göttingen"] == pytest.approx(0.359852, abs=5e-7)
    total = table.loc["A-R"]
    found = location_quotients(
        frame,
        nation,
        totals=pd.Series({"Göttingen": total["Göttingen"]}),
        reference_total=total["nation"],
    ).loc["Göttingen"]
    assert found[["C", "P", "Q"]].round(4).tolist() == [0.5369, 2.7779, 1.6746]


def test_goettingens_sections_fall_short_of_its_total():
    """Suppressed sections: a quotient from the sections' own sum is higher by their share."""
    frame, nation, table = _goettingen()
    known, total = frame.loc["Göttingen"].sum(), table.at["A-R", "Göttingen"]
    assert (known, total) == (67283, 69403)
    own = location_quotients(frame, nation).loc["Göttingen"]
    given = location_quotients(frame, nation, totals=pd.Series({"Göttingen": total}))
    assert_close(own * known, given.loc["Göttingen"] * total, rtol=1e-12)


def test_freiburg_2014():
    frame = FREIBURG["Freiburg2014"].to_frame("Freiburg").T
    found = specialisation_gini(frame, FREIBURG["Germany2014"])
    assert found["Freiburg"] == pytest.approx(0.2089009, abs=5e-8)


@pytest.mark.shared("reat_germany")
def test_figures_that_stand_here_are_those_of_the_files():
    firms = pd.read_csv(GERMANY / "FK2014_EGC.csv").rename(columns={"emp_firm": "size"})
    assert _firms().to_numpy().tolist() == firms[["region", "industry", "size"]].values.tolist()
    table = pd.read_csv(GERMANY / "Goettingen.csv", index_col="WZ2008_Code")
    assert list(table.index) == list(GOETTINGEN.index)
    assert table[["Goettingen2017", "BRD2017"]].values.tolist() == GOETTINGEN.values.tolist()
    table = pd.read_csv(GERMANY / "Freiburg.csv").drop(columns=["industry", "color"])
    places = ["e_Freiburg2008", "e_Freiburg2014", "e_Germany2008", "e_Germany2014"]
    growth = ["e_g_Freiburg_0814", "e_g_Germany_0814"]
    assert table[[*places, *growth]].values.tolist() == FREIBURG.values.tolist()
