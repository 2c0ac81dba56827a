"""The text of a PDF as it is printed: glyphs by the tables that its fonts carry."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"(\d+) 0 obj\b(?:(?!endobj).)*?\bstream\r?\n", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s*((?:(?!endobj|stream\r?\n).)*)", re.DOTALL)
_SHOWN = re.compile(
    rb"/ActualText\((?:[^()\\]|\\.)*\)|/(?P<font>f\d+) [-\d.]+ Tf"
    rb"|(?P<text>\((?:[^()\\]|\\.)*\))|<(?P<hex>[0-9A-F]+)>|(?P<end>\bET\b)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
Glyphs = dict[int, str]


def pieces(data: bytes) -> list[str]:
    """The text of a PDF, a piece of a line each."""
    streams = {int(found[1]): _plain(data[found.end() :]) for found in _STREAM.finditer(data)}
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
    tables: dict[int, Glyphs] = {}
    found: list[str] = []
    for at, head in objects.items():  # a page, or a form with resources of its own
        if (given := re.search(rb"/Resources (\d+) 0 R", head)) is None:
            continue
        fonts: dict[bytes, Glyphs] = {}
        for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", objects[int(given[1])]):
            if int(font) not in tables:
                tables[int(font)] = _glyphs(data, int(font), streams)
            fonts[name] = tables[int(font)]
        contents = re.search(rb"/Contents (\d+) 0 R", head)
        found += _shown(streams[int(contents[1]) if contents else at], fonts)
    return found


def _plain(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""


def _glyphs(data: bytes, at: int, streams: dict[int, bytes]) -> Glyphs:
    """The letters of a font's glyphs."""
    font = re.search(rb"(?:^|\s)%d 0 obj\b(.*?)endobj" % at, data, re.DOTALL)
    table = re.search(rb"/ToUnicode (\d+) 0 R", font[1]) if font else None
    pairs = re.findall(rb"<(\w{4})> <(\w+)>\n", streams.get(int(table[1]), b"")) if table else []
    return {int(glyph, 16): bytes.fromhex(word.decode()).decode("utf-16-be")
            for glyph, word in pairs}  # fmt: skip


def _shown(text: bytes, fonts: dict[bytes, Glyphs]) -> list[str]:
    found: list[str] = []
    glyphs: Glyphs = {}
    line = ""
    for one in _SHOWN.finditer(text):
        if one["font"]:
            glyphs = fonts.get(one["font"], {})
        elif one["text"] or one["hex"]:
            raw = bytes.fromhex(one["hex"].decode()) if one["hex"] else _literal(one["text"][1:-1])
            places = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
            line += "".join(glyphs.get(at, "\ufffd") for at in places)
        elif one["end"] and line:
            found.append(line)
            line = ""
    return found


def _literal(text: bytes) -> bytes:
    """The bytes of a string between parentheses."""

    def letter(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code.isdigit() else _LETTERS.get(code, code)

    return _ESCAPE.sub(letter, text)
