"""The folder's own form of a text that it refuses, where `import` reads the text.

A folder has one form for a number, a period, a unit and a label, so that a correction shows as one
changed line. Common other spellings are known, and the remedy names the form to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from songhua import messages
from songhua.errors import Fault
from songhua.fault_kinds import (
    ChoiceUnknown,
    LabelUnknown,
    NotWhole,
    NumberUnreadable,
    PeriodUnreadable,
    TextRefused,
    UnitUnknown,
)
from songhua.labels.fault_kinds import DateUnreadable, WhenUnreadable
from songhua.labels.numbers import DECIMAL

Names = Mapping[str, Mapping[str, str]]


def with_forms(faults: Iterable[Fault], names: Names) -> list[Fault]:
    """The faults, with the form to write (`write`) where it is known.

    Args:
        faults: what a folder was found to have.
        names: by catalogue the label of each name, in whatever language.

    >>> with_forms([NumberUnreadable(text="1,180")], {})[0].words("en")
    "'1,180' is not a number. Write 1180."
    """
    return [_with_form(fault, names) for fault in faults]


def _with_form(fault: Fault, names: Names) -> Fault:
    if not isinstance(fault, TextRefused) or not (text := fault.text.strip()):
        return fault
    form = _form(fault, text, names)
    return replace(fault, write=None if form == text else form)


def _form(fault: TextRefused, text: str, names: Names) -> str | None:
    """The folder's form of a text, or None."""
    from songhua.grammar.periods import spoken_period
    from songhua.reading.sheets.units import spoken_unit

    match fault:
        case NumberUnreadable() | NotWhole():
            return plain_number(text)
        case PeriodUnreadable():
            return spoken_period(text)
        case WhenUnreadable() | DateUnreadable():
            form = spoken_period(text) or ""
            return form if re.fullmatch(r"\d{4}-\d\d-\d\d", form) else None
        case UnitUnknown():
            return spoken_unit(text)
        case ChoiceUnknown():
            return _choice(text, fault.choices)
        case LabelUnknown():
            return names.get(fault.of, {}).get(text)
        case _:
            return None


def plain_number(text: str) -> str | None:
    """A number with thousands marks, wide digits or a true minus sign as digits and a point.

    >>> plain_number("1,234,567.8"), plain_number("１２"), plain_number("−4.7"), plain_number("4,5")
    ('1234567.8', '12', '-4.7', None)
    """
    from songhua.reading.sheets.numbers import read_number

    number = read_number(text)
    if number is None or not number.value or number.qualifier or number.unit or number.marks:
        return None
    return number.value if re.match(DECIMAL, number.value) and number.value != text else None


def _choice(text: str, choices: Iterable[str]) -> str | None:
    """The value of a closed list whose word in a language this is."""
    for lang in messages.LANGUAGES:
        for words in messages.catalogue(lang)["choices"].values():
            values = [value for value in choices if value and words.get(value) == text]
            if values:
                return values[0]
    return None


def names_of(documents: Mapping[str, Mapping[str, object]]) -> Names:
    """By catalogue the label of each name, from the data of the folder's documents.

    A name that two entries have is none's.

    >>> names_of({"industries": {"food": {"name": {"en": "Food", "zh": "食品"}}}})
    {'industries': {'Food': 'food', '食品': 'food'}}
    """
    labels: dict[str, dict[str, str]] = {}
    for catalogue, entries in documents.items():
        listed: dict[str, list[str]] = {}
        for id, entry in entries.items():
            words = entry.get("name") if isinstance(entry, Mapping) else None
            texts = words.values() if isinstance(words, Mapping) else ()
            for name in {text for text in texts if isinstance(text, str)}:
                listed.setdefault(name, []).append(id)
        labels[catalogue] = {name: ids[0] for name, ids in sorted(listed.items()) if len(ids) == 1}
    return labels
