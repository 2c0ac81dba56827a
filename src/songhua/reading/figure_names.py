"""A figure named by words: an indicator, a place, an industry and a source, as people call them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import PeriodUnreadable
from songhua.labels import parse_period
from songhua.labels.units import in_words
from songhua.messages import LANGUAGES, Words, choice
from songhua.reading.change_fault_kinds import (
    CorrectNever,
    CorrectNone,
    CorrectSeveral,
    CorrectShared,
    CorrectUnknown,
)
from songhua.reading.drafts.lexicon import OF, Lexicon
from songhua.reading.sheets.periods import spoken_period
from songhua.reading.sheets.words import key
from songhua.region import Region

#: The option that names a figure more closely, by column.
OPTIONS = {"region": "--place", "industry": "--industry", "source": "--source"}
LENGTH, SHOWN = 80, 12
CATALOGUES = {**OF, "source": "sources"}
LABELS = ("indicator", "region", "industry", "period", "source")


@dataclass(frozen=True)
class Named:
    """What names a figure: words, or ids; what is blank may be anything.

    `row` is where it stands: a file and a row, as `economy.csv:12`.
    """

    indicator: str
    period: str
    place: str = ""
    industry: str = ""
    source: str = ""
    row: str = ""

    def labels(self, region: Region) -> dict[str, str]:
        """The label of each column that is named.

        Raises:
            SonghuaError: `correct_unknown` for each name that the folder does not have,
                `correct_shared` for one that several entries have, `period_unreadable`.
        """
        said = {
            "indicator": self.indicator,
            "region": self.place,
            "industry": self.industry,
            "source": self.source,
        }
        lexicon, found, faults = Lexicon(region), dict[str, str](), list[Fault]()
        for column, text in said.items():
            ids = _ids(region, lexicon, column, text) if text else []
            if text and len(ids) != 1:
                faults.append(_unknown(region, column, text, ids))
            elif ids:
                found[column] = ids[0]
        if (period := spoken_period(self.period)) is None:
            faults.append(PeriodUnreadable(text=self.period[:LENGTH]))
        if faults or period is None:
            raise SonghuaError(*faults)
        return {**found, "period": period}


def held(region: Region, labels: dict[str, str], place: str = "") -> pd.DataFrame:
    """The figures that carry these labels: observations that hold, and the last cells of panels.

    `file` is the name in the folder. `place` is a file and row, as `economy.csv:12`.
    """
    rows = region.figures.frame
    kept = ~rows["superseded"].to_numpy()
    for name, label in labels.items():
        kept = kept & (rows[name] == label).to_numpy()
    found = rows[kept]
    texts = [name for name in found if isinstance(found[name].dtype, pd.CategoricalDtype)]
    found = found.astype(dict.fromkeys(texts, "str"))
    found["file"] = region.figures.files[kept].astype("str")
    if place and len(found):
        at = found["file"] + ":" + found["row"].astype(str)
        wanted = place.replace("\\", "/")
        found = found[[one == wanted or one.endswith(f"/{wanted}") for one in at]]
    return found


def usual(region: Region, found: pd.DataFrame) -> pd.DataFrame:
    """Those of the region itself and of the whole economy, where there are such among several."""
    for name, label in (("region", region.code), ("industry", "all")):
        if len(found) > 1 and (found[name] == label).any():
            found = found[found[name] == label]
    return found


def one_of(region: Region, found: pd.DataFrame, labels: dict[str, str]) -> pd.Series:
    """The one figure there is.

    Raises:
        SonghuaError: `correct_none`, with the periods that there are; `correct_several`, one for
            each figure that may be meant, with what names it alone.
    """
    if found.empty:
        beside = held(region, {"indicator": labels["indicator"]})
        periods = sorted(set(beside["period"]), key=parse_period) if len(beside) else []
        name = region.words("indicators", labels["indicator"])
        kind = CorrectNone if periods else CorrectNever
        last = tuple(periods[-SHOWN:])
        raise SonghuaError(kind(period=labels["period"], periods=last, name=name))
    if len(found) > 1:
        raise SonghuaError(*_several(region, found))
    return found.iloc[0]


def _several(region: Region, found: pd.DataFrame) -> Iterator[Fault]:
    for _, row in found.iterrows():
        file, place = str(row["file"]), int(row["row"])
        at = f"{file.rpartition('/')[2]}:{place}"
        yield CorrectSeveral(file, place, figure=told(region, row), n=len(found), where=at)


def told(region: Region, row: pd.Series) -> Words:
    """A figure in a line: what it is about, its number and unit, and where it is printed."""
    return Words({lang: _told(region, row, lang) for lang in LANGUAGES})


def _told(region: Region, row: pd.Series, lang: str) -> str:
    about = [("indicators", row["indicator"]), ("places", row["region"])]
    about += [] if row["industry"] == "all" else [("industries", row["industry"])]
    about += [("entities", row["entity"])]
    names = [region.words(of, id)(lang) or id for of, id in about if id]
    tags = [row["vintage"], row["scope"]]
    names += [str(row["period"]), *(region.words("tags", one)(lang) or one for one in tags)]
    said = [one for one in names if one]
    unit, number = str(row["unit"]), str(row["value"])
    if row["panel"]:  # a cell of a panel is told in the indicator's unit
        unit = region.unit(str(row["indicator"]))
        number = format(row["number"] * row["scale"], ".12g")
    word = choice("qualifier", str(row["qualifier"]), lang) if row["qualifier"] else ""
    shown = " ".join(filter(None, (word, number, in_words(unit, lang))))
    return f"{' · '.join(said)} · {shown} · {region.words('sources', row['source'])(lang)}"


def _ids(region: Region, lexicon: Lexicon, column: str, text: str) -> list[str]:
    """The entries that a text names: by its id, else by a name in any language."""
    if text in _entries(region, column):
        return [text]
    if column == "source":
        wanted = key(text)
        return [
            id
            for id in region.sources
            if wanted in {key(name) for name in region.words("sources", id).texts.values()}
        ]
    return [one.value for one in lexicon.meanings(key(text)) if one.column == column]


def _entries(region: Region, column: str) -> Sequence[str]:
    ids = list(getattr(region, CATALOGUES[column]))
    return [*ids, region.code] if column == "region" else ids


def _unknown(region: Region, column: str, text: str, ids: list[str]) -> Fault:
    """The fault of a name that no entry has, or that several have."""
    of = CATALOGUES[column]
    option = OPTIONS.get(column, "INDICATOR")
    short = " ".join(text.split())[:LENGTH]
    if ids:
        return CorrectShared(text=short, option=option, names=tuple(ids))
    names: dict[str, str] = {}
    for id in _entries(region, column):
        names |= {key(one): one for one in (id, *region.words(of, id).texts.values()) if one}
    near = difflib.get_close_matches(key(text)[:LENGTH], list(names), n=3, cutoff=0.5)
    inside = [one for one in names if len(key(text)) > 1 and key(text) in one and one not in near]
    close = tuple(names[one] for one in (near + inside)[:5])
    return CorrectUnknown(text=short, option=option, near=close, n=len(_entries(region, column)))
