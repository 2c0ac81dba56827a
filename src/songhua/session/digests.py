"""Digests of what results depend on: plain data, values of any kind, and the program itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from platform import machine, python_version
from typing import Any

import numpy as np
import pandas as pd

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


def of_values(*values: object) -> str:
    """A digest of values of any kind: numbers, texts, arrays, frames, dataclasses and so on.

    >>> of_values(1.0, "a") == of_values(1.0, "a"), of_values(1) == of_values(1.0)
    (True, False)
    """
    found = hashlib.sha256()
    for value in values:
        _feed(found, value)
    return found.hexdigest()


def _feed(found: Any, value: Any) -> None:
    found.update(f"{type(value).__name__}\x1f".encode())
    if isinstance(value, np.ndarray) and value.dtype != object:
        found.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).data)
    elif isinstance(value, (pd.DataFrame, pd.Series)):
        _feed(found, list(value.columns) if isinstance(value, pd.DataFrame) else value.name)
        found.update(pd.util.hash_pandas_object(value).to_numpy().data)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _feed(found, key)
            _feed(found, item)
    elif isinstance(value, (list, tuple, np.ndarray, pd.Index)):
        found.update(str(len(value)).encode())
        for item in value:
            _feed(found, item)
    elif is_dataclass(value):
        for one in fields(value):
            _feed(found, getattr(value, one.name))
    elif value is None or isinstance(value, (str, int, float, bytes, np.generic)):
        found.update(repr(value).encode() + b"\x1f")
    else:
        raise TypeError(f"no digest of {type(value).__name__}")
