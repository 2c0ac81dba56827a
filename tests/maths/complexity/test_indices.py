"""Indices by hand, of nested tables, under changes that mean nothing, and where there are none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from examples import examples
from songhua.errors import SonghuaError
from songhua.maths import complexity as cx
from songhua.maths.complexity import eigen

from .tables import TABLES, labelled, nested

TRIANGLE = labelled([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
seeds = st.integers(0, 10_000)


def _presence(frame):
    return cx.presence(cx.location_quotients(frame))


def test_the_triangle_by_hand():
    """36 D^-1 M U^-1 M' is (22 10 4; 15 15 6; 12 12 12): (2, -1, -4) becomes 9 times itself.

    The mean of the industries' (-4, 2, 8) over those that a region has is (2, -1, -4); its mean is
    -1 and its deviation the root of 6.
    """
    regions, industries = cx.complexity_indices(TRIANGLE)
    assert_close(regions, np.array([3, 0, -3]) / np.sqrt(6), rtol=1e-13, atol=1e-13)
    assert_close(industries, np.array([-3, 3, 9]) / np.sqrt(6), rtol=1e-13)
    _, industries = cx.complexity_indices(TRIANGLE, scale="each")
    assert_close(industries, np.array([-6, 0, 6]) / np.sqrt(24), rtol=1e-13, atol=1e-13)


def test_reflections_of_the_triangle_by_hand():
    """k_r,1 = (2, 5/2, 3), as is k_i,1; k_r,2 = (5/2, 9/4, 2), the means of the latter."""
    for steps, expected in ((0, [3, 2, 1]), (1, [2, 5 / 2, 3]), (2, [5 / 2, 9 / 4, 2])):
        regions, _ = cx.reflections(TRIANGLE, steps)
        assert_close(regions, expected, rtol=1e-14)


def test_fitness_of_two_steps_by_hand():
    """F = (3, 2, 1) / 2, Q = (1/3, 1/2, 1) 18/11; then F = (11/6, 5/6, 1/3) over its mean 1.

    Q = 1 / (2/3 + 1 + 2, 2/3 + 1, 2/3) = (3/11, 3/5, 3/2), over its mean 261/330.
    """
    regions, industries = cx.fitness(TRIANGLE, 2)
    assert_close(regions, [11 / 6, 5 / 6, 1 / 3], rtol=1e-14)
    assert_close(industries, np.array([3 / 11, 3 / 5, 3 / 2]) * 330 / 261, rtol=1e-14)
    regions, industries = cx.fitness(TRIANGLE, 1, together=False)
    assert_close(regions, [3 / 2, 1, 1 / 2], rtol=1e-14)
    assert_close(industries, np.array([3 / 11, 3 / 5, 3 / 2]) * 330 / 261, rtol=1e-14)


@pytest.mark.parametrize("n", [3, 4, 8, 40, 200])
def test_a_nested_table_is_ordered(n):
    """Who has more, and what fewer have, is more complex, by every method."""
    frame = labelled(np.arange(n)[:, np.newaxis] + np.arange(n) < n)
    found = [cx.complexity_indices(frame), cx.fitness(frame, 5)]
    if n < 100:  # later numbers differ by less than they are computed to
        found.append(cx.reflections(frame, 4))
    for regions, _ in found:
        assert (np.diff(regions) < 0).all()
    for _, industries in (*found[:2], cx.reflections(frame, 3)):
        assert (np.diff(industries) > 0).all()


@examples(0.2, deadline=None)
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_means_nothing(seed, chance):
    presence = _presence(nested(12, 9, seed))
    rows, columns = list(presence.index), list(presence.columns)
    chance.shuffle(rows)
    chance.shuffle(columns)
    mixed = presence.loc[rows, columns]
    for work in (cx.complexity_indices, cx.reflections, cx.fitness):
        try:
            one = work(presence)
        except SonghuaError as error:
            with pytest.raises(SonghuaError) as caught:
                work(mixed)
            assert caught.value.faults[0].code == error.faults[0].code
            continue
        other = work(mixed)
        assert_close(other.regions, one.regions[rows], rtol=1e-8, atol=1e-9)
        assert_close(other.industries, one.industries[columns], rtol=1e-8, atol=1e-9)


@examples(0.2, deadline=None)
@given(seeds)
def test_the_index_of_a_region_is_the_mean_of_its_industries(seed):
    presence = _presence(TABLES["nested"].sample(20, random_state=seed))
    presence = presence.loc[:, presence.sum() > 0]
    regions, industries = cx.complexity_indices(presence)
    assert_close(regions, presence @ industries / presence.sum(axis=1), rtol=1e-9, atol=1e-11)
    assert regions.mean() == pytest.approx(0, abs=1e-12)
    assert regions.std(ddof=0) == pytest.approx(1, rel=1e-12)
    assert np.corrcoef(regions, cx.diversity(presence))[0, 1] > 0


@pytest.mark.parametrize("name", ["random", "wide", "nested wide", "lanczos"])
def test_both_ways_to_the_eigenvector_agree(name, monkeypatch):
    presence = _presence(TABLES[name])
    one = cx.complexity_indices(presence)
    monkeypatch.setattr(eigen, "LARGE", 10 if len(presence.columns) < eigen.LARGE else 10_000)
    other = cx.complexity_indices(presence)
    assert_close(one.regions, other.regions, rtol=1e-10, atol=1e-11)
    assert_close(one.industries, other.industries, rtol=1e-10, atol=1e-11)


def test_without_convergence_the_whole_is_decomposed(monkeypatch):
    def never(*arguments, **options):
        raise eigen.ArpackError(1)

    presence = _presence(TABLES["lanczos"])
    one = cx.complexity_indices(presence)
    monkeypatch.setattr(eigen, "eigsh", never)
    assert_close(cx.complexity_indices(presence).regions, one.regions, rtol=1e-10, atol=1e-11)


def test_many_reflections_approach_the_eigenvector():
    presence = _presence(TABLES["nested"])
    index = cx.complexity_indices(presence).regions
    found = [
        np.corrcoef(cx.reflections(presence, steps).regions, index)[0, 1]
        for steps in (2, 8, 18, 30)
    ]
    assert found == sorted(found)
    assert found[-1] > 0.9999


def test_what_is_empty_or_unknown_is_left_out():
    wide = TRIANGLE.assign(nowhere=0.0, unknown=np.nan)
    wide = pd.concat([wide, pd.DataFrame([[0.0] * 4 + [np.nan]], ["none"], wide.columns)])
    wide.loc["lost"] = np.nan
    for work in (cx.complexity_indices, cx.reflections, cx.fitness):
        found, alone = work(wide), work(TRIANGLE)
        for name, lost in (("regions", ["none", "lost"]), ("industries", ["nowhere", "unknown"])):
            series, other = getattr(found, name), getattr(alone, name)
            assert_close(series[other.index], other, rtol=1e-13, atol=1e-13)
            assert series[lost].isna().all()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([[1, 1, 0], [1, 1, 0], [0, 0, 1]], "complexity_groups"),
        ([[1, 1], [1, 1]], "complexity_tied"),
        ([[1]], "complexity_tied"),
        ([[1, 1, 0], [0, 1, 1], [1, 0, 1]], "complexity_tied"),
        ([[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]], "complexity_tied"),
        ([[1, 1, 1, 0, 0, 0], [0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1]], "complexity_sign"),
        ([[0, 0], [0, 0]], "presence_empty"),
        ([[1, np.nan], [1, 1]], "presence_incomplete"),
        ([[1, 2], [1, 1]], "presence_impossible"),
    ],
)
def test_an_index_that_is_not_determined_is_refused(values, code):
    with pytest.raises(SonghuaError) as caught:
        cx.complexity_indices(labelled(values))
    assert caught.value.faults[0].code == code
    assert "{" not in str(caught.value)


def test_the_groups_that_share_nothing_are_named():
    with pytest.raises(SonghuaError) as caught:
        cx.complexity_indices(labelled([[1, 1, 0], [1, 0, 0], [0, 0, 1]]))
    assert caught.value.faults[0].params == {"n": 2, "labels": ("r002", "i002")}
    assert cx.fitness(labelled([[1, 1, 0], [1, 0, 0], [0, 0, 1]])).regions.notna().all()


def test_the_sign_follows_ubiquity_where_diversity_is_the_same():
    """Rows of two each; the industries that fewer have are the more complex."""
    presence = labelled([[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]])
    assert cx.diversity(presence).nunique() == 1
    _, industries = cx.complexity_indices(presence)
    assert np.corrcoef(industries, cx.ubiquity(presence))[0, 1] < 0


def test_outlook_and_gain_are_what_plain_loops_give():
    frame = TABLES["sparse"]
    presence = _presence(frame)
    near = cx.proximity(presence)
    worth = pd.Series(np.linspace(-1, 2, len(presence.columns)), index=presence.columns)
    density = cx.density(presence, near)
    m, phi, q = presence.to_numpy(), near.to_numpy(), worth.to_numpy()
    lacking, every = 1 - m, phi.sum(axis=1)
    expected = [sum(lacking[r] * density.to_numpy()[r] * q) for r in range(len(m))]
    shuffled = density.sample(frac=1, random_state=1)[list(density.columns)[::-1]]
    assert_close(cx.outlook(presence, shuffled, worth[::-1]), expected, rtol=1e-11)
    source, target, net = (
        cx.gain(presence, near, worth[::-1], method).to_numpy()
        for method in ("source", "target", "net")
    )
    for r in range(0, len(m), 7):
        for i in range(len(q)):
            over = lacking[r] * phi[i] * q
            by_target = sum(over) / every[i]
            left = 1 - sum(lacking[r] * phi[i]) / every[i]
            assert_close(source[r, i], lacking[r, i] * sum(over / every), rtol=1e-11, atol=1e-13)
            assert_close(target[r, i], lacking[r, i] * by_target, rtol=1e-11, atol=1e-13)
            assert_close(net[r, i], by_target - left * q[i], rtol=1e-11, atol=1e-13)


def test_entry_raises_the_outlook_by_the_gain_less_what_it_leaves():
    """The outlook after an entry: the gain is what comes, the industry's own part goes."""
    presence = _presence(TABLES["nested"])
    near = cx.proximity(presence)
    worth = cx.complexity_indices(presence).industries
    region, industry = presence.index[30], presence.columns[20]
    assert presence.at[region, industry] == 0
    density = cx.density(presence, near)
    entered = presence.copy()
    entered.at[region, industry] = 1.0
    before = cx.outlook(presence, density, worth)[region]
    after = cx.outlook(entered, cx.density(entered, near), worth)[region]
    own = density.at[region, industry] * worth[industry]
    assert_close(
        after - before, cx.gain(presence, near, worth).at[region, industry] - own, rtol=1e-10
    )


def test_outlook_of_what_is_not_known_is_missing():
    presence = pd.DataFrame({"food": [1, None], "steel": [0, None]}, index=["a", "b"], dtype=float)
    near = pd.DataFrame([[0, 1.0], [1.0, 0]], presence.columns, presence.columns)
    worth = pd.Series({"food": 1.0, "steel": 2.0})
    found = cx.outlook(presence, cx.density(presence, near), worth)
    assert found["a"] == 2
    assert np.isnan(found["b"])
    gain = cx.gain(presence, near, worth)
    assert gain.loc["b"].isna().all()
    assert gain.loc["a"].tolist() == [0, 0]
    alone = pd.DataFrame(np.zeros((2, 2)), presence.columns, presence.columns)
    assert cx.gain(presence, alone, worth).isna().all(axis=None)
