"""What a plan's projects need to know, and what stands in for what is not known (§11)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

GOODS = ("structures", "equipment", "installation", "services")
IDLE = ("land", "interest")


@dataclass(frozen=True)
class Assumption:
    """What an assumption may be: its unit, and the ends beyond which it says nothing.

    `unit` is % (a share or a rate), x (a plain number) or money. With `positive` the least end
    itself is not allowed.
    """

    unit: str
    least: float = -math.inf
    most: float = math.inf
    positive: bool = False


SHARE = Assumption("%", 0, 100)
MONEY = Assumption("money", 0)
YEARS = Assumption("x", 0, 50)
GROWTH = Assumption("%", -50, 50)
#: The assumptions that there may be.
NAMES: dict[str, Assumption] = {
    # of projects; a row with a project's scope goes before one without
    "spending": MONEY,
    **{f"share_{good}": SHARE for good in (*GOODS, *IDLE)},
    **{f"local_{good}": SHARE for good in GOODS},
    "tilt": Assumption("x", -1, 1),
    "realised": Assumption("%", 0, 1000),
    "output": Assumption("money", 0, positive=True),
    "output_per_investment": Assumption("x", 0, 100),
    "new": SHARE,
    "ramp": YEARS,
    "delay": Assumption("x", -10, 50),
    "replace": SHARE,
    "export": SHARE,
    "displace": SHARE,
    "outside": SHARE,
    # of the region
    "crowding": SHARE,
    "pay": Assumption("money", 0, positive=True),
    "productivity": GROWTH,
    "residents": SHARE,
    "spent": SHARE,
    "spare": Assumption("%", 0, 1000),
    "spare_growth": GROWTH,
    "concentration": Assumption("x", 0, positive=True),
    "transfer": Assumption("x", 0, 100),
}


def find(assumptions: pd.DataFrame, name: str, scope: str = "") -> pd.Series | None:
    """The assumption of this name: the one with the scope, else the one without, else none.

    >>> rows = pd.DataFrame({"name": ["ramp", "ramp"], "scope": ["", "mill"], "value": ["2", "3"]})
    >>> find(rows, "ramp", "mill")["value"], find(rows, "ramp", "farm")["value"]
    ('3', '2')
    >>> find(rows, "delay") is None
    True
    """
    if assumptions.empty:
        return None
    named = assumptions[assumptions["name"] == name]
    for wanted in dict.fromkeys((scope, "")):
        rows = named[named["scope"] == wanted]
        if len(rows):
            return rows.iloc[0]
    return None
