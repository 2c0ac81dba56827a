"""An industry without output, by every name; and numbers that are given for some only."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths import input_output as io


def test_some_numbers_are_given_by_label_or_for_all():
    A, f = pd.DataFrame([[0.15, 0.25], [0.20, 0.05]], ["a", "b"], ["a", "b"]), [600.0, 1500]
    forms = pd.Series({"a": 1100.0}), {"a": 1100.0}, [1100.0, np.nan]
    for name in ("fixed", "capacity"):
        first, *others = (io.mixed_model(A, f, **{name: form}) for form in forms)
        assert first.at["a", "output"] == 1100
        for other in others:
            pd.testing.assert_frame_equal(other, first)
    first, *others = (io.price_model(A, [0.65, 0.7], form) for form in forms)
    for other in others:
        pd.testing.assert_series_equal(other, first)
    for wrong, code in (({"c": 1.0}, "io_unknown"), ([1.0], "io_length")):
        with pytest.raises(SonghuaError) as caught:
            io.mixed_model(A, f, fixed=wrong)
        assert caught.value.faults[0].code == code


IDLE = pd.DataFrame([[150.0, 500, 0], [200, 100, 0], [0, 0, 0]], list("abc"), list("abc"))
MADE, ASKED = pd.Series([1000.0, 2000, 0], list("abc")), pd.Series([600.0, 1500, 0], list("abc"))
PAID = pd.Series([0.3, 0.25, np.nan], list("abc"))  # zero over zero
CALLS = {
    "technical_coefficients": lambda Z, x, A, f, v: io.technical_coefficients(Z, x),
    "leontief_inverse": lambda Z, x, A, f, v: io.leontief_inverse(A),
    "ghosh_inverse": lambda Z, x, A, f, v: io.ghosh_inverse(Z, x),
    "output_multipliers": lambda Z, x, A, f, v: io.output_multipliers(A),
    "multipliers": lambda Z, x, A, f, v: io.multipliers(A, v, closed=False),
    "backward_linkages": lambda Z, x, A, f, v: io.backward_linkages(A),
    "forward_linkages": lambda Z, x, A, f, v: io.forward_linkages(Z, x),
    "key_sectors": lambda Z, x, A, f, v: io.key_sectors(Z, x).drop(columns="kind"),
    "hypothetical_extraction": lambda Z, x, A, f, v: io.hypothetical_extraction(Z, x),
    "multiplier_decomposition": lambda Z, x, A, f, v: io.multiplier_decomposition(
        A, pd.Index(["n", "s", "s"])
    ),
    "structural_decomposition": lambda Z, x, A, f, v: io.structural_decomposition(A, A, f, f, v, v),
    "price_model": lambda Z, x, A, f, v: io.price_model(A, v),
    "upstreamness": lambda Z, x, A, f, v: io.upstreamness(Z, x),
    "average_propagation_length": lambda Z, x, A, f, v: io.average_propagation_length(A),
    "mixed_model": lambda Z, x, A, f, v: io.mixed_model(A, f),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_industry_without_output_is_missing_everywhere(name):
    """Frames and arrays alike; the others' numbers are those of the table without it."""
    A = io.technical_coefficients(IDLE, MADE)
    found = CALLS[name](IDLE, MADE, A, ASKED, PAID)
    arrays = [one.to_numpy() for one in (IDLE, MADE, A, ASKED, PAID)]
    np.testing.assert_array_equal(CALLS[name](*arrays), found)
    if name == "technical_coefficients":
        found = found.T  # who buys nothing of it is known: zero in its row, missing in its column
    assert found.loc["c"].isna().all() if found.ndim == 2 else np.isnan(found["c"])
    kept = ["a", "b"]
    alone = IDLE.loc[kept, kept], MADE[kept], A.loc[kept, kept], ASKED[kept], PAID[kept]
    if name != "multiplier_decomposition":
        expected = CALLS[name](*alone)
        expected = expected.T if name == "technical_coefficients" else expected
        some = found.loc[kept, expected.columns] if found.ndim == 2 else found[kept]
        assert_close(some, expected, rtol=1e-12)
        assert np.isfinite(expected).all(axis=None)


def test_an_industry_that_makes_something_in_one_of_two_years_has_no_decomposition():
    idle = io.technical_coefficients(IDLE, MADE)
    busy = idle.assign(c=[0.1, 0.1, 0.0])
    for ends in ((idle, busy), (busy, idle)):
        found = io.structural_decomposition(*ends, ASKED, ASKED)
        assert found.loc["c"].isna().all()
        assert found.loc[["a", "b"]].notna().all(axis=None)


def test_what_an_industry_without_coefficients_is_told_to_make_buys_nothing():
    A = io.technical_coefficients(IDLE, MADE)
    found = io.mixed_model(A, ASKED, fixed={"c": 50.0})
    assert_close(found.loc[["a", "b"]], io.mixed_model(A, ASKED).loc[["a", "b"]], rtol=1e-12)
    assert found.at["c", "output"] == 50.0


def test_a_use_that_asks_for_any_unknown_industry_has_no_footprint():
    table = pd.DataFrame(np.nan, list("abc"), list("abc"))
    table.loc["a", "a"], table.loc[["b", "c"], "a"] = 0.5, 0.0
    uses = pd.DataFrame({"own": [10.0, 0, 0], "one": [10, 3, 0], "two": [10, 3, 3]}, list("abc"))
    for kinds in (["jobs"], ["jobs", "water", "land", "carbon"]):  # either order of the products
        stressors = pd.DataFrame(2.0, kinds, list("abc"))
        found = io.footprints(table, uses, stressors)
        assert_close(found["own"], pd.Series(40.0, kinds))
        assert found[["one", "two"]].isna().all(axis=None)


def test_one_use_without_a_name_is_the_first():
    found = io.footprints([[0.5]], [10.0], [[2.0]])
    assert found.columns.tolist() == found.index.tolist() == [0]


def test_paths_are_followed_for_eight_rounds_unless_told():
    for given, longest in (({}, 8), ({"rounds": 3}, 3)):
        found = io.structural_paths([[0.9]], [1.0], **given)
        assert found["round"].tolist() == list(range(longest + 1))
        assert_close(found["value"], 0.9 ** found["round"])
