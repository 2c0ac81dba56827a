"""Coupling coordination against printed values and its own identities."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.coupling import (
    COUPLING_PHASES,
    SEVEN_GRADES,
    TEN_GRADES,
    Bands,
    bands,
    coupling_coordination,
)

scores = arrays(
    float,
    st.tuples(st.integers(1, 6), st.integers(2, 5)),
    elements=st.floats(0.001, 1, allow_subnormal=False),
)
# Wang Shujia and others 2021, table 8, year 2008: C in the traditional and the corrected form
TABLE_8 = {
    "Beijing": (0.9989, 0.9404),
    "Tianjin": (0.9935, 0.8660),
    "Shijiazhuang": (0.8868, 0.5440),
    "Tangshan": (0.9073, 0.5769),
    "Qinhuangdao": (0.6821, 0.3006),
    "Handan": (0.8328, 0.4780),
    "Xingtai": (0.6816, 0.3344),
    "Baoding": (0.7789, 0.4171),
    "Zhangjiakou": (0.6871, 0.3278),
    "Chengde": (0.6101, 0.2700),
    "Cangzhou": (0.8017, 0.4374),
    "Langfang": (0.7867, 0.4196),
    "Hengshui": (0.7191, 0.3738),
}


def _frame(values):
    values = np.atleast_2d(values)
    return pd.DataFrame(values, columns=[f"s{n}" for n in range(values.shape[1])])


@pytest.mark.parametrize(
    ("pair", "c", "t", "d", "c_corrected", "d_corrected"),
    [
        ((0.6, 0.4), 0.9798, 0.5, 0.6999, 0.7303, 0.6043),
        ((0.2, 0.8), 0.8, 0.5, 0.6325, 0.3162, 0.3976),
        ((0.5, 0.5), 1, 0.5, 0.7071, 1, 0.7071),
    ],
)
def test_the_fixtures_to_their_printed_digits(pair, c, t, d, c_corrected, d_corrected):
    u = _frame(pair)
    assert coupling_coordination(u).round(4).iloc[0].tolist() == [c, t, d]
    made = coupling_coordination(u, form="corrected").round(4).iloc[0]
    assert made.tolist() == [c_corrected, t, d_corrected]


@pytest.mark.parametrize("city", TABLE_8)
def test_each_printed_pair_has_systems_between_zero_and_one(city):
    traditional, corrected = TABLE_8[city]
    root = (1 - math.sqrt(1 - traditional**2)) / traditional
    ratio = root**2
    top = (1 - corrected**2 / ratio) / (1 - ratio)
    assert 0 < ratio * top < top < 1
    pair = _frame([top, ratio * top])
    assert round(coupling_coordination(pair)["C"][0], 4) == traditional
    assert round(coupling_coordination(pair, form="corrected")["C"][0], 4) == corrected


@settings(deadline=None)
@given(scores)
def test_all_lie_between_zero_and_one_and_the_order_of_systems_has_no_say(values):
    u = _frame(values)
    for form in ("traditional", "corrected"):
        made = coupling_coordination(u, form=form)
        assert ((made >= 0) & (made <= 1)).all().all()
        assert_close(
            coupling_coordination(u[u.columns[::-1]], form=form), made, rtol=1e-9, atol=1e-12
        )
        assert_close(made["D"] ** 2, made["C"] * made["T"], rtol=1e-9)


@settings(deadline=None)
@given(scores)
def test_the_corrected_form_is_the_printed_sum_over_pairs(values):
    n = values.shape[1]
    made = coupling_coordination(_frame(values), form="corrected")["C"]
    for row, c in zip(values, made, strict=True):
        apart = sum(abs(row[i] - row[j]) for i in range(n) for j in range(i))
        weighed = 1 - apart / sum(range(1, n))
        beside = math.prod(row / row.max()) ** (1 / (n - 1))
        assert c == pytest.approx(math.sqrt(max(weighed, 0) * beside), rel=1e-9, abs=1e-9)


def test_equal_systems_are_fully_coupled_for_any_number_of_them():
    for n in (2, 3, 7):
        for form in ("traditional", "corrected"):
            made = coupling_coordination(_frame([0.3] * n), form=form).iloc[0]
            assert made.tolist() == pytest.approx([1, 0.3, math.sqrt(0.3)])


def test_weights_change_development_and_not_coupling():
    u = _frame([0.2, 0.8])
    made = coupling_coordination(u, {"s1": 3, "s0": 1}).iloc[0]
    assert made["C"] == pytest.approx(0.8)
    assert made["T"] == pytest.approx(0.65)
    with pytest.raises(SonghuaError) as error:
        coupling_coordination(u, {"s1": 3})
    assert error.value.faults[0].code == "labels_differ"


def test_a_missing_system_is_missing_and_nothing_at_all_is_uncoordinated():
    made = coupling_coordination(_frame([[0.5, np.nan], [0, 0], [0, 0.4]]))
    assert made.iloc[0].isna().all()
    assert np.isnan(made["C"][1])
    assert made.loc[1, ["T", "D"]].tolist() == [0, 0]
    assert made.loc[2].tolist() == [0, 0.2, 0]


@pytest.mark.parametrize(
    ("u", "form", "code"),
    [
        (_frame([[0.5]]), "traditional", "coupling_systems"),
        (_frame([[0.5, 1.2]]), "traditional", "coupling_outside"),
        (_frame([[0.5, -0.1]]), "corrected", "coupling_outside"),
        (_frame([[0.5, 0.1]]), "other", "coupling_form"),
    ],
)
def test_what_cannot_be_coupled_is_refused(u, form, code):
    with pytest.raises(SonghuaError) as error:
        coupling_coordination(u, form=form)
    assert [fault.code for fault in error.value.faults] == [code]


def test_bands_close_on_their_side_and_at_both_ends():
    d = pd.Series([0.0, 0.1, 0.11, 0.5, 0.9, 0.91, 1.0, 1.01, np.nan])
    made = bands(d, TEN_GRADES)
    assert made.tolist()[:7] == [
        "extreme_disorder",
        "extreme_disorder",
        "severe_disorder",
        "near_disorder",
        "good_coordination",
        "quality_coordination",
        "quality_coordination",
    ]
    assert made.isna().tolist()[7:] == [True, True]
    left = bands(pd.Series([0.0, 0.2, 0.7, 1.0]), SEVEN_GRADES)
    assert left.tolist() == ["grade_1", "grade_2", "grade_7", "grade_7"]
    assert bands(pd.Series([0.3, 0.8]), COUPLING_PHASES).tolist() == ["low_coupling", "running_in"]


def test_bands_out_of_order_are_refused():
    for wrong in (Bands((0, 1), ("a", "b"), "left"), Bands((0, 2, 1), ("a", "b"), "left")):
        with pytest.raises(SonghuaError) as error:
            bands(pd.Series([0.5]), wrong)
        assert error.value.faults[0].code == "coupling_bands"
