"""What choose has for the brief: what could enter, what could be lost, and which the plan names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.region import Region
from songhua.results import Result, read_rows
from songhua.studies.brief.said import Said
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.record import LearntRow

SECTION = "choose"
#: How many industries a sentence names.
NAMED = 2


def said(result: Result, region: Region) -> Iterator[Said]:
    """The likeliest entries, then the likeliest losses, those of the plan as worries.

    Where the years that the odds are of were over before the folder's last figure was published,
    the panel is to be renewed, and nothing else is said; nor is it of odds that were learnt
    elsewhere, and not checked here.

    >>> import songhua
    >>> from datetime import date
    >>> session = songhua.open(songhua.example("washington"))
    >>> result = session.run("choose")
    >>> [one.code for one in said(result, session.region)]
    ['brief_renew_panel']
    >>> [one.code for one in said(result, session.region.view(date(2020, 1, 1)))]
    ['brief_choose_enter', 'brief_choose_lose', 'brief_plan_at_risk', 'brief_plan_at_risk']
    """
    rows = read_rows(result.tables["candidates"], Candidate)
    about = next(iter(read_rows(result.tables["learnt"], LearntRow)), None)
    if about is None:
        return
    if _over(region, about):
        params = {"indicator": about.indicator, "period": about.after}
        yield Said("step", "brief_renew_panel", params, "renew_panel", section=SECTION)
        return
    if any(
        one.elsewhere and (one.indicator, one.step) == (about.indicator, about.step)
        for one in region.learnt.values()
        if about.basis == "learnt"
    ):
        params = {"indicator": about.indicator}
        yield Said("step", "brief_learnt_elsewhere", params, "renew_panel", section=SECTION)
        return
    for name in ("enter", "at_risk"):
        listed = [row for row in rows if row.list == name]
        if listed:
            code = "brief_choose_enter" if name == "enter" else "brief_choose_lose"
            yield Said("drives", code, _params(listed, about), section=SECTION)
    for row in rows:
        if row.list == "at_risk" and row.role:
            yield Said(
                "worry",
                "brief_plan_at_risk",
                _params([row], about),
                "plan_at_risk",
                row.odds.value / 100,
                section=SECTION,
                observations=row.observations,
            )


def _over(region: Region, about: LearntRow) -> bool:
    """Whether the years that the odds are of ended before the last figure was published."""
    last = pd.Timestamp(parse_period(about.after).end) + pd.DateOffset(years=about.years)
    known = region.figures.observations.known
    known = known[~np.isnat(known)]
    return bool(len(known)) and last < pd.Timestamp(known.max())


def _params(rows: Sequence[Candidate], about: LearntRow) -> dict[str, object]:
    """The first of a list with their odds, beside the usual rate."""
    first = rows[0]
    return {
        "n": len(rows),
        "industries": [row.industry for row in rows[:NAMED]],
        "industry": first.industry,
        "one_in": int(first.one_in),
        "years": about.years,
        "choice_measure": about.measured,
        "period": about.after,
        "rate": float(f"{first.base_rate:.2g}"),
        "left": float(f"{first.odds.low:.2g}"),
        "right": float(f"{first.odds.high:.2g}"),
    }
