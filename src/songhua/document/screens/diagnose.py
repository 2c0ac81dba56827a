"""The diagnosis on a terminal: the system by role, contributions to growth, findings."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.tables import Made, records, table
from songhua.format.cells import Row
from songhua.format.numbers import number
from songhua.format.view import View


@screen("diagnose")
@screen("diagnose", brief=True)
def diagnosis(view: View) -> Iterator[Block]:
    """The system, the contributions to growth, and every finding."""
    plan = f" · {view.plan.name[view.lang]}" if view.plan else ""
    yield Heading(1, f"{view.region.name[view.lang]}{plan}")
    rows = view.region.observations
    yield Paragraph(view.word("rests_on", n=len(rows), sources=rows["source"].nunique()))
    yield from _system(view)
    yield from _contributions(view)
    yield from findings(view, "diagnose", view.word("title_findings"))


def _system(view: View) -> Iterator[Block]:
    """A row an industry and measure, by role; industries without a figure in one line."""
    measure = Made[Row](view.word("head_measure"), lambda row: _measured(view, row))
    for role, group in view.table("diagnose", "system").groupby("role", sort=False):
        sized = group[group["state"] != "missing"]
        yield Heading(1, view.choice("roles", str(role)))
        if len(sized):
            columns = ("industry", "value", measure, "growth", "grade")
            yield table(view, "diagnose", "system", columns, sized)
        missing = group.loc[group["state"] == "missing", "industry"]
        if len(missing):
            names = view.join(view.name("industries", id) for id in missing)
            yield Paragraph(f"{view.word('no_size')}{names}")


def _measured(view: View, row: Row) -> str:
    return view.say("comma").join(
        [view.choice("measure", row["measure"]), view.period(row["period"])]
    )


def _contributions(view: View) -> Iterator[Block]:
    """What contributed to each total's growth: points and their rounding bound, the sum last."""
    frame = view.table("diagnose", "growth_contributions")
    if len(frame):
        yield Heading(1, view.word("title_contributions"))
    keys = ["indicator", "region", "period", "method"]
    for (indicator, region, period, method), group in frame.groupby(keys, sort=False):
        place = [] if region == view.region.code else [view.name("places", str(region))]
        parts = [view.name("indicators", str(indicator)), *place, view.period(str(period))]
        how = view.choice("method", str(method))
        yield Paragraph(f"{view.say('comma').join(parts)} ({how})")
        yield Points([_contribution(view, row) for row in records(group)], kind="plain")


def _contribution(view: View, row: Row) -> str:
    what = view.word("sum_of_parts") if row["verdict"] else view.name("industries", row["industry"])
    ends = f"({row['low']:.2f} … {row['high']:.2f})"
    text = f"{row['contribution_pp']:+.2f}  {ends}  {what}"
    if row["verdict"]:
        text += view.word("against_published", growth=number(row["growth"], view.lang))
    return text
