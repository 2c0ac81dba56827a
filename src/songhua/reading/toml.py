"""TOML that songhua writes: values, and whole entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Item, KeyType, SingleKey, Table


def quoted(text: str) -> str:
    r"""A text in quotation marks.

    >>> print(quoted('the "old" town'))
    "the \"old\" town"
    """
    return tomlkit.string(text).as_string()


def quoted_key(text: str) -> SingleKey:
    """A key in quotation marks, which it may do without."""
    return SingleKey(text, KeyType.Basic)


def inline(values: Mapping[str, Any]) -> InlineTable:
    """Values by name in one line, such as texts by language.

    >>> inline({"en": "Rivertown", "zh": "河镇"}).as_string()
    '{ en = "Rivertown", zh = "河镇" }'
    """
    found, space = tomlkit.inline_table(), tomlkit.ws(" " if values else "")
    found.add(space)
    for key, value in values.items():
        found.add(key, item(value))
    found.add(space)
    return found


def item(value: Any) -> Item:
    """A value; a mapping stands in one line, and a number has as many digits as it is sure of.

    >>> item(12.0).as_string(), item(0.1 + 0.2).as_string(), item(["a"]).as_string()
    ('12', '0.3', '["a"]')
    """
    if isinstance(value, Mapping):
        return inline(value)
    return tomlkit.value(f"{value:.15g}") if isinstance(value, float) else tomlkit.item(value)


def table(values: Mapping[Any, Any]) -> Table:
    """A table with values in their order."""
    found = tomlkit.table()
    for key, value in values.items():
        found.add(key, item(value))
    return found


def entry(path: Sequence[str], values: Mapping[str, Any]) -> str:
    """The text of one table at its path.

    >>> print(entry(("places", "north"), {"name": {"en": "North"}, "role": "part"}), end="")
    [places.north]
    name = { en = "North" }
    role = "part"
    """
    found = table(values)
    for name in reversed(path[1:]):
        found = tomlkit.table(is_super_table=True).append(name, found)
    return tomlkit.document().append(path[0], found).as_string()
