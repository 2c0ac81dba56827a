"""What must hold of departments' answers beyond their cells' types, whoever wrote the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from songhua.checks.places import row_of
from songhua.checks.values import same_sort
from songhua.errors import Fault
from songhua.region import Catalogue

NEEDED = {
    "figure": ("indicator", "value", "unit"),
    "task": ("item", "state"),
    "milestone": ("entity", "item", "state"),
}
RECEIVED = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?"
)  # fmt: skip


def check(reviews: pd.DataFrame, indicators: Catalogue) -> Iterator[Fault]:
    """Rows that lack what their sort needs, a unit that does not fit, a time that is none."""
    for _, row in reviews.iterrows():
        file, at = f"reviews/{row['file']}", row_of(row)
        for name in NEEDED[row["sort"]]:
            if not row[name]:
                params = {"sort": row["sort"], "name": name}
                yield Fault("report_incomplete", file, at, name, params)
        if not RECEIVED.fullmatch(row["received"]):
            params = {"text": row["received"][:40]}
            yield Fault("report_received", file, at, "received", params)
        known = indicators.get(row["indicator"])
        if row["sort"] == "figure" and row["unit"] and known is not None:
            wanted = str(known["unit"])
            if not same_sort(row["unit"], wanted):
                params = {"unit": row["unit"], "other": wanted}
                yield Fault("report_unit_misfit", file, at, "unit", params)
