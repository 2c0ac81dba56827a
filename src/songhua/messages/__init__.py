"""The words: one catalogue a language. Everything shown to a person is made here (§9).

A finding, a fault or a note is a code with parameters; this package turns it into a
sentence. `tests/test_messages.py` demands every code in every language.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from songhua.messages.catalogues import BASE, LANGUAGES, catalogue, schema_words
from songhua.messages.language import Language, demanded, language, language_of, script_of, width
from songhua.messages.words import Words

__all__ = [
    "BASE",
    "LANGUAGES",
    "Language",
    "Words",
    "catalogue",
    "choice",
    "column",
    "demanded",
    "fault",
    "fill",
    "finding",
    "language",
    "language_of",
    "script_of",
    "spoken",
    "table_title",
    "tongue",
    "width",
    "word",
]


def _table(path: str, lang: str) -> Mapping[str, Any]:
    """The words of a table by its path, such as `results.diagnose.system`."""
    found: Any = schema_words(lang)
    for part in path.split("."):
        found = found.get(part, {})
    return found


def table_title(path: str, lang: str) -> str:
    """The title of a table.

    >>> table_title("results.diagnose.sums", "en")
    'Parts against their total'
    """
    return str(_table(path, lang).get("title", path))


def column(path: str, name: str, what: str, lang: str, written: str = "") -> str:
    """The words of a table's column: its `heading`, or what it holds (`says`).

    A column that stands once for each language names the one that it is `written` in.

    >>> column("results.diagnose.system", "role", "heading", "zh")
    '角色'
    >>> column("tables.plan_measures", "task_{language}", "heading", "en", "zh")
    'What is to be done, in Chinese'
    """
    words = _table(path, lang).get("columns", {}).get(name, {})
    return fill(str(words.get(what, name)), {"language": tongue(written, lang)} if written else {})


def tongue(of: str, lang: str) -> str:
    """The name of a language in another, or in itself where the other has no word for it.

    >>> tongue("zh", "en"), tongue("en", "zh")
    ('Chinese', '英文')
    """
    found = catalogue(lang)["choices"]["language"].get(of)
    return str(found or language(of).name)


class _Safe(string.Formatter):
    """Formats a text, and shows a parameter that is missing by its name."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        del args
        return kwargs.get(str(key), f"{{{key}}}")


_format = _Safe()


def fill(text: str, params: Mapping[str, object]) -> str:
    """A text with its parameters filled in.

    >>> fill("{n} rows", {"n": 3})
    '3 rows'
    """
    return _format.vformat(text, (), dict(params))


def spoken(params: Mapping[str, object], lang: str) -> dict[str, object]:
    """The parameters with those that are words in one language.

    >>> spoken({"n": 3, "study": Words({"en": "Finland", "zh": "芬兰"})}, "zh")
    {'n': 3, 'study': '芬兰'}
    """
    return {key: one(lang) if isinstance(one, Words) else one for key, one in params.items()}


def word(name: str, lang: str, **params: object) -> str:
    """One word or short phrase of the interface.

    >>> word("row_n", "zh", n=12)
    '第 12 行'
    """
    return fill(str(catalogue(lang)["words"].get(name, name)), spoken(params, lang))


def fault(code: str, lang: str, params: Mapping[str, object]) -> tuple[str, str]:
    """What is wrong and what to do, for a fault's code."""
    entry, params = catalogue(lang)["faults"][code], spoken(params, lang)
    return fill(entry["what"], params), fill(entry["remedy"], params)


def finding(code: str, lang: str, params: Mapping[str, object]) -> str:
    """The sentence of a finding."""
    return fill(catalogue(lang)["findings"][code], spoken(params, lang))


def choice(of: str, value: str, lang: str) -> str:
    """The word for one value of a closed list (a kind, a grade, a verdict …)."""
    return str(catalogue(lang)["choices"].get(of, {}).get(value, value))
