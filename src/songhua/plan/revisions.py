"""The targets of a plan as they are in force: as first recorded, with their revisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from songhua.plan.entries import PlanTarget, TargetChange


def revised(
    targets: Iterable[PlanTarget], changes: Iterable[TargetChange], day: date = date.max
) -> tuple[PlanTarget, ...]:
    """The targets with the revisions that were recorded by a day, in the order of recording.

    A revised target names the source of its last revision.

    Raises:
        SonghuaError: for a revised cell that is not of its column's type.

    >>> jobs = PlanTarget.read({"id": "jobs", "text": "reach 900", "period": "2024"})
    >>> cells = {"target": "jobs", "column": "text", "value": "reach 800"}
    >>> change = TargetChange.read({**cells, "source": "paper", "recorded": "2024-03-01"})
    >>> [revised([jobs], [change], date(2024, n, 1))[0].target.low for n in (2, 3)]
    ['900', '800']
    """
    found = {target.id: target for target in targets}
    for change in sorted(changes, key=lambda one: one.recorded or date.min):
        if change.target in found and (change.recorded or date.min) <= day:
            cells = {change.column: change.value, "source": change.source}
            found[change.target] = found[change.target].with_cells(**cells)
    return tuple(found.values())
