"""Choose: what the region could enter and what is at risk, with odds that were tested."""

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
    "learnt",
    "plan.industries",
    "plan.operation",
)


@dataclass(frozen=True)
class ChooseOptions:
    """Options of choose."""

    indicator: str = option("", "The panel: an indicator by region and industry.", "NAME")
    step: int = option(0, "Years from one period to the next (5, or as published).", "N", least=0)
    below: str = option("", "Quotient below which an industry can enter (0.8).", "NUMBER")
    above: str = option("", "Quotient from which it has entered (1).", "NUMBER")
    floor: str = option("", "Jobs a cell must be expected to hold, or share of value.", "NUMBER")
    jobs: str = option("", "Jobs that an industry must have to be judged (1,000).", "NUMBER")
    level: str = option("", "Level of the lower bound of a quotient (0.95).", "NUMBER")
    until: str = option("", "Use figures up to the end of a period only, as 2021.", "PERIOD")


def lacks(inputs: Inputs) -> str | None:
    """A panel that holds the region by industry."""
    from songhua.studies.choose.panel_levels import indicators_with_levels

    return None if any(indicators_with_levels(inputs.region)) else "panels/*.csv"


@study("choose", needs=NEEDS, options=ChooseOptions, rank=2, lacks=lacks)
def choose(inputs: Inputs, options: ChooseOptions) -> Result:
    """Say what DIR could enter and what is at risk, with odds, their record, or a refusal."""
    from songhua.labels import parse_period
    from songhua.studies.choose.basis import PanelRequest
    from songhua.studies.choose.definition import RANGES, Thresholds
    from songhua.studies.choose.study import choose as compute

    region = inputs.region.until(parse_period(options.until)) if options.until else inputs.region
    numbers = Thresholds.read({name: getattr(options, name) for name in RANGES})
    wanted = PanelRequest(options.indicator, options.step, numbers)
    return compute(region, inputs.plan, inputs.evidence, inputs.rng, inputs.progress, wanted=wanted)
