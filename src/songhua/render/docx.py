"""A document of blocks as a DOCX that Word, WPS and LibreOffice can edit.

Headings are headings, tables and figures carry captions with numbers that the program counts
itself, table heads repeat on each page, and an East Asian font is named beside the Latin one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
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
from songhua.document.charts.svg import png
from songhua.errors import extra
from songhua.format.text import plain
from songhua.format.view import View
from songhua.messages import LANGUAGES, language
from songhua.render.layout import MARGIN, TALLEST, WIDEST, widths

BODY, HEADS = "SimSun", "SimHei"  # the usual fonts of Chinese documents for text and headings
LATIN, LATIN_HEADS = "Times New Roman", "Arial"
# Where a caption counts itself.
NUMBER = "{n}"
INK = "1C2733"
SHADE = "E8EEF3"
LINE = "9AA7B2"


def docx(view: View, document: Document, day: date) -> bytes:
    """The document as the bytes of a DOCX; `day` stands in its properties.

    Raises:
        SonghuaError: `extra_missing`, where python-docx is not installed.
    """
    maker = _Maker(extra("report", "python-docx", "docx"), view, day)
    maker.title(document.title)
    maker.blocks((*document.head, *document.blocks))
    out = io.BytesIO()
    maker.document.save(out)
    return out.getvalue()


class _Maker:
    """A document under way, with a way to add each kind of block."""

    def __init__(self, docx: Any, view: View, day: date) -> None:
        self.docx, self.view = docx, view
        self.document: Any = docx.Document()
        self.counts = {"Table": 0, "Figure": 0}
        self._properties(day)
        self._page()
        self._styles()

    def title(self, text: str) -> None:
        """The title of the document."""
        self.document.add_heading(text, 0)
        self.document.core_properties.title = text

    def blocks(self, blocks: Sequence[Block], level: int = 1) -> None:
        """Blocks in order; parts inside others stand one level deeper."""
        for block in blocks:
            match block:
                case Heading():
                    self.document.add_heading(block.text, block.level + level - 1)
                case Paragraph():
                    self.document.add_paragraph(plain(block.text))
                case Points():
                    self._points([plain(item) for item in block.items])
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(block)
                case Facts():
                    colon = self.view.written.colon
                    self._points([f"{plain(n)}{colon}{plain(v)}" for n, v in block.pairs])
                case Cards():
                    self.document.add_heading(block.title, level + 1)
                    self._points(
                        [" · ".join(map(plain, (c.name, c.size, *c.lines))) for c in block.cards]
                    )
                case Section() | Fold():
                    inside = block.title if isinstance(block, Section) else plain(block.summary)
                    self.document.add_heading(inside, level)
                    self.blocks(block.blocks, level + 1)
                case Group():
                    self.blocks(block.blocks, level)

    def _points(self, items: Sequence[str]) -> None:
        for item in items:
            self.document.add_paragraph(item, style="List Bullet")

    def _properties(self, day: date) -> None:
        told = self.document.core_properties
        told.author = told.last_modified_by = "songhua"
        told.comments = ""
        told.language = self.view.written.locale
        told.created = told.modified = datetime(day.year, day.month, day.day)

    def _page(self) -> None:
        """A4 across, with the number of the page below."""
        shared = self.docx.shared
        section = self.document.sections[0]
        section.orientation = import_module("docx.enum.section").WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = shared.Cm(29.7), shared.Cm(21.0)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", shared.Cm(MARGIN))
        footer = section.footer.paragraphs[0]
        footer.alignment = 1
        self._field(footer, "PAGE", "1")

    def _styles(self) -> None:
        """Latin and East Asian fonts, and sizes, of every style in use."""
        pt, styles = self.docx.shared.Pt, self.document.styles
        sizes = {"Normal": 10.5, "List Bullet": 10.5, "Caption": 9.5, "Title": 22,
                 "Heading 1": 15, "Heading 2": 13, "Footer": 9}  # fmt: skip
        for name, size in sizes.items():
            style = styles[name]
            heads = name.startswith(("Heading", "Title"))
            style.font.size = pt(size)
            style.font.name = LATIN_HEADS if heads else LATIN
            style.font.color.rgb = self.docx.shared.RGBColor.from_string(INK)
            self._east(style.element.get_or_add_rPr(), HEADS if heads else BODY)
        styles["Caption"].font.bold = True
        styles["Normal"].paragraph_format.space_after = pt(6)
        styles["Normal"].paragraph_format.line_spacing = 1.25

    def _east(self, properties: Any, font: str) -> None:
        """The East Asian font and language of a style; a theme's font would overrule it."""
        q = self.docx.oxml.ns.qn
        fonts = properties.get_or_add_rFonts()
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(q(f"w:{name}"), None)
        fonts.set(q("w:eastAsia"), font)
        for old in properties.findall(q("w:lang")):
            properties.remove(old)
        lang = self.docx.oxml.OxmlElement("w:lang")
        latin, wide = locales(self.view.lang)
        lang.set(q("w:val"), latin)
        lang.set(q("w:eastAsia"), wide)
        properties.append(lang)

    def _field(self, paragraph: Any, code: str, shown: str) -> None:
        """A field that the program counts, with what it shows until then."""
        make, q = self.docx.oxml.OxmlElement, self.docx.oxml.ns.qn
        field = make("w:fldSimple")
        field.set(q("w:instr"), code)
        run, text = make("w:r"), make("w:t")
        text.text = shown
        run.append(text)
        field.append(run)
        paragraph._p.append(field)

    def _caption(self, key: str, sequence: str, title: str, keep: bool) -> None:
        """`Table 1. Title` with a number that counts itself."""
        self.counts[sequence] += 1
        before, _, after = self.view.say(key, n=NUMBER, title=title).partition(NUMBER)
        paragraph = self.document.add_paragraph(before, style="Caption")
        self._field(paragraph, f"SEQ {sequence} \\* ARABIC", str(self.counts[sequence]))
        paragraph.add_run(after)
        paragraph.paragraph_format.keep_with_next = keep

    def _table(self, block: Table) -> None:
        if not block.rows:
            return
        self._caption("month_table", "Table", block.title, keep=True)
        table = self.document.add_table(rows=1, cols=len(block.headings))
        self._frame(table, block)
        self._row(table.rows[0], block.headings, block.numeric, head=True)
        for row in block.texts:
            self._row(table.add_row(), row, block.numeric)
        for column, width in zip(table.columns, widths(block), strict=True):
            column.width = self.docx.shared.Cm(width)
            for cell in column.cells:
                cell.width = self.docx.shared.Cm(width)
        after = self.document.add_paragraph(block.note)
        after.paragraph_format.space_before = self.docx.shared.Pt(3)

    def _frame(self, table: Any, block: Table) -> None:
        """Thin lines between rows, and the table's title for those who hear it."""
        make, q = self.docx.oxml.OxmlElement, self.docx.oxml.ns.qn
        properties = table._tbl.tblPr
        table.autofit = False
        lines = make("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            line = make(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
                line.set(q(f"w:{name}"), value)
            lines.append(line)
        properties.insert_element_before(
            lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
        )
        said = make("w:tblCaption")
        said.set(q("w:val"), block.title)
        properties.append(said)

    def _row(
        self, row: Any, cells: Sequence[str], numeric: frozenset[int], head: bool = False
    ) -> None:
        make, q = self.docx.oxml.OxmlElement, self.docx.oxml.ns.qn
        own = row._tr.get_or_add_trPr()
        own.append(make("w:cantSplit"))
        if head:
            own.append(make("w:tblHeader"))
        for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = self.docx.shared.Pt(1)
            paragraph.paragraph_format.line_spacing = 1.0
            paragraph.alignment = 2 if at in numeric else 0
            run = paragraph.add_run(text)
            run.font.size = self.docx.shared.Pt(9)
            run.bold = head or None
            if head:
                shade = make("w:shd")
                for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                    shade.set(q(f"w:{name}"), value)
                cell._tc.get_or_add_tcPr().append(shade)

    def _figure(self, block: Figure) -> None:
        if not block.svg:
            return
        picture, ratio = png(block.svg)
        width = min(WIDEST, TALLEST / ratio)
        self.document.add_picture(io.BytesIO(picture), width=self.docx.shared.Cm(width))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        named = self.document.inline_shapes[-1]._inline.docPr
        named.set("descr", f"{block.title}. {block.says}")
        named.set("title", block.title)
        self._caption("month_figure", "Figure", block.title, keep=bool(block.says))
        if block.says:
            self.document.add_paragraph(block.says)


def locales(lang: str) -> tuple[str, str]:
    """The locales of narrow and of wide letters: the language's own, and the first of the others.

    >>> locales("en"), locales("zh")
    (('en-GB', 'zh-CN'), ('en-GB', 'zh-CN'))
    """
    order = [language(one) for one in (lang, *LANGUAGES)]
    narrow, wide = (next((o.locale for o in order if o.wide is w), "") for w in (False, True))
    return narrow or wide, wide or narrow
