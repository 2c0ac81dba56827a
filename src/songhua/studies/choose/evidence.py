"""Evidence for and against each candidate: what moves its odds, and what the folder says of it."""

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
from songhua.studies.choose.chains import joined
from songhua.studies.choose.definition import rules
from songhua.studies.choose.plan_choices import WHOLE, Found, named_entities

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
    """What the folder says beside the panel."""

    region: Region
    plan: Plan | None
    where: Mapping[str, Found]
    table: str


def evidence_rows(
    found: Basis, rows: Sequence[Candidate], told: Mapping[str, Chances], folder: Folder
) -> Iterator[Evidence]:
    """The evidence of every candidate, in the order of the lists.

    Args:
        found: what the odds rest on.
        rows: the candidates; those that could neither enter nor leave have no evidence.
        told: their odds by kind.
        folder: what the folder says beside the panel.

    >>> from songhua.maths.choice.learnt import chances_of
    >>> from songhua.studies.choose import example
    >>> basis, row = example.found(), Candidate("food", "enter", "entry")
    >>> told = {"entry": chances_of(basis.learnt, basis.kinds["entry"], basis.place)}
    >>> folder = Folder(example.town(), example.plan(), {"food": Found(WHOLE, ("food",))}, "")
    >>> for one in evidence_rows(basis, [row], told, folder):
    ...     if one.side != NEITHER:
    ...         print(one.evidence, one.side, round(one.value, 2), *one.neighbours)
    past_entries for 2.25
    related_present for 0.5 tools
    national_trend against -20.0
    named_in_plan for nan food
    """
    place = {name: at for at, name in enumerate(found.learnt.industries)}
    before = found.place.history[0]
    for row in rows:
        if not row.kind:
            continue
        at, blank = place[row.industry], Evidence(row.industry, row.list, "", "")
        if row.kind in told:
            yield from _parts(blank, found.kinds[row.kind], told[row.kind], at)
        yield from _neighbours(blank, row.kind, found, at)
        if not math.isnan(row.complexity):
            yield replace(blank, evidence="complexity", side=NEITHER, value=row.complexity)
        yield from _trends(blank, row, found, at, before)
        yield from _chain(blank, row, folder.table)
        yield from _named(blank, row, folder)


def _parts(blank: Evidence, taught: Taught, told: Chances, at: int) -> Iterator[Evidence]:
    """What each feature makes of the odds, as a multiple beside an average candidate."""
    n = int(np.flatnonzero(told.industry == at)[0])
    past = "past_entries" if taught.kind == "entry" else "past_exits"
    names = ("start_quotient", "size", past, "relatedness", "volatility")
    for name, part in zip(names, told.parts[n].tolist(), strict=True):
        if name == "relatedness" and taught.score != "full":
            continue
        side = NEITHER if abs(part) < SMALL else FOR if part > 0 else AGAINST
        yield replace(blank, evidence=name, side=side, value=math.exp(part), unit="x")


def _neighbours(blank: Evidence, kind: str, found: Basis, at: int) -> Iterator[Evidence]:
    """The industries that stand most often where this one does: those here, and those not."""
    near = np.array(found.learnt.proximity[at])
    most = [int(one) for one in np.argsort(-near, kind="stable")[: int(rules()["neighbours"])]]
    names = found.learnt.industries
    here = [one for one in most if found.place.quotient[one] >= 1 and near[one] > 0]
    gone = [one for one in most if found.place.quotient[one] < 1 and near[one] > 0]
    sides = (FOR, AGAINST) if kind == "entry" else (AGAINST, FOR)
    for name, group, side in zip(
        ("related_present", "related_absent"), (here, gone), sides, strict=True
    ):
        if group:
            yield replace(
                blank,
                evidence=name,
                side=side,
                value=float(near[group].mean()),
                neighbours=tuple(names[one] for one in group),
            )


def _trends(
    blank: Evidence, row: Candidate, found: Basis, at: int, before: np.ndarray
) -> Iterator[Evidence]:
    """How the industry's share in all regions changed, and its level here, in percent.

    What has not changed speaks for neither side.
    """
    changes = {
        "national_trend": (found.learnt.shares[at], found.learnt.before[at]),
        "own_trend": (float(found.place.level[at]), float(before[at])),
    }
    for name, (now, then) in changes.items():
        if not then > 0 or math.isnan(now) or len(found.learnt.periods) < 2:
            continue
        change = (now / then - 1) * 100
        side = FOR if (change > 0) == (row.kind == "entry") else AGAINST
        side = side if change else NEITHER
        cited = row.observations if name == "own_trend" else ()
        yield replace(blank, evidence=name, side=side, value=change, unit="%", observations=cited)


def _chain(blank: Evidence, row: Candidate, table: str) -> Iterator[Evidence]:
    """Whether the region's other industries buy more of it than there is."""
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


def _named(blank: Evidence, row: Candidate, folder: Folder) -> Iterator[Evidence]:
    """Projects, firms and the plan's own words that touch the industry."""
    side = FOR if row.kind == "entry" else AGAINST
    groups = [name for name, one in folder.where.items() if one.within == (row.industry,)]
    for project in _projects(folder, row.industry):
        yield replace(blank, evidence="project", side=side, entity=project)
    seen: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys([row.industry, *groups]):
        entities, _, ids = named_entities(folder.region, name)
        seen |= {entity: ids for entity in entities if entity not in seen}
    for entity, ids in [*seen.items()][:MOST]:
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
    own = joined(folder.region, table, [industry])[0]
    codes = {code for code, share in zip(map(str, table.codes), own, strict=True) if share > 0}
    rows = folder.plan.operation
    for row in rows[rows["field"] == "industry"].to_dict("records"):
        if str(row["value"]) in codes:
            yield str(row["project"])
