"""The lists: each industry of the panel with its odds of entry or exit, as far as there are any."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from scipy.special import expit

from songhua.labels import parse_period
from songhua.maths.choice import KINDS, Chances, Kind
from songhua.maths.choice.backtest import REGRESSIONS
from songhua.maths.choice.learnt import Taught, able, chances_of, features_of, large, order_of
from songhua.region import Region
from songhua.results.columns import (
    Citations,
    Column,
    Estimate,
    IndicatorId,
    IndustryId,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.definition import rules

PERCENT = 100.0
#: The columns of odds in percent.
OddsPercent = Annotated[Estimate, estimate(kind="interval", unit="%", digits=2)]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of `candidates`; odds, rates and shares in percent."""

    industry: IndustryId
    list: Annotated[str, choice("choice_list")]
    kind: Annotated[str, choice("choice_kind")] = ""
    role: Annotated[str, choice("role")] = ""
    indicator: IndicatorId = ""
    period: Annotated[str, Column("", "period")] = ""
    level: Annotated[float, number(unit_in="unit", digits=4)] = math.nan
    unit: UnitName = ""
    measured: Annotated[str, choice("choice_measure")] = ""
    share: Annotated[float, number(unit="%", decimals=2)] = math.nan
    quotient: Annotated[float, number(decimals=2)] = math.nan
    quotient_low: Annotated[float, number(decimals=2)] = math.nan
    quotient_before: Annotated[float, number(decimals=2)] = math.nan
    basis: Annotated[str, choice("choice_basis")] = "none"
    odds: OddsPercent = Estimate(kind="interval")
    base_rate: Annotated[float, number(unit="%", digits=2)] = math.nan
    times: Annotated[float, number(digits=2)] = math.nan
    start_alone: Annotated[float, number(unit="%", digits=2)] = math.nan
    noise: Annotated[float, number(unit="%", decimals=0)] = math.nan
    alike: Annotated[float, number(decimals=0)] = math.nan
    alike_came: Annotated[float, number(unit="%", digits=2)] = math.nan
    alike_lasted: Annotated[float, number(unit="%", decimals=0)] = math.nan
    rank: Annotated[float, number(decimals=0)] = math.nan
    first_ten: Annotated[float, number(unit="%", decimals=0)] = math.nan
    relatedness: Annotated[float, number(decimals=2, signed=True)] = math.nan
    complexity: Annotated[float, number(decimals=2, signed=True)] = math.nan
    bought: Annotated[float, number(decimals=2)] = math.nan
    chain_gap: Annotated[float, number(unit="%", decimals=0)] = math.nan
    needed: Annotated[float, number(unit_in="unit", digits=3)] = math.nan
    odds_if_more: Annotated[float, number(unit="%", digits=2)] = math.nan
    odds_if_less: Annotated[float, number(unit="%", digits=2)] = math.nan
    observations: Citations = ()


def candidate_rows(
    basis: Basis, roles: Mapping[str, str], unit: str, ids: Mapping[str, str]
) -> list[Candidate]:
    """A row an industry of the panel, without what order and chains add.

    Args:
        basis: what the odds rest on.
        roles: of industries in the plan.
        unit: of the indicator.
        ids: of the region's cells in the last period, by industry.

    >>> from songhua.studies.choose.example import town_basis
    >>> food, tools = candidate_rows(town_basis(), {"food": "leading"}, "persons", {})
    >>> food.list, round(food.odds.value, 9), food.base_rate, round(food.times, 9), food.needed
    ('enter', 20.0, 10.0, 2.0, 20.0)
    >>> tools.list, round(tools.odds.value, 9)
    ('secure', 10.0)
    >>> round(tools.odds.low, 2), round(tools.odds.high, 2)
    (5.26, 18.18)
    """
    rows = [
        _sized(basis, at, industry, roles.get(industry, ""), unit, ids.get(industry, ""))
        for at, industry in enumerate(basis.learnt.industries)
    ]
    for kind in KINDS:
        for at in _crossed_lately(basis, kind):
            rows[at] = replace(rows[at], list="crossed")
        taught = basis.kinds.get(kind)
        if taught is None:
            _mark_untold(basis, kind, rows)
            continue
        chances = chances_of(basis.learnt, taught, basis.place)
        moved = _moved(basis, taught, chances)
        for n, at in enumerate(chances.industry.tolist()):
            rows[at] = _with_odds(rows[at], basis, taught, chances, n, moved)
    return rows


def cells_of(region: Region, basis: Basis, place: str) -> dict[str, str]:
    """The cells of a place in the last period of a panel, by industry.

    >>> from songhua.studies.choose.example import town, town_basis
    >>> cells_of(town(), town_basis(), "here")["food"]
    'here:food:2021'
    """
    period = parse_period(basis.period)
    cells = region.figures.cells.select(
        indicator=basis.taught.indicator, period=period, region=place
    )
    return dict(zip(cells.texts("industry"), cells.ids, strict=True))


def _crossed_lately(basis: Basis, kind: Kind) -> list[int]:
    """The industries that would be candidates, had they not crossed a line a short time ago."""
    uncrossed, candidates = (
        able(basis.learnt, basis.place, basis.definition, kind, settled)
        for settled in (True, False)
    )
    return np.flatnonzero(candidates & ~uncrossed).tolist()


