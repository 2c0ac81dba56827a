"""Constructs, import separation, concordances and deflation: totals kept, nothing repaired."""

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua import SonghuaError
from songhua.maths.constructs import (
    aggregate,
    deflate,
    disaggregate,
    separate_imports,
    symmetric_table,
)
from songhua.maths.input_output import leontief_inverse, technical_coefficients

GOODS, TRADES = ["corn", "flour", "steel"], ["farms", "mills", "works"]


def _supply_and_use(seed=1, side=0.1):
    """Random tables that balance: mostly on the diagonal, some by-products."""
    rng = np.random.default_rng(seed)
    V = np.diag(rng.uniform(50, 100, 3)) + rng.uniform(0, side * 60, (3, 3))
    U = rng.uniform(0, 15, (3, 3))
    Y = (V.sum(axis=1) - U.sum(axis=1))[:, None] * [0.75, 0.25]
    W = (V.sum(axis=0) - U.sum(axis=0))[None]
    return (
        pd.DataFrame(V, GOODS, TRADES),
        pd.DataFrame(U, GOODS, TRADES),
        pd.DataFrame(Y, GOODS, ["homes", "abroad"]),
        pd.DataFrame(W, ["value added"], TRADES),
    )


@pytest.mark.parametrize("model", ["A", "B", "C", "D"])
def test_each_construct_balances(model):
    V, U, Y, W = _supply_and_use()
    found = symmetric_table(V, U, model, Y, W)
    labels = GOODS if model in "AB" else TRADES
    assert found.Z.index.tolist() == found.Z.columns.tolist() == labels
    rows = found.Z.sum(axis=1) + found.final.sum(axis=1)
    columns = found.Z.sum() + found.value_added.sum()
    assert_close(rows, found.output)
    assert_close(columns, found.output)
    assert found.output.sum() == pytest.approx(V.to_numpy().sum())
    assert found.final.sum().tolist() == pytest.approx(Y.sum().tolist())
    assert found.unassigned.empty
    swapped = symmetric_table(V, U.loc[GOODS[::-1], TRADES[::-1]], model, Y[::-1], W[TRADES[::-1]])
    pd.testing.assert_frame_equal(swapped.Z, found.Z)
    pd.testing.assert_frame_equal(swapped.value_added, found.value_added)


def test_each_construct_keeps_what_it_assumes():
    V, U, _, _ = _supply_and_use()
    made = V.to_numpy()
    a = technical_coefficients(*_flows(symmetric_table(V, U, "A")))
    # A: an industry's inputs are those of its products
    assert_close(a.to_numpy() @ made, U)
    b = technical_coefficients(*_flows(symmetric_table(V, U, "B")))
    # B: a product's inputs are those of the industries that make it, by their shares of it
    shares = made / made.sum(axis=1, keepdims=True)
    assert_close(b, (U / made.sum(axis=0)).to_numpy() @ shares.T)
    c = symmetric_table(V, U, "C").Z.to_numpy()
    # C: what industries sell becomes uses of products by their mix of products
    assert_close(made / made.sum(axis=0) @ c, U)
    d = symmetric_table(V, U, "D").Z.to_numpy()
    # D: a product is bought from industries by their shares of it
    assert_close(d, shares.T @ U.to_numpy())


def _flows(found):
    return found.Z, found.output


def test_without_by_products_all_constructs_agree():
    V, U, _, _ = _supply_and_use(side=0)
    for model in "ABCD":
        assert_close(symmetric_table(V, U, model).Z, U)


def test_negative_cells_are_named_and_kept():
    V = pd.DataFrame([[60.0, 0], [40, 50]], ["corn", "flour"], ["farms", "mills"])
    U = pd.DataFrame([[10.0, 30], [0, 5]], ["corn", "flour"], ["farms", "mills"])
    found = symmetric_table(V, U, "A")
    # 40 of flour by the mills' way would take 24 of corn, and farms use 10
    assert found.negatives.index.tolist() == [("corn", "corn"), ("flour", "corn")]
    assert found.Z.loc["corn", "corn"] == pytest.approx(10 - 30 / 50 * 40)
    assert found.negatives[("corn", "corn")] == found.Z.loc["corn", "corn"]
    assert_close(found.Z.sum(axis=1), U.sum(axis=1))
    assert symmetric_table(V, U, "B").negatives.empty


def test_what_cannot_be_placed_is_named():
    V, U, Y, _ = _supply_and_use()
    V.loc["steel"] = 0
    found = symmetric_table(V, U, "D", Y)
    lost = U.loc["steel"].sum() + Y.loc["steel"].sum()
    assert found.unassigned.to_dict() == pytest.approx({"steel": lost})
    assert found.Z.to_numpy().sum() == pytest.approx(U.drop("steel").to_numpy().sum())
    V, U, _, _ = _supply_and_use()
    V["works"] = 0
    found = symmetric_table(V, U, "B")
    assert found.unassigned.to_dict() == pytest.approx({"works": U["works"].sum()})


def _code(work, *args, **kwargs):
    with pytest.raises(SonghuaError) as caught:
        work(*args, **kwargs)
    return caught.value.faults[0]


