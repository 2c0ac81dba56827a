"""A simulation on the terminal: what all projects bring, what each brings, and what to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from songhua.cli.screen import Screen
from songhua.report import words
from songhua.report.numbers import number, spell
from songhua.results import Result
from songhua.session import Run

TYPES = ("type_i", "type_ii")
SHOWN = ("value_added", "jobs", "income", "taxes")


def show(done: Run, lang: str, brief: bool = False) -> None:
    """Findings first, since they head the numbers; then all projects, each, and the drivers."""
    screen, result = Screen(done, lang), done.results["simulate"]
    scenario = result.tables["totals"]["scenario"]
    name = str(scenario.iloc[0]) if len(scenario) else ""
    plan = done.plan
    said = f" · {plan.scenarios[name]['name'][lang]}" if plan is not None and name else ""
    screen.title(f"{done.region.name[lang]} · {screen.word('title_simulate')}{said}")
    screen.findings(result)
    if not brief:
        _totals(screen, result)
        _drivers(screen, result)


def _totals(screen: Screen, result: Result) -> None:
    """Type I and type II of each phase, all projects first."""
    totals = result.tables["totals"]
    totals = totals[totals["effect"].isin(TYPES) & totals["measure"].isin(SHOWN)]
    for (project, phase), group in totals.groupby(["project", "phase"], sort=False):
        name = screen.label("entities", str(project)) if project else screen.word("all_projects")
        period = words.period(str(group["period"].iloc[0]), screen.lang)
        screen.title(f"{name} · {screen.choice('phase', str(phase))} {period}")
        heads = [screen.word(f"head_{one}") for one in ("gain", "type_i", "type_ii")]
        rows = []
        for measure in SHOWN:
            mine = {r["effect"]: r for r in group[group["measure"] == measure].to_dict("records")}
            if len(mine) == 2:
                factor, unit = spell(mine["type_i"]["unit"], screen.lang, mine["type_i"]["value"])
                named = screen.word("gain_in", gain=screen.choice("gain", measure), unit=unit)
                cells = [_cell(mine[effect], factor, screen.lang) for effect in TYPES]
                rows.append([named, *cells])
        screen.table(heads, rows, right=(1, 2))


def _cell(row: Mapping[Any, Any], factor: float, lang: str) -> str:
    """A number with its ends: three digits each, since no more is known."""
    low, value, high = (
        number(float(f"{row[end] * factor:.3g}"), lang) for end in ("low", "value", "high")
    )
    return f"{value} ({low} … {high})"


def _drivers(screen: Screen, result: Result) -> None:
    """What drives net value added, the structure's prior first."""
    rows: pd.DataFrame = result.tables["drivers"]
    rows = rows[rows["outcome"] == "net_value_added"].head(8)
    if rows.empty:
        return
    screen.title(f"{screen.word('title_drivers')} {screen.choice('headline', 'net_value_added')}")
    cells = []
    for row in rows.to_dict("records"):
        name, project = screen.choice("driver", row["driver"]), row["project"]
        if project:
            name = f"{name} · {screen.label('entities', project)}"
        cells.append([name, f"{row['share']:.0f}%"])
    heads = [screen.word("head_driver"), screen.word("head_variance")]
    screen.table(heads, cells, right=(1,))
