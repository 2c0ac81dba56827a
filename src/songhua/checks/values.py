"""One value against its column's type: the faults it has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from songhua import labels
from songhua.checks.fault_kinds import (
    AboveMost,
    CodeUnreadable,
    KeyUnknown,
    LabelUntidy,
    NameNone,
    NotNames,
    NotText,
    SlugUnreadable,
)
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import (
    BelowLeast,
    ChoiceUnknown,
    NotAList,
    NotATable,
    NotWhole,
    NumberUnreadable,
    ValueMissing,
)
from songhua.labels.languages import CODES, language_meant
from songhua.labels.lookup import unknown_label
from songhua.labels.numbers import DECIMAL as DECIMAL
from songhua.labels.text import tidy_label
from songhua.labels.units import currency
from songhua.maths.relations import parse_relation
from songhua.messages import LANGUAGES, Words
from songhua.schema import Column, former_names
from songhua.schema.documents import unfit

SLUG = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
LISTS = ("labels", "periods", "texts")
Ids = Mapping[str, Collection[str]]


def check(column: Column, value: Any, ids: Ids) -> list[Fault]:
    """The faults of one value, without place; blank is a fault only where it is required.

    `ids` holds the entries of each catalogue; a label of a catalogue that could not be read
    is not judged.
    """
    if value is None or value == "" or value == Words():
        return [ValueMissing()] if column.required else []
    wrong = [fault for _, fault in unfit(value.texts if isinstance(value, Words) else value)]
    return wrong or _fit(column, value, ids) or _within(column, value)


def _fit(column: Column, value: Any, ids: Ids) -> list[Fault]:
    """Faults of a value that is not of its column's type."""
    if column.type in LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return [NotAList(text=_short(value))]
        return [fault for item in value for fault in _item(column, item, ids)]
    if column.type == "names":
        return _names(value)
    if column.type == "integer":
        return _integer(value)
    if column.type == "number":
        return _number(value)
    if column.type == "numbers":
        return [] if isinstance(value, dict) else [NotATable(text=_short(value))]
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        return [NotText(text=_short(value))]
    former = former_names.values(column.table.removeprefix("tables."), column.name)
    if value in former:
        return [former[value].fault(value)]
    if column.type == "label":
        return _label(column, value, ids)
    if column.type == "choice":
        return _choice(column, value)
    return _parsed(_PARSERS[column.type], value)


def _item(column: Column, text: str, ids: Ids) -> list[Fault]:
    """Faults of an item of a list that is not of the list's type."""
    if column.type == "labels":
        return _label(column, text, ids)
    if column.type == "periods":
        return _parsed(labels.parse_period, text)
    return []


def _within(column: Column, value: Any) -> list[Fault]:
    """Faults of a number that lies outside the ends of the schema."""
    if column.least is None and column.most is None:
        return []
    number, name, text = float(value), column.name, _short(value)
    if column.least is not None and number < column.least:
        return [BelowLeast(name=name, text=text, least=f"{column.least:g}")]
    if column.most is not None and number > column.most:
        return [AboveMost(name=name, text=text, most=f"{column.most:g}")]
    return []


def _parsed(parser: Callable[[str], object], text: str) -> list[Fault]:
    try:
        parser(text)
    except SonghuaError as error:
        return list(error.faults)
    return []


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def nearest(name: str, names: Iterable[str]) -> str:
    """The name among others that looks most like this one, or an empty text.

    A language by another code is the one that was meant.

    >>> nearest("indicater", ["indicator", "region"])
    'indicator'
    >>> nearest("task_cn", ["task_en", "task_zh"])
    'task_zh'
    """
    names = list(names)
    stem, mark, code = name.rpartition("_")
    if (meant := f"{stem}{mark}{language_meant(code)}") in names:
        return meant
    return next(iter(difflib.get_close_matches(name[:80], names, n=1, cutoff=0.6)), "")


def unknown(name: str, allowed: Collection[str]) -> Fault:
    """A key that is none of the allowed ones.

    >>> unknown("publishr", ["title", "publisher"]).params["near"]
    'publisher'
    """
    return KeyUnknown(name=name, near=nearest(name, allowed), columns=tuple(allowed))


def label(text: str, entries: Collection[str], of: str) -> list[Fault]:
    """A label that no entry has, with the one that looks most like it.

    >>> [fault.code for fault in label("foods", ["food"], "industries")]
    ['label_unknown']
    """
    return [] if text in entries else [unknown_label(of, entries, text)]


def same_sort(unit: str, other: str) -> bool:
    """True where two units measure the same thing at the same prices (§4).

    >>> same_sort("100m CNY", "bn CNY"), same_sort("%", "pp"), same_sort("m EUR", "m EUR@2015")
    (True, False, False)
    """
    first, second = labels.parse_unit(unit), labels.parse_unit(other)
    return (first.dimension, first.prices) == (second.dimension, second.prices)


def _label(column: Column, text: str, ids: Ids) -> list[Fault]:
    entries = ids.get(column.of)
    return [] if entries is None else label(text, entries, column.of)


def _choice(column: Column, text: str) -> list[Fault]:
    if text in column.choices:
        return []
    choices = tuple(choice for choice in column.choices if choice)
    return [ChoiceUnknown(text=_short(text), choices=choices)]


def _names(value: Any) -> list[Fault]:
    """Texts by the code of their language; one without a catalogue may stand beside the others."""
    if isinstance(value, Words):
        value = value.texts
    if not isinstance(value, dict):
        return [NotNames(text=_short(value))]
    if strange := [key for key in value if key not in LANGUAGES and key not in CODES]:
        return [unknown(str(key), LANGUAGES) for key in strange]
    texts = [value[lang] for lang in LANGUAGES if lang in value]
    if all(isinstance(text, str) for text in texts) and any(text.strip() for text in texts):
        return []
    return [NameNone(lang=LANGUAGES)]


def _integer(value: Any) -> list[Fault]:
    if isinstance(value, int) and not isinstance(value, bool):
        return []
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value):
        return []
    return [NotWhole(text=_short(value))]


def _number(value: Any) -> list[Fault]:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    if (plain and abs(value) < 1e15) or (isinstance(value, str) and re.match(DECIMAL, value)):
        return []
    return [NumberUnreadable(text=_short(value))]


def _slug(text: str) -> None:
    if not SLUG.fullmatch(text) or len(text) > 80:
        raise SonghuaError(SlugUnreadable(text=_short(text)))


def _code(text: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9.]{1,12}", text):
        raise SonghuaError(CodeUnreadable(text=_short(text)))


def _any(text: str) -> None:
    del text


def _tag(text: str) -> None:
    """A label without a catalogue: two that look the same are the same."""
    if text != (tidy := tidy_label(text)):
        raise SonghuaError(LabelUntidy(text=_short(text), write=tidy[:80]))


_PARSERS: dict[str, Callable[[str], object]] = {
    "text": _any,
    "tag": _tag,
    "slug": _slug,
    "unit": labels.parse_unit,
    "period": labels.parse_period,
    "when": labels.parse_when,
    "date": labels.parse_date,
    "decimal": labels.parse_decimal,
    "currency": currency,
    "relation": parse_relation,
    "code": _code,
    "target": _any,
}
