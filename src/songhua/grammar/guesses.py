"""A guess at the name in a text for which none is declared: all that is no other word."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.grammar.times import Token

# What may stand within a name or beside it without parting it.
WITHIN = ("unknown", "plain", "bound", "sense", "rate", "addition", "hold", "to", "place", "from")
# Words of a quantity that belong to the name before them: "R&D share".
OF_NAME = ("rate", "share", "ratio", "number", "total", "figure")
HAN = range(0x4E00, 0xA000)


def guessed_names(text: str, tokens: Sequence[Token]) -> list[str]:
    """The stretches that are no other words, each from its first unknown piece to its last.

    >>> from songhua.grammar.lexer import tokenised
    >>> texts = ("规模以上工业增加值增长5%", "应急物资储备达到50万件", "Raise the R&D share to 3 %")
    >>> [guessed_names(text, tokenised(text)) for text in texts]
    [['规模以上工业增加值'], ['应急物资储备'], ['R&D share']]
    """
    spans: list[list[int]] = []
    joined = False
    for n, token in enumerate(tokens):
        if token.kind == "unknown":
            if joined:
                spans[-1][1] = n
            else:
                spans.append([n, n])
            joined = True
        elif token.kind not in WITHIN or text[token.start : token.end] in (",", "，", ";", ":"):
            joined = False
    return [_stretch(text, tokens, first, last) for first, last in spans]


def _stretch(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    """From one token to another, with the characters that touch them and belong to their word."""
    before = tokens[first - 1] if first else None
    start, end = tokens[first].start, tokens[last].end
    if before is not None and (before.end, before.says) == (start, "filler"):
        single = before.end - before.start == 1 and ord(text[before.start]) in HAN
        start = before.start if single else start
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and text[after.start : after.end].lower() in OF_NAME:
        end = after.end
    return text[start:end]
