"""How many firms hold a certificate: by year, district and industry, small cells left blank."""

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


def counts(
    firms: pd.DataFrame, held: pd.DataFrame, status: str, on: date, small_cells: bool
) -> list[dict[str, Any]]:
    """Firms with a certificate at the end of every year up to the day, and by group on the day.

    Growth is against the year before and comes from the certificates' dates. It is blank where
    either count is blank, or the earlier one is nought. The year of the day counts on the day.
    A firm that is blanked out alone in a group could be had by subtraction from the total: the
    smallest other group is then left blank as well.
    """
    if not len(held):
        return []
    rows: list[dict[str, Any]] = []
    before = 0
    for year in range(held["since"].min().year, on.year + 1):
        n = _valid(held, min(date(year, 12, 31), on))["firm"].nunique()
        cell = hide(n, small_cells)
        known = cell["shown"] and hide(before, small_cells)["shown"] and before > 0
        growth = (n - before) / before * 100 if known else math.nan
        rows.append({"status": status, "by": "year", "group": str(year), "growth": growth, **cell})
        before = n
    now = firms[firms["firm"].isin(_valid(held, on)["firm"])]
    for by in ("district", "industry"):
        if by in firms.columns:
            rows += _groups(now, by, status, small_cells)
    return rows


def _groups(now: pd.DataFrame, by: str, status: str, small_cells: bool) -> list[dict[str, Any]]:
    """The groups of the day, with one more blank where a single blank could be worked out."""
    n = now.groupby(by, observed=True)["firm"].nunique().sort_index()
    cells = hidden({str(group): int(count) for group, count in n.items()}, small_cells)
    return [{"status": status, "by": by, "group": group, **cell} for group, cell in cells.items()]


def hidden(n: Mapping[str, int], small_cells: bool) -> dict[str, dict[str, Any]]:
    """Counts by group; a small one is blank, and where it is alone the smallest other as well.

    >>> [cell["shown"] for cell in hidden({"a": 2, "b": 9, "c": 30}, False).values()]
    [False, False, True]
    """
    cells = {group: hide(count, small_cells) for group, count in n.items()}
    blank = [group for group, cell in cells.items() if not cell["shown"]]
    shown = [group for group in cells if cells[group]["shown"] and n[group] > 0]
    if len(blank) == 1 and shown:
        smallest = min(shown, key=lambda group: (n[group], group))
        cells[smallest] = {"firms": math.nan, "shown": False}
    return cells


def _valid(held: pd.DataFrame, on: date) -> pd.DataFrame:
    day = pd.Timestamp(on)
    return held[(held["since"] <= day) & (day <= held["until"])]
