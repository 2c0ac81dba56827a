"""Certify: who of a register has a status by law, who is near it, and whose title lapses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Result, table
from songhua.rules import Rulebook
from songhua.rules.frame_verdicts import judge_frame
from songhua.rules.register import Register
from songhua.studies.certify.counts import counts, hidden, lapsing, valid
from songhua.studies.certify.published import published

__all__ = ["Register", "certify", "lacks"]

Progress = Callable[[int, int, str], None]
STAGES = ("qualified", "possible", "open", "near", "far", "not_in_force")
SOON = timedelta(days=180)
NAMES = ("verdicts", "pipeline", "expiring_certificates", "expiry_counts", "counts")


def certify(
    region: Region | None,
    plan: Plan | None = None,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
    *,
    register: Register | None = None,
    rulebooks: Sequence[Rulebook] = (),
    on: date | None = None,
    small_cells: bool = False,
    each: bool = True,
) -> Result:
    """The verdicts on a register, its pipeline, certificates about to lapse, and counts.

    A firm is `qualified` (met), `possible`, `open` (a fact is missing), `near` (one of the
    conditions that must all hold fails) or `far`. Without a register there are the counts that
    the folder's sources publish, and nothing follows from them. Takes no chance and no evidence.

    Args:
        register: the firms and their certificates.
        rulebooks: the statuses asked for.
        on: the day.
        small_cells: show counts of one and two firms too; otherwise they are blank.
        each: give the tables that name single firms; otherwise they are empty.

    >>> from songhua.store.rulebooks import load
    >>> firms = pd.DataFrame({"firm": ["a"], "staff": [501.0]})
    >>> books = [load("cn/sci-tech-sme")]
    >>> found = certify(None, register=Register(firms), rulebooks=books, on=date(2024, 6, 30))
    >>> list(found.tables["verdicts"]["stage"])
    ['near']
    """
    del plan, evidence, rng
    figures = table("certify", "published", published(region))
    if register is None or on is None:
        found = (Finding("register_absent", {"n": len(figures)}),)
        return Result("certify", {"published": figures}, found)
    made: dict[str, list[Any]] = {name: [] for name in NAMES}
    for at, book in enumerate(rulebooks):
        if progress is not None:
            progress(at, len(rulebooks), "certify")
        held = _held(register, book)
        judged = _judged(register, book, on, held)
        lapses = _lapses(held, judged, on)
        made["pipeline"] += _pipeline(judged, small_cells)
        made["expiry_counts"] += lapsing(lapses, book.id, small_cells)
        made["counts"] += counts(register.enterprises, held, book.id, on, small_cells)
        if each:
            made["verdicts"].append(judged)
            made["expiring_certificates"] += lapses
    tables = {name: _table(name, rows, register.invented) for name, rows in made.items()}
    findings = _findings(register, tables, rulebooks, on)
    return Result("certify", {**tables, "published": figures}, findings)


def lacks(region: Region, register: Register | None) -> str | None:
    """What the folder lacks: a register, and any published count of firms with a status."""
    counted = [id for id, one in region.indicators.items() if one.get("status")]
    figures = bool(region.observations["indicator"].isin(counted).any())
    return None if register is not None or figures else "register/enterprises.csv"


def _table(name: str, rows: list[Any], invented: bool) -> pd.DataFrame:
    if rows and isinstance(rows[0], pd.DataFrame):
        return table("certify", name, pd.concat(rows).assign(invented=invented))
    return table("certify", name, [{**row, "invented": invented} for row in rows])


def _held(register: Register, book: Rulebook) -> pd.DataFrame:
    """The certificates of a status, with days as dates."""
    if register.certificates is None:
        return pd.DataFrame({"firm": [], "since": [], "until": []})
    rows = register.certificates
    rows = rows[rows["status"] == book.id]
    return rows.assign(since=pd.to_datetime(rows["since"]), until=pd.to_datetime(rows["until"]))


def _judged(register: Register, book: Rulebook, on: date, held: pd.DataFrame) -> pd.DataFrame:
    firms = register.enterprises
    found = judge_frame(firms, book, on)
    near = np.where(found["failing"] <= 1, "near", "far")
    stage = found["outcome"].map(
        {
            "met": "qualified",
            "possible": "possible",
            "unknown": "open",
            "not_in_force": "not_in_force",
        }
    )
    ids = firms["firm"].astype(str)
    return found.assign(
        firm=ids,
        status=book.id,
        stage=stage.where(stage.notna(), near),
        holds=ids.isin(valid(held, on)["firm"].astype(str) if len(held) else []),
    )


def _pipeline(judged: pd.DataFrame, small_cells: bool) -> list[dict[str, Any]]:
    if judged.empty:
        return []
    n = judged["stage"].value_counts()
    cells = hidden({s: int(n[s]) for s in STAGES if s in n.index}, small_cells)
    status = judged["status"].iloc[0]
    return [{"status": status, "stage": stage, **cell} for stage, cell in cells.items()]


def _lapses(held: pd.DataFrame, judged: pd.DataFrame, on: date) -> list[dict[str, Any]]:
    """Certificates that end within half a year, soonest first, and how the firm stands today."""
    if not len(held) or judged.empty:
        return []
    day = pd.Timestamp(on)
    last = held.sort_values("until").drop_duplicates("firm", keep="last")
    soon = last[(last["until"] >= day) & (last["until"] <= day + SOON)]
    outcome = dict(zip(judged["firm"], judged["outcome"], strict=True))
    return [
        {
            "firm": str(row["firm"]), "status": judged["status"].iloc[0],
            "until": str(row["until"].date()), "days": (row["until"] - day).days,
            "outcome": outcome.get(str(row["firm"]), ""),
        }
        for row in soon.to_dict("records")
    ]  # fmt: skip


def _findings(
    register: Register, tables: Mapping[str, pd.DataFrame], books: Sequence[Rulebook], on: date
) -> tuple[Finding, ...]:
    found = [Finding("register_judged", {"n": len(register.enterprises), "as_of": on.isoformat()})]
    if register.invented:
        found.insert(0, Finding("register_invented", {"n": len(register.enterprises)}))
    for book in books:
        if not book.in_force(on):
            found.append(Finding("status_not_in_force", {"status": book.id, "day": str(on)}))
    held = register.certificates
    if held is not None:
        strange = set(held["firm"].astype(str)) - set(register.enterprises["firm"].astype(str))
        if strange:
            found.append(Finding("certificates_without_firm", {"n": len(strange)}))
    blank = sum(
        int((~tables[name]["shown"]).sum()) for name in ("pipeline", "expiry_counts", "counts")
    )
    if blank:
        found.append(Finding("cells_suppressed", {"n": blank}))
    return tuple(found)
