"""Specialisation of each place's structure, and its distance from the others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.index_bounds import index_bounds
from songhua.maths.specialisation import hachman, herfindahl, krugman, shannon_entropy
from songhua.region import Region
from songhua.results import Finding, table
from songhua.results.columns import Estimate, IndicatorId, PlaceId, choice, estimate
from songhua.studies.diagnose.comparison_finding_kinds import MostAlike, StructureDistance
from songhua.studies.panels import Panel
from songhua.studies.series import Figures


@dataclass(frozen=True, slots=True)
class SpecialisationIndex:
    """A row of `specialisation`: an index of a place's structure, held against a reference."""

    indicator: IndicatorId
    region: PlaceId
    period: Period
    measure: Annotated[str, choice("index_measure")]
    value: Annotated[Estimate, estimate(decimals=3)]
    industries: int
    reference: PlaceId


def specialisation(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `specialisation`; empty where no panel has the parts of the whole.

    >>> from songhua.studies.diagnose import town
    >>> _, findings = specialisation(town.figures())
    >>> [(finding.code, finding.params["reference"]) for finding in findings[:1]]
    [('structure_distance', 'land')]
    """
    rows: list[SpecialisationIndex] = []
    for panel in (panel.whole for panel in figures.panels):
        if len(panel.parts) > 1:
            rows += [*indices_against_the_larger_area(panel), *distances_to_places(panel)]
    tables = {"specialisation": table("diagnose", "specialisation", rows)}
    whose = {panel.indicator: panel.place for panel in figures.panels}
    return tables, list(_findings(figures.region, whose, rows))


def indices_against_the_larger_area(panel: Panel) -> Iterator[SpecialisationIndex]:
    """Every index of every place in every period, beside the larger area.

    >>> from songhua.studies.diagnose import town
    >>> rows = indices_against_the_larger_area(town.panel())
    >>> [(row.region, round(row.value.value, 2)) for row in rows if row.measure == "krugman"][:2]
    [('here', 0.5), ('there', 0.6)]
    """
    for period in panel.periods:
        day, places = parse_period(period), panel.places(period)
        levels, low, high = _parts(panel, period)
        whole = cast("pd.Series", levels.loc[panel.nation])
        structures = levels.loc[places]
        indices = {
            "krugman": krugman(structures, whole),
            "herfindahl": herfindahl(structures),
            "shannon_entropy": shannon_entropy(structures),
            "hachman": hachman(structures, whole),
        }
        reference = _ends(low, high, panel.nation)
        ends = index_bounds(low.loc[places], high.loc[places], reference)
        for measure, values in indices.items():
            for place, value in _estimates(values[places], ends[measure]):
                yield SpecialisationIndex(
                    panel.indicator, place, day, measure, value, len(panel.parts), panel.nation
                )


def distances_to_places(panel: Panel) -> Iterator[SpecialisationIndex]:
    """Distances of the panel's place's structure from each other place's, in the last period.

    >>> from songhua.studies.diagnose import town
    >>> [(row.reference, round(row.value.value, 2)) for row in distances_to_places(town.panel())]
    [('there', 0.8)]
    """
    home = panel.place
    for period in panel.periods[-1:]:
        day = parse_period(period)
        levels, low, high = _parts(panel, period)
        peers = [place for place in panel.places(period) if place != home]
        # the distance is the same either way, so the place stands for the larger area
        values = krugman(levels.loc[peers], cast("pd.Series", levels.loc[home]))
        ends = index_bounds(low.loc[peers], high.loc[peers], _ends(low, high, home))["krugman"]
        for peer, value in _estimates(values, ends):
            yield SpecialisationIndex(
                panel.indicator, home, day, "krugman", value, len(panel.parts), peer
            )


def _estimates(values: pd.Series, ends: pd.DataFrame) -> Iterator[tuple[str, Estimate]]:
    """Each place with its index between the index's ends."""
    bounds = ends.loc[values.index, ["low", "high"]].itertuples(index=False)
    for place, value, (low, high) in zip(values.index, values, bounds, strict=True):
        yield place, Estimate.rounded(float(value), low, high)


def _parts(panel: Panel, period: str) -> tuple[pd.DataFrame, ...]:
    """Numbers, low and high ends of the parts of the whole."""
    return tuple(frame[panel.parts] for frame in panel.ends(period))


def _ends(low: pd.DataFrame, high: pd.DataFrame, place: str) -> tuple[pd.Series, pd.Series]:
    return cast("pd.Series", low.loc[place]), cast("pd.Series", high.loc[place])


def _findings(
    region: Region, whose: Mapping[str, str], rows: Sequence[SpecialisationIndex]
) -> Iterator[Finding]:
    """The place most like the panel's, and the move of its distance from the larger area."""
    home_rows = [r for r in rows if r.region == whose[r.indicator] and r.measure == "krugman"]
    larger = region.places_of("parent")
    for indicator in dict.fromkeys(row.indicator for row in home_rows):
        alike = [row for row in home_rows if row.indicator == indicator]
        whole = [row for row in alike if row.reference in larger]
        peers = [row for row in alike if row.reference not in larger]
        last, series = whole[-1], region.indicator(indicator, whose[indicator])
        first = next(row for row in whole if series.unbroken(row.period, last.period))
        if first.period != last.period:
            yield StructureDistance.from_row(
                first,
                start=first.period,
                end=last.period,
                n=last.industries,
                first=round(first.value.value, 3),
                last=round(last.value.value, 3),
            )
        if peers:
            near = min(peers, key=lambda row: row.value.value)
            distance = round(near.value.value, 3)
            yield MostAlike.from_row(near, place=near.reference, distance=distance)
