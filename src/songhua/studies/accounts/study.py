"""Accounts: everything that was printed of a year, put together into one picture of industries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from songhua.labels import parse_period
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.results import Result, table
from songhua.studies.accounts.accounts import Accounts, Conflict
from songhua.studies.accounts.cell_rows import cells, every_industry, industries
from songhua.studies.accounts.findings import findings
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

#: How many figures that are missing are named, and how many draws are handed on.
NAMED, SHOWN = 20, 300


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
        influence: whether each figure is left out in turn, which takes several times as long.
        progress: told of the work done.
        years: whether the years around are put together too, each as long as this one.
        instead_of: the base year that has no total, where `year` was taken in its place.

    Where no draws can be made, a finding says why, and bounds stand alone.

    Raises:
        SonghuaError: `accounts_no_table`, `accounts_no_total`.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> found = accounts(session.region, session.plan, 2017).tables["cells"]
    >>> rows = found[found["measure"] == "value_added"]
    >>> bool((rows["print_low"] <= rows["value"]).all())
    True
    """
    made = Accounts.of(region, plan, year, progress)
    every = every_industry(made)
    without = list(without_each(made)) if influence else []
    rows = {
        "cells": list(cells(made)),
        "industries": list(industries(made, every)),
        "influence": list(influences(made, every, without)) if influence else [],
        "tensions": list(tensions(made, without)),
        "ledger": list(_ledger(made)),
        "contradictions": list(contradictions_of(made)),
        "missing_figures": list(_missing(made)),
        "perimeters": list(_perimeters(made)),
        "pay_and_jobs": list(pay_and_jobs(made)),
        "years": list(industry_years(made)) if years else [],
        "draws": list(_draws(made)),
    }
    tables = {name: table("accounts", name, one) for name, one in rows.items()}
    return Result("accounts", tables, tuple(findings(made, tables, instead_of)))


def _ledger(made: Accounts) -> Iterator[LedgerRow]:
    """Every figure, with the number of cells whose ends it makes."""
    binds = Counter(
        name for bound in (*made.certain, *made.assumed) for name in {*bound.low_by, *bound.high_by}
    )
    for one in made.ledger.readings:
        figure, rule = one.observation, one.constraint
        yield LedgerRow(
            figure.indicator,
            figure.industry,
            figure.entity,
            figure.period,
            figure.value,
            figure.unit,
            one.how,
            one.reason,
            one.assumed is not None,
            0 if rule is None else binds[rule.name],
            one.ids,
        )


def contradictions_of(made: Accounts) -> Iterator[Member]:
    """The members of each set of figures and assumptions that cannot all hold."""
    figures = {one.id: one for one in made.figures.settled}
    figures |= {one.observation.id: one.observation for one in made.ledger.readings}
    period = parse_period(str(made.year))
    for number, conflict in enumerate(made.conflicts, 1):
        for name, change in conflict.found.changes.items():
            figure = figures.get(name.split(" ")[0])
            if figure is not None:
                yield _member(made, number, conflict, figure, change)
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
                    made.nation.unit,
                    assumption="ratio_of_value_added",
                    table=made.nation.table,
                    code=name.removeprefix(RATIO),
                )


def _member(
    made: Accounts, number: int, conflict: Conflict, figure: Observation, change: float
) -> Member:
    """A figure of a set: a level would have to move in its money, all others in points.

    What a share would have to move is measured in its whole, and growth of a part in the part; it
    is not known where no share of the part in the year before is printed.
    """
    if figure.form == "level":
        unit = figure.unit if conflict.stage == "growth" else made.nation.unit
    else:
        unit, change = "pp", change / _whole(made, conflict, figure) * 100
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


def _whole(made: Accounts, conflict: Conflict, figure: Observation) -> float:
    """The amount that a change of a share or of growth is a part of."""
    if conflict.stage != "growth":
        return float(made.nation.value_added.sum() * made.share)
    region, before = made.figures.region, made.year - 1
    level = region.relations.underlying(figure.indicator)
    shares = region.relations.shares_of(level)
    own = [one for one in made.figures.own if at(one, before)]
    parts = {one.industry: one.value / 100 for one in own if one.indicator in shares}
    sizes = {one.industry: one.value for one in own if one.indicator == level}
    members = {one.industry for one in made.figures.own if one.id in conflict.found.names}
    whole = next((sizes[name] for name in members if name in sizes and name not in parts), 1.0)
    if figure.form == "growth" and any(figure.industry in p for p in _parts(region, members)):
        return whole * parts.get(figure.industry, math.nan)
    return whole


def _parts(region: Region, members: set[str]) -> Iterator[list[str]]:
    """The lists of industries that add up to one of the members."""
    for parent, lists in region.partitions().items():
        if parent in members:
            yield from lists


def _missing(made: Accounts) -> Iterator[MissingFigure]:
    """What each figure would narrow if it were printed: variance of logarithms, in normal terms.

    Of all cells together, the share of the variance that goes when one of them is known:
    sum over j of correlation² × variance_j, over the sum of variances.
    """
    if made.draws is None:
        return
    logs = np.log(np.maximum(made.draws.draws, 1e-12))
    spread = logs.std(axis=1)
    varied = spread > 1e-6
    if varied.sum() < 2:
        return
    correlation = np.zeros((len(spread), len(spread)))
    correlation[np.ix_(varied, varied)] = np.corrcoef(logs[varied])
    narrows = (correlation**2 @ spread**2) / (spread**2).sum() * 100
    apart = {("output", code) for code in made.system.apart}  # they say what value added says
    order = [k for k in np.argsort(-narrows, kind="stable") if made.draws.cells[k] not in apart]
    for rank, k in enumerate(order[:NAMED], 1):
        measure, code = made.draws.cells[k]
        low, high = np.quantile(made.draws.draws[k], (0.05, 0.95))
        yield MissingFigure(
            rank, made.nation.table, measure, code, float(narrows[k]), float(high / low)
        )


def _draws(made: Accounts) -> Iterator[AccountDraw]:
    """Some of the draws, spread evenly: joint, for studies that stand on them."""
    if made.draws is None:
        return
    every = made.draws.draws
    places = np.linspace(0, every.shape[1] - 1, SHOWN).round().astype(int)
    for number, place in enumerate(places, 1):
        values = every[:, place].tolist()
        for (measure, code), value in zip(made.draws.cells, values, strict=True):
            yield AccountDraw(
                number, made.nation.table, measure, code, float(f"{value:.6g}"), made.nation.unit
            )


def _perimeters(made: Accounts) -> Iterator[PerimeterPart]:
    """What each industry of the region holds of the table's, where it is not all of it or none."""
    names = {one.observation.industry: "" for one in made.ledger.used}
    roles = {} if made.figures.plan is None else made.figures.plan.roles()
    measures = ("value_added", "output", "revenue")
    for industry in (*roles, *(name for name in names if name not in roles)):
        seen: set[tuple[str, float, float]] = set()
        for measure in measures:
            found = made.perimeters.find(industry, measure)
            if found is None or found.closed:
                continue
            for code, weight in found.certain.items():
                near = found.assumed[code]
                key = (code, near.low, near.high)
                if key not in seen:
                    seen.add(key)
                    ends = (weight.low, weight.high, near.low, near.high)
                    yield PerimeterPart(
                        industry, made.nation.table, code, measure, *(one * 100 for one in ends)
                    )
