"""Input-output analysis: identities over random tables, industries without output, faults."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua import SonghuaError
from songhua.maths import input_output as io


@st.composite
def tables(draw, low=2, high=6):
    """Flows, final demand and output that balance, some industries empty; always productive."""
    n = draw(st.integers(low, high))
    A = draw(arrays(float, (n, n), elements=st.floats(0, 1)))
    A = A * (draw(arrays(float, (n, n), elements=st.sampled_from([0.0, 1.0]))))
    shares = draw(arrays(float, n, elements=st.floats(0.05, 0.95)))
    A = A / np.maximum(A.sum(axis=0), 1e-3) * shares
    f = draw(arrays(float, n, elements=st.floats(0.5, 100)))
    gone = draw(st.integers(-1, n - 1))
    if gone >= 0:
        A[gone] = A[:, gone] = f[gone] = 0
    x = np.linalg.solve(np.eye(n) - A, f)
    if gone >= 0:
        x[gone] = 0
    labels = [f"i{k}" for k in range(n)]
    return pd.DataFrame(A * x, labels, labels), pd.Series(f, labels), pd.Series(x, labels)


def _kept(x):
    return x.index[x != 0]


@given(tables())
def test_output_is_what_final_demand_sets_off(table):
    Z, f, x = table
    A, kept = io.technical_coefficients(Z, x), _kept(x)
    L = io.leontief_inverse(A)
    assert_close(L.loc[kept, kept] @ f[kept], x[kept], rtol=1e-9)
    gone = io.without_output(x)
    assert list(x.index.drop(kept)) == gone
    assert L[gone].isna().all().all()
    assert L.loc[gone].isna().all().all()
    assert not L.loc[kept, kept].isna().any().any()
    total = io.output_multipliers(A)
    assert_close(total[kept], L.loc[kept, kept].sum(), rtol=1e-12)
    assert total[gone].isna().all()


@given(tables())
def test_all_that_a_unit_pays_for_is_one(table):
    Z, _, x = table
    A, kept = io.technical_coefficients(Z, x), _kept(x)
    v = (1 - A.sum()).where(x != 0)
    found = io.multipliers(A, v.fillna(0))
    assert_close(found["effect"][kept], 1, rtol=1e-9)
    assert found.loc[io.without_output(x)].isna().all().all()
    assert_close(io.price_model(A, v.fillna(0))[kept], 1, rtol=1e-9, atol=1e-9)


@given(tables(), st.floats(0.01, 0.5))
def test_prices_and_quantities_are_dual(table, rise):
    """v' x = p' f, whatever the costs are."""
    Z, f, x = table
    A, kept = io.technical_coefficients(Z, x), _kept(x)
    v = (1 - A.sum()).where(x != 0).fillna(0)
    v.iloc[0] += rise
    p = io.price_model(A, v)
    assert p[kept] @ f[kept] == pytest.approx(v[kept] @ x[kept])
    if x.iloc[0] != 0:  # the price that comes out, given from outside, moves the others the same
        fixed = io.price_model(A, (1 - A.sum()).where(x != 0).fillna(0), p.iloc[:1])
        assert_close(fixed[kept], p[kept], rtol=1e-9)


@given(tables())
def test_ghosh_and_leontief_are_similar(table):
    """G = diag(x)^-1 L diag(x)."""
    Z, _, x = table
    kept = _kept(x)
    L, G = io.leontief_inverse(io.technical_coefficients(Z, x)), io.ghosh_inverse(Z, x)
    similar = L.mul(x, axis=1).div(x.where(x != 0), axis=0).loc[kept, kept]
    assert_close(G.loc[kept, kept], similar, rtol=1e-9)
    v = x[kept] - Z[kept].sum()
    assert_close(v @ G.loc[kept, kept], x[kept], rtol=1e-9)
    assert_close(io.upstreamness(Z, x), io.forward_linkages(Z, x))


@given(tables(), st.floats(0, 0.9))
def test_households_add_to_what_is_set_off(table, spent):
    Z, f, x = table
    A, kept = io.technical_coefficients(Z, x), _kept(x)
    income = ((1 - A.sum()) * 0.6).where(x != 0).fillna(0)
    found = io.multipliers(A, income, closed=True, consumption=f / f.sum() * spent)
    open_ = io.multipliers(A, income)
    pd.testing.assert_frame_equal(found[list(open_)], open_)
    assert (found["effect_closed"][kept] >= found["effect"][kept] - 1e-9).all()
    ratio = (found["effect_closed"] / found["effect"])[kept]
    assert_close(ratio, ratio.iloc[0], rtol=1e-6)  # one ratio for all
    L = io.leontief_inverse(io.close_households(A, income, f / f.sum() * spent))
    assert_close(found["effect_closed"][kept], L.loc["households", kept], rtol=1e-6)


@given(tables(), st.sampled_from(["whole", "backward", "forward"]))
def test_extraction_by_solving_without(table, extent):
    Z, f, x = table
    A, n = io.technical_coefficients(Z, x).fillna(0).to_numpy(), len(x)
    B = Z.div(x.where(x != 0), axis=0).fillna(0).to_numpy()
    v = (x - Z.sum()).to_numpy()
    found = io.hypothetical_extraction(Z, x, extent)
    for k, label in enumerate(x.index):
        if x[label] == 0:
            assert found.loc[label].isna().all()
            continue
        a, b, demand = A.copy(), B.copy(), f.to_numpy().copy()
        if extent == "whole":
            a[k] = a[:, k] = demand[k] = 0
        elif extent == "backward":
            a[:, k] = 0
        else:
            b[k] = 0
        left = np.linalg.solve(np.eye(n) - a, demand)
        if extent == "forward":
            left = np.linalg.solve((np.eye(n) - b).T, v)
        lost = x.to_numpy() - left
        assert found.loc[label, "loss"] == pytest.approx(lost.sum(), rel=1e-9, abs=1e-9)
        assert found.loc[label, "own"] == pytest.approx(lost[k], rel=1e-9, abs=1e-9)
        assert found.loc[label, "share"] <= 1 + 1e-12


def test_extraction_of_a_group():
    rng = np.random.default_rng(3)
    A = rng.random((6, 6)) / 8
    f = rng.random(6) + 1
    x = np.linalg.solve(np.eye(6) - A, f)
    found = io.hypothetical_extraction(A * x, x, groups={"digital": [1, 4], "all": range(6)})
    rest = [0, 2, 3, 5]
    left = np.linalg.solve(np.eye(4) - A[np.ix_(rest, rest)], f[rest])
    assert found.loc["digital", "loss"] == pytest.approx(x.sum() - left.sum())
    assert found.loc["digital", "own"] == pytest.approx(x[[1, 4]].sum())
    assert found.loc["all", "share"] == pytest.approx(1)
    alone = io.hypothetical_extraction(A * x, x)["loss"]
    assert found.loc["digital", "loss"] < alone[1] + alone[4]


def _regions(seed, regions=3, sectors=4):
    rng = np.random.default_rng(seed)
    n = regions * sectors
    rows = pd.MultiIndex.from_product([list("PQR")[:regions], range(sectors)])
    return pd.DataFrame(rng.random((n, n)) / n, rows, rows), rng


def test_parts_of_multipliers_of_regions_add_up():
    A, _ = _regions(1)
    found = io.multiplier_decomposition(A)
    assert_close(found.drop(columns="total").sum(axis=1), found["total"])
    L = io.leontief_inverse(A)
    assert_close(found["total"], L.sum())
    assert (found > 0).all().all()
    cut = A.copy()
    cut.loc["P", ["Q", "R"]] = 0
    cut.loc[["Q", "R"], "P"] = 0
    apart = io.multiplier_decomposition(cut).loc["P"]
    assert_close(apart[["spillover", "feedback"]], 0)
    given_ = io.multiplier_decomposition(A.to_numpy(), A.index.get_level_values(0))
    assert_close(given_, found)


@given(tables(), tables(), st.sampled_from(["polar", "all"]))
def test_decomposition_adds_up(one, other, method):
    n = min(len(one[2]), len(other[2]))
    A = [io.technical_coefficients(Z, x).iloc[:n, :n] for Z, _, x in (one, other)]
    f = [f.iloc[:n] for _, f, _ in (one, other)]
    kept = (one[2].iloc[:n] != 0) & (other[2].iloc[:n] != 0)
    # the industry that is empty in one year takes no part in the other
    x = [
        io.leontief_inverse(a).fillna(0) @ d.where(a.notna().all(), 0)
        for a, d in zip(A, f, strict=True)
    ]
    found = io.structural_decomposition(*A, *f, method=method)
    assert_close(found["total"][kept], (x[1] - x[0])[kept], rtol=1e-7, atol=1e-7)
    parts = found.drop(columns="total").sum(axis=1)
    assert_close(parts[kept], found["total"][kept], rtol=1e-9, atol=1e-9)


def test_decomposition_finds_what_was_planted():
    rng = np.random.default_rng(5)
    A, f = rng.random((5, 5)) / 8, rng.random((5, 3)) + 1
    v = rng.random(5)
    same = io.structural_decomposition(A, A, f, 2 * f, v, v, method="all")
    assert list(same) == ["intensity", "technology", "mix", "uses", "level", "total"]
    assert_close(same[["intensity", "technology", "mix", "uses"]], 0, atol=1e-12)
    assert_close(same["level"], v * np.linalg.solve(np.eye(5) - A, f.sum(axis=1)))
    thrift = A.copy()
    thrift[2] *= 0.5
    changed = io.structural_decomposition(A, thrift, f, f)
    assert_close(changed[["mix", "uses", "level"]], 0, atol=1e-12)
    assert (changed["technology"] < 0).all()
    moved = f * [1, 3, 1]
    moved *= f.sum() / moved.sum()
    uses = io.structural_decomposition(A, A, f, moved)
    assert_close(uses[["technology", "mix", "level"]], 0, atol=1e-12)
    half = io.structural_decomposition(A, A, f, f, v, v / 2)
    assert_close(half["intensity"], half["total"])


def test_every_order_is_averaged():
    rng = np.random.default_rng(6)
    A = [rng.random((4, 4)) / 6 for _ in range(2)]
    f = [rng.random((4, 2)) + 1 for _ in range(2)]
    v = [rng.random(4) for _ in range(2)]

    def result(pick):
        demand = [f[0], f[1]]
        mix = demand[pick[2]] / demand[pick[2]].sum(axis=0)
        uses = demand[pick[3]].sum(axis=0) / demand[pick[3]].sum()
        final = mix @ uses * demand[pick[4]].sum()
        return v[pick[0]] * np.linalg.solve(np.eye(4) - A[pick[1]], final)

    parts, orders = np.zeros((5, 4)), list(itertools.permutations(range(5)))
    for order in orders:
        pick = [0] * 5
        for k in order:
            before = result(pick)
            pick[k] = 1
            parts[k] += (result(pick) - before) / len(orders)
    found = io.structural_decomposition(*A, *f, *v, method="all")
    assert_close(found.drop(columns="total").to_numpy().T, parts, rtol=1e-9)
    polar = io.structural_decomposition(*A, *f, *v)
    assert np.abs(polar - found).drop(columns="total").max().max() > 1e-6
    two = [
        io.structural_decomposition(*A, f[0][:, 0], f[1][:, 0], method=m) for m in ("polar", "all")
    ]
    pd.testing.assert_frame_equal(*two)


def test_a_use_that_appears_is_a_change_of_uses():
    A = np.full((2, 2), 0.1)
    before, after = np.array([[4.0, 0], [4, 0]]), np.array([[4.0, 6], [4, 2]])
    found = io.structural_decomposition(A, A, before, after)
    assert_close(found["mix"], 0, atol=1e-12)
    assert not found.isna().any().any()


def test_average_propagation_length_by_rounds():
    A, _ = _regions(2)
    weight, rounds, power = 0, 0, np.eye(len(A))
    for k in range(1, 200):
        power = power @ A.to_numpy()
        weight, rounds = weight + power, rounds + k * power
    assert_close(io.average_propagation_length(A), rounds / weight, rtol=1e-10)


def test_paths_are_the_largest_there_are():
    A, rng = _regions(4, 1, 5)
    A *= 1.2
    f, v = rng.random(5), rng.random(5)
    expected = []
    for length in range(1, 5):
        for path in itertools.product(range(5), repeat=length):
            value = f[path[0]] * v[path[-1]]
            for buyer, seller in itertools.pairwise(path):
                value *= A.iat[seller, buyer]
            expected.append((value, path))
    expected.sort(reverse=True)
    found = io.structural_paths(A.to_numpy(), f, v, most=40, rounds=3)
    assert_close(found["value"], [value for value, _ in expected[:40]])
    assert found["path"].tolist() == [path for _, path in expected[:40]]
    whole = v @ np.linalg.solve(np.eye(5) - A, f)
    assert_close(found["share"], found["value"] / whole)
    few = io.structural_paths(A.to_numpy(), f, v, most=1000, rounds=3, least=0.01)
    assert len(few) == sum(value >= 0.01 * whole for value, _ in expected)


@given(tables(), st.data())
def test_capacities_are_kept_and_nothing_is_wasted(table, data):
    Z, f, x = table
    A = io.technical_coefficients(Z, x)
    share = data.draw(arrays(float, len(x), elements=st.floats(0.3, 1.5)))
    limit = x * share
    found = io.mixed_model(A, f, capacity=limit)
    kept = _kept(x)
    output, a = found["output"][kept], A.loc[kept, kept]
    asked = a @ output + f[kept]
    noise = 1e-9 * x.max()
    assert_close(output, np.minimum(limit[kept], asked), rtol=1e-9, atol=noise)
    assert_close(found["unmet"][kept], asked - output, atol=noise)
    assert (found["unmet"][kept] >= 0).all()


def test_a_fixed_output():
    A, f = [[0.15, 0.25], [0.20, 0.05]], [600, 1500]
    found = io.mixed_model(A, f, fixed=pd.Series({1: 1000}))
    assert found.loc[0, "output"] == pytest.approx((600 + 250) / 0.85)
    assert found.loc[1, "final_demand"] == pytest.approx(950 - 0.2 * 1000)
    free = io.mixed_model(A, f)
    assert_close(free["output"], io.leontief_inverse(A) @ f)
    assert_close(free["unmet"], 0, atol=1e-9)


def test_what_is_bought_of_an_industry_without_output_comes_from_outside():
    labels = ["farms", "whaling", "mills"]
    Z = pd.DataFrame([[10, 0, 30], [5, 0, 0], [8, 0, 2]], labels, labels, dtype=float)
    x = pd.Series([100.0, 0, 50], labels)
    A = io.technical_coefficients(Z, x)
    assert A["whaling"].isna().all()
    kept = ["farms", "mills"]
    L = io.leontief_inverse(A)
    expected = np.linalg.inv(np.eye(2) - A.loc[kept, kept].to_numpy())
    assert_close(L.loc[kept, kept], expected)
    v = pd.Series([0.77, np.nan, 0.36], labels)
    # the inputs of the farms from whaling, 0.05, keep their price
    assert_close(io.price_model(A, v.fillna(0))[kept], 1)
    dearer = io.price_model(A, v.fillna(0), pd.Series({"whaling": 2.0}))
    assert_close(dearer[kept], 1 + 0.05 * L.loc["farms", kept].to_numpy(), rtol=1e-12)
    assert io.key_sectors(Z, x)["kind"].isna().tolist() == [False, True, False]
    paths = io.structural_paths(A, pd.Series([1.0, 1, 1], labels))
    assert not any("whaling" in path for path in paths["path"])


@given(tables())
def test_linkages_of_each_kind(table):
    Z, _, x = table
    A, kept = io.technical_coefficients(Z, x), _kept(x)
    bought = A.loc[kept, kept]
    assert_close(io.backward_linkages(A, direct=True)[kept], bought.sum())
    assert_close(
        io.forward_linkages(Z, x, direct=True)[kept],
        Z.loc[kept, kept].sum(axis=1) / x[kept],
    )
    L = io.leontief_inverse(A).loc[kept, kept]
    rows = io.forward_linkages(Z, x, model="leontief")
    assert_close(rows[kept], L.sum(axis=1))
    direct = io.forward_linkages(Z, x, model="leontief", direct=True)
    assert_close(direct[kept], bought.sum(axis=1))
    for one in (
        io.backward_linkages(A, normalised=True),
        io.forward_linkages(Z, x, normalised=True),
    ):
        assert one.mean() == pytest.approx(1)
        assert one[io.without_output(x)].isna().all()
    kinds = io.key_sectors(Z, x)
    key = (kinds["backward"] > 1) & (kinds["forward"] > 1)
    assert ((kinds["kind"] == "key") == key).all()
    assert ((kinds["kind"] == "weak") == ((kinds["backward"] <= 1) & (kinds["forward"] <= 1))).all()


def test_large_tables_are_solved_the_same():
    rng = np.random.default_rng(9)
    A, x = rng.random((700, 700)) / 900, rng.random(700) + 1
    L = np.linalg.inv(np.eye(700) - A)
    assert_close(io.output_multipliers(A), L.sum(axis=0), rtol=1e-11)
    G = (L * x) / x[:, None]
    assert_close(io.forward_linkages(A * x, x), G.sum(axis=1), rtol=1e-11)
    income = rng.random(700) / 4
    found = io.multipliers(A, income, closed=True, consumption=np.full(700, 1 / 900))
    wide = io.leontief_inverse(io.close_households(A, income, np.full(700, 1 / 900)))
    assert_close(found["effect_closed"], wide.loc["households"].iloc[:-1], rtol=1e-10)


def test_upstreamness_with_stocks_and_trade():
    Z, x = np.array([[0.0, 50], [0, 0]]), np.array([100.0, 200])
    # of 100, 20 go to stocks and abroad: they are spread as the other 80, of which 50 are inputs
    assert io.upstreamness(Z, x, [20, 0])[0] == pytest.approx(1 + 50 / 80)


def test_labels_are_joined_not_places():
    Z = pd.DataFrame([[150, 500], [200, 100]], ["a", "b"], ["a", "b"])
    x = pd.Series({"b": 2000, "a": 1000})
    A = io.technical_coefficients(Z[["b", "a"]], x)
    assert A.loc["a", "b"] == 0.25
    assert list(A.columns) == ["a", "b"]
    v = pd.Series({"b": 0.25, "a": 0.3})
    assert io.multipliers(A, v)["direct"].tolist() == [0.3, 0.25]
    S = pd.DataFrame([[0.25, 0.3]], ["jobs"], ["b", "a"])
    Y = pd.DataFrame({"homes": [1500, 600]}, ["b", "a"])
    assert io.footprints(A, Y, S).loc["jobs", "homes"] == pytest.approx(834.65, abs=0.01)


def _code(work, *args, **kwargs):
    with pytest.raises(SonghuaError) as caught:
        work(*args, **kwargs)
    return caught.value.faults[0]


def test_faults():
    A = pd.DataFrame([[0.15, 0.25], [0.2, 0.05]], ["a", "b"], ["a", "b"])
    other = pd.Series({"a": 1.0, "c": 2.0})
    assert _code(io.technical_coefficients, A, other).code == "labels_differ"
    assert _code(io.technical_coefficients, A, [1, 2, 3]).code == "io_length"
    assert _code(io.technical_coefficients, A.set_axis(["a", "a"], axis=1), other).code == (
        "labels_repeat"
    )
    assert _code(io.leontief_inverse, np.ones((2, 3))).code == "io_not_square"
    assert _code(io.leontief_inverse, A.assign(b=["x", "y"])).code == "levels_not_numbers"
    hole = A.copy()
    hole.loc["a", "b"] = np.nan
    fault = _code(io.leontief_inverse, hole)
    assert (fault.code, fault.params["label"]) == ("io_missing", "a × b")
    fault = _code(io.technical_coefficients, hole, pd.Series({"a": 1.0, "b": 2.0}))
    assert (fault.code, fault.params["label"]) == ("io_missing", "a × b")
    missing = _code(io.technical_coefficients, A, pd.Series({"a": 1.0, "b": np.nan}))
    assert (missing.code, missing.params["label"]) == ("io_missing", "b")
    assert _code(io.leontief_inverse, A * 4).code == "io_not_productive"
    assert _code(io.output_multipliers, np.eye(2)).code == "io_not_productive"
    assert _code(io.ghosh_inverse, A * 4, [1.0, 1.0]).code == "io_not_productive"
    assert _code(io.multipliers, A, [1, 1], closed=True).code == "io_households"
    assert _code(io.multipliers, A, [1, 1], consumption=[1, 1]).code == "io_households"
    jobs = pd.Series({"b": 5.0, "a": 2.0})  # not the households' own income: none of it is theirs
    closed = io.close_households(A, [0.3, 0.2], [0.4, 0.1], household=0.1)
    given = {"consumption": [0.4, 0.1], "income": [0.3, 0.2], "household": 0.1}
    pd.testing.assert_frame_equal(
        io.multipliers(closed, jobs, closed=True),
        io.multipliers(A, jobs, closed=True, **given),
    )
    assert _code(io.close_households, A, [1, 1], [1, 1], label="a").code == "labels_repeat"
    assert _code(io.forward_linkages, A, [1, 1], model="other").code == "io_choice"
    assert _code(io.hypothetical_extraction, A, [1, 1], groups={"g": ["c"]}).code == "io_unknown"
    assert _code(io.multiplier_decomposition, A).code == "io_regions"
    assert _code(io.structural_decomposition, A, A, [1, 1], [1, 1], [1, 1]).code == "io_pair"
    assert _code(io.structural_decomposition, A, A, [1, 1], np.eye(2)).code == "io_pair"
    other = A.set_axis(["a", "c"]).set_axis(["a", "c"], axis=1)
    assert _code(io.structural_decomposition, A, other, [1, 1], [1, 1]).code == "labels_differ"
    early, late = pd.DataFrame({"homes": [1, 1]}, A.index), pd.DataFrame({"state": [1, 1]}, A.index)
    assert _code(io.structural_decomposition, A, A, early, late).code == "labels_differ"
    turning, limits = (
        np.array([[2.0, -2], [-1, 0]]),
        pd.Series([-2.0, 3]),
    )  # which binds turns round
    assert _code(io.mixed_model, turning, [1, 0], capacity=limits).code == "io_negative"
    assert _code(io.mixed_model, A, [1, 1], pd.Series({"c": 1})).code == "io_unknown"
    assert _code(io.footprints, A, [1, 1], [1, 1], method="fast").code == "io_choice"


def test_negative_cells_are_solved_as_they_are():
    A = np.array([[0.2, -0.1], [0.3, 0.1]])
    assert_close(io.leontief_inverse(A), np.linalg.inv(np.eye(2) - A))


def test_paths_with_cells_below_zero_are_ordered_by_size():
    found = io.structural_paths(np.array([[0.2, -0.4], [0.3, 0.1]]), [10, -5], most=6)
    sizes = found["value"].abs().tolist()
    assert sizes == sorted(sizes, reverse=True)
    assert found["value"].tolist()[:3] == pytest.approx([10, -5, 3])
    all_ = io.structural_paths(np.array([[0.2, -0.4], [0.3, 0.1]]), [10, -5], most=10**6, rounds=11)
    assert all_["share"].sum() == pytest.approx(1, abs=1e-4)


def test_limits_with_a_cell_below_zero():
    A, f = np.array([[0.1, -0.05], [0.3, 0.1]]), [10.0, 10]
    found = io.mixed_model(A, f, capacity=pd.Series({1: 12.0}))
    assert found.loc[0, "output"] == pytest.approx((10 - 0.05 * 12) / 0.9)
    assert found.loc[1, "unmet"] == pytest.approx(0.3 * found.loc[0, "output"] + 11.2 - 12)


def test_names_are_all_there():
    assert sorted(io.__all__) == io.__all__
    assert all(hasattr(io, name) for name in io.__all__)
