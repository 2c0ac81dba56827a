"""Firms by law on a terminal: a register's pipeline, counts and lapses; else published counts."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Points
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.tables import Made, records, table
from songhua.format.cells import Row
from songhua.format.view import View
from songhua.format.words import published


@screen("certify")
def register(view: View) -> Iterator[Block]:
    """Findings, pipeline, counts of certificates, what expires, and published counts."""
    yield from findings(view, "certify")
    n = Made(view.word("head_firms"), lambda row: _firms(view, row), numeric=True)
    month = Made(view.heading("lapse_month")[0], lambda row: _month(view, row))
    yield table(view, "certify", "pipeline", ("status", "stage", n))
    yield table(view, "certify", "counts", ("status", "by", "group", n, "growth"))
    yield table(view, "certify", "expiry_counts", ("status", month, n))
    yield from _published(view)


@screen("certify", brief=True)
def pipeline(view: View) -> Iterator[Block]:
    """Findings and the pipeline."""
    yield from findings(view, "certify")
    n = Made(view.word("head_firms"), lambda row: _firms(view, row), numeric=True)
    yield table(view, "certify", "pipeline", ("status", "stage", n))


def _published(view: View) -> Iterator[Block]:
    rows = records(view.table("certify", "published"))
    if rows:
        yield Points([published(row, view.region, view.lang) for row in rows], kind="plain")


def _firms(view: View, row: Row) -> str:
    """A number of firms; a word where it is too small to be shown."""
    return f"{row['firms']:.0f}" if row["shown"] else view.word("cell_hidden")


def _month(view: View, row: Row) -> str:
    return view.period(row["month"]) if row["month"] else view.say("lapse_again")
