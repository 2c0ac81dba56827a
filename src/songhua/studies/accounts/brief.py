"""Sentences of accounts for the brief: contradictions of print, and what narrows most."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.region import Region
from songhua.results import Result
from songhua.studies.accounts.finding_kinds import (
    AccountsTransferred,
    BriefAccountsContradiction,
    BriefMissingFigure,
    BriefMissingFigureUntested,
)
from songhua.studies.accounts.rows import Cell, Member, MissingFigure
from songhua.studies.brief.sentence import Sentence


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """The contradictions of print, and the figure that would narrow most.

    >>> list(sentences(Result("accounts", {}), Region.of("here")))
    []
    """
    rows = [row for row in result.rows(Member) if row.stage == "print"]
    for number in sorted({row.set for row in rows})[:1]:
        first, *_ = members = [row for row in rows if row.set == number]
        finding = BriefAccountsContradiction(
            n=len({row.set for row in rows}),
            members=len(members),
            indicator=first.indicator,
            industry=first.industry,
            period=first.period,
            observations=tuple(dict.fromkeys(id for row in members for id in row.observations)),
        )
        yield Sentence(finding, 0.5, when=first.period.end)
    missing = result.rows(MissingFigure)
    untested = any(isinstance(finding, AccountsTransferred) for finding in result.findings)
    kind = BriefMissingFigureUntested if untested else BriefMissingFigure
    for row in missing[:1]:
        finding = kind(
            region=region.code,
            period=next(cell.period for cell in result.rows(Cell)),
            table=row.table,
            table_industries=(row.code,),
            account_measure=row.measure,
            narrows=round(row.narrows, 1),
            next_narrows=next((round(other.narrows, 1) for other in missing[1:2]), None),
        )
        yield Sentence(finding, row.narrows / 100)
