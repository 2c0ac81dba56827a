"""The texts of a workbook: what stands between its tags, and the list that its cells share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.workbook.package import Package, broken, too_large
from songhua.reading.table_fault_kinds import ImportCellLong

_READING = re.compile(rb"<(?:\w+:)?rPh[\s>](?:[^<]|<(?!/(?:\w+:)?rPh))*+")
_RUN = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?(?<!/)>([^<]*)")
_ITEM = re.compile(
    rb"<si><t>([^<]*)</t></si>"
    rb"|<(?:\w+:)?si(?:\s[^<>]*?)?(?:/>|>((?:[^<]|<(?!/?(?:\w+:)?si[\s/>]))*+)</)"
    rb"|<(?:\w+:)?(si)[\s>]"
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LONGEST = 8_000_000  # bytes of one tag with what it encloses


def tokens(
    pieces: Iterator[bytes], pattern: re.Pattern[bytes], names: tuple[bytes, ...]
) -> Iterator[re.Match[bytes]]:
    """Matches of a pattern in a text that comes in pieces; each begins with one of the tags.

    Raises:
        SonghuaError: one tag with what it encloses is too long.

    >>> found = tokens(iter([b"<a>1</a><a", b">2</a>"]), re.compile(rb"<a>(.)</a>"), (b"a",))
    >>> [one[1] for one in found]
    [b'1', b'2']
    """
    starts = re.compile(rb"<(?:\w+:)?(?:" + b"|".join(names) + rb")[\s/>]")
    buffer = b""
    for piece in pieces:
        buffer += piece
        cut = _last(starts, buffer, len(buffer) - 4096) or _last(starts, buffer, 0)
        if cut:
            yield from pattern.finditer(buffer, 0, cut)
            buffer = buffer[cut:]
        elif len(buffer) > _LONGEST:
            raise too_large()
    yield from pattern.finditer(buffer)


def _last(pattern: re.Pattern[bytes], text: bytes, start: int) -> int:
    """Start of the last match; 0 where there is none."""
    return max((match.start() for match in pattern.finditer(text, max(0, start))), default=0)


def plain(text: bytes) -> str:
    """The content of a tag, as text.

    A workbook writes a character that XML cannot hold as `_x000D_`.

    >>> plain(b"R&amp;D_x000D_ &#20159;"), plain("亿元".encode())
    ('R&D\\r 亿', '亿元')
    """
    string = text.decode("utf-8")
    if "&" in string:
        string = _ENTITY.sub(_character, string)
    if "_x" in string:
        string = _ESCAPED.sub(_escaped, string)
    return string


def _character(entity: re.Match[str]) -> str:
    code, digits, name = entity.groups()
    return _ENTITIES[name] if name else chr(int(code, 16) if code else int(digits))


def _escaped(code: re.Match[str]) -> str:
    """The character of a code; what is none in a text of its own stays as it is written."""
    value = int(code[1], 16)
    return code[0] if value < 9 or 0xD800 <= value < 0xE000 else chr(value)


def runs(content: bytes) -> str:
    """A text in several runs; the reading aids of Chinese and Japanese are no part of it.

    >>> runs(b"<r><t>Gross </t></r><r><t>product</t></r><rPh sb='0'><t>x</t></rPh>")
    'Gross product'
    """
    if b"rPh" in content:
        content = _READING.sub(b"", content)
    return plain(b"".join(_RUN.findall(content)))


def weight(text: str) -> int:
    """At least as many bytes as a text takes.

    >>> weight("food"), weight("食品")
    (4, 6)
    """
    return len(text) if text.isascii() else 3 * len(text)


def shared(package: Package) -> list[str]:
    """The texts that cells name by their number; none where the package has no such list.

    Raises:
        SonghuaError: the list is broken, or a text is longer than a cell can be.
    """
    name = "xl/sharedStrings.xml"
    if name not in package:
        return []
    texts: list[str] = []
    for item in tokens(package.pieces(name), _ITEM, (b"si",)):
        simple, several, lone = item.groups()
        if lone:
            raise broken("a text within a text")
        text = plain(simple) if simple is not None else runs(several or b"")
        if len(text) > limits.CELL:
            raise SonghuaError(ImportCellLong(most=limits.CELL))
        texts.append(text)
        if len(texts) > limits.SHARED:
            raise too_large()
    return texts
