"""The prior of regional accounts: its shape, what it was learnt from, how it did when left out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside import TOOLS, tool
from close import assert_close
from shared import DATA
from songhua.errors import SonghuaError
from songhua.maths.accounts import prior
from songhua.maths.accounts.prior.model import USUAL
from songhua.maths.regional_error import KINDS

LEARNING = tool("accounts_learning")
PRIOR = prior.load()
SIZES = st.lists(st.floats(1e-3, 1e6), min_size=2, max_size=12)


@given(SIZES, st.floats(1e-5, 1), st.integers(0, 4), st.sampled_from(["", *PRIOR.by_kind]))
def test_a_larger_region_lies_nearer_to_its_nation(
    sizes: list[float], share: float, first: int, country: str
) -> None:
    kinds = [KINDS[(first + k) % len(KINDS)] for k in range(len(sizes))]
    national = np.array(sizes)
    mean, sd = PRIOR.log_quotients(kinds, national, share, country=country)
    assert np.isfinite(mean).all()
    assert (sd > 0).all()
    nearer = PRIOR.log_quotients(kinds, national, min(share * 1.5, 1.0), country=country)[1]
    assert (nearer <= sd).all()
    # the unit of the nation's sizes says nothing
    again = PRIOR.log_quotients(kinds, national * 7, share, country=country)
    assert_close(np.array(again), np.array([mean, sd]), rtol=1e-10)


@given(st.floats(1e-4, 1), st.integers(0, 4))
def test_a_larger_industry_lies_nearer_to_the_nation(share: float, kind: int) -> None:
    sd = PRIOR.log_quotients([KINDS[kind]] * 3, np.array([1.0, 5.0, 94.0]), share)[1]
    assert sd[0] > sd[1] > sd[2]


def test_an_industry_counts_by_itself_at_home_alone() -> None:
    kinds, national = ["manufacturing"] * 3, np.array([1.0, 1.0, 1.0])
    codes = ["bea:211", "", "bea:none"]
    own = PRIOR.log_quotients(kinds, national, 0.02, industries=codes, country="united_states")
    plain = PRIOR.log_quotients(kinds, national, 0.02, country="united_states")
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
    ],
)
def test_what_cannot_be_used_is_refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(SonghuaError) as refused:
        call()
    assert [fault.code for fault in refused.value.faults] == [code]


def test_ratios_are_deviations() -> None:
    for measure in ("output", "pay", "jobs"):
        sd = PRIOR.log_ratio_sd(measure, list(KINDS))
        assert ((sd > 0) & (sd < 1)).all()


def test_every_study_names_what_it_was_learnt_from() -> None:
    for study in PRIOR.studies:
        assert len(bytes.fromhex(study.digest)) == 32
        assert study.name("zh")
        assert study.regions > 10
    assert {one.country for one in PRIOR.scores} >= {"us_states", "finland", "china"}


def test_regions_left_out_are_covered_and_better_than_naive() -> None:
    """The limits that the intervals were asked to keep."""
    scores = {(one.country, one.classes, one.fragments): one for one in PRIOR.scores}
    states, metros = scores["us_states", "industry", 0], scores["us_metros", "industry", 0]
    assert 0.87 <= states.coverage <= 0.93
    assert min(states.small, states.middle, states.large) >= 0.80
    assert max(states.small, states.middle, states.large) <= 0.95
    assert states.score <= 0.68 * states.naive
    assert states.score <= 0.60 * states.dirichlet
    printed = scores["us_states", "industry", 10]
    assert 0.87 <= printed.coverage <= 0.93
    assert min(printed.small, printed.middle, printed.large) >= 0.80
    assert max(printed.small, printed.middle, printed.large) <= 0.95
    assert printed.score <= 0.65 * printed.naive
    assert 0.88 <= metros.coverage <= 0.94
    assert metros.score <= 0.68 * metros.naive
    assert scores["finland", "kind", 0].score <= 0.80 * scores["finland", "kind", 0].naive
    assert 0.85 <= scores["finland", "kind", 0].coverage <= 0.95
    others = [one for one in PRIOR.scores if one.classes == "kind"]
    assert len(others) >= 9
    for one in others:
        assert 0.80 <= one.coverage <= 0.97
        assert one.score < one.naive


def made_up(seed: int, spread: float = 1.0) -> pd.DataFrame:
    """Cells of 60 regions of two countries with known means, deviations and exponents."""
    chance = np.random.default_rng(seed)
    parts = chance.dirichlet(np.full(25, 0.8)) * 0.99 + 0.01 / 25
    rows = pd.MultiIndex.from_product([range(60), range(25)], names=["region", "industry"])
    table = rows.to_frame(index=False)
    table["country"] = np.where(table["region"] < 30, "first", "second")
    table["study"], table["kind"] = table["country"], np.array(KINDS)[table["industry"] % 5]
    table["part"] = parts[table["industry"]]
    table["share"] = np.exp(chance.normal(-4.6, 1, 60))[table["region"]]
    sd = 0.5 * (table["part"] / USUAL) ** -0.1 * (table["share"] / USUAL) ** -0.2
    sd *= np.where(table["country"] == "second", spread, 1.0)
    return table.assign(log_quotient=-0.3 + sd * chance.standard_normal(len(table)))


def test_what_made_the_cells_is_learnt() -> None:
    """Averaged over worlds, the parameters are those that made them."""
    found = [LEARNING.fit_kinds(made_up(seed)) for seed in range(4)]
    assert abs(np.mean([one.share for one in found]) + 0.2) < 0.03
    assert abs(np.mean([one.part for one in found]) + 0.1) < 0.03
    assert abs(np.mean([one.sd for one in found]) - 0.5) < 0.03
    assert abs(np.mean([one.mean for one in found]) + 0.3) < 0.05
    own = [LEARNING.fit_industries(made_up(seed), kinds) for seed, kinds in enumerate(found)]
    assert abs(np.mean([one.share for one in own]) + 0.2) < 0.04


def test_countries_that_differ_ask_for_wider_intervals() -> None:
    alike, own = LEARNING.fit_transfer(made_up(1))
    assert abs(alike - 1) < 0.1
    apart, own = LEARNING.fit_transfer(made_up(1, spread=3.0))
    assert apart > 1.3
    assert own["second"] > 2
    assert own["first"] < 1


@pytest.mark.skipif(not TOOLS.exists(), reason="not a checkout")
@pytest.mark.parametrize("bounded", [False, True])
def test_cells_given_their_sum_are_as_rejection_says(bounded: bool) -> None:
    """Quantiles of four unlike cells beside draws whose sum, and bounds, happen to be right."""
    mean, sd = np.log([0.05, 0.2, 0.4, 0.5]), np.array([1.5, 0.4, 0.8, 0.3])
    low, high = np.zeros(4), np.full(4, np.inf)
    if bounded:
        low[2], high[1] = 0.5, 0.25
    found = tool("accounts_scores").given_sum(mean, sd, 1.3, low, high)
    drawn = np.exp(mean + sd * np.random.default_rng(1).standard_normal((1_000_000, 4)))
    within = ((low <= drawn) & (drawn <= high)).all(axis=1)
    kept = drawn[within & (np.abs(drawn.sum(axis=1) - 1.3) < 0.005)]
    assert len(kept) > 2_000
    levels = np.array([0.05, 0.5, 0.95])[:, np.newaxis]
    below = (kept < found[:, np.newaxis]).mean(axis=1)
    # as far from the levels as chance takes a mean of so many draws
    errors = np.sqrt(levels * (1 - levels) / len(kept))
    assert (np.abs(below - levels) / errors).max() < 3.5


@pytest.mark.skipif(not TOOLS.exists(), reason="not a checkout")
@pytest.mark.shared("finland_regional_io_2014", "regional_trade_canada_us")
@pytest.mark.parametrize("study", ["finland", "canada"])
def test_scores_are_those_of_the_data(study: str) -> None:
    """Shipped scores, put to the data again; Finland is in the fit, Canada was left out of it."""
    regions, scores = tool("accounts_regions"), tool("accounts_scores")
    left = regions.cells(DATA, study)
    known = next((one for one in PRIOR.studies if one.country == study), None)
    if known is not None:
        assert regions.digest(DATA / regions.STUDIES[study][0]) == known.digest
        assert left["region"].nunique() == known.regions
    mean, sd = LEARNING.moments_of(left, PRIOR.by_kind[""])
    found = scores.intervals(left, mean, sd * PRIOR.transfer).assign(error=1.0)
    again = scores.scored(found)
    kept = next(one for one in PRIOR.scores if (one.country, one.classes) == (study, "kind"))
    assert again["n"] == kept.n
    assert_close(again["dirichlet"], kept.dirichlet, rtol=1e-3)
    # for the kept score Finland was left out
    assert abs(again["coverage"] - kept.coverage) <= (0.03 if study == "finland" else 1e-3)
    assert_close(again["score"], kept.score, rtol=0.05 if study == "finland" else 2e-3)


@pytest.mark.skipif(not TOOLS.exists(), reason="not a checkout")
@pytest.mark.shared("us_state_gdp_by_industry_1997_2017")
def test_industries_were_learnt_without_the_state_that_is_a_case() -> None:
    regions, fit = tool("accounts_regions"), tool("fit_accounts_prior")
    file = DATA / regions.STUDIES["us_states"][0]
    years = regions.united_states(file, (2007, 2012, 2016), leaf=False)
    rows = pd.concat([one.rows() for one in years], ignore_index=True)
    kept = fit.others(rows)
    assert set(rows["region"]) - set(kept["region"]) == {fit.KEPT_OUT}
    found = LEARNING.fit_industries(kept, PRIOR.by_kind[""])
    shipped = PRIOR.by_industry["bea"]
    assert_close(found.share, shipped.share, rtol=1e-3)
    for code, (mean, sd) in shipped.values.items():
        assert_close(np.array(found.values[code]), np.array([mean, sd]), rtol=1e-3, atol=1e-4)
