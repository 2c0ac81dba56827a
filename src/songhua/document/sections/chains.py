"""Chains and linkages, from the input-output table of the larger area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from songhua.document.blocks import Block, Figure, Fold, Paragraph
from songhua.document.charts import chains as charts
from songhua.document.sections import section
from songhua.document.tables import Made, table
from songhua.format.numbers import known
from songhua.format.view import DASH, View
from songhua.studies.diagnose.linkages import Linkage
from songhua.studies.diagnose.supply_chains import ChainFlow


@section("chains", 80)
def chains(view: View) -> Iterator[Block]:
    """The linkages of the first table, a chain for each industry of the plan, and the tables."""
    rows = view.rows("diagnose", "linkages", Linkage)
    flows = view.rows("diagnose", "supply_chains", ChainFlow)
    if not rows:
        return
    yield Paragraph(view.say("chains_lede"), "lede")
    first = [row for row in rows if row.table == rows[0].table]
    yield Figure(view.say("chart_linkages"), charts.linkages(view, first))
    yield from _drawn(view, flows)
    digital = Made[Linkage](
        view.heading("digital")[0], lambda row: _digital(view, row), numeric=True
    )
    yield table(view, "diagnose", "linkages", (
        "code", "table", "industry", "output_share", "backward", "forward", "kind", "multiplier",
        "imported", digital,
    ), rows)  # fmt: skip
    if flows:
        origin = Made[ChainFlow](view.heading("from")[0], lambda row: _origin(view, row))
        yield table(view, "diagnose", "supply_chains", (
            "industry", "direction", "round", origin, "destination", "flow", "imported", "gap",
        ), flows)  # fmt: skip


def _drawn(view: View, flows: Sequence[ChainFlow]) -> Iterator[Block]:
    """A chart of each industry's chain, the first one open."""
    opened = True
    for at, (industry, group) in enumerate(_grouped(flows).items()):
        svg = charts.chain(view, group, str(at))
        if svg:
            title = view.say("chart_chain", industry=view.name("industries", industry))
            part = f" {view.say('in_part')}" if any(row.members_in_part for row in group) else ""
            legend = f"{view.say('chain_legend')}{part}"
            yield Fold(title, [Figure(title, svg, legend)], open=opened)
            opened = False


def _grouped(flows: Iterable[ChainFlow]) -> dict[str, list[ChainFlow]]:
    """The flows of each industry in its first table, in the order of the plan."""
    found: dict[str, list[ChainFlow]] = {}
    for row in flows:
        group = found.setdefault(row.industry, [])
        if not group or row.table == group[0].table:
            group.append(row)
    return found


def _digital(view: View, row: Linkage) -> str:
    """The least and most that inputs of digital industries may be."""
    if not known(row.digital_low):
        return DASH
    return f"{view.number(row.digital_low, 1)}–{view.number(row.digital_high, 1)}%"


def _origin(view: View, row: ChainFlow) -> str:
    """The industry of the table that supplies; the plan's industry where it is itself."""
    origin = view.name("table_industries", row.origin, row.table)
    return origin or view.name("industries", row.industry)
