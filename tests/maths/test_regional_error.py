"""The error of regional tables: valid draws, coverage of simulated truths, what can be learnt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import expit

from beside import tool
from close import assert_close
from songhua import messages
from songhua.errors import SonghuaError
from songhua.maths.input_output import output_multipliers
from songhua.maths.regional_error import (
    KINDS,
    SUPPLY,
    DrawnRegion,
    Nation,
    PerOutputError,
    draw_region,
    draw_tables,
    load,
    median_table,
    multiplier_intervals,
    notes,
    output_prior,
    outside,
    track_record,
)
from songhua.maths.regional_tables import draw_multipliers
from songhua.results import read_finding

LEARNING = tool("regional_learning")
MODEL = load()
#: Parameters that are certain: a world that is known.
SURE = np.array([1.0, 0.4, 2.5, 1.4, 2.5, 0.9, 0.2, 0.4, 0.3, 0.5, 0.8])
KNOWN = replace(MODEL, supply=SURE[np.newaxis])


def world(seed: int, n: int = 20) -> tuple[Nation, pd.Series, np.random.Generator]:
    """A nation, and a region of 1 to 20 % of it."""
    rng = np.random.default_rng(seed)
    names = [f"i{k}" for k in range(n)]
    A = rng.random((n, n)) ** 3
    A *= rng.uniform(0.2, 0.5, n) / A.sum(axis=0)
    output = pd.Series(np.linalg.solve(np.eye(n) - A, rng.lognormal(3, 1, n) * 100), names)
    x = np.minimum(output * rng.lognormal(0, 0.5, n) * rng.uniform(0.01, 0.2), output * 0.9)
    added = pd.Series((1 - A.sum(axis=0)) * rng.uniform(0.5, 1, n), names)
    kinds = pd.Series([KINDS[k % len(KINDS)] for k in range(n)], names)
    income = added * rng.uniform(0.3, 0.9, n)
    jobs = income * 20
    return Nation(pd.DataFrame(A, names, names), output, kinds, added, income, jobs), x, rng


@given(
    st.integers(0, 10_000),
    st.floats(0, 6),
    st.floats(-4, 0),
    st.one_of(st.none(), st.floats(1, 1e7)),
    st.lists(st.booleans(), min_size=9, max_size=9),
    st.booleans(),
)
@example(seed=1, transfer=1.5, size=-1.0, area=None, there=[False] * 9, stated=True)
def test_draws_are_valid_regions(
    seed: int, transfer: float, size: float, area: float | None, there: list[bool], stated: bool
) -> None:
    rng = np.random.default_rng(seed)
    A = rng.random((9, 9)) * (rng.random((9, 9)) < 0.7)
    A *= rng.uniform(0.1, 0.95, 9) / np.maximum(A.sum(axis=0), 1e-9)
    output = rng.lognormal(0, 2, 9)
    x = np.minimum(output * 10**size * rng.lognormal(0, 1.5, 9), output) * there
    added = (1 - A.sum(axis=0)) * rng.random(9) if stated else None
    income = added * rng.random(9) if added is not None else None
    nation = Nation(A, output, list(rng.choice(KINDS, 9)), added, income, rng.random(9))
    drawn = draw_region(MODEL, nation, x, 50, rng, area, transfer)
    assert drawn.A.shape == (50, 9, 9)
    for part in (drawn.A, drawn.own_supply, drawn.value_added, drawn.income, drawn.jobs):
        assert np.isfinite(part).all()
        assert (part >= 0).all()
    assert (drawn.own_supply <= 1).all()
    bought = drawn.A.sum(axis=1)
    assert (bought + drawn.value_added <= 1 + 1e-12).all()
    assert (bought[:, A.sum(axis=0) > 0] < 1).all()
    assert (drawn.income <= drawn.value_added * (1 + 1e-12)).all()
    assert (drawn.A @ x <= x * (1 + 1e-12)).all()
    assert (drawn.A[:, x == 0] == 0).all()
    assert (drawn.A[:, :, x == 0] == 0).all()
    assert (drawn.jobs[:, x == 0] == 0).all()
    assert (drawn.A[:, A == 0] == 0).all()


def test_draws_have_the_stated_distribution_of_own_supply() -> None:
    """In the middle as the formula says, and as wide as its four errors together."""
    nation, x, rng = world(3)
    # so little is bought that deliveries stay within output
    nation = replace(nation, A=nation.A * 0.01)
    drawn = draw_region(KNOWN, nation, x, 20_000, rng, area=2e5)
    at = dict(zip(SUPPLY, SURE, strict=True))
    lq = (x / x.sum()) / (nation.output / sum(nation.output))
    kind = np.array([at[k] for k in nation.kinds])
    middle = kind + at["quotient"] * np.log(lq.to_numpy()) + at["size"] * np.log(2.0)
    spread = np.sqrt(sum(at[name] ** 2 for name in SUPPLY[-4:]))
    ends = np.quantile(drawn.own_supply, [0.5, 0.8413], axis=0)
    assert np.abs(ends[0] - expit(middle)).max() < 0.02
    assert np.abs(ends[1] - expit(middle + spread)).max() < 0.02


def test_what_is_held_moves_about_the_nations() -> None:
    nation, x, rng = world(4)
    model = replace(
        MODEL, per_output={k: replace(v, slope=0.0) for k, v in MODEL.per_output.items()}
    )
    drawn = draw_region(model, nation, x, 8_000, rng, area=5e4)
    wanted = np.array([nation.value_added, nation.jobs])
    found = np.median([drawn.value_added, drawn.jobs], axis=1)
    assert np.abs(found / wanted - 1).max() < 0.04
    # services and public services are nearest to the nation's
    apart = np.log(drawn.jobs / np.asarray(nation.jobs)).std(axis=0)
    by_kind = pd.Series(apart).groupby(list(nation.kinds)).mean()
    assert by_kind["public"] < by_kind["services"] < by_kind["manufacturing"]


def test_multipliers_carry_each_draws_own_ratios() -> None:
    nation, x, rng = world(5, 4)
    drawn = draw_region(MODEL, nation, x, 3, rng, area=5e4)
    found = drawn.multipliers()
    assert found.shape == (3, 4, 4)
    for k in range(3):
        L = np.linalg.inv(np.eye(4) - drawn.A[k])
        assert_close(found[k, 0], L.sum(axis=0), rtol=1e-12)
        assert_close(found[k, 3], drawn.jobs[k] @ L, rtol=1e-12)
    assert_close(found[:, 0], draw_multipliers(drawn.A)[:, 0], rtol=1e-10)


def test_a_larger_area_buys_more_at_home_and_an_unknown_one_is_less_sure() -> None:
    nation, x, _ = world(6)
    own = {
        area: draw_region(MODEL, nation, x, 4_000, np.random.default_rng(1), area).own_supply
        for area in (2e3, 2e4, 1e6, None)
    }
    assert own[2e3].mean() < own[2e4].mean() < own[1e6].mean()
    assert np.median(own[2e3]) < np.median(own[None]) < np.median(own[1e6])


def supply(seed: int, countries: int, regions: int = 12) -> pd.DataFrame:
    """Own supply drawn from the known world."""
    rng, at = np.random.default_rng(seed), dict(zip(SUPPLY, SURE, strict=True))
    rows = []
    for c in range(countries):
        country, kinds = rng.normal(0, at["country"]), rng.normal(0, at["country_kind"], len(KINDS))
        for r in range(regions):
            area, region = np.exp(rng.uniform(7, 13)), rng.normal(0, at["region"])
            for i in range(20):
                quotient, k = np.exp(rng.normal(0, 0.6)), i % len(KINDS)
                y = at[KINDS[k]] + at["quotient"] * np.log(quotient) + region + country + kinds[k]
                y += at["size"] * np.log(area / 1e5) + rng.normal(0, at["industry"])
                one = {"country": f"c{c}", "region": f"r{r}", "own": expit(y), "area": area}
                rows.append(one | {"quotient": quotient} | {K: float(KINDS[k] == K) for K in KINDS})
    return pd.DataFrame(rows)


def test_the_parameters_are_found_again() -> None:
    found = LEARNING.fit_supply(supply(7, 8), np.random.default_rng(1), 200)
    middle, spread = found.mean(axis=0), found.std(axis=0)
    assert (np.abs(middle - SURE) <= 3.5 * spread + 0.05).all()
    at = SUPPLY.index("size")
    assert spread[at] > 0  # delta is uncertain, and its draws say so
    assert np.ptp(found[:, at]) > 0


@pytest.mark.parametrize("worlds", [3, pytest.param(12, marks=pytest.mark.exhaustive)])
def test_a_country_nobody_has_seen_lies_in_its_intervals(worlds: int) -> None:
    """Learnt from four countries, own supply of a fifth; and without errors between countries."""
    found, bare = [], []
    for seed in range(worlds):
        table = supply(100 + seed, 5)
        out = table["country"] == "c4"
        learnt = LEARNING.fit_supply(
            table[~out].reset_index(drop=True), np.random.default_rng(seed)
        )
        narrow = learnt.copy()
        narrow[:, [SUPPLY.index("country"), SUPPLY.index("country_kind")]] = 0
        one = table[out & (table["region"] == "r0")]
        for rows, kept in ((learnt, found), (narrow, bare)):
            rng, n = np.random.default_rng(1), len(one)
            own = np.array([
                _one_draw(row, one, rng) for row in np.repeat(rows, 2, axis=0)
            ])  # fmt: skip
            low, high = np.quantile(own, [0.05, 0.95], axis=0)
            kept.append(((low <= one["own"]) & (one["own"] <= high)).sum() / n)
    assert 0.8 <= np.mean(found) <= 1.0
    assert np.mean(bare) < np.mean(found)


def _one_draw(row: np.ndarray, rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Own supply by one draw of the parameters, written out."""
    at, kind = dict(zip(SUPPLY, row, strict=True)), rows[list(KINDS)].to_numpy().argmax(axis=1)
    y = row[kind] + at["quotient"] * np.log(rows["quotient"].to_numpy())
    y += at["size"] * np.log(rows["area"].to_numpy() / 1e5)
    y += rng.normal(0, at["country"]) + rng.normal(0, at["region"])
    y += rng.normal(0, max(at["country_kind"], 1e-12), len(KINDS))[kind]
    return expit(y + rng.normal(0, at["industry"], len(rows)))


