"""Specialisation: identities, plain loops as a second opinion, missing values, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths import specialisation as sp

counts = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 1000))
)
positive = st.tuples(st.integers(1, 6), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 1000))
)
BY_REGION = (
    sp.krugman,
    sp.hachman,
    sp.herfindahl,
    sp.shannon_entropy,
    sp.specialisation_coefficient,
    sp.specialisation_gini,
)


def _frame(values):
    rows, columns = np.shape(values)
    return pd.DataFrame(
        values, index=[f"r{i}" for i in range(rows)], columns=[f"i{i}" for i in range(columns)]
    )


def _close(found, expected):
    assert_close(found, expected, rtol=1e-12, atol=1e-12)


def _panel(*frames):
    return pd.concat(dict(enumerate(frames, start=2020)), names=["period", "region"])


@settings(deadline=None)
@given(counts)
def test_mean_quotient_weighted_by_the_reference_is_one(values):
    frame = _frame(values)
    quotients = sp.location_quotients(frame)
    weights = frame.sum() / max(frame.to_numpy().sum(), 1)
    for region, row in quotients.iterrows():
        if frame.loc[region].sum() > 0:
            kept = weights > 0
            assert math.fsum((row * weights)[kept]) == pytest.approx(1, rel=1e-12)
            assert row[~kept].isna().all()
        else:
            assert row.isna().all()


@settings(deadline=None)
@given(positive)
def test_ranges(values):
    frame = _frame(values)
    n = frame.shape[1]
    assert sp.krugman(frame).between(0, 2).all()
    assert ((sp.hachman(frame) > 0) & (sp.hachman(frame) <= 1)).all()
    assert sp.herfindahl(frame).between(1 / n - 1e-12, 1 + 1e-12).all()
    assert sp.herfindahl(frame, normalised=True).between(-1e-12, 1 + 1e-12).all()
    assert sp.shannon_entropy(frame).between(0, math.log(n) + 1e-12).all()
    symmetric = sp.symmetric_quotients(frame)
    assert ((symmetric >= -1) & (symmetric < 1)).all(axis=None)


@settings(deadline=None)
@given(counts)
def test_plain_loops_agree(values):
    frame = _frame(values)
    share = [v / values.sum() if values.sum() else math.nan for v in values.sum(axis=0)]
    for row, (region, levels) in zip(values, frame.iterrows(), strict=True):
        own = [v / row.sum() if row.sum() else math.nan for v in row]
        krugman = sum(abs(s - t) for s, t in zip(own, share, strict=True))
        likeness = sum(s * s / t for s, t in zip(own, share, strict=True) if t > 0 or math.isnan(s))
        entropy = -sum(s * math.log(s) if s else 0.0 for s in own)
        _close(sp.krugman(frame)[region], krugman)
        _close(sp.hachman(frame)[region], 1 / likeness if levels.sum() else math.nan)
        _close(sp.herfindahl(frame)[region], sum(s * s for s in own))
        _close(sp.shannon_entropy(frame)[region], entropy)


@settings(deadline=None)
@given(counts, st.randoms())
def test_order_of_labels_does_not_matter(values, random):
    frame = _frame(values)
    rows, columns = list(frame.index), list(frame.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = frame.loc[rows, columns]
    reference = frame.sum()
    for measure in BY_REGION:
        _close(measure(shuffled)[frame.index], measure(frame))
    found = sp.location_quotients(shuffled, reference)
    _close(found.loc[frame.index, frame.columns], sp.location_quotients(frame, reference))


@settings(deadline=None)
@given(positive)
def test_joining_regions_joins_their_quotients(values):
    frame = _frame(values)
    joined = frame.sum().to_frame("all").T
    reference = pd.Series(range(1, frame.shape[1] + 1), index=frame.columns)
    weights = frame.sum(axis=1) / frame.to_numpy().sum()
    parts = sp.location_quotients(frame, reference).mul(weights, axis=0).sum()
    _close(sp.location_quotients(joined, reference).loc["all"], parts)


@settings(deadline=None)
@given(positive)
def test_joining_industries_cannot_raise_the_distance(values):
    frame = _frame(values)
    joined = frame.iloc[:, 1:].assign(i1=frame["i0"] + frame["i1"])
    assert (sp.krugman(joined) <= sp.krugman(frame) + 1e-12).all()
    assert (sp.herfindahl(joined) >= sp.herfindahl(frame) - 1e-12).all()
    assert (sp.shannon_entropy(joined) <= sp.shannon_entropy(frame) + 1e-12).all()


def test_uniform_and_single():
    frame = _frame([[5, 5, 5, 5], [9, 0, 0, 0]])
    _close(sp.shannon_entropy(frame), [math.log(4), 0])
    _close(sp.shannon_entropy(frame, normalised=True), [1, 0])
    _close(sp.herfindahl(frame), [0.25, 1])
    _close(sp.herfindahl(frame, normalised=True), [0, 1])
    lone = _frame([[5], [7]])
    assert sp.herfindahl(lone, normalised=True).isna().all()
    assert sp.shannon_entropy(lone, normalised=True).isna().all()


@settings(deadline=None)
@given(counts, counts)
def test_a_panel_is_its_periods(first, second):
    columns = min(first.shape[1], second.shape[1])
    frames = _frame(first[:, :columns]), _frame(second[:, :columns])
    panel = _panel(*frames)
    mixed = panel.iloc[::-1]
    for measure in (*BY_REGION, sp.location_quotients, sp.symmetric_quotients):
        found = measure(panel)
        for period, frame in zip((2020, 2021), frames, strict=True):
            _close(found.loc[period], measure(frame))
        _close(measure(mixed).loc[panel.index], found)
    for measure in (sp.locational_gini,):
        for period, frame in zip((2020, 2021), frames, strict=True):
            _close(measure(panel).loc[period], measure(frame))


def test_a_panel_has_a_reference_by_period():
    a, b = _frame([[1, 3], [2, 2]]), _frame([[4, 1]])
    nation = pd.DataFrame({"i1": [5, 1], "i0": [5, 3]}, index=[2021, 2020])
    found = sp.location_quotients(_panel(a, b), nation)
    _close(found.loc[2020], sp.location_quotients(a, nation.loc[2020]))
    _close(found.loc[2021], sp.location_quotients(b, nation.loc[2021]))
    total = pd.Series({2021: 20, 2020: 8})
    found = sp.location_quotients(_panel(a, b), nation, reference_total=total)
    _close(found.loc[2021], sp.location_quotients(b, nation.loc[2021], reference_total=20))
    with pytest.raises(SonghuaError, match="either the rows or the reference have periods"):
        sp.krugman(_panel(a, b), nation.loc[2020])
    with pytest.raises(SonghuaError, match="either the rows or the reference have periods"):
        sp.krugman(a, nation)


def test_missing_stays_missing():
    frame = _frame([[1.0, np.nan], [2.0, 2.0]])
    reference = pd.Series({"i0": 3, "i1": 3})
    found = sp.location_quotients(frame, reference)
    assert found.loc["r0"].isna().all()
    assert found.loc["r1"].tolist() == [1, 1]
    assert sp.location_quotients(frame).isna().all(axis=None)
    totals = pd.Series({"r0": 4, "r1": 4})
    found = sp.location_quotients(frame, reference, totals=totals)
    assert found.at["r0", "i0"] == 0.5
    assert math.isnan(found.at["r0", "i1"])
    for measure in BY_REGION:
        assert (
            math.isnan(measure(frame, reference=reference)["r0"])
            if measure
            not in (
                sp.herfindahl,
                sp.shannon_entropy,
            )
            else math.isnan(measure(frame)["r0"])
        )


def test_nullable_whole_numbers_are_read():
    frame = _frame([[1, 3], [2, 2]])
    _close(sp.krugman(frame.astype("Int64")), sp.krugman(frame))
    gap = frame.astype("Int64")
    gap.iloc[0, 0] = pd.NA
    assert math.isnan(sp.herfindahl(gap)["r0"])


def test_zero_totals_are_missing_and_no_error():
    frame = _frame([[0, 0, 0], [3, 1, 0]])
    found = sp.location_quotients(frame)
    assert found.loc["r0"].isna().all()
    assert found["i2"].isna().all()
    assert found.loc["r1", ["i0", "i1"]].tolist() == [1, 1]
    assert sp.hachman(frame)["r1"] == 1
    only_here = pd.Series({"i0": 3, "i1": 0, "i2": 2})
    assert math.isnan(sp.hachman(frame, only_here)["r1"])
    assert sp.location_quotients(_frame(np.zeros((2, 2)))).isna().all(axis=None)


def test_pairs_are_krugman_against_each_other():
    frame = _frame([[3, 1, 0], [2, 2, 2], [0, 0, 5]])
    pairs = sp.krugman_pairs(frame)
    for region in frame.index:
        _close(pairs[region], sp.krugman(frame, frame.loc[region]))


@pytest.mark.parametrize(
    ("frame", "reference", "match"),
    [
        (_frame([[1, -2]]), None, "the level -2.0 of r0, i1 is not a size"),
        (_frame([[1, np.inf]]), None, "the level inf of r0, i1 is not a size"),
        (_frame([["a", 2]]), None, "not a number"),
        (_frame([[1, 2]]), pd.Series({"i0": 1, "other": 2}), "i1, other"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), None, "a"),
        (pd.DataFrame([[1], [2]], index=["r", "r"]), None, "r"),
    ],
)
def test_refused(frame, reference, match):
    with pytest.raises(SonghuaError, match=match):
        sp.krugman(frame, reference)
    with pytest.raises(SonghuaError, match=match):
        sp.location_quotients(frame, reference)
