"""What must hold in `reviews/*.csv` beyond the types of its columns, whoever wrote the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.errors import Fault
from songhua.labels import parse_unit

NEEDED = {
    "figure": ("indicator", "value", "unit"),
    "task": ("item", "state"),
    "milestone": ("entity", "item", "state"),
}
RECEIVED = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?"
)  # fmt: skip


def check(reviews: pd.DataFrame, indicators: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Rows that lack what their sort needs, a unit that does not fit, a time that is none."""
    for row in reviews.to_dict("records"):
        where = {"file": f"reviews/{row['file']}", "row": int(row["row"])}
        for name in NEEDED[row["sort"]]:
            if not row[name]:
                params = {"sort": row["sort"], "name": name}
                yield Fault("report_incomplete", **where, column=name, params=params)
        if not RECEIVED.fullmatch(row["received"]):
            params = {"text": row["received"][:40]}
            yield Fault("report_received", **where, column="received", params=params)
        known = indicators.get(row["indicator"])
        if row["sort"] == "figure" and row["unit"] and known is not None:
            own, given = parse_unit(str(known["unit"])), parse_unit(row["unit"])
            if (own.dimension, own.prices) != (given.dimension, given.prices):
                params = {"unit": row["unit"], "other": str(known["unit"])}
                yield Fault("report_unit_misfit", **where, column="unit", params=params)