def test_the_error_of_what_is_held_is_found_again() -> None:
    rng, rows = np.random.default_rng(2), []
    for c, factor in enumerate((0.8, 1.0, 1.25)):
        for r in range(40):
            region = rng.normal(0, 0.1)
            for i in range(25):
                quotient, k = np.exp(rng.normal(0, 0.6)), i % len(KINDS)
                error = -0.3 * np.log(quotient) + region
                error += factor * (0.1 + 0.05 * k) * rng.standard_t(4)
                rows.append((f"c{c}", f"r{r}", KINDS[k], quotient, error))
    names = ["country", "region", "kind", "quotient", "error"]
    found = LEARNING.fit_held(pd.DataFrame(rows, columns=names))
    assert found.slope == pytest.approx(-0.3, abs=0.02)
    assert found.region == pytest.approx(0.1, abs=0.03)
    assert found.scale == pytest.approx(1.02 * (0.1 + 0.05 * np.arange(5)), rel=0.1)
    assert 0.1 < found.country < 0.3


def test_a_kind_that_no_country_has_takes_the_mean() -> None:
    rows = [
        ("a", f"r{r}", "public", 1.0, 0.1 * (-1) ** (r + i)) for r in range(4) for i in range(4)
    ]
    found = LEARNING.fit_held(
        pd.DataFrame(rows, columns=["country", "region", "kind", "quotient", "error"])
    )
    assert np.ptp(found.scale) == pytest.approx(0)
    assert found.scale[0] > 0


