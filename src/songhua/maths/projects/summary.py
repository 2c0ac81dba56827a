"""Intervals of everything that is reported, without holding all draws of all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from songhua.maths.projects.economy import EFFECTS, MEASURES
from songhua.maths.projects.effects import PHASES, Impact

#: Numbers that are held at once while intervals of projects are worked out.
AT_ONCE = 1 << 19
#: Numbers that are put in order together.
SORTED = 1 << 17


@dataclass(frozen=True)
class Summary:
    """Quantiles; the last axis is the levels asked for.

    Attributes:
        years: phase × years × effect × measure × levels, all projects together, gross.
        projects: phase × projects × years × effect × measure × levels, gross.
        net: projects × years × type × measure × levels, limits of capacity left out.
        industries: years × effect × phase × n × measure × levels, gross.
        balance: type × step × years × measure × levels, from gross to net.
        totals: phase × years × effect × measure × draws: the draws behind `years`.
    """

    years: np.ndarray
    projects: np.ndarray
    net: np.ndarray
    industries: np.ndarray
    balance: np.ndarray
    totals: np.ndarray


def summarise(impact: Impact, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> Summary:
    """Quantiles over the draws of every number that is reported.

    Type I and type II have quantiles of their own beside their parts', since quantiles do not
    add up.
    """
    years = range(len(impact.flows.years))
    size = impact.draws * len(PHASES) * len(years) * len(EFFECTS) * len(MEASURES)
    step = max(1, AT_ONCE // size)
    gross, net = [], []
    totals = np.zeros((len(PHASES), len(years), len(EFFECTS), len(MEASURES), impact.draws))
    for first in range(0, len(impact.flows.projects), step):
        some = slice(first, first + step)
        effects = impact.by_project(some)
        totals += effects.sum(axis=1)
        net.append(ends(impact.net_of_project(some, effects), levels))
        gross.append(ends(effects, levels))
    return Summary(
        years=ends(totals, levels),
        projects=np.concatenate(gross, axis=1),
        net=np.concatenate(net, axis=0),
        industries=np.stack(
            [
                np.stack([ends(effects, levels) for effects in impact.by_industry(year)])
                for year in years
            ]
        ),
        balance=ends(np.moveaxis(impact.balance, 0, -1), levels),
        totals=totals,
    )


def ends(values: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Quantiles along the last axis, interpolated as numpy's `linear`: the rest × levels.

    Numbers are put in order in single precision, which keeps seven digits of them and takes half
    the time; what does not vary stays as it is.

    >>> ends(np.array([[3.0, 1.0, 2.0]]), (0, 0.5, 0.75)).tolist()
    [[1.0, 2.0, 2.5]]
    """
    count = values.shape[-1]
    flat = values.reshape(-1, count)
    quantiles = np.empty((len(flat), len(levels)))
    together = max(1, SORTED // count)
    for first in range(0, len(flat), together):
        rows = flat[first : first + together]
        quantiles[first : first + together] = rows[:, :1]
        varies = np.flatnonzero(rows.min(axis=1) < rows.max(axis=1))
        if len(varies):
            ordered = rows[varies].astype(np.float32)
            ordered.sort(axis=1)
            quantiles[first + varies] = _between(ordered, levels)
    return quantiles.reshape(*values.shape[:-1], len(levels))


def _between(ordered: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Quantiles of rows in order."""
    last = ordered.shape[1] - 1
    places = np.asarray(levels, dtype=float) * last
    low = np.minimum(places.astype(int), last - 1)
    lower, upper = (ordered[:, at].astype(float) for at in (low, low + 1))
    return lower + (upper - lower) * (places - low)
