"""Ranges of ranks over an analyst's choices, and what each choice explains."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.composite import Recipe, build, factorial_shares, rank_ranges

CHOICES = {
    "treat": ["none", "winsorise_or_log"],
    "normalise": ["minmax", "rank"],
    "weight": ["equal", "entropy", "critic"],
    "aggregate": ["arithmetic", "geometric"],
}
BASE = Recipe(bounds=(1, 100))


def _frame(n=15, m=5, seed=7):
    x = np.exp(np.random.default_rng(seed).normal(size=(n, m)))
    return pd.DataFrame(x, [f"u{i}" for i in range(n)], [f"i{j}" for j in range(m)])


def test_every_run_is_what_build_makes_of_the_same_recipe():
    x = _frame()
    tree = {"i0": "P", "i1": "P", "i2": "Q", "i3": "Q", "i4": "Q", "P": "I", "Q": "I"}
    for recipe in (BASE, Recipe(bounds=(1, 100), tree=tree, weights={"P": 2, "Q": 1})):
        made = rank_ranges(x, recipe, CHOICES)
        assert len(made.runs) == 24
        for run, chosen in made.runs.drop(columns="weights_moved").iterrows():
            alone = build(x, Recipe(**{**vars(recipe), **chosen}))
            assert_close(made.scores[run], alone.scores, rtol=1e-12)
            assert made.ranks[run].tolist() == alone.ranks.tolist()
        assert made.table["base"].tolist() == build(x, recipe).ranks.tolist()
        assert (made.table["low"] <= made.table["base"]).all()
        assert (made.table["base"] <= made.table["high"]).all()


def test_a_choice_of_one_gives_no_range():
    made = rank_ranges(_frame(), BASE, {"treat": ["none"]})
    assert (made.table["low"] == made.table["high"]).all()
    assert made.shares[["first", "total"]].isna().all().all()


def test_a_combination_that_cannot_be_is_said_and_the_shares_are_withheld():
    made = rank_ranges(_frame(), BASE, {**CHOICES, "normalise": ["minmax", "z"]})
    assert len(made.refused) == 6
    assert {r.choices["normalise"] + " " + r.choices["aggregate"] for r in made.refused} == {
        "z geometric"
    }
    assert {r.faults[0].code for r in made.refused} == {"composite_negative"}
    assert len(made.runs) == 18
    assert made.shares.empty


def test_nothing_but_refusals_is_an_error():
    with pytest.raises(SonghuaError) as error:
        rank_ranges(_frame(), BASE, {"normalise": ["z"], "aggregate": ["geometric"]})
    assert {fault.code for fault in error.value.faults} == {"composite_negative"}
    for first, code in (("z", "composite_negative"), ("none", "composite_method")):
        steps = {"normalise": [first, *{"z", "none"} - {first}], "aggregate": ["geometric"]}
        with pytest.raises(SonghuaError) as error:
            rank_ranges(_frame(), BASE, steps)
        assert error.value.faults[0].code == code  # those of the first combination


def test_moved_weights_are_drawn_from_the_given_generator_and_leave_the_first_run_alone():
    x = _frame()
    made, again, other = (
        rank_ranges(x, BASE, CHOICES, rng=np.random.default_rng(s), move=0.25, draws=9)
        for s in (1, 1, 2)
    )
    assert len(made.runs) == 240
    assert len(rank_ranges(x, BASE, CHOICES, move=0, draws=9).runs) == 24  # no chance is asked for
    assert len(rank_ranges(x, BASE, CHOICES, move=0.25, draws=0).runs) == 24
    pd.testing.assert_frame_equal(made.scores, again.scores)
    assert not np.allclose(made.scores, other.scores)
    still = made.scores.loc[:, made.runs["weights_moved"] == 0]
    plain = rank_ranges(x, BASE, CHOICES)
    assert_close(still.to_numpy(), plain.scores.to_numpy(), rtol=1e-12)
    assert set(made.shares["choice"]) == {*CHOICES, "weights_moved"}
    with pytest.raises(SonghuaError) as error:
        rank_ranges(x, BASE, CHOICES, move=0.25, draws=9)
    assert error.value.faults[0].code == "composite_needs_rng"


def test_a_sample_of_combinations_is_some_of_them():
    made = rank_ranges(_frame(), BASE, CHOICES, rng=np.random.default_rng(3), sample=10)
    assert len(made.runs) == 10
    assert not made.runs.duplicated().any()
    assert made.shares.empty


def test_a_unit_without_a_score_has_no_rank():
    x = _frame()
    x.loc["u3", "i0"] = np.nan
    made = rank_ranges(x, BASE, {"impute": ["none", "mean"], "normalise": ["minmax", "rank"]})
    without = made.ranks.loc["u3", made.runs["impute"] == "none"]
    assert without.isna().all()
    assert made.ranks.loc["u3", made.runs["impute"] == "mean"].notna().all()


def test_an_unknown_step_is_refused():
    with pytest.raises(SonghuaError) as error:
        rank_ranges(_frame(), BASE, {"luck": ["good"]})
    assert error.value.faults[0].code == "composite_method"


def test_shares_of_a_sum_add_up_and_an_interaction_is_in_the_total_only():
    runs = pd.DataFrame(list(product(range(3), range(2), range(4))), columns=["p", "q", "r"])
    y = pd.DataFrame({"sum": runs @ [1.0, 2, 3], "product": (runs["p"] - 1) * (runs["q"] - 0.5)})
    made = factorial_shares(runs.sample(frac=1, random_state=1), y).set_index(["output", "choice"])
    assert made.loc["sum", "first"].sum() == pytest.approx(1)
    pd.testing.assert_series_equal(
        made.loc["sum", "first"], made.loc["sum", "total"], check_names=False
    )
    assert_close(made.loc["product", "first"], 0, atol=1e-12)
    assert_close(made.loc["product", "total"], [1, 1, 0], atol=1e-12)


def test_shares_need_every_combination_once():
    runs = pd.DataFrame({"p": [0, 0, 1], "q": [0, 1, 0]})
    with pytest.raises(SonghuaError) as error:
        factorial_shares(runs, runs)
    assert error.value.faults[0].code == "composite_not_factorial"


def _ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
