"""What may be assumed otherwise of a plan: of the region, and of each project."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from songhua.plan import Plan, Scenario
from songhua.plan.assumptions import GOODS, NAMES, Assumption, AssumptionRow
from songhua.studies.simulate.ensemble import Ensemble

#: The share of all goods of a project that is bought in the region: one lever for four assumptions.
LOCAL = "local"
#: Assumptions that the draws of tables read: the whole answer takes longer.
OF_TABLES = ("area", "concentration", "own_supply", "transfer")
#: No number of a file is larger.
MOST = 1e15


@dataclass(frozen=True, slots=True)
class Lever:
    """An assumption of the region, or of one project, with what it may be set to.

    `value`, `low` and `high` are what is assumed so far, not-a-number where nothing is or where
    it has no range.
    """

    name: str
    project: str
    value: float
    low: float
    high: float
    unit: str
    kind: Assumption

    @property
    def label(self) -> str:
        """Its name in an address.

        >>> Lever("delay", "mill", 1, 0, 2, "x", NAMES["delay"]).label
        'delay.mill'
        """
        return f"{self.name}.{self.project}" if self.project else self.name

    def beyond(self, value: float) -> bool:
        """Whether a value lies outside what is assumed so far."""
        return value < self.low or value > self.high

    @property
    def ends(self) -> tuple[float, float, bool]:
        """The least and the most that it may be, and whether the least is shut out."""
        most = min(self.kind.most, MOST)
        return max(self.kind.least, -MOST), most, self.kind.positive

    def rows(self, value: float) -> list[AssumptionRow]:
        """The assumptions that say it: a number that is taken as known.

        >>> none, share = math.nan, NAMES["local_services"]
        >>> lever = Lever("local", "mill", none, none, none, "%", share)
        >>> [(row.label, row.value) for row in lever.rows(40.0)][0]
        ('local_structures.mill', '40')
        """
        names = [f"{LOCAL}_{good}" for good in GOODS] if self.name == LOCAL else [self.name]
        text = f"{value:.12g}"
        return [
            AssumptionRow(name, self.project, text, distribution="fixed", unit=self.unit)
            for name in names
        ]


def levers(plan: Plan, ensemble: Ensemble) -> list[Lever]:
    """Every assumption that a simulation of a plan asked for; of each project what moves it most.

    What is known of a project is no assumption: a plant without a start has no delay.

    >>> from songhua.studies.simulate import example
    >>> [one.label for one in levers(example.plan(), example.ensemble())]
    ['pay', 'spent']
    """
    found = {
        row.label: _lever(row, row.name, row.scope) for row in ensemble.assumptions.rows
        if row.label in ensemble.assumptions.used
    }  # fmt: skip
    for project in ensemble.projects:
        for one in _of_project(plan, ensemble, project):
            found.setdefault(one.label, one)
    return list(found.values())


def _of_project(plan: Plan, ensemble: Ensemble, project: str) -> Iterator[Lever]:
    names = ["delay"] if ensemble.projects[project].industry else []
    names += ["realised"]
    for name in names:
        row = ensemble.assumptions.find(name, project)
        if row is not None:
            yield _lever(row, name, project)
    if any(row.project == project and not row.local for row in plan.spending_rows):
        none = math.nan
        yield Lever(LOCAL, project, none, none, none, "%", NAMES[f"{LOCAL}_{GOODS[0]}"])


def _lever(row: AssumptionRow, name: str, project: str) -> Lever:
    low, value, high = (float(end or "nan") for end in (row.low, row.value, row.high))
    unit = row.unit or NAMES[name].unit
    return Lever(name, project, value, low, high, unit, NAMES[name])


def scenario(
    base: Scenario, given: Mapping[Lever, float], leave_out: tuple[str, ...] = ()
) -> Scenario:
    """A scenario in which something is assumed otherwise beside what another changes.

    >>> from songhua.messages import Words
    >>> lever = Lever("delay", "mill", 1, 0, 2, "x", NAMES["delay"])
    >>> made = scenario(Scenario(Words(), leave_out=("farm",)), {lever: 3.0}, ("mine",))
    >>> made.leave_out, [(id, row.value) for id, row in made.changes.items()]
    (('farm', 'mine'), [('delay-mill', '3')])
    """
    rows = [row for lever, value in given.items() for row in lever.rows(value)]
    taken = {(row.name, row.scope) for row in rows}
    kept = {id: r for id, r in base.changes.items() if (r.name, r.scope) not in taken}
    added = {row.label.replace(".", "-"): row for row in rows}
    changes = {f"{id}-before" if id in added else id: row for id, row in kept.items()} | added
    return replace(base, leave_out=(*base.leave_out, *leave_out), changes=changes)
