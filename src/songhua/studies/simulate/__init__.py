"""Simulate: what each project of the plan does to the region, as an interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.plan import Plan
    from songhua.results import Result

NEEDS = (
    "sources",
    "indicators",
    "industries",
    "observations",
    "panels",
    "tables",
    "plan.projects",
    "plan.spending",
    "plan.operation",
    "plan.assumptions",
    "plan.scenarios",
    "plan.changes",
)


@dataclass(frozen=True)
class SimulateOptions:
    """Options of simulate."""

    scenario: str = option("", "One of the plan's scenarios.", "NAME")
    draws: int = option(300, "How many draws (300).", "N", least=1)
    structure: str = option(
        "accounts",
        "What spreads a sector's total over its industries: accounts, or nation (quicker).",
        "NAME",
    )
    workers: int = option(
        1, "Processes that draw tables (1). The numbers are the same.", "N", least=1, result=False
    )
    #: Assumptions by name and project (`delay.mill`) in the unit in force; projects left out.
    assumed: tuple[tuple[str, float], ...] = option(())
    left_out: tuple[str, ...] = option(())


def lacks(inputs: Inputs) -> str | None:
    """Projects, a table, or figures of the size of industries."""
    from songhua.studies.simulate.regional_base import lacks as missing

    return missing(inputs.region, inputs.plan)


def plan_of(given: Inputs, options: SimulateOptions) -> Plan | None:
    """The plan in force under a scenario, and under what is assumed otherwise.

    Raises:
        SonghuaError: `scenario_unknown`; `option_unreadable`.
    """
    from songhua.studies.simulate.levers import assumed_otherwise

    plan = given.plan and given.plan.in_force(given.region.sources)
    plan = plan and plan.with_scenario(options.scenario)
    return plan and assumed_otherwise(plan, options.assumed, options.left_out)


def evidence(options: SimulateOptions) -> dict[str, dict[str, object]]:
    """The accounts, where they are to give the structure."""
    return {"accounts": {}} if options.structure == "accounts" else {}


@study(
    "simulate",
    needs=NEEDS,
    options=SimulateOptions,
    rank=3,
    lacks=lacks,
    evidence=evidence,
    summing=True,
)
def simulate(inputs: Inputs, options: SimulateOptions) -> Result:
    """Say what each project of DIR's plan brings: value added, jobs and taxes, with intervals."""
    from songhua.studies.simulate.study import simulate as compute

    return compute(
        inputs.region,
        plan_of(inputs, options),
        inputs.evidence,
        inputs.rng,
        inputs.progress,
        draws=options.draws,
        structure=options.structure,
        workers=options.workers,
    )
