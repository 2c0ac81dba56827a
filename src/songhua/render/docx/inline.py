"""Texts in a DOCX: runs, links to bookmarks and to addresses, small print and line breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua.format.text import Break, Link, Small, Strong, Text, enclosed, parts
from songhua.render.layout import drawn, external

LINKED = "0B4A73"
#: The ratio of small print to the text size.
SMALL = 0.8


class Inline:
    """Writes texts into paragraphs; `targets` are the places that have a bookmark, by name."""

    def __init__(self, docx: Any, part: Any, targets: Mapping[str, str]) -> None:
        """Write into a part of a package."""
        self.docx, self.part, self.targets = docx, part, targets
        self.make, self.q = docx.oxml.OxmlElement, docx.oxml.ns.qn
        self.count = 0

    def add(self, paragraph: Any, text: Text, size: float, bold: bool | None = None) -> None:
        """A text at the end of a paragraph; its letters have `size` points, 0 is the style's."""
        self._parts(paragraph, paragraph._p, text, size, bold, linked=False)

    def _parts(
        self, paragraph: Any, into: Any, text: Text, size: float, bold: bool | None, linked: bool
    ) -> None:
        for part in parts(text):
            match part:
                case Link(inner, to) if external(to) or to in self.targets:
                    link = self._link(to)
                    into.append(link)
                    self._parts(paragraph, link, inner, size, bold, linked=True)
                case Link(inner, _):
                    self._parts(paragraph, into, inner, size, bold, linked)
                case Small(inner, ends):
                    within = enclosed(inner) if ends else inner
                    small = size * SMALL if size else -SMALL
                    self._parts(paragraph, into, within, small, bold, linked)
                case Strong(inner):
                    self._parts(paragraph, into, inner, size, True, linked)
                case Break():
                    self._run(paragraph, into, "\n", size, bold, linked)
                case _:
                    self._run(paragraph, into, drawn(part), size, bold, linked)

    def _run(
        self, paragraph: Any, into: Any, text: str, size: float, bold: bool | None, linked: bool
    ) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        if size < 0:
            style_size = paragraph.style.font.size
            size = -size * style_size.pt if style_size else 0
        if size:
            run.font.size = self.docx.shared.Pt(round(size * 2) / 2)
        run.bold = bold
        if linked:
            run.font.color.rgb = self.docx.shared.RGBColor.from_string(LINKED)
        into.append(run._r)

    def _link(self, to: str) -> Any:
        link = self.make("w:hyperlink")
        if external(to):
            kind = self.docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK
            link.set(self.q("r:id"), self.part.relate_to(to, kind, is_external=True))
        else:
            link.set(self.q("w:anchor"), self.targets[to])
        return link

    def bookmark(self, paragraph: Any, place: str) -> None:
        """A bookmark at the start of a paragraph, where something leads to the place."""
        if place not in self.targets:
            return
        for end in ("Start", "End"):
            mark = self.make(f"w:bookmark{end}")
            mark.set(self.q("w:id"), str(self.count))
            if end == "Start":
                mark.set(self.q("w:name"), self.targets[place])
            paragraph._p.append(mark)
        self.count += 1
