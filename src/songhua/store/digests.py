"""Digests of what results depend on: plain data, values of any kind, and the program itself."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from platform import machine, node, python_version

from songhua.shipped import installed
from songhua.version import VERSION

#: Packages whose version may move a digit of a number, or a byte of a page, or one of a book.
COMPUTING = ("numpy", "scipy", "highspy", "pandas", "pyarrow")
DRAWING = (
    "rich",
    "jinja2",
    "altair",
    "vl-convert-python",
    "fonttools",
    "brotli",
    "pylopdf-fonts-zh-cn",
)
BOOKS = ("xlsxwriter",)
#: Variables that choose the kernel that sums are made with.
KERNELS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
#: Ends of the names of folders that describe an installed package.
PACKAGE_ENDS = (".dist-info", ".egg-info")
SOURCES = (".py", ".toml", ".csv", ".json", ".npz", ".html", ".css", ".js", ".typ")


def digest(value: object) -> str:
    """A digest of plain data: the same for the same content.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}), digest([1]) == digest(["1"])
    (True, False)
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program(*packages: str) -> str:
    """A digest of songhua's own files, cases left out, and of what it computes with, and where.

    `packages` are others that the thing rests on. Packages that neither compute nor draw are left
    out, so that a package added for tests alone causes no new computation.
    """
    hashed = hashlib.sha256(VERSION.encode())
    for name, data in _sources():
        hashed.update(f"{name}\0{len(data)}\0".encode() + data)
    versions = _versions((*COMPUTING, *packages))
    for package in (*COMPUTING, *packages):
        if package in versions:
            hashed.update(f"{package} {versions[package]}\0".encode())
    hashed.update(f"{python_version()} {machine()} {node()}".encode())
    hashed.update("".join(f" {os.environ.get(name, '')}" for name in KERNELS).encode())
    return hashed.hexdigest()


def _versions(packages: Sequence[str]) -> dict[str, str]:
    """The version of each of these packages that is installed, and what else its name tells.

    Read from the names of the folders that tell of a package (`numpy-2.1.0.dist-info`): looking
    twenty packages up, and what is not there, costs more than all else here.
    """
    wanted = {_plain(package): package for package in packages}
    versions: dict[str, str] = {}
    for home in dict.fromkeys(sys.path):
        with suppress(OSError):
            for entry in sorted(os.listdir(home or ".")):
                name, dash, version = entry.partition("-")
                if dash and entry.endswith(PACKAGE_ENDS) and _plain(name) in wanted:
                    versions.setdefault(wanted[_plain(name)], version)
    return versions


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _sources(*parts: str) -> Iterator[tuple[str, bytes]]:
    for name in installed.names(*parts):
        inner = *parts, name
        if installed.home(*inner).is_dir():
            if inner != ("examples",) and not name.startswith("__"):
                yield from _sources(*inner)
        elif name.endswith(SOURCES):
            yield f"/{'/'.join(inner)}", installed.data(*inner)
