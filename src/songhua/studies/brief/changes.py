"""What is new: the figures that were recorded last, and what was corrected or revised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from songhua.region import SETTLED, Region
from songhua.studies.brief.rules import rules
from songhua.studies.brief.said import Said
from songhua.studies.month.revisions import THING, Revision, changed_figures
from songhua.studies.observation_list import Observations
from songhua.studies.observations import observation_frame
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
    if not len(region.observations):
        return
    frame = observation_frame(region)
    own = frame[frame["kind"].isin(SETTLED) & (frame["region"] == region.code)]
    yield from _recorded(frame, own)
    yield from _changed(own, day - timedelta(days=rules()["changed"]["days"]))


def _recorded(frame: pd.DataFrame, own: pd.DataFrame) -> Iterator[Said]:
    """How many figures the last day of recording brought; of the region's own the newest."""
    last = frame["recorded"].max()
    batch = frame[frame["recorded"] == last]
    params: dict[str, object] = {
        "n": len(batch), "given": int(batch["source"].nunique()), "day": str(last),
    }  # fmt: skip
    whole = (own["industry"] == WHOLE) & (own["entity"] == "") & (own["scope"] == "")
    mine = own[(own["recorded"] == last) & whole & own["value"].notna()]
    if not len(mine):
        yield Said("changed", "brief_recorded_elsewhere", params, section="figures")
        return
    newest = Observations.of_frame(mine.sort_values(["end", "start"], kind="stable").tail(1))[0]
    params |= {
        "indicator": newest.indicator, "period": str(newest.period), "value": newest.value,
        "unit": newest.unit,
    }  # fmt: skip
    yield Said("changed", "brief_recorded", params, section="figures", observations=newest.ids)


def _changed(own: pd.DataFrame, since: date) -> Iterator[Said]:
    """How many figures were corrected or revised by what was recorded since, and the last."""
    marked = own[own["superseded"] | (own["vintage"] != "")]
    if not len(marked):
        return
    touched = own.merge(marked[list(THING)].drop_duplicates(), on=list(THING))
    recorded = dict(zip(touched["id"], touched["recorded"], strict=True))
    found: list[Revision] = []
    for group in Observations.of_frame(touched).by(*THING).values():
        found += [
            row for row in changed_figures(group)
            if recorded[row.observations[-1]] > max(
                since.isoformat(), recorded[row.observations[0]]
            )
        ]  # fmt: skip
    if found:
        last = max(found, key=lambda row: (recorded[row.observations[-1]], row.period))
        params = {
            "n": len(found), "day": since.isoformat(), "indicator": last.indicator,
            "period": str(last.period), "left": last.before, "right": last.after,
            "unit": last.unit,
        }  # fmt: skip
        yield Said("changed", "brief_changed", params, section="figures",
                   observations=last.observations)  # fmt: skip
