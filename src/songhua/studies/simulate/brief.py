"""Sentences of simulate for the brief: effects of the projects, their drivers, assumptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from songhua.plan.project_parts import reached
from songhua.region import Region
from songhua.results import Finding, Result
from songhua.studies.brief.sentence import Sentence
from songhua.studies.simulate.amounts import estimate_parameters, gains, rough, without_parts
from songhua.studies.simulate.finding_kinds import (
    BriefAssumed,
    BriefAssumedUntested,
    BriefDriver,
    BriefDriverOf,
    BriefProject,
    BriefProjectsAlone,
    BriefProjectsConstruction,
    BriefProjectsConstructionBoth,
    BriefProjectsCount,
    BriefProjectsMoney,
    BriefProjectsNet,
    BriefProjectsNetBoth,
    BriefProjectsOperation,
    BriefProjectsOperationBoth,
    SimulateFields,
    SimulateProjects,
    SimulateProjectsCount,
    SimulateProjectsMoney,
)
from songhua.studies.simulate.impact_findings import last_steps, taken_off
from songhua.studies.simulate.rows import BalanceImpact, Driver, TotalImpact
from songhua.studies.simulate.structure_finding_kinds import RegionalErrorUntested

#: Drivers that no decision of the plan moves.
FIXED_DRIVERS = ("structure", "table", "together")
OUTCOME, EFFECT = "net_value_added", "type_i"
#: The greatest number of projects listed one by one.
MOST_NAMES = 5


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """All projects, each of them, how sure that is, and what would move it most.

    >>> from songhua.studies.simulate.rows import SimulationRows
    >>> list(sentences(Result("simulate", SimulationRows().tables()), Region.of("here")))
    []
    """
    del region
    totals = result.rows(TotalImpact)
    drivers = result.rows(Driver)
    yield from of_projects(totals, result.rows(BalanceImpact))
    projects = projects_of(totals)
    links = result.plan.wholes if result.plan else {}
    may_hold = {whole for project in projects for whole in reached(project, links)}
    yield from _coverage(result.findings, projects, may_hold)
    yield from _driver([row for row in drivers if row.outcome == OUTCOME])
    fields = next((f for f in result.findings if isinstance(f, SimulateFields)), None)
    if fields is not None:
        untested = any(isinstance(finding, RegionalErrorUntested) for finding in result.findings)
        table = next((r for r in drivers if r.outcome == OUTCOME and r.driver == "table"), None)
        kind = BriefAssumedUntested if untested else BriefAssumed
        share = None if table is None else round(table.share)
        yield Sentence(kind.from_row(fields, share=share))


def of_projects(
    totals: Sequence[TotalImpact], balance: Sequence[BalanceImpact]
) -> Iterator[Sentence]:
    """Operation of all projects, gross and net; or the building, where nothing is sold yet.

    >>> list(of_projects([], []))
    []
    """
    rows = [row for row in totals if row.effect == EFFECT]
    phase = phase_of(rows)
    mine = {(row.project, row.measure): row for row in rows if row.phase == phase}
    added, jobs = mine.get(("", "value_added")), mine.get(("", "jobs"))
    if added is None or jobs is None:
        return
    last = last_steps(balance)
    net, steps = last.get("net"), taken_off(last)
    about, without = gains(added, jobs), added.without_parts.known
    about["n"] = len(projects_of(totals))
    if net is not None and steps and phase == "operation":
        about["steps"] = steps
        about |= estimate_parameters(net.value, "actual", "implied", "expected")
        about |= without_parts(net, "without_net") if net.without_parts.known else {}
        kind = BriefProjectsNetBoth if without else BriefProjectsNet
    elif phase == "operation":
        kind = BriefProjectsOperationBoth if without else BriefProjectsOperation
    else:
        kind = BriefProjectsConstructionBoth if without else BriefProjectsConstruction
    yield Sentence(kind(**about))
    single = [row for row in rows if row.project and row.phase == phase]
    single = [row for row in single if row.measure == "value_added"]
    for row in sorted(single, key=lambda row: -row.value.value)[:MOST_NAMES]:
        persons = mine.get((row.project, "jobs"))
        if persons is not None:
            yield Sentence(BriefProject(**gains(row, persons), entity=row.project))


def phase_of(totals: Iterable[TotalImpact]) -> str:
    """The phase that the brief tells: operation, or building where nothing is sold yet.

    >>> phase_of([])
    ''
    """
    phases = {row.phase for row in totals}
    return next((phase for phase in ("operation", "construction") if phase in phases), "")


def projects_of(totals: Sequence[TotalImpact]) -> list[str]:
    """The projects of that phase, each once.

    >>> projects_of([])
    []
    """
    phase = phase_of(totals)
    return list(dict.fromkeys(r.project for r in totals if r.project and r.phase == phase))


def _coverage(
    findings: Iterable[Finding], projects: Sequence[str], may_hold: Collection[str]
) -> Iterator[Sentence]:
    """Whose sums they are, and what they are beside the printed lists of projects."""
    n = len(projects)
    for finding in findings:
        if isinstance(finding, SimulateProjects):
            others = tuple(name for name in finding.entities if name not in projects)
            entities = tuple(name for name in finding.entities if name in projects)
            wholes = tuple(name for name in others if name in may_hold)
            alone = BriefProjectsAlone(n=n, entities=entities, other_projects=others, wholes=wholes)
            yield Sentence(alone)
        elif isinstance(finding, SimulateProjectsCount):
            yield Sentence(BriefProjectsCount.from_row(finding, n=n))
        elif isinstance(finding, SimulateProjectsMoney):
            yield Sentence(BriefProjectsMoney.from_row(finding))


def _driver(drivers: Sequence[Driver]) -> Iterator[Sentence]:
    """The assumption that moves the net value added most, of those that a decision can settle."""
    rows = [row for row in drivers if row.driver not in FIXED_DRIVERS]
    if rows:
        first = max(rows, key=lambda row: row.share)
        kind = BriefDriverOf if first.project else BriefDriver
        finding = kind(
            driver=first.driver,
            entity=first.project,
            share=round(first.share),
            left=rough(first.low),
            right=rough(first.high),
            unit=first.unit,
        )
        yield Sentence(finding, first.share / 100)
