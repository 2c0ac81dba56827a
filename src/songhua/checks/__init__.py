"""Checks what must hold of a region and a plan, without a disk: all faults, never the first (§9).

`check` judges values in memory whole. A folder's reader judges the cells while it reads them, calls
what speaks of one catalogue or table at its place, and then `check_region` and `check_plan` with
all that could be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace

import pandas as pd

from songhua import schema
from songhua.checks import (
    assumptions,
    bounds,
    claims,
    delivery,
    indicators,
    indices,
    industries,
    observations,
    panels,
    plan_bounds,
    projects,
    reviews,
    revisions,
    table_cells,
    targets,
    whole_and_parts,
)
from songhua.checks.fault_kinds import FieldMissing
from songhua.checks.plan_fault_kinds import ChangeOfNothing, ChangeOfNothingNear, TaskUnknown
from songhua.checks.values import Ids
from songhua.errors import Fault
from songhua.fault_kinds import AssumptionMissing, LabelUnknown
from songhua.plan import Plan
from songhua.plan.entries import ENTRIES, schema_of
from songhua.region import Region

__all__ = ["check", "check_figures", "check_plan", "check_region", "known_labels"]

MONEY = ("plan_spending", "plan_operation")
#: Faults that say that something lacks, with the tables that could have held it.
LACKING: Mapping[type[Fault], tuple[str, ...]] = {
    AssumptionMissing: ("plan_assumptions",),
    **dict.fromkeys((ChangeOfNothing, ChangeOfNothingNear), (*map(schema_of, ENTRIES), *MONEY)),
    FieldMissing: (*MONEY, "plan_assumptions"),
    TaskUnknown: ("plan_measures",),
}
#: The tables that hold what a label of a plan names.
LABELS = {"projects": MONEY, "table": ("tables",)}
CATALOGUES = ("sources", "indicators", "industries", "entities", "claims", "indices")


def known_labels(region: Region) -> dict[str, set[str]]:
    """The labels of a region, by catalogue; rulebooks where the region names any."""
    labels = {"rulebooks": set(region.rulebooks)} if region.rulebooks else {}
    return labels | {
        "sources": set(region.sources),
        "indicators": set(region.indicators),
        "industries": set(region.industries),
        "entities": set(region.entities),
        "places": {region.code, *region.places},
    }


def check(region: Region, plan: Plan | None = None) -> list[Fault]:
    """All faults of a region and a plan in memory; none where both are sound.

    Checks across rows use only rows without a faulty cell, and run only if the catalogues are
    sound. A fault names the file and the row where what it speaks of stands, or would stand.
    """
    ids = known_labels(region)
    all_faults = [*_catalogues(region, ids), *_heads(plan, ids)]
    figures = _region_cells(region, ids)
    tables = {} if plan is None else _plan_cells(plan, ids)
    if not all_faults:
        region = _sound(region, figures)
        frames = {} if plan is None else plan.frames()
        wrong = {name: faults for name, faults in tables.items() if faults}
        if plan is not None and wrong:
            plan = plan.with_tables(**{n: _rows_sound(frames[n], f) for n, f in wrong.items()})
        all_faults += claims.check(region.claims, ids)
        all_faults += indices.check(region.indices, ids)
        all_faults += reviews.check(region)
        all_faults += panels.cells_reasoned(region)
        all_faults += check_region(region)
        if plan is not None:
            all_faults += assumptions.changes_sound(plan.scenarios)
            all_faults += check_plan(region, plan, {schema_of(name) for name in wrong})
    by_table = (*figures.values(), *tables.values())
    return [*(fault for faults in by_table for fault in faults), *all_faults]


def _sound(region: Region, faults_by_table: Mapping[str, list[Fault]]) -> Region:
    """The region without the rows that have a fault."""
    for name, faults in faults_by_table.items():
        figures = region.figures
        if faults and name in figures.folders:
            sound = _rows_sound(figures.folders[name].frame, faults)
            region = replace(region, figures=figures.with_rows(**{name: sound}))
        elif faults:
            region = replace(region, **{name: _rows_sound(getattr(region, name), faults)})
    return region


def _rows_sound(frame: pd.DataFrame, faults: list[Fault]) -> pd.DataFrame:
    """The rows of a table without a fault; none where one has no row."""
    rows = [fault.row for fault in faults]
    if None in rows or "row" not in frame:
        return frame.iloc[:0]
    return frame[~frame.row.isin(rows).to_numpy()]


def check_figures(region: Region) -> list[Fault]:
    """The faults of observations whose every cell is sound: units, whole counts, time."""
    return [
        *observations.units_fit(region),
        *observations.counts_whole(region),
        *observations.known_in_time(region),
        *bounds.figures_within(region),
    ]


def check_region(region: Region) -> list[Fault]:
    """The faults of a region whose every cell, claim and index is sound by itself."""
    return [
        *indicators.names_fit(region),
        *panels.cells_fit(region),
        *observations.not_repeated(region),
        *check_figures(region),
        *whole_and_parts.parts_within(region),
        *whole_and_parts.lies_within_a_parent(region),
        *industries.parents_form_a_tree(region),
    ]


def check_plan(region: Region, plan: Plan, unread: Collection[str] = ()) -> list[Fault]:
    """The faults of a plan whose every cell is sound by itself.

    `unread` are the tables, by their schema, that were not read whole: that something is not in
    one of them is then no fault.
    """
    return [fault for fault in _plan(region, plan) if not needs(fault) & {*unread}]


def needs(fault: Fault) -> set[str]:
    """The tables, by their schema, that must have been read whole for a fault of a plan to be one.

    >>> needs(TaskUnknown(text="rail")), needs(Fault())
    ({'plan_measures'}, set())
    """
    of = fault.of if isinstance(fault, LabelUnknown) else ""
    return {*LACKING.get(type(fault), ()), *LABELS.get(of, ())}


def _plan(region: Region, plan: Plan) -> Iterator[Fault]:
    yield from industries.codes_exist(plan.industries)
    wrong = list(revisions.revisions_sound(plan))
    yield from wrong
    odd = {fault.row or 0 for fault in wrong}
    sound = tuple(revision for revision in plan.changes if revision.row not in odd)
    plan = replace(plan, changes=sound)
    plan = plan.in_force(region.sources)
    yield from targets.targets_fit(plan.targets, region.catalogue)
    yield from targets.targets_timed(plan.targets)
    yield from targets.additions_fit(plan.targets, region.catalogue)
    yield from plan_bounds.targets_within(plan.targets, region)
    yield from plan_bounds.amounts_within(plan.projects, plan.programmes)
    yield from delivery.tasks_in_order(plan.measures)
    yield from delivery.tasks_dated(plan.measures)
    yield from delivery.values_complete(plan.projects)
    yield from delivery.milestones_dated(plan.projects)
    yield from delivery.rungs_dated(plan.products)
    yield from projects.period_near(plan)
    project_ids = projects.projects_of(plan)
    # a whole may have become known later, or is left out in a scenario
    wholes = project_ids if region.as_of is None and not plan.scenario else None
    yield from delivery.parts_in_order(plan.projects, wholes)
    codes = {code for table in region.tables.values() for code in table.codes}
    if region.as_of is not None:
        codes = None  # tables that were published later are out of sight
    yield from projects.spending_sound(plan)
    yield from projects.operation_sound(plan, codes)
    yield from assumptions.sound(plan.assumption_rows, project_ids)
    yield from assumptions.changes_of_projects(plan.scenarios, project_ids)


def _catalogues(region: Region, ids: Ids) -> Iterator[Fault]:
    head = {
        "code": region.code,
        "name": region.name,
        "currency": region.currency,
        "base_year": region.base_year,
        "within": region.within,
        "kind": region.kind,
    }
    yield from table_cells.entry("region.toml", ("region",), head, schema.table("region"), ids)
    places = schema.table("places")
    yield from table_cells.catalogue("region.toml", region.places, places, ids, under="places")
    tags = schema.table("tags")
    yield from table_cells.catalogue("region.toml", region.tags, tags, ids, under="tags")
    for name in CATALOGUES:
        table, entries = schema.table(name), getattr(region, name)
        yield from table_cells.catalogue(f"{name}.toml", entries, table, ids)


def _region_cells(region: Region, ids: Ids) -> dict[str, list[Fault]]:
    """The faults of the cells of each table of a region."""
    rows = {name: series.frame for name, series in region.figures.folders.items()}
    faults_by_table = {
        name: [*table_cells.files(frame, schema.table(name), ids, f"{name}/")]
        for name, frame in {**rows, "reviews": region.reviews}.items()
    }
    faults_by_table["observations"] += observations.numbers_finite(region)
    left_out = table_cells.table(region.left_out, schema.table("left_out"), ids, "left_out.csv")
    return {**faults_by_table, "left_out": left_out}


def _plan_cells(plan: Plan, ids: Ids) -> dict[str, list[Fault]]:
    """The faults of the cells of each table of a plan."""
    return {
        name: table_cells.table(frame, schema.table(schema_of(name)), ids, f"plan/{name}.csv")
        for name, frame in plan.frames().items()
    }


def _heads(plan: Plan | None, ids: Ids) -> Iterator[Fault]:
    """The faults of the plan's head and of its scenarios."""
    if plan is None:
        return
    head = {
        "name": plan.name,
        "period": str(plan.period),
        "base_year": plan.base_year,
        "purpose": plan.purpose,
        "source": plan.source,
    }
    yield from table_cells.entry("plan/plan.toml", ("plan",), head, schema.table("plan"), ids)
    for name, scenario in plan.scenarios.items():
        file = f"{assumptions.SCENARIOS}{name}.toml"
        entry = {
            "name": scenario.name,
            "note": scenario.note or "",
            "leave_out": list(scenario.leave_out),
        }
        yield from table_cells.entry(
            file, ("scenario",), entry, schema.table("plan_scenarios"), ids
        )
        changes = schema.table("plan_changes")
        changed = {
            id: {key: text for key, text in asdict(change).items() if key != "row"}
            for id, change in scenario.changes.items()
        }
        yield from table_cells.catalogue(file, changed, changes, ids, under="changes")
