"""Findings of accounts: the limits of the estimates first, then contradictions and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from songhua.labels import parse_period
from songhua.maths.accounts.prior import Study, load
from songhua.results import Finding, Result
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.finding_kinds import (
    AccountsArea,
    AccountsContradiction,
    AccountsContradictionAssumed,
    AccountsFar,
    AccountsLearnt,
    AccountsMissingFigure,
    AccountsNoArea,
    AccountsOtherYear,
    AccountsRestOn,
    AccountsTransferred,
    AccountsWide,
    AccountsYears,
    AccountsYearsOfSeries,
)
from songhua.studies.accounts.rows import Cell, IndustryYear, Member, MissingFigure, Tension

#: An interval is wide whose high end is more than this many times its low end.
WIDE = 4.0


def findings(accounts: Accounts, result: Result, instead_of: str = "") -> Iterator[Finding]:
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
    added = [row for row in result.rows(Cell) if row.measure == "value_added"]
    if accounts.refused is None:
        yield AccountsRestOn(
            period=period,
            used=sum(reading.is_used for reading in accounts.ledger.readings),
            of=len(accounts.ledger.readings),
            industries=len(added),
            model=_rough(pd.Series([row.model for row in added], dtype=float).mean()),
        )
        yield from _area(accounts)
    wide = [row for row in added if row.value.high > WIDE * max(row.value.low, 1e-9)]
    if wide:
        yield AccountsWide(n=len(wide), of=len(added), times=WIDE)
    rows = result.rows(Member)
    for number, conflict in enumerate(accounts.conflicts, 1):
        members = [row for row in rows if row.set == number]
        if members:
            yield _contradiction(number, conflict.stage, members)
    tensions = result.rows(Tension)
    if far := [row for row in tensions if row.far]:
        yield AccountsFar(n=len(far), of=len(tensions), observations=_cited(far))
    yield from _years(result.rows(IndustryYear))
    for first in result.rows(MissingFigure)[:1]:
        yield AccountsMissingFigure(
            table=first.table,
            table_industries=(first.code,),
            account_measure=first.measure,
            narrows=_rough(first.narrows),
        )


def _area(accounts: Accounts) -> Iterator[Finding]:
    """The area whose industries make sizes likely, or that nothing of the one named does."""
    region, nation = accounts.figures.region, accounts.nation
    if region.within in ("", nation.region):
        return
    read = [r.observation for r in accounts.ledger.in_use if r.how == "area_quotient"]
    if not read:
        yield AccountsNoArea(place=region.within)
        return
    yield AccountsArea(
        place=region.within,
        n=len(read),
        period=read[0].period,
        reference=nation.region,
        region_kind=region.kind,
        observations=tuple(figure.id for figure in read),
    )


def _contradiction(number: int, stage: str, members: Sequence[Member]) -> Finding:
    """A set that cannot all hold, by the members of its table."""
    assumptions = tuple(dict.fromkeys(row.assumption for row in members if row.assumption))
    n, ids = sum(not row.assumption for row in members), _cited(members)
    if not assumptions:
        return AccountsContradiction(n=n, account_stage=stage, set=number, observations=ids)
    return AccountsContradictionAssumed(
        n=n, account_stage=stage, set=number, account_assumption=assumptions, observations=ids
    )


def _cited(rows: Iterable[Member | Tension]) -> tuple[str, ...]:
    """The observations that rows cite, once each."""
    return tuple(dict.fromkeys(id for row in rows for id in row.observations))


def _years(rows: Sequence[IndustryYear]) -> Iterator[Finding]:
    """The years that have accounts, all of one series or not."""
    periods = tuple(dict.fromkeys(row.period for row in rows))
    if periods:
        series = tuple(dict.fromkeys(row.series for row in rows))
        kind = AccountsYears if len(series) == 1 else AccountsYearsOfSeries
        yield kind(n=len(periods), periods=periods, indicators=series)


def _learnt(accounts: Accounts, study: Study) -> Finding:
    """The regions of the nation that the model was learnt in, and how it did without them.

    If no industry of the table was learnt by itself, only kinds count.
    """
    prior = load()
    schemes = {code.partition(":")[0] for code in accounts.nation.learnt_as}
    own = "own_kind" if study.country in prior.by_kind else "kind"
    classes = "industry" if schemes & {*prior.by_industry} else own
    scores = [
        score
        for score in prior.scores
        if (score.country, score.classes, score.fragments) == (study.key, classes, 0)
    ]
    covered = max((score.coverage for score in scores), default=float("nan"))
    return AccountsLearnt(n=study.regions, error_study=study.name, covered=_rough(covered * 100))


def _rough(value: float) -> float:
    """A computed percentage to two digits: no more is known of it."""
    return float(f"{value:.2g}")
