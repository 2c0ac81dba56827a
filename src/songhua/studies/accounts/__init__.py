"""Accounts: what was printed of a year, put together into one picture of industries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = (
    "sources", "indicators", "industries", "entities", "observations", "panels", "tables",
    "plan.industries",
)  # fmt: skip


@dataclass(frozen=True)
class AccountsOptions:
    """What may be asked of accounts."""

    year: int = option(0, "The year (that of the plan's base, else the region's).", "YEAR", least=0)
    influence: bool = option(
        False,
        "Say what each figure contributes, and which lie far from the rest (takes longer).",
    )
    years: bool = option(
        False, "Also the five years before and after, where enough is printed (longer)."
    )


def lacks(given: Inputs) -> str | None:
    """An input-output table without imports inside, and the year's value added."""
    from songhua.studies.accounts.totals import has_total
    from songhua.studies.table_in_use import table_in_use

    if table_in_use(given.region) is None:
        return "tables.toml"
    year = _year(given)
    return None if year and has_total(given.region, year) else "observations/*.csv"


def _year(given: Inputs) -> int:
    """The base year of the plan, else of the region; nought where neither has one."""
    return (given.plan.base_year if given.plan else None) or given.region.base_year or 0


@study("accounts", needs=NEEDS, options=AccountsOptions, rank=2, lacks=lacks)
def accounts(given: Inputs, options: AccountsOptions) -> Result:
    """Put together all published figures of DIR's industries: bounds, intervals, contradictions."""
    from songhua.studies.accounts.study import accounts as compute

    year = options.year or _year(given)
    return compute(given.region, given.plan, year, options.influence, given.progress, options.years)
