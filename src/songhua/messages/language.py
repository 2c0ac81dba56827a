"""Writing of a language: script, gaps, punctuation and marks, from its catalogue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from songhua.messages.catalogues import BASE, LANGUAGES, catalogue


@dataclass(frozen=True)
class Language:
    """One language, as the section `language` of its catalogue describes it.

    `tag` is for HTML, `locale` for documents. A `demanded` language is one that the names of a
    rulebook must be given in, and that `check` asks for where those of a case lack it. `script` is
    the range of letters that no other language here has; blank where the letters do not tell.
    `wide` letters take two columns, and stand beside others without a gap. `gap` is what stands
    between words; after `comma`, `colon` and `semicolon` nothing more is needed, after `stop` a
    gap. `thousands` and `decimal` stand inside numbers. `part` says a part of a number:
    none of one, the only one, both of two, all, and so many of more.
    """

    code: str
    name: str
    tag: str
    locale: str
    demanded: bool
    script: str
    wide: bool
    gap: str
    comma: str
    list_comma: str
    semicolon: str
    colon: str
    stop: str
    brackets: str
    title_gap: str
    thousands: str
    decimal: str
    part: tuple[str, str, str, str, str]

    @cached_property
    def _letters(self) -> re.Pattern[str]:
        return re.compile(f"[{self.script}]" if self.script else r"(?!)")

    def writes(self, text: str) -> bool:
        """True for a text with letters that only this language has.

        >>> language("zh").writes("GDP增速"), language("en").writes("growth")
        (True, False)
        """
        return bool(self._letters.search(text))

    def reads(self, text: str) -> bool:
        """True for a text in the letters of this language.

        >>> language("zh").reads("GDP"), language("en").reads("GDP"), language("en").reads("增速")
        (False, True, False)
        """
        return script_of(text) == (self.code if self.script else "")

    def joined(self, items: Iterable[str]) -> str:
        """Several names as one text.

        >>> language("zh").joined(["a", "b"]), language("en").joined(["a", "b"])
        ('a、b', 'a, b')
        """
        return self.list_comma.join(items)

    def sentences(self, texts: Iterable[str]) -> str:
        """Whole sentences, one after another.

        >>> language("en").sentences(["One.", "Two."]), language("zh").sentences(["一。", "二。"])
        ('One. Two.', '一。二。')
        """
        return self.gap.join(text for text in texts if text)

    def number(self, text: str) -> str:
        """A number as Python writes it, with the marks of the language and a true minus sign.

        >>> language("en").number("-1,234.5"), language("zh").number("-1,234.5")
        ('−1,234.5', '−1234.5')
        """
        marks = {",": self.thousands, ".": self.decimal, "-": "−"}
        return "".join(marks.get(sign, sign) for sign in text)

    @property
    def marks(self) -> str:
        """The marks that stand close to what is before them."""
        marks = (self.comma, self.semicolon, self.colon, self.stop, self.brackets[-1:])
        return "".join(dict.fromkeys(mark.strip() for mark in marks))

    def bracketed(self, text: str) -> str:
        """A text in brackets, a blank one without; the gap before them is the language's.

        >>> "growth" + language("en").bracketed("real"), "增速" + language("zh").bracketed("实际")
        ('growth (real)', '增速（实际）')
        """
        return self.brackets.replace("{text}", text) if text else ""


@cache
def language(lang: str) -> Language:
    """A language by its code.

    >>> language("zh").tag, language("en").thousands
    ('zh-Hans', ',')
    """
    entry = dict(catalogue(lang)["language"])
    entry["part"] = tuple(entry["part"])
    return Language(code=lang, **entry)


@cache
def demanded() -> tuple[str, ...]:
    """The languages in which a rulebook must give its names, and a case is asked for them.

    >>> demanded()
    ('en', 'zh')
    """
    return tuple(lang for lang in LANGUAGES if language(lang).demanded)


def script_of(text: str) -> str:
    """The language whose own letters a text has; blank where it has those of none.

    >>> script_of("GDP增速"), script_of("growth")
    ('zh', '')
    """
    return next((lang for lang in LANGUAGES if language(lang).writes(text)), "")


def language_of(text: str) -> str:
    """The language that a text is written in as far as its letters tell, else the base.

    >>> language_of("增长"), language_of("growth")
    ('zh', 'en')
    """
    return script_of(text) or BASE


def width(text: str) -> int:
    """Number of columns that a text takes: a wide letter two.

    >>> width("GDP增速")
    7
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
