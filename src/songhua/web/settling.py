"""Doubts of a sheet settled in the browser: each with the readings that may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from songhua import messages
from songhua.errors import Fault
from songhua.format.view import View
from songhua.reading.drafts.choices import FORGET
from songhua.reading.drafts.fault_kinds import DraftSourceMissing
from songhua.store import Drafted
from songhua.web.address import Address
from songhua.web.forms import Field
from songhua.web.sent_files import Look

#: The beginning of the name of a doubt's field, and the most characters of an answer.
DOUBT, LONGEST = "doubt.", 200
#: The catalogue to which a label of a sheet belongs that the folder does not have.
CATALOGUES = {"indicator": "indicators", "industry": "industries", "region": "places"}


def answers_in(typed: Mapping[str, str]) -> dict[str, str]:
    """The answers to doubts among what was typed, by the keys of these."""
    return {
        name.removeprefix(DOUBT): text.strip()[:LONGEST]
        for name, text in typed.items()
        if name.startswith(DOUBT) and text.strip()
    }


def form_fields(view: View, at: Address, look: Look, sheet: str) -> dict[str, Any]:
    """The form of a sheet: doubts to choose in, those that no choice settles, entries."""
    drafted = look.drafted
    fields, unsettled, source = dict[str, Field](), list[str](), False
    for fault, choice in zip(drafted.doubts, drafted.choices, strict=True) if drafted else ():
        if isinstance(fault, DraftSourceMissing):
            source = True
        elif choice.options or choice.typed:
            options = [(value, words(view.lang)) for value, words in choice.options]
            kind = "list" if choice.typed and options else "text" if choice.typed else "select"
            hint = view.word(f"settle_hint_{choice.typed}") if choice.typed else ""
            name = DOUBT + choice.key
            fields[name] = Field(name, _doubt_text(view, fault), hint, kind, "", options)
        else:
            reason = messages.fault(fault.code, view.lang, fault.params, browser=True)[1]
            unsettled.append(view.written.sentences((_doubt_text(view, fault), reason)))
    return {
        "doubts": [*fields.values()],
        "others": unsettled,
        "needs_source": source,
        "said": [
            (name, text)
            for key, text in look.answers.items()
            if (name := DOUBT + key) not in fields
        ],
        "forget": f"{DOUBT}{FORGET.key}" if drafted and drafted.remembered else "",
        "entries": list(_entries(at, drafted, sheet)) if drafted else [],
    }


def _doubt_text(view: View, fault: Fault) -> str:
    """A doubt in words, with its cell; how it is settled stands beside it."""
    place = fault.column.rpartition("!")[2]
    text = messages.fault(fault.code, view.lang, fault.params)[0]
    return f"{place}{view.written.colon}{text}" if place else text


def _entries(at: Address, drafted: Drafted, sheet: str) -> Iterator[tuple[str, str, str]]:
    """The labels that the folder does not have: each, where its form stands, and of which sort."""
    for text, role in list(drafted.left_out.items())[:60]:
        if role in CATALOGUES:
            name = f"name.{messages.language_of(text)}"
            of, back = CATALOGUES[role], f"import/{sheet}"
            yield text, at.to(f"write/{of}", **{name: text, "_back": back}), f"web_write_{of}"
