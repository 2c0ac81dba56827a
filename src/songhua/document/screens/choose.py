"""The choice of industries on a terminal: what may come, the plan's choices, the record."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.tables import table
from songhua.format.view import View
from songhua.studies.choose.candidates import Candidate

ODDS = ("industry", "quotient", "odds", "one_in", "base_rate")
#: Lists that a screen shows with their odds, and how many rows of each.
LISTS, MOST = ("enter", "at_risk", "no_odds", "long_shot", "secure"), 8


@screen("choose")
def choices(view: View) -> Iterator[Block]:
    """Findings, since they say what the odds rest on; the lists; the plan's own choices."""
    title = f"{view.region.name(view.lang)} · {view.choice('study', 'choose')}"
    yield from findings(view, "choose", title)
    rows = view.rows("choose", "candidates", Candidate)
    for name in LISTS:
        own = [row for row in rows if row.list == name][:MOST]
        if own:
            yield Heading(1, view.choice("choice_list", name))
            yield table(view, "choose", "candidates", ODDS, own, title="")
    if len(view.table("choose", "plan_choices")):
        yield Heading(1, view.title("choose", "plan_choices"))
        yield table(view, "choose", "plan_choices", ("industry", "role", "verdict", "odds"))
