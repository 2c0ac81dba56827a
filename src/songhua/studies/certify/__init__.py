"""Certify: who of a register has a status by law, who is near it, and whose title lapses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Result, table
from songhua.rules.book import Rulebook
from songhua.rules.frames import judge_frame
from songhua.studies.certify.counts import counts, hidden

Progress = Callable[[int, int, str], None]
STAGES = ("qualified", "possible", "open", "near", "far", "not_in_force")
SOON = timedelta(days=180)


@dataclass(frozen=True)
class Register:
    """The firms of a register with their facts, and the certificates they hold.

    `enterprises` has a row a firm: `firm`, a column a fact, and perhaps `district` and
    `industry`; `certificates` has `firm`, `status`, `since`, `until`.
    """

    enterprises: pd.DataFrame
    certificates: pd.DataFrame | None = None
    invented: bool = False


def certify(
    region: Region | None,
    plan: Plan | None = None,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
    *,
    register: Register,
    rulebooks: Sequence[Rulebook],
    on: date,
    small_cells: bool = False,
) -> Result:
    """The verdicts on a register, its pipeline, certificates about to lapse, and counts.

    A firm is `qualified` (met), `possible`, `open` (a fact is missing), `near` (one of the
    conditions that must all hold fails) or `far`. Takes no chance and no evidence.

    Args:
        register: the firms and their certificates.
        rulebooks: the statuses asked for.
        on: the day.
        small_cells: show counts of one and two firms too; otherwise they are blank.

    >>> from songhua.rules import load
    >>> firms = pd.DataFrame({"firm": ["a"], "staff": [501.0]})
    >>> books = [load("cn/sci-tech-sme")]
    >>> found = certify(None, register=Register(firms), rulebooks=books, on=date(2024, 6, 30))
    >>> list(found.tables["verdicts"]["stage"])
    ['near']
    """
    del region, plan, evidence, rng
    verdicts, lapses, counted = [], [], []
    for at, book in enumerate(rulebooks):
        if progress is not None:
            progress(at, len(rulebooks), book.id)
        held = _held(register, book)
        judged = _judged(register, book, on, held)
        verdicts.append(judged)
        lapses += _lapses(held, judged, on)
        counted += counts(register.enterprises, held, book.id, on, small_cells)
    whole = pd.concat(verdicts) if verdicts else []
    tables = {
        "verdicts": table("certify", "verdicts", whole),
        "pipeline": table("certify", "pipeline", _pipeline(verdicts, small_cells)),
        "lapses": table("certify", "lapses", lapses),
        "counts": table("certify", "counts", counted),
    }
    return Result("certify", tables, _findings(register, tables, rulebooks, on))


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
    day = pd.Timestamp(on)
    valid = held[(held["since"] <= day) & (day <= held["until"])] if len(held) else held
    return found.assign(
        firm=firms["firm"].astype(str),
        status=book.id,
        stage=stage.where(stage.notna(), near),
        holds=firms["firm"].isin(valid["firm"]),
    )


def _pipeline(verdicts: Sequence[pd.DataFrame], small_cells: bool) -> list[dict[str, Any]]:
    rows = []
    for frame in verdicts:
        n = frame["stage"].value_counts()
        cells = hidden({s: int(n[s]) for s in STAGES if s in n.index}, small_cells)
        status = frame["status"].iloc[0]
        rows += [{"status": status, "stage": stage, **cell} for stage, cell in cells.items()]
    return rows


def _lapses(held: pd.DataFrame, judged: pd.DataFrame, on: date) -> list[dict[str, Any]]:
    """Certificates that end within half a year, soonest first, and how the firm stands today."""
    if not len(held):
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
    found = []
    if register.invented:
        found.append(Finding("register_invented", {"n": len(register.enterprises)}))
    for book in books:
        if book.span(on) is None or not book.span(on).complete:  # pyright: ignore[reportOptionalMemberAccess]
            found.append(Finding("status_not_in_force", {"status": book.id, "day": str(on)}))
    blank = sum(int((~tables[name]["shown"]).sum()) for name in ("pipeline", "counts"))
    if blank:
        found.append(Finding("cells_suppressed", {"n": blank}))
    return tuple(found)