def test_faults_of_constructs():
    V, U, _, _ = _supply_and_use()
    assert _code(symmetric_table, V, U, "E").code == "io_choice"
    assert _code(symmetric_table, V, U.rename(index={"corn": "rye"}), "A").code == "labels_differ"
    assert _code(symmetric_table, V.T, U, "A").code == "labels_differ"
    wide = V.assign(banks=1.0), U.assign(banks=1.0)
    assert _code(symmetric_table, *wide, "A").code == "construct_square"
    assert symmetric_table(*wide, "D").Z.shape == (4, 4)
    V["mills"] = V["farms"]
    assert _code(symmetric_table, V, U, "C").code == "construct_singular"
    U.iloc[0, 0] = np.nan
    fault = _code(symmetric_table, V, U, "B")
    assert (fault.code, fault.params["label"]) == ("io_missing", "corn × farms")


def test_imports_are_separated_in_proportion():
    rng = np.random.default_rng(2)
    labels = ["a", "b", "c"]
    Z = pd.DataFrame(rng.uniform(0, 10, (3, 3)), labels, labels)
    homes = pd.DataFrame(rng.uniform(5, 10, (3, 2)), labels, ["homes", "state"])
    m = pd.Series({"c": 6.0, "a": 3.0, "b": 0.0})
    found = separate_imports(Z, homes, m)
    imported = found.imported.sum(axis=1) + found.final_imported.sum(axis=1)
    assert_close(imported, m[labels])
    assert_close(found.home + found.imported, Z)
    assert_close(found.final_home + found.final_imported, homes)
    assert found.share["b"] == 0
    x = Z.sum(axis=1) + homes.sum(axis=1) + 20 - m[labels]
    inner = [leontief_inverse(technical_coefficients(t, x)).sum() for t in (Z, found.home)]
    assert (inner[1] < inner[0]).all()
    over = _code(separate_imports, Z, homes, m * 100)
    assert (over.code, over.params["label"]) == ("imports_above_use", "a")
    assert _code(separate_imports, Z, homes, -m).code == "io_negative"
    unused = separate_imports(Z.mul([1, 0, 1], axis=0), homes.mul([1, 0, 1], axis=0), m)
    assert unused.share["b"] == 0


def test_concordances_keep_totals():
    rng = np.random.default_rng(3)
    old, new = list("abcd"), list("xyz")
    C = pd.DataFrame(rng.random((4, 3)), old, new)
    C = C.div(C.sum(axis=1), axis=0)
    Z = pd.DataFrame(rng.random((4, 4)), old, old)
    uses = pd.DataFrame(rng.random((4, 2)), old, ["homes", "state"])
    added = pd.DataFrame(rng.random((2, 4)), ["wages", "profit"], old)
    assert_close(aggregate(Z, C), C.T @ Z @ C)
    assert_close(aggregate(uses, C, "rows").sum(), uses.sum())
    assert_close(aggregate(added, C, "columns").sum(axis=1), added.sum(axis=1))
    assert_close(aggregate(Z[old[::-1]], C.loc[old[::-1]]), C.T @ Z @ C)
    assert aggregate(uses, C, "rows").index.tolist() == new
    double = _code(aggregate, Z, C * 2)
    assert (double.code, double.params["label"]) == ("concordance_weights", "a")
    assert double.params["total"] == pytest.approx(2)
    assert _code(aggregate, Z, C.assign(x=np.nan)).code == "concordance_weights"
    assert _code(aggregate, Z.iloc[:3, :3], C).code == "labels_differ"


def test_what_is_split_adds_up_again():
    rng = np.random.default_rng(4)
    Z = pd.DataFrame(rng.random((2, 2)), ["x", "y"], ["x", "y"])
    W = pd.DataFrame([[0.3, 0.7, 0], [0, 0, 1]], ["x", "y"], list("abc"))
    found = disaggregate(Z, W)
    assert found.loc["a", "b"] == pytest.approx(0.3 * 0.7 * Z.loc["x", "x"])
    back = aggregate(found, (W.T > 0).astype(float))
    assert_close(back, Z)
    both = pd.DataFrame([[0.3, 0.7, 0], [0, 0.5, 0.5]], ["x", "y"], list("abc"))
    fault = _code(disaggregate, Z, both)
    assert (fault.code, fault.params["label"]) == ("concordance_repeats", "b")


def test_double_deflation():
    rng = np.random.default_rng(5)
    labels = ["a", "b", "c"]
    Z = pd.DataFrame(rng.uniform(0, 10, (3, 3)), labels, labels)
    x = Z.sum() + rng.uniform(10, 20, 3)
    f = (x - Z.sum(axis=1)).to_frame("final")
    p = pd.Series({"c": 1.5, "a": 1.0, "b": 0.8})
    found = deflate(Z, x[::-1], p, f)
    assert_close(found.Z.sum(axis=1) + found.final["final"], found.output[labels])
    assert_close(found.Z.sum() + found.value_added, found.output[labels])
    assert_close(found.value_added.sum(), found.final["final"].sum())
    same = deflate(Z, x, p * 0 + 1)
    assert_close(same.value_added, x - Z.sum())
    even = deflate(Z, x, p * 0 + 2)
    assert_close(even.value_added, (x - Z.sum()) / 2)
    abroad = Z * 0.1
    with_imports = deflate(Z, x, p, imported=abroad, import_prices=p * 2)
    less = (abroad.div(p * 2, axis=0)).sum()
    assert_close(with_imports.value_added, found.value_added - less)
    fault = _code(deflate, Z, x, p * 0)
    assert (fault.code, fault.params["value"]) == ("deflator_impossible", 0.0)
