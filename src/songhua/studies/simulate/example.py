"""A simulation small enough to check by hand, for examples and tests."""

from __future__ import annotations

import pandas as pd

from songhua.labels import parse_period
from songhua.maths.interindustry import InputOutputTable
from songhua.messages import Words
from songhua.plan import Plan
from songhua.region import Region
from songhua.studies.simulate.drawn_economy import Seeds
from songhua.studies.simulate.ensemble import Ensemble, draw_ensemble
from songhua.studies.simulate.regional_base import RegionalBase, regional_base
from songhua.studies.simulate.simulation import Simulation

CODES = ["food", "works"]


def base() -> RegionalBase:
    """A region with a table of its own: two industries that buy nothing of each other.

    A unit of output holds 0.5 of labour income; `works` makes structures.

    >>> base().codes, base().basis.tolist(), base().value_added.tolist()
    (['food', 'works'], ['own', 'own'], [0.8, 0.8])
    """
    table = InputOutputTable(
        Z=pd.DataFrame([[20.0, 0.0], [0.0, 10.0]], CODES, CODES),
        f=pd.DataFrame({"households": [80.0, 0.0], "fixed_capital": [0.0, 40.0]}, CODES),
        v=pd.DataFrame([[50.0, 25.0], [30.0, 15.0]], ["labour", "surplus"], CODES),
        x=pd.Series({"food": 100.0, "works": 50.0}),
        kind="domestic",
        unit="m EUR",
        year=2020,
        region="here",
        industries=pd.DataFrame({"good": ["", "structures"]}, CODES),
    )
    return regional_base(Region.of("here", currency="EUR", tables={"home": table}), 2020)


def plan() -> Plan:
    """A mill that costs 100 m EUR in 2021, half of it bought in the region, and never opens.

    >>> plan().simulated_projects()
    ['mill']
    """
    spending = [("mill", "2021", "structures", "100", "m EUR", "50", "paper")]
    columns = ["project", "period", "good", "value", "unit", "local", "source"]
    names = ["name", "scope", "value", "low", "high", "distribution", "unit", "source", "note"]
    rows = [
        ("pay", "", "50000", "40000", "60000", "uniform", "EUR", "paper", ""),
        ("spent", "", "0", "", "", "", "%", "paper", ""),
    ]
    none = pd.DataFrame()
    return Plan(
        Words(),
        parse_period("plan:2021..2022"),
        2020,
        Words(),
        "",
        none,
        none,
        spending=pd.DataFrame(spending, columns=columns),
        operation=pd.DataFrame(columns=["project", "field", "value", "unit", "source"]),
        assumptions=pd.DataFrame(rows, columns=names),
    )


def ensemble(draws: int = 20) -> Ensemble:
    """Its draws: only the pay of a job varies.

    >>> ensemble().assumptions.varied()
    ['pay']
    """
    return draw_ensemble(base(), plan(), Seeds(1, 2, 3), draws)


def simulation() -> Simulation:
    """The whole of it.

    >>> simulation().periods
    {'construction': '2021', 'operation': '2022'}
    """
    return Simulation.of(base(), ensemble(), "")
