"""The words: one catalogue a language. Everything shown to a person is made here (§9).

A finding, a fault or a note is a code with parameters; this package turns it into a
sentence. `tests/test_messages.py` demands every code in every language.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from songhua.messages.catalogues import BASE, LANGUAGES, catalogue, help_words, schema_words
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
    "help_words",
    "in_language",
    "language",
    "language_of",
    "parameters",
    "script_of",
    "spoken",
    "table_title",
    "tongue",
    "visible",
    "width",
    "word",
]


def _table(path: str, lang: str) -> Mapping[str, Any]:
    """The words of a table by its path, such as `results.diagnose.system`."""
    words: Any = schema_words(lang)
    for part in path.split("."):
        words = words.get(part, {})
    return words


def table_title(path: str, lang: str) -> str:
    """The title of a table.

    >>> table_title("results.diagnose.sums", "en")
    'Parts against their total'
    """
    return str(_table(path, lang).get("title", path))


def column(path: str, name: str, kind: str, lang: str, written: str = "") -> str:
    """The words of a table's column: its `heading`, what it holds (`says`), or that for a `form`.

    A column that stands once for each language names the one that it is `written` in.

    >>> column("results.diagnose.system", "role", "heading", "zh")
    '角色'
    >>> column("tables.plan_measures", "task_{language}", "heading", "en", "zh")
    'What is to be done, in Chinese'
    """
    words = _table(path, lang).get("columns", {}).get(name, {})
    text = words.get(kind, words.get("says", name) if kind == "form" else name)
    return fill(str(text), {"language": tongue(written, lang)} if written else {}, lang)


def tongue(of: str, lang: str) -> str:
    """The name of a language in another, or in itself where the other has no word for it.

    >>> tongue("zh", "en"), tongue("en", "zh")
    ('Chinese', '英文')
    """
    name = catalogue(lang)["choices"]["language"].get(of)
    return str(name or language(of).name)


class _Forms(string.Formatter):
    """Formats a text in one language, and shows a parameter that is missing by its name.

    `{n:row is|rows are}` is the number with the words that fit it, `{n:=is|are}` the words alone,
    in which `#` stands for the number. `{owner:? Responsible: #.}` are words that are left out
    where the parameter is blank. `{n/of:row|rows}` is a part of a number, with a word where it is
    all; a language that counts with measure words has one before the bar and the noun behind it.
    `{low~high: to }` is a range with what stands between its ends; of two ends that print alike
    one is shown.
    """

    def __init__(self, lang: str) -> None:
        self.part = language(lang).part

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, _Pair):
            return self._of_two(value, format_spec)
        if isinstance(value, str) or hasattr(value, "__fspath__"):
            value = visible(str(value))
        if format_spec.startswith("?"):
            return format_spec[1:].replace("#", str(value)) if value else ""
        singular, apart, plural = format_spec.partition("|")
        if not apart:
            return super().format_field(value, format_spec)
        alone = singular.startswith("=")
        fit = singular.removeprefix("=") if _is(value, 1) else plural
        return fit.replace("#", str(value)) if alone else f"{value} {fit}"

    def _of_two(self, pair: _Pair, words: str) -> str:
        """A part of a number, or a range."""
        left, right = visible(str(pair.left)), visible(str(pair.right))
        if pair.sign == "~":
            return left if left == right else left + words + right
        none, sole, both, every, some = self.part
        if left == right:
            form = sole if _is(right, 1) else both if _is(right, 2) else every
        else:
            form = none if _is(right, 1) else some
        singular, _, plural = words.partition("|")
        return form.format(n=left, of=right, singular=singular, plural=plural)

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        del args
        if pair := _PAIR.fullmatch(str(key)):
            left, right = (self.get_value(name, (), kwargs) for name in pair.group("left", "right"))
            return _Pair(left, pair["sign"], right)
        return kwargs.get(str(key), f"{{{key}}}")


class _Pair(NamedTuple):
    """Two parameters of one field, and the sign between them."""

    left: Any
    sign: str
    right: Any


def _is(value: object, number: int) -> bool:
    return str(value).lstrip("+−-") in (str(number), f"{number}.0")


_forms = cache(_Forms)
_PAIR = re.compile(r"(?P<left>\w+)(?P<sign>[/~])(?P<right>\w+)")
_PART_FIRST = re.compile(r"\{\w+/\w+:")
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
#: Characters of layout: white space, joiners, and what stands for a space that is kept.
KEPT_SPACE = "\x1f"
_LAYING_OUT = f"\t\n\r\u200c\u200d{KEPT_SPACE}"


def visible(text: str, laid_out: str = _LAYING_OUT) -> str:
    """A text with the number of each character that cannot be seen, but those that lay it out.

    A name may hold what a terminal takes for a command, or what turns the rest of a line around.

    >>> print(visible("a\\x1b[2J\\u202eb 河城"))
    a\\x1b[2J\\u202eb 河城
    """
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode()
        if character not in laid_out and unicodedata.category(character) in _HIDDEN
        else character
        for character in text
    )


def fill(text: str, params: Mapping[str, object], lang: str) -> str:
    """A text of a language with its parameters filled in.

    >>> fill("{n} rows", {"n": 3}, "en"), fill("{n:row is|rows are} blank", {"n": 1}, "en")
    ('3 rows', '1 row is blank')
    >>> [fill("Late.{who:? By #.}", {"who": who}, "en") for who in ("", "Works")]
    ['Late.', 'Late. By Works.']
    >>> [fill("no number{n:=| (# times)}.", {"n": n}, "en") for n in (1, 2)]
    ['no number.', 'no number (2 times).']
    >>> late = [{"n": n, "of": of} for n, of in [(2, 3), (3, 3), (2, 2)]]
    >>> [fill("{n/of:task|tasks} late", params, "en") for params in late]
    ['2 of 3 tasks late', 'All 3 tasks late', 'Both tasks late']
    >>> [fill("{n/of:个|任务}到期", params, "zh") for params in late]
    ['3个任务中有2个到期', '3个任务均到期', '2个任务均到期']
    >>> [fill("{low~high: to } years", {"low": "2.9", "high": high}, "en") for high in ("2.9", "3")]
    ['2.9 years', '2.9 to 3 years']
    """
    filled = _forms(lang).vformat(text, (), dict(params))
    return filled[:1].upper() + filled[1:] if _PART_FIRST.match(text) else filled


def parameters(text: str) -> set[str]:
    """The names of the parameters that a text has.

    >>> sorted(parameters("{n/of:task|tasks} of {who}, {low~high: to }"))
    ['high', 'low', 'n', 'of', 'who']
    """
    fields = (name for _, name, _, _ in string.Formatter().parse(text) if name)
    return {name for field in fields for name in re.split("[/~]", field)}


def spoken(params: Mapping[str, object], lang: str) -> dict[str, object]:
    """The parameters with those that are words in one language, and lists joined as it does.

    >>> finland = Words({"en": "Finland", "zh": "芬兰"})
    >>> spoken({"n": 3, "study": finland, "years": (2020, 2021)}, "zh")
    {'n': 3, 'study': '芬兰', 'years': '2020、2021'}
    """
    return {key: in_language(value, lang) for key, value in params.items()}


def in_language(value: object, lang: str) -> object:
    """A parameter in one language; a number stays one, so that a sentence can count by it.

    >>> in_language(["gdp", "jobs"], "en"), in_language(3, "en")
    ('gdp, jobs', 3)
    """
    if isinstance(value, (tuple, list)):
        return language(lang).joined(str(in_language(part, lang)) for part in value)
    return value(lang) if isinstance(value, Words) else value


def word(name: str, lang: str, **params: object) -> str:
    """One word or short phrase of the interface.

    Raises:
        KeyError: where the catalogue has none.

    >>> word("row_n", "zh", n=12)
    '第 12 行'
    """
    return fill(str(catalogue(lang)["words"][name]), spoken(params, lang), lang)


def fault(
    code: str, lang: str, params: Mapping[str, object], browser: bool = False
) -> tuple[str, str]:
    """The problem and its remedy in words, for a fault's code.

    A parameter `write` is the very form to write, and then that is what to do. Where the remedy
    names the nearest name and there is none, what to do is `not_near`. In a `browser` it is what
    is done there, where that is another thing than on a command line.

    >>> fault("word_of_address", "en", {"word": "shw", "near": "show", "known": "show, hide"})
    ("'shw' is not understood here.", 'Did you mean show? This address takes: show, hide.')
    >>> fault("word_of_address", "en", {"word": "xyz", "near": "", "known": "show, hide"})[1]
    'This address takes: show, hide.'
    """
    entry, params = catalogue(lang)["faults"][code], spoken(params, lang)
    problem = fill(entry["what"], params, lang)
    if write := params.get("write"):
        return problem, word("write_form", lang, form=write)
    near = params.get("near") or "not_near" not in entry
    remedy_key = "browser" if browser and "browser" in entry else "remedy" if near else "not_near"
    return problem, fill(entry[remedy_key], params, lang)


def finding(code: str, lang: str, params: Mapping[str, object]) -> str:
    """The sentence of a finding."""
    return fill(catalogue(lang)["findings"][code], spoken(params, lang), lang)


def choice(of: str, value: str, lang: str) -> str:
    """The word for one value of a closed list (a kind, a grade, a verdict …)."""
    return str(catalogue(lang)["choices"].get(of, {}).get(value, value))
