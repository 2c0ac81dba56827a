"""How many firms hold a certificate, and how many lapse: small cells are left blank."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

SMALL = 3  # a cell below this could tell who is in it


def hide(n: int, small_cells: bool) -> dict[str, Any]:
    """A count, or a blank where it is one or two firms.

    >>> hide(5, False), hide(2, True)
    ({'firms': 5.0, 'shown': True}, {'firms': 2.0, 'shown': True})
    >>> hide(2, False)["shown"]
    False
    """
    shown = small_cells or n == 0 or n >= SMALL
    return {"firms": float(n) if shown else math.nan, "shown": shown}


def hidden(n: Mapping[str, int], small_cells: bool) -> dict[str, dict[str, Any]]:
    """Counts by group; small ones are blank, and others with them where they could be told.

    Who knows the total knows the sum of the blanks. A single blank is then no secret, nor are
    several if each must be one or each must be two: the smallest other group is left blank too.

    >>> [cell["shown"] for cell in hidden({"a": 2, "b": 9, "c": 30}, False).values()]
    [False, False, True]
    >>> [cell["shown"] for cell in hidden({"a": 1, "b": 1, "c": 30, "d": 9}, False).values()]
    [False, False, True, False]
    """
    cells = {group: hide(count, small_cells) for group, count in n.items()}
    blank = [group for group, cell in cells.items() if not cell["shown"]]
    shown = [group for group in cells if cells[group]["shown"] and n[group] > 0]
    if _told([n[group] for group in blank]) and shown:
        smallest = min(shown, key=lambda group: (n[group], group))
        cells[smallest] = {"firms": math.nan, "shown": False}
    return cells


def _told(blank: list[int]) -> bool:
    """Whether small counts of which the sum is known can be told one by one."""
    return bool(blank) and sum(blank) in (len(blank), len(blank) * (SMALL - 1))


def counts(
    firms: pd.DataFrame, held: pd.DataFrame, status: str, on: date, small_cells: bool
) -> list[dict[str, Any]]:
    """Firms with a certificate at the end of every year up to the day, and by group on the day.

    Growth is against the year before and comes from the certificates' dates. It is blank where
    either count is blank, or the earlier one is nought. The year of the day counts on the day;
    its count is blank where it would give away the groups.
    """
    if not len(held):
        return []
    now = firms[firms["firm"].astype(str).isin(valid(held, on)["firm"])]
    groups: list[dict[str, Any]] = []
    given_away = False
    for by in ("district", "industry"):
        if by in firms.columns:
            n = now.groupby(by, observed=True)["firm"].nunique().sort_index()
            n = {str(group): int(count) for group, count in n.items()}
            cells = hidden(n, small_cells)
            bare = not any(cell["shown"] for cell in cells.values())
            given_away |= bare and _told(list(n.values()))
            groups += [{"status": status, "by": by, "group": g, **c} for g, c in cells.items()]
    return _years(held, status, on, small_cells, given_away) + groups


def _years(
    held: pd.DataFrame, status: str, on: date, small_cells: bool, given_away: bool
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    before: dict[str, Any] = {"firms": 0.0, "shown": True}
    for year in range(held["since"].min().year, on.year + 1):
        n = valid(held, min(date(year, 12, 31), on))["firm"].nunique()
        cell = hide(n, small_cells)
        if given_away and year == on.year and not small_cells:
            cell = {"firms": math.nan, "shown": False}
        known = cell["shown"] and before["shown"] and before["firms"] > 0
        growth = (n - before["firms"]) / before["firms"] * 100 if known else math.nan
        rows.append({"status": status, "by": "year", "group": str(year), "growth": growth, **cell})
        before = cell
    return rows


def lapsing(lapses: list[dict[str, Any]], status: str, small_cells: bool) -> list[dict[str, Any]]:
    """How many certificates lapse by month, and how many of those firms would qualify again."""
    if not lapses:
        return []
    months: dict[str, int] = {}
    for row in lapses:
        months[row["until"][:7]] = months.get(row["until"][:7], 0) + 1
    cells = hidden(dict(sorted(months.items())), small_cells)
    rows = [{"status": status, "month": month, **cell} for month, cell in cells.items()]
    again = sum(row["outcome"] == "met" for row in lapses)
    both = hidden({"again": again, "not": len(lapses) - again}, small_cells)
    return [*rows, {"status": status, "month": "", **both["again"]}]


def valid(held: pd.DataFrame, on: date) -> pd.DataFrame:
    """The certificates that hold on a day."""
    day = pd.Timestamp(on)
    return held[(held["since"] <= day) & (day <= held["until"])]
