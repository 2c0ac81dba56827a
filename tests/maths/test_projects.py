"""Effects of projects: by hand, by another way, and as they must add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.input_output import mixed_model, multipliers
from songhua.maths.projects import (
    MEASURES,
    Economy,
    Impact,
    ProjectFlows,
    ends,
    limited,
    ramp,
    spread,
    summarise,
)

A = np.array([[0.15, 0.25], [0.20, 0.05]])
JOBS = [0.3, 0.25]
YEARS = (2024, 2025, 2026)
NAN = np.nan


def economy(consumption=(0.05, 0.40)) -> Economy:
    hold = np.array([[[1, 1], [0.65, 0.70], JOBS, JOBS, [0.1, 0.1]]], dtype=float)
    return Economy(A[np.newaxis], hold, np.array([consumption], dtype=float))


def flows(spending=600.0, second=1500.0, output=0.0, **more) -> ProjectFlows:
    """One project that spends on goods of either industry in 2024 and sells the first's in 2026."""
    money = np.zeros((1, 1, 3, 2))
    money[0, 0, 0] = spending, second
    sales = np.zeros((1, 1, 3))
    sales[0, 0, 2] = output
    plain = {
        "projects": ["mill"], "years": YEARS, "goods": ("first", "second"),
        "industry": np.array([0]), "spending": money, "baskets": np.eye(2)[np.newaxis],
        "local": np.full((1, 1, 2), NAN), "output": sales, "jobs": np.full((1, 1), NAN),
        "displaced": np.zeros((1, 1)), "crowded": np.zeros((1, 1)), "idle": np.zeros((1, 1, 3)),
    }  # fmt: skip
    return ProjectFlows(**(plain | more))


def impact(given: ProjectFlows, region: Economy | None = None, most=None) -> Impact:
    return Impact(region or economy(), given, np.ones((1, 3)), most)


def random_case(seed=3, n=6, P=5, T=4, G=3, D=7) -> Impact:
    rng = np.random.default_rng(seed)
    tables = rng.uniform(0, 1.4 / n, (D, n, n))
    hold = rng.uniform(0, 0.4, (D, 5, n))
    hold[:, 0] = 1
    region = Economy(tables, hold, rng.uniform(0, 0.5 / n, (D, n)))
    local = rng.uniform(0, 1, (D, P, G))
    local[rng.random((D, P, G)) < 0.5] = NAN
    jobs = np.where(rng.random((1, P)) < 0.5, rng.uniform(0, 1, (1, P)), NAN)
    given = ProjectFlows(
        [f"p{k}" for k in range(P)], tuple(range(2024, 2024 + T)), tuple("abc")[:G],
        rng.integers(0, n, P), rng.uniform(0, 9, (D, P, T, G)), rng.uniform(0, 1 / n, (D, G, n)),
        local, rng.uniform(0, 9, (D, P, T)), jobs, rng.uniform(0, 1, (D, P)),
        rng.uniform(0, 1, (1, P)), rng.uniform(0, 2, (1, P, T)),
    )  # fmt: skip
    return Impact(region, given, rng.uniform(1, 1.2, (D, T)))


def test_the_textbook_project() -> None:
    """600 and 1500 spent on either industry: outputs 1247.5 and 1841.6, jobs 374.26 and 460.4."""
    found = impact(flows())
    output = found.output
    assert_close(output[1][0, 0, 0], [1247.5248, 1841.5842], atol=5e-5)
    assert_close(output[0][0, 0, 0], [600, 1500])
    jobs = output[1][0, 0, 0] * JOBS
    assert_close(jobs, [374.2574, 460.3960], atol=5e-5)
    by_project = found.by_project()[0, 0, 0, :, MEASURES.index("jobs"), 0]
    assert by_project[3] == by_project[:2].sum() == pytest.approx(jobs.sum())


