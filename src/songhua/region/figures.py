"""Figures: one table of all that a folder's rows record, observations and cells of panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.interval_columns import Floats, Mask
from songhua.region.doubts import DoubtFinder, Doubts
from songhua.region.figure_rows import Coded, Numbers, coded, complete, numbers_of, stacked
from songhua.region.newest import superseded
from songhua.region.observations import KEY, Observation
from songhua.region.series import Codes, Series
from songhua.schema import Catalogue

#: The labels that a catalogue has of each row: by which column, and under which key.
ENTRIES = {
    "unit": ("indicator", "unit"),
    "form": ("indicator", "form"),
    "grade": ("source", "grade"),
}
#: The columns that a value has under the same name.
VALUE = (*KEY, "qualifier", "kind", "source", "recorded")


@dataclass(frozen=True, eq=False)
class FigureTable:
    """All figures of a region, a row each: those by themselves, then the cells of panels.

    `frame` has the columns of the observations' schema as categories and text, and beside them
    `file` and `row`; `start`, `end` (the days of the period) and `known` (the day by which it was
    published, missing where that is unknown); `number`, `low` and `high` (the bound that rounding
    leaves, all in the row's own unit), `scale` (what turns them into the indicator's unit) and
    `decimals`; `repeats` and `superseded` (a later row of the same source corrects it); `id`, a
    digest of what the row is about, the same wherever it stands. `panel` tells a cell of a panel;
    it may be without a number, and then `status` says why.

    The catalogues of `indicators` and `sources` supply the rest.
    """

    frame: pd.DataFrame
    indicators: Catalogue = field(default_factory=dict, repr=False)
    sources: Catalogue = field(default_factory=dict, repr=False)
    _preset_numbers: Numbers | None = field(default=None, repr=False)
    _find_doubts: DoubtFinder | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls, observations: pd.DataFrame | None = None, panels: pd.DataFrame | None = None
    ) -> FigureTable:
        """Observations and cells of panels as one table; columns that they lack have their blank.

        >>> rows = pd.DataFrame({"indicator": ["gdp"], "period": ["2021-Q1..2021-Q2"]})
        >>> table = FigureTable.of(rows, rows)
        >>> table.frame[["period", "industry", "panel"]].values.tolist()
        [['2021-H1', 'all', False], ['2021-H1', 'all', True]]
        """
        parts = [
            complete(rows, panel)
            for rows, panel in ((observations, False), (panels, True))
            if rows is not None and len(rows)
        ]
        if not parts:
            return cls(complete(pd.DataFrame(), panel=False))
        return cls(parts[0] if len(parts) == 1 else stacked(parts))

    def under(self, indicators: Catalogue, sources: Catalogue) -> FigureTable:
        """The same figures by these catalogues."""
        return FigureTable(self.frame, indicators, sources, self._numbers, self._find_doubts)

    def doubted(self, find: DoubtFinder) -> FigureTable:
        """The same figures with a finder of their doubts, called when one is first asked for."""
        return FigureTable(self.frame, self.indicators, self.sources, self._numbers, find)

    @cached_property
    def doubts(self) -> Doubts:
        """The doubts of each figure that has any, by its id."""
        return {} if self._find_doubts is None else self._find_doubts()

    def where(self, mask: Mask) -> FigureTable:
        """The figures of which a mask holds."""
        return FigureTable(self.frame[mask], self.indicators, self.sources)

    def published_by(self, day: date) -> FigureTable:
        """The figures that were published by the end of a day; one of unknown day was not.

        Which of them is corrected follows from those that are left.
        """
        frame = self.frame[self.frame.known <= pd.Timestamp(day)]
        frame = frame.assign(superseded=superseded(frame))
        return FigureTable(frame, self.indicators, self.sources)

    def with_rows(
        self, observations: pd.DataFrame | None = None, panels: pd.DataFrame | None = None
    ) -> FigureTable:
        """The table with other observations, with other cells of panels, or with both."""
        rows = self.observations.frame if observations is None else observations
        return FigureTable.of(rows, self.cells.frame if panels is None else panels)

    def without(self, *, panels: bool) -> FigureTable:
        """The table without the cells of panels, or without all other figures."""
        rows = slice(self._first_cell) if panels else slice(self._first_cell, None)
        return replace(self, frame=self.frame.iloc[rows], _preset_numbers=None)

    def __len__(self) -> int:
        """The number of figures and cells."""
        return len(self.frame)

    @cached_property
    def all_rows(self) -> Series:
        """All rows."""
        return Series(self, np.arange(len(self)))

    @cached_property
    def observations(self) -> Series:
        """The figures by themselves, in the order of the folder."""
        return Series(self, np.arange(self._first_cell))

    @cached_property
    def cells(self) -> Series:
        """The cells of panels, in the order in which they were recorded."""
        return Series(self, np.arange(self._first_cell, len(self)))

    @property
    def folders(self) -> dict[str, Series]:
        """The rows by the folder in which their files stand."""
        return {"observations": self.observations, "panels": self.cells}

    @property
    def files(self) -> pd.Categorical[str]:
        """The file of each row, by its name in the folder."""
        file, panel = self.frame.file.array, self.frame.panel.to_numpy()
        names = [f"observations/{name}" for name in file.categories]
        codes = file.codes.astype(np.int64) + panel * len(names)
        return pd.Categorical.from_codes(codes, pd.Index([*names, *file.categories], dtype="str"))

    @cached_property
    def _first_cell(self) -> int:
        return len(self) - int(self.frame.panel.sum())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where the figure of each id stands."""
        return {id: at for at, id in enumerate(self.frame.id.tolist())}

    def observed(self, id: str) -> bool:
        """True for the id of a figure by itself, which is no cell of a panel."""
        return self.places.get(id, len(self)) < self._first_cell

    def place(self, at: int) -> str:
        """Where a row was read from: file and row, such as `economy.csv:12`."""
        return f"{self.frame.file.iat[at]}:{self.frame.row.iat[at]}"

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


def of_values(values: Sequence[Observation]) -> FigureTable:
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
    table = FigureTable(frame, _preset_numbers=numbers.__getitem__)
    table._labels.update({n: coded([getattr(figure, n) for figure in values]) for n in ENTRIES})
    table.cache.update(enumerate(values))
    return table
