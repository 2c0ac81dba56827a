"""The effects of the projects: headed by what is assumed, then fans, bars, flows and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from songhua import results
from songhua.document.blocks import Block, Chart, Figure, Heading, Paragraph, Points, Table
from songhua.document.charts import simulate as charts
from songhua.document.charts.flows import flow
from songhua.document.structure_record import structure_scores
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, grid, table
from songhua.format.numbers import number, spell
from songhua.format.text import Strong
from songhua.format.view import View
from songhua.results import Estimate
from songhua.studies.simulate.impact_findings import taken_off
from songhua.studies.simulate.rows import (
    BalanceImpact,
    Driver,
    IndustryImpact,
    TotalImpact,
    ValueAddedFlow,
    YearImpact,
)
from songhua.studies.simulate.structure_finding_kinds import (
    RegionalErrorArea,
    RegionalErrorLearnt,
    RegionalErrorNoArea,
    RegionalErrorSize,
    RegionalErrorUntested,
    SimulateDrivenByAccounts,
    SimulateDrivenByAssumption,
    SimulateFromJobs,
    SimulateNoAccounts,
)

BLOCKS = listing("simulate", 400)

T = TypeVar("T")

#: Findings that say that output is not published by industry, and all that head the numbers.
SPREAD = (SimulateDrivenByAssumption, SimulateDrivenByAccounts)
HEADING = (
    *SPREAD,
    SimulateNoAccounts,
    SimulateFromJobs,
    RegionalErrorUntested,
    RegionalErrorNoArea,
    RegionalErrorArea,
    RegionalErrorSize,
    RegionalErrorLearnt,
)
#: The column of a sum without what may be part of another project.
PARTS = "without_parts"
#: The contents on a terminal: types of effects, measures of a phase, and a number of drivers.
TYPES = ("type_i", "type_ii")
MEASURES = ("value_added", "jobs", "income", "taxes")
MOST = 8
OUTCOMES = ("net_value_added", "construction_jobs", "operation_jobs")


@BLOCKS("full")
def simulate(view: View) -> Iterator[Block]:
    """The findings that head the numbers, then charts and tables."""
    if view.table("simulate", "totals").empty:
        return
    for finding in view.results["simulate"].findings:
        if isinstance(finding, HEADING):
            yield Paragraph((Strong(view.sentence(finding)),), "lede")
    yield Paragraph(view.say("simulate_lede"), "lede")
    yield from _charts(view)
    yield from section_findings(view, "simulate", HEADING)
    yield from (part for part in _tables(view) if part.rows)
    if any(isinstance(finding, SPREAD) for finding in view.results["simulate"].findings):
        yield structure_scores(view)


def _charts(view: View) -> Iterator[Block]:
    """Fans, the net, gains and flows by phase, and what drives the width."""
    say, years = view.say, view.rows("simulate", "years", YearImpact)
    first = [row for row in years if row.effect == "type_i"]
    note = [say("fan_note", estimate=charts.ends_kinds(view, first))]
    note += [say("fan_parts_note")] if with_parts(view) else []
    for measure in ("value_added", "jobs"):
        title = say("chart_fan", measure=view.choice("gain", measure))
        drawn = charts.fan(view, years, measure)
        yield Figure(title, drawn, view.written.sentences(note))
    balance = view.rows("simulate", "balance", BalanceImpact)
    yield Figure(say("chart_net"), charts.net(view, balance), _net_note(view, balance))
    industries = view.rows("simulate", "industries", IndustryImpact)
    yield from _phases(view, "gains", charts.bars, industries)
    flows = view.rows("simulate", "flows", ValueAddedFlow)
    yield from _phases(view, "flow", flow, flows)
    drivers = view.rows("simulate", "drivers", Driver)
    for outcome in OUTCOMES:
        title = say("chart_tornado", outcome=view.choice("headline", outcome))
        yield Figure(title, charts.tornado(view, drivers, outcome), say("tornado_note"))


def with_parts(view: View) -> bool:
    """Sums of projects stand with and without what may be part of another."""
    return any(row.without_parts.known for row in view.rows("simulate", "totals", TotalImpact))


def _net_note(view: View, balance: Sequence[BalanceImpact]) -> str:
    """The steps from gross to net that hold in any year, and the kind of the ends."""
    steps = [view.choice("step", step) for step in taken_off({row.step for row in balance})]
    kinds = {view.choice("estimate", row.value.kind) for row in balance if row.step == "net"}
    key = "net_note" if steps else "net_note_none"
    return view.say(key, steps=view.join(steps), estimate=view.join(sorted(kinds)))


def _phases(
    view: View,
    name: str,
    chart: Callable[[View, Sequence[T], str], Chart | None],
    rows: Sequence[T],
) -> Iterator[Block]:
    """A chart a phase."""
    for phase in charts.PHASES:
        title = view.say(f"chart_{name}", phase=view.choice("phase", phase))
        of_phase = [row for row in rows if isinstance(row, IndustryImpact) and row.phase == phase]
        estimate = charts.ends_kinds(view, of_phase)
        yield Figure(title, chart(view, rows, phase), view.say(f"{name}_note", estimate=estimate))


def _tables(view: View) -> Iterator[Table]:
    """Totals, the balance, leakage, drivers, assumptions and the outputs used."""
    parts = (PARTS,) if with_parts(view) else ()
    yield table(
        view,
        "simulate",
        "totals",
        ("project", "phase", "period", "measure", "effect", "value", *parts),
    )
    balance = [
        row
        for measure in ("value_added", "jobs")
        for row in sorted(view.rows("simulate", "balance", BalanceImpact), key=lambda row: row.year)
        if (row.effect, row.measure) == ("type_i", measure)
    ]
    yield table(view, "simulate", "balance", ("year", "measure", "step", "value", *parts), balance)
    yield table(view, "simulate", "leakage", ("project", "phase", "part", "value"))
    driver = TextColumn[Driver](
        results.tables("simulate")["drivers"].column("driver").heading(view.lang),
        lambda row: charts.driver_name(view, row),
    )
    drivers = view.rows("simulate", "drivers", Driver)
    yield table(view, "simulate", "drivers", ("outcome", driver, "share", "low", "high"), drivers)
    yield table(
        view,
        "simulate",
        "assumptions",
        ("name", "scope", "value", "distribution", "source", "note"),
    )
    yield table(view, "simulate", "outputs", ("code", "value", "basis", "bought_in_region"))
    yield table(
        view,
        "simulate",
        "own_supply",
        ("code", "period", "observed", "used", "estimated", "source"),
    )


@BLOCKS("sentence", "short")
def heading(view: View) -> Iterator[Block]:
    """The title with the scenario, and the findings."""
    name = next((row.scenario for row in view.rows("simulate", "totals", TotalImpact)), "")
    scenario = f" · {view.name('scenarios', name)}" if name else ""
    title = f"{view.region.name(view.lang)} · {view.word('title_simulate')}{scenario}"
    yield Heading(1, title)
    yield Points([view.sentence(finding) for finding in view.results["simulate"].findings])


@BLOCKS("short")
def totals(view: View) -> Iterator[Block]:
    """Type I and type II of each phase, all projects first."""
    phases: dict[tuple[str, str], list[TotalImpact]] = {}
    for row in view.rows("simulate", "totals", TotalImpact):
        if row.effect in TYPES and row.measure in MEASURES:
            phases.setdefault((row.project, row.phase), []).append(row)
    heads = [view.word(f"head_{column}") for column in ("gain", *TYPES)]
    for (project, phase), group in phases.items():
        name = view.name("entities", project) or view.say("all_projects")
        period = view.period(group[0].period)
        yield Heading(1, f"{name} · {view.choice('phase', phase)} {period}")
        rows = []
        for measure in MEASURES:
            mine = {row.effect: row for row in group if row.measure == measure}
            if len(mine) == len(TYPES):
                pair = [mine[effect] for effect in TYPES]
                factor, unit = spell(pair[0].unit, view.lang, pair[0].value.value)
                label = view.word("gain_in", gain=view.choice("gain", measure), unit=unit)
                rows.append([label, *(_ends(view, row.value, factor) for row in pair)])
                if any(row.without_parts.known for row in pair):
                    heading = results.tables("simulate")["totals"].column("without_parts")
                    rows.append(
                        [
                            f"  {heading.heading(view.lang)}",
                            *(_ends(view, row.without_parts, factor) for row in pair),
                        ]
                    )
        yield grid("", heads, rows, {1, 2})


def _ends(view: View, estimate: Estimate, factor: float) -> str:
    """A number with its ends: three digits each, since no more is known."""
    low, value, high = (
        number(float(f"{end * factor:.3g}"), view.lang)
        for end in (estimate.low, estimate.value, estimate.high)
    )
    return f"{value} ({low} … {high})"


@BLOCKS("short")
def drivers(view: View) -> Iterator[Block]:
    """The drivers of net value added, the structure's prior first."""
    drivers = view.rows("simulate", "drivers", Driver)
    rows = [row for row in drivers if row.outcome == "net_value_added"][:MOST]
    if not rows:
        return
    yield Heading(1, f"{view.word('title_drivers')} {view.choice('headline', 'net_value_added')}")
    cells = [[_driver(view, row), f"{row.share:.0f}%"] for row in rows]
    yield grid("", [view.word("head_driver"), view.word("head_variance")], cells, {1})


def _driver(view: View, row: Driver) -> str:
    """A driver in words, with the project that it is about."""
    name = view.choice("driver", row.driver)
    return f"{name} · {view.name('entities', row.project)}" if row.project else name
