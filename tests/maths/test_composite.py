"""The steps of a composite index: identities, refusals, and the notes on gaps."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.composite import (
    Recipe,
    aggregate_arithmetic,
    aggregate_geometric,
    aggregate_tree,
    build,
    denominate,
    effective_weights,
    has_outliers,
    impute,
    kurtosis,
    log_coin,
    normalise_goalposts,
    normalise_minmax,
    normalise_percentile,
    normalise_rank,
    normalise_z,
    rank,
    screen,
    skewness,
    treat,
    weight_given,
    winsorise,
)

cells = arrays(
    float, st.tuples(st.integers(3, 9), st.integers(2, 5)), elements=st.integers(-50, 50)
)


def _frame(values):
    values = np.asarray(values, float)
    return pd.DataFrame(
        values,
        index=[f"u{n}" for n in range(values.shape[0])],
        columns=[f"i{n}" for n in range(values.shape[1])],
    )


def _codes(error):
    return [fault.code for fault in error.value.faults]


def test_skewness_and_kurtosis_are_those_of_a_spreadsheet():
    # SKEW() and KURT() of 3, 4, 5, 2, 3, 4, 5, 6, 4, 7, as their manuals print them
    x = np.array([3.0, 4, 5, 2, 3, 4, 5, 6, 4, 7])
    assert round(skewness(x), 6) == 0.359543
    assert round(kurtosis(x), 6) == -0.151800


def test_winsorising_stops_as_soon_as_one_limit_is_kept():
    notes = []
    x = pd.DataFrame({"a": [*map(float, range(1, 11)), 30.0, 100.0]})
    assert has_outliers(x["a"])
    made = winsorise(x, notes=notes)
    assert made["a"].tolist() == [*map(float, range(1, 11)), 30.0, 30.0]
    assert [(n.code, dict(n.params)) for n in notes] == [
        ("composite_winsorised", {"high": 1, "low": 0})
    ]


def test_winsorising_pulls_in_low_points_where_the_column_leans_low():
    x = pd.DataFrame({"a": [*map(float, range(1, 11)), -30.0, -100.0]})
    notes = []
    assert winsorise(x, notes=notes)["a"].min() == -30
    assert notes[0].params == {"high": 0, "low": 1}


def test_the_logarithm_is_of_the_untreated_column():
    x = pd.DataFrame({"a": np.exp(np.arange(30.0))})
    notes = []
    made = treat(x, max_points=1, notes=notes)
    pd.testing.assert_frame_equal(made, log_coin(x))
    assert [n.code for n in notes][:3] == [
        "composite_winsorised",
        "composite_winsorising_not_enough",
        "composite_log",
    ]


def test_treatment_says_where_nothing_was_needed():
    notes = []
    x = _frame([[1, 2], [2, 1], [3, 5], [4, 2]])
    pd.testing.assert_frame_equal(treat(x, notes=notes), x)
    assert {n.code for n in notes} == {"composite_no_outliers"}


@pytest.mark.parametrize("method", ["mean", "median", "group_mean", "group_median"])
def test_what_cannot_be_filled_stays_missing_and_is_counted(method):
    x = pd.DataFrame({"a": [1.0, 3.0, np.nan], "b": [np.nan] * 3}, index=["x", "y", "z"])
    notes = []
    made = impute(x, method, pd.Series(1, index=["z", "x", "y"]), notes)
    assert made["a"].tolist() == [1, 3, 2]
    assert made["b"].isna().all()
    assert [(n.indicator, n.code, n.params["n"]) for n in notes] == [
        ("a", "composite_filled", 1),
        ("b", "composite_unfilled", 3),
    ]


def test_a_group_method_needs_groups_of_the_same_units():
    x = pd.DataFrame({"a": [1.0, np.nan]}, index=["x", "y"])
    with pytest.raises(SonghuaError) as error:
        impute(x, "group_mean")
    assert _codes(error) == ["composite_groups"]
    with pytest.raises(SonghuaError) as error:
        impute(x, "group_mean", pd.Series({"x": 1}))
    assert _codes(error) == ["labels_differ"]


def test_a_denominator_of_zero_gives_no_quotient():
    size = pd.DataFrame({"area": [0.0, 2.0]}, index=["y", "x"])
    notes = []
    x = pd.DataFrame({"a": [6.0, 6.0]}, index=["x", "y"])
    made = denominate(x, size, {"a": "area"}, notes)
    assert made["a"].tolist()[0] == 3
    assert np.isnan(made["a"]["y"])
    assert notes[-1].code == "composite_denominator_zero"


def test_screening_names_the_unit():
    x = _frame([[1, 2], [np.nan, 2]])
    notes = []
    assert screen(x, 0.9, notes).index.tolist() == ["u0"]
    assert [(n.indicator, n.code) for n in notes] == [("u1", "composite_unit_screened")]


@settings(deadline=None)
@given(cells, st.integers(1, 9), st.integers(-9, 9))
def test_scales_do_not_change_with_the_unit_of_measurement(values, factor, shift):
    x = _frame(values)
    for scale in (normalise_minmax, normalise_z, normalise_rank, normalise_percentile):
        pd.testing.assert_frame_equal(scale(x * factor + shift), scale(x), atol=1e-12)


@settings(deadline=None)
@given(cells)
def test_a_reversed_indicator_is_the_indicator_reversed(values):
    x = _frame(values)
    less = dict.fromkeys(x.columns, -1)
    for scale in (normalise_minmax, normalise_z, normalise_rank, normalise_percentile):
        pd.testing.assert_frame_equal(scale(x, less), scale(-x), atol=1e-12)


@settings(deadline=None)
@given(cells)
def test_min_max_touches_both_ends(values):
    x = _frame(values)
    made = normalise_minmax(x, bounds=(1, 100))
    uneven = x.max() > x.min()
    assert (made.min()[uneven] == 1).all()
    assert (made.max()[uneven] == 100).all()
    assert made.loc[:, ~uneven].isna().all().all()


def test_limits_hold_the_scale_for_a_panel_and_goalposts_clip():
    x = pd.DataFrame({"a": [0.0, 5.0, 12.0]})
    assert normalise_minmax(x, limits={"a": (0, 10)})["a"].tolist() == [0, 0.5, 1.2]
    notes = []
    assert normalise_goalposts(x, {"a": (0, 10)}, notes=notes)["a"].tolist() == [0, 0.5, 1]
    assert [(n.code, n.params["n"]) for n in notes] == [("composite_clipped", 1)]
    with pytest.raises(SonghuaError) as error:
        normalise_goalposts(x, {})
    assert _codes(error) == ["labels_differ"]


def test_a_column_without_spread_is_said_by_every_scale():
    x = pd.DataFrame({"flat": [2.0, 2.0], "a": [1.0, 2.0]})
    for scale in (normalise_minmax, normalise_z, normalise_rank, normalise_percentile):
        notes = []
        scale(x, notes=notes)
        assert [(n.indicator, n.code) for n in notes] == [("flat", "composite_no_spread")]


@settings(deadline=None)
@given(cells)
def test_the_means_keep_their_order_and_their_bounds(values):
    x = _frame(np.abs(values))
    low, high = aggregate_geometric(x), aggregate_arithmetic(x)
    assert (low <= high + 1e-9).all()
    assert (low >= x.min(axis=1) - 1e-9).all()
    assert (high <= x.max(axis=1) + 1e-9).all()


def test_weights_go_by_label_and_not_by_place():
    x = _frame([[1, 10], [2, 20]])
    w = pd.Series({"i1": 1.0, "i0": 3.0})
    assert aggregate_arithmetic(x, w).tolist() == [3.25, 6.5]
    for wrong, code in (
        ({"i0": 1}, "labels_differ"),
        ([1, 3], "composite_unlabelled"),
        ({"i0": -1, "i1": 2}, "composite_weights"),
        ({"i0": 0, "i1": 0}, "composite_weights"),
    ):
        with pytest.raises(SonghuaError) as error:
            aggregate_arithmetic(x, wrong)
        assert _codes(error) == [code]


def test_a_missing_cell_leaves_the_unit_out_unless_it_may_be_missing():
    x = _frame([[1, 3, np.nan], [1, 3, 8], [np.nan, np.nan, 8]])
    notes = []
    assert aggregate_arithmetic(x, notes=notes).isna().tolist() == [True, False, True]
    assert [n.indicator for n in notes] == ["u0", "u2"]
    notes = []
    made = aggregate_arithmetic(x, min_share=0.5, notes=notes)
    assert made.tolist()[:2] == [2, 4]
    assert np.isnan(made["u2"])
    assert [(n.indicator, n.code) for n in notes] == [
        ("u2", "composite_no_index"),
        ("u0", "composite_partly"),
    ]


def test_a_geometric_mean_says_zero_and_refuses_less():
    notes = []
    assert aggregate_geometric(_frame([[0, 4], [4, 4]]), notes=notes).tolist() == [0, 4]
    assert [(n.indicator, n.code) for n in notes] == [("u0", "composite_zero")]
    with pytest.raises(SonghuaError) as error:
        aggregate_geometric(_frame([[-1, 4], [4, -4]]))
    assert [fault.column for fault in error.value.faults] == ["i0", "i1"]


TREE = {"i0": "P", "i1": "P", "i2": "Q", "P": "I", "Q": "I"}
WEIGHTS = {"i0": 1, "i1": 3, "i2": 1, "P": 2, "Q": 1}


@settings(deadline=None)
@given(arrays(float, (4, 3), elements=st.integers(1, 50)))
def test_a_tree_of_one_mean_is_one_mean_with_effective_weights(values):
    x = _frame(values)
    flat = effective_weights(TREE, WEIGHTS)
    assert flat.sum() == pytest.approx(1)
    for method, mean in (("arithmetic", aggregate_arithmetic), ("geometric", aggregate_geometric)):
        deep = aggregate_tree(x, TREE, WEIGHTS, method)
        assert deep.columns.tolist() == ["P", "Q", "I"]
        assert_close(deep["I"], mean(x, flat), rtol=1e-12)


@pytest.mark.parametrize(
    "tree",
    [
        {"i0": "P", "i1": "P"},
        {"i0": "P", "i1": "P", "i2": "P", "P": "P"},
        {"i0": "P", "i1": "P", "i2": "P", "P": "Q", "Q": "P"},
        {"i0": "P", "i1": "P", "i2": "P", "i3": "P"},
    ],
)
def test_a_tree_that_does_not_hang_together_is_refused(tree):
    with pytest.raises(SonghuaError) as error:
        aggregate_tree(_frame([[1, 2, 3]]), tree)
    assert set(_codes(error)) == {"composite_tree"}


def test_ties_share_the_better_rank_and_no_score_has_no_rank():
    notes = []
    made = rank(pd.Series({"x": 1.0, "y": 2.0, "z": 1.0, "w": np.nan}), notes)
    assert made.tolist()[:3] == [2, 1, 2]
    assert np.isnan(made["w"])
    assert notes[0].indicator == "w"
    little = rank(pd.Series({"x": 1e-13, "y": 2e-13, "w": np.nan}))
    assert little.tolist()[:2] == [2, 1]


def test_a_recipe_says_the_steps_it_lacks_and_the_stages_it_made():
    x = _frame([[1, 2, 3], [2, 5, 1], [9, 1, 2]])
    made = build(
        x, Recipe(tree=TREE, weights={"P": 2, "Q": 1}, impute="mean"), {**dict.fromkeys(x, 1)}
    )
    lacking = [n.step for n in made.notes if n.code == "composite_step_none"]
    assert lacking == ["screen", "treat"]
    assert list(made.stages) == ["screened", "imputed", "treated", "normalised", "aggregated"]
    assert made.scores.name == "I"
    whole = build(x, Recipe(tree=TREE, screen=0.5, impute="mean", treat="winsorise"))
    assert not [n for n in whole.notes if n.code == "composite_step_none"]
    assert [n.step for n in whole.notes if n.code == "composite_parts_equal"] == ["weight"]


@pytest.mark.parametrize("step", ["impute", "treat", "normalise", "weight", "aggregate"])
def test_an_unknown_variant_is_refused(step):
    with pytest.raises(SonghuaError) as error:
        build(_frame([[1, 2], [2, 1]]), Recipe(**{step: "guess"}))
    assert _codes(error) == ["composite_method"]


def test_text_and_infinity_are_not_figures():
    with pytest.raises(SonghuaError) as error:
        normalise_z(pd.DataFrame({"a": [1, 2], "b": ["x", "1"], "c": [1, np.inf]}))
    assert [(f.code, f.column) for f in error.value.faults] == [
        ("composite_not_number", "b"),
        ("composite_not_number", "c"),
    ]


def test_a_direction_is_one_or_minus_one_for_every_indicator():
    x = _frame([[1, 2], [2, 1]])
    for wrong, code in (({"i0": 1}, "labels_differ"), ({"i0": 1, "i1": 0}, "composite_direction")):
        with pytest.raises(SonghuaError) as error:
            normalise_minmax(x, wrong)
        assert _codes(error) == [code]


def test_given_weights_sum_to_one():
    assert weight_given(_frame([[1, 2]]), {"i1": 1, "i0": 1}).tolist() == [0.5, 0.5]
