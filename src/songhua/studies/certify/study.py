"""Certify: who of a register has a status by law, who is near it, and whose title lapses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
import pandas as pd

from songhua.maths.disclosure import BASE, REACH
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.known import known_rows
from songhua.results import Finding, Result, table
from songhua.rules import Rulebook
from songhua.rules.frame_verdicts import judge_frame
from songhua.rules.register import Register
from songhua.rules.verdict import refusal
from songhua.schema import table as table_of
from songhua.studies.certify.counts import (
    Counter,
    ExpiringCertificate,
    ExpiryCount,
    FirmCount,
    StageCount,
    all_firms,
    counter,
    expiry_counts,
    firm_counts,
    valid_certificates,
)
from songhua.studies.certify.finding_kinds import (
    CertificatesWithoutFirm,
    CertificatesWithoutFirmSome,
    CountsAbout,
    RegisterAbsent,
    RegisterFactsLater,
    RegisterInvented,
    RegisterJudged,
    RegisterJudgedAbout,
    StatusNoText,
    StatusNotInForce,
)
from songhua.studies.certify.published import published_counts
from songhua.studies.registry import Progress

__all__ = ["Register", "certify", "lacks"]

STAGES = ("qualified", "possible", "open", "near", "far", "not_in_force", "no_text")
SOON = timedelta(days=180)
STAGE_OF = {
    "met": "qualified",
    "possible": "possible",
    "unknown": "open",
    "not_in_force": "not_in_force",
    "no_text": "no_text",
}


Row = TypeVar("Row", StageCount, ExpiringCertificate, ExpiryCount, FirmCount)


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """The rows of all tables of a register; the verdicts are frames, for firms may be many."""

    verdicts: list[pd.DataFrame] = field(default_factory=list)
    pipeline: list[StageCount] = field(default_factory=list)
    expiring_certificates: list[ExpiringCertificate] = field(default_factory=list)
    expiry_counts: list[ExpiryCount] = field(default_factory=list)
    counts: list[FirmCount] = field(default_factory=list)

    def tables(self, invented: bool) -> dict[str, pd.DataFrame]:
        """The tables by name; of an invented register every row says so."""
        verdicts = pd.concat(self.verdicts).assign(invented=invented) if self.verdicts else []
        return {
            "verdicts": table("certify", "verdicts", verdicts),
            "pipeline": table("certify", "pipeline", _marked(self.pipeline, invented)),
            "expiring_certificates": table(
                "certify", "expiring_certificates", _marked(self.expiring_certificates, invented)
            ),
            "expiry_counts": table(
                "certify", "expiry_counts", _marked(self.expiry_counts, invented)
            ),
            "counts": table("certify", "counts", _marked(self.counts, invented)),
        }


def _marked(rows: Iterable[Row], invented: bool) -> list[Row]:
    return [replace(row, invented=invented) for row in rows]


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
    firm_tables: bool = True,
) -> Result:
    """The verdicts on a register, its pipeline, certificates about to lapse, and counts.

    A firm is `qualified` (met), `possible`, `open` (a fact is missing), `near` (one of the
    conditions that must all hold fails) or `far`. Without a register there are the counts that
    the folder's sources publish, and nothing follows from them. Takes no chance and no evidence.
    Counts are made fit to be published by `songhua.maths.disclosure`.

    Args:
        register: the firms and their certificates.
        rulebooks: the statuses asked for.
        on: the day.
        small_cells: show counts as they are; otherwise as they may be published.
        firm_tables: give the tables that name single firms; otherwise they are empty.

    Raises:
        SonghuaError: `register_secret`, where counts are to be published and the register has none.

    >>> from songhua.store.rulebooks import load
    >>> firms = pd.DataFrame({"firm": ["a"], "staff": [501.0]})
    >>> books = [load("cn/sci-tech-sme")]
    >>> options = {"register": Register(firms), "rulebooks": books, "small_cells": True}
    >>> result = certify(None, on=date(2024, 6, 30), **options)
    >>> list(result.tables["verdicts"]["stage"])
    ['near']
    """
    del plan, evidence, rng
    figures = table("certify", "published", published_counts(region))
    if register is None or on is None:
        return Result("certify", {"published": figures}, (RegisterAbsent(n=len(figures)),))
    rows = RegisterRows()
    count = counter(b"" if small_cells else register.secret(), small_cells)
    for at, book in enumerate(rulebooks):
        if progress is not None:
            progress(at, len(rulebooks), "certify")
        register.refuse_otherwise(book)
        certificates = _issued_certificates(register, book, on)
        judged = _judged(register, book, on, certificates)
        expiring = list(_expiring(certificates, judged, book.id, on))
        rows.pipeline.extend(_pipeline(judged, book.id, count))
        rows.expiry_counts.extend(expiry_counts(expiring, book.id, count))
        rows.counts.extend(firm_counts(register.enterprises, certificates, book.id, on, count))
        if firm_tables:
            rows.verdicts.append(judged)
            rows.expiring_certificates.extend(expiring)
    findings = tuple(_findings(register, rulebooks, on, None if small_cells else count))
    return Result("certify", {**rows.tables(register.invented), "published": figures}, findings)


def lacks(region: Region, register: Register | None) -> str | None:
    """The file that a folder lacks that has no register and no published count of firms.

    >>> lacks(Region.of("here"), None)
    'register/enterprises.csv'
    """
    counted = [id for id, entry in region.indicators.items() if entry.get("status")]
    figures = region.figures.observations.have(indicator=counted).any()
    return None if register is not None or figures else "register/enterprises.csv"


def _issued_certificates(register: Register, book: Rulebook, on: date) -> pd.DataFrame:
    """The certificates of a status that had been given by the day, with days as dates.

    A later one would hide that an earlier one was about to lapse.
    """
    if register.certificates is None:
        return pd.DataFrame({"firm": [], "since": [], "until": []})
    rows = known_rows(table_of("register_certificates"), register.certificates, {}, on)
    rows = rows[rows.status == book.id]
    return rows.assign(since=pd.to_datetime(rows.since), until=pd.to_datetime(rows.until))


def _judged(
    register: Register, book: Rulebook, on: date, certificates: pd.DataFrame
) -> pd.DataFrame:
    """The verdict on every firm, its stage, and whether it holds a certificate."""
    firms = register.enterprises
    verdicts = judge_frame(firms, book, on)
    near = np.where(verdicts.failing <= 1, "near", "far")
    stage = verdicts.outcome.map(STAGE_OF)
    ids = firms.firm.astype(str)
    holders = valid_certificates(certificates, on).firm.astype(str) if len(certificates) else []
    return verdicts.assign(
        firm=ids, status=book.id, stage=stage.where(stage.notna(), near), holds=ids.isin(holders)
    )


def _pipeline(judged: pd.DataFrame, status: str, count: Counter) -> Iterator[StageCount]:
    """The firms at each stage; one that shows none has no row."""
    for stage in STAGES:
        firm_count = count(judged.firm[judged.stage == stage])
        if firm_count.value:
            yield StageCount(status, stage, firm_count)


def _expiring(
    certificates: pd.DataFrame, judged: pd.DataFrame, status: str, on: date
) -> Iterator[ExpiringCertificate]:
    """Certificates that end within half a year, soonest first, and how the firm stands today."""
    if not len(certificates) or judged.empty:
        return
    day = pd.Timestamp(on)
    last = certificates.sort_values("until").drop_duplicates("firm", keep="last")
    soon = last[(last.until >= day) & (last.until <= day + SOON)]
    outcome = dict(zip(judged.firm, judged.outcome, strict=True))
    for name, until in zip(soon.firm.astype(str), soon.until, strict=True):
        ends = until.date()
        yield ExpiringCertificate(name, status, ends, (ends - on).days, outcome.get(name, ""))


def _findings(
    register: Register, books: Sequence[Rulebook], on: date, about: Counter | None
) -> Iterator[Finding]:
    """Findings on the register, on statuses without a verdict, and on counts made inexact."""
    ids, certificates = set(register.enterprises.firm.astype(str)), register.certificates
    if register.invented:
        yield RegisterInvented()
    if about is None:
        yield RegisterJudged(n=len(ids), as_of=on)
    else:
        yield RegisterJudgedAbout(n=all_firms(about, ids), as_of=on)
        yield CountsAbout(base=BASE, most=REACH)
    if register.on is not None and register.on > on:
        yield RegisterFactsLater(as_of=on, day=register.on)
    for book in books:
        if refused := refusal(book, on):
            yield StatusNoText(status=book.id, since=refused.start, day=on)
        elif not book.in_force(on):
            yield StatusNotInForce(status=book.id, day=on)
    if certificates is not None:
        strange = set(certificates.firm.astype(str)) - ids
        if strange and about is None:
            yield CertificatesWithoutFirm(n=len(strange))
        elif strange:
            yield CertificatesWithoutFirmSome()
