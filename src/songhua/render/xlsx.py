"""Results as an XLSX: a sheet a table, with number formats, units, sources and findings.

Numbers stay numbers, in the unit that stands beside them. Headings, labels and words are in the
chosen language; above each heading stands what the column holds. Every sheet carries the names of
the region and the plan, so that what is an illustration stays one.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from songhua import schema
from songhua.document.tables import records
from songhua.errors import Fault, SonghuaError, extra
from songhua.format.cells import Row, cell
from songhua.format.language import Language
from songhua.format.numbers import known, unit_name
from songhua.format.text import plain
from songhua.format.view import View
from songhua.messages import BASE, width
from songhua.render.xlsx_formats import day, decimals, digits
from songhua.schema import Column, TableSchema

FIRST = 3  # the row of the first figure, from 0
LONGEST = 32_000  # characters of a cell
MOST = 1_000_000  # rows of a sheet
NAME = 31  # characters of a sheet's name


def workbook(view: View) -> bytes:
    """All tables of the view's results that have a row, then findings, observations and sources.

    Raises:
        SonghuaError: `extra_missing`, where xlsxwriter is not installed; `sheet_too_long`.
    """
    xlsxwriter = extra("excel", "xlsxwriter")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    try:
        book.set_properties({"author": "songhua", "created": datetime(2000, 1, 1)})
        maker = _Maker(book, view)
        maker.about()
        for study, result in view.results.items():
            for name, frame in result.tables.items():
                if len(frame):
                    maker.table(schema.results(study)[name], frame)
        maker.findings()
        maker.observations()
        maker.sources()
    finally:
        book.close()
    return out.getvalue()


def said(words: Language, column: Column) -> str:
    """What a column holds, with the words that stand in its cells in place of its values.

    In the language in which the values are plain words these stay, each that is one word.

    >>> said(Language("zh"), schema.results("simulate")["totals"].column("effect"))
    '直接、间接、诱发、I型、II型。'
    """
    told: set[str] = set()

    def word(found: re.Match[str]) -> str:
        value = found[0]
        usual = "_" not in value and (words.lang == BASE or value in told)
        if usual or value not in column.choices:
            return value
        told.add(value)
        return words.choice(column.vocabulary, value).replace("{value}", "…")

    return re.sub(r"[A-Za-z_]+", word, column.words(words.lang))


class _Maker:
    """A workbook under way."""

    def __init__(self, book: Any, view: View) -> None:
        self.book, self.view = book, view
        self.names: set[str] = set()
        self.cited: dict[str, None] = {}
        self.named: dict[str, None] = {}
        self.formats: dict[str, object] = {}
        plan = f" · {view.plan.name(view.lang)}" if view.plan else ""
        self.of = f"{view.region.name(view.lang)}{plan}"

    def format(self, **what: object) -> object:
        """A cell format, made once."""
        key = repr(sorted(what.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **what})
        return self.formats[key]

    def sheet(self, title: str, notes: Sequence[str], heads: Sequence[str]) -> Any:
        """A sheet with its title, what its columns hold, and their headings."""
        plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")
        name, n = plain[:NAME], 1
        while name.casefold() in self.names:
            n += 1
            name = f"{plain[: NAME - 3]} {n}"
        self.names.add(name.casefold())
        page = self.book.add_worksheet(name)
        page.write_string(0, 0, f"{title} · {self.of}", self.format(bold=True, font_size=13))
        small = self.format(font_size=8, font_color="#4D5965", text_wrap=True)
        head = self.format(bold=True, bg_color="#E8EEF3", bottom=1, text_wrap=True)
        for at, (note, text) in enumerate(zip(notes, heads, strict=True)):
            page.write_string(1, at, note, small)
            page.write_string(2, at, text, head)
        page.set_row(1, 46)
        page.freeze_panes(FIRST, 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)
        return page

    def fill(self, page: Any, rows: Sequence[Sequence[tuple[object, str]]], heads: int) -> None:
        """The cells, each with its number format; a text format is blank."""
        if len(rows) > MOST:
            raise SonghuaError(Fault("sheet_too_long", params={"n": len(rows), "most": MOST}))
        widths = [10] * heads
        for down, row in enumerate(rows, FIRST):
            for at, (value, how) in enumerate(row):
                self._cell(page, down, at, value, how)
                if down < FIRST + 200:
                    wide = width(str(value)) if value else 0
                    widths[at] = max(widths[at], min(wide + 2, 48))
        for at, wide in enumerate(widths):
            page.set_column(at, at, wide)
        if rows:
            page.autofilter(FIRST - 1, 0, FIRST - 1 + len(rows), heads - 1)

    def _cell(self, page: Any, down: int, at: int, value: Any, how: str) -> None:
        style = self.format(num_format=how) if how else self.format(text_wrap=True)
        if isinstance(value, date):
            page.write_datetime(down, at, value, style)
        elif isinstance(value, bool):
            page.write_boolean(down, at, value, style)
        elif isinstance(value, (int, float)) and math.isfinite(value):
            page.write_number(down, at, value, style)
        elif known(value):
            page.write_string(down, at, "∞" if value > 0 else "−∞", style)
        elif isinstance(value, str) and value:
            cut = value if len(value) <= LONGEST else value[:LONGEST] + " …"
            page.write_string(down, at, cut, style)

    def about(self) -> None:
        """What the workbook is of, and as of when."""
        view, say = self.view, self.view.say
        as_of = view.period(str(view.region.as_of)) if view.region.as_of else say("as_of_latest")
        lines = [(say("xlsx_region"), view.region.name(view.lang))]
        if view.plan:
            lines.append((say("xlsx_plan"), view.plan.name(view.lang)))
        lines.append((say("as_of"), as_of))
        studies = view.join(view.choice("study", name) for name in view.results)
        lines.append((say("xlsx_studies"), studies))
        for result in view.results.values():
            if result.recipe is not None:
                lines.append((say("xlsx_version"), result.recipe.version))
                break
        page = self.sheet(say("xlsx_about"), ("", ""), ("", ""))
        self.fill(page, [[(a, ""), (b, "")] for a, b in lines], 2)

    def table(self, table: TableSchema, frame: pd.DataFrame) -> None:
        """One table of a result."""
        lang = self.view.lang
        columns = [c for c in table.columns if c.name != "params"]  # a sentence has them
        page = self.sheet(
            f"{table.title(lang)}", [said(self.view, c) for c in columns],
            [c.heading(lang) for c in columns],
        )  # fmt: skip
        rows = []
        for row in records(frame):
            rows.append([self._shown(column, row) for column in columns])
            for id in str(row.get("observations", "")).split():
                self.cited[id] = None
            if row.get("source"):
                self.named[str(row["source"])] = None
        self.fill(page, rows, len(columns))

    def _shown(self, column: Column, row: Row) -> tuple[object, str]:
        """A cell's value and number format."""
        value, view = row[column.name], self.view
        match column.type:
            case "number":
                return value, digits(column, row)
            case "integer":
                return int(value), "0" if column.name == "year" else "#,##0"
            case "flag":
                return bool(value), "General"
            case "date":
                return day(str(value)), "yyyy-mm-dd"
            case "period":
                return view.period(str(value)), ""
            case "unit":
                return unit_name(str(value), view.lang), ""
            case "label":
                within = str(row.get(column.within, ""))
                return view.name(column.named(row), str(value), within), ""
            case "labels" | "amount" | "sentence":
                return plain(cell(view, column, row).text), ""
            case "tag":
                return view.name("tags", str(value)), ""
            case "choice":
                said = view.choice(column.vocabulary, str(value)) if value else ""
                return said.replace("{value}", "…"), ""
        return str(value), ""

    def findings(self) -> None:
        """Every finding as a sentence, with the observations it rests on."""
        view = self.view
        heads = view.heading("n", "says", "observations")
        page = self.sheet(view.say("section_findings"), ("", "", ""), heads)
        rows = []
        for at, found in enumerate(view.findings(), 1):
            self.cited |= dict.fromkeys(found.sources)
            rows.append([(at, "0"), (view.sentence(found), ""), (" ".join(found.sources), "")])
        self.fill(page, rows, 3)
        page.set_column(1, 1, 110)

    def observations(self) -> None:
        """The figures that the tables rest on, as printed, each with its source.

        A cell of a panel stands in its indicator's unit.
        """
        view, frame = self.view, self.view.observations
        heads = view.heading(
            "observation_id", "file", "row", "indicator", "region", "industry", "entity", "period",
            "printed", "value", "unit", "source", "grade",
        )  # fmt: skip
        page = self.sheet(view.say("xlsx_observations"), [""] * len(heads), heads)
        rows = []
        printed = frame.loc[[id for id in self.cited if id in frame.index]]
        for row in (*records(printed), *records(view.cells(self.cited))):
            self.named[str(row["source"])] = None
            shown = decimals(str(row["value"]))
            rows.append([
                (row["id"], ""), (str(row["file"]), ""), (int(row["row"]), "0"),
                *((view.name(of, row[name]), "") for of, name in (
                    ("indicators", "indicator"), ("places", "region"), ("industries", "industry"),
                    ("entities", "entity"),
                )), (view.period(row["period"]), ""), (str(row["value"]), ""),
                (float(row["number"]), shown), (unit_name(str(row["unit"]), view.lang), ""),
                (view.name("sources", str(row["source"])), ""),
                (view.choice("grade", view.region.grade(row["source"])), ""),
            ])  # fmt: skip
        self.fill(page, rows, len(heads))

    def sources(self) -> None:
        """The sources of all that stands in the workbook."""
        view = self.view
        if view.plan is not None:
            self.named[view.plan.source] = None
        heads = view.heading("title", "publisher", "published", "grade", "address")
        page = self.sheet(view.say("month_sources"), [""] * len(heads), heads)
        rows = []
        for id in self.named:
            one = view.region.sources.get(id)
            if one is not None:
                fields = (str(one["publisher"]), view.period(str(one.get("published") or "")))
                rest = (view.choice("grade", view.region.grade(id)), str(one.get("address") or ""))
                rows.append([(text, "") for text in (view.name("sources", id), *fields, *rest)])
        self.fill(page, rows, len(heads))
