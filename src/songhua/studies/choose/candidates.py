"""The lists: each industry of the panel with its odds of entry or exit, as far as there are any."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from scipy.special import expit

from songhua.maths.choice import KINDS, Chances, Kind, one_in
from songhua.maths.choice.backtest import REGRESSIONS
from songhua.maths.choice.learnt import Taught, able, chances_of, features_of, order_of
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
    one_in: Annotated[float, number(decimals=0)] = math.nan
    base_rate: Annotated[float, number(unit="%", digits=2)] = math.nan
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
    found: Basis, roles: Mapping[str, str], unit: str, ids: Mapping[str, str]
) -> list[Candidate]:
    """A row an industry of the panel, without what order and chains add.

    Args:
        found: what the odds rest on.
        roles: of industries in the plan.
        unit: of the indicator.
        ids: of the region's cells in the last period, by industry.

    >>> from songhua.studies.choose.example import found
    >>> food, tools = candidate_rows(found(), {"food": "leading"}, "persons", {})
    >>> food.list, round(food.odds.value, 9), food.one_in, food.base_rate, food.needed
    ('enter', 20.0, 5.0, 10.0, 20.0)
    >>> tools.list, round(tools.odds.value, 9)
    ('secure', 10.0)
    >>> round(tools.odds.low, 2), round(tools.odds.high, 2)
    (5.26, 18.18)
    """
    rows = [
        _sized(found, at, industry, roles.get(industry, ""), unit, ids.get(industry, ""))
        for at, industry in enumerate(found.learnt.industries)
    ]
    for kind in KINDS:
        for at in _crossed_lately(found, kind):
            rows[at] = replace(rows[at], list="crossed")
        taught = found.kinds.get(kind)
        if taught is None:
            _mark_untold(found, kind, rows)
            continue
        told = chances_of(found.learnt, taught, found.place)
        moved = _moved(found, taught, told)
        for n, at in enumerate(told.industry.tolist()):
            rows[at] = _told(rows[at], found, taught, told, n, moved)
    return rows


def _crossed_lately(found: Basis, kind: Kind) -> list[int]:
    """Which industries would be candidates, had they not crossed a line a short time ago."""
    each, now = (
        able(found.learnt, found.place, found.definition, kind, settled)
        for settled in (True, False)
    )
    return np.flatnonzero(now & ~each).tolist()


def _mark_untold(found: Basis, kind: Kind, rows: list[Candidate]) -> None:
    """Which industries would be candidates where no odds can be told, in a borrowed order."""
    place = found.place
    at = np.flatnonzero(able(found.learnt, place, found.definition, kind))
    lent = [] if found.order is None else [k for k in found.order.learnt.kinds if k.kind == kind]
    places = (
        order_of(lent[0], found.learnt, place, at) if lent and len(at) else [math.nan] * len(at)
    )
    for one, rank in zip(at.tolist(), places, strict=True):
        basis = "borrowed" if lent else "none"
        rows[one] = replace(rows[one], kind=kind, list="no_odds", basis=basis, rank=float(rank))


def _sized(found: Basis, at: int, industry: str, role: str, unit: str, id: str) -> Candidate:
    """What is known of an industry without any odds."""
    place, learnt = found.place, found.learnt
    quotient, floor = float(place.quotient[at]), found.definition.least
    weight = float(place.expected[at] if found.definition.counted else learnt.shares[at])
    name = "unknown" if math.isnan(quotient) else "too_small" if weight < floor else "watch"
    level = float(place.level[at])
    return Candidate(
        industry,
        name,
        "",
        role,
        found.taught.indicator,
        found.period,
        level / found.factor,
        unit,
        found.measured,
        PERCENT * level / float(np.nansum(place.level)),
        quotient,
        float(place.low[at]),
        relatedness=float(place.relatedness[at]),
        complexity=learnt.complexity[at] if learnt.complexity else math.nan,
        needed=_needed(found, at),
        observations=(id,) if id else (),
    )


def _needed(found: Basis, at: int) -> float:
    """The level at which the quotient would cross the line it has yet to cross, in the unit."""
    quotient, expected = float(found.place.quotient[at]), float(found.place.expected[at])
    line = found.definition.above if quotient < found.definition.above else found.definition.below
    return line * expected / found.factor


def _told(
    row: Candidate,
    found: Basis,
    taught: Taught,
    told: Chances,
    n: int,
    moved: tuple[np.ndarray, np.ndarray],
) -> Candidate:
    """A candidate with its odds, and how past ones with such odds fared."""
    chance = float(told.chance[n])
    ends = (PERCENT * float(end[n]) for end in (told.low, told.high))
    likely = chance >= float(rules()[NEAR[taught.kind]]) * taught.rate
    like = taught.fate.alike(chance)
    return replace(
        row,
        kind=taught.kind,
        list=LISTS[taught.kind][0 if likely else 1],
        basis=found.name,
        odds=Estimate(PERCENT * chance, *ends, kind="interval"),
        one_in=float(one_in(chance)),
        base_rate=PERCENT * taught.rate,
        start_alone=PERCENT * float(told.start[n]),
        noise=math.nan if taught.noise is None else PERCENT * taught.noise,
        alike=float(like.n),
        alike_came=PERCENT * float(like.came),
        alike_lasted=PERCENT * float(like.lasted),
        odds_if_more=PERCENT * float(moved[0][n]),
        odds_if_less=PERCENT * float(moved[1][n]),
    )


#: The multiple of the base rate from which on a candidate is likely, and its lists.
NEAR = {"entry": "enter", "exit": "at_risk"}
LISTS = {"entry": ("enter", "long_shot"), "exit": ("at_risk", "secure")}


def _moved(found: Basis, taught: Taught, told: Chances) -> tuple[np.ndarray, np.ndarray]:
    """The odds if the quotient were a tenth more, and less; all else as it is."""
    used = [*REGRESSIONS[taught.score]]
    odds: list[np.ndarray] = []
    for sign in (1, -1):
        times = 1 + sign * float(rules()["moved"])
        place = found.place
        other = replace(place, level=place.level * times, quotient=place.quotient * times)
        columns = features_of(found.learnt, taught, other, told.industry)
        odds.append(expit(taught.odds.line(columns[:, used])))
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
