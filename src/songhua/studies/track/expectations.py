"""Targets that are none: what a source printed as its expectation, held among the targets."""

from __future__ import annotations

from dataclasses import replace

from songhua.plan import PlanTarget
from songhua.plan.vocabulary import Nature
from songhua.region import Region
from songhua.studies.panels import WHOLE


def as_printed(region: Region, entry: PlanTarget) -> PlanTarget:
    """A target of unstated nature is an expectation where the folder has its number as one.

    That is an expectation of the same source, indicator, industry, place and time.

    >>> import pandas as pd
    >>> row = {"indicator": "jobs", "region": "here", "period": "2025", "value": "10"}
    >>> row |= {"unit": "persons", "kind": "expectation", "source": "paper"}
    >>> jobs = {"jobs": {"unit": "persons"}}
    >>> region = Region.of("here", observations=pd.DataFrame([row]), indicators=jobs)
    >>> cells = {"id": "t", "indicator": "jobs", "period": "2025", "text": "10", "source": "paper"}
    >>> target = PlanTarget.read(cells)
    >>> as_printed(region, target).nature
    'expectation'
    >>> as_printed(region, replace(target, source="bulletin")).nature
    ''
    """
    if entry.stated_nature:
        return entry
    printed = region.figures.observations.select(
        kind="expectation",
        source=entry.source,
        indicator=entry.indicator,
        region=entry.region or region.code,
        industry=entry.industry or WHOLE,
        entity=entry.entity,
    )
    ends = {period.end for period in printed.distinct("period")}
    return replace(entry, nature=Nature.EXPECTATION) if entry.period.end in ends else entry
