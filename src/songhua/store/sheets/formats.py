"""How a workbook shows its numbers: the decimals, and whether in percent.

A workbook keeps 0.052 where it shows 5.2%, and 3248 where it shows 3248.0. What a bureau printed
is what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from songhua.store.sheets.faults import column_number

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_BUILT_IN |= {37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"}
_DRESSING = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[\s$€£¥￥()+\-]')
_DIGITS = re.compile(r"[#0?,]*[0?](?:\.([0?]+))?(%?)")
_TAG = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d{1,6})[\"']")


@dataclass(frozen=True)
class Format:
    """The decimals that a cell shows, and whether it shows a hundred times what it keeps."""

    decimals: int
    percent: bool = False


def parse_format(code: str) -> Format | None:
    """A number format; None for the general one and for those that do not fix the decimals.

    >>> parse_format("#,##0.0_ "), parse_format("0.00%"), parse_format("0.##"), parse_format("yyyy")
    (Format(decimals=1, percent=False), Format(decimals=2, percent=True), None, None)
    """
    first = _DRESSING.sub("", code).split(";")[0]
    found = _DIGITS.fullmatch(first)
    return Format(len(found[1] or ""), bool(found[2])) if found else None


def shown_formats(parts: Mapping[str, bytes], sheet: str) -> dict[tuple[int, int], Format]:
    """The formats of a sheet's cells by row and column, counted from 0."""
    try:
        styles = _styles(parts.get("xl/styles.xml", b"<styleSheet/>"))
        text = parts.get(_sheet_part(parts, sheet), b"")
    except (ElementTree.ParseError, ValueError, KeyError):
        return {}
    found: dict[tuple[int, int], Format] = {}
    for tag in _TAG.finditer(text) if styles else ():
        style, place = _STYLE.search(tag[1]), _PLACE.search(tag[1])
        shown = styles.get(int(style[1])) if style else None
        column = column_number(place[1].decode()) if place else None
        if shown is not None and place is not None and column is not None:
            found[int(place[2]) - 1, column] = shown
    return found


def _xml(text: bytes) -> ElementTree.Element:
    """A part as XML; its encoding is UTF-8, whatever it says."""
    return ElementTree.fromstring(text, ElementTree.XMLParser(encoding="utf-8"))


def _styles(text: bytes) -> dict[int, Format]:
    """The styles that fix how a number is shown, by their place in the list."""
    root = _xml(text)
    codes = dict(_BUILT_IN)
    for entry in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(entry.get("numFmtId", "-1"))] = entry.get("formatCode", "")
    found: dict[int, Format] = {}
    for number, entry in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        shown = parse_format(codes.get(int(entry.get("numFmtId", "0")), ""))
        if shown is not None:
            found[number] = shown
    return found


def sheet_text(parts: Mapping[str, bytes], sheet: str) -> bytes:
    """The part that holds a sheet; blank where the package is not as it should be."""
    try:
        return parts.get(_sheet_part(parts, sheet), b"")
    except (ElementTree.ParseError, ValueError, KeyError):
        return b""


def _sheet_part(parts: Mapping[str, bytes], sheet: str) -> str:
    """The name of the part that holds a sheet."""
    book = _xml(parts["xl/workbook.xml"])
    links = _xml(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for entry in book.iterfind("{*}sheets/{*}sheet"):
        if entry.get("name") == sheet:
            which = next((v for name, v in entry.items() if name.endswith("}id")), None)
            target = targets.get(which, "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return ""
