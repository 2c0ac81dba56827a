"""Checks of departments' answers beyond their cells' types, whoever wrote the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

from songhua.checks.bounds import answer_within
from songhua.checks.fault_kinds import ReportIncomplete, ReportReceived, ReportUnitMisfit
from songhua.checks.values import same_sort
from songhua.errors import Fault
from songhua.region import Region
from songhua.region.newest import Answer
from songhua.results import read_rows

NEEDED = {
    "figure": ("indicator", "value", "unit"),
    "task": ("item", "state"),
    "milestone": ("entity", "item", "state"),
}
RECEIVED = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?")


def check(region: Region) -> Iterator[Fault]:
    """Rows that lack what their sort needs, a unit that does not fit, a time that is none."""
    for row in read_rows(region.reviews, Answer):
        file, at = f"reviews/{row.file}", row.row or None
        for name in NEEDED[row.sort]:
            if not getattr(row, name):
                yield ReportIncomplete(file, at, name, sort=row.sort, name=name)
        if not RECEIVED.fullmatch(row.received):
            yield ReportReceived(file, at, "received", text=row.received[:40])
        if row.sort == "figure" and row.unit and row.indicator in region.indicators:
            wanted = region.unit(row.indicator)
            if not same_sort(row.unit, wanted):
                yield ReportUnitMisfit(file, at, "unit", unit=row.unit, other=wanted)
            else:
                for wrong in answer_within(asdict(row), region):
                    yield wrong.at(file, at, wrong.column)
