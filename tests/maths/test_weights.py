"""The weight from which the rest of a year went the other way: only where both signs are sure."""

from __future__ import annotations

import pytest

from songhua.maths.bounds import Interval
from songhua.maths.weights import turning_weight

SURE, OPEN, NONE = Interval(0.55, 0.65), Interval(-0.05, 0.05), Interval(0.0, 0.1)
SEEN, FALL = Interval(4.25, 4.35), Interval(-4.35, -4.25)


@pytest.mark.parametrize(
    ("whole", "seen", "weight"),
    [
        (SURE, SEEN, 0.65 / 4.25),
        (Interval(-0.65, -0.55), FALL, 0.65 / 4.25),
        (Interval(-0.1, -0.05), Interval(-0.9, -0.8), 0.1 / 0.8),
        (Interval(0.05, 0.1), Interval(0.8, 0.9), 0.1 / 0.8),
        (SURE, FALL, None),
        (Interval(-0.65, -0.55), SEEN, None),
        (OPEN, SEEN, None),
        (OPEN, FALL, None),
        (NONE, SEEN, None),  # it may have been zero
        (Interval(-0.1, 0.0), FALL, None),
        (SURE, Interval(-0.1, 4.35), None),
        (Interval(-0.65, -0.55), Interval(-4.35, 0.1), None),
        (SEEN, SURE, None),  # the rest grew more than what is seen
        (SURE, SURE, None),
    ],
)
def test_the_rest_turns_where_both_signs_are_sure(
    whole: Interval, seen: Interval, weight: float | None
) -> None:
    found = turning_weight(whole, seen)
    assert found == (None if weight is None else pytest.approx(weight))
