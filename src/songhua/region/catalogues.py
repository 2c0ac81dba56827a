"""The catalogues of a folder: what its labels name, and how each is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from songhua import schema
from songhua.hooks.displayed import Displayed
from songhua.labels.lookup import refuse_other, refuse_unknown
from songhua.maths.interval_columns import Mask
from songhua.messages import BASE, Words
from songhua.region.indicators import Indicator
from songhua.region.relations import Relations
from songhua.region.series import Series
from songhua.schema import Catalogue, Entry

#: The catalogues whose entries have a name.
WITH_ENTRIES = (
    "indicators",
    "industries",
    "places",
    "entities",
    "indices",
    "tables",
    "rulebooks",
    "sources",
    "claims",
)


@dataclass(frozen=True)
class Catalogues(Displayed):
    """A region's head, and the entries that the labels of its rows name.

    An id that a catalogue does not have is refused, with the name that looks like it.
    """

    code: str
    name: Words
    currency: str
    base_year: int | None
    places: Catalogue
    sources: Catalogue
    indicators: Catalogue
    industries: Catalogue
    entities: Catalogue
    claims: Catalogue

    def partitions(self) -> dict[str, list[list[str]]]:
        """For each parent the lists of industries that add up to it."""
        by_partition: dict[tuple[str, str], list[str]] = {}
        for id, entry in self.industries.items():
            if entry["partition"]:
                key = (str(entry["parent"]), str(entry["partition"]))
                by_partition.setdefault(key, []).append(id)
        result: dict[str, list[list[str]]] = {}
        for (parent, _), parts in by_partition.items():
            result.setdefault(parent, []).append(parts)
        return result

    def indicator(self, id: str, place: str = "") -> Indicator:
        """The definition of an indicator, of a place with its breaks. Raises `label_unknown`.

        >>> from songhua.region import Region
        >>> joined = {"name": {}, "role": "comparison", "breaks": ["2020"]}
        >>> jobs = {"name": {}, "unit": "persons"}
        >>> region = Region.of("here", indicators={"jobs": jobs}, places={"there": joined})
        >>> region.indicator("jobs").breaks, region.indicator("jobs", "there").breaks
        ((), ('2020',))
        """
        self._entry("indicators", id)
        elsewhere = place and place != self.code
        return self.catalogue[id].at(self._entry("places", place) if elsewhere else {})

    def may_break(self, figures: Series) -> Mask:
        """True for the figures of an indicator or of a place that has breaks.

        >>> from songhua.region import Region
        >>> from songhua.region.observations import Observation
        >>> rows = Series.of([Observation.of("jobs", "2021", "5", region=id) for id in ("a", "b")])
        >>> moved = {"name": {}, "role": "comparison", "breaks": ["2020"]}
        >>> Region.of("a", places={"b": moved}).may_break(rows).tolist()
        [False, True]
        """
        broken = [id for id, measured in self.catalogue.items() if measured.breaks]
        moved = [id for id, place in self.places.items() if place.get("breaks")]
        return figures.have(indicator=broken) | figures.have(region=moved)

    @cached_property
    def catalogue(self) -> dict[str, Indicator]:
        """All indicators by name, in the order of the catalogue."""
        return {id: Indicator.read(id, entry) for id, entry in self.indicators.items()}

    def unit(self, indicator: str) -> str:
        """The unit of an indicator. Raises `label_unknown`."""
        return self.indicator(indicator).unit

    @cached_property
    def relations(self) -> Relations:
        """The relations of its indicators to one another."""
        return Relations(self.indicators, self.industries)

    def role(self, place: str) -> str:
        """The role of a place: part, parent or comparison. Raises `label_unknown`."""
        return str(self._entry("places", place)["role"])

    def parent(self, industry: str) -> str:
        """The industry that an industry is part of. Raises `label_unknown`."""
        return str(self._entry("industries", industry)["parent"])

    def places_of(self, role: str) -> list[str]:
        """The places of a role: part, parent (a larger area) or comparison.

        Raises:
            SonghuaError: `choice_unknown`, for another role.
        """
        refuse_other(role, schema.table("places").column("role").choices)
        return [place for place in self.places if self.role(place) == role]

    def grade(self, source: str) -> str:
        """The grade of a source: official to weak. Raises `label_unknown`."""
        return str(self._entry("sources", source)["grade"])

    def _entry(self, of: str, id: str) -> Entry:
        """An entry of a catalogue, or the fault of an id that it does not have."""
        entries: Catalogue = getattr(self, of)
        refuse_unknown(of, entries or [""], id)
        return entries[id]

    def words(self, catalogue: str, id: str) -> Words:
        """The names of an entry by language: a source's title, a claim's sentence, else its name.

        There are none for an id that the catalogue does not have.
        """
        entry: Any = getattr(self, catalogue).get(id)
        if catalogue == "places" and id == self.code:
            return self.name
        if catalogue == "sources" and entry:
            return Words({BASE: str(entry.get("title") or ""), **Words.of(entry, "title").texts})
        key = "says" if catalogue == "claims" else "name"
        words = entry.get(key) if isinstance(entry, Mapping) else getattr(entry, "name", entry)
        return Words.of(words)

    def publisher(self, source: str) -> Words:
        """The publisher of a source by language; as it stands where it has no name there.

        Raises:
            SonghuaError: `label_unknown`.

        >>> from songhua.region import Region
        >>> paper = {"publisher": "The Daily", "publisher_zh": "日报"}
        >>> words = Region.of("here", sources={"a": paper}).publisher("a")
        >>> words("en"), words("zh")
        ('The Daily', '日报')
        """
        entry: Any = self._entry("sources", source)
        return Words({BASE: str(entry["publisher"]), **Words.of(entry, "publisher").texts})

    def label(self, catalogue: str, id: str, lang: str = "en") -> str:
        """The name of an indicator, industry, place, entity, index, table or status by law.

        Of a source it is the title, of a claim the sentence: in the language if the folder has
        them in it, else as they stand there.

        Raises:
            SonghuaError: `label_unknown`; `choice_unknown`, for another catalogue.

        >>> import songhua
        >>> region = songhua.open(songhua.example()).region
        >>> region.label("sources", "my399-5501", "zh")
        '2020年哈尔滨地区生产总值实现正增长'
        """
        refuse_other(catalogue, WITH_ENTRIES)
        if catalogue != "places" or id != self.code:
            refuse_unknown(catalogue, getattr(self, catalogue) or [""], id)
        return self.words(catalogue, id)(lang) or id
