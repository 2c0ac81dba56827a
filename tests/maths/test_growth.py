"""Growth against published figures, and against its own identities."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.bounds import Interval, rounding_bound
from songhua.maths.growth import (
    average_growth,
    contribution_bounds,
    contribution_residual,
    contributions,
    turning_points,
)

levels = st.lists(st.tuples(st.floats(0.01, 1e6), st.floats(0.01, 1e6)), min_size=1, max_size=12)


def _sides(pairs):
    labels = [f"i{n}" for n in range(len(pairs))]
    start = pd.Series([a for a, _ in pairs], index=labels)
    return start, pd.Series([b for _, b in pairs], index=labels)


@settings(deadline=None)
@given(levels)
def test_contributions_close(pairs):
    start, end = _sides(pairs)
    table = contributions(start, end)
    total = 100 * (math.fsum(end) / math.fsum(start) - 1)
    size = float(table["contribution_pp"].abs().sum())
    assert math.fsum(table["contribution_pp"]) == pytest.approx(
        total, rel=1e-9, abs=1e-9 * max(size, 1)
    )
    if math.fsum(end - start) > 0:
        scale = float(table["share_of_growth"].abs().sum())
        assert math.fsum(table["share_of_growth"]) == pytest.approx(100, rel=1e-12 * max(scale, 1))
    else:
        assert table["share_of_growth"].isna().all()


@settings(deadline=None)
@given(levels, st.randoms())
def test_contributions_go_by_label_and_not_by_place(pairs, random):
    start, end = _sides(pairs)
    order = list(end.index)
    random.shuffle(order)
    pd.testing.assert_frame_equal(contributions(start, end[order]), contributions(start, end))


def test_other_labels_are_refused():
    with pytest.raises(SonghuaError) as error:
        contributions(pd.Series({"a": 1.0}), pd.Series({"b": 1.0}))
    assert error.value.faults[0].code == "labels_differ"


def test_a_missing_level_leaves_the_total_unknown():
    table = contributions(pd.Series({"a": 40.0, "b": math.nan}), pd.Series({"a": 50.0, "b": 60.0}))
    assert table.loc["a", "growth"] == 25
    assert table[["share_of_growth", "contribution_pp"]].isna().all().all()
    assert math.isnan(table.loc["b", "increment"])


def test_a_shrinking_total_has_pulls_only():
    table = contributions(pd.Series({"a": 40.0, "b": 60.0}), pd.Series({"a": 44.0, "b": 50.0}))
    assert table["share_of_growth"].isna().all()
    assert table["contribution_pp"].to_list() == [4.0, -10.0]


def test_an_industry_that_starts_from_nothing_has_no_growth_rate():
    table = contributions(pd.Series({"a": 100.0, "b": 0.0}), pd.Series({"a": 100.0, "b": 5.0}))
    assert math.isnan(table.loc["b", "growth"])
    assert table.loc["b", "contribution_pp"] == 5


def test_guangdong_2009():
    """Current values over (1 + growth) only stand in for constant prices: they do not close.

    The yearbook prints 2.76, 45.50 and 52.05 per cent; recomputed on the total's own increment
    they are 2.76, 45.49 and 52.04, and leave 0.29 over.
    """
    now = pd.Series({"primary": 2006.02, "secondary": 19270.48, "tertiary": 17805.09})
    growth = pd.Series({"primary": 4.9, "secondary": 8.7, "tertiary": 11.0})
    before = now / (1 + growth / 100)
    whole = 39081.59 - 39081.59 / 1.095
    share = (now - before) / whole * 100
    assert whole == pytest.approx(3390.64, abs=0.005)
    assert share.round(2).to_dict() == {"primary": 2.76, "secondary": 45.49, "tertiary": 52.04}
    assert share.sum() == pytest.approx(100.29, abs=0.01)
    table = contributions(before, now)
    assert table["share_of_growth"].sum() == pytest.approx(100, rel=1e-12)
    assert round(contribution_residual(table["contribution_pp"], 9.5), 2) == -0.03


def test_quanzhou_2022_shares_close_to_the_printed_decimal():
    printed = [rounding_bound(text) for text in ("2.2", "52.6", "45.2")]
    total = printed[0] + printed[1] + printed[2]
    assert total.contains(100)
    assert total.width == pytest.approx(0.3)


def test_pull_bounds_want_the_same_labels():
    with pytest.raises(SonghuaError) as error:
        contribution_bounds({"a": Interval(1, 1)}, {})
    assert error.value.faults[0].code == "labels_differ"


quarters = st.lists(st.tuples(st.floats(-30, 60), st.floats(1, 1e4)), min_size=2, max_size=4)


def test_averages():
    assert average_growth([5.0, 5.0, 5.0]) == pytest.approx(5.0)
    assert math.isnan(average_growth([5.0, math.nan]))
    assert math.isnan(average_growth([]))
    with pytest.raises(SonghuaError) as error:
        average_growth([-100.0])
    assert error.value.faults[0].code == "growth_impossible"


def test_turning_points():
    rates = pd.Series(
        {"a": -1.0, "b": 2.0, "c": math.nan, "d": -3.0, "e": 0.0, "f": math.nan, "g": 1.0}
    )
    turns = turning_points(rates)
    assert turns["label"].to_list() == ["b", "g"]
    assert turns["before"].to_list() == ["a", "d"]
    assert turns["rate_before"].to_list() == [-1.0, -3.0]
    assert turning_points(pd.Series({"a": 1.0, "b": 2.0})).empty
