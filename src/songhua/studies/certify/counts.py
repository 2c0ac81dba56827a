"""Counts of firms with a certificate, and of certificates that lapse; small cells are blank."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

SMALL = 3  # a cell below this could tell who is in it


@dataclass(frozen=True, slots=True)
class StageCount:
    """A row of `pipeline`: how many firms are at a stage of a status."""

    status: str
    stage: str
    firms: float
    withheld: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ExpiringCertificate:
    """A row of `expiring_certificates`: a firm's certificate, and how the firm stands today."""

    firm: str
    status: str
    until: date
    days: int
    outcome: str
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ExpiryCount:
    """A row of `expiry_counts`: certificates that lapse in a month, or would be given again."""

    status: str
    month: str
    firms: float
    withheld: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class FirmCount:
    """A row of `counts`: firms with a certificate by year, district or industry."""

    status: str
    by: str
    group: str
    firms: float
    growth: float = math.nan
    withheld: str = ""
    invented: bool = False

    @property
    def shown(self) -> bool:
        """Whether the count is shown."""
        return not self.withheld


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, or a blank: of one or two firms, or for the sake of another cell's secret."""

    firms: float
    withheld: str = ""

    @property
    def shown(self) -> bool:
        """Whether the count is shown."""
        return not self.withheld

    @classmethod
    def of(cls, n: int, small_cells: bool = False) -> Cell:
        """A count; one or two firms are blank, unless small cells may be shown.

        >>> Cell.of(5), Cell.of(2, small_cells=True)
        (Cell(firms=5.0, withheld=''), Cell(firms=2.0, withheld=''))
        >>> Cell.of(2)
        Cell(firms=nan, withheld='fewer_than_3')
        """
        shown = small_cells or n == 0 or n >= SMALL
        return cls(float(n)) if shown else cls(math.nan, "fewer_than_3")


SUPPRESSED = Cell(math.nan, "suppressed")


def cells(n: Mapping[str, int], small_cells: bool) -> dict[str, Cell]:
    """Counts by group; small ones are blank, and others with them where they could be told.

    Who knows the total knows the sum of the blanks. A single blank is then no secret, nor are
    several if each must be one or each must be two: the smallest other group is left blank too.

    >>> [cell.withheld for cell in cells({"a": 2, "b": 9, "c": 30}, False).values()]
    ['fewer_than_3', 'suppressed', '']
    >>> [cell.shown for cell in cells({"a": 1, "b": 1, "c": 30, "d": 9}, False).values()]
    [False, False, True, False]
    """
    found = {group: Cell.of(count, small_cells) for group, count in n.items()}
    blank = [group for group, cell in found.items() if not cell.shown]
    shown = [group for group, cell in found.items() if cell.shown and n[group] > 0]
    if _deducible([n[group] for group in blank]) and shown:
        smallest = min(shown, key=lambda group: (n[group], group))
        found[smallest] = SUPPRESSED
    return found


def _deducible(blank: Sequence[int]) -> bool:
    """Whether small counts of which the sum is known can be told one by one."""
    return bool(blank) and sum(blank) in (len(blank), len(blank) * (SMALL - 1))


def firm_counts(
    firms: pd.DataFrame, held: pd.DataFrame, status: str, on: date, small_cells: bool
) -> list[FirmCount]:
    """Firms with a certificate at the end of every year up to the day, and by group on the day.

    Growth is against the year before and comes from the certificates' dates. It is blank where
    either count is blank, or the earlier one is nought. The year of the day counts on the day;
    its count is blank where it would give away the groups.

    >>> firms = pd.DataFrame({"firm": list("abc"), "district": ["north"] * 3})
    >>> held = pd.DataFrame({"firm": list("abc"), "since": pd.to_datetime(["2020-05-01"] * 3),
    ...                      "until": pd.to_datetime(["2023-04-30"] * 3)})
    >>> rows = firm_counts(firms, held, "small", date(2021, 6, 30), False)
    >>> [(row.group, row.firms, row.growth) for row in rows]
    [('2020', 3.0, nan), ('2021', 3.0, 0.0), ('north', 3.0, nan)]
    """
    if not len(held):
        return []
    now = firms[firms["firm"].astype(str).isin(valid_certificates(held, on)["firm"])]
    groups: list[FirmCount] = []
    given_away = False
    for by in ("district", "industry"):
        if by in firms.columns:
            sizes = now.groupby(by, observed=True)["firm"].nunique().sort_index()
            n = {str(group): int(count) for group, count in sizes.items()}
            found = cells(n, small_cells)
            bare = not any(cell.shown for cell in found.values())
            given_away |= bare and _deducible(list(n.values()))
            groups += [
                FirmCount(status, by, group, cell.firms, withheld=cell.withheld)
                for group, cell in found.items()
            ]
    return [*_years(held, status, on, small_cells, given_away), *groups]


def _years(
    held: pd.DataFrame, status: str, on: date, small_cells: bool, given_away: bool
) -> Iterator[FirmCount]:
    """A row a year, the first that of the first certificate."""
    before = Cell.of(0)
    for year in range(held["since"].min().year, on.year + 1):
        n = valid_certificates(held, min(date(year, 12, 31), on))["firm"].nunique()
        cell = Cell.of(n, small_cells)
        if given_away and year == on.year and not small_cells:
            cell = SUPPRESSED if n >= SMALL else cell
        known = cell.shown and before.shown and before.firms > 0
        growth = (n - before.firms) / before.firms * 100 if known else math.nan
        yield FirmCount(status, "year", str(year), cell.firms, growth, cell.withheld)
        before = cell


def expiry_counts(
    certificates: Sequence[ExpiringCertificate], status: str, small_cells: bool
) -> Iterator[ExpiryCount]:
    """How many certificates lapse by month, and how many of those firms would qualify again.

    >>> one = ExpiringCertificate("a", "small", date(2024, 7, 31), 31, "met")
    >>> [(row.month, row.firms) for row in expiry_counts([one] * 3, "small", False)]
    [('2024-07', 3.0), ('', 3.0)]
    """
    if not certificates:
        return
    months: dict[str, int] = {}
    for one in certificates:
        month = f"{one.until:%Y-%m}"
        months[month] = months.get(month, 0) + 1
    for month, cell in cells(dict(sorted(months.items())), small_cells).items():
        yield ExpiryCount(status, month, cell.firms, cell.withheld)
    again = sum(one.outcome == "met" for one in certificates)
    both = cells({"again": again, "not": len(certificates) - again}, small_cells)
    yield ExpiryCount(status, "", both["again"].firms, both["again"].withheld)


def valid_certificates(held: pd.DataFrame, on: date) -> pd.DataFrame:
    """The certificates that hold on a day.

    >>> days = {"since": pd.to_datetime(["2020-05-01"]), "until": pd.to_datetime(["2023-04-30"])}
    >>> held = pd.DataFrame(days)
    >>> [len(valid_certificates(held, date(year, 1, 1))) for year in (2020, 2021, 2024)]
    [0, 1, 0]
    """
    day = pd.Timestamp(on)
    return held[(held["since"] <= day) & (day <= held["until"])]
