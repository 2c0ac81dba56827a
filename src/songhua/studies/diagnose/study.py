"""Diagnose: the state of the industrial system, from the figures that the folder holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Result
from songhua.studies.diagnose import (
    availability,
    composite_indices,
    conflicts,
    expectations,
    growth_rates,
    linkages,
    location_quotients,
    official_groupings,
    output_change,
    parts_change,
    peers,
    shift_share,
    spatial_concentration,
    specialisation,
    structure,
    supply_chains,
    system,
)
from songhua.studies.registry import Progress
from songhua.studies.series import Figures

Part = Callable[[Figures], tuple[dict[str, pd.DataFrame], list[Finding]]]
PARTS: dict[str, Part] = {
    "system": system.system,
    "structure": structure.structure,
    "growth_rates": growth_rates.growth_rates,
    "location_quotients": location_quotients.location_quotients,
    "shift_share": shift_share.shift_share,
    "specialisation": specialisation.specialisation,
    "spatial_concentration": spatial_concentration.spatial_concentration,
    "parts_change": parts_change.parts_change,
    "peers": peers.peers,
    "official_groupings": official_groupings.official_groupings,
    "linkages": linkages.linkages,
    "supply_chains": supply_chains.supply_chains,
    "output_change": output_change.output_change,
    "composite_indices": composite_indices.composite_indices,
    "expectations": expectations.expectations,
    "availability": availability.availability,
    "conflicts": conflicts.conflicts,
}


def diagnose(
    region: Region,
    plan: Plan | None = None,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
) -> Result:
    """The industrial system: by itself, beside others and over time.

    Takes no evidence; chance only moves the weights of composite indices. The tables and their
    columns stand in `studies/diagnose/tables.py`; figures of different measures are never put
    in one column without their measure, and never added (§3, §4).

    >>> import songhua
    >>> region = songhua.open(songhua.example("harbin")).region
    >>> turns = diagnose(region).tables["turning_points"]
    >>> "after" in turns.columns
    True
    """
    del evidence
    figures = Figures(region, plan, rng)
    tables: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    for at, (name, part) in enumerate(PARTS.items()):
        if progress is not None:
            progress(at, len(PARTS), name)
        part_tables, noted = part(figures)
        tables |= part_tables
        findings += noted
    if progress is not None:
        progress(len(PARTS), len(PARTS), "")
    return Result("diagnose", tables, tuple(findings))
