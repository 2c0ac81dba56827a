"""The report: one self-contained HTML page that shows Results and computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from songhua.plan import Plan
    from songhua.region import Region
    from songhua.results import Finding, Result
    from songhua.rules import Rulebook
    from songhua.rules.nearest import Way

__all__ = ["firm_html", "html"]


def html(
    region: Region,
    plan: Plan | None,
    results: Mapping[str, Result],
    skipped: Sequence[Finding] = (),
    lang: str = "en",
) -> str:
    """The whole report as one HTML page, in English (`en`) or Simplified Chinese (`zh`).

    The page fetches nothing: style, charts and the font for its characters stand inside. The
    same region and results give the same bytes.
    """
    from songhua.report.page import page

    return page(region, plan, results, skipped, lang)


def firm_html(
    name: str,
    books: Mapping[str, Rulebook],
    ways: Mapping[str, Way],
    lang: str = "en",
    invented: bool = False,
) -> str:
    """The page of one firm: by status the verdict, clauses, facts missing, the nearest way.

    Made of the same parts as the report, and as self-contained. `ways` holds by rulebook what
    `nearest` gave; an `invented` firm is labelled so in every heading and table.
    """
    from songhua.report.firm import page

    return page(name, books, ways, lang, invented)
