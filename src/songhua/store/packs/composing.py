"""The files of a folder that is begun with a pack: what it is of, put into the pack's files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

import tomlkit

from songhua import messages
from songhua.messages import Words
from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.encoding import clean
from songhua.reading.sheets.words import key
from songhua.reading.toml import entry, inline, item, quoted
from songhua.store.disk import bytes_of
from songhua.store.packs.pack import ALWAYS, LIKE, PAGE, Pack, Territory, files_in

REGION, INDICATORS = "region.toml", "indicators.toml"
SPAN = re.compile(r"([12]\d{3})\D+([12]\d{3})")


@dataclass(frozen=True)
class Beginning:
    """Subject of a new folder: a place, its nation, its money, and its plan.

    `like` is the place of the packs whose panels it takes, blank for none; then it has the
    code and the name of that place. The years of the plan are those that its title names.
    """

    code: str
    name: Words
    nation: str
    nation_name: Words
    nation_also: tuple[str, ...]
    money: str
    base_year: int
    plan: Words
    like: str = ""

    @property
    def currency(self) -> str:
        """The currency of its money."""
        return self.money.rpartition(" ")[2]

    @property
    def span(self) -> tuple[str, str]:
        """First and last year of the plan; five years from the base year on where none is named.

        >>> named = Words({"en": "A plan, 2026 to 2030"})
        >>> Beginning("a", Words(), "b", Words(), (), "m EUR", 2025, named).span
        ('2026', '2030')
        """
        years = next(filter(None, map(SPAN.search, self.plan.texts.values())), None)
        return (years[1], years[2]) if years else years_after(self.base_year)

    def titled(self) -> Beginning:
        """With the title of the plan filled: `Plan of $name_en` names the place."""
        names = {f"name_{lang}": text for lang, text in self.name.texts.items()}
        titles = {
            lang: Template(self.plan(other_script(self.name(lang), lang) or lang))
            for lang in self.plan.texts
        }
        filled_in = {lang: title.safe_substitute(names) for lang, title in titles.items()}
        return replace(self, plan=Words(filled_in))

    def blanks(self) -> dict[str, str]:
        """The text for each `$name` of a pack's files."""
        texts = {
            "code": self.code,
            "name": inline(self.name.texts).as_string(),
            "nation": self.nation,
            "nation_name": inline(self.nation_name.texts).as_string(),
            "nation_also": item(list(self.nation_also)).as_string(),
            "money": self.money,
            "currency": self.currency,
            "base_year": str(self.base_year),
            "plan": inline(self.plan.texts).as_string(),
            "plan_period": "plan:{}..{}".format(*self.span),
        }
        for name, words in (("name", self.name), ("plan", self.plan), ("nation", self.nation_name)):
            texts |= {f"{name}_{lang}": quoted(text)[1:-1] for lang, text in words.texts.items()}
        return texts


def years_after(year: int) -> tuple[str, str]:
    """The five years after one."""
    return str(year + 1), str(year + 5)


def composed(
    pack: Pack, additions: Sequence[Pack], begun: Beginning, base: Path
) -> dict[str, bytes]:
    """The files of a new folder, by name.

    Args:
        pack: the pack of the folder. additions: packs whose places are added, and their panels
        where the folder takes those of a place. begun: the region of the folder and its settings.
        base: a folder that supplies every file that the pack does not give.
    """
    files = files_in(base)
    files |= pack.files(ALWAYS) | {PAGE: bytes_of(pack.home / PAGE)}
    files |= {
        name: filled(clean(content, name), begun)
        for name, content in files.items()
        if name.endswith(".toml")
    }
    if begun.like:
        for source in (pack, *additions):
            _add(files, source, source.places.get(begun.like, {}).get("breaks", ()))
    files[REGION] += _places([pack, *additions], begun, files[REGION].decode()).encode()
    return files


