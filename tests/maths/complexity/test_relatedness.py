"""Presence, proximity and density: plain loops, missing values, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths import complexity as cx
from songhua.maths.complexity import kernels

from .tables import labelled

presences = st.tuples(st.integers(1, 7), st.integers(1, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([0.0, 1.0]))
)
with_gaps = st.tuples(st.integers(1, 7), st.integers(1, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([0.0, 1.0, np.nan]))
)
CONDITIONAL = {
    "minimum": min,
    "conditional": lambda a, b: a,
    "cosine": lambda a, b: np.sqrt(a * b),
}


def _frame(values):
    rows, columns = np.shape(values)
    return pd.DataFrame(
        values, index=[f"r{i}" for i in range(rows)], columns=[f"i{i}" for i in range(columns)]
    )


def _counted(values, i, j):
    """Regions with both, and those with one where the other is known."""
    rows = [row for row in values if not np.isnan(row[i]) and not np.isnan(row[j])]
    both = sum(row[i] * row[j] for row in rows)
    return both, sum(row[i] for row in rows), sum(row[j] for row in rows)


@settings(deadline=None)
@given(with_gaps)
def test_proximity_is_what_counting_pair_by_pair_gives(values):
    n = values.shape[1]
    for method, joined in CONDITIONAL.items():
        found = cx.proximity(_frame(values), method, diagonal=True).to_numpy()
        for i in range(n):
            for j in range(n):
                both, one, other = _counted(values, i, j)
                if min(one, other) == 0:
                    assert np.isnan(found[i, j])
                else:
                    expected = joined(both / one, both / other)
                    assert found[i, j] == pytest.approx(expected, rel=1e-14)


@settings(deadline=None)
@given(with_gaps)
def test_jaccard_is_the_shared_part_of_all_regions_with_one(values):
    found = cx.proximity(_frame(values), "jaccard").to_numpy()
    for i in range(values.shape[1]):
        for j in range(i):
            both, one, other = _counted(values, i, j)
            expected = np.nan if min(one, other) == 0 else both / (one + other - both)
            assert_close(found[i, j], expected, rtol=1e-14)


@settings(deadline=None)
@given(with_gaps, st.booleans())
def test_density_is_what_a_plain_loop_gives(values, diagonal):
    frame = _frame(values)
    near = cx.proximity(frame, diagonal=diagonal)
    found, phi = cx.density(frame, near), near.fillna(0).to_numpy()
    for r, row in enumerate(values):
        known = ~np.isnan(row)
        for i in range(len(row)):
            below = phi[known, i].sum()
            expected = (row[known] * phi[known, i]).sum() / below if below > 0 else np.nan
            assert_close(found.iat[r, i], expected, rtol=1e-12, atol=1e-14)


@settings(deadline=None)
@given(presences, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_means_nothing(values, chance):
    frame = _frame(values)
    rows, columns = list(frame.index), list(frame.columns)
    chance.shuffle(rows)
    chance.shuffle(columns)
    mixed = frame.loc[rows, columns]
    near, other = cx.proximity(frame), cx.proximity(mixed)
    assert_close(other, near.loc[columns, columns], rtol=1e-14)
    # The proximity of the frame as it was: it is put into the order of the columns.
    assert_close(cx.density(mixed, near), cx.density(frame, near).loc[rows, columns], rtol=1e-12)


def test_counts_are_exact_in_32_bits_until_they_are_not():
    values = (np.random.default_rng(1).random((400, 50)) < 0.3).astype(float)
    both, one = kernels.pair_counts(values)
    whole = values.astype(np.int64)
    assert (both == whole.T @ whole).all()
    assert (one == whole.sum(axis=0)[:, np.newaxis]).all()
    assert kernels.exact_type(kernels.EXACT - 1) is np.float32
    assert np.float32(kernels.EXACT - 1) + np.float32(1) == kernels.EXACT
    assert np.float32(kernels.EXACT) + np.float32(1) == kernels.EXACT  # the next one is lost
    assert kernels.exact_type(kernels.EXACT) is np.float64


@settings(deadline=None)
@given(presences)
def test_demeaned_rows_and_columns_sum_to_zero(values):
    found = cx.demeaned(_frame(values)).to_numpy()
    assert_close(found.sum(axis=0), 0 * found.sum(axis=0), atol=1e-12)
    assert_close(found.sum(axis=1), 0 * found.sum(axis=1), atol=1e-12)


@settings(deadline=None)
@given(with_gaps)
def test_demeaned_with_gaps_is_the_residual_of_a_regression(values):
    found = kernels.double_demeaned(values)
    known = ~np.isnan(values)
    assert (np.isnan(found) == ~known).all()
    if not known.any():
        return
    rows, columns = np.nonzero(known)
    design = np.zeros((len(rows), sum(values.shape)))
    design[np.arange(len(rows)), rows] = 1
    design[np.arange(len(rows)), values.shape[0] + columns] = 1
    effect = np.linalg.lstsq(design, values[known], rcond=None)[0]
    assert_close(found[known], values[known] - design @ effect, atol=1e-11)


def test_demeaned_takes_effects_of_rows_and_columns_out_in_whole():
    rng = np.random.default_rng(3)
    effects = rng.random((6, 1)) + rng.random((1, 5))
    values = np.where(rng.random((6, 5)) < 0.2, np.nan, effects)
    assert_close(np.nan_to_num(kernels.double_demeaned(values)), np.zeros((6, 5)), atol=1e-13)


def test_what_is_empty_is_named_and_missing():
    frame = pd.DataFrame(
        {"food": [1, 0, None], "steel": [1, 0, None], "ships": [0, 0, None], "oil": [None] * 3},
        index=["a", "b", "c"],
        dtype=float,
    )
    found = cx.gaps(frame)
    assert found.empty_regions == ("b",)
    assert found.empty_industries == ("ships",)
    assert found.missing_regions == ("c",)
    assert found.missing_industries == ("oil",)
    assert found.missing_cells == 0
    near = cx.proximity(frame)
    assert near.loc["ships"].isna().all()
    assert near["oil"].isna().all()
    assert near.loc["food", "steel"] == 1
    density = cx.density(frame, near)
    assert density.loc["c"].isna().all()
    assert density[["ships", "oil"]].isna().all(axis=None)
    assert density.loc["b", ["food", "steel"]].tolist() == [0, 0]
    assert cx.diversity(frame).isna().all()
    assert cx.ubiquity(frame.iloc[:2, :3]).to_dict() == {"food": 1, "steel": 1, "ships": 0}
    one_hole = pd.DataFrame({"food": [1, None], "steel": [0, 1]})
    assert cx.gaps(one_hole).missing_cells == 1


def test_a_quotient_of_one_is_present_although_it_is_computed_as_less():
    frame = pd.DataFrame([[1, 2], [1, 2], [5, 10]]) * 0.1
    quotients = cx.location_quotients(frame)
    assert (quotients < 1).any(axis=None)
    assert (cx.presence(quotients) == 1).all(axis=None)
    assert (cx.presence(quotients, rounding=0) == (quotients >= 1)).all(axis=None)
    assert cx.presence(quotients, threshold=1 + 1e-9).sum().sum() == 0


@settings(deadline=None)
@given(
    st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
        lambda shape: arrays(np.int64, shape, elements=st.integers(1, 1000))
    ),
    st.floats(1e-3, 1e3),
)
def test_quotients_do_not_change_with_the_unit(values, factor):
    frame = _frame(values)
    assert_close(cx.location_quotients(frame * factor), cx.location_quotients(frame), rtol=1e-12)
    people = pd.Series(values.sum(axis=1), index=frame.index)
    # With a population in proportion to the total it is the location quotient.
    assert_close(
        cx.population_quotients(frame, people * factor), cx.location_quotients(frame), rtol=1e-12
    )
    pd.testing.assert_frame_equal(
        cx.presence(cx.location_quotients(frame * factor)),
        cx.presence(cx.location_quotients(frame)),
    )


def test_population_quotients_of_periods_and_of_a_given_nation():
    frame = pd.DataFrame({"food": [30.0, 10.0], "steel": [0.0, 40.0]}, index=["a", "b"])
    people = pd.Series({"a": 100, "b": 300})
    one = cx.population_quotients(frame, people)
    both = cx.population_quotients(
        pd.concat({2020: frame, 2021: frame * 2}), pd.concat({2020: people, 2021: people * 3})
    )
    assert_close(both.loc[2020], one)
    assert_close(both.loc[2021], one)
    nation = pd.Series({"food": 400.0, "steel": 0.0})
    given_nation = cx.population_quotients(frame, people, nation, 4000)
    assert given_nation["food"].tolist() == pytest.approx([3, 1 / 3])
    assert given_nation["steel"].isna().all()
    unknown = cx.population_quotients(frame, pd.Series({"a": 100, "b": None}))
    assert unknown.isna().all(axis=None)


def test_quotient_proximity_is_numpys_correlation():
    quotients = _frame(np.random.default_rng(2).lognormal(size=(30, 6)))
    found = cx.quotient_proximity(quotients, "correlation", diagonal=True)
    assert_close(found, (1 + np.corrcoef(quotients.T)) / 2, rtol=1e-12)
    logs = cx.quotient_proximity(quotients, diagonal=True)
    assert_close(logs, (1 + np.corrcoef(np.log(quotients.T + 0.1))) / 2, rtol=1e-12)
    flat = quotients.assign(i0=1.0)
    assert cx.quotient_proximity(flat, "correlation")["i0"].isna().all()
    assert cx.quotient_proximity(flat, "cosine")["i0"].notna().all()
    hole = quotients.copy()
    hole.iat[0, 0] = np.nan
    assert_close(cx.quotient_proximity(hole), cx.quotient_proximity(quotients.iloc[1:]))


@settings(deadline=None)
@given(arrays(np.int64, (4, 4), elements=st.integers(1, 50)))
def test_linkages_do_not_change_with_the_direction_of_trade(flows):
    for method in ("maximum", "mean"):
        found = cx.linkage_proximity(flows, method).to_numpy()
        assert_close(found, cx.linkage_proximity(flows.T, method).to_numpy(), rtol=1e-13)
        assert_close(found, found.T)
        assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda: cx.density(pd.DataFrame({"a": [2.0]}), pd.DataFrame([[1]])), "presence_impossible"),
        (lambda: cx.proximity(pd.DataFrame({"a": [1]}), "maximum"), "io_choice"),
        (lambda: cx.association([[1, 2]]), "io_not_square"),
        (lambda: cx.quotient_proximity(pd.DataFrame({"a": [1]}), "minimum"), "io_choice"),
        (lambda: cx.linkage_proximity([[1]], "least"), "io_choice"),
        (
            lambda: cx.density(
                pd.DataFrame({"a": [1]}), pd.DataFrame([[1]], index=["b"], columns=["b"])
            ),
            "labels_differ",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(work, code):
    with pytest.raises(SonghuaError) as caught:
        work()
    assert caught.value.faults[0].code == code
    assert "{" not in str(caught.value)


def test_the_fault_of_presence_names_the_first_and_counts_all():
    frame = pd.DataFrame({"food": [1, 0], "steel": [0.5, 3]}, index=["here", "there"])
    with pytest.raises(SonghuaError) as caught:
        cx.diversity(frame)
    assert caught.value.faults[0].params == {"value": 0.5, "label": ("here", "steel"), "n": 2}


@pytest.mark.parametrize("shape", [(0, 0), (1, 0), (0, 2), (2, 2)])
def test_tables_without_a_number_have_no_result(shape):
    frame = labelled(np.full(shape, np.nan))
    for work in (cx.presence, cx.demeaned):
        assert work(frame).isna().all(axis=None)
    for work in (cx.proximity, cx.quotient_proximity):
        assert work(frame).shape == (shape[1], shape[1])
        assert work(frame).isna().all(axis=None)
    for convention in cx.CONVENTIONS:
        found = cx.measures(frame, convention)
        assert found.undetermined is not None
        assert found.undetermined.code == "presence_empty"
        assert found.density.isna().all(axis=None)
