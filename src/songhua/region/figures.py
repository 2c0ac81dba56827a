"""Figures: one table of all that a folder's rows record, observations and cells of panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from songhua.labels import parse_period
from songhua.maths.interval_columns import Floats, Mask
from songhua.region.newest import superseded
from songhua.region.observations import KEY, Observation, tidy
from songhua.region.series import Codes, Series
from songhua.schema import Catalogue

#: The columns of text that repeats, each with what it is where a row does not say.
LABELS = {
    "indicator": "", "region": "", "industry": "all", "entity": "", "period": "", "unit": "",
    "qualifier": "", "kind": "actual", "vintage": "", "scope": "", "source": "", "published": "",
    "recorded": "", "file": "", "status": "",
}  # fmt: skip
TEXTS = ("value", "note", "id")
DAYS = ("start", "end", "known")
NUMBERS: Mapping[str, tuple[str, float]] = {
    "row": ("int64", 0), "number": ("float64", np.nan), "decimals": ("int8", 0),
    "low": ("float64", np.nan), "high": ("float64", np.nan), "scale": ("float64", 1.0),
    "repeats": ("int64", 0), "superseded": ("bool", False),
}  # fmt: skip
COLUMNS = (
    "indicator", "region", "industry", "entity", "period", "value", "unit", "qualifier", "kind",
    "vintage", "scope", "source", "published", "recorded", "note", "file", "row", "start", "end",
    "known", "number", "decimals", "low", "high", "scale", "repeats", "superseded", "id",
)  # fmt: skip
#: What tells a cell of a panel from a figure by itself, and why a cell has no number.
OF_PANEL = ("status", "panel")
#: The labels that a catalogue has of each row: by which column, and under which key.
ENTRIES = {
    "unit": ("indicator", "unit"), "form": ("indicator", "form"), "grade": ("source", "grade"),
}  # fmt: skip
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

    What a row does not say itself the catalogues of `indicators` and `sources` do.
    """

    frame: pd.DataFrame
    indicators: Catalogue = field(default_factory=dict, repr=False)
    sources: Catalogue = field(default_factory=dict, repr=False)
    _numbers: dict[str, Any] = field(default_factory=dict, repr=False)

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
            _complete(rows, panel)
            for rows, panel in ((observations, False), (panels, True))
            if rows is not None and len(rows)
        ]
        if not parts:
            return cls(_complete(pd.DataFrame(), panel=False))
        return cls(parts[0] if len(parts) == 1 else stacked(parts))

    def under(self, indicators: Catalogue, sources: Catalogue) -> FigureTable:
        """The same figures by these catalogues."""
        return FigureTable(self.frame, indicators, sources, self._numbers)

    def where(self, kept: Mask) -> FigureTable:
        """The figures of which a mask holds."""
        return FigureTable(self.frame[kept], self.indicators, self.sources)

    def seen(self, day: date) -> FigureTable:
        """What was published by the end of a day; one of unknown day was not.

        Which of them is corrected follows from those that are left.
        """
        frame = self.frame[self.frame["known"] <= pd.Timestamp(day)]
        frame = frame.assign(superseded=superseded(frame))
        return FigureTable(frame, self.indicators, self.sources)

    def put(
        self, observations: pd.DataFrame | None = None, panels: pd.DataFrame | None = None
    ) -> FigureTable:
        """The table with other observations, with other cells of panels, or with both."""
        rows = self.observations.frame if observations is None else observations
        return FigureTable.of(rows, self.cells.frame if panels is None else panels)

    def without(self, *, panels: bool) -> FigureTable:
        """The table without the cells of panels, or without all other figures."""
        rows = slice(self._first_cell) if panels else slice(self._first_cell, None)
        return FigureTable(self.frame.iloc[rows], self.indicators, self.sources)

    def __len__(self) -> int:
        """How many figures and cells there are."""
        return len(self.frame)

    @cached_property
    def every(self) -> Series:
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
        file, panel = self.frame["file"].array, self.frame["panel"].to_numpy()
        names = [f"observations/{name}" for name in file.categories]
        codes = file.codes.astype(np.int64) + panel * len(names)
        return pd.Categorical.from_codes(codes, pd.Index([*names, *file.categories], dtype="str"))

    @cached_property
    def _first_cell(self) -> int:
        return len(self) - int(self.frame["panel"].sum())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where the figure of each id stands."""
        return {id: at for at, id in enumerate(self.frame["id"].tolist())}

    def observed(self, id: str) -> bool:
        """Whether an id is that of a figure by itself, and of no cell of a panel."""
        return self.places.get(id, len(self)) < self._first_cell

    def place(self, at: int) -> str:
        """Where a row was read from: file and row, such as `economy.csv:12`."""
        return f"{self.frame['file'].iat[at]}:{self.frame['row'].iat[at]}"

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
        return self.frame["known"].to_numpy()

    @cached_property
    def superseded(self) -> Mask:
        """Which rows are corrected by a later one of the same source."""
        return self.frame["superseded"].to_numpy()

    def codes(self, label: str) -> npt.NDArray[Any]:
        """A label of each row as a number, whose name stands at that place of `names`."""
        return self._coded(label).codes

    def names(self, label: str) -> list[Any]:
        """What the codes of a label stand for: periods of `period`, else texts."""
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
            held = self.frame[label].array
            texts = held.categories.tolist()
            names = [parse_period(one) for one in texts] if label == "period" else texts
            return Coded(np.asarray(held.codes), names)
        column, key = ENTRIES[label]
        entries = self.sources if column == "source" else self.indicators
        of = self._coded(column)
        told = [str(entries[id].get(key, "")) if id in entries else "" for id in of.names]
        return coded(told).taken(of.codes)

    @cached_property
    def days(self) -> tuple[Codes, Codes]:
        """The first and the last day of each period, as numbers that keep their order."""
        periods = self.names("period")
        first, last = ([getattr(p, end).toordinal() for p in periods] for end in ("start", "end"))
        return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)

    @cached_property
    def made(self) -> dict[int, Observation]:
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
        """A number in the indicator's unit; noise in the last digits of observations is gone."""
        if name not in self._numbers:
            number, low, high = (self._in_unit(one) for one in ("number", "low", "high"))
            bounded = ~np.isnan(low)
            self._numbers.update(
                number=number, bounded=bounded, exact=bounded & (low == high),
                low=np.where(bounded, low, number), high=np.where(bounded, high, number),
            )  # fmt: skip
        return self._numbers[name]

    def _in_unit(self, name: str) -> Floats:
        found = self.frame[name].to_numpy() * self.frame["scale"].to_numpy()
        found[: self._first_cell] = _tidied(found[: self._first_cell])
        return found + 0.0


