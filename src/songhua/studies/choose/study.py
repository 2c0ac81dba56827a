"""Choose: what the region could enter and what is at risk, with odds that were tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.maths.choice import Chances
from songhua.maths.choice.learnt import told_of
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result, table
from songhua.studies.choose.basis import Basis, Wanted, basis
from songhua.studies.choose.candidates import Candidate, as_rows, candidate_rows
from songhua.studies.choose.chains import bought, gap
from songhua.studies.choose.evidence import Folder, evidence_rows
from songhua.studies.choose.findings import findings
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
    wanted: Wanted | None = None,
) -> Result:
    """What could enter, what is at risk, the plan held against it, and the record of such odds.

    Takes no evidence. The tables stand in `studies/choose/tables.py`.

    Args:
        region, plan, progress: as every study.
        evidence: none is used.
        rng: where all seeds come from; seed 0, if not given.
        wanted: which panel, which step and which definition; the usual ones, if not given.

    Raises:
        SonghuaError: `choose_no_panel`, `choice_unknown`, `choose_number`, `choice_definition`.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> found = choose(session.region, session.plan)
    >>> rows = found.tables["candidates"]
    >>> bool((rows["odds_low"] <= rows["odds"])[rows["odds"].notna()].all())
    True
    """
    del evidence
    chance = rng if rng is not None else np.random.default_rng(0)
    seed = int(chance.integers(0, 2**31))
    tick = None if progress is None else lambda at, of: progress(at, of, "choose")
    found = basis(region, wanted or Wanted(), seed, tick)
    told = {
        kind: told_of(found.learnt, taught, found.place) for kind, taught in found.kinds.items()
    }
    order = _order(found, told, seed)
    rows = with_quotients_before(_rows(region, plan, found), found)
    rows = as_rows(_ranked([*rows], order))
    where = located(region, plan, found.learnt.industries)
    rows, chains = _with_chains(region, found, rows)
    choices = list(plan_rows(region, plan, rows, where))
    folder = Folder(region, plan, where, chains)
    made = {
        "candidates": rows,
        "evidence": evidence_rows(found, rows, told, folder),
        "plan_choices": choices,
        "record": record_rows(found),
        "reliability": reliability_rows(found),
        "folds": fold_rows(found),
        "sensitivity": sensitivity_rows(found),
        "order": order,
        "learnt": learnt_rows(found),
        "links": links(found),
    }
    tables = {name: table("choose", name, list(some)) for name, some in made.items()}
    return Result("choose", tables, tuple(findings(found, rows, choices)))


def _rows(region: Region, plan: Plan | None, found: Basis) -> list[Candidate]:
    """The candidates with their roles and the cells that they rest on."""
    own = region.figures.cells.select(
        indicator=found.taught.indicator, period=parse_period(found.period), region=region.code
    )
    ids = dict(zip(own.texts("industry"), own.ids, strict=True))
    unit = region.catalogue[found.taught.indicator].unit
    return candidate_rows(found, plan.roles() if plan else {}, unit, ids)


def _order(found: Basis, told: Mapping[str, Chances], seed: int) -> list[OrderRow]:
    """The order of each kind, and how sure it is."""
    rows: list[OrderRow] = []
    for at, (kind, chances) in enumerate(told.items()):
        rng = np.random.default_rng([seed, at])
        rows += order_rows(found.kinds[kind], chances, found.learnt.industries, rng)
    return rows


def _ranked(rows: Sequence[Candidate], order: Sequence[OrderRow]) -> list[Candidate]:
    """The candidates with their places."""
    place = {(row.kind, row.industry): row for row in order}
    return [
        replace(row, rank=float(own.rank), first_ten=own.first_ten)
        if (own := place.get((row.kind, row.industry)))
        else row
        for row in rows
    ]


def _with_chains(
    region: Region, found: Basis, rows: Sequence[Candidate]
) -> tuple[list[Candidate], str]:
    """The candidates with what the region's industries buy of them, and by which table."""
    try:
        id, wanted = bought(
            region, found.learnt.industries, found.place.level, found.place.expected
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
