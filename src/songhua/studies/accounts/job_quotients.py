"""Jobs by industry: their quotient against a larger area makes value added likely, never bounds it.

Which figures are jobs, and beside which larger area, is told by measure, form and place alone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from songhua.maths.accounts import LogRatio
from songhua.maths.accounts.prior import Prior
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation, grouped
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.perimeters import ALL, Perimeters, Weights
from songhua.studies.accounts.readings import Reading

MEASURE = "employment"
#: The greatest distance of jobs in years, as for shares of other years.
YEARS = 15
#: A series of jobs of one year by industry, of one place.
Jobs = Mapping[str, Observation]


@dataclass(frozen=True)
class JobsBeside:
    """Jobs of a year by industry, of the region and of a larger area that holds the same."""

    year: int
    region: Jobs
    area: Jobs

    @property
    def industries(self) -> set[str]:
        """The industries that both have, without the whole."""
        return ({*self.region} & {*self.area}) - {"all"}

    def log_quotient(self, members: Collection[str]) -> float:
        """The logarithm of the location quotient of some industries together.

        >>> def jobs(**count: int) -> Jobs:
        ...     return {name: Observation.of("jobs", "2020", str(n)) for name, n in count.items()}
        >>> beside = JobsBeside(2020, jobs(all=10, food=2), jobs(all=100, food=10))
        >>> round(math.exp(beside.log_quotient(["food"])), 6)
        2.0
        """
        share = [
            sum(jobs[name].value for name in members) / jobs["all"].value
            for jobs in (self.region, self.area)
        ]
        return math.log(share[0] / share[1])

    def ids(self, members: Collection[str]) -> tuple[str, ...]:
        """The figures that a quotient rests on."""
        names = (*members, "all")
        return tuple(id for jobs in (self.region, self.area) for n in names for id in jobs[n].ids)


def jobs_beside(
    region: Region, figures: Sequence[Observation], nation: Nation, year: int
) -> JobsBeside | None:
    """The jobs by most industries that a larger area has too, of the nearest year.

    The table's own area comes before others around the region, in the folder's order.
    """
    larger = [place for place in region.places_of("parent") if place != nation.region]
    larger = [place for place in (nation.region, *larger) if place not in ("", region.code)]
    levels = [
        figure
        for figure in figures
        if figure.form == "level"
        and figure.usual
        and not figure.entity
        and figure.value > 0
        and region.indicator(figure.indicator).measure == MEASURE
        and figure.period.kind == "year"
        and abs(figure.period.start.year - year) <= YEARS
    ]
    pairs: list[JobsBeside] = []
    for (_, period), alike in grouped(levels, "indicator", "period").items():
        places = {
            place: {figure.industry: figure for figure in rows}
            for place, rows in grouped(alike, "region").items()
        }
        region_jobs = places.get(region.code, {})
        pairs += [
            JobsBeside(period.start.year, region_jobs, places[place])
            for place in larger
            if "all" in region_jobs and "all" in places.get(place, {})
        ]
    usable = [pair for pair in pairs if pair.industries]
    return max(
        usable, key=lambda pair: (len(pair.industries), -abs(pair.year - year)), default=None
    )


def job_quotients(
    region: Region,
    figures: Sequence[Observation],
    nation: Nation,
    prior: Prior,
    year: int,
    share: float,
    printed: frozenset[str],
) -> Iterator[Reading]:
    """Ratios from jobs for each industry whose value added of the year is not printed.

    The logarithm of its share in value added, against its share in the nation, is likely to follow
    that of its jobs, with the observed deviation between the two. For jobs of another year the
    drift of quotients is added. Jobs cover only some units where the table of parts gives an
    industry less of the jobs than of the value added.

    Args:
        region: the region.
        figures: settled levels, of the region and of larger areas.
        nation: its industries.
        prior: the model learnt from jobs.
        year: the year of the accounts.
        share: the region's share of the nation's value added.
        printed: the industries of which the year itself has a level.
    """
    beside = jobs_beside(region, figures, nation, year)
    if beside is None:
        return
    perimeters = Perimeters(region, nation)
    study = prior.study_of(nation.region, region.code)
    country = "" if study is None else study.country
    groups = list(_groups(region, perimeters, beside.industries))
    whole = all(
        perimeters.find(name, MEASURE) == perimeters.find(name, "value_added")
        for members, _ in groups
        for name in members
    )
    sizes = dict(zip(nation.codes, nation.value_added.tolist(), strict=True))
    kinds = dict(zip(nation.codes, nation.kinds, strict=True))
    for members, weights in groups:
        if printed.issuperset(members):
            continue
        amounts = {code: weight.low * sizes[code] for code, weight in weights.items()}
        part = sum(amounts.values()) / sum(sizes.values())
        kind = kinds[max(amounts, key=lambda code: amounts[code])]
        middle, sd = prior.jobs.value_added(
            kind, beside.log_quotient(members), part, share, country=country, whole=whole
        )
        if beside.year != year:
            sd = math.hypot(sd, prior.drift_sd(beside.year - year))
        of = {("value_added", code): weight.low for code, weight in weights.items()}
        first = beside.region[members[0]]
        name = f"jobs of {beside.year} {first.id}"
        likely = LogRatio(name, of, math.log(part) + middle, sd)
        for member in members:
            ids = beside.ids(members)
            yield Reading(beside.region[member], "jobs_quotient", likely=likely, other_ids=ids)


def _groups(
    region: Region, perimeters: Perimeters, industries: Collection[str]
) -> Iterator[tuple[list[str], Weights]]:
    """Industries whose jobs are counted together, and their share of each code.

    If the folder has jobs of all parts of the whole, industries that share a code form one group
    with all of it. Otherwise an industry is a group of its own, if definitions fix its codes, and
    the smaller comes before an industry that contains it.
    """
    perimeter_of = {name: perimeters.find(name, "value_added") for name in industries}
    parts = [p for p in region.partitions().get("all", []) if {*p} <= {*industries}]
    split = max(parts, key=len, default=[])
    if split and all(perimeter_of[name] is not None for name in split):
        yield from _joined(
            {name: {*perimeter.certain} for name in split if (perimeter := perimeter_of[name])}
        )
        return
    assigned: set[str] = set()
    closed = {
        name: perimeter.certain
        for name, perimeter in perimeter_of.items()
        if perimeter is not None and perimeter.closed
    }
    for name in sorted(closed, key=lambda name: (len(closed[name]), name)):
        if assigned.isdisjoint(closed[name]):
            assigned |= {*closed[name]}
            yield [name], closed[name]


def _joined(codes: Mapping[str, set[str]]) -> Iterator[tuple[list[str], dict[str, Interval]]]:
    """Industries joined that share a code, with all their codes.

    >>> [members for members, _ in _joined({"a": {"1"}, "b": {"2"}, "c": {"1", "3"}})]
    [['b'], ['a', 'c']]
    """
    groups: list[tuple[list[str], set[str]]] = []
    for name, own_codes in codes.items():
        near = [group for group in groups if not own_codes.isdisjoint(group[1])]
        groups = [group for group in groups if own_codes.isdisjoint(group[1])]
        members = [member for group in near for member in group[0]]
        groups.append(([*members, name], own_codes.union(*(group[1] for group in near))))
    for members, member_codes in groups:
        yield members, dict.fromkeys(sorted(member_codes), ALL)
