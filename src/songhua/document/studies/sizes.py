"""Sizes and shares: a chart for each measure, the published shares, and the tables of both."""

from __future__ import annotations

from collections.abc import Iterator

from songhua import results
from songhua.document.blocks import Block, Figure, Group, Heading, Paragraph
from songhua.document.charts import sizes as charts
from songhua.document.studies import listing, region_and_plan
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, table
from songhua.format.numbers import known
from songhua.format.view import DASH, View
from songhua.labels import Period
from songhua.studies.diagnose.official_groupings import GroupingMember, GroupingShare
from songhua.studies.diagnose.structure import IndustryShare
from songhua.studies.diagnose.system import IndustrySize
from songhua.wording.digits import dashed

BLOCKS = listing("sizes", 110, "diagnose")


@BLOCKS("full")
def sizes(view: View) -> Iterator[Block]:
    """Sizes by measure, then shares, sums and official groupings."""
    say = view.say
    drawn = charts.sizes(view, view.rows("diagnose", "system", IndustrySize))
    if len(drawn) > 1:
        yield Paragraph(say("adjust"), "lede")
    if drawn:
        yield Group(
            [
                Figure(say("chart_sizes", measure=view.choice("measure", measure)), chart)
                for measure, chart in drawn
            ],
            "pair",
        )
    yield table(
        view,
        "diagnose",
        "system",
        (
            "role",
            "industry",
            "measure",
            "period",
            "value",
            "growth",
            "growth_basis",
            "state",
            "observations",
            "grade",
        ),
    )
    yield Figure(view.title("diagnose", "structure"), charts.structure(view, published(view)))
    yield from section_findings(view, "sizes")
    yield table(
        view,
        "diagnose",
        "structure",
        ("indicator", "region", "period", "industry", "method", "value", "observations"),
    )
    yield table(
        view,
        "diagnose",
        "sums",
        (
            "indicator",
            "region",
            "period",
            "total",
            "parts",
            "residual",
            "bound",
            "verdict",
            "observations",
        ),
    )
    yield from _official(view)


def published(view: View) -> list[IndustryShare]:
    """Published shares of one level of the region: the level and parts with the most periods.

    Only periods in which two or more parts of one partition were published are drawn; a part
    that cuts the level in another way stays in the table alone.
    """
    catalogue = view.region.industries
    cuts: dict[tuple[str, str], dict[Period, list[IndustryShare]]] = {}
    for row in view.rows("diagnose", "structure", IndustryShare):
        cut = str(catalogue.get(row.industry, {}).get("partition", ""))
        if cut and row.method == "published" and row.region == view.region.code:
            cuts.setdefault((row.indicator, cut), {}).setdefault(row.period, []).append(row)
    drawn = {
        key: [rows for rows in periods.values() if len(rows) > 1]
        for key, periods in sorted(cuts.items())
    }
    fullest = max(drawn.values(), key=len, default=[])
    return [row for rows in fullest for row in rows]


def _official(view: View) -> Iterator[Block]:
    """Official groupings: their share of value added, and the plan's industries within them."""
    if shares := view.rows("diagnose", "groupings", GroupingShare):
        heading = view.heading("share_of_value_added")[0]
        share = TextColumn[GroupingShare](heading, lambda row: _share(view, row), numeric=True)
        columns = ("grouping", "region", "period", share, "whole", "partial", "unknown")
        yield table(view, "diagnose", "groupings", columns, shares)
    members = view.rows("diagnose", "grouping_members", GroupingMember)
    if rows := [row for row in members if row.inclusion != "none"]:
        columns = ("industry", "grouping", "inclusion", "codes")
        yield table(view, "diagnose", "grouping_members", columns, rows)


def _share(view: View, row: GroupingShare) -> str:
    """The least and most that a grouping may be; what lacks codes leaves the end open."""
    least, most = (view.show(round(end, 1), "%") for end in (row.share_low, row.share_high))
    return dashed(least, most) if known(row.share_high) else view.say("and_more", low=least)


@BLOCKS("sentence", "short")
def system(view: View) -> Iterator[Block]:
    """On how many figures all rests; a row an industry and measure, by role."""
    yield region_and_plan(view)
    rows = view.region.figures.observations
    sources = len(rows.distinct("source"))
    yield Paragraph(view.word("rests_on", n=len(rows), sources=sources))
    measure = TextColumn[IndustrySize](view.word("head_measure"), lambda row: _measured(view, row))
    heading = results.tables("diagnose")["system"].column("growth").heading(view.lang)
    growth = TextColumn[IndustrySize](heading, lambda row: _grown(view, row), numeric=True)
    roles: dict[str, list[IndustrySize]] = {}
    for row in view.rows("diagnose", "system", IndustrySize):
        roles.setdefault(row.role, []).append(row)
    for role, group in roles.items():
        yield Heading(1, view.choice("roles", role))
        if sized := [row for row in group if row.state != "missing"]:
            columns = ("industry", "value", measure, growth, "grade")
            yield table(view, "diagnose", "system", columns, sized)
        if missing := [row.industry for row in group if row.state == "missing"]:
            names = view.join(view.name("industries", id) for id in missing)
            yield Paragraph(f"{view.word('no_size')}{names}")


def _grown(view: View, row: IndustrySize) -> str:
    """Published growth with its prices."""
    if not row.growth.known:
        return DASH
    prices = row.growth_basis and view.choice("growth_basis", row.growth_basis)
    return view.show(row.growth, "%") + (view.written.bracketed(prices) if prices else "")


def _measured(view: View, row: IndustrySize) -> str:
    return view.written.comma.join([view.choice("measure", row.measure), view.period(row.period)])
