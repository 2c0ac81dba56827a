"""Assumptions that a plan's projects need in place of what is not known (§11), and scenarios."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from songhua.messages import Words

if TYPE_CHECKING:
    from songhua.maths.ensemble import Parameter
    from songhua.maths.ensemble.parameter_draws import Distribution

GOODS = ("structures", "equipment", "installation", "services")
IDLE = ("land", "interest")


@dataclass(frozen=True)
class Assumption:
    """Limits of an assumption: its unit, and the ends beyond which it says nothing.

    `unit` is % (a share or a rate), x (a plain number) or money. With `positive` the least end
    itself is not allowed.
    """

    unit: str
    least: float = -math.inf
    most: float = math.inf
    positive: bool = False


SHARE = Assumption("%", 0, 100)
MONEY = Assumption("money", 0)
YEARS = Assumption("x", 0, 50)
GROWTH = Assumption("%", -50, 50)
#: The assumptions that there may be.
NAMES: dict[str, Assumption] = {
    # of projects; a row with a project's scope goes before one without
    "spending": MONEY,
    **{f"share_{good}": SHARE for good in (*GOODS, *IDLE)},
    **{f"local_{good}": SHARE for good in GOODS},
    "tilt": Assumption("x", -1, 1),
    "realised": Assumption("%", 0, 1000),
    "output": Assumption("money", 0, positive=True),
    "output_per_investment": Assumption("x", 0, 100),
    "new": SHARE,
    "ramp": YEARS,
    "delay": Assumption("x", -10, 50),
    "replace": SHARE,
    "export": SHARE,
    "displace": SHARE,
    "outside": SHARE,
    # of the region
    "crowding": SHARE,
    "pay": Assumption("money", 0, positive=True),
    "productivity": GROWTH,
    "residents": SHARE,
    "spent": SHARE,
    "spare": Assumption("%", 0, 1000),
    "spare_growth": GROWTH,
    "concentration": Assumption("x", 0, positive=True),
    "transfer": Assumption("x", 0, 100),
    "area": Assumption("km2", 0, positive=True),
    "own_supply": Assumption("x", 0, 10),
}


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """A row of the plan's spending, as texts; a sum without a value is assumed."""

    project: str
    good: str
    period: str
    value: str
    unit: str
    local: str
    source: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class OperationRow:
    """A row of the plan's operation: one thing that is known of a project once it runs."""

    project: str
    field: str
    value: str
    unit: str
    source: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """A row of the plan's assumptions, its numbers as text; blank ends leave it fixed."""

    name: str
    scope: str
    value: str
    low: str = ""
    high: str = ""
    distribution: str = ""
    unit: str = ""
    source: str = ""
    note: str = ""
    row: int = 0

    @property
    def label(self) -> str:
        """The name by which it is drawn and shown.

        >>> AssumptionRow("ramp", "mill", "2").label, AssumptionRow("ramp", "", "2").label
        ('ramp.mill', 'ramp')
        """
        return f"{self.name}.{self.scope}" if self.scope else self.name

    @property
    def parameter(self) -> Parameter:
        """The random variable that the assumption is drawn from.

        >>> AssumptionRow("ramp", "", "2", "1", "3", "triangular").parameter.low
        1.0
        """
        from songhua.maths.ensemble import Parameter

        low, high = (float(end) if end else None for end in (self.low, self.high))
        kind = cast("Distribution", self.distribution or "fixed")
        ends = NAMES.get(self.name, Assumption(""))
        return Parameter(self.label, float(self.value), low, high, kind, ends.least, ends.most)


@dataclass(frozen=True)
class Scenario:
    """Differences of a scenario from the plan: projects that are left out, and changes.

    A change takes the place of the assumption with the same name and scope.
    """

    name: Words
    note: Words = field(default_factory=Words)
    leave_out: Sequence[str] = ()
    changes: Mapping[str, AssumptionRow] = field(default_factory=dict)


class Assumptions(dict[tuple[str, str], AssumptionRow]):
    """The assumptions by name and scope; of two alike the first.

    >>> rows = [AssumptionRow("ramp", "", "2"), AssumptionRow("ramp", "mill", "3")]
    >>> assumed = Assumptions.of(rows)
    >>> [row.value for row in (assumed.find("ramp", "mill"), assumed.find("ramp", "farm")) if row]
    ['3', '2']
    >>> assumed.find("delay") is None
    True
    """

    @classmethod
    def of(cls, rows: Sequence[AssumptionRow]) -> Assumptions:
        """The rows, each by its name and scope."""
        return cls({(row.name, row.scope): row for row in reversed(rows)})

    def find(self, name: str, scope: str = "") -> AssumptionRow | None:
        """The assumption of this name: the one with the scope, else the one without, else none."""
        return self.get((name, scope)) or self.get((name, ""))