def skeleton_in(base: Path, land: Territory) -> dict[str, bytes]:
    """The files of a skeleton with the money of a country, and the country as larger area.

    >>> from importlib.resources import files
    >>> land = Territory("DE", Words({"en": "Germany"}), "m CHF")
    >>> made = skeleton_in(Path(str(files("songhua") / "examples" / "skeleton")), land)
    >>> b'currency = "CHF"' in made["region.toml"], b'unit = "m CHF"' in made["indicators.toml"]
    (True, True)
    """
    files = files_in(base)
    region, indicators = (tomlkit.parse(files[name]) for name in (REGION, INDICATORS))
    before = f"bn {region['region']['currency']}"
    region["region"]["currency"] = land.currency
    for indicator in indicators.values():
        if indicator["unit"] == before:
            indicator["unit"] = land.money
    nation = entry(("places", land.id), {"name": land.name.texts, "role": "parent"})
    files[REGION] = f"{tomlkit.dumps(region)}\n{nation}".encode()
    return files | {INDICATORS: tomlkit.dumps(indicators).encode()}


def _add(files: dict[str, bytes], pack: Pack, breaks: Sequence[str]) -> None:
    """The files that come with a place: entries behind those of the folder, panels beside.

    Levels are cut at the `breaks` of the place, from which on its territory is another.
    """
    for name, content in pack.files(LIKE).items():
        if name == INDICATORS and breaks:
            content = _broken(content, breaks)
        if name.endswith(".toml") and name in files:
            files[name] += b"\n" + content
        else:
            files[name if name not in files else f"panels/{pack.id}-{Path(name).name}"] = content


def _broken(indicators: bytes, breaks: Sequence[str]) -> bytes:
    """The levels of a catalogue with further breaks.

    >>> _broken(b'[jobs]\\nform = "level"\\nbreaks = ["2019"]\\n', ["2020"]).splitlines()[-1]
    b'breaks = ["2019", "2020"]'
    """
    catalogue = tomlkit.parse(indicators.decode("utf-8"))
    for indicator in catalogue.values():
        if indicator["form"] == "level":
            indicator["breaks"] = sorted({*indicator.get("breaks", ()), *breaks})
    return tomlkit.dumps(catalogue).encode()


def _places(packs: Sequence[Pack], begun: Beginning, region: str) -> str:
    """The entries of places that tables print beside the folder's own, which is none of them.

    Sums of panels come with the panels. A place without figures is in no result.
    """
    entries = {
        id: entry
        for pack in packs
        for id, entry in {**pack.places, **pack.known_places}.items()
        if begun.like or entry["role"] == "comparison"
    }
    in_panels = {id for pack in packs for id in pack.places} if begun.like else set[str]()
    folder_names = {without_suffix(name) for name in begun.name.texts.values()}
    return "".join(
        f"\n{entry(('places', id), of)}"
        for id, of in entries.items()
        if id not in {begun.code, begun.nation}
        and f"[places.{id}]" not in region
        and (id in in_panels or folder_names.isdisjoint(map(without_suffix, of["name"].values())))
    )


def without_suffix(name: str) -> str:
    """The name of a place, as words are compared, without what says that it is a city.

    >>> without_suffix("长春市"), without_suffix("New York")
    ('长春', 'new york')
    """
    word = key(name)
    ends = (end for end in vocabulary().place_suffixes if word.endswith(end))
    return word.removesuffix(next(ends, ""))


def other_script(name: str, lang: str) -> str:
    """The language in whose letters a name is that is no name of another; blank where it fits.

    >>> other_script("合肥", "en"), other_script("Hefei", "zh"), other_script("合肥", "zh")
    ('zh', '', '')
    """
    script = messages.script_of(name)
    return "" if script == lang else script


def filled(content: bytes, begun: Beginning) -> bytes:
    """A text with its blanks filled; other signs of money stay.

    A name that is composed with others stands in its own language, whole.

    >>> begun = Beginning("a", Words({"en": "A"}), "b", Words(), (), "m EUR", 2025, Words())
    >>> filled(b'unit = "$money", $ 5', begun)
    b'unit = "m EUR", $ 5'
    >>> place = replace(begun, name=Words({"en": "合肥", "zh": "合肥"}))
    >>> office = 'publisher = "Bureau of $name_en"\\npublisher_zh = "$name_zh统计局"'
    >>> filled(office.encode(), place).decode().splitlines()[0]
    'publisher = "合肥统计局"'
    """
    text = content.decode("utf-8")
    if other := other_script(begun.name(messages.BASE), messages.BASE):
        line = r'^(\w+) = ".*\$name_en.*"$'
        twin = rf'(?=(?:\n.*)?\n\1_{other} = (".*"))'
        text = re.sub(line + twin, r"\1 = \2", text, flags=re.MULTILINE)
    return Template(text).safe_substitute(begun.blanks()).encode()
