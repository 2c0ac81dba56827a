"""Published counts: the coins fall as stated, and the content of a cell alone decides."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.maths.disclosure import BASE, REACH, PublishedCounts, chance, chance_within


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 10, 61])
def test_the_numbers_come_as_often_as_stated(n: int) -> None:
    records, draws = [f"r{k}" for k in range(n)], 2000
    shown = [PublishedCounts(f"{k}".encode()).of(records) for k in range(draws)]
    numbers = range(0, n + 60, BASE)
    assert sum(chance(number, n) for number in numbers) == pytest.approx(1, abs=1e-12)
    for number in numbers:
        wanted = chance(number, n)
        error = np.sqrt(wanted * (1 - wanted) / draws)
        assert abs(shown.count(number) / draws - wanted) <= 5 * error + 1 / draws
    near = sum(abs(one - n) <= REACH for one in shown) / draws
    assert near > chance_within(REACH) - 0.03


def test_nine_in_ten_lie_within_reach_and_one_less_would_not_do() -> None:
    assert chance_within(REACH) >= 0.9 > chance_within(REACH - 1)
    small = [sum(chance(m, n) for m in range(n + REACH + 1) if m >= n - REACH) for n in range(60)]
    assert min(small) >= chance_within(REACH) - 1e-12


@given(st.sets(st.text(min_size=1), max_size=8), st.text(min_size=1), st.binary(min_size=1))
def test_the_content_alone_decides(records: set[str], other: str, secret: bytes) -> None:
    counts = PublishedCounts(secret)
    number = counts.of(sorted(records))
    assert number == PublishedCounts(secret).of([*sorted(records, reverse=True), *records])
    assert number % BASE == 0
    assert bool(records) or number == 0
    assert counts.of({*records, other}) == PublishedCounts(secret).of({*records, other})


@given(st.integers(1, 400), st.integers(0, 130))
def test_one_more_record_changes_the_odds_by_two_at_most(n: int, third: int) -> None:
    """The bound on which the argument in words rests; and any number may come of any count."""
    now, more = chance(BASE * third, n), chance(BASE * third, n + 1)
    assert now > 0
    assert 0.5 * (1 - 1e-12) <= now / more <= 2 * (1 + 1e-12)


def test_a_record_of_another_secret_or_more_moves_anew() -> None:
    seen = {PublishedCounts(f"{k}".encode()).of("ab") for k in range(200)}
    assert len(seen) >= 3
    counts = PublishedCounts(b"one")
    changed = [counts.of(["a", "b", f"{k}"]) for k in range(200)]
    assert len(set(changed)) >= 3  # the third firm alone does not say how far the cell is moved
