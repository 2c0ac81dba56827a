"""Rulebooks on disk: those that come with songhua, and folders of a user."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import RulebookUnknown
from songhua.messages import Words
from songhua.reading.encoding import clean
from songhua.rules import Rulebook, parse_rulebook
from songhua.rules.register import applicable_rulebooks
from songhua.rules.rulebook_files import (
    CASES,
    PARAMETERS,
    RULES,
    SHARED_ACTIONS,
    SHARED_FACTS,
    SOURCE,
    place_of,
    uses,
)
from songhua.store.disk import bytes_below


@cache
def names() -> tuple[str, ...]:
    """The rulebooks that come with songhua, as `country/status`.

    >>> "eu/sme" in names()
    True
    """
    rulebooks = [
        f"{country.name}/{status.name}"
        for country in _home().iterdir()
        if country.is_dir()
        for status in country.iterdir()
        if status.is_dir() and (status / RULES).is_file()
    ]
    return tuple(sorted(rulebooks))


def load(name: str | Path) -> Rulebook:
    """A rulebook by its name, or from a folder of one's own.

    Files shared by the rulebooks of a country (`facts.toml`, `actions.toml`) stand beside the
    folder.

    Raises:
        SonghuaError: `rulebook_unknown`, or every fault of its files.

    >>> load("eu/sme").words("en")
    'SME of the European Union'
    """
    if isinstance(name, str) and name in names():
        return _shipped(name)
    folder = Path(name).resolve()
    if (folder / RULES).is_file():
        return _read(folder, folder.parent, f"{folder.parent.name}/{folder.name}")
    near = difflib.get_close_matches(str(name)[:80], names(), n=1, cutoff=0.3)
    raise SonghuaError(RulebookUnknown(name=str(name)[:80], near=near[0] if near else ""))


#: As the package has it.
load_rulebook = load


class Library(Mapping[str, Rulebook]):
    """Rulebooks by name, each read when it is first asked for: those that come with songhua.

    A folder of one's own is had by its path, and not counted among them.

    >>> Library()["eu/sme"].law, "eu/sme" in Library(), "no/such" in Library()
    ('2003/361/EC', True, False)
    """

    def __getitem__(self, name: str) -> Rulebook:
        """The rulebook of a name or folder.

        Raises:
            SonghuaError: `rulebook_unknown`, or every fault of its files.
        """
        return load(name)

    def __contains__(self, name: object) -> bool:
        """True if a rulebook of this name comes with songhua, or stands in a folder."""
        return name in names() or (isinstance(name, str) and (Path(name) / RULES).is_file())

    def __iter__(self) -> Iterator[str]:
        """The names of those that come with songhua."""
        return iter(names())

    def __len__(self) -> int:
        """The number of those that come with songhua."""
        return len(names())


@cache
def status_names() -> Mapping[str, Words]:
    """The name of every status by the rulebook that comes with songhua.

    >>> status_names()["eu/sme"]("zh")
    '欧盟中小企业'
    """
    words: dict[str, Words] = {}
    for name in names():
        text = _home().joinpath(*name.split("/"), RULES).read_text("utf-8")
        words[name] = Words.of(tomllib.loads(text)["rulebook"]["name"])
    return words


def applicable(facts: Iterable[str]) -> tuple[str, ...]:
    """The rulebooks, of those that come with songhua, of the country that asks for these facts.

    >>> applicable(["staff", "turnover", "balance"])
    ('eu/sme',)
    """
    return applicable_rulebooks(facts, Library().values())


def _home() -> Traversable:
    return files("songhua") / "rulebooks"


@cache
def _shipped(name: str) -> Rulebook:
    country, status = name.split("/")
    return _read(_home() / country / status, _home() / country, name)


def _read(folder: Traversable, country: Traversable, id: str) -> Rulebook:
    """A rulebook from its folder and that of its country, paths or resources of the package.

    It may be somebody else's: nothing is read behind a link, or out of the country's folder.
    """
    texts: dict[str, str] = {}
    faults: list[Fault] = []

    def take(entries: Iterable[tuple[str, Traversable]]) -> None:
        for name, entry in entries:
            place = place_of(id, name)
            try:
                if isinstance(entry, Path) and isinstance(country, Path):
                    data = bytes_below(country, entry.relative_to(country).as_posix(), place)
                else:
                    data = entry.read_bytes()
                texts[name] = clean(data, place).decode("utf-8")
            except SonghuaError as error:
                faults.extend(error.faults)

    take(_entries(folder, country))
    for name in uses(texts.get(RULES, "")):
        take((f"../{name}/{file}", entry) for file, entry in _law(country / name))
    if faults:
        raise SonghuaError(*faults)
    return parse_rulebook(id, texts)


def _entries(folder: Traversable, country: Traversable) -> Iterator[tuple[str, Traversable]]:
    """The files of a rulebook that are there, by name."""
    for shared in (SHARED_FACTS, SHARED_ACTIONS):
        if (entry := country / shared.removeprefix("../")).is_file():
            yield shared, entry
    yield from _law(folder)
    if (entry := folder / SOURCE).is_file():
        yield SOURCE, entry
    yield from _texts(folder, CASES)


def _law(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """The rules and the parameters of a rulebook, by name."""
    if (entry := folder / RULES).is_file():
        yield RULES, entry
    yield from _texts(folder, PARAMETERS)


def _texts(folder: Traversable, under: str) -> Iterator[tuple[str, Traversable]]:
    home = folder / under.rstrip("/")
    for entry in home.iterdir() if home.is_dir() else ():
        if entry.name.endswith(".toml"):
            yield f"{under}{entry.name}", entry
