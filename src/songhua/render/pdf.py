"""A document of blocks as a tagged PDF that carries its font."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

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
from songhua.document.charts.svg import alone
from songhua.errors import extra
from songhua.format.text import plain
from songhua.format.view import View
from songhua.render.layout import TALLEST, WIDEST, widths

FONT = "Noto Sans SC"


def pdf(view: View, document: Document, day: date) -> bytes:
    """The document as the bytes of a PDF; `day` stands in its properties.

    Raises:
        SonghuaError: `extra_missing`, where typst is not installed.
    """
    typst = extra("report", "typst")
    from pylopdf_fonts_zh_cn import sans_path

    template = files("songhua.render").joinpath("document.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        font_paths=[str(Path(str(sans_path())).parent)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(view, document, day), ensure_ascii=False)},
    )


def _data(view: View, document: Document, day: date) -> dict[str, object]:
    """What the template lays out, as plain data."""
    return {
        "title": document.title, "day": [day.year, day.month, day.day], "font": FONT,
        "lang": view.lang, "region": view.written.locale.partition("-")[2],
        "separator": view.written.title_gap,
        "blocks": list(_plain(view, (*document.head, *document.blocks))),
    }  # fmt: skip


def _plain(view: View, blocks: Sequence[Block], level: int = 1) -> Iterator[dict[str, object]]:
    """Blocks as plain data; parts inside others stand one level deeper."""
    for block in blocks:
        match block:
            case Heading():
                yield {"kind": "heading", "level": block.level + level - 1, "text": block.text}
            case Paragraph():
                yield {"kind": "paragraph", "text": plain(block.text)}
            case Points():
                yield {"kind": "points", "items": [plain(item) for item in block.items]}
            case Facts():
                colon = view.written.colon
                said = [f"{plain(name)}{colon}{plain(value)}" for name, value in block.pairs]
                yield {"kind": "points", "items": said}
            case Cards():
                yield {"kind": "heading", "level": level + 1, "text": block.title}
                said = [" · ".join(map(plain, (c.name, c.size, *c.lines))) for c in block.cards]
                yield {"kind": "points", "items": said}
            case Table() if block.rows:
                yield {
                    "kind": "grid", "title": block.title, "headings": list(block.headings),
                    "rows": block.texts, "note": block.note, "numeric": sorted(block.numeric),
                    "widths": widths(block),
                }  # fmt: skip
            case Figure() if block.svg:
                svg, ratio = alone(block.svg)
                yield {
                    "kind": "chart", "title": block.title, "says": block.says, "svg": svg,
                    "width": min(WIDEST, TALLEST / ratio),
                }  # fmt: skip
            case Section() | Fold():
                inside = block.title if isinstance(block, Section) else plain(block.summary)
                yield {"kind": "heading", "level": level, "text": inside}
                yield from _plain(view, block.blocks, level + 1)
            case Group():
                yield from _plain(view, block.blocks, level)
            case _:
                pass
