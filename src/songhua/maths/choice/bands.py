"""Transitions that were told beforehand: events beside the band of what the odds stated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.choice.drift import Drift, band_of_count, drift
from songhua.maths.choice.events import Array
from songhua.maths.choice.features import Cells


@dataclass(frozen=True)
class TestedTransition:
    """One transition: candidates, events, what the odds stated, and the band of that at 90 %."""

    transition: int
    n: int
    events: int
    expected: float
    low: float
    high: float

    @property
    def covered(self) -> bool:
        """True where the events lie within the band."""
        return self.low <= self.events <= self.high


def bands(
    past: Cells, odds: Array, lag: int, prior: float
) -> tuple[tuple[TestedTransition, ...], Drift]:
    """Each transition's events beside the band stated at its start, and the drift learnt.

    Args:
        past: candidates of all transitions.
        odds: as stated; missing where none were.
        lag: how many transitions pass until an outcome is known.
        prior: the drift that is assumed.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> tested, learnt = bands(candidates(), np.full(8, 0.25), 1, 0.35)
    >>> [(row.n, row.events, row.expected) for row in tested], learnt.seen
    ([(4, 1, 1.0), (4, 1, 1.0)], 2)
    """
    transitions: list[TestedTransition] = []
    for at in np.unique(past.transition[~np.isnan(odds)]).tolist():
        rows, before = past.transition == at, past.transition <= at - lag
        expected, events = float(odds[rows].sum()), int(past.occurred[rows].sum())
        unsure = 1 / np.sqrt(max(float(past.occurred[before].sum()), 1.0))
        learnt = _learnt([row for row in transitions if row.transition <= at - lag], prior)
        low, high = band_of_count(expected, learnt, unsure)
        transitions.append(TestedTransition(int(at), int(rows.sum()), events, expected, low, high))
    return tuple(transitions), _learnt(transitions, prior)


def _learnt(transitions: list[TestedTransition], prior: float) -> Drift:
    """The drift that earlier transitions teach."""
    return drift(
        np.array([transition.events for transition in transitions], dtype=float),
        np.array([transition.expected for transition in transitions]),
        prior,
    )
