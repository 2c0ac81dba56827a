"""A document of blocks as a tagged PDF that carries its fonts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date

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
from songhua.errors import extra
from songhua.format.lines import glued
from songhua.format.text import Break, Link, Part, Small, Strong, Text, enclosed, joined, parts
from songhua.format.view import View
from songhua.render.charts.drawing import alone, ratio
from songhua.render.font import folder_of_fonts
from songhua.render.layout import chart_width, drawn, external, targets, widths
from songhua.render.office import Office, office
from songhua.shipped import installed

#: The fonts that come with songhua: with serifs for text, without for headings.
FONT, HEADS = "Noto Serif SC", "Noto Sans SC"
USUAL = b"/Suspects false"
#: A paragraph of a document as plain data.
Plain = dict[str, object]


def pdf(view: View, document: Document, day: date) -> bytes:
    """The document as the bytes of a PDF; `day` stands in its properties.

    Raises:
        SonghuaError: `extra_missing`, where typst is not installed.
    """
    typst = extra("report", "typst")
    template = installed.data("render", "document.typ")
    output: bytes = typst.compile(
        template,
        format="pdf",
        font_paths=[folder_of_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(view, document, day), ensure_ascii=False)},
    )
    # the usual value of a key that a checker of PDF takes for a fault; no byte moves
    return output.replace(USUAL, b" " * len(USUAL))


def _data(view: View, document: Document, day: date) -> Plain:
    """The document as plain data for the template."""
    close = document.day is not None
    look, blocks = office(view.lang, close), document.all
    maker = _Maker(view, targets(blocks), look)
    lines = {name: view.say(f"office_{name}") for name in ("reference", "to", "signed", "date")}
    lines["date"] = view.period(document.day) or lines["date"]
    return {
        "title": document.title,
        "day": [day.year, day.month, day.day],
        "font": FONT,
        "heads": HEADS,
        "lang": view.lang,
        "region": view.written.locale.partition("-")[2],
        "separator": view.written.title_gap,
        "look": {**asdict(look), "faces": {k: asdict(v) for k, v in look.faces.items()}},
        "page": view.say("page_number", n="{n}", total="{total}"),
        "lines": lines,
        "close": close,
        "blocks": list(maker.plain((*document.head, *document.blocks))),
        "annex": list(maker.plain(document.annex)),
    }


class _Maker:
    """Makes plain data of blocks; `targets` are the places that something leads to."""

    def __init__(self, view: View, targets: Mapping[str, str], look: Office) -> None:
        self.view, self.targets, self.office = view, targets, look

    def plain(self, blocks: Sequence[Block], level: int = 1) -> Iterator[Plain]:
        """Blocks as plain data; parts inside others stand one level deeper."""
        for block in blocks:
            match block:
                case Heading():
                    yield self._heading(block.text, block.level + level - 1, block.id)
                case Paragraph():
                    kind = "note" if block.kind in ("note", "signs") else "paragraph"
                    yield {"kind": kind, "text": self._text(block.text)}
                case Points():
                    yield self._points(block.items, block.ordered)
                case Facts():
                    colon = self.view.written.colon
                    yield self._points(
                        [(*parts(n), colon, *parts(value)) for n, value in block.pairs]
                    )
                case Cards():
                    yield self._points(
                        [joined([c.name, c.size, *c.lines, c.tail], " · ") for c in block.cards]
                    )
                case Table() if block.rows:
                    yield self._table(block)
                case Figure(chart=chart) if chart is not None:
                    yield {
                        "kind": "chart",
                        "title": block.title,
                        "says": block.note,
                        "svg": alone(chart),
                        "width": chart_width(self.office.width, ratio(chart)),
                    }
                case Section():
                    yield self._heading(block.title, level, block.id)
                    yield from self.plain(block.blocks, level + 1)
                case Fold():
                    yield self._heading(block.summary, level, block.id)
                    yield from self.plain(block.blocks, level + 1)
                case Group():
                    yield from self.plain(block.blocks, level)
                case _:
                    pass

    def _heading(self, text: Text, level: int, id: str) -> Plain:
        place = self.targets.get(id, "")
        return {"kind": "heading", "level": level, "text": self._text(text), "place": place}

    def _points(self, items: Sequence[Text], ordered: bool = False) -> Plain:
        return {
            "kind": "points",
            "ordered": ordered,
            "items": [self._text(point) for point in items],
        }

    def _table(self, block: Table) -> Plain:
        wide, size = widths(block, self.office.width, self.office.faces["table"].size)
        ids = block.ids or [""] * len(block.rows)
        return {
            "kind": "grid",
            "title": block.title,
            "headings": list(block.headings),
            "rows": [[self._text(cell.text, apart=True) for cell in row] for row in block.rows],
            "places": [self.targets.get(id, "") for id in ids],
            "note": block.note,
            "numeric": sorted(block.numeric),
            "widths": wide,
            "size": size,
        }

    def _text(self, text: Text, apart: bool = False) -> list[object]:
        """A text's parts; in a narrow cell numbers and units may stand `apart`."""
        return [piece for part in parts(text) for piece in self._part(part, apart)]

    def _part(self, part: Part, apart: bool) -> Iterator[object]:
        match part:
            case Link(inner, to) if external(to):
                yield {"kind": "out", "to": to, "text": self._text(inner, apart)}
            case Link(inner, to) if to in self.targets:
                yield {"kind": "in", "to": self.targets[to], "text": self._text(inner, apart)}
            case Link(inner, _):
                yield from self._text(inner, apart)
            case Small(inner, ends):
                within = enclosed(inner) if ends else inner
                yield {"kind": "small", "text": self._text(within, apart)}
            case Strong(inner):
                yield {"kind": "strong", "text": self._text(inner, apart)}
            case Break():
                yield {"kind": "break"}
            case _:
                yield drawn(part) if apart else glued(drawn(part))
