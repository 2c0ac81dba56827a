"""Tables to list: figures, cells of panels, sources, and the tables of results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from songhua import results, schema
from songhua.format.cells import Row, cell
from songhua.format.text import Text
from songhua.format.view import DASH, View, obs, src
from songhua.labels.lookup import refuse_absent
from songhua.schema import Column
from songhua.web.listing import columns_of


@dataclass(frozen=True)
class Rows:
    """A table to list: where a row leads to, and `texts` of columns not as their schema says."""

    title: str
    columns: Sequence[Column]
    frame: pd.DataFrame
    leads: Callable[[Row], str] | None = None
    texts: Mapping[str, Callable[[View, Row], Text]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def text(self, view: View, column: Column, row: Row) -> Text:
        """A cell as a reader reads it."""
        text_of = self.texts.get(column.name)
        return text_of(view, row) if text_of else cell(view, column, row).text


def figures(view: View) -> Rows:
    """The observations of the folder."""
    columns, rows = schema.table("observations").columns, view.region.figures.observations
    hidden = frozenset({"unit", "qualifier"})
    return Rows(
        view.word("web_page_figures"),
        columns,
        rows.frame,
        lambda row: obs(str(row["id"])),
        {"value": _recorded},
        hidden,
    )


def cells(view: View) -> Rows:
    """The cells of the panels: numbers in the units of their indicators, as they are held."""
    columns, rows = schema.table("panels").columns, view.region.figures.cells
    labels = ("indicator", "region", "industry", "unit", "period", "kind", "source", "recorded")
    numbers = {"value": rows.value, "number": rows.value, "low": rows.low, "high": rows.high}
    frame = rows.columns("status", "file", "row", "start").astype({"status": "str"})
    table = frame.assign(**{name: rows.texts(name) for name in labels}, **numbers, half_width="")
    title = view.word("web_page_cells")
    return Rows(title, columns, table, None, {"value": _cell}, frozenset({"unit"}))


def _recorded(view: View, row: Row) -> Text:
    """The number of an observation with the word before it and its unit."""
    number = results.Estimate(row["number"], row["low"], row["high"])
    text = view.show(number, str(row["unit"]))
    return view.qualified(str(row["qualifier"]), text)


def _cell(view: View, row: Row) -> Text:
    """The number of a cell with its ends and its unit; a dash where it has none."""
    number = results.Estimate(row["number"], row["low"], row["high"])
    return view.show(number, str(row["unit"])) if number.known else DASH


def sources(view: View) -> Rows:
    """The sources of the folder."""
    columns = columns_of("sources")
    names = [column.name for column in columns]
    records = [
        {"id": id} | {name: str(entry.get(name) or "") for name in names}
        for id, entry in view.region.sources.items()
    ]
    frame = pd.DataFrame(records, columns=["id", *names])
    spoken = {
        "title": lambda view, row: view.name("sources", str(row["id"])),
        "publisher": lambda view, row: view.region.publisher(str(row["id"]))(view.lang),
    }
    title = view.word("web_page_sources")
    return Rows(title, columns, frame, lambda row: src(str(row["id"])), spoken)


def result(view: View, study: str, name: str) -> Rows:
    """A table of a result.

    Raises:
        SonghuaError: `label_unknown`: no study that was run, no table of it.
    """
    refuse_absent("studies", view.results, study)
    described = results.tables(study)
    refuse_absent("tables", described, name)
    frame = view.table(study, name)
    hidden = frozenset({"params"})  # what fills the sentence beside it
    return Rows(described[name].title(view.lang), described[name].columns, frame, hidden=hidden)


#: Lists of the folder by address: the table of the schema by whose columns it is asked, its rows.
LISTED: Mapping[str, tuple[str, Callable[[View], Rows]]] = {
    "figures": ("observations", figures),
    "cells": ("panels", cells),
    "sources": ("sources", sources),
}
