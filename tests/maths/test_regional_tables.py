"""Tables of regions: by hand, against one another, and what must hold of any region."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.input_output import output_multipliers
from songhua.maths.regional_tables import (
    aflq,
    charm,
    cilq,
    draw_multipliers,
    flq,
    regional_multipliers,
    simple_lq,
)
from songhua.maths.regional_tables import batch as batch_module

METHODS: dict[str, Callable] = {"simple_lq": simple_lq, "cilq": cilq, "flq": flq, "aflq": aflq}
GOODS = ["farm", "mill", "shop"]
NATION = pd.Series([100.0, 300.0, 600.0], GOODS)
A = pd.DataFrame([[0.1, 0.3, 0.0], [0.2, 0.2, 0.1], [0.1, 0.2, 0.2]], GOODS, GOODS)
REGION = pd.Series([40.0, 20.0, 140.0], GOODS)


def world(n: int, regions: int, seed: int, absent: float = 0.3):
    """A nation and regions that lack some of its industries."""
    rng = np.random.default_rng(seed)
    table = rng.random((n, n)) ** 3
    table *= rng.uniform(0.3, 0.75, n) / table.sum(axis=0)
    x = rng.lognormal(0, 1.5, (regions, n)) * (rng.random((regions, n)) > absent)
    x[0] += 0.1
    names = [f"i{k}" for k in range(n)]
    return (
        pd.DataFrame(table, names, names),
        pd.DataFrame(x, [f"r{k}" for k in range(regions)], names),
        pd.Series(x.sum(axis=0), names),
    )


def test_by_hand() -> None:
    # shares here .2, .1, .7 and there .1, .3, .6: quotients 2, 1/3, 7/6; a fifth of the nation
    weight = np.log2(1.2) ** 0.3
    assert simple_lq(A, REGION, NATION).loc["mill"].tolist() == pytest.approx(
        [0.2 / 3, 0.2 / 3, 0.1 / 3]
    )
    assert cilq(A, REGION, NATION).loc["mill"].tolist() == pytest.approx(
        [0.2 / 6, 0.2 / 3, 0.1 * 2 / 7]
    )
    found = flq(A, REGION, NATION)
    assert found.loc["mill"].tolist() == pytest.approx(
        [0.2 / 6 * weight, 0.2 / 3 * weight, 0.1 * 2 / 7 * weight]
    )
    assert found.loc["farm", "mill"] == 0.3  # 6 w is above one
    assert found.loc["shop", "farm"] == pytest.approx(0.1 * 7 / 12 * weight)
    special = aflq(A, REGION, NATION)
    assert special["farm"].tolist() == pytest.approx((found["farm"] * np.log2(3)).tolist())
    assert special["mill"].tolist() == found["mill"].tolist()


@pytest.mark.parametrize("method", METHODS)
def test_the_nation_as_a_region_is_the_nation(method: str) -> None:
    pd.testing.assert_frame_equal(METHODS[method](A, NATION, NATION), A)


def test_a_delta_of_zero_is_cilq() -> None:
    pd.testing.assert_frame_equal(flq(A, REGION, NATION, delta=0), cilq(A, REGION, NATION))


def test_a_smaller_region_supplies_less_to_itself() -> None:
    tables = [flq(A, REGION * share, NATION).to_numpy() for share in (1, 0.5, 0.1)]
    assert (tables[0] >= tables[1]).all()
    assert (tables[1] >= tables[2]).all()
    assert tables[0].sum() > tables[1].sum() > tables[2].sum()


def test_an_industry_that_the_region_lacks() -> None:
    here = REGION * [1, 0, 1]
    for make in METHODS.values():
        found = make(A, here, NATION)
        assert found["mill"].isna().all()
        assert found.loc["mill", ["farm", "shop"]].tolist() == [0, 0]
        assert np.isfinite(found[["farm", "shop"]].to_numpy()).all()


def test_an_industry_that_the_nation_lacks() -> None:
    table = A.copy()
    table["mill"] = np.nan
    found = flq(table, REGION * [1, 0, 1], NATION * [1, 0, 1])
    assert found["mill"].isna().all()
    assert found.loc["farm", "farm"] > 0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [7, 60, 150])
def test_many_regions_are_each_region_by_itself(method: str, n: int) -> None:
    table, x, nation = world(n, 6, n)
    tables = METHODS[method](table, x, nation)
    found = regional_multipliers(table, x, nation, method)  # pyright: ignore
    assert isinstance(found, pd.DataFrame)
    for name, outputs in x.iterrows():
        alone = METHODS[method](table, outputs, nation)
        pd.testing.assert_frame_equal(tables.loc[name], alone)
        one = output_multipliers(alone)
        assert_close(found.loc[name], one, rtol=2e-12)
        single = regional_multipliers(table, outputs, nation, method)  # pyright: ignore
        assert_close(single, one, rtol=2e-12)


def test_iteration_that_takes_too_long_is_factored(monkeypatch: pytest.MonkeyPatch) -> None:
    table, x, nation = world(150, 3, 5)
    found = regional_multipliers(table, x, nation)
    monkeypatch.setattr(batch_module, "MOST", 1)
    assert_close(regional_multipliers(table, x, nation), found, rtol=2e-12)


def test_labels_are_joined_and_not_places() -> None:
    mixed = pd.DataFrame([REGION, REGION / 2], ["a", "b"])[GOODS[::-1]]
    found = flq(A, mixed, NATION.iloc[[1, 2, 0]])
    pd.testing.assert_frame_equal(found.loc["a"], flq(A, REGION, NATION))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"regional_output": REGION * 4}, "regional_above_nation"),
        ({"regional_output": REGION.rename({"farm": "wood"})}, "labels_differ"),
        ({"regional_output": -REGION}, "level_impossible"),
        ({"regional_output": REGION * [1, np.nan, 1]}, "io_missing"),
        ({"national_A": A.iloc[:2]}, "io_not_square"),
        ({"delta": 1.0}, "regional_delta"),
        ({"delta": -0.1}, "regional_delta"),
        ({"national_output": [1.0, 2.0]}, "io_length"),
    ],
)
def test_faults(change: dict, code: str) -> None:
    whole = {"national_A": A, "regional_output": REGION, "national_output": NATION, "delta": 0.3}
    if code == "io_not_square":
        change = {"national_A": A.to_numpy()[:2]}
    with pytest.raises(SonghuaError) as caught:
        flq(**whole | change)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_an_unknown_method() -> None:
    with pytest.raises(SonghuaError) as caught:
        regional_multipliers(A, REGION, NATION, "ras")  # pyright: ignore
    assert caught.value.faults[0].code == "io_choice"


def test_multipliers_of_draws_are_those_of_each_table() -> None:
    rng = np.random.default_rng(3)
    tables = A.to_numpy() * rng.uniform(0.2, 1.2, (50, 3, 3))
    rows = np.array([[1, 1, 1], [0.5, 0.1, 0.3]])
    found = draw_multipliers(tables, rows)
    for at, table in enumerate(tables):
        assert_close(found[at], rows @ np.linalg.inv(np.eye(3) - table), rtol=1e-13)
    assert_close(draw_multipliers(tables)[:, 0], found[:, 0], rtol=1e-14)
    with pytest.raises(SonghuaError, match="use up as much"):
        draw_multipliers(np.array([A.to_numpy(), A.to_numpy() * 3]))


def nation_of_charm() -> tuple[pd.Series, pd.Series, pd.Series]:
    """Demand, exports and imports that balance the nation."""
    exports, imports = pd.Series([20.0, 90, 30], GOODS), pd.Series([50.0, 30, 60], GOODS)
    return NATION - A @ NATION - exports + imports, exports, imports


def test_charm_of_the_nation_gives_its_trade_back() -> None:
    demand, exports, imports = nation_of_charm()
    found = charm(A, NATION, NATION, demand, demand, exports, imports)
    assert found.trade["outflows"].tolist() == pytest.approx(exports.tolist())
    assert found.trade["inflows"].tolist() == pytest.approx(imports.tolist())
    assert not found.trade["limited"].any()


def test_cross_hauling_is_the_nations_share_of_the_region_by_hand() -> None:
    # the nation makes 100, buys 50 of it as inputs and 60 else: 210 with 63 out and 63 in, so that
    # 0.6 of what crosses its border crosses both ways; 0.6 × (40 + 50) is below 2 × 40
    found = charm([[0.5]], [40], [100], [30], [60], [63], [63]).trade.iloc[0]
    assert_close(
        found[["use", "balance", "outflows", "inflows"]].to_numpy(float), [50.0, -10.0, 27.0, 37.0]
    )
    # 0.9 × (40 + 50) is more than twice the smaller of the two, which is as much as can cross
    found = charm([[0.5]], [40], [100], [30], [60], [94.5], [94.5]).trade.iloc[0]
    assert_close(found[["outflows", "inflows"]].to_numpy(float), [40.0, 50.0])


@given(st.lists(st.floats(0.001, 0.9), min_size=3, max_size=3), st.floats(0.01, 1.5))
def test_charm_balances_whatever_the_region(shares: list[float], appetite: float) -> None:
    demand, exports, imports = nation_of_charm()
    region = NATION * shares
    local = demand.clip(lower=0) * np.array(shares) * appetite
    found = charm(A, region, NATION, local, demand.clip(lower=0), exports, imports)
    trade = found.trade
    net = trade["outflows"] - trade["inflows"]
    assert_close(net, trade["output"] - trade["use"], atol=1e-9)
    assert (trade[["outflows", "inflows", "cross_hauling"]] >= -1e-9).all(axis=None)
    # no more is sold out than is made, and no more brought in than is used
    assert (trade["outflows"] <= trade["output"] + 1e-9).all()
    assert (trade["inflows"] <= trade["use"] + 1e-9).all()
    assert ((found.A >= 0) & (found.A <= A + 1e-12)).all(axis=None)
    delivered = found.A @ region
    assert (delivered <= region + 1e-9).all()
