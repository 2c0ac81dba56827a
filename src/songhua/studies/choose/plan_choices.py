"""The plan's own choices beside the lists: secure, at risk, a bet, or without odds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import pandas as pd

from songhua import codes
from songhua.errors import SonghuaError
from songhua.plan import Plan
from songhua.region import Region
from songhua.results.columns import Citations, Estimate, IndustryId, choice, labels, number
from songhua.studies.choose.candidates import Candidate, OddsPercent

#: The match of an industry of the plan to the panel.
WHOLE, WITHIN, ACROSS, OUTSIDE = "whole", "within", "across", "outside"
#: A division of GB/T 4754, with its section or with the standard.
DIVISION = re.compile(r"(?:[A-T]|GB/T 4754-)(\d{2})")
#: The verdict of an industry that is one of the panel, by its list.
VERDICTS = {
    "enter": "bet",
    "long_shot": "long_shot",
    "at_risk": "at_risk",
    "secure": "secure",
    "watch": "watch",
    "crossed": "crossed",
    "too_small": "too_small",
    "unknown": "no_odds",
    "no_odds": "no_odds",
}


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A row of `plan_choices`: an industry of the plan, or one that it does not name.

    `within` are the panel's industries that hold it. `codes` are those of the plan's own
    definition, which a panel would need where this one is too coarse.
    """

    industry: IndustryId
    role: Annotated[str, choice("role")]
    verdict: Annotated[str, choice("choice_verdict")]
    within: Annotated[tuple[str, ...], labels("industries")] = ()
    quotient: Annotated[float, number(decimals=2)] = math.nan
    odds: OddsPercent = Estimate(kind="interval")
    base_rate: Annotated[float, number(unit="%", digits=2)] = math.nan
    times: Annotated[float, number(digits=2)] = math.nan
    entities: Annotated[tuple[str, ...], labels("entities")] = ()
    figures: int = 0
    scheme: Annotated[str, choice("classification")] = ""
    codes: str = ""
    observations: Citations = ()


@dataclass(frozen=True)
class Location:
    """The place of an industry of the plan in the panel."""

    how: str
    within: tuple[str, ...] = ()


def located(region: Region, plan: Plan | None, industries: Sequence[str]) -> dict[str, Location]:
    """The location of each industry of the plan among those of a panel.

    By its name, by its parent, and by the codes that define it: an industry of the panel that is
    also called by a code of the same scheme, such as the letter of a section, holds those below.

    >>> from songhua.studies.choose.example import plan, town
    >>> for industry, location in located(town(), plan(), ["food", "tools"]).items():
    ...     print(industry, location.how, *location.within)
    food whole food
    looms within tools
    films outside
    """
    if plan is None:
        return {}
    coded = coded_industries(region, industries)
    rows = plan.industries
    return {
        industry: _located(region, industry, rows[rows.industry == industry], industries, coded)
        for industry in plan.roles()
    }


def codes_of(region: Region, industries: Sequence[str]) -> dict[str, set[str]]:
    """The codes that each industry is also called by; a division without the letter before it.

    >>> entries = {"machines": {"also": ["C34", "Machines"]}, "metals": {"also": ["GB/T 4754-33"]}}
    >>> codes_of(Region.of("here", industries=entries), ["machines", "metals"])["metals"]
    {'33'}
    """
    return {
        id: {DIVISION.sub(r"\1", str(code)) for code in region.industries[id].get("also") or ()}
        for id in industries
        if id in region.industries
    }


def coded_industries(region: Region, industries: Sequence[str]) -> dict[str, str]:
    """The industries of a panel that are also called by a code, by that code.

    >>> entries = {"machines": {"also": ["C34", "Machines"]}, "trade": {"also": ["F"]}}
    >>> coded = coded_industries(Region.of("here", industries=entries), ["machines", "trade"])
    >>> coded["34"], coded["F"]
    ('machines', 'trade')
    """
    return {code: id for id, named in codes_of(region, industries).items() for code in named}


def _located(
    region: Region,
    industry: str,
    rows: pd.DataFrame,
    industries: Sequence[str],
    coded: Mapping[str, str],
) -> Location:
    """Location of an industry of the plan."""
    if industry in industries:
        return Location(WHOLE, (industry,))
    above = str(region.industries.get(industry, {}).get("parent") or "")
    if above in industries:
        return Location(WITHIN, (above,))
    entries = [(str(r.scheme), str(r.code), str(r.inclusion)) for r in rows.itertuples()]
    homes = {at: coded[at] for entry in entries if (at := home(entry[0], entry[1], coded))}
    if not homes:
        return Location(OUTSIDE)
    if len(homes) > 1:
        return Location(ACROSS, tuple(sorted(homes.values())))
    (section,) = homes
    whole = {code for _, code, how in entries if how == "whole"}
    needed = {*codes.children(entries[0][0], section)} or {section}
    return Location(WHOLE if section in whole or needed <= whole else WITHIN, (coded[section],))


def home(scheme: str, code: str, coded: Mapping[str, str]) -> str:
    """The code of the panel's industry that holds a code; blank where none does.

    >>> home("gbt4754-2017", "3491", {"34": "machines"})
    '34'
    """
    above = _parents(scheme)
    while code and code not in coded:
        code = above.get(code, "")
    return code


