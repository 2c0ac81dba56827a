"""Chains and linkages, from the input-output table of the larger area."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.document.charts import chains as charts
from songhua.document.report.tables import laid
from songhua.format.numbers import known
from songhua.format.view import Table, View


def chains(view: View) -> dict[str, Any]:
    """The linkages of the first table, a chain for each industry of the plan, and the tables."""
    rows = view.table("diagnose", "linkages")
    flows = view.table("diagnose", "supply_chains")
    first = rows[rows["table"] == (rows["table"].iloc[0] if len(rows) else "")]
    drawn = [
        {
            "title": view.say("chart_chain", industry=view.name("industries", industry)),
            "note": view.say("in_part") if group["members_in_part"].any() else "",
            "chart": charts.chain(view, group, str(at)),
        }
        for at, (industry, group) in enumerate(_grouped(flows))
    ]
    return {
        "linkages": charts.linkages(view, first),
        "chains": [one for one in drawn if one["chart"]],
        "tables": [_linkages(view, rows), _chains(view, flows)],
    }


def any_chains(view: View) -> bool:
    """Whether there is an input-output table."""
    return len(view.table("diagnose", "linkages")) > 0


def _grouped(flows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The flows of each industry in its first table, in the order of the plan."""
    found: dict[str, pd.DataFrame] = {}
    for (_, industry), group in flows.groupby(["table", "industry"], sort=False):
        found.setdefault(str(industry), group)
    return list(found.items())


def _linkages(view: View, rows: pd.DataFrame) -> Table:
    def row(r: Any) -> list[str]:
        digital = f"{r.digital_low:.1f}–{r.digital_high:.1f}%" if known(r.digital_low) else "–"
        return [
            view.name("table_industries", r.code, r.table), view.name("tables", r.table),
            view.name("industries", r.industry), f"{r.output_share:.1f}%",
            f"{r.backward:.2f}", f"{r.forward:.2f}", view.choice("linkage", r.kind),
            f"{r.multiplier:.2f}", f"{r.imported:.1f}%" if known(r.imported) else "–", digital,
        ]  # fmt: skip

    heads = ("table_industry", "table", "industry", "output_share", "backward", "forward",
             "linkage", "multiplier", "imported", "digital")  # fmt: skip
    return laid(view, "diagnose", "linkages", heads, row, (3, 4, 5, 7, 8, 9), rows)


def _chains(view: View, rows: pd.DataFrame) -> Table:
    def row(r: Any) -> list[str]:
        origin = view.name("table_industries", r.origin, r.table)
        return [
            view.name("industries", r.industry), view.choice("chain_direction", r.direction),
            str(r.round), origin or view.name("industries", r.industry),
            view.name("table_industries", r.destination, r.table), f"{r.flow:.2f}",
            f"{r.imported:.0f}%" if known(r.imported) else "–", "!" if r.gap else "",
        ]  # fmt: skip

    heads = ("industry", "direction", "round", "from", "to", "flow", "imported", "gap")
    return laid(view, "diagnose", "supply_chains", heads, row, (2, 5, 6), rows)
