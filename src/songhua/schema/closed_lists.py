"""The closed lists of `vocabularies.toml`, and those that the classes of targets make."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from songhua.shipped import installed


def scheme_data() -> Mapping[str, Any]:
    """The classes of targets and their schemes, as data (plan/schemes.toml).

    >>> sorted(scheme_data())
    ['classes', 'schemes']
    """
    return installed.toml("plan", "schemes.toml")


@cache
def vocabularies() -> dict[str, tuple[str, ...]]:
    """The closed lists by name.

    >>> vocabularies()["grade"]
    ('official', 'press', 'repost', 'weak')
    """
    read = installed.toml("schema", "vocabularies.toml")
    lists = {name: tuple(values) for name, values in read.items()}
    schemes = scheme_data()
    lists["target_class"] = tuple(row["name"] for row in schemes["classes"])
    lists["scheme"] = tuple(schemes["schemes"])
    return lists
