"""What is new: the figures that were recorded last, and what was corrected or revised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from songhua.region import SETTLED, Region
from songhua.region.series import Series
from songhua.studies.brief.rules import rules
from songhua.studies.brief.said import Said
from songhua.studies.month.revisions import THING, Revision, changed_figures
from songhua.studies.panels import WHOLE


def changes(region: Region, day: date) -> Iterator[Said]:
    """What was recorded last, then what was corrected or revised in the weeks before a day.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> [one.code for one in changes(region, date(2026, 11, 26))]
    ['brief_recorded']
    >>> list(changes(Region.of("here"), date(2026, 11, 26)))
    []
    """
    every = region.figures.observations
    if not every:
        return
    own = every.only(kind=SETTLED, region=region.code)
    yield from _recorded(every, own)
    yield from _changed(own, day - timedelta(days=rules()["changed"]["days"]))


def _recorded(every: Series, own: Series) -> Iterator[Said]:
    """How many figures the last day of recording brought; of the region's own the newest."""
    last = max(every.distinct("recorded"))
    batch = every.only(recorded=last)
    params: dict[str, object] = {
        "n": len(batch),
        "given": len(batch.distinct("source")),
        "day": str(last),
    }
    mine = own.only(recorded=last, industry=WHOLE, entity="", scope="")
    mine = mine.where(~np.isnan(mine.value)).in_order()
    if not mine:
        yield Said("changed", "brief_recorded_elsewhere", params, section="figures")
        return
    newest = mine[-1]
    params |= {
        "indicator": newest.indicator,
        "period": str(newest.period),
        "value": newest.value,
        "unit": newest.unit,
    }
    yield Said("changed", "brief_recorded", params, section="figures", observations=newest.ids)


def _changed(own: Series, since: date) -> Iterator[Said]:
    """How many figures were corrected or revised by what was recorded since, and the last."""
    marked = own.where(own.superseded | ~own.have(vintage=""))
    mine, of_marked = own.joint_with(marked, *THING)
    touched = own.where(np.isin(mine, of_marked))
    recorded = dict(zip(touched.ids, touched.texts("recorded"), strict=True))
    found: list[Revision] = []
    for group in touched.by(*THING).values():
        found += [
            row
            for row in changed_figures(group)
            if recorded[row.observations[-1]]
            > max(since.isoformat(), recorded[row.observations[0]])
        ]
    if found:
        last = max(found, key=lambda row: (recorded[row.observations[-1]], row.period))
        params = {
            "n": len(found),
            "day": since.isoformat(),
            "indicator": last.indicator,
            "period": str(last.period),
            "left": last.before,
            "right": last.after,
            "unit": last.unit,
        }
        yield Said(
            "changed", "brief_changed", params, section="figures", observations=last.observations
        )
