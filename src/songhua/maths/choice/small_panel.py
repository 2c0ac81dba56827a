"""Candidates, a record and a place that can be checked by hand, for examples and tests.

Of four candidates (food in regions 0 and 1, tools in regions 2 and 3) one came in each of two
transitions, both times food: in region 0, then in region 1. Nothing else tells them apart.

The place has 10 jobs in food and 40 in tools. In all 40 regions of a panel food has 40 % of the
jobs and tools 60 %, so that 20 and 30 are expected of it: quotients of 0.5 and 4/3. One candidate
in ten came. Food has come in with 2.25 times the usual odds, tools leave as often as others do:
odds of 2.25 to 9, which is 20 %, and of 1 to 9, which is 10 %. The band of a probability halves and
doubles its odds.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from songhua.maths.choice.backtest import NOTHING, Gain
from songhua.maths.choice.bands import TestedTransition
from songhua.maths.choice.drift import Drift
from songhua.maths.choice.events import Definition, Kind
from songhua.maths.choice.features import Cells
from songhua.maths.choice.learnt import Learnt, Place, Scored, Taught, place_of
from songhua.maths.choice.odds import Fate
from songhua.maths.choice.record import Record
from songhua.maths.choice.scores import Logistic
from songhua.maths.choice.track import Track
from songhua.maths.choice.volatility import Means
from songhua.maths.scoring import Band

INDUSTRIES, PERIODS = ("food", "tools"), ("2017", "2019", "2021")
#: Jobs of the place, period by industry.
HISTORY = np.array([[10.0, 30.0], [10.0, 30.0], [10.0, 40.0]])
DEFINITION = Definition(floor=10.0, held=2, gone=2)
#: The factor of each industry on the usual odds.
ODDS = {"entry": (2.25, 1.0), "exit": (1.0, 1.0)}
USUAL, ROOM = math.log(1 / 9), Drift(0.0, 4.0, 0).reach()


def candidates() -> Cells:
    """The eight candidates: two transitions, four regions, two industries.

    >>> candidates().occurred.tolist()
    [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    """
    half, none = np.full(8, 0.5), np.zeros(8)
    outcomes = np.array([1.0, 0, 0, 0, 0, 1, 0, 0])
    return Cells(
        np.repeat([0, 1], 4),
        np.tile([0, 1, 2, 3], 2),
        np.tile([0, 0, 1, 1], 2),
        half,
        half,
        none,
        none,
        none,
        outcomes,
        np.where(outcomes == 1, [1.0] * 4 + [np.nan] * 4, np.nan),
    )


def track() -> Track:
    """Their record: odds of the second transition, food at 1 in 2 and tools at 1 in 10.

    >>> track().record().n, round(track().record().expected, 9)
    (4, 1.2)
    """
    cells = candidates()
    stated = np.array([np.nan] * 4 + [0.5, 0.5, 0.1, 0.1])
    still_open = replace(
        cells.where(slice(4, 8)), transition=np.full(4, 2), occurred=np.full(4, np.nan)
    )
    return Track(
        "entry",
        Definition(floor=10.0),
        None,
        "periods",
        cells,
        still_open,
        (3, 4, 2),
        {"stated": stated},
        NOTHING,
        0.0,
        (TestedTransition(1, 4, 1, 1.2, 0.3, 4.5),),
        Drift(0.35, 4.0, 0),
        1.0,
    )


def learnt() -> Learnt:
    """The margins and coefficients that the panel of 40 regions taught.

    >>> learnt().before, learnt().shares
    ((0.5, 0.5), (0.4, 0.6))
    """
    return Learnt(
        40,
        INDUSTRIES,
        PERIODS,
        ((0.5, 0.5), (0.5, 0.5), (0.4, 0.6)),
        (10.0, 10.0, 10.0),
        ((0.0, 0.5), (0.5, 0.0)),
        (0.0, 0.0),
        1.0,
        (),
        (taught("entry"), taught("exit")),
        (),
    )


def place() -> Place:
    """The place beside that panel.

    >>> place().expected.tolist(), place().quotient.round(3).tolist()
    ([20.0, 30.0], [0.5, 1.333])
    """
    return place_of(learnt(), HISTORY, DEFINITION)


def taught(kind: Kind) -> Taught:
    """The lesson of a kind: 10 events of 100 candidates from 2017 to 2021, where 8 were stated.

    >>> taught("entry").rate, taught("entry").told[0].covered
    (0.1, True)
    """
    best = Record(100, 10, 0.1, 8.0, 0.8, 0.4, 0.4, math.nan, 0.5, 0.08, 0.09, 1.0)
    start = replace(best, auc=0.7, precision=0.3)
    records = (
        Scored("stated", False, best, (0.7, 0.9), (0.3, 0.5)),
        Scored("start", False, start, (0.6, 0.8), (0.2, 0.4)),
    )
    frequency = tuple(map(math.log, ODDS[kind]))
    return Taught(
        kind,
        DEFINITION,
        0.2,
        "periods",
        200,
        20,
        "plain",
        _weights(0.0, 0.0, 1.0, 0.0),
        _weights(0.0),
        (1.0, 0.0),
        frequency,
        Drift(math.log(2) / ROOM, 4.0, 0),
        0.7,
        Gain(0.01, -0.02),
        0.0,
        Means(0.1, (1.0, 1.0)),
        (TestedTransition(0, 100, 10, 8.0, 4.0, 16.0),),
        records,
        (Band(50, 0.04, 0.04), Band(50, 0.12, 0.16)),
        Fate((0.15,), (80, 20), (0.05, 0.3), (0.5, 0.75)),
    )


def _weights(*weights: float) -> Logistic:
    """Weights of features as they are, beside usual odds of 1 to 9, without any doubt."""
    n = len(weights)
    none = ((0.0,) * (n + 1),) * (n + 1)
    return Logistic((0.0,) * n, (1.0,) * n, (USUAL, *weights), none)
