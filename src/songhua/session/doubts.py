"""Doubts of a region's figures, gathered from what checks and comparison find, when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations

import numpy as np

from songhua.checks.plausibility import doubts as warnings
from songhua.checks.plausibility.fault_kinds import (
    FigureOffSeries,
    FigureOffSource,
    GrowthOffSeries,
)
from songhua.region import GRADES, SETTLED, Region
from songhua.region.doubts import Doubt, DoubtKind, Doubts
from songhua.region.observations import SERIES
from songhua.results import read_rows

#: The grade of a copy that names its original.
REPOST = "repost"
#: The warnings that a figure is of another scale; each other one says that it is disputed.
SCALE = (FigureOffSeries, FigureOffSource, GrowthOffSeries)
#: The conflicts in which figures contradict one another.
DISPUTES = ("sources_conflict", "growth_disagrees", "growth_outside_parts", "names_differ")


def with_doubts(region: Region) -> Region:
    """The region whose figures carry their doubts; these are computed on first use.

    >>> from songhua.region import Region
    >>> dict(with_doubts(Region.of("here")).figures.doubts)
    {}
    """
    return replace(region, figures=region.figures.doubted(cache(lambda: _doubts_by_id(region))))


def _doubts_by_id(region: Region) -> Doubts:
    """The doubts of each figure, each once."""
    doubts_by_id: dict[str, dict[Doubt, None]] = {}
    for parts in (_implausible, _conflicting, _provisional, _after_breaks, _leads, _noted):
        for id, doubt in parts(region):
            doubts_by_id.setdefault(id, {})[doubt] = None
    return {id: tuple(some) for id, some in doubts_by_id.items()}


def _implausible(region: Region) -> Iterator[tuple[str, Doubt]]:
    """Warnings, as doubts of the figure at whose row they stand."""
    issues = warnings(region)
    table = region.figures
    rows = np.flatnonzero(table.frame["row"].isin([issue.row for issue in issues]).to_numpy())
    places = zip(table.files[rows], table.frame["row"].iloc[rows], strict=True)
    ids = dict(zip(places, table.texts("id", rows), strict=True))
    for warning in issues:
        if (warning.file, warning.row) in ids:
            kind = DoubtKind.SCALE if isinstance(warning, SCALE) else DoubtKind.DISPUTED
            yield ids[warning.file, warning.row], Doubt(kind)


def _conflicting(region: Region) -> Iterator[tuple[str, Doubt]]:
    """Figures that contradict one another, and counts that are printed again."""
    from songhua.studies.diagnose.conflicts import Conflict, conflicts
    from songhua.studies.series import Figures

    for row in read_rows(conflicts(Figures(region, None))[0]["conflicts"], Conflict):
        if row.code in DISPUTES:
            for id, opposed in permutations(row.observations, 2):
                yield id, Doubt(DoubtKind.DISPUTED, opposed)
        elif row.code == "value_repeated":
            first, *later = _in_time(region, row.observations)
            for id in later:
                yield id, Doubt(DoubtKind.REPEATED, first)


def _in_time(region: Region, ids: Sequence[str]) -> list[str]:
    """Figures in order of period."""
    end = region.figures.frame["end"].to_numpy()
    return sorted(ids, key=lambda id: end[region.figures.places[id]])


def _provisional(region: Region) -> Iterator[tuple[str, Doubt]]:
    """Figures that their source calls preliminary."""
    for id in region.figures.all_rows.select(kind="preliminary").ids:
        yield id, Doubt(DoubtKind.PROVISIONAL)


def _after_breaks(region: Region) -> Iterator[tuple[str, Doubt]]:
    """The first figures of each series after a break of its indicator, or of a level's place."""
    rows = region.figures.all_rows.select(kind=SETTLED)
    rows = rows.where(region.may_break(rows) & ~rows.superseded & ~np.isnan(rows.value))
    for labels, series in rows.by(*SERIES).items():
        about, periods = region.indicator(*labels[:2]), sorted(series.distinct("period"))
        for before, period in pairwise(periods):
            if not about.unbroken(before, period):
                last = series.select(period=before).ids[0]
                for id in series.select(period=period).ids:
                    yield id, Doubt(DoubtKind.BREAK_BEFORE, last)


def _leads(region: Region) -> Iterator[tuple[str, Doubt]]:
    """Figures of weak sources, and the last ones of better sources where such a lead is newer.

    A copy that names neither its original nor an address cannot be followed, and counts as weak.
    """
    untraced = [
        id
        for id, entry in region.sources.items()
        if entry.get("grade") == REPOST and not (entry.get("original") or entry.get("address"))
    ]
    rows = region.figures.all_rows.select(kind=SETTLED)
    rows = rows.where(~rows.superseded & ~np.isnan(rows.value))
    weak = rows.have(grade=GRADES[-1]) | rows.have(source=untraced)
    for id in rows.where(weak).ids:
        yield id, Doubt(DoubtKind.LEAD)
    leads = rows.where(weak).in_order().last(*SERIES)
    better = rows.where(~weak & rows.have(indicator=leads.distinct("indicator"))).by(*SERIES)
    for labels, (lead,) in leads.by(*SERIES).items():
        if labels in better and (end := max(better[labels].end)) < lead.period.end.toordinal():
            for id in better[labels].where(better[labels].end == end).ids:
                yield id, Doubt(DoubtKind.NEWER_LEAD, lead.id)


def _noted(region: Region) -> Iterator[tuple[str, Doubt]]:
    """Figures whose row has a note."""
    noted = np.flatnonzero((region.figures.frame["note"] != "").to_numpy())
    for id in region.figures.texts("id", noted):
        yield id, Doubt(DoubtKind.NOTED)
