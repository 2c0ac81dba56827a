"""Cells and industries of accounts as rows: bounds, draws, and what they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from songhua.labels import convert, parse_period
from songhua.maths.accounts import CellBound
from songhua.maths.bounds import Interval
from songhua.region.observations import Observation
from songhua.studies.accounts.account_draws import AccountDraws
from songhua.studies.accounts.accounts import Accounts, likely
from songhua.studies.accounts.extremes import Extremes, extremes
from songhua.studies.accounts.level_readings import at
from songhua.studies.accounts.perimeters import ALL, SOME, Perimeter, Weights
from songhua.studies.accounts.readings import ends
from songhua.studies.accounts.rows import Cell, Industry
from songhua.studies.accounts.system import MEASURES

#: The width of 90 % of a normal variable in its deviations.
WIDTH = 3.2897072539
Ends = Interval | CellBound


def cells(accounts: Accounts) -> Iterator[Cell]:
    """A row for each cell, value added first."""
    nation = accounts.nation
    period = parse_period(str(accounts.year))
    alone = {} if accounts.draws is None else _alone(accounts)
    for k, cell in enumerate(accounts.system.cells):
        measure, code = cell
        drawn = None if accounts.draws is None else accounts.draws.of(cell)
        value = likely(drawn)
        width = math.log(value.high / value.low) if value.low > 0 else math.nan
        yield Cell(
            nation.table,
            measure,
            code,
            period,
            nation.unit,
            *possible(accounts.certain[k], accounts.assumed[k]),
            value,
            _as_in_nation(accounts, measure, {code: ALL}),
            _model(width, alone.get(cell, math.nan)),
            _by_print(drawn, accounts.alone.of(cell)),
            _rests_on(accounts, k),
        )


def _model(width: float, alone: float) -> float:
    """The width that is left, in percent of that which the model alone gives."""
    return min(width / alone, 1.0) * 100 if math.isfinite(width) else math.nan


def _by_print(drawn: np.ndarray | None, alone: np.ndarray | None) -> float:
    """The part of the model's own variance that print and assumptions remove, in percent.

    One less the variance of the logarithm among draws over that among draws of the model alone.

    >>> round(_by_print(np.array([10.0, 20.0]), np.array([10.0, 40.0])), 6)
    75.0
    """
    if drawn is None or alone is None:
        return math.nan
    with np.errstate(divide="ignore"):
        variance, all_ = (float(np.log(draws).var()) for draws in (drawn, alone))
    return max(1 - variance / all_, 0.0) * 100


def _as_in_nation(accounts: Accounts, measure: str, weights: Weights) -> float:
    """The size of an industry if the region were as the nation; open weights at their middle."""
    parts = zip(accounts.nation.codes, _sizes(accounts, measure), strict=True)
    middles = {code: (weight.low + weight.high) / 2 for code, weight in weights.items()}
    return accounts.share * sum(middles.get(code, 0) * float(size) for code, size in parts)


def _sizes(accounts: Accounts, measure: str) -> np.ndarray:
    """The nation's industries by a measure."""
    nation = accounts.nation
    return nation.value_added if measure == "value_added" else nation.output


def possible(certain: Ends, assumed: Ends) -> tuple[float, float, float, float]:
    """The ends by print alone and those with assumptions; one that is open is not-a-number."""
    return certain.low, _end(certain.high), assumed.low, _end(assumed.high)


def _end(high: float) -> float:
    return high if math.isfinite(high) else math.nan


def _alone(accounts: Accounts) -> dict[tuple[str, str], float]:
    """The width in logarithms that the model alone gives to each cell."""
    sds = {ratio.name: ratio.sd for ratio in accounts.system.likely(accounts.share)}
    widths: dict[tuple[str, str], float] = {}
    for code in accounts.nation.codes:
        share, ratio = sds[f"share {code}"], sds[f"output {code}"]
        widths["value_added", code] = WIDTH * share
        widths["output", code] = WIDTH * math.hypot(share, ratio)
    return widths


