"""Headings and labels of a table: a role for each, and the sense of each text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from songhua.reading.drafts.frame import Frame
from songhua.reading.drafts.sense import Explainer, Sense
from songhua.reading.crosstabs.vocabulary import corner, vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.heading import heading_texts
from songhua.reading.sheets.words import key

_FIRST = re.compile(r"\d{4}-\d{2}-01", re.ASCII)
ROLES = ("indicator", "industry", "region", "period", "unit")


@dataclass
class Axis:
    """A level of the heading, or a column of labels: its role, and the sense of each of its texts.

    `also` are the lower levels that are read together with a level: 一季度 below 2021年.
    """

    at: int
    role: str
    also: tuple[int, ...] = ()
    senses: dict[str, Sense] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    @property
    def understood(self) -> bool:
        """True where any of its texts is understood."""
        return any(sense.clear for sense in self.senses.values())


def vote(
    explainer: Explainer, texts: Iterable[str], named_role: str, year: str
) -> tuple[str, dict[str, Sense]]:
    """The role under which most texts are understood; the corner's word first."""
    texts = list(dict.fromkeys(filter(None, texts)))
    best: tuple[int, str, dict[str, Sense]] | None = None
    for role in [named_role] if named_role in ROLES else ROLES[:4]:
        senses = {text: explainer.explain(text, role, year) for text in texts}
        n = sum(2 * sense.clear + (role in sense.sets) for sense in senses.values())
        if best is None or n > best[0]:
            best = (n, role, senses)
    assert best is not None
    return best[1], best[2]


def heading_axes(
    grid: Grid, frame: Frame, explainer: Explainer, year: str
) -> tuple[list[Axis], dict[int, list[str]]]:
    """The levels of the heading, and the texts over each column of figures."""
    labels = set(frame.labels)
    over = {c: heading_texts(grid, frame.heading, c, labels) for c in frame.values}
    axes: list[Axis] = []
    also = _joined(explainer, over, len(frame.heading)) if not year else {}
    for level, row in enumerate(frame.heading):
        named_role = next(
            (w for c in (*frame.labels, *frame.others) if (w := corner(grid.text(row, c)))), ""
        )
        if len(frame.heading) > 1 and named_role not in {"unit", "period"}:
            named_role = ""
        if len(frame.heading) == 1 and named_role != "period":
            named_role = ""
        texts = {c: over[c][level] for c in frame.values if over[c][level]}
        if named_role == "period" and not _all_periods(explainer, texts.values(), year):
            named_role = ""
        role, senses = vote(explainer, texts.values(), named_role, year)
        axis = Axis(level, role, also.get(level, ()), senses)
        for column, text in texts.items():
            axis.first.setdefault(text, grid.place(row, column).rpartition("!")[2])
        axes.append(axis)
    return axes, over


def _joined(
    explainer: Explainer, over: dict[int, list[str]], levels: int
) -> dict[int, tuple[int, ...]]:
    """Levels of years over levels of their parts; the texts of both become one, at the upper."""
    joined: dict[int, tuple[int, ...]] = {}
    for level in range(levels - 1):
        upper = {texts[level] for texts in over.values()} - {""}
        lower = {texts[level + 1] for texts in over.values()} - {""} - upper
        if not upper or not lower or not _all_periods(explainer, upper, ""):
            continue
        if any(explainer.explain(text, "period").clear for text in lower):
            continue
        if all(set(explainer.explain(text, "period", "2000").sets) == {"period"} for text in lower):
            joined[level] = (level + 1,)
            for texts in over.values():
                pair = dict.fromkeys(filter(None, (texts[level], texts[level + 1])))
                texts[level], texts[level + 1] = " ".join(pair), ""
    return joined


def _all_periods(explainer: Explainer, texts: Iterable[str], year: str) -> bool:
    return all("period" in explainer.explain(text, "period", year).sets for text in texts)


def label_axes(grid: Grid, frame: Frame, explainer: Explainer, year: str) -> list[Axis]:
    """The columns of labels that say something of the figures."""
    axes: list[Axis] = []
    for column in frame.labels:
        named_role = next((w for r in frame.heading if (w := corner(grid.text(r, column)))), "")
        texts: dict[str, str] = {}
        for row in range(frame.first, frame.last + 1):
            if text := grid.area_text(row, column):
                texts.setdefault(text, f"{grid.place(row, column).rpartition('!')[2]}")
        if (
            texts
            and all(_FIRST.fullmatch(text) for text in texts)
            and named_role in {"", "period", "unit"}
        ):
            axes.append(Axis(column, "period", (), of_days(texts, _quarterly(grid, frame)), texts))
            continue
        role, senses = vote(explainer, texts, named_role, year)
        axes.append(Axis(column, role, (), senses, texts))
    return axes


def _quarterly(grid: Grid, frame: Frame) -> bool:
    """True where a line above the body says that figures come once a quarter."""
    for row in range(frame.first):
        texts = [key(grid.text(row, column)) for column in grid.filled(row)]
        if texts and texts[0].rstrip(":：") in vocabulary().frequencies:
            return all(text in vocabulary().quarterly for text in texts[1:])
    return False


def of_days(texts: Iterable[str], quarterly: bool) -> dict[str, Sense]:
    """First days of months as the months or quarters that they stand for.

    They are months where they follow one another month by month, and quarters where the sheet
    says so and they are each quarter's first or last month. Other days are not understood.

    >>> of_days(["2015-03-01", "2015-06-01"], True)["2015-06-01"].sets
    {'period': '2015-Q2'}
    >>> of_days(["2015-03-01", "2015-06-01"], False)["2015-06-01"].clear
    False
    """
    texts = list(texts)
    months = sorted({12 * int(text[:4]) + int(text[5:7]) - 1 for text in texts})
    steps = {b - a for a, b in pairwise(months)}
    places = {month % 3 for month in months}
    senses: dict[str, Sense] = {}
    for text in texts:
        month = int(text[5:7])
        if steps == {1} and len(months) > 2 and not quarterly:
            senses[text] = Sense({"period": text[:7]})
        elif quarterly and steps <= {3} and places in ({0}, {2}):
            senses[text] = Sense({"period": f"{text[:4]}-Q{(month + 2) // 3}"})
        else:
            senses[text] = Sense(many=(text,))
    return senses
