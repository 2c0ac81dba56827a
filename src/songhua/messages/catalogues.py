"""The catalogues of words that are there: `<language>.toml` and `schema.<language>.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from songhua.shipped import installed

BASE = "en"


def _languages() -> tuple[str, ...]:
    """The languages of the catalogues beside this file: the base first, then by code."""
    names = installed.names("messages", end=".toml")
    codes = {code for code in names if re.fullmatch("[a-z]{2,3}", code)}
    return (BASE, *sorted(codes - {BASE}))


LANGUAGES = _languages()


@cache
def catalogue(lang: str) -> dict[str, Any]:
    """All words of one language, by section."""
    return _read(f"{lang}.toml")


@cache
def schema_words(lang: str) -> dict[str, Any]:
    """The words of all tables and columns in one language."""
    return _read(f"schema.{lang}.toml")


@cache
def help_words(lang: str) -> dict[str, Any]:
    """The words of help on the command line; none in the base, whose words stand in the code."""
    name = f"help.{lang}.toml"
    return _read(name) if installed.home("messages", name).is_file() else {}


def _read(name: str) -> dict[str, Any]:
    return installed.toml("messages", name)
