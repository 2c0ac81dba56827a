"""A simulation on a terminal: findings first, then all projects, each project, and the drivers."""

from __future__ import annotations

from collections.abc import Iterator

from songhua import results
from songhua.document.blocks import Block, Heading, Points
from songhua.document.screens import screen
from songhua.document.tables import grid
from songhua.format.numbers import number, spell
from songhua.format.view import View
from songhua.results import Estimate
from songhua.studies.simulate.rows import Driver, TotalImpact

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
    name = next((row.scenario for row in view.rows("simulate", "totals", TotalImpact)), "")
    said = f" · {view.name('scenarios', name)}" if name else ""
    title = f"{view.region.name(view.lang)} · {view.word('title_simulate')}{said}"
    yield Heading(1, title)
    yield Points([view.sentence(one) for one in view.results["simulate"].findings])


def _totals(view: View) -> Iterator[Block]:
    """Type I and type II of each phase, all projects first."""
    phases: dict[tuple[str, str], list[TotalImpact]] = {}
    for row in view.rows("simulate", "totals", TotalImpact):
        if row.effect in TYPES and row.measure in SHOWN:
            phases.setdefault((row.project, row.phase), []).append(row)
    heads = [view.word(f"head_{one}") for one in ("gain", *TYPES)]
    for (project, phase), group in phases.items():
        name = view.name("entities", project) or view.say("all_projects")
        period = view.period(group[0].period)
        yield Heading(1, f"{name} · {view.choice('phase', phase)} {period}")
        rows = []
        for measure in SHOWN:
            mine = {row.effect: row for row in group if row.measure == measure}
            if len(mine) == len(TYPES):
                both = [mine[effect] for effect in TYPES]
                factor, unit = spell(both[0].unit, view.lang, both[0].value.value)
                named = view.word("gain_in", gain=view.choice("gain", measure), unit=unit)
                rows.append([named, *(_ends(view, row.value, factor) for row in both)])
                if any(row.without_parts.known for row in both):
                    heading = results.tables("simulate")["totals"].column("without_parts")
                    rows.append(
                        [
                            f"  {heading.heading(view.lang)}",
                            *(_ends(view, row.without_parts, factor) for row in both),
                        ]
                    )
        yield grid("", heads, rows, {1, 2})


def _ends(view: View, one: Estimate, factor: float) -> str:
    """A number with its ends: three digits each, since no more is known."""
    low, value, high = (
        number(float(f"{end * factor:.3g}"), view.lang) for end in (one.low, one.value, one.high)
    )
    return f"{value} ({low} … {high})"


def _drivers(view: View) -> Iterator[Block]:
    """What drives net value added, the structure's prior first."""
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
