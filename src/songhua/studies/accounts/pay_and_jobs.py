"""Pay and jobs of each industry: they follow value added, and are scaled to what is printed.

Neither has cells of its own: no figure of pay or jobs bounds value added. Each draw of value added
has its own pay and jobs, by the nation's ratio and by how such ratios were seen to differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from songhua.labels import convert, parse_period
from songhua.maths.accounts.draws import cut_normal
from songhua.maths.accounts.prior import load
from songhua.maths.bounds import Interval
from songhua.maths.ensemble import generator
from songhua.studies.accounts.accounts import Accounts, likely
from songhua.studies.accounts.readings import FOLLOWING, ends
from songhua.studies.accounts.rows import PayOrJobs


def pay_and_jobs(accounts: Accounts) -> Iterator[PayOrJobs]:
    """A row for each measure of which the nation's sizes are known, and each industry."""
    draws, nation = accounts.draws, accounts.nation
    if draws is None:
        return
    added = draws.measure("value_added", nation.codes)
    for measure in FOLLOWING:
        sizes, unit = nation.following(measure)
        if not (sizes > 0).any():
            continue
        drawn = _drawn(accounts, measure, added, sizes)
        drawn = scaled_to(drawn, _printed(accounts, measure), generator(accounts.seed, measure))
        for k in np.flatnonzero(sizes > 0):
            yield PayOrJobs(
                nation.table,
                measure,
                nation.codes[k],
                parse_period(str(accounts.year)),
                unit,
                likely(drawn[k]),
                accounts.share * float(sizes[k]),
            )


def _drawn(accounts: Accounts, measure: str, added: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Codes × draws: value added times the nation's ratio times a normal error in logarithms.

    Pay is part of value added, and is no more than it.
    """
    nation = accounts.nation
    sds = load().log_ratio_sd(measure, nation.kinds)
    draws = np.zeros_like(added)
    for k, code in enumerate(nation.codes):
        if sizes[k] <= 0:
            continue
        ratio = sizes[k] / nation.value_added[k]
        most = max(-math.log(ratio), 1e-9) if measure == "pay" else math.inf
        low, high = (np.full(added.shape[1], end) for end in (-math.inf, most))
        chance = generator(accounts.seed, measure, code)
        error = cut_normal(np.zeros(added.shape[1]), float(sds[k]), low, high, chance)
        draws[k] = added[k] * ratio * np.exp(error)
    return draws


def _printed(accounts: Accounts, measure: str) -> list[tuple[list[int], Interval]]:
    """Printed levels of the measure: the places of the codes that each holds, and its ends."""
    nation, groups = accounts.nation, list[tuple[list[int], Interval]]()
    for reading in accounts.ledger.in_use:
        figure = reading.observation
        of = FOLLOWING[measure]
        if (
            reading.how != "scaled"
            or accounts.figures.region.indicator(figure.indicator).measure != of
        ):
            continue
        perimeter = accounts.perimeters.find(figure.industry, of)
        if perimeter is not None:
            factor = convert(1, figure.unit, nation.following(measure)[1])
            amount = ends(figure)
            places = [nation.codes.index(code) for code in perimeter.certain]
            groups.append((places, Interval(max(amount.low, 0.0) * factor, amount.high * factor)))
    return groups


def scaled_to(
    values: np.ndarray,
    groups: Sequence[tuple[Sequence[int], Interval]],
    chance: np.random.Generator,
) -> np.ndarray:
    """Draws scaled to the printed sums of rows, the smaller sums first.

    The rest of a larger sum beside the smaller sums inside it is shared by the other rows in their
    proportions.

    >>> drawn, whole = np.array([[1.0], [2.0], [2.0]]), ([0, 1, 2], Interval(20, 20))
    >>> scaled_to(drawn, [whole, ([0], Interval(4, 4))], np.random.default_rng(1)).ravel().tolist()
    [4.0, 8.0, 8.0]
    """
    scaled, fixed = values.copy(), set[int]()
    for places, amount in sorted(groups, key=lambda group: len(group[0])):
        free = [k for k in places if k not in fixed]
        fixed_sum = scaled[[k for k in places if k in fixed]].sum(axis=0)
        total = scaled[free].sum(axis=0)
        if free and (total > 0).all():
            wanted = amount.low + chance.random(values.shape[1]) * amount.width
            scaled[free] *= np.maximum(wanted - fixed_sum, 0.0) / total
            fixed.update(free)
    return scaled
