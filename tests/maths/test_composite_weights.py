"""Weights read from the figures, against published ones and against pymcdm."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.composite import (
    normalise_minmax,
    weight_critic,
    weight_entropy,
    weight_equal,
    weight_pca,
)

# https://cnblogs.com/ToDoNow/p/9592079.html: eleven departments, nine indicators
PUBLISHED = pd.DataFrame(
    [
        [100, 90, 100, 84, 90, 100, 100, 100, 100],
        [100, 100, 78.6, 100, 90, 100, 100, 100, 100],
        [75, 100, 85.7, 100, 90, 100, 100, 100, 100],
        [100, 100, 78.6, 100, 90, 100, 94.4, 100, 100],
        [100, 90, 100, 100, 100, 90, 100, 100, 80],
        [100, 100, 100, 100, 90, 100, 100, 85.7, 100],
        [100, 100, 78.6, 100, 90, 100, 55.6, 100, 100],
        [87.5, 100, 85.7, 100, 100, 100, 100, 100, 100],
        [100, 100, 92.9, 100, 80, 100, 100, 100, 100],
        [100, 90, 100, 100, 100, 100, 100, 100, 100],
        [100, 100, 92.9, 100, 90, 100, 100, 100, 100],
    ],
    columns=list("abcdefghi"),
)
BY_COLUMN = [0.0758, 0.2192, 0.2714, 0.0656, 0.1052, 0.0656, 0.0661, 0.0656, 0.0656]
BY_WHOLE = [0.1082, 0.0308, 0.1703, 0.0334, 0.0662, 0.0121, 0.4979, 0.0261, 0.0551]
positive = arrays(
    float, st.tuples(st.integers(4, 9), st.integers(2, 5)), elements=st.floats(0.5, 90)
)


def _frame(values):
    return pd.DataFrame(values, columns=[f"i{n}" for n in range(values.shape[1])])


def test_entropy_of_the_published_matrix_scales_each_column_by_itself():
    assert weight_entropy(PUBLISHED).round(4).tolist() == BY_COLUMN


def test_the_published_code_scales_by_the_whole_matrix_and_that_is_not_ours():
    low, high = PUBLISHED.min().min(), PUBLISHED.max().max()
    whole = weight_entropy((PUBLISHED - low) / (high - low), scale=False)
    assert whole.round(4).tolist() == BY_WHOLE
    assert (weight_entropy(PUBLISHED) - whole).abs().max() > 0.4


def test_entropy_without_scaling_gives_the_published_three():
    x = pd.DataFrame([[10, 20, 30], [12, 22, 28], [8, 18, 32]], columns=list("abc"))
    assert weight_entropy(x, scale=False).round(4).tolist() == [0.7357, 0.1830, 0.0813]


def test_a_column_without_spread_weighs_nothing_and_moves_no_other():
    x = PUBLISHED[["a", "b", "c", "e"]]
    for weigh in (weight_entropy, weight_critic, weight_pca):
        notes = []
        made = weigh(x.assign(flat=7.0), notes=notes)
        assert made["flat"] == 0
        pd.testing.assert_series_equal(made.drop("flat"), weigh(x))
        assert ("flat", "composite_no_spread") in [(n.indicator, n.code) for n in notes]
        with pytest.raises(SonghuaError) as error:
            weigh(pd.DataFrame({"a": [1.0, 1.0], "b": [2.0, 2.0]}))
        assert [fault.code for fault in error.value.faults] == ["composite_weights"]


def test_a_cost_is_reversed_before_its_entropy():
    x = pd.DataFrame({"a": [1.0, 2, 9, 4], "b": [3.0, 1, 1, 8]})
    made = weight_entropy(x, {"a": 1, "b": -1})
    pd.testing.assert_series_equal(made, weight_entropy(x.assign(b=-x["b"])))
    assert not np.allclose(made, weight_entropy(x))


def test_a_shift_changes_the_weights_and_is_said():
    notes = []
    made = weight_entropy(PUBLISHED, shift=0.01, notes=notes)
    assert not np.allclose(made, weight_entropy(PUBLISHED), atol=1e-4)
    assert [(n.code, n.params["shift"]) for n in notes] == [("composite_shifted", 0.01)]


def test_one_cell_below_nought_has_no_entropy():
    x = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, -1.0, 2.0], "c": [-1.0, -2.0, 0.0]})
    with pytest.raises(SonghuaError) as error:
        weight_entropy(x, scale=False)
    assert [(f.code, f.column) for f in error.value.faults] == [
        ("composite_negative", "b"), ("composite_negative", "c"),
    ]  # fmt: skip
    with pytest.raises(SonghuaError):
        weight_entropy(x[["a", "b"]], scale=False)
    assert weight_entropy(x[["a", "b"]], scale=False, shift=1.0).sum() == pytest.approx(1)


def test_a_missing_cell_is_refused_with_its_column():
    x = pd.DataFrame({"a": [1.0, None], "b": [1.0, 2.0]})
    for weigh in (weight_entropy, weight_critic, weight_pca):
        with pytest.raises(SonghuaError) as error:
            weigh(x)
        assert [(f.code, f.column) for f in error.value.faults] == [("composite_missing", "a")]


@settings(deadline=None)
@given(positive, st.randoms())
def test_weights_go_by_label_and_sum_to_one(values, random):
    # whole numbers, so that columns are told apart by more than rounding
    x = _frame(np.round(values))
    x = x.loc[:, x.max() > x.min()]
    if x.shape[1] < 2 or np.abs(np.corrcoef(x.T)[np.triu_indices(x.shape[1], 1)]).min() > 0.999:
        return
    order = list(x.columns)
    random.shuffle(order)
    for weigh in (weight_entropy, weight_critic):
        made = weigh(x)
        assert made.sum() == pytest.approx(1)
        assert (made >= 0).all()
        pd.testing.assert_series_equal(weigh(x[order])[x.columns], made, rtol=1e-9)


@settings(deadline=None)
@given(positive)
def test_entropy_and_critic_are_those_of_pymcdm(values):
    pymcdm = pytest.importorskip("pymcdm.weights")
    x = _frame(np.round(values, 1))
    if not (x.max() > x.min()).all():
        return
    theirs = pymcdm.entropy_weights(x.to_numpy())
    assert_close(weight_entropy(x, scale=False), theirs, rtol=1e-6)
    spread = normalise_minmax(x)
    if np.abs(np.corrcoef(x.T)[np.triu_indices(x.shape[1], 1)]).max() < 0.999:
        assert_close(weight_critic(x), pymcdm.critic_weights(x.to_numpy()), rtol=1e-9)
        assert_close(weight_critic(spread), weight_critic(x), rtol=1e-9)


def test_all_components_together_weigh_every_indicator_the_same():
    x = PUBLISHED[["a", "b", "c", "e"]]
    pd.testing.assert_series_equal(weight_pca(x, components=4), weight_equal(x))


def test_kaisers_components_are_said():
    notes = []
    weight_pca(PUBLISHED, notes=notes)
    values = np.linalg.eigvalsh(np.corrcoef(PUBLISHED.T))
    kept = values[values > 1]
    assert notes[-1].params["n"] == len(kept)
    assert notes[-1].params["share"] == pytest.approx(kept.sum() / 9)
