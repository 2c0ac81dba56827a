"""The forecast behind a probability: no look ahead, honest bands, and a record beside a naive one."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from songhua.errors import SonghuaError
from songhua.maths.bounds import Interval
from songhua.maths.forecast import LEAST, _ends, _naive, _paths, forecast


def chance(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def panel(years: int, places: int, seed: int, common: float = 0.0) -> pd.DataFrame:
    """Growth around 5 % with its own shocks and one that all places share."""
    rng = chance(seed)
    values = 5 + rng.normal(size=(years, places)) + common * rng.normal(size=(years, 1))
    names = [f"p{at}" for at in range(places)]
    return pd.DataFrame(values, index=range(2000, 2000 + years), columns=names)


@pytest.mark.parametrize("process", ["steady", "walk", "common"])
def test_bands_of_80_percent_hold_about_as_often_as_they_say(process: str) -> None:
    inside = []
    for seed in range(40):
        rng = chance(seed)
        noise = rng.normal(size=(23, 8)) + 5
        walk = np.cumsum(0.5 * rng.normal(size=(23, 8)), axis=0)
        shared = 2 * rng.normal(size=(23, 1))
        values = noise + {"steady": 0, "walk": walk, "common": shared}[process]
        ends = _ends(_paths(values[:20], 3, 400, rng), rates=True)
        low, high = np.quantile(ends, [0.1, 0.9], axis=0)
        truth = _ends(values[None, 20:], rates=True)[0]
        inside.append(((truth >= low) & (truth <= high)).mean())
    # forty outcomes that share their shocks leave a standard error of 0.06 at 0.8
    assert 0.68 <= float(np.mean(inside)) <= 0.95


def test_a_shock_that_all_share_moves_all_together() -> None:
    def together(common: float) -> float:
        values = panel(20, 6, 3, common).to_numpy()
        ends = _paths(values, 1, 2000, chance())[:, 0, :]
        return float(np.corrcoef(ends[:1000].T)[np.triu_indices(6, 1)].mean())

    assert together(3.0) > 0.6
    assert abs(together(0.0)) < 0.3


def test_nothing_after_the_origin_is_used() -> None:
    values = panel(20, 3, 1).to_numpy()
    later = values.copy()
    later[15:] += 50
    assert (_paths(values[:15], 2, 100, chance()) == _paths(later[:15], 2, 100, chance())).all()
    first = forecast(panel(20, 3, 1), "p0", 2, Interval(5, math.inf), chance(), rates=True)
    longer = pd.DataFrame(later, index=range(2000, 2020), columns=["p0", "p1", "p2"])
    second = forecast(longer, "p0", 2, Interval(5, math.inf), chance(), rates=True)
    assert first is not None
    assert second is not None
    assert second.record.pinball > first.record.pinball  # a break is not foreseen


def test_more_asked_is_less_likely() -> None:
    values = panel(16, 1, 2)
    found = [
        forecast(values, "p0", 2, Interval(asked, math.inf), chance(), rates=True)
        for asked in (2.0, 5.0, 8.0)
    ]
    likely = [one.probability for one in found if one is not None]
    assert len(likely) == 3
    assert likely[0] > likely[1] > likely[2]
    first = found[0]
    assert first is not None
    assert first.low < first.median < first.high


def test_levels_are_judged_at_their_end() -> None:
    values = pd.DataFrame({"p": np.arange(100.0, 130.0, 2)}, index=range(2000, 2015))
    found = forecast(values, "p", 3, Interval(134, math.inf), chance(), rates=False)
    assert found is not None
    assert found.median == pytest.approx(132, abs=3)
    assert found.record.pinball < found.record.pinball_naive  # a trend goes on


def test_the_naive_forecast_is_by_hand() -> None:
    past = np.array([[1.0], [3.0], [2.0], [4.0]])
    marks, likely = _naive(past, 1, Interval(4.0, math.inf), rates=False)
    spread = math.sqrt((2**2 + 1**2 + 2**2) / 3)
    assert marks[:, 0] == pytest.approx([4 - 1.2815515655 * spread, 4, 4 + 1.2815515655 * spread])
    assert likely[0] == pytest.approx(0.5)


def test_too_few_years_give_none_and_a_gap_is_refused() -> None:
    wanted = Interval(5, math.inf)
    assert forecast(panel(LEAST - 1, 1, 0), "p0", 1, wanted, chance(), rates=True) is None
    assert forecast(panel(LEAST, 1, 0), "p0", 3, wanted, chance(), rates=True) is None  # 2 origins
    assert forecast(panel(LEAST, 1, 0), "p0", 2, wanted, chance(), rates=True) is not None
    for values in (panel(12, 1, 0).drop(2005), panel(12, 1, 0).shift(1)):
        with pytest.raises(SonghuaError) as told:
            forecast(values, "p0", 1, wanted, chance(), rates=True)
        assert told.value.faults[0].code == "forecast_years"
