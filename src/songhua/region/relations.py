"""Relations between indicators: the catalogue declares them, and they are read here alone."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import product

from songhua.labels import parse_unit
from songhua.labels.lookup import refuse_unknown
from songhua.region.indicators import RATES, Indicator
from songhua.schema import Catalogue, Entry


class Kind(StrEnum):
    """The kinds of relation that two indicators may have; there are no others."""

    SAME_QUANTITY = "same_quantity"
    GROWTH_OF = "growth_of"
    SHARE_OF = "share_of"
    CONTRIBUTION_TO = "contribution_to"
    PART_OF = "part_of"
    NOT_COMPARABLE = "not_comparable"


#: The kind of relation that an indicator of a form has to what it is `of`.
KINDS = {
    **dict.fromkeys(RATES, Kind.GROWTH_OF),
    **dict.fromkeys(("contribution_pp", "share_of_growth"), Kind.CONTRIBUTION_TO),
    "share": Kind.SHARE_OF,
}
#: The form of growth over one period.
RATE = "growth"
#: The prices of growth, those that are asked first at the head.
PRICES = ("constant", "comparable", "", "current")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that the catalogue declares between two indicators.

    `to` is blank where a growth, a share or a contribution does not name what it is of. A part has
    the industry of its `whole`, or in `of_place` that the whole is a larger place's (`parent`).
    """

    kind: Kind
    indicator: str
    to: str = ""
    whole: str = ""
    of_place: str = ""


