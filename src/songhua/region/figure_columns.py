"""Columns of the table of figures: labels as codes, numbers in their indicators' units, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.interval_columns import Floats, Mask
from songhua.region.doubts import Doubt, DoubtFinder, DoubtKind, Doubts
from songhua.region.figure_rows import Coded, Numbers, coded, complete, numbers_of
from songhua.region.observations import KEY, Observation
from songhua.schema import Catalogue

Codes: TypeAlias = npt.NDArray[np.int64]

#: The labels that a catalogue has of each row: by which column, and under which key.
ENTRIES = {
    "unit": ("indicator", "unit"),
    "form": ("indicator", "form"),
    "grade": ("source", "grade"),
}
#: The columns that a value has under the same name.
VALUE = (*KEY, "qualifier", "kind", "source", "recorded")


@dataclass(frozen=True, eq=False)
class FigureColumns:
    """Figures, a row each, by what is read of them: those by themselves, then cells of panels.

    `frame` has the columns of the observations' schema as categories and text, and beside them
    `file` and `row`; `start`, `end` (the days of the period) and `known` (the day by which it was
    published, missing where that is unknown); `number`, `low` and `high` (the bound that rounding
    leaves, all in the row's own unit), `scale` (what turns them into the indicator's unit) and
    `decimals`; `repeats` and `superseded` (a later row of the same source corrects it); `id`, a
    digest of what the row is about, the same wherever it stands. `panel` tells a cell of a panel;
    it may be without a number, and then `status` says why.

    What a row does not say itself the catalogues of `indicators` and `sources` do.
    """

    frame: pd.DataFrame
    indicators: Catalogue = field(default_factory=dict, repr=False)
    sources: Catalogue = field(default_factory=dict, repr=False)
    _preset_numbers: Numbers | None = field(default=None, repr=False)
    _find_doubts: DoubtFinder | None = field(default=None, repr=False)

    @cached_property
    def doubts(self) -> Doubts:
        """The doubts of each figure that has any, by its id."""
        return {} if self._find_doubts is None else self._find_doubts()

    def doubts_of(self, id: str) -> tuple[Doubt, ...]:
        """The doubts of one figure."""
        return self.doubts.get(id, ())

    def doubt_kinds(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The kinds of doubt of several figures, each once, in the order of their list."""
        kinds = {doubt.kind for id in ids for doubt in self.doubts_of(id)}
        return tuple(kind.value for kind in DoubtKind if kind in kinds)

    def __len__(self) -> int:
        """The number of figures and cells."""
        return len(self.frame)

    @cached_property
    def _first_cell(self) -> int:
        return len(self) - int(self.frame.panel.sum())

    def texts(self, name: str, rows: Codes) -> npt.NDArray[np.object_]:
        """A column of text of some rows, as it is recorded."""
        if name not in self._arrays:
            self._arrays[name] = self.frame[name].array
        return self._arrays[name][rows].to_numpy(dtype=object)

    @cached_property
    def _arrays(self) -> dict[str, Any]:
        return {}

    @cached_property
    def known(self) -> npt.NDArray[np.datetime64]:
        """The day by which each was published; missing where that is unknown."""
        return self.frame.known.to_numpy()

    @cached_property
    def superseded(self) -> Mask:
        """Which rows are corrected by a later one of the same source."""
        return self.frame.superseded.to_numpy()

    def codes(self, label: str) -> npt.NDArray[Any]:
        """A label of each row as a number, whose name stands at that place of `names`."""
        return self._coded(label).codes

    def names(self, label: str) -> list[Any]:
        """The labels that its codes stand for: periods of `period`, else texts."""
        return self._coded(label).names

    def numbers(self, label: str) -> Mapping[Any, int]:
        """The code of each name of a label."""
        return self._coded(label).numbers

    def _coded(self, label: str) -> Coded:
        if label not in self._labels:
            self._labels[label] = self._read(label)
        return self._labels[label]

    @cached_property
    def _labels(self) -> dict[str, Coded]:
        return {}

    def _read(self, label: str) -> Coded:
        """A label by its column, or by the entry that a catalogue has of another one."""
        if label not in ENTRIES:
            categorical = self.frame[label].array
            texts = categorical.categories.tolist()
            names = [parse_period(text) for text in texts] if label == "period" else texts
            return Coded(np.asarray(categorical.codes), names)
        column, key = ENTRIES[label]
        entries = self.sources if column == "source" else self.indicators
        of = self._coded(column)
        attributes = [str(entries[id].get(key, "")) if id in entries else "" for id in of.names]
        return coded(attributes).take(of.codes)

    @cached_property
    def days(self) -> tuple[Codes, Codes]:
        """The first and the last day of each period, as numbers that keep their order."""
        periods = self.names("period")
        first, last = ([getattr(p, end).toordinal() for p in periods] for end in ("start", "end"))
        return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)

    @cached_property
    def cache(self) -> dict[int, Observation]:
        """The values of the rows that were read."""
        return {}

    @property
    def value(self) -> Floats:
        """The number of each row in its indicator's unit."""
        return self._number("number")

    @property
    def low(self) -> Floats:
        """The low end of each bound; the number itself where it is unknown."""
        return self._number("low")

    @property
    def high(self) -> Floats:
        """The high end of each bound; the number itself where it is unknown."""
        return self._number("high")

    @property
    def bounded(self) -> Mask:
        """Which rows have known ends."""
        return self._number("bounded")

    @property
    def exact(self) -> Mask:
        """Which rows are without any error: full counts."""
        return self._number("exact")

    def _number(self, name: str) -> npt.NDArray[Any]:
        """A number in the indicator's unit, or what its ends tell."""
        return self._numbers(name)

    @cached_property
    def _numbers(self) -> Numbers:
        return self._preset_numbers or numbers_of(self.frame, self._first_cell)


def of_values(values: Sequence[Observation]) -> FigureColumns:
    """Values as a table of their own: each is what is read of its row.

    >>> of_values([Observation.of("gdp", "2021", "5")]).value.tolist()
    [5.0]
    """
    texts = {name: [str(getattr(figure, name)) for figure in values] for name in VALUE}
    printed = [figure.printed.partition(" ")[::2] for figure in values]
    numbers = {"number": np.array([figure.value for figure in values], dtype=float)}
    for name in ("low", "high"):
        numbers[name] = np.array([getattr(figure.bound, name) for figure in values], dtype=float)
    for name in ("bounded", "exact"):
        numbers[name] = np.array([getattr(figure, name) for figure in values], dtype=bool)
    frame = complete(pd.DataFrame({
        **texts, "value": [number for number, _ in printed], "unit": [unit for _, unit in printed],
        "id": [" ".join(figure.ids) for figure in values],
        "known": np.array([figure.known for figure in values], dtype="datetime64[s]"),
        "superseded": [figure.superseded for figure in values],
    }), panel=False)  # fmt: skip
    table = FigureColumns(frame, _preset_numbers=numbers.__getitem__)
    table._labels.update({n: coded([getattr(figure, n) for figure in values]) for n in ENTRIES})
    table.cache.update(enumerate(values))
    return table
