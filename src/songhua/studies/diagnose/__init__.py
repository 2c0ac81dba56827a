"""Diagnose: the state of the industrial system, from the figures that the folder holds."""

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
    """Options of diagnose."""

    until: str = option("", "Use figures up to the end of a period only, as 2021-Q1.", "PERIOD")


def lacks(inputs: Inputs) -> str | None:
    """Figures, observed or of a panel."""
    return None if len(inputs.region.figures) else "observations/*.csv"


@study("diagnose", needs=NEEDS, options=DiagnoseOptions, rank=1, lacks=lacks)
def diagnose(inputs: Inputs, options: DiagnoseOptions) -> Result:
    """Say what the industrial system of DIR is: roles, sizes, growth and its parts, conflicts."""
    from songhua.labels import parse_period
    from songhua.studies.diagnose.study import diagnose as compute

    region = inputs.region.until(parse_period(options.until)) if options.until else inputs.region
    return compute(region, inputs.plan, inputs.evidence, inputs.rng, inputs.progress)
