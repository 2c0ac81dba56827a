"""Findings of a draft for people: names in place of ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua import messages, schema
from songhua.labels.units import in_words
from songhua.messages import LANGUAGES, Words
from songhua.reading.crosstabs.lexicon import OF
from songhua.region.catalogues import Catalogues

#: Parameters that name a column of the observations.
COLUMNS = ("role", "name")
#: Parameters that hold what a column is set to: the column named beside them.
VALUES = ("value", "one", "other")
#: Parameters that hold an entry, a unit or a value of a closed list, and of which column.
FIXED = {
    "region": "region",
    "source": "source",
    "unit": "unit",
    "kind": "kind",
    "choices": "indicator",
}


def with_names(params: Mapping[str, Any], folder: Catalogues) -> dict[str, Any]:
    """The parameters of a guess or a doubt with names in place of ids.

    >>> town = {"code": "town", "places": {"east": {"name": Words({"zh": "东区", "en": "East"})}}}
    >>> from songhua.region import Region
    >>> named = with_names({"role": "region", "value": "east"}, Region.of(**town))
    >>> named["role"]("zh"), named["value"]("zh")
    ('地区', '东区')
    """
    column = next((str(params[name]) for name in COLUMNS if name in params), "")
    readable: dict[str, Any] = {}
    for name, value in params.items():
        if name in COLUMNS:
            value = _column(value, folder)
        elif name in VALUES:
            value = _entry(column, value, folder)
        elif name in FIXED and isinstance(value, tuple):
            value = tuple(_entry(FIXED[name], part, folder) for part in value)
        elif name in FIXED:
            value = _entry(FIXED[name], value, folder)
        readable[name] = value
    return readable


def _column(id: str, folder: Catalogues) -> Words | str:
    """The heading of a column; of an indicator its name."""
    table = schema.table("observations")
    if id in table.names:
        return Words({lang: table.column(id).heading(lang) for lang in LANGUAGES})
    return folder.words("indicators", id) or id


def _entry(column: str, id: str, folder: Catalogues) -> Words | str:
    """The name of what a column is set to; the text itself where it is no id."""
    if column == "unit":
        return Words({lang: in_words(id, lang) or id for lang in LANGUAGES})
    if column in ("kind", "qualifier"):
        return Words({lang: messages.choice(column, id, lang) for lang in LANGUAGES})
    return folder.words({**OF, "source": "sources"}.get(column, "indicators"), id) or id