@dataclass(frozen=True, eq=False)
class Coded:
    """A label of each row as a number, and what the numbers stand for."""

    codes: npt.NDArray[Any]
    names: list[Any]

    @cached_property
    def numbers(self) -> dict[Any, int]:
        """The code of each name."""
        return {one: at for at, one in enumerate(self.names)}

    def taken(self, at: npt.NDArray[Any]) -> Coded:
        """The labels of the rows at these places."""
        return Coded(self.codes[at], self.names)


def coded(texts: Sequence[object]) -> Coded:
    """Labels as numbers, in order of the first of each.

    >>> coded(["b", "a", "b"]).codes.tolist(), coded(["b", "a", "b"]).names
    ([0, 1, 0], ['b', 'a'])
    """
    codes, names = pd.factorize(np.array(texts, dtype=object))
    return Coded(codes, list(names))


def of_values(values: Sequence[Observation]) -> FigureTable:
    """Values as a table of their own: each is what is read of its row.

    >>> of_values([Observation.of("gdp", "2021", "5")]).value.tolist()
    [5.0]
    """
    texts = {name: [str(getattr(one, name)) for one in values] for name in VALUE}
    printed = [one.printed.partition(" ")[::2] for one in values]
    table = FigureTable(_complete(pd.DataFrame({
        **texts, "value": [said for said, _ in printed], "unit": [unit for _, unit in printed],
        "id": [" ".join(one.ids) for one in values],
        "known": np.array([one.known for one in values], dtype="datetime64[s]"),
        "superseded": [one.superseded for one in values],
    }), panel=False))  # fmt: skip
    ends = {"number": [one.value for one in values]}
    ends |= {name: [getattr(one.bound, name) for one in values] for name in ("low", "high")}
    table._numbers.update({name: np.array(told, dtype=float) for name, told in ends.items()})
    for name in ("bounded", "exact"):
        table._numbers[name] = np.array([getattr(one, name) for one in values], dtype=bool)
    table._labels.update({n: coded([getattr(one, n) for one in values]) for n in ENTRIES})
    table.made.update(enumerate(values))
    return table


