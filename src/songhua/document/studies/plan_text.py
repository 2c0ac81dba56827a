"""The source article, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from songhua import results
from songhua.document.blocks import Block, Paragraph
from songhua.document.studies import listing
from songhua.document.studies.findings import claims_named
from songhua.document.tables import grid, records
from songhua.format.cells import Row
from songhua.format.text import Link, Mark, Text
from songhua.format.view import View
from songhua.messages import Words

BLOCKS = listing("plan_text", 310, "")

# The section of the report that shows a table of a study.
PLACES = {
    "system": "sizes",
    "industries": "glance",
    "structure": "sizes",
    "sums": "sizes",
    "growth_contributions": "growth",
    "changes": "growth",
    "turning_points": "growth",
    "single_periods": "growth",
    "expectations": "growth",
    "availability": "availability",
    "conflicts": "availability",
    "claims": "claims",
    "claim_numbers": "claims",
    "figures": "figures",
    "counts": "figures",
}


@BLOCKS("full")
def plan_text(view: View) -> Iterator[Block]:
    """The table of the sentences; each study links to the section that answers it."""
    if view.plan is None or view.plan.seed_map.empty:
        return
    yield Paragraph(view.say("plan_text_intro"), "lede")
    rows = [_row(view, row) for row in records(view.plan.seed_map)]
    heads = view.heading("n", "says", "study", "state", "note")
    yield grid(view.say("section_plan_text"), heads, rows, {0}, kind="prose")


def _row(view: View, row: Row) -> list[Text]:
    state = Mark("state", row["state"], view.choice("state", row["state"]))
    return [
        str(row["n"]),
        Words.of(row, "says")(view.lang),
        _study(view, row),
        (state,),
        claims_named(view, Words.of(row, "note")(view.lang)),
    ]


def _study(view: View, row: Row) -> Text:
    """The study, and the table of it that answers the sentence."""
    study, name = str(row["study"]), str(row["table"])
    study_name = view.choice("study", study)
    if name not in PLACES or study not in view.results:
        return study_name
    tables = results.tables(study)
    title = tables[name].title(view.lang) if name in tables else ""
    label = title or view.say(f"section_{PLACES[name]}")
    return (study_name + view.written.colon, Link(label, PLACES[name]))