@dataclass(frozen=True)
class Relations:
    """The relations of a catalogue's indicators to one another.

    An id that the catalogue does not have is refused: `label_unknown`, with the name that looks
    like it.

    >>> entries = {"gdp": {}, "city_gdp": {"same_as": "gdp"}, "jobs": {"not_comparable": ["gdp"]}}
    >>> entries |= {"share": {"form": "share", "of": "gdp", "whole": "all"}}
    >>> relations = Relations(entries)
    >>> [(str(one.kind), one.to, one.whole) for one in relations.of("share")]
    [('share_of', 'gdp', ''), ('part_of', 'gdp', 'all')]
    """

    indicators: Catalogue
    industries: Catalogue = field(default_factory=dict)

    @cached_property
    def _declared(self) -> dict[str, list[Relation]]:
        return {id: list(_relations(id, entry)) for id, entry in self.indicators.items()}

    def _entry(self, indicator: str) -> Entry:
        refuse_unknown("indicators", self.indicators or [""], indicator)
        return self.indicators[indicator]

    def of(self, indicator: str) -> list[Relation]:
        """The relations that the entry of an indicator declares."""
        self._entry(indicator)
        return self._declared[indicator]

    def declared(self, kind: Kind) -> Iterator[Relation]:
        """The relations of a kind, in the order of the catalogue."""
        declared = (relation for some in self._declared.values() for relation in some)
        return (relation for relation in declared if relation.kind is kind)

    def _to(self, indicator: str, kind: Kind) -> str:
        return next((relation.to for relation in self.of(indicator) if relation.kind is kind), "")

    def _having(self, kind: Kind, to: str) -> list[str]:
        """Those that have a relation of a kind to an indicator, in the order of the catalogue."""
        refuse_unknown("indicators", self.indicators, *([to] if to else []))
        return self._back.get((kind, to), [])

    @cached_property
    def _back(self) -> dict[tuple[Kind, str], list[str]]:
        by_target: dict[tuple[Kind, str], list[str]] = {}
        for relation in (relation for some in self._declared.values() for relation in some):
            by_target.setdefault((relation.kind, relation.to), []).append(relation.indicator)
        return by_target

    def level_of(self, rate: str) -> str:
        """The indicator whose growth a rate is; blank where it names none, or is no rate."""
        return self._to(rate, Kind.GROWTH_OF)

    def total_of(self, share: str) -> str:
        """The level in which a share is; blank where it names none, or is no share."""
        return self._to(share, Kind.SHARE_OF)

    def underlying(self, indicator: str) -> str:
        """The indicator behind another in any form, also as a ratio; blank for none.

        >>> people = {"births": {}, "birth_rate": {"form": "ratio", "of": "births"}}
        >>> Relations(people).underlying("birth_rate"), Relations(people).underlying("births")
        ('births', '')
        """
        return str(self._entry(indicator).get("of") or "")

    def divisor(self, ratio: str) -> str:
        """The indicator over which a ratio is; blank where the catalogue names none.

        >>> spent = {"research": {}, "gdp": {}, "intensity": {"of": "research", "per": "gdp"}}
        >>> Relations(spent).divisor("intensity"), Relations(spent).divisor("gdp")
        ('gdp', '')
        """
        return str(self._entry(ratio).get("per") or "")

    def level_behind(self, indicator: str) -> str:
        """The level of which an indicator is a part, or a part of the growth."""
        of = self.underlying(indicator)
        return self.underlying(of) if of and self._form(of) != "level" else of

    def growth_of(self, level: str) -> list[str]:
        """The growth rates of a level, at constant prices first; a blank: those that name none."""
        rates = [id for id in self._having(Kind.GROWTH_OF, level) if self._form(id) == RATE]
        return sorted(rates, key=lambda id: PRICES.index(self._basis(id)))

    def rates_behind(self, indicator: str) -> list[str]:
        """The growth rates that a contribution is to: what it is of, or those of that level."""
        of = self.underlying(indicator)
        return [of] if of and self._form(of) == RATE else self.growth_of(of)

    def shares_of(self, level: str) -> list[str]:
        """The shares in a level; a blank: those that name none."""
        return self._having(Kind.SHARE_OF, level)

    @cached_property
    def growth_indices(self) -> dict[str, str]:
        """Each index on the same period of the year before, with the growth it is 100 more than.

        It is a ratio of a rate of growth, both in percent.

        >>> entries = {"growth": {"form": "growth", "unit": "%"}}
        >>> entries |= {"index": {"form": "ratio", "of": "growth", "unit": "%"}}
        >>> Relations(entries).growth_indices
        {'index': 'growth'}
        """
        of = {id: str(entry.get("of") or "") for id, entry in self.indicators.items()}
        return {
            id: rate
            for id, rate in of.items()
            if rate in self.indicators
            and (self._form(id), self._form(rate)) == ("ratio", RATE)
            and self._entry(id)["unit"] == self._entry(rate)["unit"] == "%"
        }

    def real_growth(self) -> list[str]:
        """The growth rates of value added at constant prices."""
        real, names = (RATE, "constant", "value_added"), ("form", "basis", "measure")
        kinds = {id: tuple(map(entry.get, names)) for id, entry in self.indicators.items()}
        return [id for id, kind in kinds.items() if kind == real]

    def whole(self, indicator: str, industry: str, of_all: Collection[str]) -> str:
        """The industry of whose level, or growth, a share or a contribution is a part.

        It is what the catalogue says. Where it says nothing, it is the whole economy, if that has
        the level (`of_all` names such levels), else the industry's parent. The whole economy, and
        what is a share of a larger place, is a part of nothing here.

        >>> from songhua.studies.diagnose import town
        >>> relations = town.region().relations
        >>> relations.whole("share", "food", {"gdp"}), relations.whole("share", "all", {"gdp"})
        ('all', '')
        """
        parts = (relation for relation in self.of(indicator) if relation.kind is Kind.PART_OF)
        part = next(parts, Relation(Kind.PART_OF, indicator))
        if industry in ("all", part.whole) or part.of_place:
            return ""
        if self.level_behind(indicator) in of_all:
            return part.whole or "all"
        refuse_unknown("industries", self.industries or [""], industry)
        return part.whole or str(self.industries[industry]["parent"])

    def same_quantity(self, indicator: str) -> tuple[str, ...]:
        """The indicators of one quantity, in the order of the catalogue; often it has one name.

        >>> relations = Relations({"gdp": {}, "city_gdp": {"same_as": "gdp"}, "jobs": {}})
        >>> relations.same_quantity("city_gdp"), relations.same_quantity("jobs")
        (('gdp', 'city_gdp'), ('jobs',))
        """
        self._entry(indicator)
        return self._quantities.get(indicator, (indicator,))

    @cached_property
    def _quantities(self) -> dict[str, tuple[str, ...]]:
        """By indicator all names of its quantity, of each that has several."""
        groups: dict[str, set[str]] = {}
        for relation in self.declared(Kind.SAME_QUANTITY):
            if relation.to in self.indicators and relation.to != relation.indicator:
                pair = (relation.indicator, relation.to)
                joined = set[str]().union(*(groups.get(id, {id}) for id in pair))
                groups |= dict.fromkeys(joined, joined)
        order = {id: at for at, id in enumerate(self.indicators)}
        return {id: tuple(sorted(names, key=order.__getitem__)) for id, names in groups.items()}

    @cached_property
    def unlike(self) -> Mapping[frozenset[str], Relation]:
        """The first reason, by pair, why indicators must not be compared."""
        by_pair: dict[frozenset[str], Relation] = {}
        for relation in self.declared(Kind.NOT_COMPARABLE):
            by_pair.setdefault(frozenset((relation.indicator, relation.to)), relation)
        return by_pair

    def comparable(self, indicator: str, other: str) -> Kind | None:
        """The relation of two indicators under any of their names: one quantity, or not comparable.

        >>> entries = {"gdp": {}, "city_gdp": {"same_as": "gdp"}, "tax": {"not_comparable": ["gdp"]}}
        >>> relations = Relations(entries | {"jobs": {}})
        >>> [str(relations.comparable("city_gdp", other)) for other in ("gdp", "tax", "jobs")]
        ['same_quantity', 'not_comparable', 'None']
        """  # noqa: E501
        names, other_names = self.same_quantity(indicator), self.same_quantity(other)
        if other in names:
            return Kind.SAME_QUANTITY
        apart = any(frozenset(pair) in self.unlike for pair in product(names, other_names))
        return Kind.NOT_COMPARABLE if apart else None

    def _form(self, indicator: str) -> str:
        return str(self._entry(indicator).get("form") or "level")

    def _basis(self, indicator: str) -> str:
        return str(self._entry(indicator).get("basis") or "")

    def same_prices(self, indicator: str, other: str) -> bool:
        """True where two indicators name their prices, and name the same."""
        return self._basis(indicator) == self._basis(other) != ""

    def follows_levels(self, rate: str) -> bool:
        """True where growth must be that of the printed levels: of counts, or at current prices.

        >>> entries = {"gdp": {"unit": "bn EUR"}, "growth": {"form": "growth", "of": "gdp"}}
        >>> entries |= {"nominal": {**entries["growth"], "basis": "current"}}
        >>> Relations(entries).follows_levels("growth"), Relations(entries).follows_levels("nominal")
        (False, True)
        """  # noqa: E501
        level = self.level_of(rate)
        counts = level != "" and not parse_unit(str(self._entry(level)["unit"])).money
        return counts or self._basis(rate) == "current"

    def ends(self, indicator: str) -> tuple[float, float]:
        """The least and the most that its figures can be: none where its level has none.

        >>> entries = {"surplus": {"unit": "bn EUR", "bounds": "none"}}
        >>> entries |= {"surplus_growth": {"unit": "%", "form": "growth", "of": "surplus"}}
        >>> Relations(entries).ends("surplus_growth")
        (-inf, inf)
        """
        names = (indicator, self.underlying(indicator))
        entries = [Indicator.read(id, self.indicators[id]) for id in names if id in self.indicators]
        return (-math.inf, math.inf) if any(entry.free for entry in entries) else entries[0].ends


def _relations(id: str, entry: Entry) -> Iterator[Relation]:
    """A relation of an indicator to another, as an entry of the catalogue declares it."""
    of, whole, of_place = (str(entry.get(name) or "") for name in ("of", "whole", "of_place"))
    if kind := KINDS.get(str(entry.get("form"))):
        yield Relation(kind, id, of)
    if whole or of_place:
        yield Relation(Kind.PART_OF, id, of, whole, of_place)
    if entry.get("same_as"):
        yield Relation(Kind.SAME_QUANTITY, id, str(entry["same_as"]))
    for unlike in entry.get("not_comparable") or ():
        yield Relation(Kind.NOT_COMPARABLE, id, str(unlike))
