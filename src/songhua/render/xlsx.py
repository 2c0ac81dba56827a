"""Results as an XLSX: a tidy table a sheet, a dictionary of all columns, findings and sources.

Headings stand in the first row, numbers stay numbers, in the unit that stands beside them, and what
identifies a row comes first. Headings, labels and words are in the chosen language. Every sheet
prints the names of the region and the plan, so that what is an illustration stays one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from songhua import results, schema
from songhua.errors import extra
from songhua.format.cells import Cells, cell, cells_of
from songhua.format.language import Language
from songhua.format.numbers import unit_name
from songhua.format.text import plain
from songhua.format.view import View
from songhua.messages import BASE
from songhua.render.xlsx_book import Book, ColumnEntry
from songhua.render.xlsx_formats import day, decimals, digits, ordered
from songhua.results import as_text
from songhua.schema import Column, TableSchema

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def workbook(view: View, bulk: bool = False) -> bytes:
    """All tables of the view's results that have a row, then findings, observations and sources.

    The first sheet describes the file, the second the content of each column.

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
        page = maker.dictionary()
        for study, result in view.results.items():
            schemas, kinds = results.tables(study), results.rows_of(study)
            for name, frame in result.tables.items():
                if schemas[name].bulk and not bulk:
                    maker.left_out(schemas[name], len(frame))
                elif len(frame):
                    maker.table(schemas[name], view.rows(study, name, kinds[name]))
        maker.findings()
        maker.observations()
        maker.sources()
        maker.explained(page)
    finally:
        book.close()
    return out.getvalue()


def column_words(words: Language, column: Column) -> str:
    """A column's description, with the words that stand in its cells in place of its values.

    In the language in which the values are plain words these stay, each that is one word.

    >>> column_words(Language("zh"), results.tables("simulate")["totals"].column("effect"))
    '直接、间接、诱发、I型、II型。'
    """
    translated: set[str] = set()

    def word(match: re.Match[str]) -> str:
        value = match[0]
        usual = "_" not in value and (words.lang == BASE or value in translated)
        if usual or value not in column.choices:
            return value
        translated.add(value)
        return words.choice(column.vocabulary, value).replace("{value}", "…")

    return re.sub(r"[A-Za-z_]+", word, column.words(words.lang))


