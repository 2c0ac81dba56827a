"""What simulate has for the brief: what the projects bring, what moves it, what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.region import Region
from songhua.results import Result, read_rows
from songhua.studies.brief.said import Said
from songhua.studies.simulate.amounts import both_sums, gains, named, rough, without_parts
from songhua.studies.simulate.findings import UNTESTED
from songhua.studies.simulate.rows import BalanceImpact, Driver, TotalImpact

#: Drivers that no decision of the plan moves.
GIVEN = ("structure", "table", "together")
OUTCOME, EFFECT = "net_value_added", "type_i"
SECTION = "simulate"
#: How many projects are told one by one.
NAMED = 5


def said(result: Result, region: Region) -> Iterator[Said]:
    """All projects, each of them, how sure that is, and what would move it most.

    >>> from songhua.studies.simulate.rows import SimulationRows
    >>> list(said(Result("simulate", SimulationRows().tables()), Region.of("here")))
    []
    """
    del region
    totals = read_rows(result.tables["totals"], TotalImpact)
    drivers = read_rows(result.tables["drivers"], Driver)
    yield from of_projects(totals, read_rows(result.tables["balance"], BalanceImpact))
    yield from _driver([row for row in drivers if row.outcome == OUTCOME])
    fields = next((f for f in result.findings if f.code.startswith("simulate_fields")), None)
    if fields is not None:
        untested = any(one.code == UNTESTED for one in result.findings)
        table = next((r for r in drivers if r.outcome == OUTCOME and r.driver == "table"), None)
        share = 0.0 if table is None else table.share
        params = {**fields.params, "share": round(share)}
        code = "brief_assumed_untested" if untested else "brief_assumed"
        yield Said("sure", code, params, section=SECTION)


def of_projects(totals: Sequence[TotalImpact], balance: Sequence[BalanceImpact]) -> Iterator[Said]:
    """Operation of all projects, gross and net; or the building, where nothing is sold yet.

    >>> list(of_projects([], []))
    []
    """
    rows = [row for row in totals if row.effect == EFFECT]
    phase = next((p for p in ("operation", "construction") if any(r.phase == p for r in rows)), "")
    mine = {(row.project, row.measure): row for row in rows if row.phase == phase}
    added, jobs = mine.get(("", "value_added")), mine.get(("", "jobs"))
    if added is None or jobs is None:
        return
    year = max((row.year for row in balance), default=0)
    net = next(
        (
            row
            for row in balance
            if (row.year, row.step, row.effect, row.measure) == (year, "net", EFFECT, "value_added")
        ),
        None,
    )
    params, code = gains(added, jobs), f"brief_projects_{phase}"
    if net is not None and phase == "operation":
        code = "brief_projects_net"
        params |= named(net.value, "actual", "implied", "expected")
        params |= without_parts(net, "without_net") if net.without_parts.known else {}
    yield Said("projects", both_sums(code, added), params, section=SECTION)
    single = [row for row in rows if row.project and row.phase == phase]
    single = [row for row in single if row.measure == "value_added"]
    for row in sorted(single, key=lambda row: -row.value.value)[:NAMED]:
        persons = mine.get((row.project, "jobs"))
        if persons is not None:
            params = gains(row, persons) | {"entity": row.project}
            yield Said("projects", "brief_project", params, section=SECTION)


def _driver(drivers: Sequence[Driver]) -> Iterator[Said]:
    """The assumption that moves the net value added most, of those that a decision can settle."""
    rows = [row for row in drivers if row.driver not in GIVEN]
    if rows:
        first = max(rows, key=lambda row: row.share)
        params = {
            "driver": first.driver,
            "entity": first.project,
            "share": round(first.share),
            "left": rough(first.low),
            "right": rough(first.high),
            "unit": first.unit,
        }
        code = "brief_driver_of" if first.project else "brief_driver"
        yield Said("step", code, params, "driver", first.share / 100, section=SECTION)