def parts_of(
    industry: str, entries: Iterable, coded: Mapping[str, str], by_name: Mapping[str, Candidate]
) -> dict[str, float]:
    """The classes that hold an industry of the plan, with the part of each that it makes up.

    Args:
        industry: of the plan.
        entries: its rows, each with scheme, code and inclusion.
        coded: the panel's industries by their codes.
        by_name: the panel's industries.

    >>> row = Candidate("food", "enter")
    >>> parts_of("food", [], {}, {"food": row})
    {'food': 1.0}
    """
    if industry in by_name:
        return {industry: 1.0}
    listed = [(str(r.scheme), str(r.code), str(r.inclusion)) for r in entries]
    whole = {code for _, code, inclusion in listed if inclusion == "whole"}
    homes = {(scheme, at) for scheme, code, _ in listed if (at := home(scheme, code, coded))}
    return {coded[at]: filled(scheme, at, whole) for scheme, at in sorted(homes)}


def filled(scheme: str, code: str, whole: set[str]) -> float:
    """The part of a code that some whole codes make up, each level by the number of its codes.

    >>> filled("gbt4754-2017", "341", {"3411", "3412", "3413"})
    0.5
    >>> filled("gbt4754-2017", "34", {"34"}), filled("gbt4754-2017", "34", set())
    (1.0, 0.0)
    """
    if code in whole:
        return 1.0
    below = codes.children(scheme, code)
    return sum(filled(scheme, child, whole) for child in below) / len(below) if below else 0.0


@cache
def _parents(scheme: str) -> Mapping[str, str]:
    """The code above each of a scheme; none of a scheme whose codes are not held."""
    try:
        rows = codes.table(scheme)
    except SonghuaError:
        return {}
    return {
        str(code): str(up)
        for code, up in zip(rows["code"], rows["parent"], strict=True)
        if isinstance(up, str)
    }


def plan_rows(
    region: Region, plan: Plan | None, rows: Iterable[Candidate], where: Mapping[str, Location]
) -> Iterator[PlanChoice]:
    """The plan's industries, then those that could enter and are not named.

    Only an industry that is one of the panel's has a verdict of its own: the odds of a whole
    section say nothing of a part of it.

    >>> from songhua.studies.choose.example import plan, town
    >>> odds = {"food": Estimate(20.0), "tools": Estimate(30.0)}
    >>> lists = {"food": "at_risk", "tools": "enter"}
    >>> rows = [Candidate(name, lists[name], odds=odds[name]) for name in lists]
    >>> places = [Location(WHOLE, ("food",)), Location(WITHIN), Location(OUTSIDE)]
    >>> where = dict(zip(("food", "looms", "films"), places))
    >>> for row in plan_rows(town(), plan(), rows, where):
    ...     print(row.industry, row.role, row.verdict, row.odds.value)
    food leading at_risk 20.0
    looms pillar within nan
    films pillar outside nan
    tools  unnamed 30.0
    """
    if plan is None:
        return
    by_name = {row.industry: row for row in rows}
    mentioned: set[str] = set()
    for industry, role in plan.roles().items():
        location = where[industry]
        mentioned |= {*location.within}
        yield _choice(region, plan, industry, role, location, by_name)
    for row in by_name.values():
        if row.list == "enter" and row.industry not in mentioned:
            yield PlanChoice(
                row.industry,
                "",
                "unnamed",
                (row.industry,),
                row.quotient,
                row.odds,
                row.base_rate,
                row.times,
                observations=row.observations,
            )


def _choice(
    region: Region,
    plan: Plan,
    industry: str,
    role: str,
    location: Location,
    by_name: Mapping[str, Candidate],
) -> PlanChoice:
    """An industry of the plan with the firms and figures that the folder has of it."""
    entities, figures, ids = named_entities(region, industry)
    rows = plan.industries[plan.industries.industry == industry]
    listed = [str(code) for code in rows.code if str(code)]
    scheme = next((str(name) for name in rows.scheme if str(name)), "")
    whole = location.how == WHOLE
    row = by_name[location.within[0]] if whole else Candidate(industry, "")
    verdict = VERDICTS[row.list] if whole else location.how
    return PlanChoice(
        industry,
        role,
        verdict,
        location.within,
        row.quotient,
        row.odds,
        row.base_rate,
        row.times,
        entities,
        figures,
        scheme,
        " ".join(dict.fromkeys(listed)),
        ids,
    )


#: The number of observations that a row cites.
CITED = 12


def named_entities(region: Region, industry: str) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """Firms and projects with figures of an industry, how many figures, and the first of them.

    >>> figures = [("mill", "a", False), ("mill", "b", True), ("", "c", False)]
    >>> rows = pd.DataFrame(figures, columns=["entity", "id", "superseded"]).assign(industry="food")
    >>> named_entities(Region.of("here", observations=rows), "food")
    (('mill',), 2, ('a', 'c'))
    """
    figures = region.figures.observations.select(industry=industry)
    figures = figures.where(~figures.superseded)
    return tuple(filter(None, figures.distinct("entity"))), len(figures), (*figures.ids[:CITED],)
