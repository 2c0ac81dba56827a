"""A list of blocks as a tagged PDF that carries its font."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua.document.blocks import Block, Chart, Grid, Heading, numbered
from songhua.document.charts.svg import alone
from songhua.errors import extra
from songhua.format.view import View
from songhua.render.layout import TALLEST, WIDEST, widths

FONT = "Noto Sans SC"


def pdf(view: View, blocks: Sequence[Block], day: date) -> bytes:
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
        sys_inputs={"data": json.dumps(_data(view, blocks, day), ensure_ascii=False)},
    )


def _data(view: View, blocks: Sequence[Block], day: date) -> dict[str, Any]:
    """What the template lays out, as plain data."""
    title = next(b.text for b in blocks if isinstance(b, Heading) and b.level == 0)
    found = [_one(kind, block) for kind, block, _ in numbered(blocks)]
    return {
        "title": title, "day": [day.year, day.month, day.day], "font": FONT, "lang": view.lang,
        "region": "CN" if view.lang == "zh" else "GB",
        "separator": "\u3000" if view.lang == "zh" else ". ",
        "blocks": [one for one in found if one],
    }  # fmt: skip


def _one(kind: str, block: Block) -> dict[str, Any] | None:
    """A block as plain data; None for the title, and for a chart without content."""
    plain = {"kind": kind, **vars(block)}
    if isinstance(block, Heading):
        return plain if block.level else None
    if isinstance(block, Grid):
        return plain | {"numeric": sorted(block.numeric), "widths": widths(block)}
    if isinstance(block, Chart):
        if not block.svg:
            return None
        svg, ratio = alone(block.svg)
        return plain | {"svg": svg, "width": min(WIDEST, TALLEST / ratio)}
    return plain
