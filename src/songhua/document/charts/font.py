"""The font for a page's characters: a subset that the page carries, so that it always draws."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
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


def measuring(letters: Iterable[str], family: str) -> bytes:
    """The font with these letters under a family name of its own, to measure labels with.

    >>> len(measuring("a", "One")) < len(measuring("ab哈", "Two")) < 10_000
    True
    """
    font = _cut("".join(sorted(set(letters))), None)
    names = font["name"]
    for number in (1, 6):
        names.setName(family, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    font.close()
    return out.getvalue()


@lru_cache(maxsize=8)
def _subset(characters: str) -> bytes:
    """The font with these characters alone as WOFF2: the same bytes for the same characters."""
    from fontTools import subset

    font = _cut(characters, "woff2")
    out = io.BytesIO()
    subset.save_font(font, out, _options("woff2"))
    font.close()
    return out.getvalue()


def _options(flavor: str | None) -> Any:
    """What a font of fewer characters keeps."""
    from fontTools import subset

    return subset.Options(
        flavor=flavor, hinting=False, layout_features=["kern", "palt"], notdef_outline=True,
        recalc_timestamp=False, name_IDs=[0, 1, 2, 13], desubroutinize=False,
    )  # fmt: skip


def _cut(characters: str, flavor: str | None) -> Any:
    """The font with these characters alone."""
    from fontTools import subset
    from pylopdf_fonts_zh_cn import sans_path

    options = _options(flavor)
    font = subset.load_font(str(Path(str(sans_path()))), options, dontLoadGlyphNames=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    return font
