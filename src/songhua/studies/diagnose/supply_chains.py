"""Supply chains: an industry's suppliers and buyers to three rounds, and its gaps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, cast

import numpy as np
import pandas as pd

from songhua.maths.input_output import allocation_coefficients, technical_coefficients
from songhua.maths.interindustry import InputOutputTable
from songhua.results import Finding, table
from songhua.results.columns import IndustryId, choice, label, number
from songhua.studies.diagnose.comparison_finding_kinds import ChainGaps
from songhua.studies.diagnose.linkages import case_industries, preferred_tables
from songhua.studies.series import Figures

ROUNDS = 3
WIDEST = (6, 4, 3)  # how many suppliers or buyers a round shows
GAP = 25.0  # percent of a supply that is imported, from which on it counts as a gap
LEAST = 0.1  # of 100 units of the industry's output: what is smaller is not shown
WORTH = 0.5  # the same for a gap, which is shown however many are larger


@dataclass(frozen=True, slots=True)
class ChainFlow:
    """A row of `supply_chains`: a flow between two industries in one round of a chain.

    `flow` and `of_round`, all of that supply in the round, are per 100 units of the industry's
    output; `imported` is in percent of `of_round`.
    """

    table: Annotated[str, label("tables")] = ""
    industry: IndustryId = ""
    members_in_part: bool = False
    direction: Annotated[str, choice("chain_direction")] = ""
    round: int = 0
    origin: Annotated[str, label("table_industries", within="table")] = ""
    destination: Annotated[str, label("table_industries", within="table")] = ""
    flow: Annotated[float, number(decimals=2)] = math.nan
    of_round: Annotated[float, number(decimals=2)] = math.nan
    imported: Annotated[float, number(unit="%", decimals=0)] = math.nan
    gap: bool = False


def supply_chains(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `supply_chains`, for every industry of the plan that the table has.

    A row is a flow between two industries in a round: what 100 units of the plan's industry ask of
    a supplier (upstream, by the coefficients of purchases) or where 100 units of its output go
    (downstream, by the shares of sales). Rounds add up to what the Leontief and Ghosh inverses
    hold; only the largest flows of each round are rows.

    >>> from songhua.studies.diagnose import town
    >>> rows = supply_chains(town.figures())[0]["supply_chains"]
    >>> first = rows[(rows["direction"] == "upstream") & (rows["round"] == 1)]
    >>> first[["industry", "destination", "flow"]].values.tolist()
    [['food', 'tools', 30.0], ['food', 'food', 10.0]]
    """
    rows: list[ChainFlow] = []
    for id, io_table in preferred_tables(figures.region).items():
        members = case_industries(io_table)
        wanted = list(figures.plan.roles()) if figures.plan else list(members)
        for industry in wanted:
            if industry in members:
                rows += chain(id, io_table, industry, members[industry])
    return {"supply_chains": table("diagnose", "supply_chains", rows)}, list(_gaps(rows))


def chain(
    id: str, table: InputOutputTable, industry: str, members: Mapping[str, str]
) -> Iterator[ChainFlow]:
    """Both directions of one industry, whose members are industries of the table.

    Those that lie wholly within it are taken alone, where there are any.

    >>> from songhua.studies.diagnose import town
    >>> rows = chain("home", town.table(), "food", {"food": "whole"})
    >>> [(row.round, row.origin, row.destination, row.flow) for row in rows][:3]
    [(1, '', 'tools', 30.0), (1, '', 'food', 10.0), (2, 'tools', 'food', 7.5)]
    """
    whole = [code for code, how in members.items() if how == "whole"]
    start = table.x.where(table.x.index.isin(whole or list(members)), 0.0)
    if not start.sum() > 0:
        return
    start = start / start.sum() * 100
    head = ChainFlow(id, industry, not whole)
    A = technical_coefficients(table.Z, table.x).fillna(0.0)
    B = allocation_coefficients(table.Z, table.x).fillna(0.0)
    imported = None
    if table.Z_imported is not None:
        imported = (table.Z_imported / table.x.where(table.x > 0)).fillna(0.0)
    yield from _rounds(
        replace(head, direction="upstream"), A, start, imported, table.imports_inside
    )
    yield from _rounds(
        replace(head, direction="downstream"), B.T, start, None, table.imports_inside
    )


def _rounds(
    head: ChainFlow,
    home: pd.DataFrame,
    start: pd.Series,
    abroad: pd.DataFrame | None,
    imports_inside: bool,
) -> Iterator[ChainFlow]:
    """The largest flows of each round, gaps always among them: from a need to its suppliers.

    Imports are part of a round, and need no further inputs in the next round.
    """
    foreign = home * 0.0 if abroad is None else abroad
    inputs = home if imports_inside else home + foreign
    need, sources = start, {"": start}
    for n in range(ROUNDS):
        total = inputs @ need
        share = (foreign @ need) / total.where(total > 0) * 100
        codes = _largest(total, share, n)
        for code in codes:
            imported = float(share[code])
            for origin, flow in _origins(cast("pd.Series", inputs.loc[code]), sources):
                yield replace(
                    head,
                    round=n + 1,
                    origin=origin,
                    destination=code,
                    flow=flow,
                    of_round=float(total[code]),
                    gap=imported >= GAP,
                    imported=math.nan if abroad is None else imported,
                )
        need = home @ need
        sources = {code: need.where(need.index == code, 0.0) for code in codes}


def _largest(total: pd.Series, share: pd.Series, n: int) -> list[str]:
    """The industries that a round shows, the largest first; in the first one all gaps too."""
    gaps = (share >= GAP) & (total >= WORTH)
    largest = total[total >= LEAST].nlargest(WIDEST[n]).index
    selected = total[total.index.isin(largest) | (gaps if n == 0 else False)]
    return [str(code) for code in selected.sort_values()[::-1].index]


def _origins(row: pd.Series, sources: Mapping[str, pd.Series]) -> Iterator[tuple[str, float]]:
    """The industries that a flow comes from, of those shown in the round before; no small ones."""
    for origin, need in sources.items():
        flow = float(np.dot(row.to_numpy(), need.to_numpy()))
        if flow >= LEAST:
            yield origin, flow


def _gaps(rows: Sequence[ChainFlow]) -> Iterator[Finding]:
    """Gaps of the first round: purchases of an industry that are imported to a large part."""
    first = [row for row in rows if row.direction == "upstream" and row.round == 1 and row.gap]
    for id, industry in dict.fromkeys((row.table, row.industry) for row in first):
        gaps = [row for row in first if (row.table, row.industry) == (id, industry)]
        worst = sorted(gaps, key=lambda row: row.imported, reverse=True)[:3]
        names = tuple(row.destination for row in worst)
        yield ChainGaps(table=id, industry=industry, gap=GAP, table_industries=names)
