"""Plausibility: errors of scale are named with their numbers, and what is right is left alone."""

import math
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from planted_errors import IN_CASES, POWERS, chosen_in_cases, chosen_in_sets, kept
from scale_series import (
    case_series,
    named,
    planted,
    planted_in_case,
    prepared,
    region,
    series,
)
from shared import DATA
from small_town import INDUSTRIES, codes, sectors, town, yearly
from songhua import messages
from songhua.checks.plausibility import doubts, judge
from songhua.checks.plausibility.judged_figures import figures
from songhua.maths.scale_errors import Figures, find
from songhua.region import Region

#: Oregon's value added of funds, 2010 to 2016 (m USD, BEA 2018).
OREGON = ("259", "250", "115", "150", "208", "1173", "203")
#: The one of the five hundred that is not named: 0.3 for the 3 that opens a series of 2.8, 2.7,
#: 2.6 and 2.4. At the end of a series the spread counts double, and the 3 that was printed has no
#: decimal where all others have one, which speaks for 0.3.
NOT_NAMED = {("海南|v7_sctj_nyhf_lf", 2019)}
SETS = ("china_cities", "china_provinces", "us_state_gdp_by_industry_1997_2017")


@pytest.mark.parametrize("wrong", ["5600", "560", "5.6", "0.056", "560000"])
def test_a_figure_of_another_scale_is_named_with_its_numbers(wrong):
    found = doubts(town(*yearly("gdp", "50.1", "53.0", wrong, "59.2", "62.7")))
    assert codes(found) == [("figure_off_series", 4)]
    params = found[0].params
    assert params["value"] == f"{float(wrong):,.9g}"
    assert math.isclose(float(str(params["fits"])), 56, rel_tol=1e-9)
    assert math.isclose(
        float(wrong) / 56, float(str(params["factor"]).replace(",", "")), rel_tol=0.3
    )
    for lang in messages.LANGUAGES:
        assert "53" in found[0].words(lang)


def in_print(case: Region, *rows: int, unit: str, scale: float) -> Region:
    """A case of which some rows print another unit, so many of which are one of the indicator's."""
    frame = case.figures.observations.frame.copy()
    at = frame["row"].isin(rows)
    frame["unit"] = frame["unit"].astype("str").where(~at, unit)
    frame["scale"] = frame["scale"].where(~at, scale)
    return replace(case, figures=case.figures.with_rows(frame))


def test_a_warning_speaks_in_the_unit_that_its_row_prints():
    """The others in their unit would be looked for in vain in the file."""
    case = town(*yearly("gdp", "50.1", "53.0", "562000", "59.2", "62.7"))
    (found,) = doubts(in_print(case, 4, unit="m EUR", scale=0.001))
    said = found.params
    assert (said["value"], said["unit"], said["fits"]) == ("562,000", "m EUR", "56,200")
    assert said["beside"] == ("2016: 50100", "2017: 53000", "2019: 59200", "2020: 62700")
    parts = in_print(town(*sectors("2020", "518.4", "61.6", "1145000", "342.3")), 4,
                     unit="m EUR", scale=0.001)  # fmt: skip
    (found,) = doubts(parts)
    assert (found.params["value"], found.params["total"]) == ("1,145,000", "518,400")
    assert found.params["unit"] == "m EUR"


def test_levels_beside_their_growth_stand_in_the_unit_that_is_printed():
    rows = [*yearly("gdp", "50.1", "120000"), ("gdp_growth", "all", "2017", "5.0")]
    (found,) = doubts(in_print(town(*rows), 3, unit="m EUR", scale=0.001))
    assert (found.params["before"], found.params["level"]) == ("50100", "120000")
    assert found.params["level_unit"] == "m EUR"


def test_a_gap_that_is_no_power_of_ten_is_told_as_it_is():
    """Funds of 208, 1,173 and 203: not about ten times, but some six times."""
    (found,) = doubts(town(*yearly("gdp", *OREGON)))
    assert found.code == "figure_off_series"
    assert 1173 / 208 < float(str(found.params["times"])) < 1173 / 150
    assert found.params["factor"] == "10"
    for lang in messages.LANGUAGES:
        assert str(found.params["times"]) in found.words(lang)


def test_the_last_figure_and_a_pair_are_judged_too():
    assert codes(doubts(town(*yearly("gdp", "50.1", "53.0", "56.2", "592")))) == [
        ("figure_off_series", 5)
    ]
    assert len(doubts(town(*yearly("gdp", "50.1", "530")))) == 1
    assert not doubts(town(*yearly("gdp", "50.1", "91.0")))


def quarters(*values: float) -> list[tuple[str, str, str, str]]:
    spell = [f"{2016 + n // 4}-Q{n % 4 + 1}" for n in range(len(values))]
    return [("gdp", "all", when, f"{value:.2f}") for when, value in zip(spell, values, strict=True)]


