"""The places of packs, and the pack for the name of a country or of a place."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua.errors import SonghuaError
from songhua.messages import BASE, Words, script_of
from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.encoding import clean
from songhua.store import writing
from songhua.store.disk import bytes_of, names_below
from songhua.store.packs.composing import without_suffix
from songhua.store.packs.fault_kinds import (
    CountryUnknown,
    LikeNone,
    LikeUnknown,
    PackAddsTo,
    PackHeld,
    PackHome,
    PackPageMissing,
    PackStrange,
    PackUnknown,
)
from songhua.store.packs.pack import FILES, FOLDER, HEAD, LIKE, PAGE, Pack, Territory, read_pack

#: The folder that holds a user's packs; else the system's place for data of programs.
PACKS_VARIABLE = "SONGHUA_PACKS"
MOST_NAMES = 12


def homes() -> list[Path]:
    """The folders that hold packs, the user's before those that come with songhua."""
    user = users_home()
    return [*([user] if user and user.is_dir() else []), Path(str(files("songhua") / "packs"))]


def users_home() -> Path | None:
    """Where the packs of this user stand; None without a home."""
    if path := os.environ.get(PACKS_VARIABLE):
        return Path(path)
    path = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_DATA_HOME", "")
    try:
        return (
            Path(path) if Path(path).is_absolute() else Path.home() / ".local/share"
        ) / "songhua/packs"
    except RuntimeError:
        return None


def packs() -> tuple[Pack, ...]:
    """All packs, each read; of two with one id the user's.

    Those that answer to fewer countries come first.

    >>> [one.id for one in packs() if not one.adds_to][-1]
    'generic'
    """
    packs_by_id: dict[str, Pack] = {}
    for home in homes():
        for folder in (home / name for name in names_below(home)):
            if (folder / HEAD).is_file() and folder.name not in packs_by_id:
                packs_by_id[folder.name] = read_pack(folder)
    return tuple(sorted(packs_by_id.values(), key=lambda pack: (len(pack.territories), pack.id)))


def answering(text: str) -> tuple[Pack, Territory | None]:
    """The pack of a country, by the pack's id, or the country's code or name in any language.

    Raises:
        SonghuaError: `country_unknown`, with near names.

    >>> found = map(answering, ["CN", "Germany", "美国"])
    >>> [(pack.id, land.currency) for pack, land in found if land]
    [('cn', 'CNY'), ('generic', 'EUR'), ('us', 'USD')]
    """
    bases = [base for base in packs() if not base.adds_to]
    wanted = _plain(text)
    by_name: dict[str, tuple[Pack, Territory | None]] = {}
    for pack in bases:
        for land in pack.territories:
            for word in land.words:
                by_name.setdefault(_plain(word), (pack, land))
    for pack in bases:
        sole = pack.territories[0] if len(pack.territories) == 1 else None
        by_name[_plain(pack.id)] = (pack, sole)
    if wanted in by_name:
        return by_name[wanted]
    words = [w for base in bases for land in base.territories for w in land.words[1:]]
    raise SonghuaError(
        CountryUnknown(text=text[:80], near=_near(wanted, words), names=tuple(b.id for b in bases))
    )


def in_territory(code: str) -> tuple[Pack, Territory] | None:
    """The pack and the country of a code of two letters; None for one that no pack answers to.

    >>> found = in_territory("DE")
    >>> found and found[1].money
    'm EUR'
    """
    for pack in packs():
        for land in pack.territories:
            if land.code == code and not pack.adds_to:
                return pack, land
    return None


def pack(id: str) -> Pack:
    """A pack by its id.

    Raises:
        SonghuaError: `pack_unknown`, with near names.
    """
    packs_by_id = {entry.id: entry for entry in packs()}
    if id not in packs_by_id:
        raise SonghuaError(
            PackUnknown(text=id[:80], near=_near(_plain(id), packs_by_id), names=tuple(packs_by_id))
        )
    return packs_by_id[id]


def additions(pack: Pack) -> list[Pack]:
    """The packs that add places and panels to one."""
    return [addition for addition in packs() if addition.adds_to == pack.id]


def places_of(pack: Pack) -> dict[str, Mapping[str, Any]]:
    """The places of a pack, and of those that add to it, that a folder can be of."""
    return {
        id: entry
        for source in (pack, *additions(pack))
        for id, entry in source.places.items()
        if entry.get("role") == "comparison"
    }


