"""The industries of a choice as two charts: how they moved, and which regions have them alike."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.document import choices
from songhua.document.blocks import Figure
from songhua.document.charts import space as spaces
from songhua.document.charts.specification import BLUE, GREEN, ORANGE
from songhua.format.numbers import known
from songhua.format.view import View
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.space import SpaceLink

#: The colours of the lists in charts.
COLOURS = {
    "enter": BLUE,
    "at_risk": ORANGE,
    "crossed": "#d99a00",
    "watch": "#d99a00",
    "secure": GREEN,
    "long_shot": "#9aa5ae",
    "no_odds": "#9aa5ae",
    "too_small": "#c7cfd6",
    "unknown": "#c7cfd6",
}
#: The least quotient that is drawn.
LEAST = 0.1


def _colours(view: View) -> dict[str, str]:
    """The colours of the lists by their words."""
    return {view.choice("choice_list", name): colour for name, colour in COLOURS.items()}


def moves(view: View, rows: Sequence[Candidate]) -> Figure:
    """The change of quotients since the panel's first period."""
    moved = [
        spaces.Moved(
            view.name("industries", row.industry),
            row.quotient,
            row.quotient_low if known(row.quotient_low) else row.quotient,
            100 * (row.quotient / row.quotient_before - 1),
            view.choice("choice_list", row.list),
        )
        for row in rows
        if known(row.quotient) and row.quotient >= LEAST and row.quotient_before > 0
    ]
    about, title = choices.learnt(view), view.say("chart_moves")
    since = view.period(about.before) if about else ""
    drawn = spaces.moves(view, moved, since, title, _colours(view))
    return Figure(title, drawn, view.say("moves_note"))


def space(view: View, rows: Sequence[Candidate]) -> Figure:
    """The industries, linked where the same regions have them."""
    at = {row.industry: n for n, row in enumerate(rows)}
    links = [
        (at[link.industry], at[link.neighbour], link.proximity)
        for link in view.rows("choose", "links", SpaceLink)
    ]
    stars = [
        spaces.Star(
            view.name("industries", row.industry),
            row.share if known(row.share) else 0.0,
            view.choice("choice_list", row.list),
        )
        for row in rows
    ]
    title = view.say("chart_space")
    drawn = spaces.space(view, stars, links, title, _colours(view)) if links else None
    return Figure(title, drawn, view.say("space_note"))
