"""The possible answers to a question in words, the nearest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from songhua import messages, schema
from songhua.errors import Fault
from songhua.labels.units import in_words
from songhua.messages import LANGUAGES, Words
from songhua.reading.crosstabs.axes import CATALOGUED
from songhua.reading.crosstabs.lexicon import OF, Lexicon
from songhua.reading.crosstabs.questions import EACH, LEAVE, Question
from songhua.reading.sheets.words import key
from songhua.region.catalogues import Catalogues

#: The catalogue whose entries answer a question of a kind.
_ENTRIES: Mapping[str, str] = {
    "place": "places", "indicator": "indicators", "rate": "indicators", "source": "sources",
}  # fmt: skip
_COLUMNS: Mapping[str, str] = {"place": "region", "indicator": "indicator", "rate": "indicator"}
_UNITS = frozenset({"unit", "units"})


def option_words(question: Question, folder: Catalogues) -> list[tuple[str, Words]]:
    """The options of a question, each with its words.

    >>> from songhua.region import Region
    >>> ask = Question("time", options=("month", "cumulative"))
    >>> [words("en") for _, words in option_words(ask, Region.of("rivertown"))]
    ['of the month or quarter itself', 'from January to its end']
    """
    return [(value, _words(question, value, folder)) for value in question.options]


def question_fault(question: Question, folder: Catalogues, file: str = "") -> Fault:
    """A question as a fault, with the names of entries in place of their ids.

    >>> from songhua.region import Region
    >>> ask = Question("twice", "x", params={"name": "region", "first": "t", "second": "other"})
    >>> question_fault(ask, Region.of("t", name=Words({"en": "Rivertown"}))).words("en")[:56]
    'a row and a column say two things of Place: Rivertown an'
    """
    params = dict(question.params)
    name = str(params.get("name", ""))
    if question.kind == "twice" and name in OF:
        params |= {
            part: _words(question, str(params[part]), folder) for part in ("first", "second")
        }
        column = schema.table("observations").column(name)
        params["name"] = Words({lang: column.heading(lang) for lang in LANGUAGES})
    elif question.kind == "word" and question.options:
        params["like"] = _words(question, question.options[0], folder)
    return replace(question, params=params).fault(file)


def answer_of(question: Question, text: str, folder: Catalogues) -> str | None:
    """The value of an answer as it was typed: an option or an entry by its name, or what may be.

    >>> from songhua.region import Region
    >>> ask, of = Question("time", options=("month", "cumulative")), Region.of("rivertown")
    >>> answer_of(ask, "From January to its end", of), answer_of(ask, "weekly", of)
    ('cumulative', None)
    """
    wanted = key(text)
    for value, words in option_words(question, folder):
        if wanted in {key(name) for name in (value, *words.texts.values())}:
            return value
    if column := _COLUMNS.get(question.kind):
        meanings = Lexicon(folder).meanings(wanted)
        ids = {t.value for t in meanings if t.kind == "name" and t.column == column}
        if len(ids) == 1:
            return ids.pop()
    return None if question.kind == "source" else question.accept(text)


def _words(question: Question, value: str, folder: Catalogues) -> Words:
    name = str(question.params.get("name", ""))
    catalogue = (
        OF.get(name, "") if question.kind in ("twice", "word") else _ENTRIES.get(question.kind, "")
    )
    if catalogue == "places" and value == folder.code:
        return folder.name
    if catalogue and (entry := folder.words(catalogue, value)):
        return entry
    if question.kind == "twice":
        return Words(dict.fromkeys(LANGUAGES, value))
    if question.kind in _UNITS and value not in (LEAVE, EACH):
        return Words({lang: in_words(value, lang) or value for lang in LANGUAGES})
    if question.kind == "role" and value in CATALOGUED:
        column = schema.table("observations").column(value)
        return Words({lang: column.heading(lang) for lang in LANGUAGES})
    if value.isdigit() and question.kind == "year_begins":
        return Words(
            {lang: messages.word("answer_begins", lang, n=int(value)) for lang in LANGUAGES}
        )
    return Words({lang: messages.word(f"answer_{value}", lang) for lang in LANGUAGES})
