"""The day on which a plan is looked at: one rule for every study."""

from __future__ import annotations

from datetime import date

from songhua.plan import Plan
from songhua.region import Region


def day_of_view(region: Region, plan: Plan | None) -> date | None:
    """The day of the view: the day asked for, else the last on which a row was recorded.

    Rows are those of the observations, of panels where there is no other, of the plan's targets and
    works, and the answers of departments. None where nothing was recorded.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"recorded": ["2026-01-02", "2026-03-01"]})
    >>> day_of_view(Region.of("r", observations=rows), None)
    datetime.date(2026, 3, 1)
    """
    if region.as_of is not None:
        return region.as_of
    table = region.figures
    days = table.observations.distinct("recorded") or table.cells.distinct("recorded")
    recorded = {date.fromisoformat(day[:10]) for day in days if day}
    if plan is not None:
        recorded |= {entry.recorded for entry in plan.entries() if entry.recorded is not None}
    if len(region.reviews):
        recorded |= {date.fromisoformat(day[:10]) for day in region.reviews["received"].unique()}
    return max(recorded, default=None)