def test_a_season_is_no_error_and_hides_none():
    """Each first quarter is a ninth of the others, as in farming; one third quarter is a tenth."""
    season = [10.0, 90, 90, 90] * 4
    grown = [value * 1.02**n for n, value in enumerate(season)]
    assert doubts(town(*quarters(*grown))) == []
    grown[10] /= 10
    assert codes(doubts(town(*quarters(*grown)))) == [("figure_off_series", 12)]


def test_the_months_up_to_one_are_compared_as_averages():
    rows = [
        ("gdp", "all", f"2020-01..2020-{n:02d}", f"{5.2 * n:.1f}") for n in range(2, 12) if n % 6
    ]
    assert doubts(town(*rows)) == []
    rows[4] = (*rows[4][:3], f"{float(rows[4][3]) * 10:.0f}")
    assert codes(doubts(town(*rows))) == [("figure_off_series", 6)]


def test_two_errors_of_one_series_are_named_once_each():
    values = [f"{50 * 1.06**n:.1f}" for n in range(12)]
    values[3], values[8] = f"{float(values[3]) * 10:.0f}", f"{float(values[8]) / 100:.3f}"
    found = doubts(town(*yearly("gdp", *values), *sectors("2019", "", "9.0", "20.0", "30.5")[1:]))
    assert sorted(codes(found)) == [("figure_off_series", 5), ("figure_off_series", 10)]


def test_a_step_that_all_places_take_accuses_none_of_them():
    """A census that counts twice as many, everywhere, in a year."""
    n, years = 12, np.arange(2010, 2020)
    rng = np.random.default_rng(3)
    size = rng.lognormal(0, 0.02, (n, 10)).cumprod(axis=1) * 1000
    size[:, 9] *= 1.9
    frame = pd.DataFrame({
        "series": np.repeat([f"s{k}" for k in range(n)], 10), "year": np.tile(years, n),
        "value": size.ravel().round(), "place": 1.0,
    })  # fmt: skip
    frame = frame.assign(region=frame["series"], industry="all")
    assert named(frame) == set()
    assert named(planted(frame, np.array([59]), np.array([1.0]))) == {59}


def test_a_series_that_cannot_be_judged_is_said():
    wild = town(*yearly("gdp", "3", "41", "2", "70", "5", "33", "1"))
    assert judge(wild).unseen == {"gdp": (1, 1)}
    assert judge(town(*yearly("gdp", "50.1", "53.0", "56.2", "59.2"))).unseen == {}


def test_two_sources_a_power_of_ten_apart():
    rows = [("gdp", "all", "2020", "518.38"), ("gdp", "all", "2020", "5183.8")]
    assert codes(doubts(town(*rows))) == [("figure_off_source", 3)]


def test_a_level_against_its_own_published_growth():
    rows = [*yearly("firms", "1180", "1751"), ("firms_growth", "all", "2017", "260")]
    found = doubts(town(*rows))
    assert codes(found) == [("growth_off_levels", 4)]
    assert found[0].params["change"] == "48.39"
    assert not doubts(town(*rows[:2], ("firms_growth", "all", "2017", "48.4")))
    assert not doubts(town(*yearly("gdp", "50.1", "53.4"), ("gdp_growth", "all", "2017", "0.6")))
    for wrong, told in (("4.84", True), ("0.484", True), ("24", False), ("38", False)):
        found = doubts(town(*rows[:2], ("firms_growth", "all", "2017", wrong)))
        assert bool(found) is told, wrong


def test_a_total_outside_its_parts():
    assert not doubts(town(*sectors("2020", "518.4", "61.6", "114.5", "342.3")))
    found = doubts(town(*sectors("2020", "518.4", "61.6", "1145", "342.3")))
    assert codes(found) == [("total_off_parts", 4)]
    assert found[0].params["industry"] == "secondary"
    part = [("gdp", "all", "2020", "518.4"), ("gdp", "secondary", "2020", "1145")]
    assert codes(doubts(town(*part))) == [("part_above_total", 3)]


def test_growth_of_a_whole_outside_its_parts():
    def rates(whole: str) -> Region:
        given = zip(("all", *INDUSTRIES), (whole, "2.1", "5.8", "6.3"), strict=True)
        return town(*(("gdp_growth", name, "2020", value) for name, value in given))

    assert codes(doubts(rates("0.058"))) == [("growth_outside_its_parts", 2)]
    assert codes(doubts(rates("58"))) == [("growth_outside_its_parts", 2)]
    assert not doubts(rates("5.8"))


@pytest.mark.parametrize(
    ("value", "unit", "odd"),
    [("56", "bn EUR", False), ("56000", "m EUR", False), ("56000", "bn EUR", True),
     ("5.6", "bn EUR", True)],
)  # fmt: skip
def test_an_answer_against_the_last_figure(value, unit, odd):
    answer = {
        "sort": "figure", "indicator": "gdp", "region": "town", "industry": "all", "entity": "",
        "vintage": "", "scope": "", "value": value, "unit": unit, "review": "2018",
        "file": "a.csv", "row": 2,
    }  # fmt: skip
    found = doubts(town(*yearly("gdp", "50.1", "53.0"), reviews=pd.DataFrame([answer])))
    assert [one.code for one in found] == (["answer_off_last"] if odd else [])
    if odd:
        assert found[0].file == "reviews/a.csv"
        assert "53" in str(found[0].params["last"])


