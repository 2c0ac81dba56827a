"""The founding text, sentence by sentence."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from songhua.document.report.glance import claims_linked
from songhua.format.view import Table, View

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
    "availability": "coverage",
    "conflicts": "coverage",
    "claims": "claims",
    "claim_numbers": "claims",
    "figures": "figures",
    "counts": "figures",
}


def seed(view: View) -> dict[str, Any]:
    """The table of the sentences; each study links to the section that answers it."""
    if view.plan is None or view.plan.seed_map.empty:
        return {"table": None}
    rows = [_row(view, row) for row in view.plan.seed_map.to_dict("records")]
    heads = view.heading("n", "says", "study", "state", "note")
    return {"table": Table(view.say("section_seed"), heads, rows, frozenset({0}))}


def _row(view: View, row: dict[Any, Any]) -> list[str]:
    study = escape(view.choice("study", row["study"]))
    place = PLACES.get(str(row["table"]))
    if place:
        table = _table_name(view, str(row["study"]), str(row["table"]))
        study += Markup(': <a href="#{}">{}</a>').format(place, table)
    state = Markup('<span class="state s-{}">{}</span>')
    return [
        str(row["n"]),
        str(row[f"says_{view.lang}"]),
        study,
        state.format(row["state"], view.choice("state", row["state"])),
        claims_linked(view, str(row[f"note_{view.lang}"])),
    ]


def _table_name(view: View, study: str, table: str) -> str:
    from songhua import schema

    try:
        return schema.results(study)[table].title(view.lang)
    except (KeyError, FileNotFoundError):
        return view.say(f"section_{PLACES[table]}")
