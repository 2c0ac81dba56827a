"""Chains and linkages, from the input-output table of the larger area."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from songhua.document.blocks import Block, Figure, Fold, Paragraph
from songhua.document.charts import chains as charts
from songhua.document.sections import section
from songhua.document.tables import Made, table
from songhua.format.cells import Row
from songhua.format.numbers import known
from songhua.format.view import DASH, View


@section("chains", 80)
def chains(view: View) -> Iterator[Block]:
    """The linkages of the first table, a chain for each industry of the plan, and the tables."""
    rows, flows = (view.table("diagnose", name) for name in ("linkages", "supply_chains"))
    if rows.empty:
        return
    yield Paragraph(view.say("chains_lede"), "lede")
    first = rows[rows["table"] == rows["table"].iloc[0]]
    yield Figure(view.say("chart_linkages"), charts.linkages(view, first))
    yield from _drawn(view, flows)
    digital = Made[Row](view.heading("digital")[0], _digital, numeric=True)
    yield table(view, "diagnose", "linkages", (
        "code", "table", "industry", "output_share", "backward", "forward", "kind", "multiplier",
        "imported", digital,
    ), rows)  # fmt: skip
    if len(flows):
        origin = Made[Row](view.heading("from")[0], lambda row: _origin(view, row))
        yield table(view, "diagnose", "supply_chains", (
            "industry", "direction", "round", origin, "destination", "flow", "imported", "gap",
        ), flows)  # fmt: skip


def _drawn(view: View, flows: pd.DataFrame) -> Iterator[Block]:
    """A chart of each industry's chain, the first one open."""
    opened = True
    for at, (industry, group) in enumerate(_grouped(flows)):
        svg = charts.chain(view, group, str(at))
        if svg:
            title = view.say("chart_chain", industry=view.name("industries", industry))
            part = f" {view.say('in_part')}" if group["members_in_part"].any() else ""
            legend = f"{view.say('chain_legend')}{part}"
            yield Fold(title, [Figure(title, svg, legend)], open=opened)
            opened = False


def _grouped(flows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The flows of each industry in its first table, in the order of the plan."""
    found: dict[str, pd.DataFrame] = {}
    for (_, industry), group in flows.groupby(["table", "industry"], sort=False):
        found.setdefault(str(industry), group)
    return list(found.items())


def _digital(row: Row) -> str:
    """The least and most that inputs of digital industries may be."""
    low, high = row["digital_low"], row["digital_high"]
    return f"{low:.1f}–{high:.1f}%" if known(low) else DASH


def _origin(view: View, row: Row) -> str:
    """The industry of the table that supplies; the plan's industry where it is itself."""
    origin = view.name("table_industries", row["origin"], row["table"])
    return origin or view.name("industries", row["industry"])
