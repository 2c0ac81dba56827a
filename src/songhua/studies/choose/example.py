"""A town whose odds can be checked by hand, for examples and tests.

It has 10 jobs in food and 40 in tools. In all 40 regions of the wider panel food has 40 % of the
jobs and tools 60 %, so that 20 and 30 are expected of it: quotients of 0.5 and 4/3.

One candidate in ten came. Food has come in with 2.25 times the usual odds, tools leave as often as
others do: odds of 2.25 to 9, which is 20 %, and of 1 to 9, which is 10 %. The band of a
probability halves and doubles its odds.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.learnt import FORM, read
from songhua.maths.choice import Definition, Drift, Gain, Kind, Record, Told
from songhua.maths.choice.learnt import Coefficients, Fate, Learnt, Scored, Taught, place_of
from songhua.maths.choice.volatility import Means
from songhua.messages import Words
from songhua.plan import Plan
from songhua.region import Region
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.learnt_panel import LearntPanel, Trial, digest_of
from songhua.studies.diagnose import example

INDUSTRIES, PERIODS = ("food", "tools"), ("2017", "2019", "2021")
#: Jobs of the town, period by industry.
HISTORY = np.array([[10.0, 30.0], [10.0, 30.0], [10.0, 40.0]])
ODDS = {"entry": (2.25, 1.0), "exit": (1.0, 1.0)}
USUAL, ROOM = math.log(1 / 9), Drift(0.0, 4.0, 0).reach()


def town() -> Region:
    """The town, with its panel of jobs and what was learnt from the wider one.

    >>> town().panel("jobs").loc[("2021", "here"), ["food", "tools"]].tolist()
    [10.0, 40.0]
    """
    region = example.region()
    cells = region.panels
    cells = pd.concat([cells[cells["period"] == "2019"].assign(period="2017"), cells])
    ids = cells["region"] + ":" + cells["industry"] + ":" + cells["period"]
    file = read(taught_panel().text(), "learnt/jobs-2.json")
    return replace(
        region, panels=cells.assign(source="paper", id=ids), learnt={file.file: file},
        industries={**region.industries, "looms": {"parent": "tools", "partition": ""}},
    )  # fmt: skip


def plan() -> Plan:
    """A plan that names food, looms (a part of tools) and films, which no panel has.

    >>> plan().roles()
    {'food': 'leading', 'looms': 'pillar', 'films': 'pillar'}
    """
    rows = [("leading", "food"), ("pillar", "looms"), ("pillar", "films")]
    industries = pd.DataFrame(rows, columns=["role", "industry"])
    industries = industries.assign(scheme="", code="", inclusion="")
    years, none = parse_period("plan:2021..2025"), pd.DataFrame()
    return Plan(Words(), years, 2020, Words(), "", industries, none)


def found() -> Basis:
    """What the town's odds rest on.

    >>> found().place.expected.tolist(), found().place.quotient.round(3).tolist()
    ([20.0, 30.0], [0.5, 1.333])
    """
    panel, definition = taught_panel(), Definition(floor=10.0)
    place = place_of(panel.learnt, HISTORY, definition)
    return Basis("learnt", panel, definition, place, 1, 1.0)


def taught_panel() -> LearntPanel:
    """What the panel of 40 regions taught.

    >>> taught_panel().learnt.margins[0], taught_panel().learnt.shares
    ((0.5, 0.5), (0.4, 0.6))
    """
    learnt = Learnt(
        40, INDUSTRIES, PERIODS, ((0.5, 0.5), (0.5, 0.5), (0.4, 0.6)), (10.0, 10.0, 10.0),
        ((0.0, 0.5), (0.5, 0.0)), (0.0, 0.0), 1.0, (), (taught("entry"), taught("exit")), (),
    )  # fmt: skip
    trial = Trial(
        "entry", "below", 0.7, "2017", "2021", "", 10.0, 100, 12, 0.8, 0.7, 0.36, 0.24, 1, 1
    )
    digests = {"here": (digest_of(HISTORY[-1]), digest_of(HISTORY.ravel()))}
    return LearntPanel(FORM, "jobs", "paper", "2022-01-01", "5e", 2, digests, learnt, (trial,))


def taught(kind: Kind) -> Taught:
    """What it taught of a kind: 10 of 100 candidates came from 2019 to 2021, where 8 were stated.

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
        kind, Definition(floor=10.0), 0.2, "periods", 200, 20, "plain",
        _weights(0.0, 0.0, 1.0, 0.0), _weights(0.0), (1.0, 0.0), frequency,
        Drift(math.log(2) / ROOM, 4.0, 0), 0.7, Gain(0.01, -0.02), 0.0, Means(0.1, (1.0, 1.0)),
        (Told(1, 100, 10, 8.0, 4.0, 16.0),), records, ((50, 0.04, 0.04), (50, 0.12, 0.16)),
        Fate((0.15,), (80, 20), (0.05, 0.3), (0.5, 0.75)),
    )  # fmt: skip


def _weights(*each: float) -> Coefficients:
    """Weights of features as they are, beside usual odds of 1 to 9, without any doubt."""
    n = len(each)
    none = ((0.0,) * (n + 1),) * (n + 1)
    return Coefficients((0.0,) * n, (1.0,) * n, (USUAL, *each), none)