def test_the_parts_of_the_mix_of_inputs_are_found_again() -> None:
    rng = np.random.default_rng(5)
    parts = []
    for _ in range(60):
        errors = rng.normal(0, 0.3, (20, 1)) + rng.normal(0, 0.2, (20, 20))
        parts.append(LEARNING.fit_inputs(errors, rng.uniform(0.5, 1.5, (20, 20))))
    seller, cell = np.mean(parts, axis=0)
    assert seller == pytest.approx(0.09, rel=0.15)
    assert cell == pytest.approx(0.04, rel=0.15)


def test_ends_are_quantiles_of_the_drawn_multipliers() -> None:
    tables = 1 - 1 / np.arange(1.0, 102)  # of multipliers 1 to 101
    found = multiplier_intervals(tables[:, np.newaxis, np.newaxis], ["all"])
    assert found.loc["all"].tolist() == pytest.approx([6, 51, 96])


def test_transfer_widens_about_the_same_middle() -> None:
    nation, x, _ = world(1)
    widths = []
    for transfer in (0, 1, 1.5):
        rng = np.random.default_rng(2)
        drawn = draw_tables(
            MODEL, nation.A, x, nation.output, nation.kinds, 500, rng, 5e4, transfer
        )
        ends = multiplier_intervals(drawn, nation.A.index)
        widths.append(ends["high"] - ends["low"])
    assert np.allclose(widths[0], 0)
    assert (widths[1] > 0).all()
    assert widths[2].mean() > 1.2 * widths[1].mean()
    middle = output_multipliers(median_table(MODEL, nation.A, x, nation.output, nation.kinds, 5e4))
    assert np.abs(ends["median"] / middle - 1).max() < 0.1


def test_the_same_chance_gives_the_same_draws() -> None:
    nation, x, _ = world(1)
    one, two, three = (
        draw_tables(MODEL, nation.A, x, nation.output, nation.kinds, 5, np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, three)
    turned = x.iloc[::-1], nation.output.iloc[::-1], nation.kinds.iloc[::-1]
    again = draw_tables(MODEL, nation.A, *turned, 5, np.random.default_rng(1))
    np.testing.assert_array_equal(one, again)


def test_each_draw_may_have_an_output_of_its_own() -> None:
    nation, x, rng = world(2, 5)
    outputs = np.array([x, x * 0.5, x * [1, 0, 1, 1, 1]])
    drawn = draw_region(MODEL, nation, outputs, 3, rng, 5e4)
    assert (drawn.A[2, 1] == 0).all()
    assert (drawn.A[:2] > 0).any(axis=2).all()
    for k, row in enumerate(outputs):
        assert (drawn.A[k] @ row <= row * (1 + 1e-12)).all()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"transfer": -1}, "regional_transfer"),
        ({"area": 0.0}, "regional_area"),
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


