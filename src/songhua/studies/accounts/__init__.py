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
    """Options of accounts."""

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


def lacks(inputs: Inputs) -> str | None:
    """An input-output table without imports inside, and value added of the whole in any year."""
    from songhua.studies.accounts.totals import account_year
    from songhua.studies.table_in_use import table_in_use

    if table_in_use(inputs.region) is None:
        return "tables.toml"
    return None if account_year(inputs.region, _base(inputs)) else "observations/*.csv"


def why(inputs: Inputs) -> Finding | None:
    """The year that was looked for and the years with figures, where there is a table."""
    from songhua.studies.accounts.totals import no_total
    from songhua.studies.table_in_use import table_in_use

    return no_total(inputs.region, _base(inputs)) if table_in_use(inputs.region) else None


def _base(inputs: Inputs) -> int:
    """The base year of the plan, else of the region; nought where neither has one."""
    return (inputs.plan.base_year if inputs.plan else None) or inputs.region.base_year or 0


@study("accounts", needs=NEEDS, options=AccountsOptions, rank=2, lacks=lacks, why=why, bulk=True)
def accounts(inputs: Inputs, options: AccountsOptions) -> Result:
    """Put together all published figures of DIR's industries: bounds, intervals, contradictions."""
    from songhua.studies.accounts.study import accounts as compute
    from songhua.studies.accounts.totals import account_year

    base = _base(inputs)
    year = options.year or account_year(inputs.region, base) or base
    instead = "" if options.year or year == base or not base else str(base)
    return compute(
        inputs.region, inputs.plan, year, options.influence, inputs.progress, options.years, instead
    )
