"""The diagnosis on a terminal: the system by role, contributions to growth, findings."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.sections.growth import contributor
from songhua.document.tables import Made, table
from songhua.format.view import View
from songhua.labels import Period
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.system import IndustrySize


@screen("diagnose")
@screen("diagnose", brief=True)
def diagnosis(view: View) -> Iterator[Block]:
    """The system, the contributions to growth, and every finding."""
    plan = f" · {view.plan.name(view.lang)}" if view.plan else ""
    yield Heading(1, f"{view.region.name(view.lang)}{plan}")
    rows = view.region.figures.observations
    sources = len(rows.distinct("source"))
    yield Paragraph(view.word("rests_on", n=len(rows), sources=sources))
    yield from _system(view)
    yield from _contributions(view)
    yield from findings(view, "diagnose", view.word("title_findings"))


def _system(view: View) -> Iterator[Block]:
    """A row an industry and measure, by role; industries without a figure in one line."""
    measure = Made[IndustrySize](view.word("head_measure"), lambda row: _measured(view, row))
    roles: dict[str, list[IndustrySize]] = {}
    for row in view.rows("diagnose", "system", IndustrySize):
        roles.setdefault(row.role, []).append(row)
    for role, group in roles.items():
        yield Heading(1, view.choice("roles", role))
        if sized := [row for row in group if row.state != "missing"]:
            columns = ("industry", "value", measure, "growth", "grade")
            yield table(view, "diagnose", "system", columns, sized)
        if missing := [row.industry for row in group if row.state == "missing"]:
            names = view.join(view.name("industries", id) for id in missing)
            yield Paragraph(f"{view.word('no_size')}{names}")


def _measured(view: View, row: IndustrySize) -> str:
    return view.written.comma.join([view.choice("measure", row.measure), view.period(row.period)])


def _contributions(view: View) -> Iterator[Block]:
    """What contributed to each total's growth: points and their rounding bound, the sum last."""
    totals: dict[tuple[str, str, Period, str], list[Contribution]] = {}
    for row in view.rows("diagnose", "growth_contributions", Contribution):
        key = (row.indicator, row.region, row.period, row.method)
        totals.setdefault(key, []).append(row)
    if totals:
        yield Heading(1, view.word("title_contributions"))
    for (indicator, region, period, method), group in totals.items():
        place = [] if region == view.region.code else [view.name("places", region)]
        parts = [view.name("indicators", indicator), *place, view.period(period)]
        said = view.written.bracketed(view.choice("method", method))
        yield Paragraph(f"{view.written.comma.join(parts)}{said}")
        yield Points([_contribution(view, row) for row in group], kind="plain")


def _contribution(view: View, row: Contribution) -> str:
    what, points = contributor(view, row), row.contribution_pp
    low, high = (view.number(end, 2) for end in (points.low, points.high))
    text = f"{view.signed(points.value, 2)}  ({low} … {high})  {what}"
    if row.verdict:
        text += view.word("against_published", growth=view.number(row.growth))
    return text
