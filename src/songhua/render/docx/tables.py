"""Tables in a DOCX: thin lines, a head that repeats, whole rows, and their bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from songhua.document.blocks import Table
from songhua.format.text import Text
from songhua.render.docx.inline import Inline
from songhua.render.layout import widths
from songhua.render.office import Office

SHADE = "E8EEF3"
LINE = "9AA7B2"
TWIPS = 567  # of a centimetre
FEW = 8  # rows of a table that stands on one page


class Tables:
    """Adds tables to a document; `room` is the width of the text in centimetres."""

    def __init__(
        self, docx: Any, document: Any, inline: Inline, room: float, office: Office
    ) -> None:
        """Write into a document."""
        self.docx, self.document, self.inline = docx, document, inline
        self.room, self.office = room, office
        self.make, self.q = docx.oxml.OxmlElement, docx.oxml.ns.qn

    def add(self, block: Table) -> None:
        """The table of a block."""
        wide, size = widths(block, self.room, self.office.faces["table"].size)
        table = self.document.add_table(rows=0, cols=len(wide))
        self._frame(table, block)
        for column, centimetres in zip(table._tbl.tblGrid.gridCol_lst, wide, strict=True):
            column.set(self.q("w:w"), str(round(centimetres * TWIPS)))
        self._row(table, block.headings, block.numeric, wide, size, head=True)
        ids = block.ids or [""] * len(block.rows)
        for at, (row, id) in enumerate(zip(block.rows, ids, strict=True), 1):
            keep = len(block.rows) <= FEW and at < len(block.rows)
            self._row(table, [cell.text for cell in row], block.numeric, wide, size, id, keep)

    def _frame(self, table: Any, block: Table) -> None:
        """Thin lines between rows, and the table's title for those who hear it."""
        properties = table._tbl.tblPr
        table.autofit = False
        lines = self.make("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            lines.append(self._element(side, val="single", sz="4", space="0", color=LINE))
        properties.insert_element_before(
            lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
        )
        properties.append(self._element("tblCaption", val=block.title))

    def _element(self, name: str, **values: str) -> Any:
        """An element with its attributes."""
        element = self.make(f"w:{name}")
        for key, value in values.items():
            element.set(self.q(f"w:{key}"), value)
        return element

    def _row(
        self,
        table: Any,
        cells: Sequence[Text],
        numeric: frozenset[int],
        wide: Sequence[float],
        size: float,
        place: str = "",
        keep: bool = True,
        head: bool = False,
    ) -> None:
        """A row; made by hand, since the library looks through all cells for each."""
        row = self.make("w:tr")
        properties = row.get_or_add_trPr()
        properties.append(self.make("w:cantSplit"))
        if head:
            properties.append(self.make("w:tblHeader"))
        table._tbl.append(row)
        for at, (text, width) in enumerate(zip(cells, wide, strict=True)):
            cell = self.make("w:tc")
            cell_properties = cell.get_or_add_tcPr()
            cell_properties.append(self._element("tcW", w=str(round(width * TWIPS)), type="dxa"))
            if head:
                cell_properties.append(self._element("shd", val="clear", color="auto", fill=SHADE))
            row.append(cell)
            cell.append(self.make("w:p"))
            paragraph = self.docx.text.paragraph.Paragraph(cell[-1], table)
            paragraph.paragraph_format.space_after = self.docx.shared.Pt(1)
            paragraph.paragraph_format.line_spacing = 1.0
            paragraph.alignment = 2 if at in numeric else 0
            paragraph.paragraph_format.keep_with_next = keep or None
            if not at:
                self.inline.bookmark(paragraph, place)
            self.inline.add(paragraph, text, size, head or None)
