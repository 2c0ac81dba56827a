"""What a plan's projects need to know, and what stands in for what is not known (§11)."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from songhua.labels import parse_period

Row = dict[str, Any]
GOODS = ("structures", "equipment", "installation", "services")
IDLE = ("land", "interest")
#: The assumptions that there may be: their unit, % (a share), x (a plain number) or money.
NAMES: dict[str, str] = {
    # of projects; a row with a project's scope goes before one without
    "spending": "money",
    **{f"share_{good}": "%" for good in (*GOODS, *IDLE)},
    **{f"local_{good}": "%" for good in GOODS},
    "tilt": "x",
    "realised": "%",
    "output": "money",
    "output_per_investment": "x",
    "new": "%",
    "ramp": "x",
    "delay": "x",
    "replace": "%",
    "export": "%",
    "displace": "%",
    "outside": "%",
    # of the region
    "crowding": "%",
    "pay": "money",
    "productivity": "%",
    "residents": "%",
    "spent": "%",
    "spare": "%",
    "spare_growth": "%",
    "concentration": "x",
    "transfer": "x",
}


def find(assumptions: pd.DataFrame, name: str, scope: str = "") -> pd.Series | None:
    """The assumption of this name: the one with the scope, else the one without, else none.

    >>> rows = pd.DataFrame({"name": ["ramp", "ramp"], "scope": ["", "mill"], "value": ["2", "3"]})
    >>> find(rows, "ramp", "mill")["value"], find(rows, "ramp", "farm")["value"]
    ('3', '2')
    >>> find(rows, "delay") is None
    True
    """
    named = assumptions[assumptions["name"] == name]
    for wanted in dict.fromkeys((scope, "")):
        rows = named[named["scope"] == wanted]
        if len(rows):
            return rows.iloc[0]
    return None


def label(row: pd.Series) -> str:
    """The name by which an assumption is drawn and shown: `ramp`, or `ramp.mill` with a scope."""
    return f"{row['name']}.{row['scope']}" if row["scope"] else str(row["name"])


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table of the plan, as texts by column."""
    return cast("list[Row]", frame.to_dict("records"))


def years(text: str) -> tuple[int, int]:
    """The first and last year of a period of whole years.

    >>> years("2024..2027"), years("2024")
    ((2024, 2027), (2024, 2024))
    """
    period = parse_period(text)
    return period.start.year, period.end.year
