"""Odds of published series, by priors that were learnt in another country."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from beside import tool
from shared import DATA
from songhua.maths.odds import Pace, Past, in_turn, past, stated_odds

STATES, KINGDOM = "us_state_gdp_by_industry_1997_2017", "uk_itl3_industry_1998_2018"
pytestmark = pytest.mark.shared(STATES, KINGDOM)
PLACES = 40


def states() -> pd.DataFrame:
    """Gross product of 51 states at current prices, in million dollars, by year."""
    frame = pd.read_csv(DATA / STATES / f"{STATES}_long.csv.gz")
    code = frame["GeoFIPS"].astype(str).str.strip(' "').astype(int)
    frame = frame[(frame["IndustryId"] == 1) & (code > 0) & (code < 90000)]
    return frame.pivot_table(index="year", columns="GeoName", values="value_musd")


def regions() -> pd.DataFrame:
    """Value added of 182 regions of the United Kingdom at current prices."""
    frame = pd.read_parquet(DATA / KINGDOM / "uk_itl3_gva_by_industry.parquet")
    frame = frame[(frame["level"] == "ITL3") & (frame["industry_code"] == "Total")]
    columns, values = frame["region_code"].astype(str), frame["gva_current_gbp_m"]
    return frame.assign(region=columns, value=values).pivot_table(
        index="year", columns="region", values="value"
    )


def pasts(table: pd.DataFrame, pace: Pace) -> list[Past]:
    """Past forecasts of each place by itself."""
    values = table.pct_change().iloc[1:] * 100 if pace == Pace.GROWTH else table
    rng = np.random.default_rng(0)
    return [past(values[[name]].to_numpy(), pace, rng) for name in values.columns[:PLACES]]


@pytest.mark.parametrize("pace", [Pace.GROWTH, Pace.STEPS])
@pytest.mark.parametrize("steps", [1, 3])
def test_odds_of_states_gain_by_what_regions_of_another_country_teach(
    pace: Pace, steps: int
) -> None:
    prior = tool("odds_learning").learn([pasts(regions(), pace)], steps)
    made = pasts(states(), pace)
    below, met, _ = (
        np.concatenate(each) for each in zip(*(one.events(steps) for one in made), strict=True)
    )
    after = np.concatenate([stated_odds(one, steps, prior) for one in made])
    assert ((after - met) ** 2).mean() < ((1 - below - met) ** 2).mean()
    # what odds promise beyond what came, towards the side that they favour
    assert float(((after - met) * np.sign(after - 0.5)).mean()) < 0.07


def test_the_last_rule_knows_all_outcomes() -> None:
    one = pasts(states().iloc[:, :1], Pace.STEPS)[0]
    prior = tool("odds_learning").learn([[one]], 1)
    rules = in_turn(prior, one.scores(1), 1)
    assert np.ravel(rules[-1].freedom)[0] == pytest.approx(prior.freedom + one.origins(1))
