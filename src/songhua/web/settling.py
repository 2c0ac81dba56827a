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

#: How the name of a field begins that settles a doubt, and the most characters of an answer.
DOUBT, LONGEST = "doubt.", 200
#: The catalogue to which a label of a sheet belongs that the folder does not have.
CATALOGUES = {"indicator": "indicators", "industry": "industries", "region": "places"}


def said(typed: Mapping[str, str]) -> dict[str, str]:
    """The answers to doubts among what was typed, by the keys of these."""
    return {
        name.removeprefix(DOUBT): text.strip()[:LONGEST]
        for name, text in typed.items()
        if name.startswith(DOUBT) and text.strip()
    }


def shown(view: View, at: Address, found: Look, sheet: str) -> dict[str, Any]:
    """What the form of a sheet has: doubts to choose in, those that no choice settles, entries."""
    drafted = found.drafted
    fields, others, source = dict[str, Field](), list[str](), False
    for fault, one in zip(drafted.doubts, drafted.choices, strict=True) if drafted else ():
        if isinstance(fault, DraftSourceMissing):
            source = True
        elif one.options or one.typed:
            options = [(value, words(view.lang)) for value, words in one.options]
            kind = "list" if one.typed and options else "text" if one.typed else "select"
            hint = view.word(f"settle_hint_{one.typed}") if one.typed else ""
            name = DOUBT + one.key
            fields[name] = Field(name, _what(view, fault), hint, kind, "", options)
        else:
            reason = messages.fault(fault.code, view.lang, fault.params, browser=True)[1]
            others.append(view.written.sentences((_what(view, fault), reason)))
    return {
        "doubts": [*fields.values()],
        "others": others,
        "needs_source": source,
        "said": [
            (name, text) for key, text in found.said.items() if (name := DOUBT + key) not in fields
        ],
        "forget": f"{DOUBT}{FORGET.key}" if drafted and drafted.remembered else "",
        "entries": list(_entries(at, drafted, sheet)) if drafted else [],
    }


def _what(view: View, fault: Fault) -> str:
    """What is doubtful, and at which cell; how it is settled stands beside it."""
    place = fault.column.rpartition("!")[2]
    what = messages.fault(fault.code, view.lang, fault.params)[0]
    return f"{place}{view.written.colon}{what}" if place else what


def _entries(at: Address, drafted: Drafted, sheet: str) -> Iterator[tuple[str, str, str]]:
    """The labels that the folder does not have: each, where its form stands, and of which sort."""
    for text, role in list(drafted.left_out.items())[:60]:
        if role in CATALOGUES:
            name = f"name.{messages.language_of(text)}"
            of, back = CATALOGUES[role], f"import/{sheet}"
            yield text, at.to(f"write/{of}", **{name: text, "_back": back}), f"web_write_{of}"
