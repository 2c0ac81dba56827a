"""The closed lists of `vocabularies.toml`, and those that the classes of targets make."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def scheme_data() -> Mapping[str, Any]:
    """The classes of targets and their schemes, as data (plan/schemes.toml).

    >>> sorted(scheme_data())
    ['classes', 'schemes']
    """
    return tomllib.loads(files("songhua").joinpath("plan", "schemes.toml").read_text("utf-8"))


@cache
def vocabularies() -> dict[str, tuple[str, ...]]:
    """The closed lists by name.

    >>> vocabularies()["grade"]
    ('official', 'press', 'repost', 'weak')
    """
    text = files("songhua").joinpath("schema", "vocabularies.toml").read_text("utf-8")
    lists = {name: tuple(values) for name, values in tomllib.loads(text).items()}
    schemes = scheme_data()
    lists["target_class"] = tuple(one["name"] for one in schemes["classes"])
    lists["scheme"] = tuple(schemes["schemes"])
    return lists
