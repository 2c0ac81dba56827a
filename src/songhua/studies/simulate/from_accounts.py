"""Outputs of a simulation as the draws of accounts have them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from songhua.labels import convert
from songhua.results import Result
from songhua.studies.simulate.regional_base import RegionalBase


def with_accounts(base: RegionalBase, accounts: Result) -> RegionalBase:
    """The base with joint draws of output in place of the nation's structure.

    Only industries whose size is not observed take them; where accounts have no draws, or are of
    another table, the base stays as it is.

    >>> from songhua.results import table
    >>> from songhua.studies.simulate import example
    >>> blank = Result("accounts", {"draws": table("accounts", "draws", [])})
    >>> with_accounts(example.base(), blank).drawn is None
    True
    """
    rows = accounts.tables["draws"]
    rows = rows[(rows["measure"] == "output") & (rows["table"] == base.id)]
    if rows.empty or not base.sectors:
        return base
    wide = rows.pivot(index="draw", columns="code", values="value")
    factor = convert(1, str(rows["unit"].iloc[0]), base.unit)
    drawn = wide.reindex(columns=base.codes).to_numpy(float) * factor
    prior = (base.basis == "prior").to_numpy()
    known = base.output.to_numpy(float)
    drawn = np.where(prior & ~np.isnan(drawn), drawn, known)
    return replace(base, drawn=np.minimum(drawn, base.national.to_numpy(float)))
