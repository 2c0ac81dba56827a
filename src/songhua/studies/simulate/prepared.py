"""The start of a simulation, whatever is assumed of its projects: base and seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from songhua.checks.assumptions import sound as assumptions_sound
from songhua.checks.delivery import parts_in_order
from songhua.checks.projects import operation_sound, spending_sound
from songhua.errors import SonghuaError
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result
from songhua.studies.accounts.totals import has_total
from songhua.studies.fault_kinds import SimulateLarge, SimulateNoProjects
from songhua.studies.registry import Progress
from songhua.studies.simulate.drawn_economy import Seeds
from songhua.studies.simulate.ensemble import Ensemble, draw_ensemble
from songhua.studies.simulate.from_accounts import no_accounts, with_accounts
from songhua.studies.simulate.project_flows import calendar
from songhua.studies.simulate.regional_base import RegionalBase, regional_base

#: The most bytes that all draws together may fill.
MEMORY = 4_000_000_000
#: Arrays of draw × industry × industry that are held at once (coefficients, inverses, those with
#: households, and a copy while they are put together), and of draw × year × industry or project.
TABLES, FLOWS = 5, 40
#: The choices for spreading a sector's total over its industries.
STRUCTURES = ("accounts", "nation")


@dataclass(frozen=True)
class Prepared:
    """A region's base with the seeds of all chance; `no_accounts` says why accounts gave none.

    Plans that are drawn from one of these meet the same draws: they differ by their own numbers.
    """

    base: RegionalBase
    seeds: Seeds
    no_accounts: str = ""

    @classmethod
    def of(
        cls,
        region: Region,
        year: int,
        evidence: Mapping[str, Result] | None = None,
        rng: np.random.Generator | None = None,
        structure: str = STRUCTURES[0],
    ) -> Prepared:
        """The base of a year; the arguments are those of `simulate`.

        Raises:
            SonghuaError: `simulate_no_table`, `simulate_no_output`, `simulate_part_missing`.
        """
        base, accounts = regional_base(region, year), None
        if structure == "accounts" and base.sectors:  # else nothing is spread, and none are made
            # Accounts of another year, where this one has no total, are of another size.
            accounts = (evidence or {}).get("accounts") if has_total(region, year) else None
            base = base if accounts is None else with_accounts(base, accounts)
        chance = rng if rng is not None else np.random.default_rng(0)
        seeds = Seeds(*(int(seed) for seed in chance.integers(0, 2**31, 3)))
        why = no_accounts(base, accounts, region, year) if structure == "accounts" else ""
        return cls(base, seeds, why)

    def ensemble(
        self, plan: Plan, draws: int, workers: int = 1, progress: Progress | None = None
    ) -> Ensemble:
        """The effects of a plan's projects in each draw.

        Raises:
            SonghuaError: `simulate_no_projects`; every fault of the projects and assumptions;
                `simulate_large`, where all that is drawn would fill more than `MEMORY`.

        >>> from songhua.studies.simulate import example
        >>> start = Prepared(example.base(), Seeds(1, 2, 3))
        >>> few, more = (start.ensemble(example.plan(), n).outcomes for n in (40, 60))
        >>> bool((few == more.head(40)).all(axis=None))  # the first draws are the same
        True
        """
        if not plan.simulated_projects():
            raise SonghuaError(SimulateNoProjects())
        sound = assumptions_sound(plan.assumption_rows, ())
        projects = [*spending_sound(plan), *operation_sound(plan, self.base.codes)]
        projects += parts_in_order(plan.projects)
        if faults := [*projects, *sound]:
            raise SonghuaError(*faults)
        self._refuse_large(plan, draws)
        return draw_ensemble(self.base, plan, self.seeds, draws, workers, progress)

    def _refuse_large(self, plan: Plan, draws: int) -> None:
        """Refuse what would not fit, before anything is drawn: tables, flows by industry and year.

        A table of the region's own is not drawn, and stands once.
        """
        n, years = len(self.base.codes), len(calendar(plan))
        tables = 1 if (self.base.basis == "own").all() else draws
        projects = len(plan.simulated_projects())
        numbers = TABLES * tables * n * n + FLOWS * draws * years * (n + projects)
        if 8 * numbers > MEMORY:
            raise SonghuaError(
                SimulateLarge(
                    draws=draws,
                    industries=n,
                    years=years,
                    needed=f"{8 * numbers / 1e9:.3g}",
                    most=f"{MEMORY / 1e9:g}",
                )
            )
