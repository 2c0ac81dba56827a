"""Findings of a simulation: its reliability, its sums, their drivers and limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from songhua.maths import regional_error
from songhua.maths.projects import STEPS
from songhua.results import Finding, read_finding
from songhua.studies.simulate.amounts import amount, gains, rough, without_parts
from songhua.studies.simulate.certainty import OUTCOMES_OF, known_area
from songhua.studies.simulate.ensemble import STRUCTURE, Ensemble
from songhua.studies.simulate.finding_kinds import (
    SimulateConstruction,
    SimulateConstructionBoth,
    SimulateDriver,
    SimulateDriverOf,
    SimulateEnds,
    SimulateFields,
    SimulateFieldsBoth,
    SimulateGross,
    SimulateLimits,
    SimulateNet,
    SimulateNetBoth,
    SimulateNoLimits,
    SimulateOnlyOperation,
    SimulateOnlySpending,
    SimulateOperation,
    SimulateOperationBoth,
    SimulateOwnSupply,
    SimulatePossiblePart,
    SimulateTypeTwo,
)
from songhua.studies.simulate.regional_base import RegionalBase
from songhua.studies.simulate.rows import BalanceImpact, Driver, SimulationRows, TotalImpact
from songhua.studies.simulate.structure_finding_kinds import (
    RegionalErrorUntested,
    SimulateDrivenByAccounts,
    SimulateDrivenByAssumption,
    SimulateFromJobs,
    SimulateNoAccounts,
    SimulateWider,
)

#: Industries whose size is not observed.
SPREAD = ("prior", "accounts")
#: The sums of each phase, and those that are given without possible parts too.
SUMS = {
    "construction": (SimulateConstruction, SimulateConstructionBoth),
    "operation": (SimulateOperation, SimulateOperationBoth),
}


def findings(
    base: RegionalBase,
    ensemble: Ensemble,
    rows: SimulationRows,
    draws: int,
    no_accounts: str = "",
    before: Iterable[Finding] = (),
) -> Iterator[Finding]:
    """The heading first, then the sums, then their limits; `no_accounts`: why there are none.

    `before` are those that stand before the sums: whose they are, and of what kind their ends.

    >>> from songhua.studies.simulate import example
    >>> heading = findings(example.base(), example.ensemble(), SimulationRows(), 20)
    >>> [finding.code for finding in heading][:2]
    ['simulate_fields', 'simulate_only_spending']
    """
    own_table = (base.basis == "own").all()
    errors = [] if own_table else list(_errors(base, ensemble))
    # that nothing was tested here comes before every number
    yield from (finding for finding in errors if isinstance(finding, RegionalErrorUntested))
    if base.sectors:
        yield _heading(base, rows.drivers)
    if no_accounts:
        yield SimulateNoAccounts(no_accounts=no_accounts)
    if from_jobs := base.from_jobs:
        yield SimulateFromJobs(n=len(from_jobs), of=len(base.codes))
    yield from (finding for finding in errors if not isinstance(finding, RegionalErrorUntested))
    for part, wholes in ensemble.parts.items():
        yield SimulatePossiblePart(entity=part, entities=tuple(wholes))
    yield from before
    yield from _phases(rows.totals, draws)
    yield from _net(rows.balance)
    yield from _largest_driver(rows.drivers)
    yield from _projects(ensemble)
    wider = [code for code in base.codes if base.basis[code] == "wider"]
    if wider:
        yield SimulateWider(n=len(wider), of=len(base.codes))
    if rows.own_supply:
        inside = sum(
            row.estimated.low <= row.observed <= row.estimated.high for row in rows.own_supply
        )
        yield SimulateOwnSupply(
            n=len(rows.own_supply),
            of=len(base.codes),
            inside=inside,
            observations=tuple(id for row in rows.own_supply for id in row.observations),
        )
    if rows.limits:
        binds = max(row.binds for row in rows.limits)
        n = len({row.code for row in rows.limits})
        yield SimulateLimits(n=n, binds=binds)
    elif ensemble.impact.capacity is None:
        yield SimulateNoLimits()
    yield SimulateTypeTwo()


def of_ends(measured: Mapping[str, float], rows: SimulationRows) -> Iterator[Finding]:
    """The kinds of the ends of all sums, each with what measured errors make of the variance.

    >>> list(of_ends({}, SimulationRows()))
    []
    """
    of_phase = {row.phase: row.value.kind for row in rows.totals}
    for kind in dict.fromkeys(of_phase.values()):
        phases = tuple(phase for phase, its_kind in of_phase.items() if its_kind == kind)
        outcomes = [name for phase in phases for name in OUTCOMES_OF[phase] if name in measured]
        shares = [round(100 * measured[name]) for name in outcomes] or [0]
        yield SimulateEnds(phases=phases, estimate=kind, low=min(shares), high=max(shares))


def _errors(base: RegionalBase, ensemble: Ensemble) -> Iterator[Finding]:
    """The regions from which the table's error was learnt, and whether this one lies outside."""
    transfer = ensemble.assumptions.value("transfer", regional_error.TRANSFER)
    for code, params in regional_error.notes(
        regional_error.load(), base.size, known_area(ensemble), transfer
    ):
        home = code == "regional_error_learnt" and regional_error.tested_at_home(base.unit[2:])
        yield read_finding(code, params | (home or {}))


