"""The plan's industries at the nearest level that evidence reaches: own panel, or larger area.

Of each panel an industry of the plan has the classes of which its codes make up the most; where
they make up the most of none, those that hold it. A class of which it makes up nothing that can be
counted, and one below the floor, tells nothing. Future fields are left to firms and projects.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from songhua.plan import Plan
from songhua.region import Region
from songhua.results.columns import (
    Citations,
    Column,
    IndicatorId,
    IndustryId,
    PlaceId,
    UnitName,
    choice,
    labels,
    number,
)
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.definition import rules
from songhua.studies.choose.level_record import Level
from songhua.studies.choose.plan_choices import coded_industries, named_entities, parts_of
from songhua.studies.panels import WHOLE

#: The role whose fields are new: what they will be part of says nothing of them.
FUTURE = "future"
#: Entities that are no firm, project or park, but a list of them.
GROUP = "group"
#: The verdict on candidates that would have to enter, whatever their odds.
ENTERING = {"enter": "entering", "long_shot": "entering"}
#: The part of a class from which on an industry of the plan makes up the most of it.
MOST = 0.5
#: The part of the level of its classes that a verdict must hold for; else it is divided.
HOLDS = 2 / 3
#: Lists of which nothing is known, or too little.
UNTOLD = ("too_small", "unknown")


@dataclass(frozen=True, slots=True)
class PlanClass:
    """A row of `plan_classes`: a class of a panel by which an industry of the plan is judged.

    `covers` is the part of the class that the plan's industry makes up, by the number of codes.
    """

    industry: IndustryId
    role: Annotated[str, choice("role")]
    place: PlaceId
    within: IndustryId
    codes: str
    covers: Annotated[float, number(unit="%", decimals=0)]
    verdict: Annotated[str, choice("choice_verdict")]
    indicator: IndicatorId
    period: Annotated[str, Column("", "period")]
    level: Annotated[float, number(unit_in="unit", digits=4)]
    unit: UnitName
    quotient: Annotated[float, number(decimals=2)]
    before: Annotated[str, Column("", "period")]
    quotient_before: Annotated[float, number(decimals=2)]
    kind: Annotated[str, choice("choice_kind")] = ""
    odds: Annotated[float, number(unit="%", digits=2)] = math.nan
    base_rate: Annotated[float, number(unit="%", digits=2)] = math.nan
    times: Annotated[float, number(digits=2)] = math.nan
    observations: Citations = ()


@dataclass(frozen=True, slots=True)
class PlanEvidence:
    """A row of `plan_evidence`: an industry of the plan at one level, or what else is known of it.

    `verdict` is that of the classes that hold two thirds of the level of all its classes there;
    `share` is theirs of it, or the largest share where the verdict is divided, and `times` the
    highest among them. `within` are all of them; where they are `wider` than the industry, those
    with that verdict. Below an area's row stands that of the region's own panel, where it has a
    class that holds the industry.
    """

    industry: IndustryId
    role: Annotated[str, choice("role")]
    verdict: Annotated[str, choice("choice_verdict")]
    place: PlaceId = ""
    indicator: IndicatorId = ""
    period: Annotated[str, Column("", "period")] = ""
    years: Annotated[float, number(decimals=0)] = math.nan
    within: Annotated[tuple[str, ...], labels("industries")] = ()
    codes: str = ""
    wider: bool = False
    share: Annotated[float, number(unit="%", decimals=0)] = math.nan
    quotient: Annotated[float, number(decimals=2)] = math.nan
    before: Annotated[str, Column("", "period")] = ""
    quotient_before: Annotated[float, number(decimals=2)] = math.nan
    times: Annotated[float, number(digits=2)] = math.nan
    entities: Annotated[tuple[str, ...], labels("entities")] = ()
    figures: int = 0
    observations: Citations = ()


def plan_classes(region: Region, plan: Plan, level: Level) -> Iterator[PlanClass]:
    """The classes of a panel for each industry of the plan that has some there.

    >>> from songhua.studies.choose.candidates import candidate_rows
    >>> from songhua.studies.choose.example import plan, town, town_basis
    >>> rows = candidate_rows(town_basis(), {}, "persons", {})
    >>> [row.verdict for row in plan_classes(town(), plan(), Level("here", town_basis(), rows))]
    ['entering']
    """
    by_name = {row.industry: row for row in level.rows}
    coded = coded_industries(region, level.basis.learnt.industries)
    code_of = {id: code for code, id in coded.items() if code.isdigit()}
    rows = plan.industries
    for industry, role in plan.roles().items():
        if role == FUTURE and industry not in by_name:
            continue
        entries = rows[rows.industry == industry]
        held = parts_of(industry, entries.itertuples(), coded, by_name)
        parts = {id: part for id, part in held.items() if part and by_name[id].list not in UNTOLD}
        most = {id: part for id, part in parts.items() if part > MOST}
        for id, part in (most or parts).items():
            row = by_name[id]
            yield PlanClass(
                industry,
                role,
                level.place,
                id,
                code_of.get(id, ""),
                100 * part,
                _verdict(row),
                row.indicator,
                row.period,
                row.level,
                row.unit,
                row.quotient,
                level.basis.learnt.periods[0],
                row.quotient_before,
                row.kind,
                row.odds.value,
                row.base_rate,
                row.times,
                row.observations,
            )


def _verdict(row: Candidate) -> str:
    """The verdict of a class: losing where its quotient was 1 or more, and is not any more.

    Both quotients are of a span without a break.
    """
    if row.quotient < 1 <= row.quotient_before:
        return "losing"
    plain = "specialised" if row.quotient >= 1 else "unspecialised"
    return row.list if row.list in ("secure", "at_risk") else ENTERING.get(row.list, plain)


def plan_evidence(
    region: Region, plan: Plan, levels: Sequence[Level]
) -> tuple[list[PlanEvidence], list[PlanClass]]:
    """Evidence on each industry of the plan, at each level that is the nearest for it.

    A panel whose classes it makes up the most of is nearer than one whose classes hold it; of two
    alike the one with the finer classes is, and both count where it makes up the most in both.

    Returns:
        A row for each industry and level, in the order of the plan, and the classes behind them.

    >>> from songhua.studies.choose.candidates import candidate_rows
    >>> from songhua.studies.choose.example import plan, town, town_basis
    >>> rows = candidate_rows(town_basis(), {}, "persons", {})
    >>> evidence, classes = plan_evidence(town(), plan(), [Level("here", town_basis(), rows)])
    >>> [(row.industry, row.verdict, row.wider) for row in evidence]
    [('food', 'entering', False), ('looms', 'nothing', False), ('films', 'nothing', False)]
    >>> [(row.within, round(row.quotient, 2)) for row in classes]
    [('food', 0.5)]
    """
    levels = [level for level in levels if level.basis.learnt.regions >= rules().regions]
    known = {level.place: level.basis for level in levels}
    classes = [row for level in levels for row in plan_classes(region, plan, level)]
    evidence: list[PlanEvidence] = []
    used: list[PlanClass] = []
    for industry, role in plan.roles().items():
        own = [row for row in classes if row.industry == industry]
        most = [row for row in own if row.covers > 100 * MOST]
        finest = max((len(row.codes) for row in own), default=0)
        nearest = most or [row for row in own if len(row.codes) == finest]
        places = dict.fromkeys(row.place for row in nearest)
        for place in places:
            rows = [row for row in nearest if row.place == place]
            used += rows
            evidence.append(_judged(rows, known[place], wider=not most))
        around = [row for row in own if row.place == region.code]
        if places and around and region.code not in places:
            used += around
            held_in = _judged(around, known[region.code], wider=True)
            evidence.append(replace(held_in, verdict="within"))
        if not places:
            evidence.append(_named(region, plan, industry, role))
    return evidence, used


def _judged(rows: Sequence[PlanClass], of: Basis, *, wider: bool) -> PlanEvidence:
    """The verdict on an industry by its classes in one place."""
    levels = np.array([row.level for row in rows])
    total = float(np.nansum(levels)) or math.nan
    held = {row.verdict: 0.0 for row in rows}
    for row in rows:
        held[row.verdict] += 0.0 if math.isnan(row.level) else row.level
    verdict = max(held, key=lambda name: held[name])
    share = 100 * held[verdict] / total if len(rows) > 1 else 100.0
    if share < 100 * HOLDS:
        verdict = "mixed"
    chosen = [row for row in rows if row.verdict == verdict] or rows
    times = [row.times for row in chosen if not math.isnan(row.times)]
    first, shown = rows[0], sorted(chosen if wider else rows, key=lambda row: row.codes)
    return PlanEvidence(
        first.industry,
        first.role,
        verdict,
        first.place,
        first.indicator,
        first.period,
        float(of.years),
        tuple(row.within for row in shown),
        " ".join(row.codes for row in shown if row.codes),
        wider,
        share,
        _joint(of, shown, -1),
        first.before,
        _joint(of, shown, 0),
        max(times, default=math.nan),
        observations=tuple(id for row in shown for id in row.observations),
    )


def _joint(of: Basis, rows: Sequence[PlanClass], at: int) -> float:
    """The quotient of some classes together in a period: their share here over that in all."""
    place = [of.learnt.industries.index(row.within) for row in rows]
    levels, shares = of.place.history[at], np.array(of.learnt.margins[at])
    everywhere = float(np.nansum(shares[place]))
    if np.isnan(levels[place]).all() or not everywhere > 0:
        return math.nan
    return float(np.nansum(levels[place]) / np.nansum(levels)) / everywhere


def _named(region: Region, plan: Plan, industry: str, role: str) -> PlanEvidence:
    """An industry of which no panel tells: what the folder names of it, or of what holds it.

    What holds it is the next wider industry of the catalogue that is none of the plan's own.
    """
    named, figures, ids = named_entities(region, industry)
    holder = str(region.industries.get(industry, {}).get("parent") or "")
    wider = not figures and holder in {*region.industries} - {WHOLE, *plan.roles()}
    if wider:
        named, figures, ids = named_entities(region, holder)
    entities = tuple(id for id in named if region.entities[id].get("type") != GROUP)
    listed = plan.industries[plan.industries.industry == industry].code
    wanted = " ".join(dict.fromkeys(str(code) for code in listed if str(code)))
    return PlanEvidence(
        industry,
        role,
        "anchors" if entities else "nothing",
        within=(holder,) if wider and figures else (),
        codes=wanted,
        wider=bool(wider and figures),
        entities=entities,
        figures=figures,
        observations=ids,
    )