def test_industries_that_buy_nothing_of_one_another_are_an_economy() -> None:
    apart = economy()
    apart = Economy(np.zeros_like(apart.A), apart.per_output, apart.consumption * 0)
    assert_close(apart.L, np.eye(2)[np.newaxis])


def test_there_are_as_many_draws_as_of_what_is_drawn_most() -> None:
    assert Impact(economy(), flows(), np.ones((5, 3)), None).draws == 5
    assert Impact(economy(), flows(), np.ones((1, 3)), None).draws == 1
    assert flows(jobs=np.full((4, 1), NAN)).draws() == 4


def test_type_two_is_the_closed_model() -> None:
    wanted = multipliers(A, JOBS, closed=True, consumption=[0.05, 0.40])
    region = economy()
    jobs = MEASURES.index("jobs")
    assert_close(region.multipliers[0, jobs], wanted["effect"])
    assert_close((region.multipliers + region.induced)[0, jobs], wanted["effect_closed"])


def test_the_capacity_case() -> None:
    most = np.full((1, 3, 2), np.inf)
    most[0, 0, 0] = 1100
    found = impact(flows(), economy((0, 0)), most)
    assert_close(found.limits[0][0][0, 0], [117.6316, 0], atol=5e-5)
    net = found.balance[0, 0, -1, 0, 0]
    assert net == pytest.approx(1100 + 1810.5263, abs=1e-4)
    gross = found.balance[0, 0, 0, 0, 0]
    assert gross == pytest.approx(1247.5248 + 1841.5842, abs=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_limits_are_the_mixed_model(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 8
    tables = rng.uniform(0, 1.5 / n, (3, n, n))
    f = rng.uniform(-2, 10, (3, 2, n))
    free = np.linalg.solve(np.eye(n) - tables[:, np.newaxis], f[..., np.newaxis])[..., 0]
    most = free * rng.uniform(0.3, 1.6, free.shape)
    most = np.where(free > 0, most, np.inf)
    x, unmet = limited(tables, f, most)
    for draw, year in np.ndindex(3, 2):
        wanted = mixed_model(tables[draw], f[draw, year], capacity=pd.Series(most[draw, year]))
        assert_close(x[draw, year], wanted["output"], rtol=1e-9, atol=1e-9)
        assert_close(unmet[draw, year], wanted["unmet"], rtol=1e-9, atol=1e-7)


def test_a_plant_of_its_own_pulls_its_suppliers() -> None:
    """Sales of 100 with the first industry's inputs: 25.4126 + 26.4026 beyond itself."""
    found = impact(flows(0, 0, 100))
    assert_close(found.output[0][0, 1, 2], [100, 0])
    assert_close(found.output[1][0, 1, 2], [125.4125, 26.4026], atol=5e-5)


def test_what_displaces_everything_brings_nothing() -> None:
    found = impact(flows(0, 0, 100, displaced=np.ones((1, 1))))
    assert_close(found.balance[0, :, -1], 0, atol=1e-10)
    assert found.balance[0, 0, 1, 2, 0] > 100


def test_displacement_takes_incumbents_jobs_and_leaves_the_projects() -> None:
    own = np.full((1, 1), 0.05)
    found = impact(flows(0, 0, 100, displaced=np.ones((1, 1)), jobs=own))
    jobs = MEASURES.index("jobs")
    assert found.balance[0, 0, -1, 2, jobs] == pytest.approx(5 - 30)
    assert found.by_project()[1, 0, 2, 0, jobs, 0] == pytest.approx(5)


def test_spending_that_crowds_out_everything_brings_nothing() -> None:
    found = impact(flows(crowded=np.ones((1, 1))))
    assert_close(found.balance[0, :, -1], 0, atol=1e-9)


def test_land_buys_nothing() -> None:
    idle = np.full((1, 1, 3), 1e6)
    assert_close(impact(flows(idle=idle)).balance, impact(flows()).balance)


def test_a_known_local_share_takes_the_place_of_the_baskets() -> None:
    half = flows(baskets=np.array([[[0.4, 0.4], [0.0, 0.5]]]), local=np.array([[[0.4, NAN]]]))
    found = impact(half).demand[0, 0, 0]
    assert_close(found, [600 * 0.2, 600 * 0.2 + 1500 * 0.5])


def test_zero_projects_do_nothing() -> None:
    nothing = impact(flows(0, 0, 0))
    assert_close(nothing.balance, 0)
    assert_close(nothing.by_project(), 0)


def test_projects_add_up_and_two_halves_make_the_whole() -> None:
    whole = random_case()
    given = whole.flows
    parts = [replace(whole, flows=given.select([k])) for k in range(len(given.projects))]
    assert_close(whole.balance, sum(p.balance for p in parts), rtol=1e-10, atol=1e-10)
    for kind in range(3):
        total = sum(part.output[kind] for part in parts)
        assert_close(whole.output[kind], total, rtol=1e-10, atol=1e-10)
    each = np.concatenate([part.by_project() for part in parts], axis=1)
    assert_close(whole.by_project(), each, rtol=1e-12)
    half = replace(given, spending=given.spending / 2, output=given.output / 2)
    twice = 2 * replace(whole, flows=half).balance
    assert_close(twice, whole.balance, rtol=1e-10, atol=1e-10)


def test_projects_and_industries_are_two_cuts_of_one_thing() -> None:
    found = random_case()
    by_project = found.by_project().sum(axis=1)  # phase, year, effect, measure, draw
    for year in range(4):
        by_industry = np.stack(list(found.by_industry(year))).sum(
            axis=2
        )  # effect, phase, measure, draw
        assert_close(by_project[:, year], by_industry.swapaxes(0, 1), rtol=1e-10)
    balance = np.moveaxis(found.balance, 0, -1)  # type, step, year, measure, draw
    assert_close(by_project[:, :, 3], balance[0, :2], rtol=1e-10)
    assert_close(by_project[:, :, 4], balance[1, :2], rtol=1e-10)


def test_net_of_projects_adds_up_to_the_balance_without_limits() -> None:
    found = random_case()
    net = found.net_of_project(slice(None), found.by_project()).sum(axis=0)
    assert_close(net, np.moveaxis(found.balance[:, :, -1], (0, 1), (-1, 1)), rtol=1e-9)


def test_draws_are_worked_out_one_by_one() -> None:
    """Every draw is what a region of its own would give, solved by numpy alone."""
    found = random_case()
    region, given = found.economy, found.flows
    for d in range(found.draws):
        scale = np.where(
            np.isnan(given.local[d]), 1, given.local[d] / given.baskets[d].sum(axis=-1)
        )
        f = np.einsum("ptg,pg,gn->tn", given.spending[d], scale, given.baskets[d])
        x = np.linalg.solve(np.eye(6) - region.A[d], f.T).T
        assert_close(found.output[1][d, 0], x)
        closed = np.block([
            [region.A[d], region.consumption[d][:, np.newaxis]],
            [region.per_output[d, 3][np.newaxis], np.zeros((1, 1))],
        ])  # fmt: skip
        wider = np.linalg.solve(np.eye(7) - closed, np.append(f, np.zeros((4, 1)), axis=1).T).T
        assert_close(found.output[2][d, 0], wider[:, :6])


def test_limits_bind_in_the_closed_model_too() -> None:
    found = random_case()
    free = np.maximum(found.net_demand @ found.economy.L.swapaxes(-1, -2), 0) + 1e-9
    limit = replace(found, capacity=free * 0.9)
    d, t = 2, 1
    region = limit.economy
    closed = np.zeros((7, 7))
    closed[:6, :6], closed[:6, 6] = region.A[d], region.consumption[d]
    closed[6, :6] = region.per_output[d, 3]
    own = limit.demand[d, 1, t] @ region.per_output[d, 3]
    f = np.append(limit.net_demand[d, t], own)
    wanted = mixed_model(closed, f, capacity=pd.Series(limit.capacity[d, t]))
    assert_close(limit.limits[1][0][d, t], wanted["unmet"][:6], atol=1e-9)
    lost = wanted["unmet"].to_numpy()[:6] @ (region.multipliers + region.induced)[d].T
    jobs = MEASURES.index("jobs")
    lost[jobs] /= limit.productivity[d, t]
    assert_close(limit.balance[d, 1, 5, t], -lost)


def test_intervals_are_quantiles_of_what_is_reported() -> None:
    found = random_case(D=40)
    levels = [0.05, 0.5, 0.95]
    some = summarise(found, levels)
    by_project = found.by_project()
    wanted = np.quantile(by_project[..., :2, :, :].sum(axis=-3), levels, axis=-1)
    assert_close(some.projects[..., 3, :, :], np.moveaxis(wanted, 0, -1))
    total = np.quantile(by_project.sum(axis=1), levels, axis=-1)
    assert_close(some.years, np.moveaxis(total, 0, -1))
    output = np.quantile(found.output[2], levels, axis=0)  # level, phase, year, n
    assert_close(np.moveaxis(some.industries[:, 4, ..., 0, :], (-1, 0), (0, 2)), output)
    wanted = np.quantile(found.balance, levels, axis=0)
    assert_close(some.balance, np.moveaxis(wanted, 0, -1))
    assert_close(summarise(found).balance, some.balance)
    net = found.net_of_project(slice(None), by_project)
    assert_close(some.net, np.moveaxis(np.quantile(net, levels, axis=-1), 0, -1))


def test_quantiles_are_numpys() -> None:
    values = np.random.default_rng(1).normal(size=(101, 4, 3))
    for levels in ((0.0, 0.05, 0.33, 1.0), (0.5,)):
        wanted = np.moveaxis(np.quantile(values, levels, axis=0), 0, -1)
        assert_close(ends(np.moveaxis(values, 0, -1), levels), wanted)
    assert_close(ends(np.array([[4.0]]), (0.05, 0.95)), [[4, 4]])


def test_money_is_spread_over_its_years() -> None:
    years = np.arange(2023, 2030)
    even = spread(years, 2024, 2027)
    assert_close(even, [[0, 0.25, 0.25, 0.25, 0.25, 0, 0]])
    tilted = spread(years, 2024, 2027, np.array([-1.0, 1.0]))
    assert_close(tilted.sum(axis=1), 1)
    assert tilted[0, 1] > tilted[0, 4] == pytest.approx(0)
    assert_close(spread(years, 2025, 2025, 0.7), [[0, 0, 1, 0, 0, 0, 0]])


def test_plants_reach_full_sales_after_their_ramp() -> None:
    years = np.arange(2026, 2032)
    assert_close(ramp(years, 2027, 4), [[0, 0.25, 0.5, 0.75, 1, 1]])
    assert_close(ramp(years, 2027, 0), [[0, 1, 1, 1, 1, 1]])
    assert_close(ramp(years, 2027, 1, 1.5), [[0, 0, 0.5, 1, 1, 1]])


@pytest.mark.parametrize("seed", range(12))
def test_no_industry_makes_more_than_it_can_or_loses_more_than_it_sells(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = random_case(seed)
    D, T, n = found.net_demand.shape
    sells = rng.uniform(0, 12, (D, n)) * (rng.random((D, n)) < 0.8)
    capacity = np.where(rng.random((D, T, n)) < 0.5, rng.uniform(0, 8, (D, T, n)), np.inf)
    held = replace(found, sells=sells, capacity=capacity)
    by_industry = np.zeros((D, T, n))
    for at, j in enumerate(held.flows.industry):
        by_industry[..., j] += held.lost[:, at]
    wanted = found.flows.output * found.flows.displaced[:, :, None]
    assert (by_industry <= sells[:, None] * (1 + 1e-12)).all()
    assert (held.lost <= wanted + 1e-12).all()
    assert (wanted.sum() > held.lost.sum()) or (wanted.sum() == 0)
    economy, f = held.economy, held.net_demand
    x = f @ economy.L.swapaxes(-1, -2)
    earned = economy.earned((x + held.demand[:, 1]) @ economy.per_output[:, 3, :, None])
    for table, start, (unmet, spared) in (
        (economy.L, x, held.limits[0]),
        (economy.closed, x + earned * economy.households[:, None], held.limits[1]),
    ):
        out = table.swapaxes(-1, -2)
        made = start - unmet @ out + spared @ out
        assert (made <= capacity + 1e-9).all()
        assert (made >= -sells[:, None] - 1e-9).all()
        assert (unmet >= 0).all()
        assert (spared >= 0).all()
        assert not ((unmet > 1e-9) & (made < capacity - 1e-7)).any()
        assert not ((spared > 1e-9) & (made > -sells[:, None] + 1e-7)).any()


def test_what_incumbents_can_lose_is_shared_by_the_projects_of_an_industry() -> None:
    one = flows(0, 0, 60, displaced=np.ones((1, 1)))
    by_project = ("spending", "local", "output", "jobs", "displaced", "crowded", "idle")
    twice = {name: np.repeat(getattr(one, name), 2, axis=1) for name in by_project}
    twice["output"][0, 1] *= 40 / 60
    two = replace(one, projects=["one", "two"], industry=np.array([0, 0]), **twice)
    found = replace(impact(two), sells=np.array([[25.0, 99.0]]))
    assert_close(found.lost[0, :, 2], [15, 10])
    net = found.net_of_project(slice(None), found.by_project()).sum(axis=0)
    linear = found.balance[:, :, 0] + found.balance[:, :, 1] + found.balance[:, :, 3]
    assert_close(net, np.moveaxis(linear, (0, 1), (-1, 1)), rtol=1e-9, atol=1e-12)


def test_a_plants_known_jobs_are_its_jobs_whatever_productivity() -> None:
    own = np.full((1, 1), 0.05)
    plain = impact(flows(0, 0, 100, jobs=own))
    grown = replace(plain, productivity=np.array([[1.0, 1.1, 1.25]]))
    jobs = MEASURES.index("jobs")
    by_project = grown.by_project()[1, 0, 2, :, jobs, 0]
    assert by_project[0] == pytest.approx(5)  # 100 of sales, 0.05 jobs each
    indirect = plain.by_project()[1, 0, 2, 1, jobs, 0]
    assert by_project[3] == pytest.approx(5 + indirect / 1.25)
    assert grown.balance[0, 0, 1, 2, jobs] == pytest.approx(5 + indirect / 1.25)
    by_industry = [part[1, :, jobs, 0].sum() for part in grown.by_industry(2)]
    assert_close(by_industry, by_project)


def test_jobs_fall_as_productivity_grows() -> None:
    grown = replace(impact(flows(0, 0, 100)), productivity=np.array([[1.0, 1.1, 1.25]]))
    plain = impact(flows(0, 0, 100)).by_project()[1, 0, 2, :, 2, 0]
    assert plain[0] == pytest.approx(30)
    assert_close(grown.by_project()[1, 0, 2, :, 2, 0], plain / 1.25)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: Economy(np.full((1, 2, 2), 0.6), economy().per_output, np.zeros((1, 2))), "io_not_productive"),
        (lambda: economy((0.9, 3.0)), "projects_households"),
        (lambda: Economy(A, economy().per_output, np.zeros((1, 2))), "projects_shape"),
        (lambda: flows(displaced=np.full((1, 1), 1.5)), "projects_share"),
        (lambda: flows(output=0, idle=np.zeros((1, 2))), "projects_shape"),
        (lambda: flows(baskets=np.full((1, 2, 2), 0.7)), "projects_share"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(made, code: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        made()
    assert caught.value.faults[0].code == code
