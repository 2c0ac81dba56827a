"""Names that the words of a target may use for what it measures, and for whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from songhua.grammar.lexicon import words
from songhua.grammar.names import Names
from songhua.messages import Words
from songhua.region import Region
from songhua.schema import Catalogue, Entry

# How the name of a share begins or ends, so that its whole can be named: "65 % of households".
_SHARE = re.compile(
    r"^(?:the\s+)?(?:share|proportion|percentage)\s+of\s+|(?:占比|比重|比例)$", re.I
)
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*")


@dataclass(frozen=True)
class TargetNames:
    """The catalogues of a case, by which the words of its targets are read.

    `places` holds the region itself too, by its code; `home` is that code.
    """

    indicators: Catalogue = field(default_factory=dict)
    industries: Catalogue = field(default_factory=dict)
    entities: Catalogue = field(default_factory=dict)
    places: Mapping[str, Entry] = field(default_factory=dict)
    home: str = ""

    def of(self, cells: Mapping[str, str]) -> Names | None:
        """The names of a target's row: its indicator's, those it adds in `named`, and whose it is.

        None for an indicator that there is not, which is a fault of its own.

        >>> gdp = {"name": {"en": "GDP growth", "zh": "地区生产总值增速"}, "form": "growth"}
        >>> names = TargetNames({"gdp": gdp}).of({"indicator": "gdp"})
        >>> names and names.names
        ('GDP growth', 'GDP', '地区生产总值增速', '地区生产总值')
        """
        indicator = self.indicators.get(cells.get("indicator", ""))
        if indicator is None:
            return None
        base = self.indicators.get(str(indicator.get("of", "")), {})
        own = [*_listed(indicator), *_listed(base)] if _rate(indicator) else _listed(indicator)
        names = [stem for name in own for stem in _stems(name, indicator)]
        names += [name.strip() for name in cells.get("named", "").split(";") if name.strip()]
        whose = (
            self.industries.get(cells.get("industry", ""), {}),
            self.entities.get(cells.get("entity", ""), {}),
            self.places.get(cells.get("region", "") or self.home, {}),
        )
        places = [name for entry in whose for name in _listed(entry)]
        return Names(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(places)))


def target_names(region: Region) -> TargetNames:
    """The names by which the targets of a region's plan are read.

    >>> from songhua.studies.track.examples import town
    >>> names = target_names(town()[0]).of({"indicator": "firms"})
    >>> names and names.places
    ('Rivertown',)
    """
    own = {"name": dict(region.name.texts)}
    return TargetNames(
        region.indicators,
        region.industries,
        region.entities,
        {**region.places, region.code: own},
        region.code,
    )


def _rate(indicator: Entry) -> bool:
    return str(indicator.get("form", "")) in ("growth", "average_growth")


def _listed(entry: Entry) -> list[str]:
    """The names of an entry in all languages, and its other names."""
    name = entry.get("name")
    texts = Words.of(name).texts.values() if name else ()
    return [text for text in (*texts, *map(str, entry.get("also", ()) or ())) if text]


def _stems(name: str, indicator: Entry) -> Iterator[str]:
    """A name, without what it says in brackets, and without its word for a rate or a share."""
    yield name
    bare = _BRACKETS.sub(" ", name).strip()
    yield bare
    if _rate(indicator):
        yield from _cut(bare, _rates())
    elif str(indicator.get("unit")) == "%":
        yield from _cut(bare, (_SHARE,))


def _cut(name: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[str]:
    for pattern in patterns:
        stem = pattern.sub("", name).strip()
        if stem and stem != name:
            yield stem


@cache
def _rates() -> tuple[re.Pattern[str], ...]:
    """Words with which the name of a growth rate begins or ends."""
    listed = [p for texts in words()["rate"].values() for p in texts]
    listed += [p for p in words()["sense"]["rise"] if p in ("增长", "growth")]
    texts = "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))
    return (
        re.compile(
            rf"\s*(?:年均|同比|实际)?(?:{texts})$|^(?:real\s+)?(?:{texts})\s+(?:of|in)\s+", re.I
        ),
    )
