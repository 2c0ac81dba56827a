"""A simulation as its tables read it: base, ensemble and summary, and rows made of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np

from songhua.maths.projects import PHASES, Impact, ProjectFlows, Summary, summarise
from songhua.results import QUANTILES, Estimate
from songhua.results.estimates import ASSUMPTION
from songhua.studies.simulate.ensemble import Ensemble
from songhua.studies.simulate.regional_base import RegionalBase

CONSTRUCTION, OPERATION = PHASES
T = TypeVar("T")


def unit_of(measure: str, money: str) -> str:
    """Persons for jobs, else money.

    >>> unit_of("jobs", "m EUR"), unit_of("taxes", "m EUR")
    ('persons', 'm EUR')
    """
    return "persons" if measure == "jobs" else money


def span(years: Sequence[int]) -> str:
    """The period of several years.

    >>> span([2021, 2022, 2023]), span([2021])
    ('2021..2023', '2021')
    """
    return f"{years[0]}..{years[-1]}" if len(years) > 1 else str(years[0])


@dataclass(frozen=True)
class Simulation:
    """The base, the ensemble and its summary, which every table needs.

    `fewer` is the summary without what may be counted in another project's already, if anything
    may be; `kinds` are the kinds of the ends by phase (see `certainty`).
    """

    base: RegionalBase
    ensemble: Ensemble
    summary: Summary
    scenario: str
    fewer: Summary | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        base: RegionalBase,
        ensemble: Ensemble,
        scenario: str,
        kinds: Mapping[str, str] | None = None,
    ) -> Simulation:
        """A simulation with its summary."""
        parts, summary = ensemble.without_parts, summarise(ensemble.impact, QUANTILES)
        fewer = None if parts is None else summarise(parts, QUANTILES)
        return cls(base, ensemble, summary, scenario, fewer, kinds or {})

    def kind(self, step: str) -> str:
        """The kind of the ends of a phase, or of a step to the net.

        Spending that is crowded out is of the construction; what is left in the end, of operation.
        """
        phase = CONSTRUCTION if step in (CONSTRUCTION, "crowded") else OPERATION
        return self.kinds.get(phase, ASSUMPTION)

    def estimate(self, ends: Sequence[float], step: str) -> Estimate:
        """The estimate of a phase's draws, or of a step to the net, by their quantiles."""
        low, value, high = ends
        return Estimate.drawn(low, value, high, self.kind(step))

    @property
    def impact(self) -> Impact:
        """The effects."""
        return self.ensemble.impact

    @property
    def flows(self) -> ProjectFlows:
        """The projects."""
        return self.ensemble.impact.flows

    @cached_property
    def periods(self) -> dict[str, str]:
        """The years of construction, and the last year, which stands for operation."""
        money = self.flows.spending.sum(axis=(0, 1, 3)) + self.flows.idle.sum(axis=(0, 1))
        built = [self.flows.years[int(at)] for at in np.flatnonzero(money)]
        return {CONSTRUCTION: span(built or self.flows.years), OPERATION: str(self.flows.years[-1])}

    def cells(
        self,
        kind: Callable[..., T],
        values: np.ndarray,
        axes: Mapping[str, Sequence[str]],
        fewer: np.ndarray | None = None,
        **fixed: object,
    ) -> Iterator[T]:
        """A row for each cell of an array whose last axis is the interval; zero cells are left out.

        `axes` are the labels of the other axes by their column, `fixed` what all rows share.
        `fewer` is the same array without possible parts; a cell that is no other has none.
        """
        units = {name: unit_of(name, self.base.unit) for name in axes["measure"]}
        labelled = tuple(axes.items())
        places = np.argwhere((values != 0).any(axis=-1))
        cells = values[tuple(places.T)].tolist()
        second_cells = cells if fewer is None else fewer[tuple(places.T)].tolist()
        for place, ends, second_ends in zip(places.tolist(), cells, second_cells, strict=True):
            labels = {name: axis[at] for (name, axis), at in zip(labelled, place, strict=True)}
            step = str({**labels, **fixed}.get("phase") or labels["step"])
            second = {} if second_ends == ends else {"without_parts": second_ends}
            yield kind(
                scenario=self.scenario,
                value=self.estimate(ends, step),
                **{name: self.estimate(fewer_ends, step) for name, fewer_ends in second.items()},
                unit=units[labels["measure"]],
                **labels,
                **fixed,
            )
