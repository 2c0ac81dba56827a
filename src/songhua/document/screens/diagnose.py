"""The diagnosis on a terminal: the system by role, contributions to growth, findings."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.sections.growth import contributor
from songhua.document.tables import Made, table
from songhua.format.cells import Row
from songhua.format.view import View
from songhua.studies.diagnose.growth_contributions import Contribution


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
    groups: dict[tuple[str, ...], list[Contribution]] = {}
    for row in view.rows("diagnose", "growth_contributions", Contribution):
        key = (row.indicator, row.region, str(row.period), row.method)
        groups.setdefault(key, []).append(row)
    if groups:
        yield Heading(1, view.word("title_contributions"))
    for (indicator, region, period, method), rows in groups.items():
        place = [] if region == view.region.code else [view.name("places", region)]
        parts = [view.name("indicators", indicator), *place, view.period(period)]
        how = view.choice("method", method)
        yield Paragraph(f"{view.say('comma').join(parts)} ({how})")
        yield Points([_contribution(view, row) for row in rows], kind="plain")


def _contribution(view: View, row: Contribution) -> str:
    text = f"{row.contribution_pp:+.2f}  ({row.low:.2f} … {row.high:.2f})  "
    text += contributor(view, row)
    if row.verdict:
        text += view.word("against_published", growth=f"{row.growth:g}")
    return text