def _complete(rows: pd.DataFrame, panel: bool) -> pd.DataFrame:
    """Rows with all columns of the table; those that are there already are not copied."""
    n = len(rows)
    made: dict[str, Any] = {}
    for name, blank in LABELS.items():
        made[name] = _labels(rows[name]) if name in rows else _same(blank, n)
    if "period" in rows and not isinstance(rows["period"].dtype, pd.CategoricalDtype):
        texts = {one: str(parse_period(one)) for one in rows["period"].unique()}
        made["period"] = _labels(rows["period"].map(texts))
    for name in TEXTS:
        texts = rows[name].array if name in rows else np.full(n, "", dtype=object)
        made[name] = pd.array(texts, dtype="str")
    for name, (dtype, blank) in NUMBERS.items():
        made[name] = rows[name].to_numpy(dtype) if name in rows else np.full(n, blank, dtype)
    for name in DAYS:
        made[name] = rows[name].to_numpy("datetime64[s]") if name in rows else _days(made, name)
    made["panel"] = np.full(n, panel)
    return pd.DataFrame({name: made[name] for name in (*COLUMNS, *OF_PANEL)}, copy=False)


def _labels(column: pd.Series) -> Any:
    """A column as categories of text."""
    if isinstance(column.array, pd.Categorical) and column.array.categories.dtype == "str":
        return column.array
    return pd.Categorical(column.astype("str"))


def _same(text: str, n: int) -> Any:
    """One label of many rows."""
    texts = pd.Index([text] if n else [], dtype="str")
    return pd.Categorical.from_codes(np.zeros(n, dtype=np.int8), texts)


def _days(made: Mapping[str, Any], name: str) -> np.ndarray:
    """The first or the last days of periods; no day where a row does not say when it was known."""
    texts = made["period"].categories if name != "known" else []
    days = [getattr(parse_period(one), name) if one else None for one in texts]
    found = np.array([*days, None], dtype="datetime64[s]")
    return found[made["period"].codes] if days else found[np.zeros(len(made["period"]), int)]


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of frames of the same columns, the labels of all under one list of names.

    >>> rows = pd.DataFrame({"unit": pd.Categorical(["t"]), "number": [5.0]})
    >>> stacked([rows, rows.assign(unit=pd.Categorical(["kg"]))])["unit"].tolist()
    ['t', 'kg']
    """
    made: dict[str, Any] = {}
    for name in map(str, parts[0]):
        held = [one[name] for one in parts]
        labels = isinstance(held[0].dtype, pd.CategoricalDtype)
        made[name] = union_categoricals(held) if labels else pd.concat(held, ignore_index=True)
    return pd.DataFrame(made, copy=False)


def _tidied(values: np.ndarray) -> np.ndarray:
    """Each of many numbers tidied; one of few decimals is so already, and is not written out."""
    with np.errstate(invalid="ignore", over="ignore"):
        few = (np.round(values, 3) == values) & (np.abs(values) < 1e9) | np.isnan(values)
    found = values.copy()
    found[~few] = [tidy(value) for value in values[~few].tolist()]
    return found
