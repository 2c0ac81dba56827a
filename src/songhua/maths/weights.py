"""Unseen weights: bounds that a whole sets to its parts where only some numbers are known (§5).

A mean with weights that are not negative and add up to one lies between the smallest and the
largest of its numbers (G. H. Hardy, J. E. Littlewood and G. Pólya, Inequalities, 1934, theorem 1).
So growth of a whole lies between that of its parts, in one period and at one price basis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import product

from songhua.maths.bounds import Interval


def weighted_mean_bound(parts: Iterable[Interval]) -> Interval:
    """All means of numbers within bounds, by weights of any size that are not negative.

    From the least low end to the greatest high end.

    >>> weighted_mean_bound([Interval(2, 2.5), Interval(-1, 0)])
    Interval(low=-1.0, high=2.5)
    """
    return reduce(Interval.hull, parts)


def closing_weight(
    total: Interval,
    weights: Mapping[str, Interval],
    growth: Mapping[str, Interval],
    part: str,
    other: str,
) -> Interval | None:
    """The weight (%) of a part that makes the parts' growth the total's, at another's expense.

    With all other weights w_i as given, and all adding up to 100,
    w_part = (100 (G - g_other) - sum w_i (g_i - g_other)) / (g_part - g_other).

    Args:
        total: growth of the whole (%).
        weights: weights of all parts (%), of which those of `part` and `other` are not used.
        growth: growth of all parts (%).
        part: the part whose weight is sought.
        other: the part that makes room for it.

    Returns:
        The bound that rounding leaves, within 0 to 100; None where no such weight exists, or
        where both may have grown alike.

    >>> exact = {"a": Interval(4, 4), "b": Interval(0, 0)}
    >>> half = {"a": Interval(40, 40), "b": Interval(60, 60)}
    >>> closing_weight(Interval(2, 2), half, exact, "a", "b")
    Interval(low=50.0, high=50.0)
    """
    spread = growth[part] - growth[other]
    if spread.contains(0):
        return None
    fixed = [name for name in weights if name not in (part, other)]
    terms = (weights[name] * (growth[name] - growth[other]) for name in fixed)
    weight = (100 * (total - growth[other]) - sum(terms, Interval(0, 0))) / spread
    low, high = max(weight.low, 0.0), min(weight.high, 100.0)
    return Interval(low, high) if low <= high else None


def rest_growth(whole: Interval, part: Interval, weight: Interval) -> Interval:
    """Growth (%) of the rest of a whole, of which a part is known.

    g = (G - w s) / (1 - w), where w is the part's weight in the whole a year before (0 to 1, not
    1). It rises with G, falls with s, and in w it goes one way, so that the corners hold its ends.

    >>> growth = rest_growth(Interval(0.55, 0.65), Interval(4.25, 4.35), Interval(0.25, 0.25))
    >>> round(growth.low, 2), round(growth.high, 2)
    (-0.72, -0.55)
    """
    corners = [
        (a - w * b) / (1 - w)
        for a, b, w in product(*((bounds.low, bounds.high) for bounds in (whole, part, weight)))
    ]
    return Interval(math.nextafter(min(corners), -math.inf), math.nextafter(max(corners), math.inf))


def turning_weight(whole: Interval, part: Interval) -> float | None:
    """The weight of a known part above which the rest surely went the other way than the whole.

    The rest has the sign of G - w s: it is against that of G once w > |G| / |s|, for every G and
    s within their bounds once w > max |G| / min |s|.

    Returns:
        The weight (0 to 1); None where the rest need not have gone the other way at any weight
        below one, or the sign of either is open.

    >>> round(turning_weight(Interval(0.55, 0.65), Interval(4.25, 4.35)), 4)
    0.1529
    >>> turning_weight(Interval(0.55, 0.65), Interval(-2, -1)) is None
    True
    """
    same = (whole.low > 0 and part.low > 0) or (whole.high < 0 and part.high < 0)
    if not same:
        return None
    most, least = abs(whole).high, abs(part).low
    return most / least if most < least else None
