"""Characters that a person can see and tell apart, and labels written one way."""

from __future__ import annotations

import unicodedata

#: Controls that lay text out, and the joiners without which some scripts cannot be written.
_ALLOWED = frozenset("\t\n\r\u200c\u200d")
_JOINERS = "\u200c\u200d"


def odd_characters(text: str) -> list[str]:
    """The characters that are no text, each once: controls, invisible ones, halves of a pair.

    A name with one of them looks like another name, or cannot be drawn.

    >>> odd_characters("Rivertown\\u200b"), odd_characters("河城\\t\\n")
    (['\\u200b'], [])
    """
    if text.isprintable() and "\ufffd" not in text:
        return []
    return sorted(character for character in set(text) if _odd(character))


def _odd(character: str) -> bool:
    if character in _ALLOWED:
        return False
    number = ord(character)
    none = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF or number == 0xFFFD
    return none or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def character_name(character: str) -> str:
    """A character by its number and its name in Unicode, for it may not be seen.

    >>> character_name("\\u200b"), character_name("\\0")
    ('U+200B ZERO WIDTH SPACE', 'U+0000')
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def drawable(text: str) -> str:
    """The text with a mark in place of each character that is no text.

    >>> drawable("a\\x1bb")
    'a\\ufffdb'
    """
    odd = odd_characters(text)
    return text.translate(dict.fromkeys(map(ord, odd), "\ufffd")) if odd else text


def tidy_label(text: str) -> str:
    """A label as it is told apart from others: composed, single spaces, none at its ends.

    >>> tidy_label(" north\\u00a0 bank "), tidy_label("Cafe\\u0301") == "Caf\\u00e9"
    ('north bank', True)
    """
    plain = text.translate(dict.fromkeys(map(ord, _JOINERS)))
    return unicodedata.normalize("NFC", " ".join(plain.split()))
