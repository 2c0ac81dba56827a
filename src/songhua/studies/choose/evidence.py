"""Evidence for and against each candidate: drivers of its odds, and mentions in the folder."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from songhua.maths.choice import Chances
from songhua.maths.choice.learnt import Taught
from songhua.plan import Plan
from songhua.region import Region
from songhua.results.columns import (
    Citations,
    EntityId,
    IndustryId,
    UnitName,
    choice,
    label,
    labels,
    number,
)
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.choice_chains import joined
from songhua.studies.choose.definition import rules
from songhua.studies.choose.plan_choices import WHOLE, Location, named_entities

FOR, AGAINST, NEITHER = "for", "against", "neither"
#: Changes of the odds that are too small to be told: a tenth.
SMALL = math.log(1.1)
#: Firms and projects that are named of one industry.
MOST = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of `evidence`: something that speaks for the event, against it, or explains it.

    The event is the entry of a candidate to enter, and the exit of one that could leave.
    """

    industry: IndustryId
    list: Annotated[str, choice("choice_list")]
    evidence: Annotated[str, choice("choice_evidence")]
    side: Annotated[str, choice("choice_side")]
    value: Annotated[float, number(digits=3)] = math.nan
    beside: Annotated[float, number(digits=3)] = math.nan
    unit: UnitName = ""
    neighbours: Annotated[tuple[str, ...], labels("industries")] = ()
    entity: EntityId = ""
    table: Annotated[str, label("tables")] = ""
    observations: Citations = ()


@dataclass(frozen=True)
class Folder:
    """The folder beside the panel: plan, places of its industries, and the table of chains."""

    region: Region
    plan: Plan | None
    where: Mapping[str, Location]
    table: str


def evidence_rows(
    basis: Basis, rows: Sequence[Candidate], chances: Mapping[str, Chances], folder: Folder
) -> Iterator[Evidence]:
    """The evidence of every candidate, in the order of the lists.

    Args:
        basis: the basis of the odds. rows: the candidates; those that could neither enter nor leave
        have no evidence. chances: their odds by kind. folder: the folder's data beside the panel.

    >>> from songhua.maths.choice.learnt import chances_of
    >>> from songhua.studies.choose import example
    >>> basis, candidate = example.town_basis(), Candidate("food", "enter", "entry")
    >>> chances = {"entry": chances_of(basis.learnt, basis.kinds["entry"], basis.place)}
    >>> folder = Folder(example.town(), example.plan(), {"food": Location(WHOLE, ("food",))}, "")
    >>> for row in evidence_rows(basis, [candidate], chances, folder):
    ...     if row.side != NEITHER:
    ...         print(row.evidence, row.side, round(row.value, 2), *row.neighbours)
    past_entries for 2.25
    related_present for 0.5 tools
    national_trend against -20.0
    named_in_plan for nan food
    """
    place = {name: at for at, name in enumerate(basis.learnt.industries)}
    before = basis.place.history[0]
    for row in rows:
        if not row.kind:
            continue
        at, blank = place[row.industry], Evidence(row.industry, row.list, "", "")
        if row.kind in chances:
            yield from _parts(blank, basis.kinds[row.kind], chances[row.kind], at)
        yield from _neighbours(blank, row.kind, basis, at)
        if not math.isnan(row.complexity):
            yield replace(blank, evidence="complexity", side=NEITHER, value=row.complexity)
        yield from _trends(blank, row, basis, at, before)
        yield from _chain(blank, row, folder.table)
        yield from _folder_evidence(blank, row, folder)


def _parts(blank: Evidence, taught: Taught, chances: Chances, at: int) -> Iterator[Evidence]:
    """The effect of each feature on the odds, as a multiple beside an average candidate."""
    n = int(np.flatnonzero(chances.industry == at)[0])
    past = "past_entries" if taught.kind == "entry" else "past_exits"
    names = ("start_quotient", "size", past, "relatedness", "volatility")
    for name, part in zip(names, chances.parts[n].tolist(), strict=True):
        if name == "relatedness" and taught.score != "full":
            continue
        side = NEITHER if abs(part) < SMALL else FOR if part > 0 else AGAINST
        yield replace(blank, evidence=name, side=side, value=math.exp(part), unit="x")


