"""The texts of a workbook: what stands between its tags, and the list that its cells share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.looks import Sign, taken_out
from songhua.reading.sheets.workbook.package import Package, broken, too_large
from songhua.reading.table_fault_kinds import ImportCellLong

_READING = re.compile(rb"<(?:\w+:)?rPh[\s>](?:[^<]|<(?!/(?:\w+:)?rPh))*+")
_RUN = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?(?<!/)>([^<]*)")
_ENTRY = re.compile(
    rb"<si><t>([^<]*)</t></si>"
    rb"|<(?:\w+:)?si(?:\s[^<>]*?)?(?:/>|>((?:[^<]|<(?!/?(?:\w+:)?si[\s/>]))*+)</)"
    rb"|<(?:\w+:)?(si)[\s>]"
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));")
_NAMED_LETTER = re.compile(r"&([A-Za-z]{2,10};)")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RUNS = re.compile(rb"<(?:\w+:)?r(?:\s[^<>]*)?>((?:[^<]|<(?!/(?:\w+:)?r>))*+)")
_STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s+val\s*=\s*[\"'](?:1|true)[\"'])?\s*/?>")
_RAISED = re.compile(rb"<(?:\w+:)?vertAlign\s+val\s*=\s*[\"']superscript[\"']")
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
        if "&" in string:
            string = named_letters(string)
    if "_x" in string:
        string = _ESCAPED.sub(_escaped, string)
    return string


def attributes(text: bytes) -> dict[str, str]:
    """The attributes of a tag.

    >>> attributes(b"r='A1' t=\\"s\\"")
    {'r': 'A1', 't': 's'}
    """
    return {
        name.decode(): plain(double or single)
        for name, double, single in _ATTRIBUTE.findall(text or b"")
    }


def whole(text: str | None, most: int) -> int:
    """A whole number of an attribute.

    Raises:
        SonghuaError: it is none, or beyond what a workbook may have.
    """
    if text is None or not (text.isascii() and text.isdigit()):
        raise broken(f"'{(text or '')[:20]}' is no whole number")
    if len(text) > 9 or int(text) > most:
        raise too_large()
    return int(text)


def named_letters(text: str) -> str:
    """A text with letters in the place of their names in HTML, as an office's database writes them.

    >>> named_letters("Estat&iacute;stica R&amp;D &lt;5")
    'Estatística R&amp;D &lt;5'
    """
    return _NAMED_LETTER.sub(_letter, text)


def _letter(name: re.Match[str]) -> str:
    letter = html5.get(name[1], "")
    return letter if len(letter) == 1 and letter.isalpha() else name[0]


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


def parted(content: bytes) -> tuple[str, Sign | None]:
    """A text in runs, and what its runs raise or strike out, which is taken out of the text.

    >>> raised = b'<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    >>> text, sign = parted(b"<r><t>110.2</t></r>" + raised)
    >>> text, sign.superscript
    ('110.2', '1')
    """
    if b"vertAlign" not in content and b"strike" not in content:
        return runs(content), None
    parts = []
    for run in _RUNS.findall(_READING.sub(b"", content)):
        head, _, _ = run.partition(b"<t")
        kind = "struck" if is_struck(head) else "raised" if is_raised(head) else ""
        parts.append((runs(run), kind))
    return taken_out(parts)


def is_struck(properties: bytes) -> bool:
    """True for the properties of a font that strikes out.

    >>> is_struck(b"<strike/>"), is_struck(b'<strike val="0"/>'), is_struck(b"<b/>")
    (True, False, False)
    """
    return bool(_STRIKE.search(properties))


def is_raised(properties: bytes) -> bool:
    """True for the properties of a font that is set as superscript.

    >>> is_raised(b'<vertAlign val="superscript"/>'), is_raised(b'<vertAlign val="subscript"/>')
    (True, False)
    """
    return bool(_RAISED.search(properties))


def weight(text: str) -> int:
    """At least as many bytes as a text takes.

    >>> weight("food"), weight("食品")
    (4, 6)
    """
    return len(text) if text.isascii() else 3 * len(text)


def shared(package: Package) -> tuple[list[str], dict[int, Sign]]:
    """The texts that cells name by their number, and what was taken out of some of them.

    Both are empty where the package has no such list.

    Raises:
        SonghuaError: the list is broken, or a text is longer than a cell can be.
    """
    name = "xl/sharedStrings.xml"
    if name not in package:
        return [], {}
    texts: list[str] = []
    signs: dict[int, Sign] = {}
    for entry in tokens(package.pieces(name), _ENTRY, (b"si",)):
        simple, several, lone = entry.groups()
        if lone:
            raise broken("a text within a text")
        text, sign = (plain(simple), None) if simple is not None else parted(several or b"")
        if sign is not None:
            signs[len(texts)] = sign
        if len(text) > limits.CELL:
            raise SonghuaError(ImportCellLong(most=limits.CELL))
        texts.append(text)
        if len(texts) > limits.SHARED or len(signs) > limits.SIGNS:
            raise too_large()
    return texts, signs
