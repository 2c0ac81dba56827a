"""The font for a page's characters: a subset that the page carries, so that it always draws."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

FAMILY = "Songhua Sans"
ALWAYS = "".join(map(chr, range(32, 127))) + "–—−±≠·“”‘’…×≥≤●◆○△∞"


def face(text: str) -> str:
    """An `@font-face` rule with the characters of the text, as WOFF2 inside the rule.

    >>> face("哈尔滨").startswith('@font-face{font-family:"Songhua Sans";')
    True
    """
    encoded = base64.b64encode(woff2(text)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:400;font-display:block;'
        f'src:url(data:font/woff2;base64,{encoded}) format("woff2")}}'
    )


def woff2(text: str) -> bytes:
    """A font with the characters of a text, and those that each page has.

    >>> woff2("哈尔滨")[:4]
    b'wOF2'
    """
    return _subset("".join(sorted(set(text + ALWAYS))))


def ruler(family: str) -> bytes:
    """A font of the widths of all characters, without their shapes, to measure labels with.

    A font's file is read for each letter of a label that is measured: this one is small, since
    characters as wide as one another share a glyph. Pairs that stand closer together do not here.
    Each glyph has a colour, which is asked for first: the file is read once for it, not four times.

    >>> len(ruler("Ruler")) < 20_000
    True
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    font: Any
    with TTFont(_place(), lazy=True) as font:
        wide = {code: font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
        size, lines, marks = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    glyphs = {".notdef": (size, 0)} | {
        f"w{advance}": (advance, 0) for advance in sorted(set(wide.values()))
    }
    builder = FontBuilder(size, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    pen = TTGlyphPen(None)  # without any shape a label is not measured
    pen.moveTo((0, 0))
    pen.lineTo((0, 1))
    pen.lineTo((1, 0))
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    shared = CmapSubtable.newSubtable(13)  # the form in which many characters have one glyph
    shared.platformID, shared.platEncID, shared.language = 3, 10, 0
    shared.cmap = {code: f"w{advance}" for code, advance in wide.items()}
    table: Any = newTable("cmap")
    builder.font["cmap"] = table
    table.tableVersion, table.tables = 0, [shared]
    builder.setupHorizontalMetrics(glyphs)
    builder.setupHorizontalHeader(ascent=lines.ascent, descent=lines.descent)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    builder.setupOS2(sxHeight=marks.sxHeight, usFirstCharIndex=min(wide), usLastCharIndex=0xFFFF)
    builder.setupPost()
    builder.setupCOLR({glyph: [(glyph, 0)] for glyph in glyphs})
    builder.setupCPAL([[(0.0, 0.0, 0.0, 1.0)]])
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


@lru_cache(maxsize=8)
def _subset(characters: str) -> bytes:
    """The font with these characters alone as WOFF2: the same bytes for the same characters."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=["kern", "palt"],
        notdef_outline=True,
        recalc_timestamp=False,
        name_IDs=[0, 1, 2, 13],
        desubroutinize=False,
    )
    font = subset.load_font(_place(), options, dontLoadGlyphNames=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    font.close()
    return out.getvalue()


def folder_of_fonts() -> str:
    """Where the font of all characters is."""
    return str(Path(_place()).parent)


def _place() -> str:
    from pylopdf_fonts_zh_cn import sans_path

    return str(sans_path())
