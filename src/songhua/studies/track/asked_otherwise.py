"""Targets at another level, and their odds were the nation to grow faster than it did."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from songhua.errors import SonghuaError
from songhua.plan import Plan, PlanTarget
from songhua.plan.days import day_of_view
from songhua.plan.vocabulary import Quantity
from songhua.region import Region
from songhua.studies.fault_kinds import OptionUnreadable
from songhua.studies.registry import Numbers
from songhua.studies.series import Figures
from songhua.studies.track.assessment import assess
from songhua.studies.track.department_reports import Reports
from songhua.studies.track.rows import TargetRow

#: Measures taken to grow with the nation, point by point: value added, and the volume of it.
WITH_NATION = ("value_added", "volume")
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class TargetLevel:
    """A target that may be asked at another level: the number in its words, in their unit."""

    target: str
    value: float
    unit: str


def levels(plan: Plan, rows: Iterable[TargetRow]) -> list[TargetLevel]:
    """The targets whose time is not over, with a pace that is still required and a plain number.

    >>> from songhua.studies.track.examples import town_assessment, town
    >>> row = town_assessment("reach 1000", "firms").row
    >>> levels(town()[1], [row])  # a plan without targets
    []
    """
    entries = plan.target_by_id
    target_levels: list[TargetLevel] = []
    for row in rows:
        entry = entries.get(row.target)
        if entry is None or row.past or math.isnan(row.required):
            continue
        low, unit = entry.target.low, entry.target.unit
        if _NUMBER.fullmatch(low) and _at_level(entry, float(low) * 2 + 1) is not None:
            target_levels.append(TargetLevel(row.target, float(low), unit))
    return target_levels


def _at_level(entry: PlanTarget, value: float) -> PlanTarget | None:
    """A target with another number, of a range both ends moved; None where no words say it."""
    words = entry.target
    high = words.high
    plain = all(map(_NUMBER.fullmatch, (words.low, high or words.low)))
    if value < 0 or words.quantity == Quantity.RELATION or not plain:
        return None
    if high:
        high = f"{float(high) + value - float(words.low):.12g}"
    changed = replace(entry, target=replace(words, low=f"{value:.12g}", high=high))
    try:
        return changed if changed.text else None
    except SonghuaError:
        return None


def levels_of(plan: Plan, numbers: Numbers) -> dict[str, float]:
    """The levels that the option `levels` of track asks for, by target.

    Raises:
        SonghuaError: `option_unreadable`, one for each target that has no such number.

    >>> from songhua.studies.track.examples import town
    >>> levels_of(town()[1], ())
    {}
    """
    entries = plan.target_by_id
    faults = [
        OptionUnreadable(study="track", name="levels", text=f"{id[:80]}={value:g}")
        for id, value in numbers
        if id not in entries or _at_level(entries[id], value) is None
    ]
    if faults:
        raise SonghuaError(*faults)
    return dict(numbers)


def otherwise(
    region: Region, entry: PlanTarget, level: Mapping[str, float], faster: float
) -> tuple[PlanTarget, float]:
    """A target as it is asked, and by how much faster what it is of grows.

    >>> from songhua.studies.track.examples import town, town_target
    >>> entry = town_target("reach 1000", "firms").entry
    >>> made, lead = otherwise(town()[0], entry, {entry.id: 900.0}, 1.0)
    >>> made.target.low, lead
    ('900', 0.0)
    """
    if entry.id in level:
        entry = _at_level(entry, level[entry.id]) or entry
    return entry, faster if faster and with_nation(region, entry) else 0.0


def with_nation(region: Region, row: TargetRow | PlanTarget) -> bool:
    """True for a target of a measure that is taken to grow with the nation.

    >>> from songhua.studies.track.examples import town_assessment, town
    >>> with_nation(town()[0], town_assessment("reach 1000", "firms").row)
    False
    """
    return region.indicator(row.indicator).measure in WITH_NATION


def asked_otherwise(
    region: Region,
    plan: Plan,
    rows: Sequence[TargetRow],
    level: Mapping[str, float],
    faster: float,
    seed: int,
) -> list[TargetRow]:
    """The targets that change, as track would tell them; with the seed of the first telling.

    One with another level is read anew with its number in place of the plan's. `faster` is by how
    many points a year the nation grows faster than before: what `with_nation` holds of grows
    faster by as much (the national component of shift-share), and its odds with it.

    >>> import songhua
    >>> session = songhua.open(songhua.example())
    >>> from songhua.results import read_rows
    >>> every = read_rows(session.run("track").tables["targets"], TargetRow)
    >>> rows = [row for row in every if row.target == "gdp-plan"]
    >>> plan = session.plan.in_force(session.region.sources)
    >>> made = asked_otherwise(session.region, plan, rows, {"gdp-plan": 4.0}, 0.0, 0)[0]
    >>> rows[0].goal, made.goal, round(rows[0].gap, 2), round(made.gap, 2)
    (5.5, 4.0, 1.51, 0.01)
    """
    figures, reports = Figures(region, plan), Reports.of(region)
    day = day_of_view(region, plan) or date.min
    entries, assessed = plan.target_by_id, list[TargetRow]()
    for row in rows:
        if row.target not in entries:
            continue
        entry, lead = otherwise(region, entries[row.target], level, faster)
        moved = not (row.past or math.isnan(row.probability) or lead == 0)
        if not (moved or row.target in level):
            continue
        assessed.append(assess(entry, figures, plan, day, reports, seed, lead).row)
    return assessed
