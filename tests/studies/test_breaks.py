"""A series that breaks is compared within its spans only; a panel that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from small import FILES, write
from songhua import store
from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.results import Result
from songhua.session import Run
from songhua.studies.diagnose.study import diagnose

HEAD = "indicator,region,industry,period,value,half_width,unit,status,kind,source,recorded"
#: Food and tools in millions of jobs; units are counted otherwise from 2012 and from 2020 on.
CELLS = {
    "rivertown": {"2010": (4, 6), "2011": (5, 6), "2012": (20, 10), "2014": (22, 11),
                  "2016": (22, 20), "2020": (9, 9)},
    "upland": {"2010": (20, 80), "2011": (30, 80), "2012": (100, 100), "2014": (110, 100),
               "2016": (120, 100), "2020": (50, 50)},
}  # fmt: skip
BROKEN = 'breaks = ["2012", "2020"]'
PERIODS = ["2010..2011", "2012..2016", "2020"]


def panel(**shown: str) -> str:
    """The cells as a file; `shown` has another value, half width and reason for some of them."""
    lines = [HEAD]
    for place, years in CELLS.items():
        for period, parts in years.items():
            numbers = {"all": sum(parts), "food": parts[0], "tools": parts[1]}
            for industry, number in numbers.items():
                value, half, status = shown.get(
                    f"{place}_{industry}_{period}", f"{number},,"
                ).split(",")
                lines.append(
                    f"gdp,{place},{industry},{period},{value},{half},bn EUR,{status},actual,"
                    "bulletin-2020,2026-01-02"
                )
    return "\n".join(lines) + "\n"


def folder(path: Path, said: str = BROKEN, **shown: str) -> Path:
    """The small folder, with the panel and the entry of the indicator."""
    indicators = FILES["indicators.toml"].replace("[gdp]", f"[gdp]\n{said}")
    return write(path, indicators_toml=indicators, panels__gdp_csv=panel(**shown))


def test_shift_share_stays_within_each_span(tmp_path: Path) -> None:
    found = diagnose(store.read(folder(tmp_path)).region)
    shifts = found.tables["shift_share"]
    whole = shifts[(shifts["region"] == "rivertown") & (shifts["industry"] == "all")]
    spans = whole[["start", "end", "change"]].astype(str).values.tolist()
    assert spans == [["2010", "2011", "1.0"], ["2012", "2016", "12.0"]]
    (told,) = [one for one in found.findings if one.code == "series_breaks"]
    assert told.params == {"indicator": "gdp", "periods": PERIODS}
    assert [one.params["start"] for one in found.findings if one.code == "shift_share_parts"] == [
        "2010", "2012",
    ]  # fmt: skip


def test_growth_is_that_of_the_last_span_with_two_periods(tmp_path: Path) -> None:
    tables = diagnose(store.read(folder(tmp_path)).region).tables
    quotients = tables["location_quotients"].set_index("industry")
    assert quotients["period"].astype(str).tolist() == ["2020", "2020"]
    assert quotients.loc["food", "value"] == pytest.approx(1.0)
    assert quotients.loc["food", "growth"] == pytest.approx(((22 / 20) ** (1 / 4) - 1) * 100)
    assert quotients.loc["tools", "growth"] == pytest.approx((2 ** (1 / 4) - 1) * 100)
    peers = tables["peers"]
    grown = peers[peers["form"] == "average_growth"]
    assert {tuple(map(str, one)) for one in grown[["start", "period"]].to_numpy()} == {
        ("2012", "2016")
    }


def test_without_breaks_the_whole_series_is_one(tmp_path: Path) -> None:
    found = diagnose(store.read(folder(tmp_path, "")).region)
    shifts = found.tables["shift_share"]
    assert set(shifts["start"].astype(str)) == {"2010"}
    assert set(shifts["end"].astype(str)) == {"2020"}
    assert "series_breaks" not in {one.code for one in found.findings}


def test_no_change_of_a_figure_across_a_break(tmp_path: Path) -> None:
    whole = store.read(folder(tmp_path / "whole", "")).region
    assert len(diagnose(whole).tables["changes"]) == 1  # 2020 over 2019
    cut = store.read(folder(tmp_path / "cut")).region
    assert diagnose(cut).tables["changes"].empty


def test_a_row_that_lacks_a_part_is_left_out_of_structure(tmp_path: Path) -> None:
    cell = {"rivertown_food_2014": ",,doubtful"}
    tables = diagnose(store.read(folder(tmp_path, **cell)).region).tables
    periods = tables["specialisation"]["period"].astype(str)
    assert "2014" not in set(periods)
    assert {"2012", "2016", "2020"} <= set(periods)


def test_the_half_width_is_the_bound_of_a_sum(tmp_path: Path) -> None:
    cell = {"upland_food_2020": "50,4,"}
    region = store.read(folder(tmp_path, **cell)).region
    at = ("2020", "upland")
    ends = [region.panel("gdp", name).loc[at, "food"] for name in ("low", "number", "high")]
    assert ends == [46, 50, 54]
    tools = [region.panel("gdp", name).loc[at, "tools"] for name in ("low", "high")]
    assert tools == [49.5, 50.5]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('breaks = ["2012", "some day"]', "period_unreadable"),
        ('breaks = "2012"', "not_a_list"),
        ("breaks = [2012]", "not_a_list"),
        ('breaks = ["0012"]', "year_outside"),
    ],
)
def test_a_break_that_is_no_period_is_told(tmp_path: Path, said: str, code: str) -> None:
    with pytest.raises(SonghuaError) as told:
        store.read(folder(tmp_path, said))
    (fault,) = told.value.faults
    assert (fault.code, fault.file, fault.column) == (code, "indicators.toml", "gdp.breaks")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("50,4,doubtful", "cell_with_reason"),
        ("50,wide,", "number_unreadable"),
        ("50,-4,", "below_least"),
    ],
)
def test_a_faulty_half_width_or_reason_is_told(tmp_path: Path, cell: str, code: str) -> None:
    with pytest.raises(SonghuaError) as told:
        store.read(folder(tmp_path, **{"upland_food_2020": cell}))
    assert told.value.faults[0].code == code


#: Columns and fields that may hold the two ends of a pair.
ENDS = ("before", "after", "period", "start", "end")


def _pairs(result: Result) -> Iterator[tuple[str, str, str, list[str]]]:
    """A name, indicator, place and periods: of rows of tables, and of fields of findings."""
    for name, frame in result.tables.items():
        told = frame[frame["change"].notna()] if "change" in frame.columns else frame
        for row in told.to_dict("records") if "indicator" in frame.columns else ():
            place = row.get("region", row.get("place", ""))
            yield name, row["indicator"], str(place), [str(row[end]) for end in ENDS if end in row]
    for finding in result.findings:
        said = finding.params
        place = said.get("region", said.get("place", ""))
        periods = [str(said[end]) for end in ENDS if said.get(end)]
        yield finding.code, said.get("indicator", ""), str(place), periods


@pytest.mark.parametrize("case", ["harbin", "washington"])
@pytest.mark.parametrize("study", ["diagnose", "choose"])
def test_no_pair_of_periods_crosses_a_break_anywhere(
    case: str, study: str, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    region, pairs = run.region, 0
    for code, indicator, place, texts in _pairs(run.results[study]):
        periods = [parse_period(text) for text in texts if text not in ("", "nan")]
        if indicator not in region.catalogue or len(periods) < 2 or code == "choose_newer":
            continue
        pairs += 1
        series = region.indicator(indicator, place if place in region.places else "")
        assert len({series.series(period) for period in periods}) == 1, (code, indicator, texts)
    assert pairs > 0
