"""What a reader of a simulation must know, before and beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.maths import regional_error
from songhua.results import Finding
from songhua.studies.simulate.regional import Base
from songhua.studies.simulate.running import STRUCTURE, TRANSFER, Ensemble


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
    for phase in ("construction", "operation"):
        mine = rows[rows["phase"] == phase].set_index("measure")
        if "value_added" not in mine.index or "jobs" not in mine.index:
            continue
        added, jobs = mine.loc["value_added"], mine.loc["jobs"]
        yield Finding(
            f"simulate_{phase}",
            {
                "period": added["period"], **_amount(added), "draws": draws,
                **{
                    name: round(_rough(jobs[end]))
                    for name, end in (("jobs", "value"), ("jobs_low", "low"), ("jobs_high", "high"))
                },
            },
        )  # fmt: skip
    last = balance[(balance["effect"] == "type_i") & (balance["measure"] == "value_added")]
    last = last[last["year"] == last["year"].max()].set_index("step")
    if "net" in last.index and "operation" in last.index:
        net, gross = last.loc["net"], last.loc["operation"]
        actual = _rough(gross["value"])
        params = {"period": str(net["year"]), **_amount(net), "actual": actual}
        yield Finding("simulate_net", params)


def _widest(drivers: pd.DataFrame) -> Iterator[Finding]:
    """The largest single driver of the net value added."""
    rows = drivers[(drivers["outcome"] == "net_value_added") & (drivers["driver"] != "together")]
    if len(rows):
        first = rows.loc[rows["share"].idxmax()]
        driver, _, project = str(first["driver"]).partition(".")
        params = {"driver": driver, "share": round(float(first["share"]))}
        if project:
            yield Finding("simulate_driver_of", params | {"entity": project})
        else:
            yield Finding("simulate_driver", params)


def _amount(row: pd.Series) -> dict[str, Any]:
    """A value with its interval and unit, as parameters of a finding."""
    ends = f"{_rough(row['low'])!r}..{_rough(row['high'])!r}"
    return {"value": _rough(row["value"]), "expected": ends, "unit": row["unit"]}


def _rough(value: float) -> float:
    """Three digits: what an interval leaves of a number."""
    return float(f"{float(value):.3g}")
