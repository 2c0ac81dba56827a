"""All that must hold of a region and its plan; stands in for `songhua.checks` until it is whole."""

from __future__ import annotations

import numpy as np

from songhua import checks
from songhua.errors import Fault
from songhua.plan import TABLES, Plan
from songhua.region import Region
from songhua.store import plans, projects


def check(region: Region, plan: Plan | None) -> list[Fault]:
    """All faults that the named checks find."""
    if plan is None:
        return checks.check(region)
    spending, operation, assumptions = (
        frame.assign(row=np.arange(2, len(frame) + 2))
        for frame in (plan.spending, plan.operation, plan.assumptions)
    )
    codes = {code for one in region.tables.values() for code in one.codes}
    works = {name: getattr(plan, name) for name in TABLES}
    return [
        *checks.check(region, plan.industries),
        *plans.check(works, region.indicators),
        *projects.check(spending, operation, assumptions, plan.scenarios, codes),
    ]
