"""A whole run on a terminal: every study in brief, the source article, what was skipped."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Points
from songhua.document.studies import of_study
from songhua.document.tables import grid, records
from songhua.format.view import View
from songhua.messages import Words


def run(view: View) -> Iterator[Block]:
    """The brief, every study in short, how the source article is answered, and what was skipped."""
    for study in sorted(view.results, key=lambda name: name != "brief"):
        yield from of_study(view, study, brief=True)
    if view.plan is not None and len(view.plan.seed_map):
        yield Heading(1, view.word("title_seed_map"))
        heads = ["#", *(view.word(f"head_{name}") for name in ("sentence", "study", "state"))]
        rows = [
            [
                str(row["n"]),
                Words.of(row, "says")(view.lang),
                view.choice("study", row["study"]),
                view.choice("state", row["state"]),
            ]
            for row in records(view.plan.seed_map)
        ]
        yield grid("", heads, rows, {0})
    # what a folder without studies lacks is told by the brief
    notes = view.skipped if set(view.results) - {"brief"} else view.no_answers
    if notes:
        yield Points([view.sentence(finding) for finding in notes])
