"""Firms by law on a terminal: a register's pipeline, counts and lapses; else published counts."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Points
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.tables import table
from songhua.format.view import View
from songhua.format.words import published
from songhua.studies.certify.counts import FirmCount
from songhua.studies.certify.published import PublishedCount


@screen("certify")
def register(view: View) -> Iterator[Block]:
    """Findings, pipeline, counts of certificates, what expires, and published counts."""
    yield from findings(view, "certify")
    yield table(view, "certify", "pipeline", ("status", "stage", "firms"))
    counts = view.rows("certify", "counts", FirmCount)
    columns = ("status", "by", "group", "firms", "growth")
    yield table(view, "certify", "counts", columns, counts)
    yield table(view, "certify", "expiry_counts", ("status", "month", "firms"))
    yield from _published(view)


@screen("certify", brief=True)
def pipeline(view: View) -> Iterator[Block]:
    """Findings and the pipeline."""
    yield from findings(view, "certify")
    yield table(view, "certify", "pipeline", ("status", "stage", "firms"))


def _published(view: View) -> Iterator[Block]:
    rows = view.rows("certify", "published", PublishedCount)
    if rows:
        yield Points([published(row, view.region, view.lang) for row in rows], kind="plain")
