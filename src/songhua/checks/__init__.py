"""Checks what must hold of a region and a plan, without a disk: all faults, never the first (§9).

`check` judges values in memory whole. A folder's reader judges the cells while it reads them, calls
what speaks of one catalogue or table at its place, and then `check_region` and `check_plan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pandas as pd

from songhua import schema
from songhua.checks import (
    assumptions,
    cells,
    claims,
    delivery,
    indices,
    industries,
    observations,
    panels,
    projects,
    reviews,
    revisions,
    targets,
)
from songhua.checks.values import Known
from songhua.errors import Fault
from songhua.plan import Plan
from songhua.plan.entries import schema_of
from songhua.region import Region

__all__ = ["check", "check_figures", "check_plan", "check_region", "known_labels"]

CATALOGUES = ("sources", "indicators", "industries", "entities", "claims", "indices")


def known_labels(region: Region) -> dict[str, set[str]]:
    """The labels of a region, by catalogue; rulebooks where the region names any."""
    known = {"rulebooks": set(region.rulebooks)} if region.rulebooks else {}
    return known | {
        "sources": set(region.sources),
        "indicators": set(region.indicators),
        "industries": set(region.industries),
        "entities": set(region.entities),
        "places": {region.code, *region.places},
    }


def check(region: Region, plan: Plan | None = None) -> list[Fault]:
    """All faults of a region and a plan in memory; none where both are sound.

    Values and labels are judged first; what they say together, once they have no fault. A fault
    names the file and the row where what it speaks of stands, or would stand.
    """
    known = known_labels(region)
    found = [*_region_cells(region, known), *_plan_cells(plan, known)]
    if found:
        return found
    found += claims.check(region.claims, known)
    found += indices.check(region.indices, known)
    found += reviews.check(region.reviews, region.indicators)
    found += panels.cells_reasoned(region)
    if plan is not None:
        found += assumptions.changes_sound(plan.scenarios)
    found += check_region(region)
    return found if plan is None else found + check_plan(region, plan)


def check_figures(region: Region) -> list[Fault]:
    """The faults of observations whose every cell is sound: units, whole counts, time."""
    return [
        *observations.units_fit(region),
        *observations.counts_whole(region),
        *observations.known_in_time(region),
        *observations.own_shares_fit(region),
    ]


def check_region(region: Region) -> list[Fault]:
    """The faults of a region whose every cell, claim and index is sound by itself."""
    return [
        *panels.cells_fit(region),
        *observations.not_repeated(region),
        *check_figures(region),
        *industries.parents_form_a_tree(region),
    ]


def check_plan(region: Region, plan: Plan) -> list[Fault]:
    """The faults of a plan whose every cell is sound by itself."""
    return list(_plan(region, plan))


def _plan(region: Region, plan: Plan) -> Iterator[Fault]:
    yield from industries.codes_exist(plan.industries)
    wrong = list(revisions.revisions_sound(plan))
    yield from wrong
    plan = plan if wrong else plan.in_force(region.sources)
    yield from targets.targets_fit(plan.targets, region.indicators)
    yield from targets.targets_timed(plan.targets)
    yield from targets.additions_fit(plan.targets, region.indicators)
    yield from delivery.tasks_in_order(plan.measures)
    yield from delivery.tasks_dated(plan.measures)
    yield from delivery.values_complete(plan.projects)
    yield from delivery.milestones_dated(plan.projects)
    yield from delivery.rungs_dated(plan.products)
    yield from projects.period_near(plan)
    known = projects.projects_of(plan)
    codes = {code for table in region.tables.values() for code in table.codes}
    if region.as_of is not None:
        codes = None  # tables that were published later are out of sight
    yield from projects.spending_sound(plan)
    yield from projects.operation_sound(plan, codes)
    yield from assumptions.sound(plan.assumption_rows, known)
    yield from assumptions.changes_of_projects(plan.scenarios, known)


def _region_cells(region: Region, known: Known) -> Iterator[Fault]:
    head = {
        "code": region.code, "name": region.name, "currency": region.currency,
        "base_year": region.base_year,
    }  # fmt: skip
    yield from cells.entry("region.toml", ("region",), head, schema.table("region"), known)
    places = schema.table("places")
    yield from cells.catalogue("region.toml", region.places, places, known, under="places")
    tags = schema.table("tags")
    yield from cells.catalogue("region.toml", region.tags, tags, known, under="tags")
    for name in CATALOGUES:
        table, entries = schema.table(name), getattr(region, name)
        yield from cells.catalogue(f"{name}.toml", entries, table, known)
    yield from _files(region.observations, "observations", known)
    yield from observations.numbers_finite(region)
    yield from _files(region.panels, "panels", known)
    yield from _files(region.reviews, "reviews", known)
    yield from cells.table(region.left_out, schema.table("left_out"), known, "left_out.csv")


def _files(frame: pd.DataFrame, name: str, known: Known) -> Iterator[Fault]:
    """The cells of a table that stands in many files, each fault at its file."""
    return cells.files(frame, schema.table(name), known, f"{name}/")


def _plan_cells(plan: Plan | None, known: Known) -> Iterator[Fault]:
    if plan is None:
        return
    head = {
        "name": plan.name, "period": str(plan.period), "base_year": plan.base_year,
        "purpose": plan.purpose, "source": plan.source,
    }  # fmt: skip
    yield from cells.entry("plan/plan.toml", ("plan",), head, schema.table("plan"), known)
    for name, frame in plan.frames().items():
        yield from cells.table(frame, schema.table(schema_of(name)), known, f"plan/{name}.csv")
    for name, scenario in plan.scenarios.items():
        file = f"{assumptions.SCENARIOS}{name}.toml"
        entry = {
            "name": scenario.name, "note": scenario.note or "",
            "leave_out": list(scenario.leave_out),
        }  # fmt: skip
        yield from cells.entry(file, ("scenario",), entry, schema.table("plan_scenarios"), known)
        changes = schema.table("plan_changes")
        given = {
            id: {key: text for key, text in asdict(change).items() if key != "row"}
            for id, change in scenario.changes.items()
        }
        yield from cells.catalogue(file, given, changes, known, under="changes")
