"""Sources of the files that come with songhua, and the terms on which they may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua.messages import LANGUAGES, Words
from songhua.shipped import installed

PACKAGE = Path(str(files("songhua")))


@dataclass(frozen=True)
class Terms:
    """Files of the package, their sources, and the terms on which these may be used.

    `files` are patterns of paths in which `*` stands for anything; `ids` are the entries of the
    nearest `sources.toml` that `sources` are read from, none where they are told otherwise.
    """

    files: tuple[str, ...]
    sources: tuple[Words, ...]
    terms: tuple[Words, ...]
    ids: tuple[str, ...] = ()

    def holds(self, file: Path) -> bool:
        """True for a file of the package that is one of these."""
        name = file.relative_to(PACKAGE).as_posix() if file.is_relative_to(PACKAGE) else ""
        return any(fnmatchcase(name, pattern) for pattern in self.files)


@cache
def entries() -> tuple[Terms, ...]:
    """All files that come with songhua and are no code, by source and terms.

    >>> panel = PACKAGE / "examples/harbin/panels/co2.csv"
    >>> [one.ids for one in entries() if one.holds(panel)]
    [('city-co2',)]
    """
    data = _read(PACKAGE / "shipped" / "terms.toml")
    texts = {name: Words.of(text) for name, text in data["terms"].items()}
    return tuple(
        Terms(
            tuple(entry["files"]),
            tuple(_sources(entry)),
            tuple(texts[name] for name in entry["terms"]),
            tuple(entry.get("sources", ())),
        )
        for entry in data["entry"]
    )


def of(file: Path) -> Terms | None:
    """The sources and terms of a file; None for one that did not come with songhua.

    >>> held = of(PACKAGE / "packs/us/like/panels/states.csv")
    >>> held and held.terms[0]("en")
    "Works of the United States government, in the public domain; the selection is songhua's own."
    """
    return next((terms for terms in entries() if terms.holds(file)), None)


def _sources(entry: Mapping[str, Any]) -> list[Words]:
    """Names of the sources of an entry: title, publisher and original."""
    if "source" in entry:
        return [Words.of(entry["source"])]
    folders = (PACKAGE / entry["files"][0]).parents
    home = next(folder for folder in folders if (folder / "sources.toml").is_file())
    catalogue = _read(home / "sources.toml")
    return [_called(catalogue[id]) for id in entry["sources"]]


def _called(source: Mapping[str, Any]) -> Words:
    """A source by its title in each language, with who passed it on, its original and address."""
    beside = [source[key] for key in ("publisher", "original", "address") if source.get(key)]
    titles = {lang: source.get(f"title_{lang}", source["title"]) for lang in LANGUAGES}
    return Words({lang: " — ".join([title, *beside]) for lang, title in titles.items()})


@cache
def _read(file: Path) -> dict[str, Any]:
    return installed.toml(*file.relative_to(PACKAGE).parts)
