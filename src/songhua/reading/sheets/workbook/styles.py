"""The styles of a workbook: number formats, and fonts and grounds that change what a cell says."""

from __future__ import annotations

import colorsys
import re
from typing import TypeVar

from songhua.reading import limits
from songhua.reading.sheets import days
from songhua.reading.sheets.formats import BUILT_IN
from songhua.reading.sheets.looks import Style
from songhua.reading.sheets.workbook.package import Package, too_large
from songhua.reading.sheets.workbook.texts import attributes, is_raised, is_struck

_T = TypeVar("_T")
_PART, _THEME = "xl/styles.xml", "xl/theme/theme1.xml"
_XF = re.compile(rb"<(?:\w+:)?(xf|alignment)((?:\s[^<>]*)?)/?>")
_CODE = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^<>]*)?(?:/>|>((?:[^<]|<(?!/(?:\w+:)?font>))*+)</)")
_FILL = re.compile(rb"<(?:\w+:)?fill(?:\s[^<>]*)?(?:/>|>((?:[^<]|<(?!/(?:\w+:)?fill>))*+)</)")
_SOLID = re.compile(rb"<(?:\w+:)?patternFill\s[^<>]*patternType\s*=\s*[\"']solid")
_GROUND = re.compile(rb"<(?:\w+:)?fgColor\s([^<>]*)>")
_THEMED = re.compile(rb"<(?:\w+:)?(?:srgbClr\s+val|sysClr\s[^<>]*lastClr)\s*=\s*[\"'](\w{6})[\"']")
#: The colours that every program knows by number, the first eight twice.
_INDEXED = ("000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF" * 2) + (
    "800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF660066FF80800066CC"
    "CCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CC"
    "CC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300"
    "993366333399333333"
)


def read_styles(package: Package) -> list[Style]:
    """The styles of a workbook in their order; none where it has no such part.

    Raises:
        SonghuaError: they are broken or too many.
    """
    if _PART not in package:
        return []
    text = package.part(_PART)
    codes = {str(number): code for number, code in (BUILT_IN | days.BUILT_IN).items()}
    for attrs in map(attributes, _CODE.findall(_section(text, b"numFmts"))):
        codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
    fonts = [(is_struck(font), is_raised(font)) for font in _FONT.findall(_section(text, b"fonts"))]
    fills = _fills(package, _section(text, b"fills"))
    entries: list[dict[str, str]] = []
    for tag, settings in _XF.findall(_section(text, b"cellXfs")):
        attrs = attributes(settings)
        if tag == b"xf":
            entries.append(attrs)
        elif entries:
            entries[-1]["indent"] = attrs.get("indent", "0")
    if len(entries) > limits.STYLES:
        raise too_large()
    return [
        Style(
            codes.get(entry.get("numFmtId", "0"), ""),
            _entry(fills, entry.get("fillId"), ""),
            int(indent) if (indent := entry.get("indent", "0")) in map(str, range(251)) else 0,
            *_entry(fonts, entry.get("fontId"), (False, False)),
        )
        for entry in entries
    ]


def _entry(entries: list[_T], number: str | None, other: _T) -> _T:
    at = int(number) if number and number.isascii() and number.isdigit() and len(number) < 7 else -1
    return entries[at] if 0 <= at < len(entries) else other


def _fills(package: Package, text: bytes) -> list[str]:
    """The colour of each solid ground; nothing for white and for others."""
    colours = []
    theme: list[str] | None = None
    for fill in _FILL.findall(text):
        ground = _GROUND.search(fill) if _SOLID.search(fill) else None
        attrs = attributes(ground[1]) if ground else {}
        if "theme" in attrs and theme is None:
            theme = _theme(package)
        colour = _colour(attrs, theme or []).upper()
        colours.append("" if colour == "FFFFFF" else colour)
    return colours


def _colour(attrs: dict[str, str], theme: list[str]) -> str:
    if re.fullmatch("[0-9A-Fa-f]{8}", attrs.get("rgb", "")):
        return _tinted(attrs["rgb"][2:], attrs.get("tint", ""))
    if "theme" in attrs:
        return _tinted(_entry(theme, attrs["theme"], ""), attrs.get("tint", ""))
    palette = [_INDEXED[at : at + 6] for at in range(0, len(_INDEXED), 6)]
    return _entry(palette, attrs.get("indexed"), "")


def _theme(package: Package) -> list[str]:
    """The colours of the workbook's theme in the order in which they are numbered."""
    if _THEME not in package:
        return []
    colours = [
        code.decode() for code in _THEMED.findall(_section(package.part(_THEME), b"clrScheme"))
    ]
    return [*(colours[at] for at in (1, 0, 3, 2)), *colours[4:]] if len(colours) >= 4 else []


def _tinted(colour: str, tint: str) -> str:
    """A colour made lighter or darker."""
    if not colour or not re.fullmatch(r"-?\d(\.\d+)?([eE]-\d+)?", tint):
        return colour
    share = max(-1.0, min(1.0, float(tint)))
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light + (1 - light) * share
    return "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, full))


def _section(text: bytes, name: bytes) -> bytes:
    """The content of a tag that stands once."""
    match = re.search(rb"<(?:\w+:)?" + name + rb"[\s>](.*?)</(?:\w+:)?" + name, text, re.DOTALL)
    return match[1] if match else b""
