"""Choose: what the region could enter and what is at risk, with odds that were tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.choice import Chances
from songhua.maths.choice.learnt import chances_of
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result, table
from songhua.studies.choose import nearest_findings
from songhua.studies.choose.basis import Basis, PanelRequest, basis
from songhua.studies.choose.candidates import Candidate, as_rows, candidate_rows, cells_of
from songhua.studies.choose.choice_chains import bought, gap
from songhua.studies.choose.choice_findings import findings
from songhua.studies.choose.evidence import Folder, evidence_rows
from songhua.studies.choose.level_record import Level, area_level, level_records
from songhua.studies.choose.measures import plan_measures
from songhua.studies.choose.nearest import plan_evidence
from songhua.studies.choose.order import OrderRow, order_rows
from songhua.studies.choose.plan_choices import located, plan_rows
from songhua.studies.choose.record import (
    fold_rows,
    learnt_rows,
    record_rows,
    reliability_rows,
    sensitivity_rows,
)
from songhua.studies.choose.space import links, with_quotients_before
from songhua.studies.registry import Progress


def choose(
    region: Region,
    plan: Plan | None = None,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
    *,
    wanted: PanelRequest | None = None,
) -> Result:
    """Industries that could enter or are at risk, the plan against them, and the record of odds.

    Takes no evidence. The tables stand in `studies/choose/tables.py`.

    Args:
        region, plan, progress: as every study.
        evidence: none is used.
        rng: where all seeds come from; seed 0, if not given.
        wanted: the panel, the step and the definition; the usual ones, if not given.

    Raises:
        SonghuaError: `choose_no_panel`, `choice_unknown`, `choose_number`, `choice_definition`.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> result = choose(session.region, session.plan)
    >>> rows = result.tables["candidates"]
    >>> bool((rows["odds_low"] <= rows["odds"])[rows["odds"].notna()].all())
    True
    """
    del evidence
    chance = rng if rng is not None else np.random.default_rng(0)
    seed = int(chance.integers(0, 2**31))
    tick = None if progress is None else lambda at, of: progress(at, of, "choose")
    odds_basis = basis(region, wanted or PanelRequest(), seed, tick)
    chances = {
        kind: chances_of(odds_basis.learnt, taught, odds_basis.place)
        for kind, taught in odds_basis.kinds.items()
    }
    order = _order(odds_basis, chances, seed)
    rows = with_quotients_before(_rows(region, plan, odds_basis), odds_basis)
    rows = as_rows(_ranked([*rows], order))
    where = located(region, plan, odds_basis.learnt.industries)
    rows, chains = _with_chains(region, odds_basis, rows)
    choices = list(plan_rows(region, plan, rows, where))
    levels = [Level(region.code, odds_basis, rows)]
    if plan is not None and (area := area_level(region, wanted or PanelRequest(), seed)):
        levels.append(area)
    records = [*level_records(levels)]
    nearest, classes = plan_evidence(region, plan, levels) if plan is not None else ([], [])
    measures = [*plan_measures(region, nearest)]
    folder = Folder(region, plan, where, chains)
    rows_by_table = {
        "candidates": rows,
        "evidence": evidence_rows(odds_basis, rows, chances, folder),
        "plan_choices": choices,
        "plan_evidence": nearest,
        "plan_classes": classes,
        "plan_levels": records,
        "plan_measures": measures,
        "record": record_rows(odds_basis),
        "reliability": reliability_rows(odds_basis),
        "folds": fold_rows(odds_basis),
        "sensitivity": sensitivity_rows(odds_basis),
        "order": order,
        "learnt": learnt_rows(odds_basis),
        "links": links(odds_basis),
    }
    tables = {name: table("choose", name, list(some)) for name, some in rows_by_table.items()}
    of_plan = nearest_findings.findings(region, records, nearest, classes, measures)
    return Result("choose", tables, (*findings(odds_basis, rows, choices), *of_plan))


def _rows(region: Region, plan: Plan | None, basis: Basis) -> list[Candidate]:
    """The candidates with their roles and the cells that they rest on."""
    ids = cells_of(region, basis, region.code)
    unit = region.catalogue[basis.taught.indicator].unit
    return candidate_rows(basis, plan.roles() if plan else {}, unit, ids)


def _order(basis: Basis, by_kind: Mapping[str, Chances], seed: int) -> list[OrderRow]:
    """The order of each kind, and how sure it is."""
    rows: list[OrderRow] = []
    for at, (kind, chances) in enumerate(by_kind.items()):
        rng = np.random.default_rng([seed, at])
        rows += order_rows(basis.kinds[kind], chances, basis.learnt.industries, rng)
    return rows


def _ranked(rows: Sequence[Candidate], order: Sequence[OrderRow]) -> list[Candidate]:
    """The candidates with their places."""
    place = {(row.kind, row.industry): row for row in order}
    return [
        replace(row, rank=float(order_row.rank), first_ten=order_row.first_ten)
        if (order_row := place.get((row.kind, row.industry)))
        else row
        for row in rows
    ]


def _with_chains(
    region: Region, basis: Basis, rows: Sequence[Candidate]
) -> tuple[list[Candidate], str]:
    """The candidates with what the region's industries buy of them, and by which table."""
    try:
        id, wanted = bought(
            region, basis.learnt.industries, basis.place.level, basis.place.expected
        )
    except SonghuaError:  # a table whose labels do not fit is no evidence
        return [*rows], ""
    more = [
        replace(row, bought=wanted[row.industry], chain_gap=gap(row.quotient, wanted[row.industry]))
        if row.industry in wanted
        else row
        for row in rows
    ]
    return more, id
