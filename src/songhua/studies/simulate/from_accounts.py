"""Outputs of a simulation as the draws of accounts have them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from songhua.labels import convert
from songhua.region import Region
from songhua.results import Result
from songhua.studies.accounts.finding_kinds import AccountsAboveTable
from songhua.studies.accounts.totals import has_total
from songhua.studies.simulate.regional_base import RegionalBase


def with_accounts(base: RegionalBase, accounts: Result) -> RegionalBase:
    """The base with joint draws of output in place of the nation's structure.

    Only industries whose size is not observed take them; where accounts have no draws the base
    stays as it is, and `no_accounts` tells why.

    >>> from songhua.results import table
    >>> from songhua.studies.simulate import example
    >>> blank = Result("accounts", {"draws": table("accounts", "draws", [])})
    >>> with_accounts(example.base(), blank).drawn is None
    True
    """
    rows = accounts.tables["draws"]
    rows = rows[rows["measure"] == "output"]
    if rows.empty:
        return base
    wide = rows.pivot(index="draw", columns="code", values="value")
    factor = convert(1, str(rows["unit"].iloc[0]), base.unit)
    drawn = wide.reindex(columns=base.codes).to_numpy(float) * factor
    prior = (base.basis == "prior").to_numpy()
    middle = base.output.to_numpy(float)
    drawn = np.where(prior & ~np.isnan(drawn), drawn, middle)
    basis = base.basis.mask(base.basis == "prior", "accounts")
    return replace(base, basis=basis, drawn=np.minimum(drawn, base.national.to_numpy(float)))


def no_accounts(base: RegionalBase, accounts: Result | None, region: Region, year: int) -> str:
    """The reason why an industry's size stays as in the nation; blank, where none does.

    `no_total`: the year's value added is not held; `not_given`: it is, and nobody made accounts;
    `above_table`: it is more than the table's; `not_drawn`: there are no draws.

    >>> from songhua.studies.simulate import example
    >>> no_accounts(example.base(), None, Region.of("here"), 2020)  # its own table
    ''
    """
    if not base.sectors or base.drawn is not None:
        return ""
    if accounts is None:
        return "not_given" if has_total(region, year) else "no_total"
    above = any(isinstance(finding, AccountsAboveTable) for finding in accounts.findings)
    return "above_table" if above else "not_drawn"
