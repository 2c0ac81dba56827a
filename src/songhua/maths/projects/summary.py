"""Intervals of everything that is reported, without holding all draws of all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from songhua.maths.projects.effects import Impact

#: Numbers that are held at once while intervals of projects are worked out.
HELD = 1 << 22
#: Effects as they are reported: three parts, and what they add up to.
SHOWN = ("direct", "indirect", "induced", "type_i", "type_ii")


@dataclass(frozen=True)
class Summary:
    """Quantiles, the first axis being the levels asked for.

    Attributes:
        years: levels × phase × years × effect × measure, all projects together, gross.
        projects: levels × phase × projects × years × effect × measure, gross.
        net: levels × projects × years × type × measure, limits of capacity left out.
        industries: levels × phase × years × effect × n × measure, gross.
        balance: levels × type × step × years × measure, from gross to net.
        totals: draws × phase × years × effect × measure: the draws behind `years`.
    """

    years: np.ndarray
    projects: np.ndarray
    net: np.ndarray
    industries: np.ndarray
    balance: np.ndarray
    totals: np.ndarray


def summarise(impact: Impact, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> Summary:
    """Quantiles over the draws of every number that is reported.

    Effects are shown as their three parts and as type I (direct and indirect) and type II (with
    induced); quantiles are taken of each, since quantiles do not add up.
    """
    P = len(impact.works.projects)
    each = impact.draws * len(impact.works.years) * 2 * len(SHOWN) * 5
    step = max(1, HELD // each)
    gross, net, total = [], [], np.zeros(())
    for first in range(0, P, step):
        some = slice(first, min(first + step, P))
        found = impact.by_project(some)
        total = total + found.sum(axis=2)
        gross.append(ends(shown(found), levels))
        net.append(ends(impact.net_of_project(some), levels))
    totals = shown(total)
    years = len(impact.works.years)
    industries = [
        ends(shown(_measured(impact, year)), levels) for year in range(years)
    ]
    return Summary(
        years=ends(totals, levels),
        projects=np.concatenate(gross, axis=2),
        net=np.concatenate(net, axis=1),
        industries=np.stack([np.moveaxis(one, -2, -3) for one in industries], axis=2),
        balance=ends(impact.balance, levels),
        totals=totals,
    )


def _measured(impact: Impact, year: int) -> np.ndarray:
    """Draws × phase × n × effect × measure in one year."""
    output = np.moveaxis(impact.by_industry[:, :, year], 2, 3)
    hold = impact.economy.per_output.swapaxes(-1, -2)[:, np.newaxis, :, np.newaxis]
    found = output[..., np.newaxis] * hold
    found[..., 2] /= impact.productivity[:, year].reshape(-1, 1, 1, 1)
    return found


def shown(parts: np.ndarray) -> np.ndarray:
    """The three effects, last axis but one, with type I and type II behind them.

    >>> shown(np.array([[1.0], [2.0], [4.0]])).ravel().tolist()
    [1.0, 2.0, 4.0, 3.0, 7.0]
    """
    one = parts[..., :1, :] + parts[..., 1:2, :]
    return np.concatenate([parts, one, one + parts[..., 2:, :]], axis=-2)


def ends(values: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Quantiles along the first axis, interpolated as numpy's `linear`: levels × the rest.

    >>> ends(np.array([[3.0], [1.0], [2.0]]), (0, 0.5, 0.75)).ravel().tolist()
    [1.0, 2.0, 2.5]
    """
    count = len(values)
    flat = np.ascontiguousarray(values.reshape(count, -1).T)
    flat.sort(axis=1)
    found = np.empty((len(levels), flat.shape[0]))
    for at, level in enumerate(levels):
        place = level * (count - 1)
        low = min(int(place), max(count - 2, 0))
        high = min(low + 1, count - 1)
        found[at] = flat[:, low] + (flat[:, high] - flat[:, low]) * (place - low)
    return found.reshape(len(levels), *values.shape[1:])
