"""Questions about a file that was sent, as one form: each with its cell and its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from songhua import messages
from songhua.format.view import View
from songhua.reading.crosstabs.options import option_words
from songhua.reading.crosstabs.questions import MOST, Question
from songhua.web.address import Address
from songhua.web.forms import LONG
from songhua.web.kept_answers import AGAIN, CHOSEN, SOURCE, TYPED, mark
from songhua.web.sent_files import Look, question_words

#: The fields of the form.
FIELDS = ("_seen", "text", "forget", SOURCE, f"{CHOSEN}*", f"{TYPED}*", f"{AGAIN}*")
#: The catalogue of a new name, and that of the names that may be typed for a kind of question.
CATALOGUES = {"indicator": "indicators", "industry": "industries", "region": "places"}
NAME_CATALOGUES = {"place": "places", "indicator": "indicators"}


@dataclass(frozen=True)
class Ask:
    """A question as a group of fields: its options, and what may be typed beside them.

    `name` is its field, and `typed_name` that of a text, for which `names` are offered; `choice`
    and `text` are an answer that was refused, with its `fault`.
    """

    id: str
    name: str
    typed_name: str
    words: str
    options: Sequence[tuple[str, str]] = ()
    typed: str = ""
    hint: str = ""
    names: Sequence[str] = ()
    choice: str = ""
    text: str = ""
    fault: str = ""

    @property
    def listed(self) -> bool:
        """True for more options than stand beside each other."""
        return len(self.options) > MOST


def form_fields(view: View, at: Address, look: Look, sheet: str) -> dict[str, Any]:
    """The form of a file: open questions, answers given, the source, and names to add."""
    questions = () if look.faults else look.questions
    source_open = any(question.kind == SOURCE for question in questions)
    source_listed = look.contents is not None and look.source in view.region.sources
    return {
        "asks": [_ask(view, look, n, question) for n, question in enumerate(questions)],
        "answered": [
            (AGAIN + mark(key), words(view.lang)) for key, words in look.kept_answers.words.items()
        ],
        "remembered": look.remembered,
        "source": look.source,
        "sources": _sources(view) if source_listed and not source_open else [],
        "add_source": at.to("write/sources", _back=f"import/{sheet}") if source_open else "",
        "names": list(_names(at, look, sheet)),
        "n_names": len(look.contents.entries) if look.contents is not None else 0,
    }


def _sources(view: View) -> list[tuple[str, str]]:
    return [(id, view.name("sources", id)) for id in view.region.sources]


def _ask(view: View, look: Look, n: int, question: Question) -> Ask:
    """A question as a group of fields; sources are chosen, not typed."""
    source = question.kind == SOURCE
    options = [(value, text(view.lang)) for value, text in option_words(question, view.region)]
    typed = "" if source else question.typed
    choice, text = look.refused.get(question.key, ("", ""))
    fault = ""
    if choice or text:
        two_answers = choice and text
        fault = view.word("settle_both" if two_answers else "settle_wrong", text=text or choice)
    catalogue = NAME_CATALOGUES.get(question.kind, "") if typed == "name" else ""
    ids = list(getattr(view.region, catalogue))[:LONG] if catalogue else []
    return Ask(
        f"q-{n}",
        SOURCE if source else CHOSEN + mark(question.key),
        TYPED + mark(question.key),
        question_words(question, view.region, view.lang),
        options,
        typed,
        view.word(f"settle_hint_{typed}") if typed else "",
        [view.name(catalogue, id) for id in ids],
        choice,
        text,
        fault,
    )


def _names(at: Address, look: Look, sheet: str) -> Iterator[tuple[str, str, str]]:
    """Names that the folder lacks, and how to add each, while it is open whether they are."""
    if look.contents is None or all(question.kind != "entries" for question in look.questions):
        return
    for entry in look.contents.entries[:LONG]:
        name = f"name.{messages.language_of(entry.name)}"
        of = CATALOGUES[entry.column]
        to = at.to(f"write/{of}", **{name: entry.name, "_back": f"import/{sheet}"})
        yield entry.name, to, f"web_write_{of}"