def test_too_few_countries() -> None:
    with pytest.raises(ValueError, match="learnt from 1"):
        LEARNING.fit_supply(supply(1, 1), np.random.default_rng(1))


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_what_must_be_said_has_words(lang: str) -> None:
    found = notes(MODEL, 1e-7, 3.0, transfer=2.0)
    said = [read_finding(code, params).words(lang) for code, params in found]
    assert [code for code, _ in found] == [
        "regional_error_untested", "regional_error_area", "regional_error_size",
        "regional_error_learnt", "regional_error_widened",
    ]  # fmt: skip
    assert "untested here" in said[0] or "未经检验" in said[0]
    assert MODEL.study(lang) in said[3]
    assert not any("{" in text for text in said)


@pytest.mark.parametrize(
    ("share", "area", "beyond"),
    [
        (0.05, 5e4, False), (0.05, None, True), (0.05, 1e3, True), (0.05, 3e6, True),
        (1e-4, 5e4, True), (0.9, 5e4, True),
    ],
)  # fmt: skip
def test_a_region_beyond_what_was_learnt_is_headed_so(
    share: float, area: float | None, beyond: bool
) -> None:
    assert outside(MODEL, share, area) == beyond
    codes = [code for code, _ in notes(MODEL, share, area)]
    assert (codes[0] == "regional_error_untested") == beyond
    assert codes[-1] == "regional_error_learnt"


def test_parameters_say_who_made_them() -> None:
    assert any("estimated by their authors" in one.source for one in MODEL.studies)
    assert MODEL.supply.shape[1] == len(SUPPLY)
    assert (MODEL.supply[:, -4:] > 0).all()
    assert len({tuple(one.learnt) for one in MODEL.studies}) > 1
    middle, spread = MODEL.delta
    assert 0 < spread < middle
    assert isinstance(MODEL.per_output["labour"], PerOutputError)


def test_the_record_is_of_multipliers_of_countries_left_out() -> None:
    record = track_record()
    scored = record[(record["level"] == 0.9) & record["score_flq"].notna()]
    assert set(scored["quantity"]) == {"output", "value_added", "income", "jobs"}
    assert (scored["score"] < scored["score_flq"]).all()
    assert (scored["score"] < scored["score_nation"]).all()
    assert MODEL.covered == (scored["covered"].min(), scored["covered"].max())


def test_a_drawn_region_without_inputs_has_its_own_ratios_as_multipliers() -> None:
    one = np.full((2, 3), 0.5)
    drawn = DrawnRegion(np.zeros((2, 3, 3)), one, one, one * 0.5, one * 4)
    assert drawn.multipliers()[:, :, 0].tolist() == [[1.0, 0.5, 0.25, 2.0]] * 2


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
    drawn = draw_tables(MODEL, A, outputs, NATION, kinds, 60, np.random.default_rng(1))
    assert (np.einsum("dij,dj->di", drawn, outputs) <= outputs.to_numpy()).all()
    assert (drawn.sum(axis=1) < 1).all()
    # what the output may be widens the interval: alone, without any error of the table
    rng = np.random.default_rng(1)
    exact = draw_tables(MODEL, A, outputs, NATION, kinds, 60, rng, 5e4, transfer=0)
    fixed = draw_tables(MODEL, A, outputs.mean(), NATION, kinds, 60, rng, 5e4, transfer=0)
    width = [np.ptp(draw_multipliers(tables)[:, 0], axis=0) for tables in (exact, fixed)]
    assert width[0].min() > 1e-3
    assert width[1].max() < 1e-12


def test_the_interval_of_a_coverage_is_that_of_a_mean_of_regions() -> None:
    """Half of a hundred regions: a standard error of 0.05."""
    half = pd.Series([0.0, 1.0] * 50)
    found = tool("interval_scores").region_bootstrap(half, np.random.default_rng(1))
    assert found == pytest.approx((0.5 - 1.96 * 0.05, 0.5 + 1.96 * 0.05), abs=0.015)
    narrow = tool("interval_scores").region_bootstrap(half, np.random.default_rng(1), level=0.5)
    assert narrow == pytest.approx((0.5 - 0.674 * 0.05, 0.5 + 0.674 * 0.05), abs=0.015)
