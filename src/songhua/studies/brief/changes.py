"""News: the figures that were recorded last, and what was corrected or revised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from songhua.region import SETTLED, Region
from songhua.region.series import Series
from songhua.studies.brief.finding_kinds import (
    BriefChanged,
    BriefRecorded,
    BriefRecordedElsewhere,
)
from songhua.studies.brief.rules import rules
from songhua.studies.brief.sentence import Sentence
from songhua.studies.month.revisions import THING, Revision, changed_figures
from songhua.studies.panels import WHOLE


def changes(region: Region, day: date) -> Iterator[Sentence]:
    """The figures recorded last, then what was corrected or revised in the weeks before a day.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> [one.finding.code for one in changes(region, date(2026, 11, 26))]
    ['brief_recorded']
    >>> list(changes(Region.of("here"), date(2026, 11, 26)))
    []
    """
    observations = region.figures.observations
    if not observations.select(kind=SETTLED):
        return
    regional = observations.select(kind=SETTLED, region=region.code)
    yield from _recorded(observations, regional)
    yield from _changed(regional, day - timedelta(days=rules().changed_days))


def _recorded(observations: Series, regional: Series) -> Iterator[Sentence]:
    """The number of figures recorded on the last day, and the newest of the region's own."""
    settled = observations.select(kind=SETTLED)
    last = max(settled.distinct("recorded"))
    batch = settled.select(recorded=last)
    n, sources, day = len(batch), len(batch.distinct("source")), date.fromisoformat(last)
    mine = regional.select(recorded=last, industry=WHOLE, entity="", scope="")
    mine = mine.where(~np.isnan(mine.value)).in_order()
    if not mine:
        yield Sentence(BriefRecordedElsewhere(n=n, given=sources, day=day))
        return
    newest = mine[-1]
    yield Sentence(
        BriefRecorded(
            n=n,
            given=sources,
            day=day,
            indicator=newest.indicator,
            period=newest.period,
            value=newest.value,
            unit=newest.unit,
            observations=newest.ids,
        )
    )


def _changed(regional: Series, since: date) -> Iterator[Sentence]:
    """The number of figures that were corrected or revised since a day, and the last of them."""
    marked = regional.where(regional.superseded | ~regional.have(vintage=""))
    mine, of_marked = regional.joint_with(marked, *THING)
    touched = regional.where(np.isin(mine, of_marked))
    recorded = dict(zip(touched.ids, touched.texts("recorded"), strict=True))
    revisions: list[Revision] = []
    for group in touched.by(*THING).values():
        revisions += [
            row
            for row in changed_figures(group)
            if recorded[row.observations[-1]]
            > max(since.isoformat(), recorded[row.observations[0]])
        ]
    if revisions:
        last = max(revisions, key=lambda row: (recorded[row.observations[-1]], row.period))
        yield Sentence(
            BriefChanged(
                n=len(revisions),
                day=since,
                indicator=last.indicator,
                period=last.period,
                left=last.before,
                right=last.after,
                unit=last.unit,
                observations=last.observations,
            )
        )
