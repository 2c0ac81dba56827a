"""A town whose odds can be checked by hand, for examples and tests.

Its jobs, and what was learnt from a wider panel, are those of `songhua.maths.choice.small_panel`.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from songhua.labels import parse_period
from songhua.maths.choice.small_panel import DEFINITION, HISTORY, learnt, place
from songhua.messages import Words
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.learnt import LearntPanel, Trial, digest_of, read
from songhua.studies.choose.basis import Basis
from songhua.studies.diagnose import town as places


def town() -> Region:
    """The town, with its panel of jobs and what was learnt from the wider one.

    >>> town().panel("jobs").loc[("2021", "here"), ["food", "tools"]].tolist()
    [10.0, 40.0]
    """
    region = places.region()
    cells = pd.DataFrame(places.CELLS)
    cells = pd.concat([cells[cells["period"] == "2019"].assign(period="2017"), cells])
    ids = cells["region"] + ":" + cells["industry"] + ":" + cells["period"]
    cells = cells.assign(source="paper", id=ids)
    file = read(taught_panel().text(), "learnt/jobs-2.json")
    return replace(
        region,
        figures=region.figures.with_rows(panels=cells),
        learnt={file.file: file},
        industries={**region.industries, "looms": {"parent": "tools", "partition": ""}},
    )


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


def town_basis() -> Basis:
    """The basis of the town's odds.

    >>> town_basis().place.expected.tolist(), town_basis().place.quotient.round(3).tolist()
    ([20.0, 30.0], [0.5, 1.333])
    """
    return Basis("learnt", taught_panel(), DEFINITION, place(), 1, 1.0)


def taught_panel() -> LearntPanel:
    """The lessons of a panel of 40 regions, one of which is the town.

    >>> taught_panel().learnt.regions, [*taught_panel().places]
    (40, ['here'])
    """
    trial = Trial(
        "entry", "below", 0.7, "2017", "2021", "", 10.0, 100, 12, 0.8, 0.7, 0.36, 0.24, 1, 1
    )
    digests = {"here": (digest_of(HISTORY[-1]), digest_of(HISTORY.ravel()))}
    return LearntPanel("jobs", "paper", "2022-01-01", "5e", 2, digests, learnt(), (trial,))
