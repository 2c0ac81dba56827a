"""A figure named by words: an indicator, a place, an industry and a source, as people call them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songhua.checks.places import FigureRow
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import PeriodUnreadable
from songhua.grammar.periods import spoken_period
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
from songhua.reading.crosstabs.lexicon import OF, Lexicon
from songhua.reading.sheets.words import key
from songhua.region import Region
from songhua.results import read_rows

#: The option that names a figure more closely, by column.
OPTIONS = {"region": "--place", "industry": "--industry", "source": "--source"}
LENGTH, MOST_PERIODS = 80, 12
CATALOGUES = {**OF, "source": "sources"}
LABELS = ("indicator", "region", "industry", "period", "source")


@dataclass(frozen=True)
class Named:
    """Name of a figure by words or ids; a blank part may be anything.

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
        names = {
            "indicator": self.indicator,
            "region": self.place,
            "industry": self.industry,
            "source": self.source,
        }
        lexicon, labels, faults = Lexicon(region), dict[str, str](), list[Fault]()
        for column, text in names.items():
            ids = _ids(region, lexicon, column, text) if text else []
            if text and len(ids) != 1:
                faults.append(_unknown(region, column, text, ids))
            elif ids:
                labels[column] = ids[0]
        if (period := spoken_period(self.period)) is None:
            faults.append(PeriodUnreadable(text=self.period[:LENGTH]))
        if faults or period is None:
            raise SonghuaError(*faults)
        return {**labels, "period": period}


@dataclass(frozen=True, slots=True)
class RecordedFigure(FigureRow):
    """A figure as it stands in its file, with all its labels."""

    entity: str = ""
    vintage: str = ""
    scope: str = ""
    qualifier: str = ""
    scale: float = 1.0


def figures_of(region: Region, labels: dict[str, str], place: str = "") -> list[RecordedFigure]:
    """The figures that carry these labels: observations that hold, and the last cells of panels.

    `place` is a file and row, as `economy.csv:12`.
    """
    rows = region.figures.frame
    mask = ~rows["superseded"].to_numpy()
    for name, label in labels.items():
        mask = mask & (rows[name] == label).to_numpy()
    if not place:
        return read_rows(rows[mask], RecordedFigure)
    mask = mask & (rows.row.astype(str) == place.rpartition(":")[2]).to_numpy()
    figures, wanted = read_rows(rows[mask], RecordedFigure), "/" + place.replace("\\", "/")
    return [figure for figure in figures if f"/{figure.where()[0]}:{figure.row}".endswith(wanted)]


def usual(region: Region, figures: list[RecordedFigure]) -> list[RecordedFigure]:
    """Those of the region itself and of the whole economy, where there are such among several."""
    regional = [figure for figure in figures if figure.region == region.code] or figures
    return [figure for figure in regional if figure.industry == "all"] or regional


def one_of(
    region: Region, figures: Sequence[RecordedFigure], labels: dict[str, str]
) -> RecordedFigure:
    """The one figure there is.

    Raises:
        SonghuaError: `correct_none`, with the periods that there are; `correct_several`, one for
            each figure that may be meant, with what names it alone.
    """
    if not figures:
        beside = figures_of(region, {"indicator": labels["indicator"]})
        periods = sorted({figure.period for figure in beside}, key=parse_period)
        name = region.words("indicators", labels["indicator"])
        kind = CorrectNone if periods else CorrectNever
        last = tuple(periods[-MOST_PERIODS:])
        raise SonghuaError(kind(period=labels["period"], periods=last, name=name))
    if len(figures) > 1:
        raise SonghuaError(*_several(region, figures))
    return figures[0]


def _several(region: Region, figures: Sequence[RecordedFigure]) -> Iterator[Fault]:
    for row in figures:
        (file, place, _), line = row.where(), figure_line(region, row)
        at = f"{file.rpartition('/')[2]}:{place}"
        yield CorrectSeveral(file, place, figure=line, n=len(figures), where=at)


def figure_line(region: Region, row: RecordedFigure) -> Words:
    """A figure in a line: what it is about, its number and unit, and where it is printed."""
    return Words({lang: _line_in(region, row, lang) for lang in LANGUAGES})


def _line_in(region: Region, row: RecordedFigure, lang: str) -> str:
    about = [("indicators", row.indicator), ("places", row.region)]
    about += [] if row.industry == "all" else [("industries", row.industry)]
    about += [("entities", row.entity)]
    names = [region.words(of, id)(lang) or id for of, id in about if id]
    tags = [row.vintage, row.scope]
    names += [row.period, *(region.words("tags", tag)(lang) or tag for tag in tags)]
    parts = [name for name in names if name]
    unit, number = row.unit, row.value
    if row.panel:  # a cell of a panel is told in the indicator's unit
        unit = region.unit(row.indicator)
        number = format(row.number * row.scale, ".12g")
    word = choice("qualifier", row.qualifier, lang) if row.qualifier else ""
    amount = " ".join(filter(None, (word, number, in_words(unit, lang))))
    return f"{' · '.join(parts)} · {amount} · {region.words('sources', row.source)(lang)}"


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
    return [meaning.value for meaning in lexicon.meanings(key(text)) if meaning.column == column]


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
        names |= {key(name): name for name in (id, *region.words(of, id).texts.values()) if name}
    near = difflib.get_close_matches(key(text)[:LENGTH], list(names), n=3, cutoff=0.5)
    part = key(text)
    inside = [name for name in names if len(part) > 1 and part in name and name not in near]
    close = tuple(names[name] for name in (near + inside)[:5])
    return CorrectUnknown(text=short, option=option, near=close, n=len(_entries(region, column)))
