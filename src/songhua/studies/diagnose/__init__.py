"""Diagnose: what the industrial system is, from the figures that the folder holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Result
from songhua.studies.diagnose import (
    beside,
    chained,
    changed,
    composed,
    conflicts,
    coverage,
    expectations,
    grouped,
    growing,
    linked,
    peers,
    shares,
    specialised,
    spread,
    system,
)
from songhua.studies.diagnose.rows import Facts

Progress = Callable[[int, int, str], None]
PARTS: dict[str, Callable[[Facts], tuple[dict[str, Any], list[Finding]]]] = {
    "system": system.system,
    "shares": shares.shares,
    "growing": growing.growing,
    "beside": beside.beside,
    "specialised": specialised.specialised,
    "spread": spread.spread,
    "peers": peers.peers,
    "grouped": grouped.grouped,
    "linked": linked.linked,
    "chained": chained.chained,
    "changed": changed.changed,
    "composed": composed.composed,
    "expectations": expectations.expectations,
    "coverage": coverage.coverage,
    "conflicts": conflicts.conflicts,
}


def diagnose(
    region: Region,
    plan: Plan | None = None,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
) -> Result:
    """What the industrial system is: by itself, beside others and over time.

    Takes no evidence; chance only moves the weights of composite indices. The tables and their
    columns stand in `schema/results/diagnose.toml`; figures of different measures are never put
    in one column without their measure, and never added (§3, §4).

    >>> import songhua.workbench as workbench
    >>> region = workbench.open(workbench.example("harbin"))
    >>> turns = diagnose(region).tables["turns"]
    >>> "after" in turns.columns
    True
    """
    del evidence
    facts = Facts(region, plan, rng)
    tables: dict[str, Any] = {}
    findings: list[Finding] = []
    for at, (name, part) in enumerate(PARTS.items()):
        if progress is not None:
            progress(at, len(PARTS), name)
        made, found = part(facts)
        tables |= made
        findings += found
    if progress is not None:
        progress(len(PARTS), len(PARTS), "")
    return Result("diagnose", tables, tuple(findings))
