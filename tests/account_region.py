"""A small region with a nation of four industries, for the tests of accounts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.maths.accounts import prior
from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.ledger import Ledger, ledger
from songhua.studies.accounts.nation import Nation
from songhua.studies.series import Figures

CODES = ["crops", "food", "tools", "trade"]
SECTORS = ["primary", "goods", "goods", "services"]
KINDS = ["primary", "manufacturing", "manufacturing", "services"]
NATION = np.array([40.0, 60.0, 80.0, 120.0])


def land() -> InputOutputTable:
    output = NATION * 2
    return InputOutputTable(
        Z=pd.DataFrame(np.diag(NATION), CODES, CODES),
        f=pd.DataFrame({"households": NATION, "fixed_capital": 0.0}, CODES),
        v=pd.DataFrame([NATION], ["labour"], CODES), x=pd.Series(output, CODES), kind="domestic",
        unit="m EUR", year=2020, region="land",
        industries=pd.DataFrame({"kind": KINDS, "within": SECTORS, "industry": CODES, "inclusion": "whole"}, CODES),
    )  # fmt: skip


def region() -> Region:
    indicators = {
        "gdp": {"unit": "m EUR", "form": "level", "measure": "value_added", "basis": "current"},
        "share": {"unit": "%", "form": "share", "measure": "value_added", "of": "gdp"},
        "growth": {"unit": "%", "form": "growth", "measure": "value_added", "of": "gdp", "basis": "constant"},
        "output": {"unit": "m EUR", "form": "level", "measure": "output", "basis": "current"},
    }  # fmt: skip
    parents = {"crops": "primary", "food": "goods", "tools": "goods", "trade": "services"}
    industries = {
        name: {"parent": "all", "partition": "sectors"} for name in dict.fromkeys(SECTORS)
    }
    industries |= {name: {"parent": parent, "partition": ""} for name, parent in parents.items()}
    return Region.of(
        "here", currency="EUR", tables={"land": land()}, indicators=indicators,
        industries=industries, places={"land": {"role": "parent"}},
    )  # fmt: skip


def printed(
    indicator: str, form: str, value: float, industry: str, **labels: object
) -> Observation:
    """A rounded figure; its id says what it is of."""
    unit = "m EUR" if form == "level" else "%"
    name = f"{indicator} {industry}".replace(" ", "-")
    return Observation.of(
        indicator, "2020", f"{value:.1f}", industry=industry, region="here", unit=unit, form=form,
        ids=(name,), **labels,
    )  # fmt: skip


def ledger_of(*figures: Observation) -> Ledger:
    here = region()
    return ledger(Figures.of(here, figures), Nation.of(here), prior.load(), 2020)


def made(*figures: Observation) -> Accounts:
    here = region()
    of = Figures.of(here, figures)
    return Accounts(of, Nation.of(here), 2020, ledger_of(*figures))
