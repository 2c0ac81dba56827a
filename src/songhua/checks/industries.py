"""Checks of industries: a tree of parents, and codes that their classifications have."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from songhua import codes
from songhua.checks.fault_kinds import CodeWithoutScheme, ParentsCircle, PartitionOrphan
from songhua.errors import Fault
from songhua.fault_kinds import CodeUnknown
from songhua.region import Region
from songhua.results import read_rows

FILE = "industries.toml"
CROSSWALK = "plan/industries.csv"


@dataclass(frozen=True, slots=True)
class CrosswalkCode:
    """A row of the plan's crosswalk: a code of a classification."""

    scheme: str
    code: str
    row: int = 0


def parents_form_a_tree(region: Region) -> list[Fault]:
    """No industry is its own ancestor, and a part of a partition has a parent."""
    faults: list[Fault] = []
    circled: dict[str, bool] = {"": False}
    for id, industry in region.industries.items():
        visited, at = dict.fromkeys([id]), str(industry.get("parent") or "")
        while at not in visited and at not in circled:
            visited[at] = None
            at = str(region.industries.get(at, {}).get("parent") or "")
        circled |= dict.fromkeys(visited, circled.get(at, True))
        if circled[id]:
            faults.append(ParentsCircle(FILE, None, id, id=id))
        if industry.get("partition") and not industry.get("parent"):
            faults.append(PartitionOrphan(FILE, None, id, id=id))
    return faults


def codes_exist(crosswalk: pd.DataFrame) -> list[Fault]:
    """Every code of the plan's crosswalk is a code of its classification.

    >>> rows = pd.DataFrame({"scheme": ["isic4", ""], "code": ["9999", "10"], "row": [2, 3]})
    >>> [(fault.code, fault.row) for fault in codes_exist(rows)]
    [('code_unknown', 2), ('code_without_scheme', 3)]
    """
    faults: list[Fault] = []
    for row in read_rows(crosswalk, CrosswalkCode):
        if bool(row.scheme) != bool(row.code):
            faults.append(CodeWithoutScheme(CROSSWALK, row.row or None, "code"))
        elif row.code and not codes.has(row.scheme, row.code):
            faults.append(
                CodeUnknown(CROSSWALK, row.row or None, "code", of_code=row.code, scheme=row.scheme)
            )
    return faults