def place_named(pack: Pack, text: str) -> str:
    """The id of a place of a pack, by its id or its name in any language.

    Raises:
        SonghuaError: `like_none`, where the pack has no places; `like_unknown`, with near names.

    >>> place_named(pack("cn"), "长春市")
    'changchun'
    """
    places = places_of(pack)
    if not places:
        raise SonghuaError(LikeNone(country=pack.id))
    ids = {_plain(id): id for id in places}
    for id, entry in places.items():
        for word in entry["name"].values():
            ids.setdefault(_plain(word), id)
    wanted = _plain(text)
    ends = [end for end in vocabulary().place_suffixes if wanted.endswith(end)]
    for word in (wanted, *(wanted.removesuffix(end) for end in ends)):
        if word in ids:
            return ids[word]
    words = {id: Words.of(entry["name"]) for id, entry in places.items()}
    near = _near(wanted, ids)
    raise SonghuaError(
        LikeUnknown(
            text=text[:80],
            near=words[ids[_plain(near)]] if near else "",
            country=pack.id,
            names=tuple(words.values())[:MOST_NAMES],
            n=len(places),
        )
    )


def names_of(pack: Pack, place: str, text: str) -> Words:
    """The names of the one place of a pack that is called so; none where none or several are.

    That of a `place` is looked for among its own names, and is taken where no text is given.

    >>> hefei = names_of(pack("cn"), "", "合肥市")
    >>> hefei("en"), hefei("zh"), bool(names_of(pack("cn"), "", "桐城"))
    ('Hefei', '合肥市', False)
    """
    own = places_of(pack)
    entries = [own[place]] if place else [*({**pack.known_places, **own}).values()]
    wanted, script = without_suffix(text), script_of(text) or BASE
    found = [
        entry["name"]
        for entry in entries
        if not text or wanted in map(without_suffix, entry["name"].values())
    ]
    return (
        Words.of({**found[0], **({script: text} if text else {})}) if len(found) == 1 else Words()
    )


def place_like(pack: Pack, text: str) -> str:
    """The id of a place of a pack by its name; blank where it has none of this name."""
    try:
        return place_named(pack, text)
    except SonghuaError:
        return ""


def holding(text: str) -> str:
    """The id of a pack that has a place of this name; blank where none or several have."""
    ids = [pack.id for pack in packs() if place_like(pack, text)]
    return ids[0] if len(ids) == 1 else ""


def new_pack(source: Path) -> Pack:
    """A pack in a folder, that may be added.

    Raises:
        SonghuaError: `pack_missing`, the faults of its files, `pack_held`, where one of this id is
            there; `pack_adds_to`, where it adds to none that there is; `pack_page_missing`;
            `pack_strange`, for each name that is no part of a pack.
    """
    pack, ids = read_pack(source), {pack.id for pack in packs()}
    if pack.id in ids:
        raise SonghuaError(PackHeld(id=pack.id))
    if pack.adds_to and pack.adds_to not in ids:
        names, file = tuple(sorted(ids)), f"{pack.id}/{HEAD}"
        raise SonghuaError(PackAddsTo(file, text=pack.adds_to, names=names))
    if not (source / PAGE).is_file():
        raise SonghuaError(PackPageMissing(f"{pack.id}/{PAGE}"))
    clean(bytes_of(source / PAGE), f"{pack.id}/{PAGE}")
    names = (*FILES, f"{FOLDER}/", f"{LIKE}/")
    if strange := [f"{pack.id}/{path}" for path in _strange(source)]:
        raise SonghuaError(*(PackStrange(path, names=names) for path in strange))
    return pack


def _strange(source: Path) -> list[str]:
    """Tables, documents and folders in a pack that it has no use for: their names are misspelt."""
    names: list[str] = []
    for path in (source / name for name in names_below(source)):
        expected = (FOLDER, LIKE) if path.is_dir() else FILES
        readable = path.is_dir() or path.suffix in (".csv", ".toml") or path.name in (FOLDER, LIKE)
        names += [path.name] if readable and path.name not in expected else []
    return names


def add_pack(files: Mapping[str, bytes], id: str) -> Path:
    """Write the files of a pack, that was judged, to where those of this user stand.

    Raises:
        SonghuaError: `pack_home`, where the system has no such place; `system_refused`.
    """
    home = users_home()
    if home is None:
        raise SonghuaError(PackHome(name=PACKS_VARIABLE))
    return writing.copy(None, home / id, files)


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("_", "-").split())


def _near(wanted: str, words: Iterable[str]) -> str:
    plain = {_plain(word): word for word in words}
    return next((plain[w] for w in difflib.get_close_matches(wanted, plain, n=1, cutoff=0.7)), "")
