"""The chain of an industry of the plan: its suppliers and buyers to three rounds, and its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.interindustry import InputOutputTable
from songhua.maths.input_output import allocation_coefficients, technical_coefficients
from songhua.results import Finding, table
from songhua.studies.diagnose.linkages import chosen, planned
from songhua.studies.series import Figures

ROUNDS = 3
WIDEST = (6, 4, 3)  # how many suppliers or buyers a round shows
GAP = 25.0  # percent of a supply that is imported, from which on it counts as a gap
LEAST = 0.1  # of 100 units of the industry's output: what is smaller is not shown
WORTH = 0.5  # the same for a gap, which is shown however many are larger


def supply_chains(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `chains`, for every industry of the plan that the input-output table has.

    A row is a flow between two industries in a round: what 100 units of the plan's industry ask of
    a supplier (upstream, by the coefficients of purchases) or where 100 units of its output go
    (downstream, by the shares of sales). Rounds add up to what the Leontief and Ghosh inverses
    hold; only the largest flows of each round are rows.
    """
    rows: list[dict[str, Any]] = []
    for id, one in chosen(facts.region).items():
        own = planned(one)
        wanted = list(facts.plan.roles()) if facts.plan else list(own)
        for industry in wanted:
            if industry in own:
                rows += _chain(id, one, industry, own[industry])
    made = table("diagnose", "supply_chains", rows)
    return {"supply_chains": made}, list(_findings(made))


def _chain(
    id: str, one: InputOutputTable, industry: str, codes: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Both directions of one industry."""
    whole = [code for code, how in codes.items() if how == "whole"]
    members = whole or list(codes)
    start = one.x.where(one.x.index.isin(members), 0.0)
    if not start.sum() > 0:
        return
    start = start / start.sum() * 100
    head = {"table": id, "industry": industry, "members_in_part": not whole}
    A = technical_coefficients(one.Z, one.x).fillna(0.0)
    imported = None if one.Z_imported is None else _coefficients(one.Z_imported, one.x)
    B = allocation_coefficients(one.Z, one.x).fillna(0.0)
    for direction, matrix in (("upstream", A), ("downstream", B.T)):
        abroad = imported if direction == "upstream" else None
        for row in _rounds(matrix, start, abroad, one.imports_inside):
            yield head | {"direction": direction, **row}


def _coefficients(flows: pd.DataFrame, x: pd.Series) -> pd.DataFrame:
    return (flows / x.where(x > 0)).fillna(0.0)


def _rounds(
    home: pd.DataFrame, start: pd.Series, abroad: pd.DataFrame | None, inside: bool
) -> Iterator[dict[str, Any]]:
    """The largest flows of each round, gaps always among them: from a need to who meets it.

    What is imported is part of a round, and asks for nothing more in the next one.
    """
    foreign = home * 0.0 if abroad is None else abroad
    every = home if inside else home + foreign
    need, sources = start, {"": start}
    for n in range(ROUNDS):
        total = every @ need
        share = (foreign @ need) / total.where(total > 0) * 100
        gaps = (share >= GAP) & (total >= WORTH)
        largest = total[total >= LEAST].nlargest(WIDEST[n]).index
        shown = total[total.index.isin(largest) | (gaps if n == 0 else False)].sort_values()[::-1]
        for to in shown.index:
            for origin, flow in _origins(every.loc[to], sources):
                yield {
                    "round": n + 1,
                    "origin": origin,
                    "destination": str(to),
                    "flow": flow,
                    "of_round": float(total[to]),
                    "imported": float(share[to]) if abroad is not None else np.nan,
                    "gap": bool(share[to] >= GAP),
                }
        need = home @ need
        sources = {str(to): need.where(need.index == to, 0.0) for to in shown.index}


def _origins(row: pd.Series, sources: dict[str, pd.Series]) -> Iterator[tuple[str, float]]:
    """From whom the flow comes that is shown in the round before, the small ones left out."""
    for origin, need in sources.items():
        flow = float(np.dot(row.to_numpy(), need.to_numpy()))
        if flow >= LEAST:
            yield origin, flow


def _findings(rows: pd.DataFrame) -> Iterator[Finding]:
    """Gaps of the first round: what an industry buys there that is imported to a large part."""
    first = rows[(rows["direction"] == "upstream") & (rows["round"] == 1) & rows["gap"]]
    for (id, industry), group in first.groupby(["table", "industry"], sort=False):
        params = {"table": id, "industry": industry, "gap": GAP}
        worst = group.sort_values("imported", ascending=False)
        yield Finding(
            "chain_gaps", params | {"table_industries": worst["destination"].head(3).tolist()}
        )