class _Maker(Book):
    """A workbook under way: its sheets."""

    def __init__(self, book: Any, view: View) -> None:
        """Begin with a workbook that is empty."""
        plan = f" · {view.plan.name(view.lang)}" if view.plan else ""
        super().__init__(book, f"{view.region.name(view.lang)}{plan}")
        self.view = view
        self.cited: dict[str, None] = {}
        self.cited_sources: dict[str, None] = {}

    def about(self) -> None:
        """The sheet about the workbook: its region, plan, studies and version, and as of when."""
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
        _, page = self.sheet(say("xlsx_about"))
        rows = [[(a, ""), (b, "")] for a, b in lines]
        self.write(page, view.heading("what", "value"), rows)

    def dictionary(self) -> Any:
        """The sheet of the dictionary, which is written when all others are."""
        return self.sheet(self.view.say("xlsx_dictionary"))[1]

    def explained(self, page: Any) -> None:
        """Every column of every sheet: what it holds, and its unit in words."""
        rows = [[(text, "") for text in entry] for entry in self.dictionary_rows]
        heads = self.view.heading("sheet", "column", "meaning", "unit")
        self.write(page, heads, rows)

    def left_out(self, table: TableSchema, n: int) -> None:
        """A table that is not in the workbook."""
        note = self.view.say("xlsx_left_out", n=n)
        self.dictionary_rows.append((table.title(self.view.lang), "", note, ""))

    def _entry(self, table: TableSchema, column: Column) -> ColumnEntry:
        """A column as the dictionary tells it."""
        lang = self.view.lang
        unit = ""
        if column.scale == "share":
            unit = unit_name("%", lang)
        elif column.unit:
            unit = unit_name(column.unit, lang)
        elif column.unit_in:
            heading = table.column(column.unit_in).heading(lang)
            unit = self.view.say("xlsx_unit_in", column=heading)
        return column.heading(lang), column_words(self.view, column), unit

    def table(self, table: TableSchema, records: Sequence[DataclassInstance]) -> None:
        """One table of a result."""
        columns = ordered(table.columns)
        rows = []
        for row in records:
            at = cells_of(row)
            rows.append([self._value(column, row, at) for column in columns])
            if "observations" in table.names:
                self.cited |= dict.fromkeys(as_text(at("observations")).split())
            if "source" in table.names and at("source"):
                self.cited_sources[at("source")] = None
        self.fill(
            table.title(self.view.lang), [self._entry(table, column) for column in columns], rows
        )

    def _value(self, column: Column, row: DataclassInstance, at: Cells) -> tuple[object, str]:
        """A cell's value and number format."""
        value, view = at(column.name), self.view
        match column.type:
            case "number":
                return value, digits(column, at)
            case "integer":
                return int(value), "0" if column.name == "year" else "#,##0"
            case "flag":
                return bool(value), "General"
            case "date":
                return day(as_text(value)), "yyyy-mm-dd"
            case "period":
                return view.period(as_text(value)), ""
            case "unit":
                return unit_name(as_text(value), view.lang), ""
            case "label":
                within = str(at(column.within)) if column.within else ""
                return view.name(column.catalogue_of(at), as_text(value), within), ""
            case "labels" | "amount" | "sentence":
                return plain(cell(view, column, row).text), ""
            case "tag":
                return view.name("tags", as_text(value)), ""
            case "choice":
                label = view.choice(column.vocabulary, as_text(value)) if value else ""
                return label.replace("{value}", "…"), ""
        return as_text(value), ""

    def _entries(self, of: str, *names: str) -> list[ColumnEntry]:
        """Columns by the headings of documents; a table or this module describes each of them."""
        view, described = self.view, schema.table(of)
        entries: list[ColumnEntry] = []
        for name, heading in zip(names, view.heading(*names), strict=True):
            of_table = name in described.names
            says = (
                column_words(view, described.column(name))
                if of_table
                else view.say(f"xlsx_says_{name}")
            )
            entries.append((heading, says, ""))
        return entries

    def findings(self) -> None:
        """Every finding as a sentence, with the observations it rests on."""
        view = self.view
        rows = []
        for at, finding in enumerate(view.findings(), 1):
            self.cited |= dict.fromkeys(finding.observations)
            rows.append(
                [(at, "0"), (view.sentence(finding), ""), (" ".join(finding.observations), "")]
            )
        entries = self._entries("claims", "n", "says", "observations")
        self.fill(view.say("section_findings"), entries, rows)

    def observations(self) -> None:
        """The figures that the tables rest on, as printed, each with its source.

        A cell of a panel stands in its indicator's unit.
        """
        view = self.view
        entries = self._entries(
            "observations",
            "indicator",
            "region",
            "industry",
            "entity",
            "period",
            "value",
            "unit",
            "printed",
            "source",
            "grade",
            "file",
            "row",
            "observation_id",
        )
        rows = []
        for row in view.recorded(self.cited):
            self.cited_sources[str(row["source"])] = None
            rows.append(
                [
                    *(
                        (view.name(of, row[name]), "")
                        for of, name in (
                            ("indicators", "indicator"),
                            ("places", "region"),
                            ("industries", "industry"),
                            ("entities", "entity"),
                        )
                    ),
                    (view.period(row["period"]), ""),
                    (float(row["number"]), decimals(str(row["value"]))),
                    (unit_name(str(row["unit"]), view.lang), ""),
                    (str(row["value"]), ""),
                    (view.name("sources", str(row["source"])), ""),
                    (view.choice("grade", view.region.grade(row["source"])), ""),
                    (str(row["file"]), ""),
                    (int(row["row"]), "0"),
                    (row["id"], ""),
                ]
            )
        self.fill(view.say("xlsx_observations"), entries, rows)

    def sources(self) -> None:
        """The sources of all that stands in the workbook."""
        view = self.view
        if view.plan is not None:
            self.cited_sources[view.plan.source] = None
        rows = []
        for id in self.cited_sources:
            source = view.region.sources.get(id)
            if source is not None:
                published = view.period(str(source.get("published") or ""))
                fields = (view.region.publisher(id)(view.lang), published)
                more = (
                    view.choice("grade", view.region.grade(id)),
                    str(source.get("address") or ""),
                )
                rows.append([(text, "") for text in (view.name("sources", id), *fields, *more)])
        entries = self._entries("sources", "title", "publisher", "published", "grade", "address")
        self.fill(view.say("month_sources"), entries, rows)
