"""Where a line may end: never within a number, or between a number or year and its unit.

`glued` puts characters that no renderer breaks at (a no-break space, a word joiner) into a text;
`wrapped` breaks it where nothing else does, on a terminal and in pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import east_asian_width

from songhua import messages

NO_BREAK, JOINER = "\u00a0", "\u2060"
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CLOSING = "，。、；：！？）》」』】”’％…—,.;:!?)%‰"
_OPENING = "（《「『【“‘("
_DASH = re.compile(r"(?<=\d)([–—～/…])(?=[\d−])|(?<=\w)(–)(?=\w)")
_WORD = re.compile(r"(?<=\d) (?=[^\W\d_]|[%‰])")
_PRINT = re.compile(rf"({_WIDE})")


@cache
def _scale_words() -> re.Pattern[str]:
    """A scale and what it is a scale of (`billion yuan`), months and quarters with their year."""
    words: set[str] = set()
    for lang in messages.LANGUAGES:
        catalogue = messages.catalogue(lang)
        scales = {key: text for key, text in catalogue["scales"].items() if key not in NO_WORDS}
        words |= {str(text) for text in scales.values() if str(text).isascii()}
        words |= {month for month in catalogue["periods"]["months"] if not month.isdigit()}
    listed = "|".join(sorted(map(re.escape, words - {""}), key=len, reverse=True))
    return re.compile(rf"\b({listed}|[HQ]\d) (?=\w)")


NO_WORDS = ("steps", "thousands", "spaced")


@cache
def _units() -> re.Pattern[str]:
    """A number with a unit in wide letters after it: `5183.8亿元`, `2020年`, `12个百分点`."""
    names: set[str] = set()
    for lang in messages.LANGUAGES:
        catalogue = messages.catalogue(lang)
        for group in (*catalogue["units"].values(), catalogue["unit_words"].values()):
            names |= {str(name) for name in group}
    wide = sorted((n for n in names if re.fullmatch(f"{_WIDE}+", n)), key=len, reverse=True)
    return re.compile(
        rf"(?<=[\d%‰])((?:{'|'.join(map(re.escape, wide))})|{_WIDE})(/{_WIDE}{{1,4}})?"
    )


def glued(text: str) -> str:
    """A text in which no number is parted from its unit, and no year from its month.

    >>> glued("up to 5.2 billion yuan in May 2024").replace(NO_BREAK, "~")
    'up to 5.2~billion~yuan in May~2024'
    >>> glued("Jan–Sep 2020").replace(JOINER, "_").replace(NO_BREAK, "~")
    'Jan_–_Sep~2020'
    >>> glued("2020年为5183.8亿元").replace(JOINER, "_")
    '2020_年为5183.8_亿_元'
    """
    if "://" in text:  # an address stays as it is
        return text
    text = _DASH.sub(lambda match: f"{JOINER}{match[0]}{JOINER}", text)
    text = _scale_words().sub(lambda match: f"{match[1]}{NO_BREAK}", text)
    text = _WORD.sub(NO_BREAK, text)
    return _units().sub(lambda match: JOINER + JOINER.join(match[1] + (match[2] or "")), text)


def plain_spaces(text: str) -> str:
    """A text without what `glued` put into it.

    >>> plain_spaces(glued("5 to 6 million people in 2020–2025"))
    '5 to 6 million people in 2020–2025'
    """
    return text.replace(JOINER, "").replace(NO_BREAK, " ")


def width(text: str) -> int:
    """The columns that a text takes: a wide letter two, a joiner none.

    >>> width("GDP增速"), width(glued("5亿元"))
    (7, 5)
    """
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text if c != JOINER)


def chunks(text: str) -> list[str]:
    """The pieces of a text that no line breaks, their spaces with them.

    >>> chunks("增速5.2%，2020年")
    ['增', '速', '5.2%，', '2020年']
    """
    pieces: list[str] = []
    for word in re.findall(r"[^ \n]+ *|\n| +", glued(text)):
        piece = ""
        for at, letter in enumerate(word):
            last = word[at - 1] if at else ""
            if piece and _may_part(last, letter):
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return [
        plain_spaces(piece) if JOINER in piece or NO_BREAK in piece else piece for piece in pieces
    ]


def _may_part(last: str, letter: str) -> bool:
    """True where a line may end between two letters of a word without spaces."""
    if JOINER in (last, letter) or letter in _CLOSING or last in _OPENING or letter == " ":
        return False
    return bool(_PRINT.match(last) or _PRINT.match(letter))


def wrapped(text: str, columns: int) -> list[str]:
    """The lines of a text, none wider than so many columns.

    >>> wrapped("农业产值增速目标，2021年", 20), wrapped("grew by 5.2 billion yuan", 16)
    (['农业产值增速目标，', '2021年'], ['grew by', '5.2 billion yuan'])
    """
    lines, line = [], ""
    for piece in chunks(text):
        if piece == "\n":
            lines.append(line.rstrip(" "))
            line = ""
            continue
        if line and width((line + piece).rstrip(" ")) > columns:
            lines.append(line.rstrip(" "))
            line = ""
        line += piece if line else piece.lstrip(" ")
        if width(line.rstrip(" ")) > columns > 1:  # a piece wider than the column
            *whole, line = _cut(line, columns)
            lines += whole
    return [*lines, line.rstrip(" ")]


def _cut(text: str, columns: int) -> Iterator[str]:
    """The parts of a text without places to break, gone through once; the last ends it."""
    start = filled = 0
    for at, letter in enumerate(text.rstrip(" ")):
        wide = width(letter)
        if filled + wide > columns:
            yield text[start:at]
            start, filled = at, 0
        filled += wide
    yield text[start:]
