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

#: How many years off a year may be, and of how many industries it must have a figure.
AROUND, ENOUGH = 5, 3


def accounts_by_year(made: Accounts) -> list[Accounts]:
    """The accounts of each year that has enough print, those given among them, in order.

    A year has enough whose whole economy's value added is printed, and figures of its own of
    `ENOUGH` industries or more, no further than `AROUND` years off.
    """
    region, plan = made.figures.region, made.figures.plan
    found = [made]
    for year in range(made.year - AROUND, made.year + AROUND + 1):
        if year != made.year and has_total(region, year):
            other = Accounts.of(region, plan, year, made.progress)
            if len(told(other)) >= ENOUGH:
                found.append(other)
    return sorted(found, key=lambda one: one.year)


def told(made: Accounts) -> set[str]:
    """The industries of which a figure of the year itself is a constraint.

    >>> import songhua
    >>> session = songhua.open(songhua.example())
    >>> sorted(told(Accounts.of(session.region, session.plan, 2018)))
    ['primary', 'secondary', 'tertiary']
    """
    used = (one for one in made.ledger.used if one.constraint is not None)
    names = {one.observation.industry for one in used if at(one.observation, made.year)}
    return names - {"all"}


def industry_years(made: Accounts) -> Iterator[IndustryYear]:
    """A row for each industry and year: value added as printed, possible and likely."""
    for accounts in accounts_by_year(made):
        every = [one for one in every_industry(accounts) if one.measure == "value_added"]
        for row in industries(accounts, every):
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
