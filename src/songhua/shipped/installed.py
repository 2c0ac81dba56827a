"""The gateway to what is installed with songhua: its own files of data, named by its own code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def home(*parts: str) -> Traversable:
    """A file or a folder of songhua as it is installed.

    >>> home("messages", "en.toml").is_file()
    True
    """
    return files("songhua").joinpath(*parts)


def text(*parts: str) -> str:
    """The text of a file.

    >>> text("messages", "en.toml").isascii()
    False
    """
    return home(*parts).read_text("utf-8")


def toml(*parts: str) -> dict[str, Any]:
    """The data of a file in TOML.

    >>> sorted(toml("plan", "schemes.toml"))
    ['classes', 'schemes']
    """
    return tomllib.loads(text(*parts))


def data(*parts: str) -> bytes:
    """The bytes of a file.

    >>> data("web", "files", "icon.svg")[:4]
    b'<svg'
    """
    return home(*parts).read_bytes()


def names(*parts: str, end: str = "") -> list[str]:
    """The names in a folder, in order; those with an `end`, without it.

    >>> names("messages", end=".toml")[:2]
    ['en', 'help.zh']
    """
    files = (file.name for file in home(*parts).iterdir() if file.name.endswith(end))
    return sorted(name.removesuffix(end) for name in files)