def _rests_on(accounts: Accounts, k: int) -> tuple[str, ...]:
    """The figures that make the ends of a cell, those of print alone first."""
    ids: list[str] = []
    for bound in (accounts.certain[k], accounts.assumed[k]):
        for name in (*bound.low_by, *bound.high_by):
            reading = accounts.ledger.of(name)
            if reading is not None:
                ids += reading.ids
    return tuple(dict.fromkeys(ids))


def industries(
    accounts: Accounts, measured_industries: Sequence[MeasuredIndustry]
) -> Iterator[Industry]:
    """A row for each of some industries."""
    drawn, codes = accounts.draws, accounts.nation.codes
    wholes = {
        measure: None if drawn is None else drawn.measure(measure, codes).sum(axis=0)
        for measure in MEASURES
    }
    for industry in measured_industries:
        yield _industry(industry, wholes[industry.measure])


@dataclass(frozen=True, eq=False)
class MeasuredIndustry:
    """An industry of the region by a measure: its perimeter and its printed size."""

    accounts: Accounts
    industry: str
    measure: str
    role: str
    perimeter: Perimeter

    @cached_property
    def printed(self) -> Observation | None:
        """Its level as printed and used."""
        region = self.accounts.figures.region
        for reading in self.accounts.ledger.in_use:
            figure = reading.observation
            of = (figure.industry, region.indicator(figure.indicator).measure)
            level = reading.how == "level" and at(figure, self.accounts.year)
            if level and of == (self.industry, self.measure):
                return figure
        return None

    @cached_property
    def printed_size(self) -> Interval | None:
        """The interval of that printed level, in the unit of the cells."""
        if self.printed is None:
            return None
        amount = ends(self.printed)
        factor = convert(1, self.printed.unit, self.accounts.nation.unit)
        return Interval(max(amount.low, 0.0) * factor, amount.high * factor)

    @cached_property
    def bounds(self) -> tuple[Extremes, Extremes]:
        """Extremes by print alone and with assumptions, its own printed size aside."""
        certain, assumed = self.accounts.programs
        return (
            extremes(certain, self.measure, self.perimeter.certain),
            extremes(assumed, self.measure, self.perimeter.assumed),
        )

    def drawn(self, draws: AccountDraws, printed_size: Interval | None) -> np.ndarray | None:
        """Its draws; None where it may hold all or nothing of each code."""
        weights = self.perimeter.assumed
        if printed_size is None and all(weight == SOME for weight in weights.values()):
            return None
        return draws.industry(self.measure, weights, printed_size, self.accounts.seed)


def every_industry(accounts: Accounts) -> list[MeasuredIndustry]:
    """Each industry of the region that has a perimeter, the plan's first, by each measure."""
    roles = {} if accounts.figures.plan is None else accounts.figures.plan.roles()
    names = [*roles, *(name for name in accounts.perimeters.industries() if name not in roles)]
    listed: list[MeasuredIndustry] = []
    for name in names:
        for measure in MEASURES:
            perimeter = accounts.perimeters.find(name, measure)
            if perimeter is not None:
                listed.append(
                    MeasuredIndustry(accounts, name, measure, roles.get(name, ""), perimeter)
                )
    return listed


def _industry(industry: MeasuredIndustry, whole: np.ndarray | None) -> Industry:
    """The row of an industry; its printed size narrows bounds and draws."""
    accounts, printed = industry.accounts, industry.printed
    certain, assumed = (bound.within(industry.printed_size) for bound in industry.bounds)
    drawn = share = None
    if accounts.draws is not None and whole is not None:
        drawn = industry.drawn(accounts.draws, industry.printed_size)
        share = None if drawn is None else drawn / whole * 100
    unit, weights = accounts.nation.unit, industry.perimeter.assumed
    in_nation = _as_in_nation(accounts, industry.measure, weights)
    part = in_nation / (accounts.share * float(_sizes(accounts, industry.measure).sum())) * 100
    quotient = None if share is None or not part else share / part
    return Industry(
        industry.role,
        industry.industry,
        industry.measure,
        parse_period(str(accounts.year)),
        unit,
        math.nan if printed is None else convert(printed.value, printed.unit, unit),
        *possible(certain, assumed),
        likely(drawn),
        likely(share),
        likely(quotient),
        in_nation,
        _by_print(drawn, industry.drawn(accounts.alone, None)),
        () if printed is None else printed.ids,
    )
