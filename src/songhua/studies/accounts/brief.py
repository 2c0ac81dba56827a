"""Sentences of accounts for the brief: contradictions of print, and what narrows most."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.labels import parse_period
from songhua.region import Region
from songhua.results import Result, read_rows
from songhua.studies.accounts.finding_kinds import (
    BriefAccountsContradiction,
    BriefMissingFigure,
)
from songhua.studies.accounts.rows import MissingFigure
from songhua.studies.brief.sentence import Sentence


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """The contradictions of print, and the figure that would narrow most.

    >>> list(sentences(Result("accounts", {}), Region.of("here")))
    []
    """
    del region
    tables = result.tables
    if "contradictions" in tables:
        rows = tables["contradictions"]
        rows = rows[rows["stage"] == "print"]
        for _, members in list(rows.groupby("set"))[:1]:
            first = members.iloc[0]
            period = parse_period(text) if (text := str(first["period"])) else None
            finding = BriefAccountsContradiction(
                n=int(rows["set"].nunique()),
                members=len(members),
                indicator=str(first["indicator"]),
                industry=str(first["industry"]),
                period=period,
                observations=tuple(dict.fromkeys(" ".join(members["observations"]).split())),
            )
            yield Sentence(finding, 0.5, when=period.end if period else None)
    if "missing_figures" in tables:
        for row in read_rows(tables["missing_figures"], MissingFigure)[:1]:
            finding = BriefMissingFigure(
                table=row.table,
                table_industries=(row.code,),
                account_measure=row.measure,
                narrows=round(row.narrows, 1),
            )
            yield Sentence(finding, row.narrows / 100)
