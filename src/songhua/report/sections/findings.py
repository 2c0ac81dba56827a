"""What to know first: every finding, grouped."""

from __future__ import annotations

from typing import Any

from songhua.report.sections.glance import item
from songhua.report.view import View

GROUPS = ("facts", "conflicts", "gaps", "verdicts")
_CONFLICTS = ("total_mixes", "n_", "claim_sources_differ", "parts_do_not_sum")
_GAPS = ("industries_without", "definition_own", "stale", "rows_left", "view_hides", "no_",
         "study_skipped", "claim_number_missing")  # fmt: skip
_VERDICTS = ("claim", "contributions_", "expectation_")


def group(code: str) -> str:
    """The group of a finding's code.

    >>> group("n_sources_conflict"), group("stale"), group("claim_inconsistent"), group("other")
    ('conflicts', 'gaps', 'verdicts', 'facts')
    """
    for name, starts in (("conflicts", _CONFLICTS), ("gaps", _GAPS), ("verdicts", _VERDICTS)):
        if code.startswith(starts):
            return name
    return "facts"


def findings(view: View) -> dict[str, Any]:
    """The groups that have findings, each with its heading."""
    sorted_out: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for found in view.findings():
        sorted_out[group(found.code)].append(item(view, found))
    return {
        "groups": [
            {"id": name, "title": view.say(f"findings_{name}"), "items": items}
            for name, items in sorted_out.items()
            if items
        ]
    }
