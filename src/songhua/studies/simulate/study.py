"""Simulate: what each project of the plan does to the region, as an interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from songhua.checks.assumptions import sound as assumptions_sound
from songhua.checks.projects import operation_sound, spending_sound
from songhua.errors import Fault, SonghuaError
from songhua.lookup import refuse_other
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result
from songhua.studies.registry import Progress
from songhua.studies.simulate.drawn_economy import Seeds
from songhua.studies.simulate.ensemble import draw_ensemble, swings, variance_drivers
from songhua.studies.simulate.findings import findings
from songhua.studies.simulate.from_accounts import no_accounts, with_accounts
from songhua.studies.simulate.regional_base import regional_base
from songhua.studies.simulate.simulation import Simulation
from songhua.studies.simulate.tables import simulation_rows

DRAWS, LEAST = 300, 40
#: What may spread a sector's total over its industries.
STRUCTURES = ("accounts", "nation")


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
    """What the projects do: output, value added, jobs, income and taxes, as 90 % intervals.

    Spending buys goods of the region, plants sell and buy, households spend what they earn; gross
    beside net of displacement, crowding out and limits of capacity. Assumptions, the region's
    structure where it is not published and the error of its table are drawn together. A scenario
    is a plan (`Plan.with_scenario`), and two with one `rng` differ by their assumptions alone. The
    tables stand in `schema/results/simulate.toml`.

    Args:
        region, plan, progress: as every study.
        evidence: holds `accounts`, where these are to give the structure.
        rng: where all seeds come from; seed 0, if not given.
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
    >>> found = simulate(session.region, session.plan, draws=40)
    >>> rows = found.tables["totals"]
    >>> bool((rows["low"] <= rows["value"]).all() and (rows["value"] <= rows["high"]).all())
    True
    """
    refuse_other(structure, STRUCTURES)
    if plan is None or not plan.simulated_projects():
        raise SonghuaError(Fault("simulate_no_projects"))
    if draws < LEAST:
        raise SonghuaError(Fault("simulate_draws", params={"n": draws, "least": LEAST}))
    base = regional_base(region, plan.base_year)
    accounts = None
    if structure == "accounts" and base.sectors:  # else nothing is spread, and none are made
        accounts = (evidence or {}).get("accounts")
        base = base if accounts is None else with_accounts(base, accounts)
    sound = assumptions_sound(plan.assumption_rows, ())
    if faults := [*spending_sound(plan), *operation_sound(plan, base.codes), *sound]:
        raise SonghuaError(*faults)
    chance = rng if rng is not None else np.random.default_rng(0)
    seeds = Seeds(*(int(seed) for seed in chance.integers(0, 2**31, 3)))
    ensemble = draw_ensemble(base, plan, seeds, draws, workers, progress)
    simulation = Simulation.of(base, ensemble, plan.scenario)
    drivers = variance_drivers(base, seeds, ensemble, workers)
    rows = simulation_rows(simulation, drivers, swings(ensemble))
    why = no_accounts(base, accounts, region, plan.base_year) if structure == "accounts" else ""
    return Result("simulate", rows.tables(), tuple(findings(base, ensemble, rows, draws, why)))
