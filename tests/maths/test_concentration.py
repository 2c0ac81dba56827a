"""Concentration: every way of throwing plants at a map, plain loops, and what is missing."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from songhua.errors import SonghuaError
from songhua.maths.specialisation import ellison_glaeser, locational_gini, specialisation_gini

counts = st.tuples(st.integers(2, 6), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 50))
)


def _frame(values):
    rows, columns = np.shape(values)
    return pd.DataFrame(
        values, index=[f"r{i}" for i in range(rows)], columns=[f"i{i}" for i in range(columns)]
    )


def _pairs(e, x):
    """The Gini coefficient by its definition, over all pairs."""
    if sum(e) == 0 or sum(x) == 0:
        return math.nan
    rows = range(len(e))
    apart = sum(abs(e[r] * x[s] - e[s] * x[r]) for r in rows for s in rows)
    return float(Fraction(int(apart), int(2 * sum(e) * sum(x))))


def _jackknife(e, x):
    kept = [r for r in range(len(e)) if e[r] > 0 or x[r] > 0]
    if len(kept) < 3:
        return math.nan
    left = [[k for k in kept if k != r] for r in kept]
    found = [_pairs([e[k] for k in rows], [x[k] for k in rows]) for rows in left]
    n = len(kept)
    return math.sqrt((n - 1) / n * sum((g - sum(found) / n) ** 2 for g in found))


@settings(deadline=None)
@given(counts, st.data())
def test_locational_gini_by_all_pairs(values, data):
    frame = _frame(values)
    size = data.draw(arrays(np.int64, len(frame), elements=st.integers(0, 99)))
    found = locational_gini(frame, pd.Series(size, index=frame.index))
    for column in frame:
        e = frame[column].tolist()
        assert found.at[column, "gini"] == pytest.approx(
            _pairs(e, size.tolist()), abs=1e-12, nan_ok=True
        )
        assert found.at[column, "se"] == pytest.approx(
            _jackknife(e, size.tolist()), abs=1e-6, nan_ok=True
        )


@settings(deadline=None)
@given(arrays(np.int64, (5, 3), elements=st.integers(1, 50)))
def test_gini_of_the_quotients_by_all_pairs(values):
    frame = _frame(values)
    found = locational_gini(frame, form="quotients")["gini"]
    for column in frame:
        quotients = (frame[column] / frame.sum(axis=1)).tolist()
        apart = sum(abs(a - b) for a in quotients for b in quotients)
        assert found[column] == pytest.approx(apart / (10 * sum(quotients)), abs=1e-12)
    turned = specialisation_gini(frame.T, frame.sum(axis=1))
    assert turned.to_numpy() == pytest.approx(found.to_numpy(), abs=1e-12)


def test_gini_is_zero_where_all_is_alike_and_near_one_where_all_is_in_a_corner():
    size = pd.Series({"r0": 1, "r1": 999, "r2": 1000})
    found = locational_gini(_frame([[1, 10], [999, 0], [1000, 0]]), size)
    assert found.at["i0", "gini"] == pytest.approx(0, abs=1e-15)
    assert found.at["i1", "gini"] == pytest.approx(1 - 1 / 2000)
    assert math.isnan(found.at["i1", "se"])


def test_gini_missing_and_refused():
    frame = _frame([[1.0, np.nan], [2, 2], [3, 3], [1, 4]])
    found = locational_gini(frame, pd.Series(1, index=frame.index))
    assert found["gini"].isna().tolist() == [False, True]
    assert locational_gini(frame)["gini"].isna().all()
    with pytest.raises(SonghuaError, match="there is no form 'lorentz'"):
        locational_gini(frame, form="lorentz")
    with pytest.raises(SonghuaError, match="r3"):
        locational_gini(frame, pd.Series(1, index=["r0", "r1", "r2", "x"]))


def test_nothing_has_no_gini():
    frame = _frame([[1.0, 2], [3, 4]])
    found = locational_gini(frame.iloc[:0], pd.Series(dtype=float))
    assert found["gini"].isna().tolist() == [True, True]
    nation = pd.Series(dtype=float)
    assert specialisation_gini(frame.iloc[:, :0], nation).isna().tolist() == [True, True]


@pytest.mark.parametrize("plants", [[1, 1, 1], [5, 3, 2], [7, 1, 1, 1]])
def test_mean_and_spread_over_every_way_of_choosing_regions(plants):
    x = [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
    z = [Fraction(p, sum(plants)) for p in plants]
    mean, square = Fraction(0), Fraction(0)
    for places in itertools.product(range(3), repeat=len(plants)):
        chance = math.prod(x[r] for r in places)
        s = [sum(z[k] for k, r in enumerate(places) if r == region) for region in range(3)]
        g = sum((a - b) ** 2 for a, b in zip(s, x, strict=True))
        mean, square = mean + chance * g, square + chance * g * g
    free = 1 - sum(a * a for a in x)
    h = sum(a * a for a in z)
    assert mean == free * h
    sd = math.sqrt(square - mean**2) / float(free * (1 - h))
    rows = pd.DataFrame({"region": "r0", "industry": "i", "size": plants})
    frame = pd.DataFrame({"i": [sum(plants), 0, 0]}, index=["r0", "r1", "r2"])
    size = pd.Series({"r0": 50, "r1": 30, "r2": 20})
    found = ellison_glaeser(frame, rows, region_size=size).loc["i"]
    assert found["se"] == pytest.approx(sd, rel=1e-12)
    g = float((1 - x[0]) ** 2 + x[1] ** 2 + x[2] ** 2)
    assert found["gamma"] == pytest.approx((g - float(mean)) / float(free * (1 - h)), rel=1e-12)
    assert found["z"] == pytest.approx(found["gamma"] / found["se"], rel=1e-12)


def test_plants_alone_make_the_frame_and_periods_stay_apart():
    rows = pd.DataFrame(
        {
            "region": ["a", "a", "b", "b", "a"],
            "industry": ["x", "y", "x", "y", "y"],
            "size": [5, 2, 1, 4, 2],
        }
    )
    once = ellison_glaeser(plants=rows)
    frame = rows.pivot_table(index="region", columns="industry", values="size", aggfunc="sum")
    pd.testing.assert_frame_equal(once, ellison_glaeser(frame, rows), check_names=False)
    both = pd.concat([rows.assign(period=2020), rows.assign(period=2021, size=rows["size"] * 3)])
    found = ellison_glaeser(plants=both)
    for period in (2020, 2021):
        assert found.loc[period].to_numpy() == pytest.approx(once.to_numpy(), rel=1e-12)


def test_given_herfindahl_has_no_error_and_one_plant_no_index():
    frame = _frame([[8, 4], [0, 4]])
    size = pd.Series({"r0": 5, "r1": 5})
    found = ellison_glaeser(
        frame, plant_herfindahl=pd.Series({"i1": 0.5, "i0": 1}), region_size=size
    )
    assert found["gamma"].isna().tolist() == [True, False]
    assert found["se"].isna().all()
    with pytest.raises(SonghuaError, match="neither plants nor"):
        ellison_glaeser(frame)
    with pytest.raises(SonghuaError, match="the table lacks: size"):
        ellison_glaeser(frame, pd.DataFrame({"region": ["a"], "industry": ["b"]}))
    gap = pd.DataFrame({"region": ["a", "b"], "industry": "x", "size": [1.0, np.nan]})
    assert ellison_glaeser(plants=gap)["gamma"].isna().all()
