"""When a target has odds: whole years, one to three of them, of figures that leave none open."""

from __future__ import annotations

import math
import zlib
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from songhua.labels import parse_period
from songhua.maths.bounds import Interval
from songhua.maths.odds import Forecast, Pace, forecast
from songhua.plan.vocabulary import Direction, NoOdds, TargetPath
from songhua.region.observations import Figure, Observation
from songhua.studies.series import Figures
from songhua.studies.track.examples import HOME, town, town_target
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.probability import _pace, _wanted, consecutive_years, target_forecast

UPLAND = "upland"
GOAL = Interval(900.0, math.inf)


def seen(here: dict[str, str], there: dict[str, str] | None = None) -> Figures:
    """The town's firms of many years, and of another place where it has them."""
    rows = [(HOME, *one) for one in here.items()]
    rows += [(UPLAND, *one) for one in (there or {}).items()]
    return Figures.of(
        town()[0],
        [
            Observation.of("firms", period, printed, region=place, ids=(f"{place}:{period}",))
            for place, period, printed in rows
        ],
    )


def firms(first: int, last: int, start: int = 500) -> dict[str, str]:
    """So many more each year, by turns 10 and 30."""
    found, value = {}, start
    for year in range(first, last + 1):
        found[str(year)] = str(value)
        value += 10 + 20 * (year % 2)
    return found


def asked(figures: Figures, left: float = 3.0, at: str = "2022") -> Forecast | NoOdds:
    value = {str(one.period): one.value for one in figures.observations if one.region == HOME}
    latest = Figure.point(parse_period(at), value.get(at, 700.0))
    measured = Measurement(latest=latest, accepted=GOAL)
    return target_forecast(town_target("reach 900", "firms"), figures, measured, 5.0, left, 0)


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (3.0, 3), (2.0, 2), (1.0, 1), (3.0 + 9e-7, 3), (3.0 - 9e-7, 3),
        (4.0, NoOdds.TOO_FAR), (0.0, NoOdds.PART_OF_YEAR), (0.4, NoOdds.PART_OF_YEAR),
        (2.5, NoOdds.PART_OF_YEAR), (3.0 + 2e-6, NoOdds.PART_OF_YEAR),
        (3.0 - 2e-6, NoOdds.PART_OF_YEAR), (3.6, NoOdds.PART_OF_YEAR),
    ],
)  # fmt: skip
def test_odds_are_for_one_to_three_whole_years(left: float, found: int | NoOdds) -> None:
    got = asked(seen(firms(2005, 2022)), left)
    assert (got.steps if isinstance(got, Forecast) else got) == found


@pytest.mark.parametrize("at", ["2022-12-30", "2022-11", "2022-H1", "2022-06-30"])
def test_odds_start_at_the_end_of_a_year(at: str) -> None:
    assert asked(seen(firms(2005, 2022)), at=at) == NoOdds.PART_OF_YEAR


@pytest.mark.parametrize(("first", "steps", "enough"), [
    (2012, 3, True), (2013, 3, False), (2013, 2, True), (2014, 2, False), (2013, 1, True),
    (2014, 1, False),
])  # fmt: skip
def test_ten_years_are_needed_and_for_three_ahead_eleven(
    first: int, steps: int, enough: bool
) -> None:
    got = asked(seen(firms(first, 2022)), float(steps))
    assert isinstance(got, Forecast) if enough else got == NoOdds.FEW_YEARS
    assert not isinstance(got, Forecast) or got.years == 2022 - first + 1


def test_years_run_back_from_the_day_to_the_first_gap() -> None:
    known = {2015, 2016, 2018, 2019, 2020, 2022}
    assert consecutive_years(known, date(2020, 12, 31)) == [2018, 2019, 2020]
    assert consecutive_years(known, date(2019, 12, 31)) == [2018, 2019]
    assert consecutive_years(known, date(2021, 12, 31)) == []
    gap = firms(2005, 2022)
    del gap["2011"]
    assert isinstance(got := asked(seen(gap)), Forecast)
    assert got.years == 11
    del gap["2012"]
    assert asked(seen(gap)) == NoOdds.FEW_YEARS


def test_the_forecast_is_that_of_the_pace_still_needed() -> None:
    here = firms(2005, 2022)
    got = asked(seen(here), 2.0)
    values = pd.DataFrame({HOME: [float(one) for one in here.values()]}, index=range(2005, 2023))
    needed = (900 - float(here["2022"])) / 2
    for seed, same in ((0, True), (1, False)):
        rng = np.random.default_rng([seed, zlib.crc32(b"t")])
        again = forecast(values, HOME, 2, Pace.STEPS, Interval(needed, math.inf), rng)
        assert (str(again) == str(got)) is same  # its records may hold blanks


def test_only_a_place_with_all_the_years_lends_its_own() -> None:
    here = firms(2005, 2022)
    alone = asked(seen(here))
    shorter = asked(seen(here, firms(2006, 2022, 90)))
    longer = asked(seen(here, firms(2004, 2022, 90)))
    assert isinstance(alone, Forecast)
    assert isinstance(longer, Forecast)
    assert str(shorter) == str(alone)
    assert longer.years == alone.years
    assert [one.n for one in longer.records] == [2 * one.n for one in alone.records]


@pytest.mark.parametrize("ends", [(560.0, math.inf), (-math.inf, 560.0)])
def test_a_figure_that_is_open_at_an_end_is_none(ends: tuple[float, float]) -> None:
    figures = seen(firms(2005, 2022))
    rows = [
        replace(one, bound=Interval(*ends)) if str(one.period) == "2011" else one
        for one in figures.observations
    ]
    got = asked(Figures.of(figures.region, rows))
    assert isinstance(got, Forecast)
    assert got.years == 11


@pytest.mark.parametrize(
    ("path", "values", "pace"),
    [
        (TargetPath.GROWTH, [5.0, -1.0], Pace.GROWTH),
        (TargetPath.CUMULATIVE, [5.0, 1.0], Pace.GROWTH),
        (TargetPath.STEADY, [5.0, 1.0], Pace.RATE),
        (TargetPath.STEADY, [5.0, 0.0], Pace.STEPS),
        (TargetPath.STEADY, [5.0, -1.0], Pace.STEPS),
    ],
)
def test_a_rate_needs_levels_above_zero(path: TargetPath, values: list[float], pace: Pace) -> None:
    target = replace(town_target("reach 900", "firms"), path=path)
    assert _pace(target, pd.DataFrame({"a": values, "b": [1.0, 1.0]})) == pace


def test_a_growth_target_wants_the_rate_and_a_level_the_way_to_each_end() -> None:
    rising = replace(town_target("5 % a year", "gdp_growth"), path=TargetPath.GROWTH)
    falling = replace(rising, direction=Direction.LOWER)
    none = Measurement()
    assert _wanted(rising, none, 5.0, 3, Pace.GROWTH) == Interval(5.0, math.inf)
    assert _wanted(falling, none, 5.0, 3, Pace.GROWTH) == Interval(-math.inf, 5.0)
    latest = Figure.point(parse_period("2022"), 80.0)
    within = Measurement(latest=latest, accepted=Interval(90.0, 105.0))
    level = town_target("reach 900", "firms")
    assert _wanted(level, within, math.nan, 2, Pace.STEPS) == Interval(5.0, 12.5)
    steady = _wanted(
        level, Measurement(latest=latest, accepted=Interval(80.0, 96.8)), 0.0, 2, Pace.RATE
    )
    assert (steady.low, steady.high) == (0.0, pytest.approx(10.0))
