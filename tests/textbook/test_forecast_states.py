"""The forecast on the gross product of the states of the USA: honest bands, modest gains."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from shared import DATA
from songhua.maths.bounds import Interval
from songhua.maths.forecast import Record, forecast

STATES = DATA / "us_state_gdp_by_industry_1997_2017"
pytestmark = pytest.mark.shared("us_state_gdp_by_industry_1997_2017")


@pytest.fixture(scope="module")
def product() -> pd.DataFrame:
    """Gross product of 51 states at current prices, in thousand million dollars, by year."""
    frame = pd.read_csv(STATES / "us_state_gdp_by_industry_1997_2017_long.csv.gz")
    frame = frame[frame["IndustryId"] == 1]
    code = frame["GeoFIPS"].astype(str).str.strip(' "').astype(int)
    frame = frame[(code > 0) & (code < 90000)]
    wide = frame.pivot_table(index="year", columns="GeoName", values="value_musd") / 1000
    assert wide.shape == (21, 51)
    return wide


def scored(values: pd.DataFrame, steps: int, rates: bool, asked: float) -> Record:
    rng = np.random.default_rng(0)
    place = str(values.columns[0])
    found = forecast(values, place, steps, Interval(asked, math.inf), rng, rates)
    assert found is not None
    return found.record


@pytest.mark.parametrize("steps", [1, 3])
def test_growth_has_honest_bands_and_no_gain_over_the_last_year(
    product: pd.DataFrame, steps: int
) -> None:
    growth = (product.pct_change().dropna()) * 100
    record = scored(growth, steps, rates=True, asked=4.0)
    assert record.n == 51 * (20 - 6 - steps + 1)
    assert 0.75 <= record.inside <= 0.9
    # through 2008 and 2009 nothing beats the last year by much: within a tenth of it
    assert record.pinball == pytest.approx(record.pinball_naive, rel=0.1)
    assert record.brier == pytest.approx(record.brier_naive, rel=0.1)


@pytest.mark.parametrize("steps", [1, 3])
def test_levels_gain_a_fifth_since_they_have_a_trend(product: pd.DataFrame, steps: int) -> None:
    record = scored(product, steps, rates=False, asked=0.0)
    assert 0.75 <= record.inside <= 0.92
    assert record.pinball < 0.85 * record.pinball_naive
