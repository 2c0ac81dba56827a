"""A target finds its figure wherever the folder holds it, and no other."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine as calamine
from hypothesis import given
from hypothesis import strategies as st

import songhua
from songhua import render
from songhua.document.citations import Citations
from songhua.format.text import Link, parts
from songhua.format.view import View
from songhua.labels import parse_unit
from songhua.labels.units import SCALES, factor
from songhua.region.observations import Observation
from songhua.studies.diagnose import town
from songhua.studies.series import Figures
from songhua.studies.series_or_panels import Key, series_figures
from songhua.studies.track.target_series import SeriesLabels, other_places, series_of
from tracked import aim, figure, folder

PEOPLE = {"unit": "persons", "form": "level", "time": "stock"}
PER_HEAD = {"unit": "EUR per persons", "form": "ratio", "of": "gdp"}


def figures(*rows: Observation, **indicators: dict[str, str]) -> Figures:
    """The example's region with more indicators, and these observations."""
    plain = town.region()
    region = replace(plain, indicators=plain.indicators | indicators)
    return Figures.of(region, rows)


def level(indicator: str, period: str, printed: str, **labels: str) -> Observation:
    return Observation.of(indicator, period, printed, **{"region": "here", "unit": "x"} | labels)


def annual(given: Figures, indicator: str, unit: str, **labels: str) -> dict[int, float]:
    where = SeriesLabels(**{"region": "here"} | labels)
    return {int(k): v for k, v in series_of(given, indicator, where, unit).annual().items()}


def test_cells_of_panels_of_the_region_and_of_the_area_compared():
    assert annual(figures(), "jobs", "persons") == {2019: 40.0, 2021: 50.0}
    assert annual(figures(), "jobs", "persons", region="there", industry="tools") == {
        2019: 10.0, 2021: 20.0
    }  # fmt: skip
    assert other_places(figures(), "jobs", "here") == ["there", "land"]


def test_what_is_published_comes_before_a_cell():
    given = figures(level("jobs", "2021", "51", unit="persons"))
    assert annual(given, "jobs", "persons") == {2019: 40.0, 2021: 51.0}


def test_a_share_is_computed_from_levels():
    rows = [level("gdp", "2021", "50.0"), level("gdp", "2021", "20.0", industry="food")]
    given = figures(*rows)
    assert annual(given, "share", "%", industry="food") == {2021: 40.0}
    one = series_figures(given, Key("share", "here", "food"))[0]
    assert one.low < 40 < one.high
    printed = level("share", "2021", "41", industry="food", form="share")
    assert annual(figures(*rows, printed), "share", "%", industry="food") == {2021: 41.0}


def test_a_share_that_means_another_is_not_computed():
    """The published share of tools is not tools in the whole: the indicator's whole is another."""
    rows = [level("gdp", "2021", text, industry=name) for text, name in
            (("50.0", "all"), ("20.0", "food"), ("30.0", "tools"))]  # fmt: skip
    other = level("share", "2021", "75", industry="tools", form="share")
    assert annual(figures(*rows, other), "share", "%", industry="food") == {}


def test_a_figure_per_head_where_there_is_one_count_of_people():
    rows = [level("gdp", "2021", "50"), level("people", "2021", "1000000", unit="persons")]
    given = figures(*rows, people=PEOPLE, per_head=PER_HEAD)
    assert annual(given, "per_head", "EUR per persons") == {2021: 50_000.0}
    more = level("registered", "2021", "990000", unit="persons")
    two = figures(*rows, more, people=PEOPLE, registered=PEOPLE, per_head=PER_HEAD)
    assert annual(two, "per_head", "EUR per persons") == {}


@pytest.mark.parametrize("label", ["entity", "vintage", "scope"])
def test_an_entity_a_vintage_or_a_coverage_is_never_made_up(label):
    assert annual(figures(), "jobs", "persons", **{label: "other"}) == {}


@given(st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(SCALES)), st.integers(1, 999))
def test_units_a_power_of_ten_apart_are_brought_together(own, wanted, number):
    units = [f"{scale} persons".strip() for scale in (own, wanted)]
    given = figures(
        level("people", "2021", str(number), unit=units[0]), people=PEOPLE | {"unit": units[0]}
    )
    scale = factor(*map(parse_unit, units))
    assert annual(given, "people", units[1])[2021] == pytest.approx(number * scale, rel=1e-9)


def test_a_figure_of_a_panel_leads_to_its_cell(tmp_path: Path) -> None:
    head = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
    cells = [f"firms,rivertown,all,{year},{n},count,,actual,bulletin-2020,2026-01-02"
             for year, n in (("2020", 500), ("2022", 700))]  # fmt: skip
    made = folder(
        tmp_path, [aim("reach 1000", "firms", id="firms")], [figure("gdp", "2020", "5", "bn EUR")],
        panels__firms_csv="\n".join([head, *cells]) + "\n",
    )  # fmt: skip
    session = songhua.open(made)
    result = session.run("track")
    target = result.tables["targets"].iloc[0]
    assert (target["base"], target["latest"]) == (500.0, 700.0)
    ids = target["observations"].split()
    assert [session.region.place_of(id) for id in ids] == [
        "panels/firms.csv:2",
        "panels/firms.csv:3",
    ]
    assert {session.region.source_of(id) for id in ids} == {"bulletin-2020"}
    view = View.of(result)
    cited = [part.text for part in parts(Citations(view).of(ids)) if isinstance(part, Link)]
    assert cited == ["[1]", "[2]"]
    links = [part for part in parts(view.rests(ids)) if isinstance(part, Link)]
    assert [(link.text, link.to) for link in links] == [
        ("Statistics office 2021", "src-bulletin-2020")
    ]  # fmt: skip
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(render.tables(view)))
    rows = sheet.get_sheet_by_name("Observations cited").to_python()
    assert [row[-1] for row in rows if row[-1] in ids] == ids


def test_a_cell_keeps_its_name_where_it_moves(tmp_path: Path) -> None:
    head = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
    cells = [f"firms,rivertown,all,{year},5,count,,actual,bulletin-2020,2026-01-02"
             for year in range(2000, 2020)]  # fmt: skip
    names = []
    for at, order in enumerate((cells, cells[::-1])):
        made = folder(
            tmp_path / str(at), [], [], panels__firms_csv="\n".join([head, *order]) + "\n"
        )
        frame = songhua.open(made).region.figures.cells.frame
        assert frame["id"].is_unique
        names.append(dict(zip(frame["period"], frame["id"], strict=True)))
    assert names[0] == names[1]
