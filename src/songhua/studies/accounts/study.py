"""Accounts: everything that was printed of a year, put together into one picture of industries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from songhua.labels import parse_period
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.results import Result, table
from songhua.studies.accounts.account_findings import findings
from songhua.studies.accounts.accounts import Accounts, Conflict
from songhua.studies.accounts.cell_rows import cells, every_industry, industries
from songhua.studies.accounts.influence import influences, tensions
from songhua.studies.accounts.left_out import without_each
from songhua.studies.accounts.level_readings import at
from songhua.studies.accounts.pay_and_jobs import pay_and_jobs
from songhua.studies.accounts.rows import (
    AccountDraw,
    LedgerRow,
    Member,
    MissingFigure,
    PerimeterPart,
)
from songhua.studies.accounts.system import RATIO
from songhua.studies.accounts.years import industry_years
from songhua.studies.registry import Progress

#: The number of missing figures that are named, and of draws that are handed on.
MOST_NAMED, DRAWS_HANDED_ON = 20, 300


def accounts(
    region: Region,
    plan: Plan | None,
    year: int,
    influence: bool = False,
    progress: Progress | None = None,
    years: bool = False,
    instead_of: str = "",
) -> Result:
    """Sizes of the region's industries in a year: bounds, intervals, contradictions, ledger.

    Every printed level, share, contribution to growth and firm's output of the year is a
    constraint on value added and output of the industries of the table in use. Ends from print and
    identities alone, ends with named assumptions, and 90 % of draws from how regions differ from
    their nation stand side by side. The tables stand in `studies/accounts/tables.py`.

    Args:
        region: the region, with a table of it or of a larger area.
        plan: its industries come first.
        year: the year.
        influence: leave out each figure in turn, which takes several times as long.
        progress: called with the work done.
        years: make accounts of the years around too, each as long as this one.
        instead_of: the base year that has no total, where `year` was taken in its place.

    If no draws can be made, a finding gives the reason, and the result has only bounds.

    Raises:
        SonghuaError: `accounts_no_table`, `accounts_no_total`.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> cells = accounts(session.region, session.plan, 2017).tables["cells"]
    >>> rows = cells[cells["measure"] == "value_added"]
    >>> bool((rows["print_low"] <= rows["value"]).all())
    True
    """
    accounts = Accounts.of(region, plan, year, progress)
    measured_industries = every_industry(accounts)
    without = list(without_each(accounts)) if influence else []
    rows = {
        "cells": list(cells(accounts)),
        "industries": list(industries(accounts, measured_industries)),
        "influence": list(influences(accounts, measured_industries, without)) if influence else [],
        "tensions": list(tensions(accounts, without)),
        "ledger": list(_ledger(accounts)),
        "contradictions": list(contradictions_of(accounts)),
        "missing_figures": list(_missing(accounts)),
        "perimeters": list(_perimeters(accounts)),
        "pay_and_jobs": list(pay_and_jobs(accounts)),
        "years": list(industry_years(accounts)) if years else [],
        "draws": list(_draws(accounts)),
    }
    tables = {name: table("accounts", name, entries) for name, entries in rows.items()}
    result = Result("accounts", tables)
    return replace(result, findings=tuple(findings(accounts, result, instead_of)))


def _ledger(accounts: Accounts) -> Iterator[LedgerRow]:
    """Every figure, with the number of cells whose ends it makes."""
    binds = Counter(
        name
        for bound in (*accounts.certain, *accounts.assumed)
        for name in {*bound.low_by, *bound.high_by}
    )
    for reading in accounts.ledger.readings:
        figure, rule = reading.observation, reading.constraint
        yield LedgerRow(
            figure.indicator,
            figure.industry,
            figure.entity,
            figure.period,
            figure.value,
            figure.unit,
            reading.how,
            reading.reason,
            reading.assumed is not None,
            0 if rule is None else binds[rule.name],
            reading.ids,
        )


def contradictions_of(accounts: Accounts) -> Iterator[Member]:
    """The members of each set of figures and assumptions that cannot all hold."""
    figures = {figure.id: figure for figure in accounts.figures.settled}
    figures |= {reading.observation.id: reading.observation for reading in accounts.ledger.readings}
    period = parse_period(str(accounts.year))
    for number, conflict in enumerate(accounts.conflicts, 1):
        for name, change in conflict.contradiction.changes.items():
            figure = figures.get(name.split(" ")[0])
            if figure is not None:
                yield _member(accounts, number, conflict, figure, change)
                for assumption in conflict.assumptions.get(name, ()):
                    yield Member(
                        number,
                        conflict.stage,
                        figure.indicator,
                        figure.industry,
                        figure.entity,
                        figure.period,
                        math.nan,
                        "",
                        math.nan,
                        "",
                        assumption=assumption,
                    )
            elif name.startswith(RATIO):
                yield Member(
                    number,
                    conflict.stage,
                    "",
                    "",
                    "",
                    period,
                    math.nan,
                    "",
                    change,
                    accounts.nation.unit,
                    assumption="ratio_of_value_added",
                    table=accounts.nation.table,
                    code=name.removeprefix(RATIO),
                )


def _member(
    accounts: Accounts, number: int, conflict: Conflict, figure: Observation, change: float
) -> Member:
    """A figure of a set: a level would have to move in its money, all others in points.

    The move of a share is measured in its whole, and growth of a part in the part; it
    is not known where no share of the part in the year before is printed.
    """
    if figure.form == "level":
        unit = figure.unit if conflict.stage == "growth" else accounts.nation.unit
    else:
        unit, change = "pp", change / _whole(accounts, conflict, figure) * 100
    return Member(
        number,
        conflict.stage,
        figure.indicator,
        figure.industry,
        figure.entity,
        figure.period,
        figure.value,
        figure.unit,
        change,
        unit,
        figure.ids,
    )


def _whole(accounts: Accounts, conflict: Conflict, figure: Observation) -> float:
    """The amount that a change of a share or of growth is a part of."""
    if conflict.stage != "growth":
        return float(accounts.nation.value_added.sum() * accounts.share)
    region, before = accounts.figures.region, accounts.year - 1
    level = region.relations.underlying(figure.indicator)
    shares = region.relations.shares_of(level)
    figures_before = [row for row in accounts.figures.regional if at(row, before)]
    parts = {row.industry: row.value / 100 for row in figures_before if row.indicator in shares}
    sizes = {row.industry: row.value for row in figures_before if row.indicator == level}
    members = {
        row.industry for row in accounts.figures.regional if row.id in conflict.contradiction.names
    }
    whole = next((sizes[name] for name in members if name in sizes and name not in parts), 1.0)
    if figure.form == "growth" and any(figure.industry in p for p in _parts(region, members)):
        return whole * parts.get(figure.industry, math.nan)
    return whole


def _parts(region: Region, members: set[str]) -> Iterator[list[str]]:
    """The lists of industries that add up to one of the members."""
    for parent, lists in region.partitions().items():
        if parent in members:
            yield from lists


def _missing(accounts: Accounts) -> Iterator[MissingFigure]:
    """The variance that each missing figure would remove: of logarithms, in normal terms.

    Of all cells together, the share of the variance that goes when one of them is known:
    sum over j of correlation² × variance_j, over the sum of variances.
    """
    if accounts.draws is None:
        return
    logs = np.log(np.maximum(accounts.draws.draws, 1e-12))
    spread = logs.std(axis=1)
    varied = spread > 1e-6
    if varied.sum() < 2:
        return
    correlation = np.zeros((len(spread), len(spread)))
    correlation[np.ix_(varied, varied)] = np.corrcoef(logs[varied])
    narrows = (correlation**2 @ spread**2) / (spread**2).sum() * 100
    apart = {("output", code) for code in accounts.system.apart}  # they say what value added says
    order = [k for k in np.argsort(-narrows, kind="stable") if accounts.draws.cells[k] not in apart]
    for rank, k in enumerate(order[:MOST_NAMED], 1):
        measure, code = accounts.draws.cells[k]
        low, high = np.quantile(accounts.draws.draws[k], (0.05, 0.95))
        yield MissingFigure(
            rank, accounts.nation.table, measure, code, float(narrows[k]), float(high / low)
        )


def _draws(accounts: Accounts) -> Iterator[AccountDraw]:
    """Some of the draws, spread evenly: joint, for studies that stand on them."""
    if accounts.draws is None:
        return
    draws = accounts.draws.draws
    places = np.linspace(0, draws.shape[1] - 1, DRAWS_HANDED_ON).round().astype(int)
    for number, place in enumerate(places, 1):
        values = draws[:, place].tolist()
        for (measure, code), value in zip(accounts.draws.cells, values, strict=True):
            yield AccountDraw(
                number,
                accounts.nation.table,
                measure,
                code,
                float(f"{value:.6g}"),
                accounts.nation.unit,
            )


def _perimeters(accounts: Accounts) -> Iterator[PerimeterPart]:
    """Parts of codes that industries of the region hold, where it is not all or none of one."""
    names = {reading.observation.industry: "" for reading in accounts.ledger.in_use}
    roles = {} if accounts.figures.plan is None else accounts.figures.plan.roles()
    measures = ("value_added", "output", "revenue")
    for industry in (*roles, *(name for name in names if name not in roles)):
        keys: set[tuple[str, float, float]] = set()
        for measure in measures:
            perimeter = accounts.perimeters.find(industry, measure)
            if perimeter is None or perimeter.closed:
                continue
            for code, weight in perimeter.certain.items():
                near = perimeter.assumed[code]
                key = (code, near.low, near.high)
                if key not in keys:
                    keys.add(key)
                    ends = (weight.low, weight.high, near.low, near.high)
                    yield PerimeterPart(
                        industry, accounts.nation.table, code, measure, *(end * 100 for end in ends)
                    )
