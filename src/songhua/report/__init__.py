"""The report: one self-contained HTML page that shows Results and computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from songhua.plan import Plan
    from songhua.region import Region
    from songhua.results import Finding, Result
    from songhua.rules import RemediationPlan, Rulebook

__all__ = ["FORMATS", "KINDS", "document", "firm_html", "html", "tables"]

FORMATS = ("html", "docx", "pdf")
KINDS = ("monthly", "annual", "midterm")


def html(
    region: Region,
    plan: Plan | None,
    results: Mapping[str, Result],
    skipped: Sequence[Finding] = (),
    lang: str = "en",
    sections: Sequence[str] = (),
) -> str:
    """The whole report as one HTML page, in English (`en`) or Simplified Chinese (`zh`).

    The page fetches nothing: style, charts and the font for its characters stand inside. The
    same region and results give the same bytes. `sections` picks some by their names.

    Raises:
        SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show.
    """
    from songhua.report.page import page

    return page(region, plan, results, skipped, lang, sections)


def tables(
    region: Region,
    plan: Plan | None,
    results: Mapping[str, Result],
    skipped: Sequence[Finding] = (),
    lang: str = "en",
) -> bytes:
    """All tables of the results as an XLSX, with formats, units, findings and sources.

    The same region and results give the same bytes.

    Raises:
        SonghuaError: `extra_missing`, without the extra `excel`; `sheet_too_long`.
    """
    from songhua.report.view import View
    from songhua.report.workbook import workbook

    return workbook(View(region, plan, results, tuple(skipped), lang))


def document(
    region: Region,
    plan: Plan | None,
    results: Mapping[str, Result],
    day: date,
    lang: str = "en",
    form: str = "html",
    kind: str = "monthly",
    period: str = "",
) -> bytes:
    """A report of a period, as an HTML page, a DOCX or a PDF.

    For `kind` monthly `results` holds `month`, `diagnose` and, with a plan, `track`; for the
    evaluations `annual` and `midterm` of `period` it holds `track`. `day` is the last one of the
    period and stands in the properties of a DOCX or PDF.

    Raises:
        SonghuaError: `extra_missing`, for a DOCX or PDF without the extra `report`.
    """
    from songhua.report.view import View

    view = View(region, plan, results, (), lang)
    if kind == "monthly":
        from songhua.report.monthly import monthly

        blocks = monthly(view)
    else:
        from songhua.report.evaluation import evaluation

        blocks = evaluation(view, kind, period)
    if form == "docx":
        from songhua.report.word import word

        return word(view, blocks, day)
    if form == "pdf":
        from songhua.report.pdf import pdf

        return pdf(view, blocks, day)
    from songhua.report.writing import html as page

    return page(view, blocks).encode()


def firm_html(
    name: str,
    books: Mapping[str, Rulebook],
    plans: Mapping[str, RemediationPlan],
    lang: str = "en",
    invented: bool = False,
) -> str:
    """The page of one firm: by status the verdict, clauses, missing facts, the remediation plan.

    Made of the same parts as the report, and as self-contained. `books` and `plans` are by
    rulebook; an `invented` firm is labelled so in every heading and table.
    """
    from songhua.report.firm import page

    return page(name, books, plans, lang, invented)
