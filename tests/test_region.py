"""The region: views as of a date, finding, the best of several sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from small import HEADING, write
from songhua import store
from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.region import Region
from songhua.region.relations import Kind, Relations

SOURCES = """
[old]
title = "T"
publisher = "P"
published = "2020-06"
grade = "official"

[new]
title = "T"
publisher = "P"
published = "2021-06-30"
grade = "official"

[paper]
title = "T"
publisher = "P"
published = "2022"
grade = "press"

[undated]
title = "T"
publisher = "P"
grade = "official"
"""
CLAIMS = """
[c]
source = "new"
says = { en = "A.", zh = "甲。" }
uncheckable = { en = "B.", zh = "乙。" }

[d]
source = "undated"
says = { en = "A.", zh = "甲。" }
uncheckable = { en = "B.", zh = "乙。" }
"""
ROWS = """
gdp,rivertown,,,2019,1.0,bn EUR,,actual,,,old,,2026-01-02,
gdp,rivertown,,,2019,2.0,bn EUR,,actual,,,new,,2026-01-02,
gdp,rivertown,,,2019,3.0,bn EUR,,actual,,,paper,,2026-01-02,
gdp,rivertown,,,2018,4.0,bn EUR,,actual,,,undated,,2026-01-02,
gdp,rivertown,,,2018-H1,5.0,bn EUR,,actual,,,old,,2026-01-02,
gdp,rivertown,food,,2019,0.6,bn EUR,,actual,,,old,,2026-01-02,
gdp,upland,,,2019,7.0,bn EUR,,actual,,,old,,2026-01-02,
gdp,rivertown,,,2019,8.0,bn EUR,,target,,,old,,2026-01-02,
gdp,rivertown,,,2019,9.0,bn EUR,,actual,revised,,old,,2026-01-02,
"""


@pytest.fixture
def region(tmp_path: Path) -> Region:
    rows = f"{HEADING}{ROWS}"
    return store.read(
        write(tmp_path, sources_toml=SOURCES, claims_toml=CLAIMS, observations__economy_csv=rows)
    ).region


def numbers(of: Region, /, **labels: object) -> list[float]:
    return of.find(**labels)["number"].tolist()


def test_labels_not_given_have_their_usual_value(region: Region) -> None:
    assert numbers(region, indicator="gdp") == [5, 4, 1, 2, 3]
    assert numbers(region, indicator="gdp", industry="food") == [0.6]
    assert numbers(region, indicator="gdp", industry=None, period="2019") == [1, 2, 3, 0.6]
    assert numbers(region, region="upland") == [7]
    assert numbers(region, kind="target") == [8]
    assert numbers(region, vintage="revised") == [9]
    assert numbers(region, period="2019-01..2019-12", source=("old", "paper")) == [1, 3]
    assert numbers(region, indicator="gdp", period="1999") == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda region: region.find(indicator="gpd"),
        lambda region: region.figure("gpd", "2019"),
        lambda region: region.series("gpd"),
        lambda region: region.panel("gpd"),
        lambda region: region.indicator("gpd"),
        lambda region: region.relations.growth_of("gpd"),
        lambda region: region.find(region="uplnd"),
        lambda region: region.find(industry=("food", "foodd")),
        lambda region: region.find(source="papr"),
        lambda region: region.role("uplnd"),
        lambda region: region.parent("foodd"),
        lambda region: region.grade("papr"),
        lambda region: region.unit("gpd"),
        lambda region: region.label("indicators", "gpd"),
        lambda region: region.label("places", "uplnd"),
    ],
)
def test_an_unknown_id_is_refused_with_the_name_that_looks_like_it(
    region: Region, ask: Callable[[Region], object]
) -> None:
    with pytest.raises(SonghuaError) as error:
        ask(region)
    fault = error.value.faults[0]
    assert fault.code == "label_unknown"
    assert fault.params["near"] in ("gdp", "upland", "food", "paper")


def test_rows_carry_their_place(region: Region) -> None:
    ids = region.find(source="paper")["id"].tolist()
    assert [region.place_of(id) for id in ids] == ["economy.csv:4"]
    with pytest.raises(SonghuaError) as error:
        region.place_of("economy.csv:4")
    assert error.value.faults[0].code == "observation_unknown"
    assert region.view(date(2020, 6, 30)).find()["id"].isin(region.find()["id"]).all()


def test_a_label_that_is_no_column(region: Region) -> None:
    with pytest.raises(SonghuaError) as error:
        region.find(colour="red")
    assert error.value.faults[0].code == "label_column_unknown"
    with pytest.raises(SonghuaError) as error:
        region.find(period="soon")
    assert error.value.faults[0].code == "period_unreadable"


def test_the_best_is_by_grade_and_then_by_date(region: Region) -> None:
    best = region.best(region.find(indicator="gdp", period="2019"))
    assert best is not None
    assert best["number"] == 2
    assert region.best(region.find(indicator="gdp", period="1999")) is None
    undated = region.best(region.find(indicator="gdp", period="2018"))
    assert undated is not None
    assert undated["number"] == 4
    both = region.find(indicator="gdp", source=("undated", "new", "paper"))
    most = region.best(both)
    assert most is not None
    assert most["number"] == 2


def test_a_series_has_one_figure_a_period_in_order(region: Region) -> None:
    assert region.series("gdp")["number"].tolist() == [5, 4, 2]
    figure = region.figure("gdp", "2018-Q1..2018-Q2")
    assert figure is not None
    assert figure["number"] == 5
    assert region.figure("gdp", "2030") is None


@pytest.mark.parametrize(
    ("day", "seen", "later", "claims"),
    [
        (date(2020, 6, 29), [], 8, []),
        (date(2020, 6, 30), [5, 1], 2, []),
        (date(2021, 6, 29), [5, 1], 2, []),
        (date(2021, 6, 30), [5, 1, 2], 1, ["c"]),
        (date(2022, 12, 30), [5, 1, 2], 1, ["c"]),
        (date(2022, 12, 31), [5, 1, 2, 3], 0, ["c"]),
    ],
)
def test_as_of_a_day(
    region: Region, day: date, seen: list[float], later: int, claims: list[str]
) -> None:
    view = region.view(day)
    assert numbers(view, indicator="gdp") == seen
    assert view.hidden == {"unknown_date": 1}
    assert len(view.figures.observations) == 8 - later
    assert list(view.claims) == claims
    assert view.as_of == day
    assert len(region.figures.observations) == 9


def test_names_by_language(region: Region) -> None:
    assert region.label("places", "rivertown", "zh") == "河城"
    assert region.label("places", "upland") == "Upland"
    assert region.label("industries", "all", "zh") == "全部经济活动"
    assert region.grade("paper") == "press"


def test_a_closed_list_is_told(region: Region) -> None:
    for ask in (
        lambda: region.places_of("parents"),
        lambda: region.label("place", "upland"),
        lambda: region.panel("gdp", "mean"),
    ):
        with pytest.raises(SonghuaError) as error:
            ask()
        assert error.value.faults[0].code == "choice_unknown"


def test_a_region_until_a_period_has_no_later_cell_of_a_panel(tmp_path: Path) -> None:
    head = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
    cells = [
        f"gdp,rivertown,food,{year},0.4,bn EUR,,actual,old,2026-01-02" for year in (2019, 2021)
    ]
    made = write(
        tmp_path,
        sources_toml=SOURCES,
        panels__gdp_csv="\n".join([head, *cells]) + "\n",
        observations__economy_csv=f"{HEADING}{ROWS}",
    )
    region = store.read(made).region
    assert region.figures.cells.frame["period"].tolist() == ["2019", "2021"]
    with pytest.warns(DeprecationWarning, match="figures"):
        assert region.panels["number"].tolist() == [0.4, 0.4]
    with pytest.warns(DeprecationWarning, match="figures"):
        assert region.observations["id"].tolist() == region.figures.observations.ids.tolist()
    assert region.until(parse_period("2020")).figures.cells.frame["period"].tolist() == ["2019"]


def test_relations_are_those_that_the_catalogue_declares() -> None:
    growth, share = {"form": "growth", "of": "gdp"}, {"form": "share", "of": "gdp"}
    entries: dict[str, dict[str, object]] = {
        "gdp": {},
        "nominal": {**growth, "basis": "current"},
        "untold": growth,
        "real": {**growth, "basis": "constant"},
        "deposits_growth": {"form": "growth"},
        "average": {**growth, "form": "average_growth"},
        "points": {"form": "contribution_pp", "of": "real"},
        "share_of_growth": {"form": "share_of_growth", "of": "gdp", "whole": "goods"},
        "share": {**share, "not_comparable": ["land_share"]},
        "land_share": {**share, "of_place": "parent"},
        "city_share": {**share, "same_as": "share"},
    }
    relations = Relations(entries)
    assert relations.growth_of("gdp") == ["real", "untold", "nominal"]
    assert relations.growth_of("") == ["deposits_growth"]
    assert relations.rates_behind("points") == ["real"]
    assert relations.rates_behind("share_of_growth") == relations.growth_of("gdp")
    assert {relations.level_behind(id) for id in ("points", "real", "share")} == {"gdp"}
    assert [relations.level_of(id) for id in ("average", "points", "share")] == ["gdp", "", ""]
    assert relations.shares_of("gdp") == ["share", "land_share", "city_share"]
    assert relations.whole("share_of_growth", "food", {"gdp"}) == "goods"
    assert relations.whole("land_share", "food", {"gdp"}) == ""
    assert relations.comparable("city_share", "land_share") == Kind.NOT_COMPARABLE
    assert {one for kind in Kind for one in relations.declared(kind)} == {
        one for id in relations.indicators for one in relations.of(id)
    }
