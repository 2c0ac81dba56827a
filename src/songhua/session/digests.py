"""Digests of what results depend on: plain data, values of any kind, and the program itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from platform import machine, python_version

from songhua.version import VERSION

#: Packages whose version may move the last digits of a number.
NUMERIC = ("numpy", "scipy", "pandas", "highspy")
SOURCES = (".py", ".toml", ".csv", ".json", ".npz", ".html", ".css", ".js")


def digest(value: object) -> str:
    """A digest of plain data: the same for the same content.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}), digest([1]) == digest(["1"])
    (True, False)
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def program() -> str:
    """A digest of songhua's own files, cases left out, and of what it computes with."""
    found = hashlib.sha256(VERSION.encode())
    for name, data in _sources(files("songhua"), ""):
        found.update(f"{name}\0{len(data)}\0".encode() + data)
    for package in NUMERIC:
        try:
            found.update(f"{package} {version(package)}\0".encode())
        except PackageNotFoundError:
            continue
    found.update(f"{python_version()} {machine()}".encode())
    return found.hexdigest()


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        inner = f"{name}/{entry.name}"
        if entry.is_dir():
            if inner != "/examples" and not entry.name.startswith("__"):
                yield from _sources(entry, inner)
        elif entry.name.endswith(SOURCES):
            yield inner, entry.read_bytes()
