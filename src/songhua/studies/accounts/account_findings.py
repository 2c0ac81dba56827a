"""Findings of accounts: the limits of the estimates first, then contradictions and gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.accounts.prior import Study, load
from songhua.results import Finding
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.finding_kinds import (
    AccountsContradiction,
    AccountsContradictionAssumed,
    AccountsFar,
    AccountsLearnt,
    AccountsMissingFigure,
    AccountsOtherYear,
    AccountsRestOn,
    AccountsTransferred,
    AccountsWide,
    AccountsYears,
    AccountsYearsOfSeries,
)

#: An interval is wide whose high end is more than this many times its low end.
WIDE = 4.0


def findings(
    accounts: Accounts, tables: Mapping[str, pd.DataFrame], instead_of: str = ""
) -> Iterator[Finding]:
    """Findings on the model, the share of print, contradictions, years and missing figures.

    `instead_of` is the base year, where it has no total and another year was taken.
    """
    period = parse_period(str(accounts.year))
    if instead_of:
        yield AccountsOtherYear(period=period, other=instead_of)
    if accounts.refused is not None:
        yield accounts.refused
    elif accounts.learnt is None:
        yield AccountsTransferred()
    else:
        yield _learnt(accounts, accounts.learnt)
    added = tables["cells"]
    added = added[added["measure"] == "value_added"]
    if accounts.refused is None:
        yield AccountsRestOn(
            period=period,
            used=sum(reading.is_used for reading in accounts.ledger.readings),
            of=len(accounts.ledger.readings),
            industries=len(added),
            model=_rough(added["model"].mean()),
        )
    wide = added[added["high"] > WIDE * np.maximum(added["low"], 1e-9)]
    if len(wide):
        yield AccountsWide(n=len(wide), of=len(added), times=WIDE)
    for number, conflict in enumerate(accounts.conflicts, 1):
        members = tables["contradictions"]
        members = members[members["set"] == number]
        if len(members):
            yield _contradiction(number, conflict.stage, members)
    far = tables["tensions"]
    far = far[far["far"]]
    if len(far):
        yield AccountsFar(n=len(far), of=len(tables["tensions"]), observations=_cited(far))
    yield from _years(tables["years"])
    missing = tables["missing_figures"]
    if len(missing):
        first = missing.iloc[0]
        yield AccountsMissingFigure(
            table=str(first["table"]),
            table_industries=(str(first["code"]),),
            account_measure=str(first["measure"]),
            narrows=_rough(first["narrows"]),
        )


def _contradiction(number: int, stage: str, members: pd.DataFrame) -> Finding:
    """A set that cannot all hold, by the members of its table."""
    assumptions = tuple(dict.fromkeys(filter(None, members["assumption"])))
    n, ids = int((members["assumption"] == "").sum()), _cited(members)
    if not assumptions:
        return AccountsContradiction(n=n, account_stage=stage, set=number, observations=ids)
    return AccountsContradictionAssumed(
        n=n, account_stage=stage, set=number, account_assumption=assumptions, observations=ids
    )


def _cited(rows: pd.DataFrame) -> tuple[str, ...]:
    """The observations that rows cite, once each."""
    return tuple(dict.fromkeys(" ".join(rows["observations"]).split()))


def _years(rows: pd.DataFrame) -> Iterator[Finding]:
    """The years that have accounts, all of one series or not."""
    periods = tuple(map(parse_period, dict.fromkeys(map(str, rows["period"]))))
    if periods:
        series = tuple(dict.fromkeys(rows["series"]))
        kind = AccountsYears if len(series) == 1 else AccountsYearsOfSeries
        yield kind(n=len(periods), periods=periods, indicators=series)


def _learnt(accounts: Accounts, study: Study) -> Finding:
    """The regions of the nation that the model was learnt in, and how it did without them.

    If no industry of the table was learnt by itself, only kinds count.
    """
    classes = "industry" if any(accounts.nation.learnt_as) else "kind"
    scores = [
        score
        for score in load().scores
        if (score.country, score.classes, score.fragments) == (study.key, classes, 0)
    ]
    covered = max((score.coverage for score in scores), default=float("nan"))
    return AccountsLearnt(n=study.regions, error_study=study.name, covered=_rough(covered * 100))


def _rough(value: float) -> float:
    """A computed percentage to two digits: no more is known of it."""
    return float(f"{value:.2g}")
