"""A simulation on a terminal: findings first, then all projects, each project, and the drivers."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Points
from songhua.document.screens import screen
from songhua.document.tables import grid, records
from songhua.format.cells import Row
from songhua.format.numbers import number, spell
from songhua.format.view import View

TYPES = ("type_i", "type_ii")
SHOWN = ("value_added", "jobs", "income", "taxes")
MOST = 8


@screen("simulate")
def simulation(view: View) -> Iterator[Block]:
    """Findings, since they head the numbers; totals of type I and II; drivers of the net."""
    yield from heading(view)
    yield from _totals(view)
    yield from _drivers(view)


@screen("simulate", brief=True)
def heading(view: View) -> Iterator[Block]:
    """The title with the scenario, and the findings."""
    scenario = view.table("simulate", "totals")["scenario"]
    name = str(scenario.iloc[0]) if len(scenario) else ""
    said = f" · {view.name('scenarios', name)}" if name else ""
    title = f"{view.region.name(view.lang)} · {view.word('title_simulate')}{said}"
    yield Heading(1, title)
    yield Points([view.sentence(one) for one in view.results["simulate"].findings])


def _totals(view: View) -> Iterator[Block]:
    """Type I and type II of each phase, all projects first."""
    totals = view.table("simulate", "totals")
    totals = totals[totals["effect"].isin(TYPES) & totals["measure"].isin(SHOWN)]
    for (project, phase), group in totals.groupby(["project", "phase"], sort=False):
        name = view.name("entities", str(project)) or view.say("all_projects")
        period = view.period(str(group["period"].iloc[0]))
        yield Heading(1, f"{name} · {view.choice('phase', str(phase))} {period}")
        rows = []
        for measure in SHOWN:
            mine = {row["effect"]: row for row in records(group[group["measure"] == measure])}
            if len(mine) == len(TYPES):
                factor, unit = spell(mine["type_i"]["unit"], view.lang, mine["type_i"]["value"])
                named = view.word("gain_in", gain=view.choice("gain", measure), unit=unit)
                rows.append([named, *(_ends(view, mine[effect], factor) for effect in TYPES)])
        heads = [view.word(f"head_{one}") for one in ("gain", *TYPES)]
        yield grid("", heads, rows, {1, 2})


def _ends(view: View, row: Row, factor: float) -> str:
    """A number with its ends: three digits each, since no more is known."""
    low, value, high = (
        number(float(f"{row[end] * factor:.3g}"), view.lang) for end in ("low", "value", "high")
    )
    return f"{value} ({low} … {high})"


def _drivers(view: View) -> Iterator[Block]:
    """What drives net value added, the structure's prior first."""
    rows = view.table("simulate", "drivers")
    rows = rows[rows["outcome"] == "net_value_added"].head(MOST)
    if rows.empty:
        return
    yield Heading(1, f"{view.word('title_drivers')} {view.choice('headline', 'net_value_added')}")
    cells = [[driver(view, row), f"{row['share']:.0f}%"] for row in records(rows)]
    yield grid("", [view.word("head_driver"), view.word("head_variance")], cells, {1})


def driver(view: View, row: Row) -> str:
    """A driver in words, with the project that it is about."""
    name = view.choice("driver", row["driver"])
    return f"{name} · {view.name('entities', row['project'])}" if row["project"] else name
