"""Specialisation: how one-sided each place's structure is, and how far from the others' it lies."""

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
from songhua.results.columns import EstimateKind, IndicatorId, PlaceId, choice, number
from songhua.studies.panels import Panel
from songhua.studies.series import Figures

ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class SpecialisationIndex:
    """A row of `specialisation`: an index of a place's structure, held against a reference."""

    indicator: IndicatorId
    region: PlaceId
    period: Period
    measure: Annotated[str, choice("index_measure")]
    value: Annotated[float, number(low="low", high="high", estimate="estimate", decimals=3)]
    low: Annotated[float, number(end_of="value")]
    high: Annotated[float, number(end_of="value")]
    estimate: EstimateKind
    industries: int
    reference: PlaceId


def specialisation(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `specialisation`; empty where no panel has the parts of the whole.

    >>> from songhua.studies.diagnose import example
    >>> _, findings = specialisation(example.figures())
    >>> [(one.code, one.params["reference"]) for one in findings[:1]]
    [('structure_distance', 'land')]
    """
    rows: list[SpecialisationIndex] = []
    for panel in (one.whole for one in figures.panels):
        if len(panel.parts) > 1:
            rows += [*indices_against_the_larger_area(panel), *distances_to_places(panel)]
    tables = {"specialisation": table("diagnose", "specialisation", rows)}
    whose = {panel.indicator: panel.place for panel in figures.panels}
    return tables, list(_findings(figures.region, whose, rows))


def indices_against_the_larger_area(panel: Panel) -> Iterator[SpecialisationIndex]:
    """Every index of every place in every period, beside the larger area.

    >>> from songhua.studies.diagnose import example
    >>> rows = indices_against_the_larger_area(example.panel())
    >>> [(row.region, round(row.value, 2)) for row in rows if row.measure == "krugman"][:2]
    [('here', 0.5), ('there', 0.6)]
    """
    for period in panel.periods:
        places = panel.places(period)
        levels, low, high = _parts(panel, period)
        whole = cast("pd.Series", levels.loc[panel.nation])
        own = levels.loc[places]
        indices = {
            "krugman": krugman(own, whole),
            "herfindahl": herfindahl(own),
            "shannon_entropy": shannon_entropy(own),
            "hachman": hachman(own, whole),
        }
        reference = _ends(low, high, panel.nation)
        ends = index_bounds(low.loc[places], high.loc[places], reference)
        for measure, values in indices.items():
            for place, value, *bounds in _bounded(values[places], ends[measure]):
                yield _row(panel, place, period, measure, value, bounds, panel.nation)


def distances_to_places(panel: Panel) -> Iterator[SpecialisationIndex]:
    """How far the panel's place's structure is from each other place's, in the last period.

    >>> from songhua.studies.diagnose import example
    >>> [(row.reference, round(row.value, 2)) for row in distances_to_places(example.panel())]
    [('there', 0.8)]
    """
    own = panel.place
    for period in panel.periods[-1:]:
        levels, low, high = _parts(panel, period)
        others = [one for one in panel.places(period) if one != own]
        # the distance is the same either way, so the place stands for the larger area
        values = krugman(levels.loc[others], cast("pd.Series", levels.loc[own]))
        ends = index_bounds(low.loc[others], high.loc[others], _ends(low, high, own))["krugman"]
        for other, value, *bounds in _bounded(values, ends):
            yield _row(panel, own, period, "krugman", value, bounds, other)


def _bounded(values: pd.Series, ends: pd.DataFrame) -> Iterator[tuple[str, float, float, float]]:
    """Each place with its index and the index's ends."""
    yield from zip(values.index, values, *(ends.loc[values.index, n] for n in ENDS), strict=True)


def _parts(panel: Panel, period: str) -> tuple[pd.DataFrame, ...]:
    """Numbers, low and high ends of the parts of the whole."""
    return tuple(frame[panel.parts] for frame in panel.ends(period))


def _ends(low: pd.DataFrame, high: pd.DataFrame, place: str) -> tuple[pd.Series, pd.Series]:
    return cast("pd.Series", low.loc[place]), cast("pd.Series", high.loc[place])


def _row(
    panel: Panel,
    place: str,
    period: str,
    measure: str,
    value: float,
    bounds: Sequence[float],
    reference: str,
) -> SpecialisationIndex:
    low, high = bounds
    return SpecialisationIndex(
        panel.indicator, place, parse_period(period), measure, float(value), low, high,
        "identity" if low == high else "bound", len(panel.parts), reference,
    )  # fmt: skip


def _findings(
    region: Region, whose: Mapping[str, str], rows: Sequence[SpecialisationIndex]
) -> Iterator[Finding]:
    """Who is most like the panel's place, and how its distance from the larger area moved."""
    own = [r for r in rows if r.region == whose[r.indicator] and r.measure == "krugman"]
    larger = region.places_of("parent")
    for indicator in dict.fromkeys(row.indicator for row in own):
        alike = [row for row in own if row.indicator == indicator]
        whole = [row for row in alike if row.reference in larger]
        others = [row for row in alike if row.reference not in larger]
        first, last = whole[0], whole[-1]
        params = {
            "indicator": indicator, "region": first.region, "reference": first.reference,
            "start": str(first.period), "end": str(last.period), "first": round(first.value, 3),
            "last": round(last.value, 3), "n": last.industries,
        }  # fmt: skip
        if first.period != last.period:
            yield Finding("structure_distance", params)
        if others:
            near = min(others, key=lambda row: row.value)
            params = {"indicator": indicator, "period": str(near.period), "place": near.reference}
            yield Finding("most_alike", params | {"distance": round(near.value, 3)})
