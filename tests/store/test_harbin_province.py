"""Heilongjiang in the case of Harbin: investment and emissions by industry, and its own supply."""

from __future__ import annotations

import csv
import re
from functools import cache

import pandas as pd
import pytest

from shared import DATA
from songhua import Run, store
from songhua.labels import parse_period
from songhua.region import Region
from songhua.session import example
from songhua.studies.panels import panels

PROVINCES = DATA / "china_provinces"
PLACE = "heilongjiang"
SUMS = {"province_investment": "provinces-investment-sum", "province_co2": "provinces-co2-sum"}
#: Rows of one panel: Heilongjiang's, and the sum's.
WHOLE, PARTS = "all", {"province_investment": "sections", "province_co2": "inventory"}


@cache
def region() -> Region:
    return store.read(example("harbin"), history=False).region


def parts(indicator: str) -> list[str]:
    name = PARTS[indicator]
    return [id for id, one in region().industries.items() if one.get("partition") == name]


@pytest.mark.parametrize(("indicator", "many"), [("province_investment", 19), ("province_co2", 47)])
def test_industries_add_up_to_the_whole(indicator: str, many: int) -> None:
    """Of Heilongjiang within what rounding leaves open; of a sum within what its members miss."""
    named = parts(indicator)
    assert len(named) == many
    low, high = (region().panel(indicator, end) for end in ("low", "high"))
    assert low.notna().all().all()
    over, under = low[named].sum(axis=1) - high[WHOLE], low[WHOLE] - high[named].sum(axis=1)
    gap = over.combine(under, max)
    own = gap.xs(PLACE, level="region")
    assert own.max() <= 1e-9
    most = {"province_investment": 1e-3, "province_co2": 1e-12}[indicator]
    assert (gap / high[WHOLE]).max() < most


@pytest.mark.shared("china_provinces")
def test_every_cell_is_that_of_the_source() -> None:
    invested = pd.read_csv(PROVINCES / "province_investment_by_section_2003_2023.csv")
    invested = invested[invested["province"] == "黑龙江省"].set_index("year")
    mine = region().panel("province_investment").xs(PLACE, level="region")
    assert [int(year) for year in mine.index] == [*range(2003, 2011), *range(2012, 2018)]
    for industry in map(str, mine.columns):
        letter = industry.removeprefix("section-").upper()
        of_it = (str(name) for name in invested if str(name).startswith(f"{letter}_"))
        column = invested["total" if industry == WHOLE else next(of_it)]
        assert mine[industry].tolist() == [column[int(str(year))] for year in mine.index]
    emitted = pd.read_csv(PROVINCES / "province_co2_by_sector_1997_2019.csv")
    emitted = emitted[emitted["province"] == "Heilongjiang"].set_index("sector")
    mine = region().panel("province_co2").xs(PLACE, level="region").T
    years = [str(year) for year in range(1997, 2020)]
    columns = [WHOLE, *parts("province_co2")]  # in the order of the inventory
    wanted = emitted[years].to_numpy()
    assert (mine.loc[columns, years].to_numpy() == wanted).all()


@pytest.mark.shared("china_provinces")
def test_printed_growth_gives_the_levels_of_the_compiler() -> None:
    table = pd.read_csv(PROVINCES / "province_investment_by_section_2003_2023.csv")
    level = table[table["province"] == "黑龙江省"].set_index("year")["total"]
    rate = region().panel("province_investment_growth")[WHOLE].xs(PLACE, level="region")
    assert list(rate.index) == ["2018", "2020", "2021", "2022", "2023"]
    for year, value in rate.items():
        assert level[int(str(year)) - 1] * (1 + value / 100) == pytest.approx(level[int(str(year))])


def test_a_sum_of_provinces_is_named_by_their_number_and_holds_heilongjiang() -> None:
    for indicator, place in SUMS.items():
        number = int(re.findall(r"\d+", region().label("places", place))[0])
        frame = region().panel(indicator)
        half = (region().panel(indicator, "high") - frame)[WHOLE].xs(place, level="region")
        if indicator == "province_co2":  # each member has six decimals
            assert half.iloc[-1] == pytest.approx(number * 5e-7)
        share = frame.xs(PLACE, level="region") / frame.xs(place, level="region")
        assert (share.min() >= 0).sum() == (share.max() < 1).sum() >= len(parts(indicator))
        assert 0.015 < share[WHOLE].min() < share[WHOLE].max() < 0.06
        assert "Not the nation" in str(region().places[place]["note"])


def test_what_was_left_out_says_why() -> None:
    with (example("harbin") / "left_out.csv").open(encoding="utf-8", newline="") as rows:
        told = [row["what"] for row in csv.DictReader(rows) if row["source"].startswith("prov")]
    assert any("2011" in what for what in told)
    assert any("2018 to 2023" in what for what in told)
    assert any("2002" in what for what in told)


def test_the_province_stands_for_itself_in_each_table_that_compares(harbin: Run) -> None:
    held = {one.indicator: one for one in panels(region()) if one.place == PLACE}
    assert {id: held[id].nation for id in SUMS} == SUMS
    result = harbin.results["diagnose"]
    for name in ("location_quotients", "shift_share", "specialisation"):
        rows = result.tables[name]
        rows = rows[rows["indicator"].isin(list(SUMS))]
        assert set(rows["indicator"]) == set(SUMS), name
        assert set(rows["region"]) == {PLACE}, name
        assert set(rows["reference"]) == set(SUMS.values()), name
    for code in ("shift_share_parts", "most_specialised", "structure_distance"):
        about = [one.params for one in result.findings if one.code == code]
        whose = {one["indicator"]: one["region"] for one in about}
        assert {id: whose[id] for id in SUMS} == dict.fromkeys(SUMS, PLACE), code
        assert whose.get("city_jobs", "harbin") == "harbin"  # one year since the last break
    ranked = set(result.tables["peers"]["indicator"])
    assert not ranked & set(SUMS)  # Harbin is not among the provinces


def test_no_change_of_investment_crosses_a_break(harbin: Run) -> None:
    rows = harbin.results["diagnose"].tables["shift_share"]
    rows = rows[(rows["indicator"] == "province_investment") & (rows["industry"] == WHOLE)]
    spans = [(str(row.start), str(row.end)) for row in rows.itertuples()]
    assert spans == [("2003", "2010"), ("2012", "2013"), ("2014", "2017")]
    indicator = region().indicator("province_investment")
    assert all(indicator.unbroken(parse_period(a), parse_period(b)) for a, b in spans)


def test_own_supply_of_the_province_is_none_of_the_city(harbin: Run) -> None:
    rows = region().figures.observations.frame
    rows = rows[rows["indicator"] == "own_supply_of_province"]
    assert set(rows["region"]) == {PLACE}
    assert rows.set_index("industry")["value"].astype(float).round(1).to_dict() == {
        "agriculture": 92.1, "non-agriculture": 78.3,
    }  # fmt: skip
    assert harbin.results["simulate"].tables["own_supply"].empty
