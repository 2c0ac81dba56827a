"""Levers: assumptions of a plan that may be changed, of the region and of each project."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.projects import ProjectFlows
from songhua.messages import Words
from songhua.plan import Plan, Scenario
from songhua.plan.assumptions import GOODS, NAMES, Assumption, AssumptionRow, Assumptions
from songhua.studies.fault_kinds import OptionUnreadable
from songhua.studies.registry import Numbers
from songhua.studies.simulate.ensemble import Ensemble

#: The share of all goods of a project that is bought in the region: one lever for four assumptions.
LOCAL = "local"
#: Assumptions that the draws of tables read: the whole answer takes longer.
OF_TABLES = ("area", "concentration", "own_supply", "transfer")
#: Assumptions of which the number itself is taken, whatever lies around it.
NOT_DRAWN = ("concentration",)
#: No number of a file is larger.
MOST = 1e15


@dataclass(frozen=True, slots=True)
class Lever:
    """An assumption of the region, or of one project, with its range.

    `value` is in force: a fixed number, or the median of the draws. Setting it to that changes
    nothing. `low` and `high` are the ends of the draws by the plan, `peak` the most likely value,
    each not-a-number where there is none.
    """

    name: str
    project: str
    value: float
    low: float
    high: float
    unit: str
    kind: Assumption
    peak: float = math.nan

    @property
    def label(self) -> str:
        """Its name in an address.

        >>> Lever("delay", "mill", 1, 0, 2, "x", NAMES["delay"]).label
        'delay.mill'
        """
        return f"{self.name}.{self.project}" if self.project else self.name

    def beyond(self, value: float) -> bool:
        """True for a value outside the drawn range."""
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
        return _rows(self.name, self.project, value, self.unit)


def _rows(name: str, project: str, value: float, unit: str) -> list[AssumptionRow]:
    names = [f"{LOCAL}_{good}" for good in GOODS] if name == LOCAL else [name]
    text = f"{value:.12g}"
    return [AssumptionRow(one, project, text, distribution="fixed", unit=unit) for one in names]


def assumed_otherwise(plan: Plan, assumed: Numbers, left_out: Sequence[str]) -> Plan:
    """A plan in which some assumptions are other numbers, and some projects are left out.

    Assumptions are named as a lever's `label` is; their numbers stand in the unit in force.

    Raises:
        SonghuaError: `option_unreadable`, one for each that is none of the plan's.

    >>> from songhua.studies.simulate import example
    >>> plan = replace(example.plan(), assumptions=example.plan().assumptions.assign(row=0))
    >>> made = assumed_otherwise(plan, (("pay", 50_000.0),), [])
    >>> [row.value for row in made.assumption_rows if row.name == "pay"]
    ['50000']
    """
    known, projects = Assumptions.of(plan.assumption_rows), ("", *plan.simulated_projects())
    faults = [_unknown("left_out", one) for one in left_out if one not in projects[1:]]
    rows: list[AssumptionRow] = []
    for label, value in assumed:
        name, _, project = label.partition(".")
        kind = NAMES.get(f"{LOCAL}_{GOODS[0]}" if name == LOCAL else name)
        if kind is None or project not in projects:
            faults.append(_unknown("assumed", label))
            continue
        row = known.find(name, project)
        rows += _rows(name, project, value, (row and row.unit) or kind.unit)
    if faults:
        raise SonghuaError(*faults)
    if not (rows or left_out):
        return plan
    changes = {row.label: row for row in rows}
    return plan.under(Scenario(Words(), leave_out=left_out, changes=changes))


def _unknown(option: str, text: str) -> OptionUnreadable:
    return OptionUnreadable(study="simulate", name=option, text=text[:80])


def levers(plan: Plan, ensemble: Ensemble) -> list[Lever]:
    """Every assumption that a simulation of a plan asked for, and those that move a project most.

    A known fact of a project is no assumption: a plant without a start has no delay.

    >>> from songhua.studies.simulate import example
    >>> [lever.label for lever in levers(example.plan(), example.ensemble())]
    ['pay', 'spent']
    """
    by_label = {
        row.label: _lever(row, row.name, row.scope)
        for row in ensemble.assumptions.rows
        if row.label in ensemble.assumptions.used
    }
    for project in ensemble.projects:
        for lever in _of_project(plan, ensemble, project):
            by_label.setdefault(lever.label, lever)
    return list(by_label.values())


def _of_project(plan: Plan, ensemble: Ensemble, project: str) -> Iterator[Lever]:
    names = ["delay"] if ensemble.projects[project].industry else []
    names += ["realised"]
    for name in names:
        row = ensemble.assumptions.find(name, project)
        if row is not None:
            yield _lever(row, name, project)
    if any(row.project == project and not row.local for row in plan.spending_rows):
        share, none = _bought_here(ensemble.impact.flows, project), math.nan
        yield Lever(LOCAL, project, share, none, none, "%", NAMES[f"{LOCAL}_{GOODS[0]}"])


def _lever(row: AssumptionRow, name: str, project: str) -> Lever:
    drawn = row.parameter.distribution != "fixed" and name not in NOT_DRAWN
    value = float(row.parameter.at(np.array([0.5]))[0]) if drawn else float(row.value)
    low, high = (float(end) if drawn else math.nan for end in (row.low, row.high))
    peak = float(row.value) if drawn and row.distribution == "triangular" else math.nan
    unit = row.unit or NAMES[name].unit
    return Lever(name, project, form_value(value, drawn), low, high, unit, NAMES[name], peak)


def form_value(value: float, drawn: bool) -> float:
    """A number as a form shows it: a median to four digits, a given number to ten.

    >>> form_value(71.87339, True), form_value(53100.0, False)
    (71.87, 53100.0)
    """
    return float(f"{value:.4g}" if drawn else f"{value:.10g}")


def _bought_here(flows: ProjectFlows, project: str) -> float:
    """The median share of a project's goods that is bought in the region, in percent."""
    at = list(flows.projects).index(project)
    bought = (flows.bought[:, at] * flows.baskets.sum(axis=-1)[:, np.newaxis]).sum(axis=(1, 2))
    spent = flows.spending[:, at].sum(axis=(1, 2))
    return form_value(float(np.median(bought / np.where(spent > 0, spent, 1.0))) * 100, drawn=True)


def scenario(
    base: Scenario, values: Mapping[Lever, float], leave_out: tuple[str, ...] = ()
) -> Scenario:
    """A scenario with other values of some levers, beside the changes of another scenario.

    >>> from songhua.messages import Words
    >>> lever = Lever("delay", "mill", 1, 0, 2, "x", NAMES["delay"])
    >>> changed = scenario(Scenario(Words(), leave_out=("farm",)), {lever: 3.0}, ("mine",))
    >>> changed.leave_out, [(id, row.value) for id, row in changed.changes.items()]
    (('farm', 'mine'), [('delay-mill', '3')])
    """
    rows = [row for lever, value in values.items() for row in lever.rows(value)]
    replaced = {(row.name, row.scope) for row in rows}
    remaining = {id: r for id, r in base.changes.items() if (r.name, r.scope) not in replaced}
    added = {row.label.replace(".", "-"): row for row in rows}
    changes = {f"{id}-before" if id in added else id: row for id, row in remaining.items()} | added
    return replace(base, leave_out=(*base.leave_out, *leave_out), changes=changes)