def _heading(base: RegionalBase, drivers: Sequence[Driver]) -> Finding:
    """That the region's structure is assumed, and how much of the width it makes."""
    shares = [row.share for row in drivers if row.driver == STRUCTURE]
    kind = SimulateDrivenByAssumption if base.drawn is None else SimulateDrivenByAccounts
    return kind(
        table=base.id,
        n=int(base.basis.isin(SPREAD).sum()),
        low=round(min(shares, default=0.0), 1),
        high=round(max(shares, default=0.0), 1),
    )


def _phases(totals: Sequence[TotalImpact], draws: int) -> Iterator[Finding]:
    """Construction and operation of all projects."""
    whole = [row for row in totals if row.project == "" and row.effect == "type_i"]
    by_measure = {(row.phase, row.measure): row for row in whole}
    for phase, (alone, both_sums) in SUMS.items():
        added, jobs = (by_measure.get((phase, name)) for name in ("value_added", "jobs"))
        if added is None or jobs is None:
            continue
        kind = both_sums if added.without_parts.known else alone
        yield kind(**gains(added, jobs), draws=draws)


def _net(balance: Sequence[BalanceImpact]) -> Iterator[Finding]:
    """Net value added in the last year, beside the gross, and what is taken off this."""
    last = last_steps(balance)
    if "net" in last and "gross" in last:
        net, gross, steps = last["net"], last["gross"], taken_off(last)
        parameters = {"period": str(net.year), **amount(net), "actual": rough(gross.value.value)}
        parameters["steps"] = steps
        if not steps:
            yield SimulateGross(period=str(net.year))
            return
        if net.without_parts.known:
            parameters |= without_parts(net)
            parameters["without_gross"] = rough(gross.without_parts.value)
            yield SimulateNetBoth(**parameters)
        else:
            yield SimulateNet(**parameters)


def last_steps(balance: Sequence[BalanceImpact]) -> Mapping[str, BalanceImpact]:
    """The steps from gross to net value added of type I in the last year, by their name.

    >>> last_steps([])
    {}
    """
    added = [r for r in balance if r.effect == "type_i" and r.measure == "value_added"]
    year = max((row.year for row in added), default=0)
    return {row.step: row for row in added if row.year == year}


def taken_off(steps: Iterable[str]) -> tuple[str, ...]:
    """The steps between gross and net that hold, in their order.

    >>> taken_off(["net", "gross", "displaced", "operation"])
    ('displaced',)
    """
    between = STEPS[STEPS.index("gross") + 1 : STEPS.index("net")]
    return tuple(step for step in between if step in steps)


def _largest_driver(drivers: Sequence[Driver]) -> Iterator[Finding]:
    """The largest single driver of the net value added."""
    single = (row for row in drivers if row.driver != "together")
    rows = [row for row in single if row.outcome == "net_value_added"]
    if rows:
        first = max(rows, key=lambda row: row.share)
        driver, share = first.driver, round(first.share)
        if first.project:
            yield SimulateDriverOf(driver=driver, share=share, entity=first.project)
        else:
            yield SimulateDriver(driver=driver, share=share)


def _projects(ensemble: Ensemble) -> Iterator[Finding]:
    """Counts of known and assumed fields of the projects, and those without a phase."""
    projects = ensemble.projects
    facts = sum(project.facts for project in projects.values())
    assumed = sum(project.assumed for project in projects.values())
    n, parts = len(projects), len(ensemble.parts)
    if parts:
        yield SimulateFieldsBoth(facts=facts, assumed=assumed, n=n, least=n - parts)
    else:
        yield SimulateFields(facts=facts, assumed=assumed, n=n)
    idle = [name for name, project in projects.items() if not project.industry]
    if idle:
        yield SimulateOnlySpending(entities=tuple(idle))
    unbuilt = [name for name, project in projects.items() if not project.spending.any()]
    if unbuilt:
        yield SimulateOnlyOperation(entities=tuple(unbuilt))
