"""The prior of regional accounts: its shape, what it was learnt from, how it did when left out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.accounts import prior
from songhua.maths.regional_error import KINDS

PRIOR = prior.load()
SIZES = st.lists(st.floats(1e-3, 1e6), min_size=2, max_size=12)


@given(SIZES, st.floats(1e-5, 1), st.integers(0, 4), st.booleans())
def test_a_larger_region_lies_nearer_to_its_nation(
    sizes: list[float], share: float, first: int, transferred: bool
) -> None:
    kinds = [KINDS[(first + k) % len(KINDS)] for k in range(len(sizes))]
    national = np.array(sizes)
    mean, sd = PRIOR.log_quotients(kinds, national, share, transferred=transferred)
    assert np.isfinite(mean).all()
    assert (sd > 0).all()
    nearer = PRIOR.log_quotients(kinds, national, min(share * 1.5, 1.0), transferred=transferred)[1]
    assert (nearer <= sd).all()
    # the unit of the nation's sizes says nothing
    again = PRIOR.log_quotients(kinds, national * 7, share, transferred=transferred)
    assert_close(np.array(again), np.array([mean, sd]), rtol=1e-10)


@given(st.floats(1e-4, 1), st.integers(0, 4))
def test_a_larger_industry_lies_nearer_to_the_nation(share: float, kind: int) -> None:
    sd = PRIOR.log_quotients([KINDS[kind]] * 3, np.array([1.0, 5.0, 94.0]), share)[1]
    assert sd[0] > sd[1] > sd[2]


def test_an_industry_counts_by_itself_at_home_alone() -> None:
    kinds, national = ["manufacturing"] * 3, np.array([1.0, 1.0, 1.0])
    codes = ["bea:211", "", "bea:none"]
    own = PRIOR.log_quotients(kinds, national, 0.02, industries=codes, transferred=False)
    plain = PRIOR.log_quotients(kinds, national, 0.02, transferred=False)
    assert own[1][0] != plain[1][0]
    assert_close(np.array(own)[:, 1:], np.array(plain)[:, 1:], rtol=1e-12)
    abroad = PRIOR.log_quotients(kinds, national, 0.02, industries=codes)
    assert_close(abroad[1], plain[1] * PRIOR.transfer, rtol=1e-12)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("prior_sizes", lambda: PRIOR.log_quotients(["public"], np.array([0.0]), 0.1)),
        ("prior_sizes", lambda: PRIOR.log_quotients(["public"], np.array([1.0, 2.0]), 0.1)),
        (
            "prior_sizes",
            lambda: PRIOR.log_quotients(["public"], np.array([1.0]), 0.1, industries=["a", "b"]),
        ),
        ("prior_share", lambda: PRIOR.log_quotients(["public"], np.array([1.0]), 1.1)),
        ("regional_kind", lambda: PRIOR.log_quotients(["food"], np.array([1.0]), 0.1)),
        ("prior_measure", lambda: PRIOR.log_ratio_sd("value", ["public"])),
        ("prior_years", lambda: PRIOR.drift_sd(0)),
    ],
)
def test_what_cannot_be_used_is_refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(SonghuaError) as refused:
        call()
    assert [fault.code for fault in refused.value.faults] == [code]


def test_ratios_and_drift_are_deviations() -> None:
    for measure in ("output", "pay", "jobs"):
        sd = PRIOR.log_ratio_sd(measure, list(KINDS))
        assert ((sd > 0) & (sd < 1)).all()
    years = [PRIOR.drift_sd(year) for year in (1, 2, 5, 10, 20)]
    assert (np.diff(years) > 0).all()
    assert PRIOR.drift_sd(-10) == PRIOR.drift_sd(10)


def test_every_study_names_what_it_was_learnt_from() -> None:
    for study in PRIOR.studies:
        assert len(bytes.fromhex(study.digest)) == 32
        assert study.name("zh")
        assert study.regions > 10
    assert {one.country for one in PRIOR.scores} >= {"us_states", "finland", "china"}
