"""Cells and industries of accounts as rows: bounds, draws, and what they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from songhua.labels import convert, parse_period
from songhua.maths.accounts import Constraints
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.bounds import Interval
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.level_readings import at
from songhua.studies.accounts.perimeters import ALL, SOME, Weights
from songhua.studies.accounts.readings import CELLS, ends
from songhua.studies.accounts.rows import Cell, Industry
from songhua.studies.accounts.system import MEASURES
from songhua.studies.observations import Observation

#: The width of 90 % of a normal variable in its deviations.
WIDTH = 3.2897072539


def cells(accounts: Accounts) -> Iterator[Cell]:
    """A row for each cell, value added first."""
    nation = accounts.nation
    period = parse_period(str(accounts.year))
    alone = {} if accounts.draws is None else _alone(accounts)
    for k, cell in enumerate(accounts.system.cells):
        measure, code = cell
        drawn = None if accounts.draws is None else accounts.draws.of(cell)
        low, value, high = accounts.quantiles(drawn)
        certain, assumed = accounts.certain[k], accounts.assumed[k]
        width = math.log(high / low) if low > 0 else math.nan
        yield Cell(
            nation.table, measure, code, period, nation.unit, certain.low, _end(certain.high),
            assumed.low, _end(assumed.high), low, value, high, "" if drawn is None else "interval",
            _as_in_nation(accounts, measure, {code: ALL}), _model(width, alone.get(cell, math.nan)),
            _rests_on(accounts, k),
        )  # fmt: skip


def _model(width: float, alone: float) -> float:
    """What is left of the width that the model alone gives, in percent."""
    return min(width / alone, 1.0) * 100 if math.isfinite(width) else math.nan


def _as_in_nation(accounts: Accounts, measure: str, weights: Weights) -> float:
    """What an industry would be if the region were as the nation; open weights at their middle."""
    nation = accounts.nation
    sizes = nation.value_added if measure == "value_added" else nation.output
    parts = zip(nation.codes, sizes, strict=True)
    middles = {code: (one.low + one.high) / 2 for code, one in weights.items()}
    return accounts.share * sum(middles.get(code, 0) * float(size) for code, size in parts)


def _end(high: float) -> float:
    """An end, or not a number where there is none."""
    return high if math.isfinite(high) else math.nan


def _alone(accounts: Accounts) -> dict[tuple[str, str], float]:
    """The width in logarithms that the model alone gives to each cell."""
    sds = {one.name: one.sd for one in accounts.system.likely(accounts.share)}
    found: dict[tuple[str, str], float] = {}
    for code in accounts.nation.codes:
        share, ratio = sds[f"share {code}"], sds[f"output {code}"]
        found["value_added", code] = WIDTH * share
        found["output", code] = WIDTH * math.hypot(share, ratio)
    return found


def _rests_on(accounts: Accounts, k: int) -> tuple[str, ...]:
    """The figures that make the ends of a cell, those of print alone first."""
    found: list[str] = []
    for bound in (accounts.certain[k], accounts.assumed[k]):
        for name in (*bound.low_by, *bound.high_by):
            reading = accounts.ledger.of(name)
            if reading is not None:
                found += reading.ids
    return tuple(dict.fromkeys(found))


def industries(accounts: Accounts) -> Iterator[Industry]:
    """A row for each industry of the region that has a perimeter, the plan's first."""
    roles = {} if accounts.figures.plan is None else accounts.figures.plan.roles()
    every = [*roles, *(one for one in accounts.perimeters.industries() if one not in roles)]
    drawn, codes = accounts.draws, accounts.nation.codes
    wholes = {
        measure: None if drawn is None else drawn.measure(measure, codes).sum(axis=0)
        for measure in MEASURES
    }
    programs = {
        "certain": LinearProgram(accounts.system.certain),
        "assumed": LinearProgram(accounts.system.assumed),
    }
    for industry in every:
        for measure in MEASURES:
            perimeter = accounts.perimeters.find(industry, measure)
            if perimeter is None:
                continue
            yield _industry(
                accounts, industry, measure, roles.get(industry, ""), wholes[measure],
                _extremes(programs["certain"], accounts.system.certain, measure, perimeter.certain),
                _extremes(programs["assumed"], accounts.system.assumed, measure, perimeter.assumed),
                perimeter.assumed,
            )  # fmt: skip


def _industry(
    accounts: Accounts, industry: str, measure: str, role: str, whole: np.ndarray | None,
    certain: Interval, assumed: Interval, weights: Weights,
) -> Industry:  # fmt: skip
    """The row of an industry; what is printed of it narrows bounds and draws."""
    unit = accounts.nation.unit
    printed = _printed(accounts, industry, measure)
    told: Interval | None = None
    if printed is not None:
        amount, factor = ends(printed), convert(1, printed.unit, unit)
        told = Interval(max(amount.low, 0.0) * factor, amount.high * factor)
        certain, assumed = (_within(one, told) for one in (certain, assumed))
    drawn = share = None
    # of an industry that may hold all or nothing of each code, nothing is likely
    told_of = printed is not None or any(weight != SOME for weight in weights.values())
    if accounts.draws is not None and whole is not None and told_of:
        drawn = accounts.draws.industry(measure, weights, told, accounts.seed)
        share = drawn / whole * 100
    low, value, high = accounts.quantiles(drawn)
    shares = accounts.quantiles(share)
    return Industry(
        role, industry, measure, parse_period(str(accounts.year)), unit,
        math.nan if printed is None else convert(printed.value, printed.unit, unit),
        certain.low, _end(certain.high), assumed.low, _end(assumed.high), low, value, high,
        "" if drawn is None else "interval", *shares, _as_in_nation(accounts, measure, weights),
        () if printed is None else printed.ids,
    )  # fmt: skip


def _within(one: Interval, told: Interval) -> Interval:
    """What two intervals share; the second alone where they share nothing."""
    low, high = max(one.low, told.low), min(one.high, told.high)
    return Interval(low, high) if low <= high else told


def _printed(accounts: Accounts, industry: str, measure: str) -> Observation | None:
    """The level of an industry and a measure as printed and used."""
    region = accounts.figures.region
    for one in accounts.ledger.used:
        figure = one.observation
        of = (figure.industry, region.indicator(figure.indicator).measure)
        if one.how == "level" and of == (industry, measure) and at(figure, accounts.year):
            return figure
    return None


def _extremes(
    program: LinearProgram, constraints: Constraints, measure: str, weights: Weights
) -> Interval:
    """The least and the most of an industry, its open weights at their ends."""
    at_cell = {cell: k for k, cell in enumerate(constraints.cells)}
    found: list[float] = []
    for side, end in ((1, "low"), (-1, "high")):
        aim = np.zeros(len(at_cell))
        for code, weight in weights.items():
            aim[at_cell[CELLS[measure], code]] = side * getattr(weight, end)
        found.append(side * program.least(aim).value if aim.any() else 0.0)
    return Interval(max(min(found), 0.0), max(found[1], found[0]))
