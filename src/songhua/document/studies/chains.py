"""Chains and linkages, from the input-output table of the larger area."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import chains as charts
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, table
from songhua.format.numbers import known
from songhua.format.view import DASH, View
from songhua.studies.diagnose.linkages import Linkage
from songhua.studies.diagnose.supply_chains import ChainFlow
from songhua.wording.digits import dashed

BLOCKS = listing("chains", 140, "diagnose")


@BLOCKS("full")
def chains(view: View) -> Iterator[Block]:
    """The linkages of the first table, and the tables; chains stand with their industries."""
    rows = view.rows("diagnose", "linkages", Linkage)
    flows = view.rows("diagnose", "supply_chains", ChainFlow)
    if not rows:
        return
    yield Paragraph(view.say("chains_lede"), "lede")
    first = [row for row in rows if row.table == rows[0].table]
    yield Figure(view.say("chart_linkages"), charts.linkages(view, first))
    yield from section_findings(view, "chains")
    digital = TextColumn[Linkage](
        view.heading("digital")[0], lambda row: _digital(view, row), numeric=True
    )
    yield table(
        view,
        "diagnose",
        "linkages",
        (
            "code",
            "table",
            "industry",
            "output_share",
            "backward",
            "forward",
            "kind",
            "multiplier",
            "imported",
            digital,
        ),
        rows,
    )
    if flows:
        origin = TextColumn[ChainFlow](view.heading("from")[0], lambda row: _origin(view, row))
        yield table(
            view,
            "diagnose",
            "supply_chains",
            ("industry", "direction", "round", origin, "destination", "flow", "imported", "gap"),
            flows,
        )


def _digital(view: View, row: Linkage) -> str:
    """The least and most that inputs of digital industries may be."""
    if not known(row.digital_low):
        return DASH
    return dashed(view.number(row.digital_low, 1), view.number(row.digital_high, 1)) + "%"


def _origin(view: View, row: ChainFlow) -> str:
    """The industry of the table that supplies; the plan's industry where it is itself."""
    origin = view.name("table_industries", row.origin, row.table)
    return origin or view.name("industries", row.industry)
