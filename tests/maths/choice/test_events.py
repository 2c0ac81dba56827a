"""Entry and exit: each condition by itself, on panels that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2

from close import assert_close
from songhua import messages
from songhua.errors import SonghuaError
from songhua.maths.choice import (
    VALUE,
    Definition,
    Kind,
    candidates,
    cells,
    happened,
    lower_bound,
    state,
)

#: Two regions of 1,000, two industries of 1,000: 500 expected in each cell.
USUAL = Definition()


def square(first: float) -> np.ndarray:
    """A table with all margins 1,000 whose first cell is given."""
    return np.array([[first, 1000 - first], [1000 - first, first]], dtype=float)


def entered(
    before: float, after: float, definition: Definition = USUAL, factor: float = 1.0
) -> bool:
    start, end = state(square(before), definition), state(square(after) * factor, definition)
    able = candidates(start, definition, "entry")
    return bool((able & happened(start, [end], definition, "entry"))[0, 0])


def left(before: float, after: float, definition: Definition = USUAL) -> bool:
    start, end = state(square(before), definition), state(square(after), definition)
    able = candidates(start, definition, "exit")
    return bool((able & happened(start, [end], definition, "exit"))[0, 0])


@pytest.mark.parametrize(
    ("before", "after", "came"),
    [(399, 500, True), (400, 500, False), (399, 499, False), (100, 900, True), (600, 900, False)],
)
def test_an_entry_starts_below_and_ends_above(before: float, after: float, came: bool) -> None:
    assert entered(before, after) is came


@pytest.mark.parametrize(
    ("before", "after", "came"),
    [(500, 399, True), (500, 400, False), (499, 100, False), (900, 100, True)],
)
def test_an_exit_starts_above_and_ends_below(before: float, after: float, came: bool) -> None:
    assert left(before, after) is came


def test_a_region_that_shrinks_enters_nothing() -> None:
    assert entered(399, 600)
    assert not entered(399, 600, factor=0.5)


def test_other_figures_may_say_what_grew() -> None:
    start, end = state(square(399), USUAL), state(square(600), USUAL)
    assert not happened(start, [end], USUAL, "entry", np.zeros((2, 2), dtype=bool))[0, 0]


def test_a_small_cell_must_be_sure() -> None:
    """The quotient of 50 is 1, its lower bound below 0.8: neither an entry nor at risk of exit."""
    definition = replace(USUAL, floor=1.0)
    start, end = (state(square(at) / 10, definition) for at in (399, 500))
    assert lower_bound(end, definition)[0, 0] < 0.8
    assert not happened(start, [end], definition, "entry")[0, 0]
    assert not candidates(end, definition, "exit")[0, 0]
    assert candidates(end, replace(definition, level=0.5), "exit")[0, 0]


def test_the_floor_is_of_what_is_expected() -> None:
    start = state(square(399) / 10, USUAL)
    assert candidates(start, replace(USUAL, floor=50.0), "entry")[0, 0]
    assert not candidates(start, replace(USUAL, floor=50.1), "entry")[0, 0]
    assert not candidates(start, replace(USUAL, floor=1.0, rounded=10.0), "entry")[0, 0]


def test_the_floor_of_value_is_a_share_of_the_region() -> None:
    start = state(square(399) / 1e6, VALUE)
    assert candidates(start, replace(VALUE, floor=0.5), "entry")[0, 0]
    assert not candidates(start, replace(VALUE, floor=0.51), "entry")[0, 0]
    assert_close(lower_bound(start, VALUE), start.quotient)


def test_the_lower_bound_is_near_the_exact_one_of_poisson() -> None:
    levels = np.array([[30.0, 100.0], [400.0, 2000.0]])
    found = lower_bound(state(levels, USUAL), USUAL) * state(levels, USUAL).expected
    exact = chi2.ppf(0.05, 2 * levels) / 2
    assert np.all(np.abs(found - exact) < 1)  # one count


def test_missing_is_neither_zero_nor_a_candidate() -> None:
    levels = square(400)
    levels[0, 0] = np.nan
    now = state(levels, USUAL)
    assert np.isnan(now.quotient[0, 0])
    assert_close(now.expected[1], 1000 * np.array([600, 1000]) / 1600)  # sums of what is known
    for kind in ("entry", "exit"):
        assert not candidates(now, USUAL, kind)[0, 0]


def test_regions_and_industries_without_anything_have_no_quotient() -> None:
    now = state(np.array([[0.0, 0.0], [0.0, 5.0]]), USUAL)
    assert np.isnan(now.quotient).tolist() == [[True, True], [True, False]]


#: Petroleum in a state: value at current prices goes in and out with the price of oil.
PETROLEUM = (1.81, 0.67, 1.56, 0.80, 1.43, 0.71)


def outcomes(quotients: tuple[float, ...], definition: Definition, kind: Kind) -> list[float]:
    """Events, transition by transition, of the first cell of a panel with these quotients."""
    levels = np.array([square(500 * one) for one in quotients])
    past, _ = cells(levels, {kind: definition})[kind]
    return past.occurred[(past.region == 0) & (past.industry == 0)].tolist()


@pytest.mark.parametrize("every", [1, 2, 5])
@pytest.mark.parametrize("quotients", [PETROLEUM, PETROLEUM[1:], (*PETROLEUM, 1.2)])
def test_what_goes_in_and_out_with_a_price_enters_nothing(
    quotients: tuple[float, ...], every: int
) -> None:
    for held in (2, 3):
        definition = replace(VALUE, every=every, held=held)
        assert not any(outcomes(quotients, definition, "entry"))
    assert any(outcomes((0.67, 1.56, 0.80, 1.43), VALUE, "entry"))  # a crossing alone would


@pytest.mark.parametrize(
    ("quotients", "came"),
    [
        ((0.7, 0.7, 1.1, 1.2, 1.1, 1.1), [0, 1]),  # once, and not again where it stays
        ((0.7, 0.7, 0.7, 1.1, 1.2), [0, 0]),  # what starts third has held two: not yet known
        ((0.7, 0.7, 1.1, 1.2, 0.9, 1.1), [0, 0]),
        ((1.2, 0.7, 1.1, 1.2, 1.1), []),  # what left a period ago is no candidate
        ((1.2, 0.7, 0.7, 1.1, 1.2, 1.1), [1]),
        ((0.7, 0.7, 0.7, 0.7, np.nan, 1.2, 1.2), [0]),  # after that it cannot be known
    ],
)
def test_an_entry_has_held_three_periods_running(
    quotients: tuple[float, ...], came: list[float]
) -> None:
    definition = replace(VALUE, held=3, gone=2)
    assert (definition.span, definition.lag) == (3, 3)
    assert outcomes(quotients, definition, "entry") == came


def test_an_exit_has_held_as_long_as_asked() -> None:
    assert outcomes((1.2, 0.7, 0.9, 0.7), VALUE, "exit") == [1]
    assert outcomes((1.2, 0.7, 0.9, 0.7), replace(VALUE, gone=2), "exit") == [0]
    assert outcomes((1.2, 0.7, 0.7, 0.7), replace(VALUE, gone=2), "exit") == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"below": 0.0},
        {"below": 1.1},
        {"level": 0.4},
        {"level": 1.0},
        {"floor": -1.0},
        {"rounded": 0.5},
        {"held": 0},
    ],
)
def test_a_definition_that_says_nothing_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SonghuaError) as caught:
        Definition(**wrong)  # pyright: ignore[reportArgumentType]
    assert [fault.code for fault in caught.value.faults] == ["choice_definition"]
    for lang in ("en", "zh"):
        assert (
            "{" not in messages.fault("choice_definition", lang, caught.value.faults[0].params)[0]
        )
