"""What the projects do: headed by what is assumed, then fans, bars, flows, drivers and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from songhua import results
from songhua.document.blocks import Block, Chart, Figure, Paragraph, Table
from songhua.document.charts import simulate as charts
from songhua.document.charts.flows import flow
from songhua.document.sections import section
from songhua.document.sections.findings import told
from songhua.document.structure_record import structure_scores
from songhua.document.tables import Made, table
from songhua.format.text import Strong
from songhua.format.view import View
from songhua.studies.simulate.finding_kinds import (
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
from songhua.studies.simulate.rows import (
    BalanceImpact,
    Driver,
    IndustryImpact,
    TotalImpact,
    ValueAddedFlow,
    YearImpact,
)

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
OUTCOMES = ("net_value_added", "construction_jobs", "operation_jobs")


@section("simulate", 400)
def simulate(view: View) -> Iterator[Block]:
    """What heads the numbers, then charts and tables."""
    if view.table("simulate", "totals").empty:
        return
    for found in view.results["simulate"].findings:
        if isinstance(found, HEADING):
            yield Paragraph((Strong(view.sentence(found)),), "lede")
    yield Paragraph(view.say("simulate_lede"), "lede")
    yield from _charts(view)
    yield from told(view, "simulate", HEADING)
    yield from (one for one in _tables(view) if one.rows)
    if any(isinstance(found, SPREAD) for found in view.results["simulate"].findings):
        yield structure_scores(view)


def _charts(view: View) -> Iterator[Block]:
    """Fans, the net, gains and flows by phase, and what drives the width."""
    say, years = view.say, view.rows("simulate", "years", YearImpact)
    note = [say("fan_note"), *([say("fan_parts_note")] if with_parts(view) else [])]
    for measure in ("value_added", "jobs"):
        title = say("chart_fan", measure=view.choice("gain", measure))
        drawn = charts.fan(view, years, measure)
        yield Figure(title, drawn, view.written.sentences(note))
    drawn = charts.net(view, view.rows("simulate", "balance", BalanceImpact))
    yield Figure(say("chart_net"), drawn, say("net_note"))
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


def _phases(
    view: View,
    what: str,
    chart: Callable[[View, Sequence[T], str], Chart | None],
    rows: Sequence[T],
) -> Iterator[Block]:
    """A chart a phase."""
    for phase in charts.PHASES:
        title = view.say(f"chart_{what}", phase=view.choice("phase", phase))
        yield Figure(title, chart(view, rows, phase), view.say(f"{what}_note"))


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
    driver = Made[Driver](
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
