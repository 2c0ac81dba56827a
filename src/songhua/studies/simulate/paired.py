"""Two simulations of the same draws side by side: each number, and the difference draw by draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from songhua.maths.projects import MEASURES, PHASES, STEPS, Impact, ends
from songhua.results import QUANTILES
from songhua.results.columns import Estimate, estimate
from songhua.results.estimates import INTERVAL
from songhua.studies.simulate.simulation import Simulation, span, unit_of
from songhua.studies.simulate.tables import TYPE_I

NET = "net"
#: The measures shown for each year: construction, operation, and the net effect of both.
STEPS_SHOWN = ("construction", "operation", NET)
GAINS = ("value_added", "jobs")
Drawn = Annotated[Estimate, estimate(kind="in:estimate")]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number of type I as it stands and as it would be, and by how much more in the same draw.

    Of one `project`, or of all where that is blank; with `without_parts`, of all without what may
    be counted in another project already. `value` and `new_value` are medians, and `change` is
    what lies between them. `more` is another number: the median of the differences draw by draw.
    `better` and `worse` are the shares of draws in which it would be more and less, in percent; in
    all others it is the same.
    """

    project: str
    period: str
    step: str
    measure: str
    value: Annotated[Estimate, estimate()]
    new_value: Annotated[
        Estimate, estimate(kind="in:estimate", names=("new_value", "new_low", "new_high"))
    ]
    change: float
    more: Drawn
    better: float
    worse: float
    unit: str
    without_parts: bool = False


def difference(
    before: np.ndarray, after: np.ndarray, kind: str = INTERVAL
) -> tuple[Estimate, Estimate, float, Estimate, float, float]:
    """Both with their ends, of one kind, the change of the median, the differences with theirs,
    and how often these are above and below zero (%).

    Numbers that differ by rounding alone are equal.

    >>> before, after = np.array([10.0, 20.0, 30.0]), np.array([11.0, 19.0, 33.0])
    >>> old, new, change, more, better, worse = difference(before, after)
    >>> old.value, new.value, change, more.value, round(better), round(worse)
    (20.0, 19.0, -1.0, 1.0, 67, 33)
    """
    more = after - before
    same = np.abs(more) <= 1e-12 * np.maximum(np.abs(before), np.abs(after))
    more = np.where(same, 0.0, more)
    three = ends(np.stack([before, after, more]), QUANTILES)
    old, new, paired = (Estimate.drawn(*interval, kind=kind) for interval in three)
    change = new.value - old.value if more.any() else 0.0
    better, worse = float((more > 0).mean() * 100), float((more < 0).mean() * 100)
    return old, new, change, paired, better, worse


def common_years(base: Simulation, changed: Simulation) -> list[int]:
    """The years that both show: a plan without its last project is shown for fewer.

    >>> from songhua.studies.simulate import example
    >>> common_years(example.simulation(), example.simulation())
    [2021, 2022]
    """
    changed_years = set(changed.flows.years)
    return [int(year) for year in base.flows.years if year in changed_years]


def differences(base: Simulation, changed: Simulation) -> list[Difference]:
    """All projects in sum and by year, then each: built in sum, run in the last year of both.

    A project that one of the two leaves out brings nothing there.

    Args:
        base, changed: of one `Prepared`, with as many draws.

    >>> from songhua.studies.simulate import example
    >>> rows = differences(example.simulation(), example.simulation())
    >>> [(row.project, row.period, row.more.value) for row in rows if row.measure == "jobs"][0]
    ('', '2021..2022', 0.0)
    """
    fewer = [run.ensemble.without_parts for run in (base, changed)]
    apart = [base.impact, changed.impact]
    rows = [*_total_differences(base, changed, apart), *_project_differences(base, changed)]
    if any(fewer):
        sums = [without or impact for without, impact in zip(fewer, apart, strict=True)]
        rows += [
            replace(row, without_parts=True) for row in _total_differences(base, changed, sums)
        ]
    return rows


def _total_differences(
    base: Simulation, changed: Simulation, impacts: Sequence[Impact]
) -> Iterator[Difference]:
    """The net of all years, then by year, as the balance has it; no row where there is nothing."""
    years = common_years(base, changed)
    at = [[list(run.flows.years).index(year) for year in years] for run in (base, changed)]
    by_step = {
        (step, measure): [
            impact.balance_type_i[:, STEPS.index(step), when, MEASURES.index(measure)]
            for impact, when in zip(impacts, at, strict=True)
        ]
        for step in STEPS_SHOWN
        for measure in GAINS
    }
    for measure in GAINS if len(years) > 1 else ():
        sums = [draws.sum(axis=1) for draws in by_step[NET, measure]]
        yield from _row(base, "", span(years), NET, measure, sums)
    for place, year in enumerate(years):
        for (step, measure), pair in by_step.items():
            yield from _row(base, "", str(year), step, measure, [draws[:, place] for draws in pair])


def _project_differences(base: Simulation, changed: Simulation) -> Iterator[Difference]:
    last = common_years(base, changed)[-1]
    gross = [_totals(run, last) for run in (base, changed)]
    nothing = np.zeros((len(PHASES), len(GAINS), base.impact.draws))
    for project in dict.fromkeys(name for totals in gross for name in totals):
        pair = [totals.get(project, nothing) for totals in gross]
        of = base if project in gross[0] else changed
        for phase in PHASES:
            period = of.periods[phase] if phase == PHASES[0] else str(last)
            for measure in GAINS:
                at = PHASES.index(phase), GAINS.index(measure)
                yield from _row(
                    base, project, period, phase, measure, [draws[at] for draws in pair]
                )


def _totals(run: Simulation, last: int) -> dict[str, np.ndarray]:
    """By project: phase × gain × draws, construction in sum and operation in a year."""
    totals: dict[str, np.ndarray] = {}
    when = list(run.flows.years).index(last)
    of = [MEASURES.index(measure) for measure in GAINS]
    for at, name in enumerate(run.flows.projects):
        values = run.impact.by_project(slice(at, at + 1), slice(TYPE_I, TYPE_I + 1))[:, 0, :, 0][
            :, :, of
        ]
        totals[str(name)] = np.stack([values[0].sum(axis=0), values[1, when]])
    return totals


def _row(
    base: Simulation, project: str, period: str, step: str, measure: str, pair: Sequence[np.ndarray]
) -> Iterator[Difference]:
    draws = base.impact.draws
    before, after = (np.broadcast_to(values, draws) for values in pair)
    if before.any() or after.any():
        unit = unit_of(measure, base.base.unit)
        sizes = difference(before, after, base.kind(step))
        yield Difference(project, period, step, measure, *sizes, unit=unit)
