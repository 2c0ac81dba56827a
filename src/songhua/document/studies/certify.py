"""Firms by law: a register's pipeline, certificates and lapses; else the published counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from songhua import results
from songhua.document.blocks import Block, Figure, Paragraph, Points, Table
from songhua.document.charts import certify as charts
from songhua.document.studies import all_findings, listing
from songhua.document.studies.claims import computed
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, table
from songhua.format.numbers import known
from songhua.format.text import Link, Strong, Text
from songhua.format.view import DASH, View, anchor
from songhua.format.words import published, published_growth
from songhua.maths.disclosure import BASE, REACH
from songhua.studies.certify.counts import FirmCount, StageCount
from songhua.studies.certify.finding_kinds import (
    CertificatesWithoutFirm,
    CertificatesWithoutFirmSome,
    CountsAbout,
    RegisterAbsent,
    RegisterInvented,
    RegisterJudged,
    RegisterJudgedAbout,
    StatusNoText,
    StatusNotInForce,
)
from songhua.studies.certify.published import PublishedCount
from songhua.studies.claims.rows import CheckedClaim

BLOCKS = listing("certify", 500)

#: The findings that head the section, in their order.
FIRST = (
    RegisterInvented,
    RegisterJudged,
    RegisterJudgedAbout,
    CountsAbout,
    RegisterAbsent,
    StatusNotInForce,
    StatusNoText,
    CertificatesWithoutFirm,
    CertificatesWithoutFirmSome,
)


@BLOCKS("full")
def certify(view: View) -> Iterator[Block]:
    """Findings first, then charts and tables; every one says so where the register is invented."""
    pipeline = view.rows("certify", "pipeline", StageCount)
    counts = view.rows("certify", "published", PublishedCount)
    findings = view.results["certify"].findings if "certify" in view.results else ()
    judged = any(isinstance(finding, (RegisterJudged, RegisterJudgedAbout)) for finding in findings)
    if not (judged or counts):
        return
    sentences = [
        view.sentence(finding)
        for kind in FIRST
        for finding in findings
        if isinstance(finding, kind)
    ]
    yield from (
        Paragraph((Strong(text),) if at == 0 else text, "lede") for at, text in enumerate(sentences)
    )
    yield from section_findings(view, "certify", FIRST)
    if judged:
        yield Paragraph(view.say("certify_lede"), "lede")
        invented = any(isinstance(finding, RegisterInvented) for finding in findings)
        yield from _register(view, pipeline, invented)
    fold = "closed" if judged else "open"
    tables = (_published(view, counts), _claims(view, counts))
    yield from (replace(part, fold=fold) for part in tables if part.rows)


def _register(view: View, pipeline: Sequence[StageCount], invented: bool) -> Iterator[Block]:
    """Charts and tables of a register."""
    counts = view.rows("certify", "counts", FirmCount)
    mark = view.say("invented_mark") if invented else ""
    note = about(view)
    title = _title(view, view.say("chart_pipeline"), invented)
    yield Figure(title, charts.pipeline(view, pipeline, title, mark), note)
    title = _title(view, view.say("chart_certificates"), invented)
    yield Figure(title, charts.by_year(view, counts, title, mark), note)
    tables = [
        table(view, "certify", "pipeline", ("status", "stage", "firms"), note=note, fold="open"),
        *_counts(view, counts, note),
        table(view, "certify", "expiry_counts", ("status", "month", "firms"), note=note),
    ]
    yield from (
        replace(part, title=_title(view, part.title, invented)) for part in tables if part.rows
    )


def about(view: View) -> str:
    """The note below a table of numbers of firms that are not exact; else nothing."""
    findings = view.results["certify"].findings
    moved = any(isinstance(finding, CountsAbout) for finding in findings)
    return view.say("counts_about_note", base=BASE, most=REACH) if moved else ""


def _counts(view: View, counts: Sequence[FirmCount], note: str) -> Iterator[Table]:
    """A table each by year (with growth), district and industry."""
    column = results.tables("certify")["counts"].column("group")
    for by in ("year", "district", "industry"):
        heading = view.heading(by)[0]
        of = column.catalogue_of({"by": by}.__getitem__)
        group = TextColumn[FirmCount](heading, lambda row, of=of: view.name(of, row.group))
        columns = ("status", group, "firms", *(("growth",) if by == "year" else ()))
        title = view.say("certified_by", by=view.choice("by", by))
        rows = [row for row in counts if row.by == by]
        yield table(view, "certify", "counts", columns, rows, title=title, note=note)


def _title(view: View, title: str, invented: bool) -> str:
    return view.say("invented_title", title=title) if invented else title


def _published(view: View, counts: Sequence[PublishedCount]) -> Table:
    """The published counts, with the growth printed beside them."""
    growth = TextColumn[PublishedCount](
        view.heading("growth_published")[0],
        lambda row: published_growth(row, view.lang) if known(row.growth) else DASH,
        numeric=True,
    )
    columns = ("status", "region", "period", "kind", "value", growth, "observations")
    return table(view, "certify", "published", columns, counts)


def _claims(view: View, counts: Sequence[PublishedCount]) -> Table:
    """The claims that rest on the published counts, with their verdicts."""
    listed = {id for row in counts for id in row.observations}
    claims = view.rows("claims", "claims", CheckedClaim)
    claim, numbers = view.heading("claim", "computed")
    columns = (
        TextColumn[CheckedClaim](claim, lambda row: _claim(view, row.claim)),
        "verdict",
        TextColumn[CheckedClaim](numbers, lambda row: computed(view, row) or DASH),
    )
    rows = [row for row in claims if listed & set(row.observations)]
    return table(view, "claims", "claims", columns, rows, title=view.say("published_claims"))


def _claim(view: View, id: str) -> Text:
    """A claim's sentence, leading to where it is checked."""
    return (Link(view.name("claims", id), anchor("claim", id)),)


@BLOCKS("sentence", "short")
def pipeline(view: View) -> Iterator[Block]:
    """Findings and the pipeline."""
    yield from all_findings(view, "certify")
    yield table(view, "certify", "pipeline", ("status", "stage", "firms"))


@BLOCKS("short")
def counts(view: View) -> Iterator[Block]:
    """Counts of certificates, what expires, and published counts."""
    columns = ("status", "by", "group", "firms", "growth")
    yield table(view, "certify", "counts", columns, view.rows("certify", "counts", FirmCount))
    yield table(view, "certify", "expiry_counts", ("status", "month", "firms"))
    if rows := view.rows("certify", "published", PublishedCount):
        yield Points([published(row, view.region, view.lang) for row in rows], kind="plain")
