"""One region beside three others: a profile, and the ranks with what rounding leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import profile as charts
from songhua.document.charts import standing
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, table
from songhua.format.order import falling, rising
from songhua.format.view import View
from songhua.region.observations import grouped
from songhua.studies.diagnose.parts_change import PartChange
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.studies.diagnose.spatial_concentration import Concentration
from songhua.studies.diagnose.specialisation import SpecialisationIndex

BLOCKS = listing("peers", 600, "diagnose")

THREE = 3
MOST = 5
#: The axis, the title and the forms of a profile's charts.
PROFILES = (
    ("share_whole", "chart_profile_share", ("share",)),
    ("growth_plain", "chart_profile_average", ("average_growth",)),
    ("growth_plain", "chart_profile_growth", ("growth",)),
)


@BLOCKS("full")
def peers(view: View) -> Iterator[Block]:
    """The profile's two charts, the table of ranks, and what the structure is like."""
    rows = view.rows("diagnose", "peers", PeerFigure)
    if not any(row.of > 1 for row in rows):
        return
    near, distance = nearest(view)
    yield Paragraph(view.say("peers_lede", region=view.region.name(view.lang)), "lede")
    if near:
        names = view.join(_with_distance(view, near, distance))
        yield Paragraph(view.say("peers_nearest" if distance else "peers_first", list=names))
    compared = {row.region for row in rows}
    beside = [id for id in view.region.places_of("parent") if id in compared]
    regions = [view.region.code, *near, *beside]
    drawn = standing.standing(view, standing.standings(view, rows))
    note = view.say("standing_note", region=view.region.name(view.lang))
    yield Figure(view.say("chart_standing"), drawn, note)
    yield from _charts(view, rows, regions)
    yield from section_findings(view, "peers")
    yield from _tables(view, [row for row in rows if row.region in regions])


def _charts(view: View, rows: Sequence[PeerFigure], regions: list[str]) -> Iterator[Block]:
    """Of each indicator: shares, and growth on average or as published."""
    for at, (indicator, group) in enumerate(grouped(rows, "indicator").items()):
        for axis, words, forms in PROFILES:
            of_form = [row for row in group if row.form in forms]
            covered = {row.region for row in of_form}
            places = [id for id in regions if id in covered][:MOST]
            if of_form:
                name = view.name("indicators", indicator)
                title = view.say(
                    "chart_of", chart=view.say(words), what=name, period=_period(view, of_form[0])
                )
                drawn = charts.profile(view, of_form, places, axis, title, at)
                yield Figure(title, drawn)


def nearest(view: View) -> tuple[list[str], dict[str, float]]:
    """The three comparison regions of the nearest structure; else the first three there are.

    Nearest by the indicator that tells the most industries apart.
    """
    compared = view.region.places_of("comparison")
    rows = [
        row
        for row in view.rows("diagnose", "specialisation", SpecialisationIndex)
        if row.region == view.region.code and row.reference in compared
    ]
    finest = max(rows, key=lambda row: row.industries, default=None)
    rows = [row for row in rows if finest and row.indicator == finest.indicator]
    distance: dict[str, float] = {}
    for row in sorted(rows, key=lambda row: rising(row.value.value)):
        distance.setdefault(row.reference, row.value.value)
    if distance:
        distance = dict(list(distance.items())[:THREE])
        return list(distance), distance
    ranked = {row.region for row in view.rows("diagnose", "peers", PeerFigure)}
    return [id for id in compared if id in ranked][:THREE], {}


def _with_distance(view: View, near: list[str], distance: dict[str, float]) -> list[str]:
    names = [view.name("places", id) for id in near]
    return [
        f"{name} {view.number(distance[id], 3)}" if id in distance else name
        for name, id in zip(names, near, strict=True)
    ]


def _tables(view: View, ranked: Sequence[PeerFigure]) -> Iterator[Block]:
    """Ranks, structure in the last period, and concentration, the most uneven first."""
    period = TextColumn[PeerFigure](view.heading("period")[0], lambda row: _period(view, row))
    extra = ("other_value", "other_rank") if any(row.other for row in ranked) else ()
    yield table(
        view,
        "diagnose",
        "peers",
        ("industry", "indicator", "form", period, "region", "value", "rank", "of", *extra),
        ranked,
    )
    parts = view.rows("diagnose", "parts", PartChange)
    if parts:
        columns = ("place", "indicator", "before", "level_before", "period", "level", "change")
        columns += ("share_before", "share", "special", "quotient")
        yield table(view, "diagnose", "parts", columns, parts)
    structure = view.rows("diagnose", "specialisation", SpecialisationIndex)
    if structure:
        columns = ("region", "indicator", "period", "measure", "value", "industries", "reference")
        ends = {row.indicator: row.period for row in structure}
        last = [row for row in structure if row.period == ends[row.indicator]]
        yield table(view, "diagnose", "specialisation", columns, last)
    uneven = view.rows("diagnose", "concentration", Concentration)
    if uneven:
        yield table(
            view,
            "diagnose",
            "concentration",
            ("industry", "indicator", "period", "gini", "se", "places", "top", "ellison_glaeser"),
            sorted(uneven, key=lambda row: falling(row.gini)),
        )


def _period(view: View, row: PeerFigure) -> str:
    """The period, or the first and the last of an average."""
    period = view.period(row.period)
    return f"{view.period(row.start)}–{period}" if row.start else period
