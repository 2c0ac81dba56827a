"""A folder begun with a pack: the request, completed by the pack and the names that it covers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from songhua import messages, store
from songhua.checks import values
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import PackMissing
from songhua.messages import Words
from songhua.schema import Column
from songhua.session.cases import example
from songhua.session.fault_kinds import CurrencyWanted
from songhua.store import packs, user_home

#: The id of what has no name in Latin letters, and of a nation that is not named.
UNNAMED, NATION = "my-region", "nation"
_CURRENCY = Column("currency", "currency")
_YEAR = Column("base_year", "integer", least=1000, most=2999)


@dataclass(frozen=True)
class FolderRequest:
    """Subject of a new folder; blank fields follow from the country, the place or DIR.

    `country` is a pack (`cn`, `us`, `generic`), or a country's code or name; `like` a place of the
    pack, by id or name, whose name, code and panels the folder then has. `name` is the region's
    name, in all languages. The two years in the title of the `plan` are its first and last, and the
    year before them its base, unless another is named.
    `territory` is the code of the country that the system is set to.
    """

    country: str = ""
    like: str = ""
    name: str = ""
    currency: str = ""
    base_year: int | None = None
    plan: str = ""
    territory: str = ""


@dataclass(frozen=True)
class Begun:
    """A folder that was begun: where it stands, with which pack, and what it is of."""

    path: Path
    pack: packs.Pack
    of: packs.Beginning


def begin(path: str | Path, request: FolderRequest) -> Begun:
    """Write a folder that runs at once, with the defaults of a country, to a new place.

    Raises:
        SonghuaError: `country_unknown`, `like_unknown`, `like_none`, `currency_wanted`, faults of
            the given answers, or `folder_not_empty`; nothing is written then.
    """
    pack, begun = settled(Path(path), request)
    files = packs.composed(pack, packs.additions(pack), begun, example("skeleton"))
    return Begun(store.copy(None, Path(path), files), pack, begun)


def settled(path: Path, request: FolderRequest) -> tuple[packs.Pack, packs.Beginning]:
    """The pack, and what a folder at a path is of.

    Raises:
        SonghuaError: see `begin`.

    >>> pack, of = settled(Path("goettingen"), FolderRequest("Germany", base_year=2023))
    >>> pack.id, of.name("en"), of.money, of.nation, of.span
    ('generic', 'Goettingen', 'm EUR', 'germany', ('2025', '2030'))
    """
    pack, land = packs.answering(request.country)
    if land is None:
        land = next((t for t in pack.territories if t.code == request.territory), None)
    faults = list(_unfit(request))
    if land is None and not request.currency:
        faults.append(CurrencyWanted(country=request.country))
    if faults:
        raise SonghuaError(*faults)
    place = packs.place_named(pack, request.like) if request.like else ""
    title = request.name or spelled(path.resolve().name)
    code, nation = place or slug(title), land.id if land else NATION
    money = land.money if land else f"m {request.currency}"
    names = packs.names_of(pack, place, request.name if place else title)
    begun = packs.Beginning(
        code=code if code != nation else UNNAMED,
        name=names or same_name(title),
        nation=nation,
        nation_name=land.name if land else _of_all("the_nation"),
        nation_also=land.own_names if land else (),
        money=f"{money.rpartition(' ')[0]} {request.currency}" if request.currency else money,
        base_year=request.base_year or pack.base_year,
        plan=same_name(request.plan) if request.plan else pack.plan,
        like=place,
    ).titled()
    if request.plan and not request.base_year and packs.SPAN.search(request.plan):
        begun = replace(begun, base_year=int(begun.span[0]) - 1)
    return pack, begun


def add_pack(path: str | Path) -> Path:
    """Copy a pack to where those of this user stand; a folder begun with it has no fault.

    The copied files are those that were tried, even if the originals change meanwhile.

    Raises:
        SonghuaError: `pack_missing`, `pack_held`, `pack_adds_to`, or all faults of the pack and of
            a folder that is begun with it; nothing is copied then.
    """
    home = Path(path).resolve()
    if not (home / packs.HEAD).is_file():
        raise SonghuaError(PackMissing(path=str(home)))
    contents = packs.files_in(home)
    with user_home.scratch() as folder:
        _tried(store.copy(None, folder / home.name, contents), folder / "tried")
    return packs.add_pack(contents, home.name)


def _tried(home: Path, target: Path) -> None:
    """Begin a folder with a new pack, and read it."""
    pack = packs.new_pack(home)
    base = packs.pack(pack.adds_to) if pack.adds_to else pack
    places = [id for id, entry in pack.places.items() if entry.get("role") == "comparison"]
    more = [*packs.additions(base), pack] if pack.adds_to else []
    code, like = (places[0], places[0]) if places else (UNNAMED, "")
    begun = _of(base, next(iter(base.territories), None), code, like)
    store.copy(None, target, packs.composed(base, more, begun, example("skeleton")))
    store.read(target)


def _of(pack: packs.Pack, land: packs.Territory | None, code: str, like: str) -> packs.Beginning:
    """Subject of a folder that is begun in order to try a pack."""
    return packs.Beginning(
        code=code,
        name=same_name(code),
        nation=land.id if land else NATION,
        nation_name=land.name if land else _of_all("the_nation"),
        nation_also=land.own_names if land else (),
        money=land.money if land else "m EUR",
        base_year=pack.base_year,
        plan=pack.plan,
        like=like,
    ).titled()


def _unfit(request: FolderRequest) -> Iterator[Fault]:
    """Faults of the given answers."""
    yield from values.check(_CURRENCY, request.currency, {})
    yield from values.check(_YEAR, request.base_year, {})


def _of_all(word: str) -> Words:
    """A word in every language that is demanded."""
    return Words({lang: messages.word(word, lang) for lang in messages.demanded()})


def same_name(text: str) -> Words:
    """One name for every language that is demanded.

    >>> same_name("Göttingen")("zh")
    'Göttingen'
    """
    return Words(dict.fromkeys(messages.demanded(), text.strip()))


def spelled(name: str) -> str:
    """The name of a folder as that of a place.

    >>> spelled("lower-saxony"), spelled("长春"), spelled("Île-de-France")
    ('Lower Saxony', '长春', 'Île-de-France')
    """
    return re.sub("[-_]+", " ", name).title() if name == name.lower() else name


def slug(text: str) -> str:
    """A name as an id; `my-region` for one without Latin letters.

    >>> slug("Göttingen (Landkreis)"), slug("长春")
    ('gottingen-landkreis', 'my-region')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or UNNAMED
