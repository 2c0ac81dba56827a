"""One figure and one source: all that is recorded of each, and what leads to and from it."""

from __future__ import annotations

from collections.abc import Iterator

from songhua import results, schema
from songhua.document.blocks import Block, Facts, Paragraph, Section, Table
from songhua.document.tables import grid
from songhua.format.cells import Row, cell
from songhua.format.numbers import as_printed
from songhua.format.text import Link, Text, joined
from songhua.format.view import View, obs, src
from songhua.labels.lookup import refuse_absent
from songhua.messages import Words
from songhua.region.observations import Observation

#: The labels that figures of the same quantity share.
ABOUT = ("indicator", "region", "industry", "entity", "period")


def figure(view: View, id: str) -> Section:
    """A figure as recorded, others of the same, and the tables that rest on it.

    Raises:
        SonghuaError: `observation_unknown`.
    """
    row, figures = view.observation(id), view.region.figures
    of = figures.all_rows[figures.places[id]]
    blocks = [*_recorded(view, row, of), *_same(view, of), *_resting(view, id)]
    return Section(obs(id), view.name("indicators", of.indicator), blocks)


def source(view: View, id: str) -> Section:
    """A source as recorded.

    Raises:
        SonghuaError: `label_unknown`, with the name that is near.
    """
    refuse_absent("sources", view.region.sources, id)
    entry = view.region.sources[id]
    described = schema.table("sources")
    pairs: list[tuple[Text, Text]] = []
    for column in described.columns:
        value = entry.get(column.name)
        if value in (None, "", (), {}) or column.name.startswith("title"):
            continue
        text = str(value)
        linked = text.startswith(("http://", "https://"))
        content: Text = (Link(text, text),) if linked else cell(view, column, entry).text
        pairs.append((column.heading(view.lang), content))
    return Section(src(id), view.name("sources", id), [Facts(pairs, frozenset(range(len(pairs))))])


def _recorded(view: View, row: Row, figure: Observation) -> Iterator[Block]:
    """Each column of the figure by its heading, and how it is defined."""
    pairs: list[tuple[Text, Text]] = []
    for column in schema.table("observations").columns:
        text = str(row[column.name])
        if not text or (column.name == "industry" and text == "all") or column.name == "value":
            continue
        content = cell(view, column, row).text
        if column.name == "unit":
            content = as_printed(figure.printed, view.lang)
            pairs.append((view.heading("printed")[0], content))
            continue
        pairs.append((column.heading(view.lang), content))
    pairs.append((view.heading("grade")[0], view.grade(figure.grade)))
    pairs.append((view.heading("where")[0], view.region.place_of(figure.id)))
    yield Facts(pairs, frozenset(range(len(pairs))))
    definition = view.region.indicators[figure.indicator]["definition"]
    yield Paragraph(Words.of(definition)(view.lang), "note")
    if figure.superseded:
        yield Paragraph(view.say("corrected"), "note")


def _same(view: View, figure: Observation) -> Iterator[Table]:
    """Other figures of the same: other sources, vintages, kinds and corrections."""
    about = {name: getattr(figure, name) for name in ABOUT}
    alternatives = view.region.figures.observations.select(**about)
    cells: list[list[Text]] = [
        [
            (Link(as_printed(row.printed, view.lang), obs(row.id)),),
            view.choice("kind", row.kind),
            joined([view.name("tags", tag) for tag in (row.vintage, row.scope) if tag]),
            view.source(row.source),
            view.period(row.recorded),
        ]
        for row in alternatives
        if row.id != figure.id
    ]
    if cells:
        heads = view.heading("printed", "kind", "vintage", "source", "recorded")
        yield grid(view.say("same_figures"), heads, cells)


def _resting(view: View, id: str) -> Iterator[Block]:
    """The tables of results with rows that rest on the figure."""
    cells: list[list[Text]] = []
    for study, result in view.results.items():
        for name, frame in result.tables.items():
            described = results.tables(study)[name]
            for column in described.columns:
                if column.type != "observations" or column.name not in frame:
                    continue
                if n := sum(id in str(text).split() for text in frame[column.name]):
                    title = (Link(described.title(view.lang), f"rests-{study}-{name}-{id}"),)
                    cells.append([view.choice("study", study), title, view.show(float(n), "count")])
    if not cells:
        yield Paragraph(view.say("rests_nothing"), "empty")
        return
    heads = view.heading("study", "table", "how_many")
    yield grid(view.say("rests_on_it"), heads, cells, (2,))
