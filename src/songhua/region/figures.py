"""Figures: one table of all that a folder's rows record, observations and cells of panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from songhua.maths.interval_columns import Mask
from songhua.region.doubts import DoubtFinder
from songhua.region.figure_columns import FigureColumns
from songhua.region.figure_rows import complete, stacked
from songhua.region.newest import superseded
from songhua.region.series import Series
from songhua.schema import Catalogue


class FigureTable(FigureColumns):
    """All figures of a region, a row each: those by themselves, then the cells of panels."""

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

    def with_frame(self, frame: pd.DataFrame) -> FigureTable:
        """Other rows under the same catalogues, with the same finder of doubts."""
        return FigureTable(frame, self.indicators, self.sources, None, self._find_doubts)

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
    def places(self) -> Mapping[str, int]:
        """Where the figure of each id stands."""
        return {id: at for at, id in enumerate(self.frame.id.tolist())}

    def observed(self, id: str) -> bool:
        """True for the id of a figure by itself, which is no cell of a panel."""
        return self.places.get(id, len(self)) < self._first_cell

    def place(self, at: int) -> str:
        """Where a row was read from: file and row, such as `economy.csv:12`."""
        return f"{self.frame['file'].iat[at]}:{self.frame['row'].iat[at]}"
