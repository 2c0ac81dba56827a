"""What must hold of the observations: units, whole counts, time, and no figure twice."""

from __future__ import annotations

import numpy as np

from songhua import schema
from songhua.checks.places import marked
from songhua.checks.repeats import repeated
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.region import Region

FOLDER = "observations/"


def not_repeated(region: Region) -> list[Fault]:
    """No figure of a source stands twice."""
    rows = region.observations
    again = repeated(rows, schema.table("observations").identity)
    faults: list[Fault] = []
    for file, n, row in marked(rows, again, FOLDER):
        key = f"{row['indicator']} {row['industry']} {row['period']} {row['value']}"
        faults.append(Fault("row_repeats", file, n, "", {"key": key}))
    return faults


def numbers_finite(region: Region) -> list[Fault]:
    """Every figure is a number."""
    rows = region.observations
    number = rows["number"].to_numpy(dtype=float)
    return [
        Fault("number_unreadable", file, n, "value", {"text": str(row["value"])[:80]})
        for file, n, row in marked(rows, ~np.isfinite(number), FOLDER)
    ]


def units_fit(region: Region) -> list[Fault]:
    """Every observation converts to its indicator's unit (§4)."""
    rows = region.observations
    faults: list[Fault] = []
    for file, n, row in marked(rows, np.isnan(rows["scale"].to_numpy()), FOLDER):
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
        for file, n, row in marked(rows, broken, FOLDER)
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
    for file, n, row in marked(rows, happened & (rows["start"].to_numpy() > recorded), FOLDER):
        params = {"period": row["period"], "recorded": row["recorded"]}
        faults.append(Fault("actual_in_future", file, n, "period", params))
    begun = rows["known"].to_numpy().astype("datetime64[Y]")
    for file, n, row in marked(rows, begun > recorded, FOLDER):
        params = {"recorded": row["recorded"]}
        faults.append(Fault("published_after_recorded", file, n, "recorded", params))
    return faults
