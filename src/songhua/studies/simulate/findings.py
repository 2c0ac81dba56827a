"""What a reader of a simulation must know, before and beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.maths import regional_error
from songhua.results import Finding
from songhua.studies.simulate.ensemble import STRUCTURE, TRANSFER, Ensemble
from songhua.studies.simulate.regional_base import Base


def findings(
    known: Base, done: Ensemble, tables: Mapping[str, pd.DataFrame], draws: int
) -> Iterator[Finding]:
    """The heading first, then what came out, then its limits."""
    drivers = tables["drivers"]
    if known.sectors:
        yield _heading(known, drivers)
    if not (known.basis == "own").all():
        transfer = done.assumed.value("transfer", TRANSFER)
        for code, params in regional_error.notes(regional_error.load(), known.size, transfer):
            yield Finding(code, params)
    yield from _results(tables["totals"], tables["balance"], draws)
    yield from _widest(drivers)
    facts = sum(sheet.facts for sheet in done.sheets.values())
    assumed = sum(sheet.assumed for sheet in done.sheets.values())
    n = {"facts": facts, "assumed": assumed, "n": len(done.sheets)}
    yield Finding("simulate_fields", n)
    silent = [name for name, sheet in done.sheets.items() if not sheet.industry]
    if silent:
        yield Finding("simulate_only_spending", {"entities": silent})
    bare = [name for name, sheet in done.sheets.items() if not sheet.spending.any()]
    if bare:
        yield Finding("simulate_only_operation", {"entities": bare})
    wider = [code for code in known.codes if known.basis[code] == "wider"]
    if wider:
        yield Finding("simulate_wider", {"n": len(wider), "of": len(known.codes)})
    limits = tables["limits"]
    if len(limits):
        params = {"n": limits["code"].nunique(), "binds": float(limits["binds"].max())}
        yield Finding("simulate_limits", params)
    elif done.impact.capacity is None:
        yield Finding("simulate_no_limits")
    yield Finding("simulate_type_two")


def _heading(known: Base, drivers: pd.DataFrame) -> Finding:
    """That the region's structure is assumed, and how much of the width it makes."""
    mine = drivers[drivers["driver"] == STRUCTURE]
    share = mine.set_index("outcome")["share"]
    params: dict[str, Any] = {
        "table": known.id,
        "n": int((known.basis == "prior").sum()),
        "low": round(float(share.min()), 1) if len(share) else 0.0,
        "high": round(float(share.max()), 1) if len(share) else 0.0,
    }
    return Finding("simulate_driven_by_assumption", params)


def _results(totals: pd.DataFrame, balance: pd.DataFrame, draws: int) -> Iterator[Finding]:
    """Construction and operation of all projects, and net."""
    rows = totals[(totals["project"] == "") & (totals["effect"] == "type_i")]
    found = {(r["phase"], r["measure"]): r for r in rows.to_dict("records")}
    for phase in ("construction", "operation"):
        added, jobs = (found.get((phase, measure)) for measure in ("value_added", "jobs"))
        if added is None or jobs is None:
            continue
        ends = (("jobs", "value"), ("jobs_low", "low"), ("jobs_high", "high"))
        persons = {name: round(_rough(jobs[end])) for name, end in ends}
        params = {"period": added["period"], "draws": draws, **_amount(added), **persons}
        yield Finding(f"simulate_{phase}", params)
    rows = balance[(balance["effect"] == "type_i") & (balance["measure"] == "value_added")]
    last = {r["step"]: r for r in rows[rows["year"] == rows["year"].max()].to_dict("records")}
    if "net" in last and "gross" in last:
        actual = _rough(last["gross"]["value"])
        params = {"period": str(last["net"]["year"]), **_amount(last["net"]), "actual": actual}
        yield Finding("simulate_net", params)


def _widest(drivers: pd.DataFrame) -> Iterator[Finding]:
    """The largest single driver of the net value added."""
    rows = drivers[(drivers["outcome"] == "net_value_added") & (drivers["driver"] != "together")]
    if len(rows):
        first = max(rows.to_dict("records"), key=lambda row: row["share"])
        project = first["project"]
        params = {"driver": first["driver"], "share": round(float(first["share"]))}
        if project:
            yield Finding("simulate_driver_of", params | {"entity": project})
        else:
            yield Finding("simulate_driver", params)


def _amount(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A value with its interval and unit, as parameters of a finding."""
    low, value, high = (_rough(row[end]) for end in ("low", "value", "high"))
    return {"value": value, "left": low, "right": high, "unit": row["unit"]}


def _rough(value: float) -> float:
    """Three digits: what an interval leaves of a number."""
    return float(f"{float(value):.3g}")