def _mark_untold(basis: Basis, kind: Kind, rows: list[Candidate]) -> None:
    """Mark the industries that would be candidates where there are no odds, in a borrowed order."""
    place = basis.place
    at = np.flatnonzero(able(basis.learnt, place, basis.definition, kind))
    lent = [] if basis.order is None else [t for t in basis.order.learnt.kinds if t.kind == kind]
    places = (
        order_of(lent[0], basis.learnt, place, at) if lent and len(at) else [math.nan] * len(at)
    )
    for k, rank in zip(at.tolist(), places, strict=True):
        source = "borrowed" if lent else "none"
        rows[k] = replace(rows[k], kind=kind, list="no_odds", basis=source, rank=float(rank))


def _sized(basis: Basis, at: int, industry: str, role: str, unit: str, id: str) -> Candidate:
    """An industry's level, share and quotient, without any odds."""
    place, learnt = basis.place, basis.learnt
    quotient = float(place.quotient[at])
    small = not large(learnt, place, basis.definition)[at]
    name = "unknown" if math.isnan(quotient) else "too_small" if small else "watch"
    level = float(place.level[at])
    return Candidate(
        industry,
        name,
        "",
        role,
        basis.taught.indicator,
        basis.period,
        level / basis.factor,
        unit,
        basis.measured,
        PERCENT * level / (float(np.nansum(place.level)) or math.nan),
        quotient,
        float(place.low[at]),
        relatedness=float(place.relatedness[at]),
        complexity=learnt.complexity[at] if learnt.complexity else math.nan,
        needed=_needed(basis, at),
        observations=(id,) if id else (),
    )


def _needed(basis: Basis, at: int) -> float:
    """The level at which the quotient would cross the line it has yet to cross, in the unit."""
    quotient, expected = float(basis.place.quotient[at]), float(basis.place.expected[at])
    line = basis.definition.above if quotient < basis.definition.above else basis.definition.below
    return line * expected / basis.factor


def _with_odds(
    row: Candidate,
    basis: Basis,
    taught: Taught,
    chances: Chances,
    n: int,
    moved: tuple[np.ndarray, np.ndarray],
) -> Candidate:
    """A candidate with its odds, and the record of past ones with such odds."""
    chance = float(chances.chance[n])
    ends = (PERCENT * float(end[n]) for end in (chances.low, chances.high))
    likely = chances.low[n] > taught.rate
    like = taught.fate.alike(chance)
    return replace(
        row,
        kind=taught.kind,
        list=LISTS[taught.kind][0 if likely else 1],
        basis=basis.name,
        odds=Estimate(PERCENT * chance, *ends, kind="interval"),
        base_rate=PERCENT * taught.rate,
        times=chance / taught.rate,
        start_alone=PERCENT * float(chances.start[n]),
        noise=math.nan if taught.noise is None else PERCENT * taught.noise,
        alike=float(like.n),
        alike_came=PERCENT * float(like.came),
        alike_lasted=PERCENT * float(like.lasted),
        odds_if_more=PERCENT * float(moved[0][n]),
        odds_if_less=PERCENT * float(moved[1][n]),
    )


#: The lists of each kind: of likely candidates, and of the others.
LISTS = {"entry": ("enter", "long_shot"), "exit": ("at_risk", "secure")}


def _moved(basis: Basis, taught: Taught, chances: Chances) -> tuple[np.ndarray, np.ndarray]:
    """The odds if the quotient were a tenth more, and less; all else as it is."""
    regressors = [*REGRESSIONS[taught.score]]
    odds: list[np.ndarray] = []
    for sign in (1, -1):
        times = 1 + sign * rules().moved
        place = basis.place
        shifted = replace(place, level=place.level * times, quotient=place.quotient * times)
        columns = features_of(basis.learnt, taught, shifted, chances.industry)
        odds.append(expit(taught.odds.line(columns[:, regressors])))
    return odds[0], odds[1]


def as_rows(rows: list[Candidate]) -> list[Candidate]:
    """Candidates in the order in which they are shown: by list, then by rank.

    Those without a rank stand in the order of how far their quotient is from 1.

    >>> near, far = (Candidate(f"watch {q}", "watch", quotient=q) for q in (1.1, 0.1))
    >>> second, first = (Candidate(f"enter {n}", "enter", rank=n) for n in (2, 1))
    >>> [row.industry for row in as_rows([near, far, second, first])]
    ['enter 1', 'enter 2', 'watch 0.1', 'watch 1.1']
    """
    first = {name: at for at, name in enumerate(ORDER)}

    def key(row: Candidate) -> tuple[int, str, float, float, str]:
        far = np.nan_to_num(abs(row.quotient - 1))
        return first[row.list], row.kind, np.nan_to_num(row.rank), -far, row.industry

    return sorted(rows, key=key)


#: The lists in the order in which they are shown.
ORDER = (
    "enter",
    "at_risk",
    "no_odds",
    "crossed",
    "watch",
    "long_shot",
    "secure",
    "too_small",
    "unknown",
)
