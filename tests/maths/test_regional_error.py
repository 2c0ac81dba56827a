"""The error model: valid draws, coverage of simulated truths, and what it can learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from songhua import messages
from songhua.errors import SonghuaError
from songhua.maths.input_output import output_multipliers
from songhua.maths.regional_error import (
    FEATURES,
    KINDS,
    ErrorModel,
    References,
    as_data,
    draw_tables,
    draw_tables_each,
    fit,
    from_data,
    leave_one_out,
    load,
    median_table,
    multiplier_intervals,
    notes,
    output_prior,
    region_bootstrap,
    track_record,
    tuned_delta,
)
from songhua.maths.regional_tables import draw_multipliers, flq
from songhua.messages import Words

MODEL = load()
#: The same with parameters that are certain and without calibration: a world that is known.
TRUTH = replace(MODEL, widening=1.0, covariance=np.zeros_like(MODEL.covariance))


def world(seed: int, regions: int, n: int = 20):
    """A nation, outputs of regions of 1 to 20 % of it, and kinds."""
    rng = np.random.default_rng(seed)
    names, places = [f"i{k}" for k in range(n)], [f"r{k}" for k in range(regions)]
    A = rng.random((n, n)) ** 3
    A *= rng.uniform(0.2, 0.6, n) / A.sum(axis=0)
    nation = np.linalg.solve(np.eye(n) - A, rng.lognormal(3, 1, n) * 100)
    size = np.exp(rng.uniform(np.log(0.01), np.log(0.2), (regions, 1)))
    x = np.minimum(nation * rng.lognormal(0, 0.5, (regions, n)) * size, nation * 0.9)
    kinds = pd.Series([KINDS[k % len(KINDS)] for k in range(n)], names)
    return (
        pd.DataFrame(A, names, names),
        pd.Series(nation, names),
        pd.DataFrame(x, places, names),
        kinds,
        rng,
    )


def references(seed: int, regions: int, n: int = 20, truth: ErrorModel = TRUTH) -> References:
    """Tables drawn from a known model."""
    A, nation, x, kinds, rng = world(seed, regions, n)
    tables = {
        str(name): pd.DataFrame(
            draw_tables(truth, A, row, nation, kinds, 1, rng, transfer=1)[0], A.index, A.index
        )
        for name, row in x.iterrows()
    }
    return References(A, nation, tables, x, kinds)


def covered(drawn: np.ndarray, wanted: np.ndarray) -> float:
    """The share of numbers within the middle 90 % of the draws."""
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    return float(((low <= wanted) & (wanted <= high)).mean())


@given(
    st.integers(0, 10_000),
    st.floats(0, 6),
    st.floats(-4, 0),
    st.lists(st.booleans(), min_size=9, max_size=9),
)
@example(seed=1, transfer=1.5, size=-1.0, there=[False] * 9)
def test_draws_are_valid_tables(seed: int, transfer: float, size: float, there: list[bool]) -> None:
    rng = np.random.default_rng(seed)
    A = rng.random((9, 9)) * (rng.random((9, 9)) < 0.7)
    A *= rng.uniform(0.1, 0.95, 9) / np.maximum(A.sum(axis=0), 1e-9)
    nation = rng.lognormal(0, 2, 9)
    x = np.minimum(nation * 10**size * rng.lognormal(0, 1.5, 9), nation) * there
    kinds = list(rng.choice(KINDS, 9))
    drawn = draw_tables(MODEL, A, x, nation, kinds, 50, rng, transfer)
    assert drawn.shape == (50, 9, 9)
    assert np.isfinite(drawn).all()
    assert (drawn >= 0).all()
    assert (drawn.sum(axis=1) < 1).all()
    assert (drawn @ x <= x).all()
    assert (drawn[:, x == 0] == 0).all()
    assert (drawn[:, :, x == 0] == 0).all()
    assert (drawn[:, A == 0] == 0).all()
    assert (draw_multipliers(drawn) >= 1).all()


def test_intervals_cover_what_is_drawn_from_the_stated_model() -> None:
    found = []
    for seed in range(4):
        A, nation, x, kinds, rng = world(seed, 10)
        for _, row in x.iterrows():
            drawn = draw_tables(MODEL, A, row, nation, kinds, 700, rng, transfer=1)
            m = draw_multipliers(drawn)[:, 0]
            found.append(covered(m[:400], m[400:]))
    assert 0.85 <= np.mean(found) <= 0.95


@pytest.mark.parametrize("worlds", [3, pytest.param(12, marks=pytest.mark.deep)])
def test_intervals_learnt_from_ten_regions_cover_new_ones(worlds: int) -> None:
    found, bare = [], []
    for seed in range(100, 100 + worlds):
        whole = references(seed, 20)
        learnt = whole
        for name in whole.outputs.index[10:]:
            learnt = learnt.without(str(name))
        rng = np.random.default_rng(seed)
        model = fit(learnt, Words(), "", rng)
        for name in whole.outputs.index[10:]:
            wanted = whole.multipliers(name).to_numpy()
            found.append(covered(whole.draws(model, name, rng), wanted))
            bare.append(covered(whole.draws(replace(model, widening=1.0), name, rng), wanted))
    assert 0.85 <= np.mean(found) <= 0.95
    # without calibration ten regions promise more than they hold
    assert np.mean(bare) < np.mean(found)


def test_many_regions_show_the_parameters_again() -> None:
    given_ = references(7, 60, 24)
    model = fit(given_, Words(), "", np.random.default_rng(1), calibrate=False)
    names = [name for name in FEATURES if name not in ("constant", "quotient", "size")]
    at = [FEATURES.index(name) for name in names]
    sd = np.sqrt(np.diag(model.covariance))
    # the model learns at its own delta, so the quotient, its constant and size trade places
    assert (np.abs(model.b - TRUTH.b)[at] <= 3.5 * sd[at] + 0.02).all()
    for name in ("region", "seller", "buyer", "cell"):
        learnt, true = getattr(model.deviations, name), getattr(TRUTH.deviations, name)
        assert learnt == pytest.approx(true, rel=0.25), name
    assert model.deviations.cell_slope == pytest.approx(TRUTH.deviations.cell_slope, abs=0.12)


def test_nothing_of_a_left_out_region_is_used() -> None:
    whole = references(3, 7, 12)
    changed = dict(whole.tables) | {"r2": whole.tables["r2"] * 0.1}
    other = replace(whole, tables=changed)
    one, two = (
        fit(given_.without("r2"), Words(), "", np.random.default_rng(5))
        for given_ in (whole, other)
    )
    assert as_data(one) == as_data(two)


def test_delta_is_found_again() -> None:
    A, nation, x, kinds, _ = world(11, 6)
    tables = {str(name): flq(A, row, nation, 0.23) for name, row in x.iterrows()}
    assert tuned_delta(References(A, nation, tables, x, kinds)) == 0.23


def test_scores_are_of_each_region() -> None:
    told: list[str] = []
    found = leave_one_out(
        references(5, 6, 8),
        np.random.default_rng(1),
        lambda at, n, name: told.append(f"{at}/{n} {name}"),
    )
    assert told[0] == "0/6 r0"
    assert len(found) == 6
    assert found["covered"].between(0, 1).all()
    assert (found["score"] >= found["width"]).all()
    assert found["bias"].abs().mean() < 0.1
    low, high = region_bootstrap(found["covered"], np.random.default_rng(1))
    assert low <= found["covered"].mean() <= high


def test_the_rival_is_the_flq_times_the_ratios_of_industries_that_buy_in_their_region() -> None:
    given_ = references(5, 6, 8)
    given_.tables["r1"]["i2"] = (
        0.0  # here it buys all from elsewhere, so that its multiplier is one
    )
    found = leave_one_out(given_, np.random.default_rng(1))
    for name, row in found.iterrows():
        flq_less_one, ratios = {}, []
        for region, outputs in given_.outputs.iterrows():
            table = flq(given_.A, outputs, given_.national_output, row["delta"])
            flq_less_one[region] = output_multipliers(table) - 1
            reference = given_.multipliers(str(region)) - 1
            if region != name:
                ratios += (reference / flq_less_one[region])[reference > 0].tolist()
        low, high = np.quantile(ratios, [0.05, 0.95])
        buys = given_.A.sum() > 0
        width = flq_less_one[name][buys].mean() * (high - low)
        assert row["width_rival"] == pytest.approx(width)


def test_transfer_widens_about_the_same_middle() -> None:
    A, nation, x, kinds, _ = world(1, 1)
    row = x.T["r0"]
    widths = []
    for transfer in (0, 1, 1.5):
        rng = np.random.default_rng(2)
        drawn = draw_tables(MODEL, A, row, nation, kinds, 500, rng, transfer)
        ends = multiplier_intervals(drawn, A.index)
        widths.append(ends["high"] - ends["low"])
    assert np.allclose(widths[0], 0)
    assert (widths[1] > 0).all()
    assert (widths[2] > 1.2 * widths[1]).all()
    middle = output_multipliers(median_table(MODEL, A, row, nation, kinds))
    assert np.abs(ends["median"] / middle - 1).max() < 0.1


def test_the_same_chance_gives_the_same_draws() -> None:
    A, nation, x, kinds, _ = world(1, 1)
    row = x.T["r0"]
    one, two, three = (
        draw_tables(MODEL, A, row, nation, kinds, 5, np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, three)
    turned = row.iloc[::-1], nation.iloc[::-1], kinds.iloc[::-1]
    again = draw_tables(MODEL, A, *turned, 5, np.random.default_rng(1))
    np.testing.assert_array_equal(one, again)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"transfer": -1}, "regional_transfer"),
        ({"kinds": ["primary", "trade"]}, "regional_kind"),
        ({"kinds": pd.Series(["primary"], ["farm"])}, "labels_differ"),
        ({"regional_output": [50, 10]}, "regional_above_nation"),
    ],
)
def test_faults(change: dict, code: str) -> None:
    whole = {
        "national_A": pd.DataFrame([[0.1, 0.2], [0.3, 0.1]], ["farm", "mill"], ["farm", "mill"]),
        "regional_output": [5, 10],
        "national_output": [40, 60],
        "kinds": ["primary", "services"],
        "count": 3,
        "rng": np.random.default_rng(1),
    }
    with pytest.raises(SonghuaError) as caught:
        draw_tables(MODEL, **whole | change)
    assert caught.value.faults[0].code == code


def test_too_few_references() -> None:
    with pytest.raises(SonghuaError) as caught:
        fit(references(1, 4, 8), Words(), "", np.random.default_rng(1))
    assert caught.value.faults[0].code == "regional_references"


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_what_must_be_said_has_words(lang: str) -> None:
    said = [messages.finding(code, lang, params) for code, params in notes(MODEL, 0.001)]
    assert len(said) == 2
    assert MODEL.study(lang) in said[0]
    assert ("untested here" in said[0]) or lang == "zh"
    assert not any("{" in text for text in said)
    assert [code for code, _ in notes(MODEL, 0.05)] == ["regional_error_transferred"]


def test_parameters_say_who_made_them() -> None:
    assert "estimated by their authors" in MODEL.source
    assert as_data(from_data(as_data(MODEL))) == as_data(MODEL)
    assert len(track_record()) == MODEL.regions


TOTALS = pd.Series({"farms": 20.0, "industry": 100.0})
NATION = pd.Series({"crops": 300.0, "food": 600.0, "steel": 900.0, "mines": 500.0})
SECTORS = pd.Series(
    {"crops": "farms", "food": "industry", "steel": "industry", "mines": "industry"}
)


def test_a_prior_keeps_totals_and_what_is_observed() -> None:
    found = output_prior(TOTALS, NATION, SECTORS, 40, 4_000, 3)
    assert (found["crops"] == 20).all()
    rest = found[["food", "steel", "mines"]]
    assert rest.sum(axis=1).tolist() == pytest.approx([100.0] * 4_000)
    assert rest.mean().tolist() == pytest.approx([30, 45, 25], abs=0.6)
    assert rest["steel"].var() == pytest.approx(100**2 * 0.45 * 0.55 / 41, rel=0.08)
    seen = output_prior(TOTALS, NATION, SECTORS, 40, 4_000, 3, pd.Series({"food": 60.0}))
    assert (seen["food"] == 60).all()
    assert (seen["steel"] + seen["mines"]).tolist() == pytest.approx([40.0] * 4_000)
    assert seen["steel"].mean() == pytest.approx(40 * 9 / 14, abs=0.3)
    surer = output_prior(TOTALS, NATION, SECTORS, 400, 4_000, 3)
    assert (surer.std() <= found.std()).all()


def test_a_condition_is_the_same_as_picking_the_draws_that_meet_it() -> None:
    many = output_prior(TOTALS, NATION, SECTORS, 40, 200_000, 3)
    near = many[(many["food"] - 40).abs() < 1]
    held = output_prior(TOTALS, NATION, SECTORS, 40, 20_000, 4, pd.Series({"food": 40.0}))
    assert near["steel"].mean() == pytest.approx(held["steel"].mean(), abs=0.3)
    assert near["steel"].std() == pytest.approx(held["steel"].std(), rel=0.05)


@pytest.mark.parametrize(
    ("totals", "observed", "code"),
    [
        (TOTALS, {"food": 101.0}, "prior_above_total"),
        (TOTALS, {"crops": 19.0}, "prior_above_total"),
        (TOTALS, {"paper": 1.0}, "labels_differ"),
        (TOTALS.rename({"farms": "farm"}), {}, "labels_differ"),
        (TOTALS, {"food": -1.0}, "level_impossible"),
    ],
)
def test_faults_of_a_prior(totals: pd.Series, observed: dict, code: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        output_prior(totals, NATION, SECTORS, 40, 3, 3, pd.Series(observed, dtype=float))
    assert caught.value.faults[0].code == code


def test_tables_of_a_prior_are_valid_draw_by_draw() -> None:
    outputs = output_prior(TOTALS, NATION, SECTORS, 5, 60, 3)
    A = pd.DataFrame(0.15, NATION.index, NATION.index)
    kinds = pd.Series(["primary", "manufacturing", "manufacturing", "primary"], NATION.index)
    drawn = draw_tables_each(MODEL, A, outputs, NATION, kinds, np.random.default_rng(1))
    assert (np.einsum("dij,dj->di", drawn, outputs) <= outputs.to_numpy()).all()
    assert (drawn.sum(axis=1) < 1).all()
    # what the output may be widens the interval
    one = outputs.mean()
    fixed = draw_tables(MODEL, A, one, NATION, kinds, 60, np.random.default_rng(1))
    width = [np.ptp(draw_multipliers(tables)[:, 0], axis=0).mean() for tables in (drawn, fixed)]
    assert width[0] > width[1]
