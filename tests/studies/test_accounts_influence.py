"""Accounts without a figure: what it did, where it lies beside the others, and how much is print."""

from __future__ import annotations

import numpy as np
import pytest

from account_region import CODES, made, printed
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.cell_rows import cells, every_industry
from songhua.studies.accounts.influence import influences, tensions
from songhua.studies.accounts.left_out import without_each
from songhua.studies.accounts.rows import Influence, Tension
from songhua.studies.accounts.study import contradictions_of


def rows(accounts: Accounts) -> tuple[list[Influence], list[Tension]]:
    without = list(without_each(accounts))
    every = every_industry(accounts)
    return list(influences(accounts, every, without)), list(tensions(accounts, without))


WHOLE = printed("gdp", "level", 100.0, "all")


@pytest.fixture(scope="module")
def accounts() -> Accounts:
    """A whole, two sectors of which the third follows, and one industry."""
    return made(
        WHOLE, printed("gdp", "level", 47.0, "goods"), printed("gdp", "level", 13.0, "primary"),
        printed("share", "share", 20.0, "food"), printed("output", "level", 60.0, "tools"),
    )  # fmt: skip


def test_without_a_share_an_industry_is_as_open_as_its_sector(accounts: Accounts) -> None:
    named, _ = rows(accounts)
    found = {(one.industry or one.code, one.measure, one.indicator): one for one in named}
    food = found["food", "value_added", "share"]
    assert food.narrows > 90  # 20 % of the whole, to the rounding
    assert round(food.print_high, 6) == 47.05  # all of the sector
    assert food.value.low < food.value.value < food.value.high <= food.print_high + 1e-9
    whole = accounts.ledger.series
    assert not any(one.indicator == whole and one.of_industry == "all" for one in named)


def test_bounds_without_a_figure_are_those_of_accounts_that_never_had_it(
    accounts: Accounts,
) -> None:
    never = made(*(
        one.observation for one in accounts.ledger.readings if one.observation.indicator != "share"
    ))  # fmt: skip
    [without] = [
        one for one in without_each(accounts) if one.observation.indicator == "share"
    ]  # fmt: skip
    for found, bounds in zip(without.cells, (never.certain, never.assumed), strict=True):
        for one in bounds:
            ends = found[one.cell]
            assert (round(ends.low, 6), round(ends.high, 6)) == (
                round(one.low, 6), round(one.high, 6)
            )  # fmt: skip


def test_draws_without_a_figure_are_those_of_accounts_that_never_had_it(
    accounts: Accounts,
) -> None:
    never = made(*(
        one.observation for one in accounts.ledger.readings if one.observation.indicator != "share"
    ))  # fmt: skip
    [without] = [
        one for one in without_each(accounts) if one.observation.indicator == "share"
    ]  # fmt: skip
    assert never.draws is not None
    assert without.draws is not None
    for cell in never.system.cells:
        one, other = (
            np.quantile(np.log(draws.of(cell)), [0.05, 0.5, 0.95])
            for draws in (without.draws, never.draws)
        )
        width = other[2] - other[0]
        if width > 0.05:
            assert abs(one[1] - other[1]) < 0.1 * width
            assert abs(np.log((one[2] - one[0]) / width)) < 0.25


def test_two_that_say_the_same_stand_in_for_one_another() -> None:
    twice = made(
        WHOLE, printed("gdp", "level", 20.0, "food"), printed("share", "share", 20.0, "food")
    )
    named, _ = rows(twice)
    assert not [one for one in named if one.industry == "food" and one.measure == "value_added"]
    once, _ = rows(made(WHOLE, printed("gdp", "level", 20.0, "food")))
    assert [one for one in once if one.industry == "food" and one.measure == "value_added"]


@pytest.mark.parametrize(("size", "far"), [(20.0, False), (95.0, True), (0.1, True)])
def test_a_figure_far_from_what_the_others_let_expect_is_marked(size: float, far: bool) -> None:
    _, found = rows(made(WHOLE, printed("gdp", "level", size, "food")))
    [one] = found
    assert one.far == far
    assert one.expected.low < one.expected.value < one.expected.high
    assert (one.position > 97.5) == (size > 90)
    assert (one.position < 2.5) == (size < 1)
    assert not far or not one.expected.low < one.value < one.expected.high


def test_a_floor_is_far_only_where_it_is_too_high() -> None:
    low = printed("output", "level", 0.1, "tools", entity="plant")
    _, [one] = rows(made(WHOLE, low))
    assert not one.far
    assert not one.expected.known
    _, [one] = rows(made(WHOLE, printed("output", "level", 150.0, "tools", entity="plant")))
    assert one.far


def test_what_print_takes_of_the_model_is_all_of_what_is_printed(accounts: Accounts) -> None:
    found = {(one.measure, one.code): one.by_print for one in cells(accounts)}
    assert found["value_added", "crops"] > 99.9
    assert 0 <= found["output", "trade"] < 99
    nothing = {(one.measure, one.code): one.by_print for one in cells(made(WHOLE))}
    assert all(nothing["value_added", code] < 80 for code in CODES)


def test_an_assumption_is_a_member_of_a_set() -> None:
    """Value added over output far from the nation's: the assumed ratio stands in the set."""
    odd = made(
        WHOLE, printed("gdp", "level", 2.0, "food"), printed("output", "level", 110.0, "food")
    )
    members = list(contradictions_of(odd))
    assert {one.stage for one in members} == {"assumed"}
    [assumed] = [one for one in members if one.assumption]
    assert (assumed.assumption, assumed.code, assumed.table) == (
        "ratio_of_value_added", "food", odd.nation.table
    )  # fmt: skip
    assert assumed.change > 0
    assert {one.indicator for one in members if not one.assumption} <= {"gdp", "output"}
    assert len(members) > 1
