"""Findings on the plan's industries at the nearest level that evidence reaches."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from songhua.labels import parse_period
from songhua.region import Region
from songhua.results import Finding
from songhua.studies.choose.choice_findings import refusal
from songhua.studies.choose.level_record import LevelRecord
from songhua.studies.choose.measures import PlanMeasure
from songhua.studies.choose.nearest import PlanClass, PlanEvidence
from songhua.studies.choose.nearest_kinds import (
    ChooseArea,
    ChooseAreaRecord,
    ChooseNearestAnchors,
    ChooseNearestAtRisk,
    ChooseNearestEntering,
    ChooseNearestLosing,
    ChooseNearestMixed,
    ChooseNearestNothing,
    ChooseNearestSecure,
    ChooseNearestUntold,
)

#: The number of classes that a sentence names, the largest first.
MOST_NAMED = 3
#: The verdicts on a class that is a specialisation.
SPECIALISED = ("secure", "at_risk", "specialised")
#: The finding of each verdict.
KINDS = {
    "secure": ChooseNearestSecure,
    "at_risk": ChooseNearestAtRisk,
    "entering": ChooseNearestEntering,
    "losing": ChooseNearestLosing,
    "specialised": ChooseNearestUntold,
    "unspecialised": ChooseNearestUntold,
    "mixed": ChooseNearestMixed,
    "anchors": ChooseNearestAnchors,
    "nothing": ChooseNearestNothing,
}


def findings(
    region: Region,
    records: Sequence[LevelRecord],
    evidence: Sequence[PlanEvidence],
    classes: Sequence[PlanClass],
    measures: Sequence[PlanMeasure] = (),
) -> Iterator[Finding]:
    """A sentence for each industry of the plan, then the area's record.

    An industry that is one of the own panel's has its sentence there, and none here. Of one that
    a larger area judges, the sentence has the own panel's class beside.

    Args:
        region: the folder.
        records: of the odds of the own panel, and of that of the area.
        evidence: a row for each industry and level.
        classes: the classes behind them.
        measures: the same industries by other measures.

    >>> from songhua.region import Region
    >>> from songhua.studies.choose.nearest import PlanEvidence
    >>> row = PlanEvidence("films", "pillar", "nothing", codes="87")
    >>> [finding.code for finding in findings(Region.of("here"), [], [row], [])]
    ['choose_nearest_nothing']
    """
    tried = [*dict.fromkeys(record.indicator for record in records)]
    beside = {row.industry for row in evidence if row.place and row.place != region.code}
    own = {row.industry: row for row in evidence if row.place == region.code and row.wider}
    for row in evidence:
        if row.place == region.code and (row.wider and row.industry in beside):
            continue
        if row.place != region.code or row.within != (row.industry,):
            parts = [part for part in classes if _behind(part, row)]
            around = own.get(row.industry) if row.place != region.code else None
            yield _sentence(row, parts, tried, measures, around)
    judged = {row.place for row in evidence}
    of_area = [record for record in records if record.place != region.code]
    if of_area and of_area[0].place in judged:
        yield from _area(of_area)


def _behind(part: PlanClass, row: PlanEvidence) -> bool:
    """True for a class of the industry and the place of a row."""
    return (part.industry, part.place) == (row.industry, row.place)


def _sentence(
    row: PlanEvidence,
    parts: Sequence[PlanClass],
    tried: Sequence[str],
    measures: Sequence[PlanMeasure],
    own: PlanEvidence | None = None,
) -> Finding:
    """The verdict on an industry of the plan, with what the region's own panel has beside it."""
    kind = KINDS[row.verdict]
    about: dict[str, Any] = {"industry": row.industry, "codes": row.codes}
    about["observations"] = row.observations
    if not row.place and row.within:
        about |= {"holders": row.within, "figures": row.figures}
    if row.verdict == "anchors":
        return kind(**about, entities=row.entities)
    if row.verdict == "nothing":
        return kind(**about, tried=tuple(tried))
    if kind is ChooseNearestUntold:
        about["verdict"] = row.verdict
    if row.verdict in ("secure", "at_risk", "entering"):
        about |= {"years": int(row.years), "times": float(f"{row.times:.2g}")}
    if row.verdict == "mixed":
        special = tuple(part.within for part in parts if part.verdict in SPECIALISED)
        about["specialised"] = special
        about["others"] = tuple(part.within for part in parts if part.within not in special)
    size = {part.within: part.level for part in parts}
    named = tuple(sorted(row.within, key=lambda id: -size[id])[:MOST_NAMED])
    of_place = [m for m in measures if (m.industry, m.place) == (row.industry, row.place)]
    newer = next((m for m in of_place if m.indicator == row.indicator), None)
    other = [
        measure
        for measure in of_place
        if measure is not newer and (measure.quotient >= 1) != (row.quotient >= 1)
    ]
    before = row.quotient_before
    return kind(
        place=row.place,
        indicator=row.indicator,
        period=parse_period(row.period),
        classes=() if row.wider else named,
        holders=named if row.wider else (),
        quotient=round(row.quotient, 2),
        before=parse_period(row.before),
        quotient_before=None if math.isnan(before) else round(before, 2),
        more=len(row.within) - len(named) or None,
        against=tuple(measure.indicator for measure in other),
        beside=tuple(id for measure in other if measure.wider for id in measure.within),
        share=round(row.share, 1) if row.share < 100 else None,
        own=None if own is None else round(own.quotient, 2),
        own_period=None if own is None else parse_period(own.period),
        newer=None if newer is None else round(newer.quotient, 2),
        newer_period=None if newer is None else parse_period(newer.period),
        around=() if own is None else own.within,
        **about,
    )


def _area(records: Sequence[LevelRecord]) -> Iterator[Finding]:
    """The panel of the area, and the record of its odds."""
    first = records[0]
    yield ChooseArea(
        place=first.place,
        indicator=first.indicator,
        n=first.regions,
        industries_n=first.industries,
        before=parse_period(first.before),
        period=parse_period(first.after),
        transitions=first.transitions,
        years=first.years,
    )
    for row in records:
        if row.refused:
            yield refusal(row.kind, row.refused, row.indicator, row.regions, row.after)
            continue
        yield ChooseAreaRecord(
            choice_kind=row.kind,
            indicator=row.indicator,
            n=row.n,
            came=row.came,
            auc=round(row.auc, 2),
            auc_start=round(row.auc_start, 2),
            precision=round(row.precision, 1),
            precision_start=round(row.precision_start, 1),
            covered=row.covered,
            told=row.told,
        )
