"""What the projects do: headed by what is assumed, then fans, bars, flows, drivers and tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.document.charts import simulate as charts
from songhua.document.report.tables import laid
from songhua.format.numbers import known, number, spell
from songhua.format.view import Table, View

HEADING = ("simulate_driven_by_assumption", "regional_error_transferred", "regional_error_size")
OUTCOMES = ("net_value_added", "construction_jobs", "operation_jobs")


def simulate(view: View) -> dict[str, Any]:
    """Charts and tables of the simulation."""
    years, industries = (view.table("simulate", name) for name in ("years", "industries"))
    flows, drivers = (view.table("simulate", name) for name in ("flows", "drivers"))
    found = view.results["simulate"].findings
    whole = industries[industries["effect"].isin((*charts.EFFECTS, "type_ii"))]
    return {
        "heading": [view.sentence(f) for f in found if f.code in HEADING],
        "fans": [
            (chart, view.say("chart_fan", measure=view.choice("gain", measure)))
            for measure in ("value_added", "jobs")
            if (chart := charts.fan(view, years, measure))
        ],
        "net": charts.net(view, view.table("simulate", "balance")),
        "gains": _phases(view, "chart_gains", charts.bars, whole),
        "flows": _phases(view, "chart_flow", charts.flow, flows),
        "tornados": [
            (chart, view.say("chart_tornado", outcome=view.choice("headline", outcome)))
            for outcome in OUTCOMES
            if (chart := charts.tornado(view, drivers, outcome))
        ],
        "tables": [
            _totals(view), _balance(view), _leakage(view), _drivers(view), _assumptions(view),
            _outputs(view),
        ],
    }  # fmt: skip


def any_simulate(view: View) -> bool:
    """Whether projects were simulated."""
    return len(view.table("simulate", "totals")) > 0


def _phases(view: View, title: str, chart: Any, rows: pd.DataFrame) -> list[tuple[Any, str]]:
    """A chart a phase, with its title."""
    made = {phase: chart(view, rows, phase) for phase in charts.PHASES}
    return [
        (svg, view.say(title, phase=view.choice("phase", phase)))
        for phase, svg in made.items()
        if svg
    ]


def _ends(view: View, r: Any) -> list[str]:
    """Value and ends with three digits, and their unit."""
    factor, unit = spell(r.unit, view.lang, float(r.value))
    low, value, high = (
        number(float(f"{end * factor:.3g}"), view.lang) for end in (r.low, r.value, r.high)
    )
    return [value, f"{low} … {high}", unit]


def _totals(view: View) -> Table:
    rows = view.table("simulate", "totals")

    def row(r: Any) -> list[str]:
        name = view.name("entities", r.project) if r.project else view.say("all_projects")
        return [
            name, view.choice("phase", r.phase), view.period(r.period),
            view.choice("gain", r.measure), view.choice("effect", r.effect), *_ends(view, r),
        ]  # fmt: skip

    heads = ("project", "works_phase", "period", "gain", "effect", "value", "ends", "unit")
    return laid(view, "simulate", "totals", heads, row, (5, 6), rows)


def _balance(view: View) -> Table:
    rows = view.table("simulate", "balance")
    rows = rows[(rows["effect"] == "type_i") & rows["measure"].isin(("value_added", "jobs"))]

    def row(r: Any) -> list[str]:
        step = view.choice("step", r.step)
        return [str(r.year), view.choice("gain", r.measure), step, *_ends(view, r)]

    heads = ("year", "gain", "step", "value", "ends", "unit")
    rows = rows.sort_values(["measure", "year"], ascending=[False, True], kind="stable")
    return laid(view, "simulate", "balance", heads, row, (3, 4), rows)


def _leakage(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("entities", r.project), view.choice("phase", r.phase),
            view.choice("leakage_part", r.part), *_ends(view, r),
        ]  # fmt: skip

    heads = ("project", "works_phase", "part", "value", "ends", "unit")
    return laid(view, "simulate", "leakage", heads, row, (3, 4))


def _drivers(view: View) -> Table:
    def row(r: Any) -> list[str]:
        factor, unit = spell(r.unit, view.lang, float(r.high) if known(r.high) else 0.0)
        ends = [
            number(float(f"{end * factor:.3g}"), view.lang) if known(end) else "–"
            for end in (r.low, r.high)
        ]
        return [
            view.choice("headline", r.outcome), charts.driver_name(view, r.driver, r.project),
            f"{r.share:.0f}%", *ends, unit,
        ]  # fmt: skip

    heads = ("headline", "driver", "variance", "lowest_tenth", "highest_tenth", "unit")
    return laid(view, "simulate", "drivers", heads, row, (2, 3, 4))


def _assumptions(view: View) -> Table:
    def row(r: Any) -> list[str]:
        ends = f"{r.low:g} … {r.high:g}" if known(r.low) and known(r.high) else "–"
        scope = view.name("entities", r.scope) if r.scope else view.say("all_projects")
        source = view.source(r.source) if r.source else view.say("own_judgement")
        return [
            view.choice("driver", r.name), scope, f"{r.value:g}", ends, r.unit,
            view.choice("distribution", r.distribution), source, r.note,
        ]  # fmt: skip

    heads = (
        "assumption",
        "project",
        "value",
        "ends",
        "unit",
        "distribution",
        "source",
        "reason_why",
    )
    return laid(view, "simulate", "assumptions", heads, row, (2, 3))


def _outputs(view: View) -> Table:
    def row(r: Any) -> list[str]:
        name = view.name("table_industries", r.code, r.table)
        basis = view.choice("output_basis", r.basis)
        return [name, *_ends(view, r), basis, f"{r.bought_in_region:.0f}%"]

    heads = ("table_industry", "value", "ends", "unit", "output_basis", "bought_here")
    return laid(view, "simulate", "outputs", heads, row, (1, 2, 5))
