"""Simulate: what each project of the plan does to the region, as an interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from songhua.errors import SonghuaError
from songhua.labels.lookup import refuse_other
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result
from songhua.studies.fault_kinds import SimulateDraws, SimulateNoProjects
from songhua.studies.registry import Progress
from songhua.studies.simulate.certainty import kinds, measured_drivers, measured_shares
from songhua.studies.simulate.coverage import coverage
from songhua.studies.simulate.ensemble import swings, variance_drivers
from songhua.studies.simulate.impact_findings import findings, of_ends
from songhua.studies.simulate.prepared import STRUCTURES, Prepared
from songhua.studies.simulate.simulation import Simulation
from songhua.studies.simulate.tables import simulation_rows

DRAWS, LEAST = 300, 40


def simulate(
    region: Region,
    plan: Plan | None = None,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
    *,
    draws: int = DRAWS,
    structure: str = STRUCTURES[0],
    workers: int = 1,
) -> Result:
    """The projects' effects: output, value added, jobs, income and taxes, each with its ends.

    Spending buys goods of the region, plants sell and buy, households spend what they earn; gross
    beside net of displacement, crowding out and limits of capacity. Assumptions, the region's
    structure where it is not published and the error of its table are drawn together. A scenario
    is a plan (`Plan.with_scenario`), and two with one `rng` differ by their assumptions alone. The
    tables stand in `studies/simulate/tables.py`.

    Args:
        region, plan, progress: as every study.
        evidence: has `accounts`, if these give the structure. rng: the source of all seeds; seed 0,
        if not given.
        draws: how many draws, 40 or more.
        structure: `accounts` for their draws, or `nation`; where there are no draws, a finding
            says why and the nation's it is.
        workers: processes that draw tables; the numbers do not depend on it.

    Raises:
        SonghuaError: `simulate_no_projects`, `simulate_no_table`, `simulate_no_output`,
            `simulate_draws`; and every fault of the plan's projects and assumptions, whatever made
            the plan.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> result = simulate(session.region, session.plan, draws=40)
    >>> rows = result.tables["totals"]
    >>> bool((rows["low"] <= rows["value"]).all() and (rows["value"] <= rows["high"]).all())
    True
    """
    refuse_other(structure, STRUCTURES)
    if plan is None:
        raise SonghuaError(SimulateNoProjects())
    if draws < LEAST:
        raise SonghuaError(SimulateDraws(n=draws, least=LEAST))
    start = Prepared.of(region, plan.base_year, evidence, rng, structure)
    ensemble = start.ensemble(plan, draws, workers, progress)
    drivers = variance_drivers(start.base, start.seeds, ensemble, workers)
    measured = measured_shares(drivers, measured_drivers(start.base, ensemble))
    simulation = Simulation.of(start.base, ensemble, plan.scenario, kinds(measured))
    rows = simulation_rows(simulation, drivers, swings(ensemble))
    before = [*coverage(region, plan, start.base.unit), *of_ends(measured, rows)]
    notes = findings(start.base, ensemble, rows, draws, start.no_accounts, before)
    return Result("simulate", rows.tables(), tuple(notes))