def _neighbours(blank: Evidence, kind: str, basis: Basis, at: int) -> Iterator[Evidence]:
    """The industries that stand most often where this one does: those here, and those not."""
    near = np.array(basis.learnt.proximity[at])
    most = [int(k) for k in np.argsort(-near, kind="stable")[: rules().neighbours]]
    names = basis.learnt.industries
    present = [k for k in most if basis.place.quotient[k] >= 1 and near[k] > 0]
    absent = [k for k in most if basis.place.quotient[k] < 1 and near[k] > 0]
    sides = (FOR, AGAINST) if kind == "entry" else (AGAINST, FOR)
    for name, group, side in zip(
        ("related_present", "related_absent"), (present, absent), sides, strict=True
    ):
        if group:
            yield replace(
                blank,
                evidence=name,
                side=side,
                value=float(near[group].mean()),
                neighbours=tuple(names[k] for k in group),
            )


def _trends(
    blank: Evidence, row: Candidate, basis: Basis, at: int, before: np.ndarray
) -> Iterator[Evidence]:
    """Changes of the industry's share in all regions, and of its level here, in percent.

    A level or share that has not changed is evidence for neither side.
    """
    changes = {
        "national_trend": (basis.learnt.shares[at], basis.learnt.before[at]),
        "own_trend": (float(basis.place.level[at]), float(before[at])),
    }
    for name, (current, earlier) in changes.items():
        if not earlier > 0 or math.isnan(current) or len(basis.learnt.periods) < 2:
            continue
        change = (current / earlier - 1) * 100
        side = FOR if (change > 0) == (row.kind == "entry") else AGAINST
        side = side if change else NEITHER
        cited = row.observations if name == "own_trend" else ()
        yield replace(blank, evidence=name, side=side, value=change, unit="%", observations=cited)


def _chain(blank: Evidence, row: Candidate, table: str) -> Iterator[Evidence]:
    """Evidence where the region's other industries buy more of it than there is."""
    if math.isnan(row.chain_gap):
        return
    lacks = row.chain_gap > 0
    side = FOR if lacks == (row.kind == "entry") else AGAINST
    yield replace(
        blank,
        evidence="chain_gap" if lacks else "chain_supplied",
        side=side,
        value=row.chain_gap,
        beside=row.bought,
        unit="%",
        table=table,
    )


def _folder_evidence(blank: Evidence, row: Candidate, folder: Folder) -> Iterator[Evidence]:
    """Projects, firms and the plan's own words that touch the industry."""
    side = FOR if row.kind == "entry" else AGAINST
    groups = [name for name, location in folder.where.items() if location.within == (row.industry,)]
    for project in _projects(folder, row.industry):
        yield replace(blank, evidence="project", side=side, entity=project)
    firms: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys([row.industry, *groups]):
        entities, _, ids = named_entities(folder.region, name)
        firms |= {entity: ids for entity in entities if entity not in firms}
    for entity, ids in [*firms.items()][:MOST]:
        yield replace(blank, evidence="entity", side=side, entity=entity, observations=ids)
    if folder.plan is not None:
        whole = [name for name in groups if folder.where[name].how == WHOLE]
        yield replace(
            blank,
            evidence="named_in_plan" if groups else "not_in_plan",
            side=side if whole else NEITHER,
            neighbours=tuple(groups),
        )


def _projects(folder: Folder, industry: str) -> Iterator[str]:
    """The plan's projects whose industry of the table belongs to one of the panel."""
    if folder.plan is None or not folder.table or folder.plan.operation.empty:
        return
    table = folder.region.tables[folder.table]
    shares = joined(folder.region, table, [industry])[0]
    codes = {code for code, share in zip(map(str, table.codes), shares, strict=True) if share > 0}
    rows = folder.plan.operation
    for row in rows[rows["field"] == "industry"].to_dict("records"):
        if str(row["value"]) in codes:
            yield str(row["project"])
