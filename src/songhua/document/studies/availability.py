"""Conflicts, one quantity under two names, what is not alike, how far the series reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import tallies
from songhua.document.studies import listing
from songhua.document.tables import TextColumn, table
from songhua.format.view import View
from songhua.region import SETTLED
from songhua.results import Estimate
from songhua.studies.diagnose.availability import BestFigure, SeriesAvailability
from songhua.studies.diagnose.conflicts import Conflict

BLOCKS = listing("availability", 710, "diagnose")

ALIKE, NAMES = "not_comparable", "names_differ"
MOST_ROWS = 24
LEAST_YEARS = 3
MOST_NAMES = 60


@BLOCKS("full")
def availability(view: View) -> Iterator[Block]:
    """The conflicts, the matrix of years and the table of series."""
    say, rows = view.say, view.rows("diagnose", "conflicts", Conflict)
    place = TextColumn[Conflict](view.heading("region")[0], lambda row: _where(view, row))
    yield Paragraph(say("conflicts_intro"), "lede")
    yield table(
        view,
        "diagnose",
        "conflicts",
        ("code", "indicator", place, "period", "least", "most", "observations"),
        [row for row in rows if row.code not in (ALIKE, NAMES)],
        fold="",
    )
    yield from _names(view, [row for row in rows if row.code == NAMES])
    yield table(
        view,
        "diagnose",
        "conflicts",
        ("indicator", "other", "region", "period", "observations"),
        [row for row in rows if row.code == ALIKE],
        title=view.choice("conflict", ALIKE),
    )
    yield Paragraph(say("availability_intro"), "lede")
    description = say("chart_availability_desc", region=view.region.name(view.lang))
    yield Figure(say("chart_availability"), tallies.years(view, years(view)), description)
    age = TextColumn[SeriesAvailability](
        view.heading("age")[0], lambda row: _age(view, row), numeric=True
    )
    yield table(
        view,
        "diagnose",
        "availability",
        ("indicator", "region", "industry", "periods", "first", "last", age, "state", "grade"),
        view.rows("diagnose", "availability", SeriesAvailability),
    )


def _names(view: View, rows: list[Conflict]) -> Iterator[Block]:
    """One quantity under two names: where its figures differ, those of the region itself first."""
    if not rows:
        return
    place = TextColumn[Conflict](view.heading("region")[0], lambda row: _where(view, row))
    rows = sorted(rows, key=lambda row: (row.region != view.region.code, row.industry != "all"))
    cut = len(rows) > MOST_NAMES
    note = view.say("names_differ_note", n=len(rows), shown=MOST_NAMES) if cut else ""
    yield table(
        view,
        "diagnose",
        "conflicts",
        ("indicator", "value", "other", "other_value", place, "period", "observations"),
        rows[:MOST_NAMES],
        title=view.choice("conflict", NAMES),
        fold="",
        note=note,
    )


def years(view: View) -> list[tuple[str, int]]:
    """Indicator and year of each full-year figure on the region as a whole, fullest first."""
    rows = [
        row
        for row in view.rows("diagnose", "figures", BestFigure)
        if row.region == view.region.code
        and row.industry == "all"
        and not row.entity
        and row.kind in SETTLED
    ]
    pairs = dict.fromkeys(
        (row.indicator, row.period.end.year if row.period.kind != "plan" else 0) for row in rows
    )
    counts = Counter(id for id, _ in pairs).most_common(MOST_ROWS)
    rank = {id: at for at, (id, n) in enumerate(counts) if n >= LEAST_YEARS}
    placed = sorted((rank[id], year, id) for id, year in pairs if id in rank and year)
    return [(view.name("indicators", id), year) for _, year, id in placed]


def _where(view: View, row: Conflict) -> str:
    """The place, and the industry and entity where there are any."""
    names = [view.name("industries", row.industry)] if row.industry not in ("", "all") else []
    names += [view.name("entities", row.entity)] if row.entity else []
    return view.join([view.name("places", row.region), *names])


def _age(view: View, row: SeriesAvailability) -> str:
    """The years since a series ended, to a tenth."""
    return view.show(Estimate(row.age, row.age - 0.05, row.age + 0.05), "")
