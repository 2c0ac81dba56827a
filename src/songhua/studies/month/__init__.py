"""Month: what happened in a month, a quarter, a half or a year, as a report needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, OptionValues, option, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = ("sources", "indicators", "industries", "observations", "panels", "reviews")


@dataclass(frozen=True)
class MonthOptions:
    """Options of month."""

    period: str = option(help="What is reported on, as 2021-Q1.", metavar="PERIOD")
    peers: tuple[str, ...] = option(
        (), "A place to compare with; repeatable.", "PLACE", flag="peer"
    )
    since: str = option("", "Tell revisions after this day only.", "DATE")


def evidence(options: MonthOptions) -> Mapping[str, OptionValues]:
    """The diagnosis with the figures of that time."""
    return {"diagnose": {"until": options.period}}


@study("month", needs=NEEDS, options=MonthOptions, rank=7, evidence=evidence)
def month(inputs: Inputs, options: MonthOptions) -> Result:
    """Say what happened in a period: cumulative and single growth, other regions, revisions."""
    from songhua.labels import parse_date
    from songhua.studies.month.study import month as compute

    since = parse_date(options.since) if options.since else None
    region, plan, evidence = inputs.region, inputs.plan, inputs.evidence
    return compute(region, plan, evidence, options.period, options.peers, since)
