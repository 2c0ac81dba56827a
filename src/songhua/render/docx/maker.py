"""A DOCX under way, with a way to add each kind of block."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from songhua.document.blocks import (
    Block,
    Cards,
    Document,
    Facts,
    Figure,
    Fold,
    Group,
    Heading,
    Paragraph,
    Points,
    Section,
    Table,
)
from songhua.format.text import Text, joined, parts
from songhua.format.view import View
from songhua.render.charts.drawing import png, ratio
from songhua.render.docx.inline import Inline
from songhua.render.docx.looks import LIST, Looks, numbered
from songhua.render.docx.tables import Tables
from songhua.render.docx.template import BASIC
from songhua.render.layout import chart_width, targets
from songhua.render.office import DEEPEST, office

# Where a caption counts itself.
NUMBER = "{n}"
#: A centimetre in the units of a DOCX.
CM = 360_000
#: The longest property of a DOCX.
LONGEST = 255


class Maker:
    """Writes a document's blocks; in one of songhua's `own` making it sets the looks too."""

    def __init__(
        self, docx: Any, opened: Any, view: View, document: Document, day: date, default_looks: bool
    ) -> None:
        """Begin with a document that is empty."""
        self.docx, self.document, self.view, self.made = docx, opened, view, document
        self.office = office(view.lang, document.day is not None)
        self.looks = Looks(docx, opened, view, self.office)
        if default_looks:
            self.looks.apply()
        numbered(docx, opened, self.office)
        self.inline = Inline(docx, opened.part, targets(document.all))
        page = opened.sections[-1]
        self.room = (page.page_width - page.left_margin - page.right_margin) / CM
        self.tables = Tables(docx, opened, self.inline, self.room, self.office)
        self.counts = {"Table": 0, "Figure": 0}
        self.list = LIST  # by which headings count; 0 is none
        self._properties(day)

    def write(self) -> None:
        """The title, lines to fill in by hand, and the blocks."""
        say, day = self.view.say, self.view.period(self.made.day)
        self._line(say("office_reference"), 2)
        self._paragraph("Title", self.made.title)
        self._line(say("office_to"), 0)
        self._blocks((*self.made.head, *self.made.blocks))
        self._line(say("office_signed"), 2)
        self._line(day or say("office_date"), 2)
        if day and self.made.annex:
            self.document.add_page_break()
        self.list = 0
        self._blocks(self.made.annex)

    def _blocks(self, blocks: Sequence[Block], level: int = 1) -> None:
        """Blocks in order; parts inside others stand one level deeper."""
        for block in blocks:
            match block:
                case Heading():
                    self._heading(block.text, block.level + level - 1, block.id)
                case Paragraph(kind="note" | "signs"):
                    self._note(block.text)
                case Paragraph():
                    self._paragraph("Body Text", block.text)
                case Points():
                    self._points(block.items, block.ordered)
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(block)
                case Facts():
                    colon = self.view.written.colon
                    self._points(
                        [(*parts(name), colon, *parts(value)) for name, value in block.pairs]
                    )
                case Cards():
                    self._points(
                        [joined([c.name, c.size, *c.lines, c.tail], " · ") for c in block.cards]
                    )
                case Section():
                    self._heading(block.title, level, block.id)
                    self._blocks(block.blocks, level + 1)
                case Fold():
                    self._heading(block.summary, level, block.id)
                    self._blocks(block.blocks, level + 1)
                case Group():
                    self._blocks(block.blocks, level)

    def _style(self, name: str) -> str:
        return name if name in self.document.styles else BASIC

    def _paragraph(self, style: str, text: Text, place: str = "") -> Any:
        paragraph = self.document.add_paragraph(style=self._style(style))
        self.inline.bookmark(paragraph, place)
        self.inline.add(paragraph, text, 0)
        return paragraph

    def _line(self, text: str, side: int) -> None:
        """A line of an office, on the left (0) or on the right (2)."""
        if not text:
            return
        paragraph = self._paragraph("Body Text", text)
        paragraph.alignment = side
        paragraph.paragraph_format.first_line_indent = self.docx.shared.Pt(0)
        paragraph._p.pPr.ind.set(self.docx.oxml.ns.qn("w:firstLineChars"), "0")

    def _heading(self, text: Text, level: int, place: str = "") -> None:
        """A heading that counts itself, by its style's own numbers where it has any."""
        name = f"Heading {min(level, DEEPEST)}"
        heading = self._paragraph(name, text, place)
        heading.paragraph_format.keep_with_next = True
        if self._counts(name) and self.list:
            return
        numbering = heading._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = min(level, DEEPEST) - 1
        numbering.get_or_add_numId().val = self.list
        if name not in self.document.styles:  # a heading is told from a text all the same
            for run in heading.runs:
                run.bold = True

    def _counts(self, name: str) -> bool:
        """True for a style of headings that has numbers."""
        styles = [style for style in self.document.styles if style.name == name]
        style = styles[0] if styles else None
        while style is not None:
            properties = style.element.pPr
            if properties is not None and properties.numPr is not None:
                return True
            style = style.base_style
        return False

    def _points(self, items: Sequence[Text], ordered: bool = False) -> None:
        bullets = not ordered and not self.office.indent and "List Bullet" in self.document.styles
        for at, item in enumerate(items, 1):
            text: Text = (f"{at}. ", *parts(item)) if ordered else item
            self._paragraph("List Bullet" if bullets else "Body Text", text)

    def _properties(self, day: date) -> None:
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = "songhua"
        properties.comments = ""
        properties.title = self.made.title[:LONGEST]
        properties.language = self.view.written.locale
        properties.created = properties.modified = datetime(day.year, day.month, day.day)

    def _caption(self, key: str, sequence: str, title: str, keep: bool) -> None:
        """`Table 1. Title` with a number that counts itself."""
        self.counts[sequence] += 1
        before, _, after = self.view.say(key, n=NUMBER, title=title).partition(NUMBER)
        paragraph = self.document.add_paragraph(before, style=self._style("Caption"))
        self.looks.field(paragraph, f"SEQ {sequence} \\* ARABIC", str(self.counts[sequence]))
        paragraph.add_run(after)
        paragraph.paragraph_format.keep_with_next = keep

    def _table(self, block: Table) -> None:
        if not block.rows:
            return
        self._caption("month_table", "Table", block.title, keep=True)
        self.tables.add(block)
        self._note(block.note)

    def _note(self, text: Text) -> None:
        """Small print below a table or a figure; blank, it keeps these apart from what follows."""
        note = self.document.add_paragraph(style=self._style(BASIC))
        self.inline.add(note, text, self.office.faces["note"].size)
        note.paragraph_format.space_before = self.docx.shared.Pt(3)
        note.paragraph_format.space_after = self.docx.shared.Pt(6)

    def _figure(self, block: Figure) -> None:
        if block.chart is None:
            return
        picture, width = png(block.chart), chart_width(self.room, ratio(block.chart))
        paragraph = self.document.add_paragraph(style=self._style(BASIC))
        paragraph.alignment = 1
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = self.docx.shared.Pt(8)
        paragraph.add_run().add_picture(io.BytesIO(picture), width=self.docx.shared.Cm(width))
        drawing = self.document.inline_shapes[-1]._inline.docPr
        drawing.set("descr", f"{block.title}. {block.note}")
        drawing.set("title", block.title)
        self._caption("month_figure", "Figure", block.title, keep=bool(block.note))
        if block.note:
            self._note(block.note)
