"""Jobs by industry, and the area that a region lies in: their quotients make value added likely.

They never bound it. Which figures are jobs or value added, of which place, and beside which larger
area, is told by measure, form and place alone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from songhua.maths.accounts import LogRatio
from songhua.maths.accounts.prior import Covariates, Prior
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation, grouped
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.perimeters import ALL, Perimeters, Weights
from songhua.studies.accounts.readings import Reading

#: The measures of jobs and of an area's own accounts.
JOBS, SIZES = "employment", "value_added"
#: The greatest distance of such figures in years, as for shares of other years.
YEARS = 15
#: A series of one year by industry, of one place.
ByIndustry = Mapping[str, Observation]


@dataclass(frozen=True)
class Beside:
    """A series of a year by industry, of a place and of a larger area that has the same."""

    year: int
    place: ByIndustry
    area: ByIndustry

    @property
    def industries(self) -> set[str]:
        """The industries that both have, without the whole."""
        return ({*self.place} & {*self.area}) - {"all"}

    @property
    def share(self) -> float:
        """The place's share of the area."""
        return self.place["all"].value / self.area["all"].value

    def log_quotient(self, members: Collection[str]) -> float:
        """The logarithm of the location quotient of some industries together.

        >>> def jobs(**count: int) -> ByIndustry:
        ...     return {name: Observation.of("jobs", "2020", str(n)) for name, n in count.items()}
        >>> beside = Beside(2020, jobs(all=10, food=2), jobs(all=100, food=10))
        >>> round(math.exp(beside.log_quotient(["food"])), 6)
        2.0
        """
        share = [
            sum(series[name].value for name in members) / series["all"].value
            for series in (self.place, self.area)
        ]
        return math.log(share[0] / share[1])

    def ids(self, members: Collection[str]) -> tuple[str, ...]:
        """The figures that a quotient rests on."""
        names = (*members, "all")
        return tuple(
            id for series in (self.place, self.area) for n in names for id in series[n].ids
        )


def series_beside(
    region: Region, figures: Sequence[Observation], nation: Nation, year: int
) -> Beside | None:
    """The jobs of the region by most industries that a larger area has too, of the nearest year.

    The table's own area comes before others around the region, in the folder's order.
    """
    larger = [nation.region, *region.places_of("parent")]
    larger = [place for place in dict.fromkeys(larger) if place not in ("", region.code)]
    return _nearest(_levels(region, figures, JOBS, year), region.code, larger, year)


def area_beside(
    region: Region, figures: Sequence[Observation], nation: Nation, year: int
) -> Beside | None:
    """Value added of the area that the region lies in, by most industries that the nation has too.

    None where the table in use is of that area itself: sizes are told against it already.
    """
    if not region.within or region.within == nation.region:
        return None
    levels = _levels(region, figures, SIZES, year)
    return _nearest(levels, region.within, [nation.region], year)


def _levels(
    region: Region, figures: Sequence[Observation], measure: str, year: int
) -> Iterator[Observation]:
    """The yearly levels of a measure; value added at current prices."""
    for figure in figures:
        indicator = region.indicator(figure.indicator)
        if (
            indicator.measure == measure
            and (measure == JOBS or indicator.nominal)
            and figure.form == "level"
            and figure.usual
            and not figure.entity
            and figure.value > 0
            and figure.period.kind == "year"
            and abs(figure.period.start.year - year) <= YEARS
        ):
            yield figure


def _nearest(
    levels: Iterable[Observation], place: str, larger: Sequence[str], year: int
) -> Beside | None:
    """The series of most industries of a place and the first larger one, of the nearest year."""
    pairs: list[Beside] = []
    for (_, period), alike in grouped(levels, "indicator", "period").items():
        places = {
            name: {figure.industry: figure for figure in rows}
            for name, rows in grouped(alike, "region").items()
        }
        own = places.get(place, {})
        pairs += [
            Beside(period.start.year, own, places[name])
            for name in larger
            if "all" in own and "all" in places.get(name, {})
        ]
    usable = [pair for pair in pairs if pair.industries]
    return max(
        usable, key=lambda pair: (len(pair.industries), -abs(pair.year - year)), default=None
    )


def quotients_beside(
    region: Region,
    figures: Sequence[Observation],
    nation: Nation,
    prior: Prior,
    year: int,
    share: float,
    printed: frozenset[str],
) -> Iterator[Reading]:
    """Ratios from jobs, and from the area, for industries whose value added is not printed.

    The logarithm of an industry's share in value added, against its share in the nation, is likely
    to follow that of its jobs, and that of the area's value added, with the observed deviations
    between them. For figures of another year the drift of quotients is added. Jobs cover only some
    units where the table of parts gives an industry less of the jobs than of the value added.

    Args:
        region: the region.
        figures: settled levels, of the region and of larger areas.
        nation: its industries.
        prior: the model learnt from both.
        year: the year of the accounts.
        share: the region's share of the nation's value added.
        printed: the industries of which the year itself has a level.
    """
    study = prior.study_of(nation.region, region.code)
    country = "" if study is None else study.country
    evidence = _Evidence(region, nation, prior, country, year, share, printed)
    jobs = series_beside(region, figures, nation, year)
    if jobs is not None:
        yield from evidence.readings(jobs, "jobs", prior.jobs)
    area = area_beside(region, figures, nation, year)
    if area is not None:
        seat = region.kind == "seat" and country in prior.seats.by_country
        yield from evidence.readings(area, "area", prior.seats if seat else prior.areas)


@dataclass(frozen=True)
class _Evidence:
    """Quotients of a series as likely sizes: of a region, its nation, a model and a year."""

    region: Region
    nation: Nation
    prior: Prior
    country: str
    year: int
    share: float
    printed: frozenset[str]

    def readings(self, beside: Beside, of: str, covariates: Covariates) -> Iterator[Reading]:
        """A ratio for each group of industries, and a reading for each of its figures."""
        perimeters = Perimeters(self.region, self.nation)
        groups = list(_groups(self.region, perimeters, beside.industries))
        whole = of != "jobs" or all(
            perimeters.find(name, JOBS) == perimeters.find(name, SIZES)
            for members, _ in groups
            for name in members
        )
        for members, weights in groups:
            if self.printed.issuperset(members):
                continue
            kind, section, part = self.nation.of_codes(weights)
            middle, sd = covariates.value_added(
                kind,
                beside.log_quotient(members),
                part,
                self.share,
                country=self.country,
                whole=whole,
                section=section,
            )
            if years := abs(beside.year - self.year):
                share = self.share if of == "jobs" else beside.share
                earlier = self.prior.earlier
                _, drift = earlier.value_added(
                    kind, 0.0, part, share, country=self.country, years=years
                )
                sd = math.hypot(sd, drift)
            terms = {(SIZES, code): weight.low for code, weight in weights.items()}
            name = f"{of} of {beside.year} {beside.place[members[0]].id}"
            likely = LogRatio(name, terms, math.log(part) + middle, sd)
            for member in members:
                ids = beside.ids(members)
                figure = beside.place[member]
                yield Reading(figure, f"{of}_quotient", likely=likely, other_ids=ids)


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
