"""Footprints and accounts by every way of solving, beside pymrio, and the benchmark."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua import SonghuaError
from songhua.maths.input_output import accounts, footprints, leontief_inverse
from songhua.maths.input_output.krylov import gmres
from songhua.maths.input_output.solver import Solver

ROOT = Path(__file__).parents[2]
METHODS = ["auto", "lu", "mixed", "krylov"]


def _world(seed=1, regions=4, sectors=7, kinds=3, uses=2):
    rng = np.random.default_rng(seed)
    names = [f"r{k}" for k in range(regions)]
    rows = pd.MultiIndex.from_product(
        [names, [f"s{k}" for k in range(sectors)]], names=["region", "sector"]
    )
    n = len(rows)
    A = rng.random((n, n)) * (rng.random((n, n)) < 0.5)
    A *= rng.uniform(0.3, 0.85, n) / A.sum(axis=0)
    final = pd.MultiIndex.from_product(
        [names, [f"u{k}" for k in range(uses)]], names=["region", "category"]
    )
    Y = rng.random((n, len(final)))
    S = rng.random((kinds, n))
    return (
        pd.DataFrame(A, rows, rows),
        pd.DataFrame(Y, rows, final),
        pd.DataFrame(S, pd.Index([f"k{k}" for k in range(kinds)], name="stressor"), rows),
    )


@pytest.mark.parametrize("kinds", [3, 20])
def test_accounts_as_pymrio_gives_them(kinds):
    pymrio = pytest.importorskip("pymrio")
    A, Y, S = _world(kinds=kinds)
    x = np.linalg.solve(np.eye(len(A)) - A, Y.sum(axis=1))
    system = pymrio.IOSystem(Z=A * x, Y=Y)
    system.stressors = pymrio.Extension(name="stressors", F=S * x)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peer's own
        system.calc_all()
    found = accounts(A, Y, S)
    for name in ("M", "D_cba", "D_pba", "D_imp", "D_exp"):
        expected = getattr(system.stressors, name)
        ours = getattr(found, name)
        assert ours.columns.tolist() == expected.columns.tolist()
        assert_close(ours, expected, rtol=1e-10, atol=1e-12)
    used = footprints(A, Y, S)
    summed = found.D_cba.T.groupby(level=0, sort=False).sum().T
    assert_close(used.T.groupby(level=0, sort=False).sum().T, summed)


def test_accounts_close():
    found = accounts(*_world(2))
    assert_close(found.D_cba.sum(axis=1), found.D_pba.sum(axis=1))
    assert_close(found.D_imp.sum(axis=1), found.D_exp.sum(axis=1))
    for table in (found.D_cba, found.D_imp):
        assert table.columns.equals(found.M.columns)
    assert (found.D_imp <= found.D_cba + 1e-12).all().all()


def test_accounts_with_more_kinds_than_industries_and_in_batches(monkeypatch):
    A, Y, S = _world(3, kinds=5)
    whole = accounts(A, Y, S)
    many = accounts(A, Y, pd.concat([S, S + 1, S + 2], keys=range(3)))
    for name in ("M", "D_cba", "D_imp"):
        assert_close(getattr(many, name).loc[0], getattr(whole, name), rtol=1e-12)
    monkeypatch.setattr("songhua.maths.input_output.accounting.SIDES", 6)
    parts = accounts(A, Y, S)
    for name in ("M", "D_cba", "D_imp"):
        assert_close(getattr(parts, name), getattr(whole, name), rtol=1e-12)


def test_accounts_of_arrays_and_in_any_order():
    A, Y, S = _world(4)
    whole = accounts(A, Y, S)
    regions = A.index.get_level_values(0)
    y = Y.T.groupby(level=0, sort=False).sum().T
    bare = accounts(A.to_numpy(), y.to_numpy(), S.to_numpy(), regions)
    assert_close(bare.D_cba, whole.D_cba)
    assert_close(bare.D_exp, whole.D_exp)
    turned = accounts(A, Y[Y.columns[::-1]], S[S.columns[::-1]])
    assert_close(turned.D_cba, whole.D_cba)
    odd = y.rename(columns={"r0": "elsewhere"})
    with pytest.raises(SonghuaError) as caught:
        accounts(A, odd, S)
    assert caught.value.faults[0].code == "labels_differ"


def test_stressors_are_joined_by_the_labels_of_their_columns():
    A = pd.DataFrame([[0.2, 0.1], [0.3, 0.0]], ["food", "tools"], ["food", "tools"])
    Y = pd.DataFrame({"homes": [5.0, 7.0]}, A.index)
    S = pd.DataFrame({"food": [0.5], "tools": [2.0]}, ["jobs"])
    assert_close(footprints(A, Y, S[["tools", "food"]]), footprints(A, Y, S))
    for other in (S.assign(steel=1.0), S[["food"]]):
        with pytest.raises(SonghuaError) as caught:
            footprints(A, Y, other)
        assert caught.value.faults[0].code == "labels_differ"


def test_an_industry_without_output_in_accounts():
    A, Y, S = _world(5)
    gone = A.index[3]
    A.loc[gone], Y.loc[gone] = 0.0, 0.0
    small = [A.drop(index=gone, columns=gone), Y.drop(index=gone), S.drop(columns=gone)]
    A[gone], S[gone] = np.nan, np.nan
    found, expected = accounts(A, Y, S), accounts(*small)
    for name in ("M", "D_pba", "D_exp"):
        assert getattr(found, name)[gone].isna().all()
        rest = getattr(found, name).drop(columns=gone)
        assert_close(rest, getattr(expected, name), rtol=1e-12)
    assert_close(found.D_cba, expected.D_cba[found.D_cba.columns], rtol=1e-12)
    assert_close(footprints(A, Y, S), footprints(*small), rtol=1e-12)
    asked = Y.copy()
    asked.iloc[3, 0] = 1
    used = footprints(A, asked, S)
    assert used.isna().all().tolist() == [True] + [False] * (Y.shape[1] - 1)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("wide", [True, False])
def test_every_way_gives_the_same(method, order, wide):
    A, Y, S = _world(6, kinds=2 if wide else 30)
    values = np.array(A, order=order)
    expected = S.to_numpy() @ np.linalg.inv(np.eye(len(A)) - A) @ Y.to_numpy()
    found = footprints(values, Y.to_numpy(), S.to_numpy(), method)
    assert_close(found, expected, rtol=1e-11)


@pytest.mark.parametrize("method", METHODS)
def test_every_way_sees_what_is_not_productive(method):
    A = np.full((30, 30), 1.5 / 30)
    with pytest.raises(SonghuaError) as caught:
        footprints(A, np.ones((30, 40)), np.ones((1, 30)), method)
    assert caught.value.faults[0].code == "io_not_productive"


def _slow(n=60):
    """A chain in which iteration and single precision both have a hard time."""
    A = np.diag(np.full(n - 1, 1 - 1e-9), 1)
    A[-1, 0] = 1 - 1e-9
    return A


def test_iteration_that_does_not_converge_falls_back_to_factors():
    A, S = _slow(300), np.zeros((1, 300))
    S[0, 0] = 1
    assert gmres(A, S, 1e-13) is None
    found = Solver(A, np.ones(300, dtype=bool), "krylov").left(S)
    expected = Solver(A, np.ones(300, dtype=bool), "lu").left(S)
    assert_close(found, expected, rtol=1e-12)
    assert_close(found - found @ A, S, atol=1e-6)


def test_refinement_that_does_not_converge_falls_back_to_factors():
    A, S = _slow(), np.ones((1, 60))
    solver = Solver(A, np.ones(60, dtype=bool), "mixed")
    assert solver._refined(S, left=True) is None
    assert_close(solver.left(S)[0], 1e9, rtol=1e-5)


def test_the_large_are_iterated_and_the_many_are_factored():
    rng = np.random.default_rng(8)
    A = rng.random((700, 700)) / 1000
    solver = Solver(A, np.ones(700, dtype=bool), "auto")
    few = solver.left(np.ones((2, 700)))
    assert not solver._factors
    many = solver.left(np.ones((20, 700)))
    assert solver._factors
    assert_close(few[0], many[0], rtol=1e-12)


def test_the_rows_of_the_inverse_are_what_is_solved_for():
    A, _, S = _world(9)
    M = Solver(A.to_numpy(), np.ones(len(A), dtype=bool)).left(S.to_numpy())
    assert_close(M, S @ leontief_inverse(A), rtol=1e-12)


def test_a_zero_right_side_and_none():
    solver = Solver(np.full((3, 3), 0.1), np.ones(3, dtype=bool), "krylov")
    assert solver.left(np.zeros((2, 3))).tolist() == [[0.0] * 3] * 2
    assert solver.left(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.deep
def test_the_benchmark_runs_and_its_results_agree():
    script = ROOT / "benchmarks" / "interindustry.py"
    done = subprocess.run(
        [sys.executable, str(script), "--small"], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "of the limit" in done.stdout
