"""Differences between consoles: signs that an encoding lacks, and the system's language."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

#: The replacement of a sign that the console's encoding lacks.
NEAR = {
    "−": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "‑": "-",
    "⁻": "^-",
    "•": "·",
    "·": "-",
    "…": "...",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "«": '"',
    "»": '"',
    "×": "x",
    "÷": "/",
    "⁄": "/",
    "±": "+/-",
    "∓": "-/+",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "≉": "!~",
    "≠": "!=",
    "∞": "inf",
    "→": "->",
    "←": "<-",
    "↑": "^",
    "↓": "v",
    "✓": "√",
    "√": "v",
    "✗": "×",
    "●": "*",
    "◆": "+",
    "○": "o",
    "△": "^",
    "€": "EUR",
    "¥": "￥",
    "‰": "o/oo",
    "£": "GBP",
    "₹": "INR",
    "µ": "μ",
    "μ": "u",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2060": "",
    "\u200b": "",
}
#: Output for programs never has replaced signs.
DATA = ("--json", "--blocks")


def prepare(arguments: Sequence[str]) -> None:
    """Let every text be printed in whatever encoding the console or the file behind it has."""
    data = set(DATA) & set(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            errors = "backslashreplace" if data else near(stream.encoding)
            stream.reconfigure(errors=errors)  # pyright: ignore[reportAttributeAccessIssue]


def near(encoding: str) -> str:
    """The name of an error handler that writes signs like those that an encoding lacks.

    A sign without a similar one is written as its number.

    >>> "−3.2 • 河城 ✓ ½".encode("gbk", near("gbk")).decode("gbk")
    '-3.2 · 河城 √ 1/2'
    >>> print("5 ≤ x, 河".encode("cp1252", near("cp1252")).decode())
    5 <= x, \\u6cb3
    """

    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        text = error.object[error.start : error.end]
        return "".join(_near(sign, encoding) for sign in text), error.end

    codecs.register_error(name := f"songhua.near.{encoding}", handler)
    return name


def _near(sign: str, encoding: str) -> str:
    """A sign or a text like it that the encoding has."""
    for text in (sign, NEAR.get(sign), unicodedata.normalize("NFKC", sign)):
        if text is None:
            continue
        for candidate in (text, "".join(NEAR.get(letter, letter) for letter in text)):
            with suppress(UnicodeEncodeError):
                candidate.encode(encoding)
                return candidate
    return sign.encode("ascii", "backslashreplace").decode()


def broken_pipe(error: OSError) -> bool:
    """True for an error by which nobody reads on; Windows calls it an invalid argument.

    >>> broken_pipe(BrokenPipeError()), broken_pipe(OSError(28, "No space left on device"))
    (True, False)
    """
    invalid = os.name == "nt" and error.errno == 22 and not error.filename
    return isinstance(error, BrokenPipeError) or invalid


def system_language() -> str:
    """The language that Windows speaks, such as `zh_CN`; other systems say it in a variable.

    >>> system_language()
    ''
    """
    if os.name != "nt":
        return ""
    import ctypes
    from locale import windows_locale

    with suppress(AttributeError, OSError):
        id = getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage()  # noqa: B009
        return windows_locale.get(id, "")
    return ""
