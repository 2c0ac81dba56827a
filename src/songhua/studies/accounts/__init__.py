"""Accounts: what was printed of a year, put together into one picture of industries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.results import Finding, Result

NEEDS = (
    "sources",
    "indicators",
    "industries",
    "entities",
    "observations",
    "panels",
    "tables",
    "plan.industries",
)


@dataclass(frozen=True)
class AccountsOptions:
    """What may be asked of accounts."""

    year: int = option(
        0,
        "The year (the base year of plan or region, if it has a total; else the newest that has).",
        "YEAR",
        least=0,
    )
    influence: bool = option(
        False,
        "Say what each figure contributes, and which lie far from the rest (takes longer).",
    )
    years: bool = option(
        False, "Also the five years before and after, where enough is printed (longer)."
    )


def lacks(given: Inputs) -> str | None:
    """An input-output table without imports inside, and value added of the whole in any year."""
    from songhua.studies.accounts.totals import account_year
    from songhua.studies.table_in_use import table_in_use

    if table_in_use(given.region) is None:
        return "tables.toml"
    return None if account_year(given.region, _base(given)) else "observations/*.csv"


def why(given: Inputs) -> Finding | None:
    """Which year was looked for, and which years hold figures, where the table is there."""
    from songhua.studies.accounts.totals import no_total
    from songhua.studies.table_in_use import table_in_use

    return no_total(given.region, _base(given)) if table_in_use(given.region) else None


def _base(given: Inputs) -> int:
    """The base year of the plan, else of the region; nought where neither has one."""
    return (given.plan.base_year if given.plan else None) or given.region.base_year or 0


@study("accounts", needs=NEEDS, options=AccountsOptions, rank=2, lacks=lacks, why=why, bulk=True)
def accounts(given: Inputs, options: AccountsOptions) -> Result:
    """Put together all published figures of DIR's industries: bounds, intervals, contradictions."""
    from songhua.studies.accounts.study import accounts as compute
    from songhua.studies.accounts.totals import account_year

    base = _base(given)
    year = options.year or account_year(given.region, base) or base
    instead = "" if options.year or year == base or not base else str(base)
    return compute(
        given.region, given.plan, year, options.influence, given.progress, options.years, instead
    )
