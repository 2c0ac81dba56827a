"""What a text that a folder refuses would be in the folder's own form, where `import` reads it.

A folder has one form for a number, a period, a unit and a label, so that a correction shows as
one changed line. What people write instead is known, and the remedy names the form to write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from songhua import messages
from songhua.errors import Fault
from songhua.fault_kinds import LabelUnknown
from songhua.labels.numbers import DECIMAL

NUMBERS = ("number_unreadable", "not_whole")
PERIODS = ("period_unreadable", "when_unreadable", "date_unreadable")
Names = Mapping[str, Mapping[str, str]]
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([,' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?")


def told(faults: Iterable[Fault], names: Names) -> list[Fault]:
    """The faults, with the form to write (`write`) where it is known.

    Args:
        faults: what a folder was found to have.
        names: by catalogue the label of each name, in whatever language.

    >>> fault = coded_fault("number_unreadable", params={"text": "1,180"})
    >>> told([fault], {})[0].words("en")
    "'1,180' is not a number. Write 1180."
    """
    return [_told(fault, names) for fault in faults]


def _told(fault: Fault, names: Names) -> Fault:
    text = str(fault.params.get("text", "")).strip()
    form = _form(fault, text, names) if text else None
    form = None if form == text else form
    return replace(fault, params={**fault.params, "write": form}) if form else fault


def _form(fault: Fault, text: str, names: Names) -> str | None:
    """The folder's form of a text, or None."""
    from songhua.store.sheets.periods import spoken_period
    from songhua.store.sheets.units import spoken_unit

    if fault.code in NUMBERS:
        return plain_number(text)
    if fault.code in PERIODS:
        form = spoken_period(text)
        day = form is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", form) is not None
        return form if day or fault.code == "period_unreadable" else None
    if fault.code == "unit_unknown":
        return spoken_unit(text)
    if isinstance(fault, LabelUnknown):
        return names.get(str(fault.params.get("of", "")), {}).get(text)
    if fault.code == "choice_unknown":
        choices = fault.params.get("choices", ())
        return _choice(text, choices) if isinstance(choices, tuple) else None
    return None


def plain_number(text: str) -> str | None:
    """A number with thousands marks, wide digits or a true minus sign as digits and a point.

    >>> plain_number("1,234,567.8"), plain_number("１２"), plain_number("−4.7"), plain_number("4,5")
    ('1234567.8', '12', '-4.7', None)
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("，", ",").strip()
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[,' \u00a0\u202f]", "", plain)
    plain = plain.removeprefix("+")
    return plain if re.match(DECIMAL, plain) and plain != text else None


def _choice(text: str, choices: Iterable[str]) -> str | None:
    """The value of a closed list whose word in a language this is."""
    for lang in messages.LANGUAGES:
        for words in messages.catalogue(lang)["choices"].values():
            found = [value for value in choices if value and words.get(value) == text]
            if found:
                return found[0]
    return None


def names_of(documents: Mapping[str, Mapping[str, object]]) -> Names:
    """By catalogue the label of each name, from the data of the folder's documents.

    A name that two entries have is none's.

    >>> names_of({"industries": {"food": {"name": {"en": "Food", "zh": "食品"}}}})
    {'industries': {'Food': 'food', '食品': 'food'}}
    """
    found: dict[str, dict[str, str]] = {}
    for catalogue, entries in documents.items():
        listed: dict[str, list[str]] = {}
        for id, entry in entries.items():
            named = entry.get("name") if isinstance(entry, Mapping) else None
            texts = named.values() if isinstance(named, Mapping) else ()
            for name in {text for text in texts if isinstance(text, str)}:
                listed.setdefault(name, []).append(id)
        found[catalogue] = {name: ids[0] for name, ids in sorted(listed.items()) if len(ids) == 1}
    return found
