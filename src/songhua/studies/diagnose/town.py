"""A region small enough to check by hand, for examples and tests."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from songhua.maths import example
from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.panels import Panel
from songhua.studies.series import Figures

INDUSTRIES = ("food", "tools")
#: Jobs by period and place: all, food, tools.
JOBS = {
    ("2019", "here"): (40, 10, 30),
    ("2021", "here"): (50, 10, 40),
    ("2019", "there"): (50, 40, 10),
    ("2021", "there"): (50, 30, 20),
    ("2019", "land"): (200, 100, 100),
    ("2021", "land"): (200, 80, 120),
}
#: The cells of the panel of jobs: all of them exact.
CELLS = [
    {
        "indicator": "jobs",
        "period": period,
        "region": place,
        "industry": name,
        "number": n,
        "low": n,
        "high": n,
    }
    for at, name in enumerate(("all", *INDUSTRIES))
    for (period, place), row in JOBS.items()
    for n in row[at : at + 1]
]


def region() -> Region:
    """Here, beside there (which it is compared with), in the land (which is larger).

    >>> region().places_of("parent"), region().partitions()
    (['land'], {'all': [['food', 'tools']]})
    """
    indicators = {
        "gdp": {"unit": "bn EUR", "form": "level", "measure": "value_added", "basis": "constant"},
        "growth": {"unit": "%", "form": "growth", "of": "gdp", "basis": "constant"},
        "contribution": {"unit": "pp", "form": "contribution_pp", "of": "gdp"},
        "share": {"unit": "%", "form": "share", "of": "gdp"},
        "jobs": {"unit": "persons", "form": "level"},
    }
    return Region.of(
        "here",
        tables={"home": table()},
        indicators=indicators,
        places={"land": {"role": "parent"}, "there": {"role": "comparison"}},
        industries={name: {"parent": "all", "partition": "goods"} for name in INDUSTRIES},
        panels=pd.DataFrame(CELLS),
    )


def figures(*observations: Observation) -> Figures:
    """The figures of this region, with some observations.

    >>> figures(observed("gdp", "2021", "5")).regional[0].value
    5.0
    """
    return Figures.of(region(), observations)


def observed(indicator: str, period: str, printed: str, industry: str = "all") -> Observation:
    """A rounded figure of this region.

    >>> observed("growth", "2021", "5").form
    'growth'
    """
    entry = region().indicator(indicator)
    return Observation.of(
        indicator,
        period,
        printed,
        region="here",
        industry=industry,
        form=entry.form,
        unit=entry.unit,
    )


def panel() -> Panel:
    """The jobs.

    >>> panel().periods, panel().places("2021"), panel().parts
    (['2019', '2021'], ['here', 'there'], ['food', 'tools'])
    """
    return figures().panels[0]


def table() -> InputOutputTable:
    """A table of its two industries, without imports.

    >>> table().x.to_dict()
    {'food': 100.0, 'tools': 80.0}
    """
    about = pd.DataFrame({"industry": ["food", ""], "inclusion": ["", ""]}, list(INDUSTRIES))
    return replace(example.table(), region="here", industries=about)
