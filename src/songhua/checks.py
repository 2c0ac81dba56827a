"""Named checks of a region: each gives all faults of its sort, never only the first (§9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from songhua import codes
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.region import Region

LIMIT = 1000


def _at(rows: pd.DataFrame, where: np.ndarray) -> Iterator[tuple[str, int, pd.Series]]:
    """File, row number and row of the first thousand that are marked."""
    if not where.any():
        return
    for _, row in rows.iloc[np.flatnonzero(where)[:LIMIT]].iterrows():
        yield f"observations/{row['file']}", int(row["row"]), row


def units_fit(region: Region) -> list[Fault]:
    """Every observation converts to its indicator's unit (§4)."""
    rows = region.observations
    faults: list[Fault] = []
    for file, n, row in _at(rows, np.isnan(rows["scale"].to_numpy())):
        wanted = str(region.indicators[row["indicator"]]["unit"])
        params = {"unit": row["unit"], "other": wanted, "indicator": row["indicator"]}
        faults.append(Fault("unit_misfit", file, n, "unit", params))
    return faults


def counts_whole(region: Region) -> list[Fault]:
    """Persons, places and firms are whole numbers (§4)."""
    rows = region.observations
    unit = rows["unit"].array
    whole = np.array([parse_unit(text).counted for text in unit.categories], dtype=bool)
    broken = rows["decimals"].to_numpy() > 0
    if whole.any():
        broken &= whole[unit.codes]
    else:
        broken[:] = False
    return [
        Fault("count_not_whole", file, n, "value", {"text": row["value"], "unit": row["unit"]})
        for file, n, row in _at(rows, broken)
    ]


def known_in_time(region: Region) -> list[Fault]:
    """What happened lies before the day it was recorded, and so does its publication."""
    rows = region.observations
    if rows.empty:
        return []
    days = np.array(rows["recorded"].array.categories.tolist(), dtype="datetime64[s]")
    recorded = days[rows["recorded"].array.codes]
    happened = rows["kind"].isin(["actual", "preliminary"]).to_numpy()
    faults: list[Fault] = []
    for file, n, row in _at(rows, happened & (rows["start"].to_numpy() > recorded)):
        params = {"period": row["period"], "recorded": row["recorded"]}
        faults.append(Fault("actual_in_future", file, n, "period", params))
    begun = rows["known"].to_numpy().astype("datetime64[Y]")
    for file, n, row in _at(rows, begun > recorded):
        params = {"recorded": row["recorded"]}
        faults.append(Fault("published_after_recorded", file, n, "recorded", params))
    return faults


def parents_form_a_tree(region: Region) -> list[Fault]:
    """No industry is its own ancestor, and a part of a partition has a parent."""
    faults: list[Fault] = []
    for id, industry in region.industries.items():
        seen, at = {id}, str(industry.get("parent") or "")
        while at and at not in seen:
            seen.add(at)
            at = str(region.industries.get(at, {}).get("parent") or "")
        if at:
            faults.append(Fault("parents_circle", "industries.toml", None, id, {"id": id}))
        if industry.get("partition") and not industry.get("parent"):
            faults.append(Fault("partition_orphan", "industries.toml", None, id, {"id": id}))
    return faults


def codes_exist(rows: pd.DataFrame) -> list[Fault]:
    """Every code of the plan's crosswalk is a code of its classification."""
    faults: list[Fault] = []
    for at, (scheme, code) in enumerate(zip(rows["scheme"], rows["code"], strict=True)):
        row = int(rows["row"].iloc[at])
        if bool(scheme) != bool(code):
            faults.append(Fault("code_without_scheme", "plan/industries.csv", row, "code"))
        elif code and not codes.has(scheme, code):
            params = {"code": code, "scheme": scheme}
            faults.append(Fault("code_unknown", "plan/industries.csv", row, "code", params))
    return faults


REGION_CHECKS: tuple[Callable[[Region], list[Fault]], ...] = (
    units_fit,
    counts_whole,
    known_in_time,
    parents_form_a_tree,
)


def check(region: Region, crosswalk: pd.DataFrame | None = None) -> list[Fault]:
    """All faults that the named checks find."""
    faults = [fault for one in REGION_CHECKS for fault in one(region)]
    return faults if crosswalk is None else faults + codes_exist(crosswalk)
