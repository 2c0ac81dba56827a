"""What a reader of accounts must know first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from songhua.maths.accounts.prior import Study, load
from songhua.results import Finding, coded
from songhua.studies.accounts.accounts import Accounts

#: An interval is wide whose high end is more than this many times its low end.
WIDE = 4.0


def findings(
    made: Accounts, tables: Mapping[str, pd.DataFrame], instead_of: str = ""
) -> Iterator[Finding]:
    """Transferred, how much is print, contradictions, who is named most.

    `instead_of` is the base year, where it has no total and another year was taken.
    """
    if instead_of:
        yield coded("accounts_other_year", {"period": str(made.year), "other": instead_of})
    read = [one for one in made.ledger.readings if one.used]
    if made.refused is not None and made.refused.code == "accounts_above_table":
        yield coded(made.refused.code, made.refused.params)
    elif made.refused is not None:
        yield coded("accounts_no_intervals")
    elif made.learnt is None:
        yield coded("accounts_transferred")
    else:
        yield _learnt(made, made.learnt)
    added = tables["cells"]
    added = added[added["measure"] == "value_added"]
    if made.refused is None:
        params = {
            "period": str(made.year),
            "used": len(read),
            "of": len(made.ledger.readings),
            "industries": len(added),
            "model": _rough(added["model"].mean()),
        }
        yield coded("accounts_rest_on", params)
    wide = added[added["high"] > WIDE * np.maximum(added["low"], 1e-9)]
    if len(wide):
        params = {"n": len(wide), "of": len(added), "times": WIDE}
        yield coded("accounts_wide", params)
    for number, conflict in enumerate(made.conflicts, 1):
        members = tables["contradictions"]
        members = members[members["set"] == number]
        if len(members):
            ids = tuple(dict.fromkeys(" ".join(members["observations"]).split()))
            assumptions = list(dict.fromkeys(filter(None, members["assumption"])))
            figures = int((members["assumption"] == "").sum())
            params = {"n": figures, "account_stage": conflict.stage, "set": number}
            if assumptions:
                params["account_assumption"] = assumptions
            code = "accounts_contradiction_assumed" if assumptions else "accounts_contradiction"
            yield coded(code, params, ids)
    far = tables["tensions"]
    far = far[far["far"]]
    if len(far):
        ids = tuple(dict.fromkeys(" ".join(far["observations"]).split()))
        yield coded("accounts_far", {"n": len(far), "of": len(tables["tensions"])}, ids)
    yield from _years(tables["years"])
    missing = tables["missing_figures"]
    if len(missing):
        first = missing.iloc[0]
        params = {
            "table": str(first["table"]),
            "table_industries": (str(first["code"]),),
            "account_measure": str(first["measure"]),
            "narrows": _rough(first["narrows"]),
        }
        yield coded("accounts_missing_figure", params)


def _years(rows: pd.DataFrame) -> Iterator[Finding]:
    """Which years have accounts, and whether all are of one series."""
    periods = list(dict.fromkeys(map(str, rows["period"])))
    if periods:
        series = list(dict.fromkeys(rows["series"]))
        code = "accounts_years" if len(series) == 1 else "accounts_years_of_series"
        yield coded(code, {"n": len(periods), "periods": periods, "indicators": series})


def _learnt(made: Accounts, study: Study) -> Finding:
    """In which regions of the nation the model was learnt, and how it did when they were left out.

    Where no industry of the table is one that was learnt by itself, kinds alone count.
    """
    classes = "industry" if any(made.nation.learnt_as) else "kind"
    scores = [
        one
        for one in load().scores
        if (one.country, one.classes, one.fragments) == (study.key, classes, 0)
    ]
    covered = max((one.coverage for one in scores), default=float("nan"))
    params = {"n": study.regions, "error_study": study.name, "covered": _rough(covered * 100)}
    return coded("accounts_learnt", params)


def _rough(value: float) -> float:
    """A computed percentage to two digits: no more is known of it."""
    return float(f"{value:.2g}")
