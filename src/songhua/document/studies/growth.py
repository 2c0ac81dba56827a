"""Growth: charts and tables of growth, contributions, changes, turns and expectations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from songhua.document.blocks import Block, Figure, Heading, Paragraph, Points
from songhua.document.charts import contributions as contribution_charts
from songhua.document.charts import growth as charts
from songhua.document.studies import all_findings, listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, table
from songhua.format.numbers import known
from songhua.format.text import Text
from songhua.format.view import View
from songhua.labels import Period
from songhua.region import SETTLED
from songhua.studies.diagnose.availability import BestFigure
from songhua.studies.diagnose.expectations import ExpectedFigure
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.level_contributions import CONSTANT, CURRENT

BLOCKS = listing("growth", 120, "diagnose")


@BLOCKS("full")
def growth(view: View) -> Iterator[Block]:
    """Both charts with their tables, then the others."""
    rows, say = economy(view), view.say
    yield Paragraph(say("growth_intro"), "lede")
    title = view.name("indicators", rows[0].indicator) if rows else ""
    chart = charts.growth(view, rows)
    desc = say("chart_growth_desc", region=view.region.name(view.lang))
    yield Figure(title, chart, desc)
    sums, parts = base_contributions(view)
    if sums is not None:
        covers = view.choice("covers", "bound") + view.written.stop
        note = f"{view.choice('estimate', 'bound')}{view.written.colon}{covers}"
        drawn = contribution_charts.contributions(view, parts, sums)
        yield Figure(view.title("diagnose", "growth_contributions"), drawn, note)
        over = contribution_charts.over_years(view, yearly_contributions(view, sums))
        yield Figure(say("chart_contributions_over"), over, say("contributions_over_note"))
    yield from section_findings(view, "growth")
    if rows:
        kind = TextColumn[BestFigure](
            view.heading("kind")[0], lambda row: view.choice("period_kind", row.period.kind)
        )
        yield table(
            view, "diagnose", "figures", ("period", kind, "value", "observation", "grade"), rows,
            title=title, fold="closed" if chart else "open",
        )  # fmt: skip
    yield from _tables(view)


def _tables(view: View) -> Iterator[Block]:
    """Contributions, changes, turns, expectations, single periods."""
    place = ("indicator", "region", "industry")
    industry = TextColumn[Contribution](
        view.heading("industry")[0], lambda row: contributor(view, row)
    )
    method = TextColumn[Contribution](view.heading("method")[0], lambda row: _method(view, row))
    entity = TextColumn[ExpectedFigure](view.heading("of_it")[0], lambda row: _of(view, row))
    expected = TextColumn[ExpectedFigure](
        view.heading("expected")[0], lambda row: _expected(view, row), numeric=True
    )
    yield table(view, "diagnose", "growth_contributions", (
        "indicator", "region", "period", industry, "share", "growth", "contribution_pp",
        "share_of_growth", "residual", method, "observations",
    ), view.rows("diagnose", "growth_contributions", Contribution), kind="wide")  # fmt: skip
    yield table(view, "diagnose", "changes", (
        *place, "period", "value", "published", "basis", "observations",
    ))  # fmt: skip
    yield table(view, "diagnose", "turning_points", (
        *place, "before", "before_value", "after", "after_value", "certain", "observations",
    ))  # fmt: skip
    yield table(view, "diagnose", "unseen_periods", (
        *place, "period", "whole", "seen", "growth", "weight", "basis", "low", "high",
        "turns_above", "observations",
    ))  # fmt: skip
    yield table(view, "diagnose", "expectations", (
        "indicator", "region", entity, "period", "kind", expected, "actual", "outcome",
        "observations",
    ), view.rows("diagnose", "expectations", ExpectedFigure))  # fmt: skip
    yield table(view, "diagnose", "single_periods", (
        *place, "period", "value", "published", "observations",
    ))  # fmt: skip


def economy(view: View) -> list[BestFigure]:
    """Published real growth of the whole region: the indicator with the most periods."""
    real = view.region.relations.real_growth()
    rows = [
        row for row in view.rows("diagnose", "figures", BestFigure)
        if row.indicator in real and row.region == view.region.code and row.industry == "all"
        and not (row.entity or row.vintage or row.scope) and row.kind in SETTLED
    ]  # fmt: skip
    counts = Counter(row.indicator for row in rows)
    return [row for row in rows if row.indicator == counts.most_common(1)[0][0]]


def base_contributions(view: View) -> tuple[Contribution | None, list[Contribution]]:
    """The sum and the parts of the contributions in the base year, or the latest that has them."""
    rows = view.rows("diagnose", "growth_contributions", Contribution)
    sums = [row for row in rows if row.verdict and row.region == view.region.code]
    sums = [row for row in sums if row.method != CURRENT]  # the chart is of real growth
    if not sums:
        return None, []
    base = str(view.plan.base_year if view.plan else view.region.base_year or "")
    total = ([row for row in sums if str(row.period) == base] or sums)[-1]
    return total, [row for row in rows if not row.verdict and _same(row, total)]


def yearly_contributions(
    view: View, like: Contribution
) -> list[tuple[Contribution, list[Contribution]]]:
    """The sums and the parts of every period of one kind, of the growth that `like` is about."""
    rows = [
        row for row in view.rows("diagnose", "growth_contributions", Contribution)
        if row.period.kind == like.period.kind and _same(replace(row, period=like.period), like)
    ]  # fmt: skip
    sums = sorted((row for row in rows if row.verdict), key=lambda row: row.period)
    return [
        (total, [row for row in rows if not row.verdict and row.period == total.period])
        for total in sums
    ]


def _same(row: Contribution, total: Contribution) -> bool:
    """True for a row about the same growth by the same method."""
    return all(
        getattr(row, name) == getattr(total, name)
        for name in ("indicator", "region", "period", "method")
    )


def contributor(view: View, row: Contribution) -> str:
    """The contributor of a row: an entity, an industry in its coverage, or the sum."""
    if row.verdict:
        return view.say("sum_of_parts")
    name = view.name("entities", row.entity) or view.name("industries", row.industry)
    return name + view.written.bracketed(view.name("tags", row.scope)) if row.scope else name


def _method(view: View, row: Contribution) -> str:
    """The method of a contribution; of a sum its agreement with what is published."""
    if row.verdict:
        return view.choice("contribution_verdict", row.verdict)
    return view.choice("method", row.method)


def _of(view: View, row: ExpectedFigure) -> str:
    return view.name("entities", row.entity) or view.name("industries", row.industry)


def _expected(view: View, row: ExpectedFigure) -> Text:
    """The number expected, with the word before it."""
    if not known(row.expected):
        return "–"
    return view.qualified(row.qualifier, view.show(row.expected, row.unit))


@BLOCKS("sentence", "short")
def contributions(view: View) -> Iterator[Block]:
    """Contributions to each total's growth: points and their bound, then findings."""
    totals: dict[tuple[str, str, Period, str], list[Contribution]] = {}
    for row in view.rows("diagnose", "growth_contributions", Contribution):
        key = (row.indicator, row.region, row.period, row.method)
        totals.setdefault(key, []).append(row)
    if totals:
        yield Heading(1, view.word("title_contributions"))
    for (indicator, region, period, method), group in totals.items():
        place = [] if region == view.region.code else [view.name("places", region)]
        parts = [view.name("indicators", indicator), *place, view.period(period)]
        by_method = view.written.bracketed(view.choice("method", method))
        yield Paragraph(f"{view.written.comma.join(parts)}{by_method}")
        yield Points([_contribution(view, row) for row in group], kind="plain")
    yield from all_findings(view, "diagnose", view.word("title_findings"))


def _contribution(view: View, row: Contribution) -> str:
    name, points = contributor(view, row), row.contribution_pp
    low, high = (view.number(end, 2) for end in (points.low, points.high))
    text = f"{view.signed(points.value, 2)}  ({low} … {high})  {name}"
    if row.verdict:
        of_levels = row.method in (CONSTANT, CURRENT)
        key = "against_levels" if of_levels else "against_published"
        text += view.word(key, growth=view.number(row.growth, 2 if of_levels else None))
    return text
