"""RAS and GRAS: totals met, signs and zeros kept, and what cannot be met is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua import SonghuaError
from songhua.maths import balancing
from songhua.maths.balancing import gras, ras


@st.composite
def pairs(draw, signed=False):
    """A table, and another with cells at the same places and of the same signs."""
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    sizes = draw(arrays(float, shape, elements=st.floats(0.1, 100)))
    kinds = [0.0, 1.0, 1.0, -1.0] if signed else [0.0, 1.0, 1.0]
    there = draw(arrays(float, shape, elements=st.sampled_from(kinds)))
    moved = draw(arrays(float, shape, elements=st.floats(0.5, 2)))
    return sizes * there, sizes * there * moved


@given(pairs())
def test_ras_meets_the_totals_and_scales_rows_and_columns(pair):
    Z, other = pair
    u, v = other.sum(axis=1), other.sum(axis=0)
    found = ras(Z, u, v, tolerance=1e-10).to_numpy()
    size = max(u.max(), v.max())
    assert_close(found.sum(axis=1), u, atol=1e-9 * size)
    assert_close(found.sum(axis=0), v, atol=1e-9 * size)
    assert ((found == 0) == (Z == 0)).all()
    cross = np.ones_like(Z)
    np.divide(found, Z, out=cross, where=Z != 0)
    for i in range(1, len(Z)):  # r_i s_j: four corners of full cells give a product of one
        for j in range(1, Z.shape[1]):
            if Z[0, 0] and Z[i, j] and Z[0, j] and Z[i, 0]:
                one = cross[0, 0] * cross[i, j] / (cross[0, j] * cross[i, 0])
                assert one == pytest.approx(1)


@given(pairs(signed=True))
def test_gras_meets_the_totals_and_keeps_signs(pair):
    Z, other = pair
    u, v = other.sum(axis=1), other.sum(axis=0)
    size = np.abs(other).max()
    found = gras(Z, u, v, tolerance=1e-10).to_numpy() if size else Z
    assert_close(found.sum(axis=1), u, atol=1e-8 * max(size, 1))
    assert_close(found.sum(axis=0), v, atol=1e-8 * max(size, 1))
    assert (np.sign(found) == np.sign(Z)).all()


def test_a_table_that_fits_stays():
    Z = np.array([[3.0, -1, 2], [4, 5, 0]])
    assert_close(gras(Z, Z.sum(axis=1), Z.sum(axis=0)), Z)
    Z = np.abs(Z)
    assert_close(ras(Z, Z.sum(axis=1), Z.sum(axis=0)), Z)


def test_without_negative_cells_gras_is_ras():
    rng = np.random.default_rng(1)
    Z = rng.random((7, 5)) * (rng.random((7, 5)) < 0.8) + np.eye(7, 5)
    other = Z * rng.uniform(0.5, 2, Z.shape)
    u, v = other.sum(axis=1), other.sum(axis=0)
    assert_close(gras(Z, u, v, 1e-12), ras(Z, u, v, 1e-12), rtol=1e-9)


def test_the_conditions_of_the_optimum_hold():
    """Beside the totals, all cells follow from one multiplier a row and one a column."""
    Z = np.array([[7, 3, 5, -3], [2, 9, 8, 1], [-2, 0, 2, 1.0]])
    u, v = np.array([15, 26, -1.0]), np.array([9, 16, 17, -2.0])
    found = gras(Z, u, v, 1e-12)
    assert_close(found.sum(axis=1), u, atol=1e-9)
    assert_close(found.sum(axis=0), v, atol=1e-9)
    # the ratio of a cell to the old one is r_i s_j above zero, and 1 / (r_i s_j) below
    ratio = np.divide(found.to_numpy(), Z, out=np.full_like(Z, np.nan), where=Z != 0)
    scale = np.where(Z > 0, ratio, 1 / ratio)
    for i, k in ((0, 1), (1, 2), (0, 2)):
        for j, m in ((0, 2), (0, 3), (2, 3)):
            assert scale[i, j] * scale[k, m] == pytest.approx(scale[i, m] * scale[k, j])


def test_rows_and_columns_of_one_sign_and_of_zeros():
    Z = np.array([[4.0, 2, 0], [-1, -2, 0], [0, 0, 0]])
    found = gras(Z, np.array([9.0, -3, 0]), np.array([3.0, 3, 0]))
    assert found.sum(axis=1).tolist() == pytest.approx([9, -3, 0])
    assert found.sum(axis=0).tolist() == pytest.approx([3, 3, 0])
    assert found.iloc[2].tolist() == [0, 0, 0]
    emptied = gras(np.array([[4.0, 2], [1, 2]]), np.array([0.0, 5]), np.array([2.0, 3]))
    assert_close(emptied, [[0, 0], [2, 3]])
    also = ras(np.array([[4.0, 2], [1, 2]]), np.array([0.0, 5]), np.array([2.0, 3]))
    assert_close(also, [[0, 0], [2, 3]])


def test_a_line_of_both_signs_keeps_its_cells_where_its_total_is_zero():
    Z, u, v = np.array([[4.0, 2, 1], [-1, 2, 3]]), np.array([4.0, 3]), np.array([0.0, 3, 4])
    for table, rows, columns in ((Z, u, v), (Z.T, v, u)):
        found = gras(table, rows, columns).to_numpy()
        assert_close(found.sum(axis=1), rows, atol=1e-6)
        assert_close(found.sum(axis=0), columns, atol=1e-6)
        assert (np.sign(found) == np.sign(table)).all()


def test_few_cells_are_treated_without_the_zeros(monkeypatch):
    rng = np.random.default_rng(2)
    Z = rng.random((40, 30)) * (rng.random((40, 30)) < 0.06)
    Z[np.arange(30), np.arange(30)] = 1
    Z[30:, 0] = -1
    for signs, balance in ((np.abs(Z), ras), (Z, gras)):
        other = signs * rng.uniform(0.5, 2, Z.shape)
        u, v = other.sum(axis=1), other.sum(axis=0)
        thin = balance(signs, u, v, 1e-11)
        monkeypatch.setattr(balancing, "THIN", 0.0)
        assert_close(thin, balance(signs, u, v, 1e-11), rtol=1e-6, atol=1e-9)
        monkeypatch.undo()


def test_pieces_give_the_same(monkeypatch):
    rng = np.random.default_rng(3)
    Z = rng.random((50, 20))
    other = Z * rng.uniform(0.5, 2, Z.shape)
    whole = ras(Z, other.sum(axis=1), other.sum(axis=0))
    monkeypatch.setattr(balancing, "PIECE", 64)
    assert len(balancing.in_pieces(Z, balancing.PIECE)) > 10
    parts = ras(Z, other.sum(axis=1), other.sum(axis=0))
    assert_close(parts, whole, rtol=1e-9)


def test_labels_are_joined_not_places():
    Z = pd.DataFrame([[1.0, 2], [3, 4]], ["a", "b"], ["c", "d"])
    u, v = pd.Series({"b": 10.0, "a": 5.0}), pd.Series({"d": 9.0, "c": 6.0})
    found = ras(Z, u, v)
    assert found.loc["a"].sum() == pytest.approx(5)
    assert found["c"].sum() == pytest.approx(6)
    assert _fault(ras, Z, u.rename({"b": "e"}), v).code == "labels_differ"


def _fault(work, *args, **kwargs):
    with pytest.raises(SonghuaError) as caught:
        work(*args, **kwargs)
    return caught.value.faults[0]


def test_what_cannot_be_met_is_said():
    Z = pd.DataFrame([[1.0, 2], [3, 0]], ["a", "b"], ["c", "d"])
    u = pd.Series({"a": 3.0, "b": 3.0})
    assert _fault(ras, Z, u, pd.Series({"c": 4.0, "d": 3.0})).code == "balancing_margins"
    assert _fault(ras, -Z, u, pd.Series({"c": 4.0, "d": 2.0})).params["label"] == "a × c"
    assert _fault(ras, Z, -u, pd.Series({"c": -4.0, "d": -2.0})).code == "balancing_negative"
    empty = Z.assign(d=0.0)
    fault = _fault(ras, empty, u, pd.Series({"c": 4.0, "d": 2.0}))
    assert (fault.code, fault.params) == ("balancing_unreachable", {"label": "d", "total": 2.0})
    low = _fault(gras, Z, pd.Series({"a": 9.0, "b": -3.0}), pd.Series({"c": 4.0, "d": 2.0}))
    assert (low.code, low.params["label"]) == ("balancing_unreachable", "b")
    hole = Z.copy()
    hole.loc["a", "d"] = np.nan
    assert _fault(gras, hole, u, pd.Series({"c": 4.0, "d": 2.0})).code == "io_missing"


@pytest.mark.parametrize("balance", [ras, gras])
def test_totals_that_the_cells_cannot_meet_are_named(balance):
    """Row b can only sell to c, and must sell more than c buys."""
    Z = pd.DataFrame([[1.0, 2], [3, 0]], ["a", "b"], ["c", "d"])
    u, v = pd.Series({"a": 2.0, "b": 6.0}), pd.Series({"c": 4.0, "d": 4.0})
    fault = _fault(balance, Z, u, v)
    assert fault.code == "balancing_open"
    assert fault.params["rounds"] < 1000
    assert {fault.params["in_row"], fault.params["in_column"]} <= {"a", "b", "c", "d"}
    assert max(float(fault.params[k]) for k in ("row_gap", "column_gap")) > 1
    few = _fault(
        balance, Z, pd.Series({"a": 4.0, "b": 3.0}), pd.Series({"c": 4.0, "d": 3.0}), most=1
    )
    assert (few.code, few.params["rounds"]) == ("balancing_open", 1)


def test_slow_tables_are_met_in_few_rounds():
    """Two blocks with little between them: plain rounds shrink the gap by a hundredth each."""
    rng = np.random.default_rng(7)
    Z = rng.uniform(1, 2, (20, 20))
    Z[:10, 10:] *= 1e-3
    Z[10:, :10] *= 1e-3
    other = Z * rng.lognormal(0, 0.5, Z.shape)
    u, v = other.sum(axis=1), other.sum(axis=0)
    found = ras(Z, u, v, 1e-10, most=150)
    assert_close(found.sum(), v, rtol=1e-9)
    s, plain = np.ones(20), 0
    while np.abs(s * ((u / (Z @ s)) @ Z) - v).max() > 1e-10 * max(u.max(), v.max()):
        s, plain = v / ((u / (Z @ s)) @ Z), plain + 1
    assert plain > 1000
    assert_close(found, (u / (Z @ s))[:, None] * Z * s, rtol=1e-6)


def test_ipfn_agrees():
    ipfn = pytest.importorskip("ipfn").ipfn
    rng = np.random.default_rng(4)
    Z = rng.lognormal(2, 1, (12, 9))
    other = Z * rng.lognormal(0, 0.4, Z.shape)
    u, v = other.sum(axis=1), other.sum(axis=0)
    peer = ipfn.ipfn(Z.copy(), [u, v], [[0], [1]], convergence_rate=1e-12, rate_tolerance=0.0)
    assert_close(ras(Z, u, v, 1e-12), peer.iteration(), rtol=1e-8)
