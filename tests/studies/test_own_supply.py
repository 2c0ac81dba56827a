"""Observed own supply in a simulation: rows by hand, valid tables, and what it is held against."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import songhua
from close import assert_close
from songhua.errors import SonghuaError
from songhua.studies.simulate.drawn_economy import Seeds, drawn_economy
from songhua.studies.simulate.ensemble import Ensemble, draw_ensemble
from songhua.studies.simulate.own_supply import supplied
from songhua.studies.simulate.regional_base import RegionalBase, regional_base
from songhua.studies.simulate.study import simulate

SEEDS = Seeds(5, 6, 7)
N, DRAWS = 4, 3


@pytest.fixture(scope="module")
def case():
    return songhua.open(songhua.example("washington"))


@pytest.fixture(scope="module")
def base(case) -> RegionalBase:
    return regional_base(case.region, case.plan.base_year)


@pytest.fixture(scope="module")
def drawn(case, base) -> Ensemble:
    return draw_ensemble(base, case.plan, SEEDS, 60)


def cells(least: float, most: float, *shape: int):
    return arrays(float, shape, elements=st.floats(least, most))


@given(
    cells(0, 0.24, DRAWS, N, N), cells(0.01, 1, DRAWS, N), cells(0.1, 100, DRAWS, N),
    cells(0, 1, DRAWS, 2),
)  # fmt: skip
def test_every_table_stays_valid(drawn, own, outputs, shares):
    most, places = np.full((DRAWS, N), 0.97), [1, 3]
    made, here = supplied(drawn, own, outputs, most, places, shares)
    assert (made >= 0).all()
    assert (made.sum(axis=1) <= 0.97 + 1e-12).all()
    assert (made[:, [0, 2]] <= drawn[:, [0, 2]] + 1e-15).all()
    assert_close(here[:, [0, 2]], own[:, [0, 2]])
    assert (here[:, places] <= shares + 1e-12).all()
    sold = np.einsum("dpn,dn->dp", made[:, places], outputs)
    assert (sold <= outputs[:, places] * (1 + 1e-9)).all()
    wanted = np.einsum("dpn,dn->dp", drawn[:, places], outputs) * shares / own[:, places]
    free = wanted <= outputs[:, places]
    assert_close(here[:, places][free], shares[free])


def test_a_row_by_hand():
    drawn, own = np.array([[[0.1, 0.2], [0.3, 0.1]]]), np.array([[0.5, 0.8]])
    most, share = np.full((1, 2), 0.9), np.array([[0.75]])
    made, here = supplied(drawn, own, np.array([[10.0, 20.0]]), most, [0], share)
    assert_close(made[0], [[0.15, 0.3], [0.3, 0.1]])  # 0.75 / 0.5; 7.5 are bought of 10 made
    assert_close(here, [[0.75, 0.8]])
    less, here = supplied(drawn, own, np.array([[6.0, 27.0]]), most, [0], share)
    assert_close(less[0, 0], [0.1, 0.2])  # 9 would be bought, 6 are made
    assert_close(here[0, 0], 0.5)
    tight, _ = supplied(drawn, own, np.array([[10.0, 20.0]]), np.full((1, 2), 0.36), [0], share)
    assert_close(tight[0].sum(axis=0), [0.36, 0.36])


def test_what_is_bought_here_is_what_was_observed(case, base, drawn) -> None:
    observed = {one.code: one.share for one in base.own_shares}
    assert observed["food"] == pytest.approx(0.416)
    assert "paper-printing" not in observed  # of which the table holds no industry whole
    assert {"legal", "retail"}.isdisjoint(observed)  # services were not surveyed
    holds = drawn.assumptions.get("own_supply")
    assert holds is not None
    full = drawn.bought_here.shape
    assert full == drawn.estimated.shape == (60, len(base.codes))
    for at, code in enumerate(base.codes):
        here = drawn.bought_here[:, at]
        if code in observed:
            assert (here <= np.minimum(holds * observed[code], 1) + 1e-12).all()
        else:
            assert_close(here, drawn.estimated[:, at])
    at = base.codes.index("food")
    assert_close(drawn.bought_here[:, at], holds * observed["food"])


def test_without_observations_nothing_changes(case, base) -> None:
    plain = replace(base, own_shares=())
    assumptions = draw_ensemble(plain, case.plan, SEEDS, 60).assumptions
    tables = drawn_economy(plain, assumptions, SEEDS).tables
    assert tables.bought_here is tables.estimated
    assert "own_supply" not in {
        row.name for row in assumptions.rows if row.label in assumptions.used
    }


def test_without_the_assumption_shares_are_as_observed(case, base) -> None:
    rows = case.plan.assumptions
    plan = case.plan.with_tables(assumptions=rows[rows["name"] != "own_supply"])
    found = draw_ensemble(base, plan, SEEDS, 40)
    at = base.codes.index("food")
    assert_close(found.bought_here[:, at], np.full(40, 0.416))


def test_estimate_and_observation_stand_side_by_side(case) -> None:
    result = simulate(case.region, case.plan, draws=60)
    rows = result.tables["own_supply"].set_index("code")
    assert (rows["low"] <= rows["estimated"]).all()
    assert (rows["estimated"] <= rows["high"]).all()
    aircraft = rows.loc[["other-transport-equipment"]]
    assert (aircraft["observed"] < aircraft["low"]).all()  # its parts are made elsewhere
    finding = next(one for one in result.findings if one.code == "simulate_own_supply")
    inside = rows["observed"].between(rows["low"], rows["high"]).sum()
    assert finding.params == {"n": len(rows), "of": 45, "inside": inside}
    figures = case.region.figures.observations.frame.set_index("id")
    assert {figures.loc[id, "source"] for id in finding.observations} == {"cprhs-2018"}


@pytest.mark.parametrize(("value", "code"), [("-1", "figure_below"), ("101", "figure_above")])
def test_a_share_beyond_nothing_and_all_is_a_fault(case, value: str, code: str) -> None:
    row = {
        "indicator": "own_supply", "region": "washington", "industry": "food", "period": "2012",
        "value": value, "unit": "%", "kind": "estimate", "source": "cprhs-2018",
        "recorded": "2026-11-26",
    }  # fmt: skip
    with pytest.raises(SonghuaError) as refused:
        case.change(figures=[row])
    assert [one.code for one in refused.value.faults] == [code]