def test_the_built_in_cases_have_the_warnings_that_are_right():
    warned = {
        name: codes(songhua.open(songhua.example(name)).warnings())
        for name in songhua.session.examples()
    }
    assert {name: found for name, found in warned.items() if found} == {
        "harbin": [
            ("growth_off_levels", 7),  # 260 % printed for 48 %
        ],
        "washington": [("figure_off_series", 6362)],  # Oregon, funds: 208, 1,173, 203
    }


@pytest.mark.parametrize("name", list(IN_CASES))
def test_errors_planted_in_the_cases_are_named(name):
    """Every error of the list in a built-in case, of each series one at a time."""
    errors = kept()
    errors = errors[errors["set"] == name]
    case = songhua.open(songhua.example(name)).region
    rows = case_series(case).merge(errors, on=["series", "period"])
    assert len(rows) == len(errors)
    turn = rows.groupby("series").cumcount()  # one error in a series at a time
    groups = [rows[turn == n] for n in range(turn.max() + 1)]
    for group in groups:
        told = {(one.file, one.row) for one in doubts(planted_in_case(case, group))}
        assert set(zip(group["file"], group["row"], strict=True)) <= told


@pytest.mark.exhaustive
@pytest.mark.shared(*SETS)
def test_of_five_hundred_planted_errors_one_is_not_named():
    """Those of the list, in the series of the shared data; the cases' are above."""
    errors = kept()
    assert len(errors) == 500
    seen, lost = 0, set()
    for name, frame in series():
        own = errors[errors["set"] == name].astype({"period": int})
        rows = frame.merge(own, left_on=["series", "year"], right_on=["series", "period"])
        chosen = frame[frame["series"].isin(set(own["series"]))].reset_index(drop=True)
        chosen = prepared(chosen)
        key = chosen.reset_index().merge(
            own, left_on=["series", "year"], right_on=["series", "period"]
        )
        told = named(planted(chosen, key["index"].to_numpy(), key["power"].to_numpy(dtype=float)))
        missed = key[~key["index"].isin(told)]
        lost |= set(zip(missed["series"], missed["year"], strict=True))
        seen += len(rows)
    assert seen + sum(IN_CASES.values()) == 500
    assert lost == NOT_NAMED


def test_the_list_of_planted_errors_is_that_of_its_seed():
    cases = kept()
    cases = cases[cases["set"].isin(list(IN_CASES))].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        cases, chosen_in_cases().reset_index(drop=True), check_dtype=False
    )


@pytest.mark.exhaustive
@pytest.mark.shared(*SETS)
def test_the_list_of_errors_in_the_shared_data_is_that_of_its_seed():
    listed = kept()
    listed = listed[~listed["set"].isin(list(IN_CASES))].reset_index(drop=True)
    drawn = chosen_in_sets().astype({"period": str}).reset_index(drop=True)
    pd.testing.assert_frame_equal(listed, drawn, check_dtype=False)


@given(
    st.floats(1.0, 1e6), st.floats(-0.08, 0.15), st.integers(5, 12), st.data(),
    st.sampled_from(POWERS),
)  # fmt: skip
def test_a_steady_series_accuses_nobody_and_names_its_one_error(start, rate, n, data, power):
    """Growth of up to 15 % a year, and a twentieth of chance about it."""
    noise = data.draw(st.lists(st.floats(-0.05, 0.05), min_size=n, max_size=n))
    at = data.draw(st.integers(0, n - 1))
    value = np.array([start * (1 + rate) ** k * (1 + e) for k, e in enumerate(noise)])
    place, code, years = np.full(n, start / 1000), np.zeros(n, dtype=int), np.arange(n, dtype=float)
    assert find(Figures(code, years, value, place, code)).suspects == []
    value[at] *= 10.0**power
    place[at] *= 10.0**power
    found = find(Figures(code, years, value, place, code)).suspects
    assert [(one.at, one.power) for one in found] == [(at, power)]


def test_two_hundred_thousand_figures_take_seconds():
    n = 10_000
    years = np.tile(np.arange(2000, 2020), n)
    names = np.repeat([f"s{k}" for k in range(n)], 20)
    size = np.random.default_rng(1).lognormal(0, 0.02, (n, 20)).cumprod(axis=1).ravel() * 1000
    frame = pd.DataFrame({"series": names, "year": years, "value": size.round(), "place": 1.0})
    frame = frame.assign(region=frame["series"], industry="all")
    start = time.perf_counter()
    assert named(frame) == set()
    assert time.perf_counter() - start < 60
    assert len(figures(region(frame))) == 200_000


def test_the_shared_series_stand_where_they_are_read():
    """A set that is named and absent would shorten the list in silence."""
    assert {name.partition("/")[0] for name in kept()["set"]} - {*IN_CASES} >= {*SETS}
    assert DATA.name == "data"
