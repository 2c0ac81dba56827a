"""Diagnose: what the industrial system is, from the figures that the folder holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = (
    "sources",
    "indicators",
    "industries",
    "entities",
    "observations",
    "panels",
    "tables",
    "indices",
    "left_out",
    "plan.industries",
)


@dataclass(frozen=True)
class DiagnoseOptions:
    """What may be asked of diagnose."""

    until: str = option("", "Use figures up to the end of a period only, as 2021-Q1.", "PERIOD")


def lacks(given: Inputs) -> str | None:
    """Figures, observed or of a panel."""
    return None if len(given.region.figures) else "observations/*.csv"


@study("diagnose", needs=NEEDS, options=DiagnoseOptions, rank=1, lacks=lacks)
def diagnose(given: Inputs, options: DiagnoseOptions) -> Result:
    """Say what the industrial system of DIR is: roles, sizes, growth and its parts, conflicts."""
    from songhua.labels import parse_period
    from songhua.studies.diagnose.study import diagnose as compute

    region = given.region.until(parse_period(options.until)) if options.until else given.region
    return compute(region, given.plan, given.evidence, given.rng, given.progress)
