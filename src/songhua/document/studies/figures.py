"""All figures by indicator, the sources, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat
from typing import TypeAlias

from songhua.document.blocks import Block, Fold, Heading, Paragraph, Table
from songhua.document.studies import listing
from songhua.document.studies.findings import claims_named
from songhua.document.tables import grid, records
from songhua.format.labels import source
from songhua.format.numbers import as_printed, known
from songhua.format.text import Break, Foreign, Link, Part, Small, Text, joined, parts
from songhua.format.view import DASH, View, obs, src
from songhua.messages import Words
from songhua.region.observations import Observation
from songhua.results import Estimate
from songhua.studies.diagnose.availability import BestFigure

BLOCKS = listing("figures", 730, "")

#: A figure, and its number with its ends in the unit in which it is printed.
Recorded: TypeAlias = tuple[Observation, Estimate, str]


@BLOCKS("full")
def figures(view: View) -> Iterator[Block]:
    """Groups by indicator in the order of the catalogue, then sources, then rows left out."""
    say = view.say
    yield Paragraph(say("figures_intro", also=say("also_printed")), "lede")
    yield Paragraph(view.explained(["bound", "identity"]), "signs")
    best = {row.observation: row for row in view.rows("diagnose", "figures", BestFigure)}
    by_indicator: dict[str, list[Recorded]] = {id: [] for id in view.region.indicators}
    recorded = view.region.figures.observations
    cells = (recorded.frame[name].tolist() for name in ("number", "low", "high"))
    numbers = map(Estimate, *cells, repeat("bound"))
    for row, number, unit in zip(recorded, numbers, recorded.frame.unit, strict=True):
        by_indicator.setdefault(row.indicator, []).append((row, number, unit))
    for id, rows in by_indicator.items():
        if rows:
            yield _group(view, id, sorted(rows, key=_order), best)
    yield Heading(2, view.heading("source")[0], "sources")
    yield _sources(view)
    yield Heading(2, say("left_out"), "left-out")
    left_out = _left_out(view)
    yield left_out if left_out.rows else Paragraph(say("left_out_none"), "empty")


def _group(view: View, id: str, rows: Sequence[Recorded], best: Mapping[str, BestFigure]) -> Fold:
    """An indicator: its definition, and each of its observations in a row."""
    cells = [_row(view, row, best.get(row[0].id)) for row in rows]
    heads = view.heading("figure", "period", "kind", "value", "printed", "source", "grade")
    name = view.name("indicators", id)
    table = replace(grid(name, heads, cells, (3, 4)), ids=[obs(row.id) for row, *_ in rows])
    note = Words.of(view.region.indicators[id]["definition"])(view.lang)
    summary = view.say("caption", title=name, n=len(rows))
    return Fold(summary, [Paragraph(note, "note"), table], kind="slim")


def _order(recorded: Recorded) -> tuple[str, str, str, date, date]:
    row = recorded[0]
    return row.region, row.industry, row.entity, row.period.end, row.period.start


def _bounds(number: Estimate, figure: BestFigure | None) -> str:
    """The kind of an observation's ends."""
    if figure is not None:
        return figure.value.kind
    low, high = number.low, number.high
    if not (known(low) and known(high)):
        return ""
    return "identity" if low == high else "bound"


def _row(view: View, recorded: Recorded, figure: BestFigure | None) -> list[Text]:
    """One observation: its labels, its value as shown and as printed, its source and address.

    A note marks an observation that is not the one shown for its figure.
    """
    row = recorded[0]
    of = [view.name("indicators", row.indicator)]
    of += [view.name("industries", row.industry)] if row.industry != "all" else []
    of += [view.name("entities", row.entity)] if row.entity else []
    of += [view.name("tags", tag) for tag in (row.vintage, row.scope) if tag]
    value = as_printed(row.printed, view.lang)
    of += [view.name("places", row.region)] if row.region != view.region.code else []
    printed = (f"{value} ", Small(view.region.place_of(row.id)))
    where: list[Text] = [(Link(source(view.region, row.source, view.lang), src(row.source)),)]
    address = str(view.region.sources[row.source]["address"])
    if _web(address):
        where.append((Link(view.heading("address")[0], address),))
    return [
        view.written.comma.join(of),
        view.period(row.period),
        view.choice("kind", row.kind),
        _amount(view, *recorded, figure),
        printed,
        joined(where),
        view.grade(view.region.grade(row.source)),
    ]


def _amount(
    view: View, row: Observation, number: Estimate, unit: str, figure: BestFigure | None
) -> Text:
    """The number with the word before it and its ends; whether it repeats or was corrected."""
    text = view.qualified(row.qualifier, view.show(number, unit))
    amount = view.amount(replace(number, kind=_bounds(number, figure)), unit, text=text)
    if figure is not None:
        return amount
    note = view.say("corrected" if row.superseded else "also_printed")
    return (*parts(amount), " ", Small(note))


def _sources(view: View) -> Table:
    """Every source with its publisher, date, grade, number of figures, and address."""
    by_source = view.region.figures.observations.by("source")
    rows: list[list[Text]] = []
    for id, entry in view.region.sources.items():
        title: tuple[Part, ...] = (view.name("sources", id),)
        if title[0] != entry["title"]:
            title += (Break(), Small((Foreign.of(str(entry["title"])),)))
        if entry["original"]:
            title += (
                Break(),
                Small(view.say("open_original") + view.written.colon + str(entry["original"])),
            )
        when = view.period(entry["published"]) if entry["published"] else view.say("undated")
        count = view.show(float(len(by_source.get(id, ()))), "count")
        rows.append(
            [
                title,
                view.region.publisher(id)(view.lang),
                when,
                view.grade(entry["grade"]),
                count,
                _address(str(entry["address"])),
            ]
        )
    heads = view.heading("title", "publisher", "published", "grade", "number", "address")
    table = grid(view.say("section_figures"), heads, rows, (4,), kind="prose")
    return replace(table, ids=[src(id) for id in view.region.sources])


def _address(address: str) -> Text:
    """A link that is followed only when it is clicked; any other scheme stays plain text."""
    return (Link(address, address),) if _web(address) else address


def _web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _left_out(view: View) -> Table:
    """Rows that were found and are not used, with the reason."""
    cells = [
        [
            row["what"],
            claims_named(view, Words.of(row, "reason")(view.lang)),
            view.source(row["source"]) if row["source"] else DASH,
        ]
        for row in records(view.region.left_out)
    ]
    heads = view.heading("what", "reason", "source")
    return grid(view.say("left_out"), heads, cells, kind="prose")
