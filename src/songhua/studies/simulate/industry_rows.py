"""Effects of the projects by industry, as rows: all of them, and without possible parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from songhua.maths.projects import EFFECTS, MEASURES, PHASES, Impact, ends
from songhua.results import QUANTILES
from songhua.studies.simulate.rows import IndustryImpact
from songhua.studies.simulate.simulation import OPERATION, Simulation

GAINS = ("value_added", "jobs")


def industries(simulation: Simulation) -> Iterator[IndustryImpact]:
    """By industry: value added and jobs by year, and all effects of construction and operation.

    >>> from songhua.studies.simulate import example
    >>> rows = [row for row in industries(example.simulation()) if row.effect == "direct"]
    >>> [(row.code, row.period, row.value.value) for row in rows if row.measure == "output"]
    [('works', '2021', 50.0)]
    """
    years, periods = simulation.flows.years, simulation.periods
    labels = {"table": simulation.base.id}
    axes = {"code": simulation.base.codes, "measure": GAINS}
    whole = _of_industries(simulation.impact)
    parts = simulation.ensemble.without_parts
    fewer = None if parts is None else _of_industries(parts)
    for at, year in enumerate(years):
        second = None if fewer is None else fewer.years[at]
        for place, phase in enumerate(PHASES):
            if (phase, str(year)) != (OPERATION, periods[OPERATION]):  # given below in full
                yield from simulation.cells(
                    IndustryImpact,
                    whole.years[at][place],
                    axes,
                    None if second is None else second[place],
                    phase=phase,
                    period=str(year),
                    effect="type_i",
                    **labels,
                )
    axes = {"effect": EFFECTS, "code": simulation.base.codes, "measure": MEASURES}
    for place, phase in enumerate(PHASES):
        yield from simulation.cells(
            IndustryImpact,
            whole.phases[place],
            axes,
            None if fewer is None else fewer.phases[place],
            phase=phase,
            period=periods[phase],
            **labels,
        )


@dataclass(frozen=True)
class _Industries:
    """Intervals by industry: of each year phase × n × (value added, jobs) of type I; of each phase
    effect × n × measure, construction in sum and operation in the last year."""

    years: Sequence[np.ndarray]
    phases: Sequence[np.ndarray]


def _of_industries(impact: Impact) -> _Industries:
    sums: list[np.ndarray] = [np.zeros(())] * len(EFFECTS)
    last: list[np.ndarray] = []
    years: list[np.ndarray] = []
    gains = [MEASURES.index(gain) for gain in GAINS]
    for at in range(len(impact.flows.years)):
        parts = list(impact.by_industry(at))  # effect: phase, n, measure, draw
        sums = [old + new[0] for old, new in zip(sums, parts, strict=True)]
        last = [part[1] for part in parts]
        years.append(ends(parts[EFFECTS.index("type_i")][:, :, gains], QUANTILES))
    phases = [np.stack([ends(effect, QUANTILES) for effect in parts]) for parts in (sums, last)]
    return _Industries(years, phases)
