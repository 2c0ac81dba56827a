"""What accounts have for the brief: figures that cannot all hold, and the one that tells most."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.labels import parse_period
from songhua.region import Region
from songhua.results import Result, read_rows
from songhua.studies.accounts.rows import MissingFigure
from songhua.studies.brief.said import Said


def said(result: Result, region: Region) -> Iterator[Said]:
    """The contradictions of print, and the figure that would narrow most.

    >>> list(said(Result("accounts", {}), Region.of("here")))
    []
    """
    del region
    tables = result.tables
    if "contradictions" in tables:
        rows = tables["contradictions"]
        rows = rows[rows["stage"] == "print"]
        for _, members in list(rows.groupby("set"))[:1]:
            first = members.iloc[0]
            period = str(first["period"])
            params = {
                "n": int(rows["set"].nunique()),
                "members": len(members),
                "indicator": str(first["indicator"]),
                "industry": str(first["industry"]),
                "period": period,
            }
            ids = tuple(dict.fromkeys(" ".join(members["observations"]).split()))
            yield Said(
                "worry",
                "brief_accounts_contradiction",
                params,
                "accounts_contradiction",
                0.5,
                when=parse_period(period).end if period else None,
                section="accounts",
                observations=ids,
            )
    if "missing_figures" in tables:
        for row in read_rows(tables["missing_figures"], MissingFigure)[:1]:
            params = {
                "table": row.table,
                "table_industries": [row.code],
                "account_measure": row.measure,
                "narrows": round(row.narrows, 1),
            }
            yield Said(
                "step",
                "brief_missing_figure",
                params,
                "missing_figure",
                row.narrows / 100,
                section="accounts",
            )
