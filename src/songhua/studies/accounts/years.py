"""Accounts of the years around: each year with enough print has its own.

Levels of two years meet in one place alone: where growth of one series is printed, a level of the
year beside is brought over by it (`level_readings.through`). Shares of other years say what is
likely. Years are drawn apart, so that what two of them have in common is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.cell_rows import every_industry, industries
from songhua.studies.accounts.level_readings import at
from songhua.studies.accounts.rows import IndustryYear
from songhua.studies.accounts.totals import has_total

#: The greatest distance of a year, and the least number of industries with a figure.
AROUND, ENOUGH = 5, 3


def accounts_by_year(central: Accounts) -> list[Accounts]:
    """The accounts of each year that has enough print, those given among them, in order.

    A year has enough whose whole economy's value added is printed, and figures of its own of
    `ENOUGH` industries or more, no further than `AROUND` years off.
    """
    region, plan = central.figures.region, central.figures.plan
    all_accounts = [central]
    for year in range(central.year - AROUND, central.year + AROUND + 1):
        if year != central.year and has_total(region, year):
            neighbour = Accounts.of(region, plan, year, central.progress)
            if len(printed_industries(neighbour)) >= ENOUGH:
                all_accounts.append(neighbour)
    return sorted(all_accounts, key=lambda accounts: accounts.year)


def printed_industries(accounts: Accounts) -> set[str]:
    """The industries of which a figure of the year itself is a constraint.

    >>> import songhua
    >>> session = songhua.open(songhua.example())
    >>> sorted(printed_industries(Accounts.of(session.region, session.plan, 2018)))
    ['primary', 'secondary', 'tertiary']
    """
    constraining = (reading for reading in accounts.ledger.in_use if reading.constraint is not None)
    names = {
        reading.observation.industry
        for reading in constraining
        if at(reading.observation, accounts.year)
    }
    return names - {"all"}


def industry_years(central: Accounts) -> Iterator[IndustryYear]:
    """A row for each industry and year: value added as printed, possible and likely."""
    for accounts in accounts_by_year(central):
        measured_industries = [
            industry for industry in every_industry(accounts) if industry.measure == "value_added"
        ]
        for row in industries(accounts, measured_industries):
            yield IndustryYear(
                row.role,
                row.industry,
                row.period,
                accounts.ledger.series,
                row.unit,
                row.printed,
                row.print_low,
                row.print_high,
                row.value,
                row.share,
                row.observations,
            )
