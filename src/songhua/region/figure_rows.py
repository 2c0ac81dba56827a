"""Rows of the table of figures: what columns they have, and labels as categories and codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from songhua.labels import parse_period
from songhua.region.observations import tidy

#: The columns of text that repeats, each with what it is where a row does not say.
LABELS = {
    "indicator": "",
    "region": "",
    "industry": "all",
    "entity": "",
    "period": "",
    "unit": "",
    "qualifier": "",
    "kind": "actual",
    "vintage": "",
    "scope": "",
    "source": "",
    "published": "",
    "recorded": "",
    "file": "",
    "status": "",
}
TEXTS = ("value", "note", "id")
DAYS = ("start", "end", "known")
NUMBERS: Mapping[str, tuple[str, float]] = {
    "row": ("int64", 0),
    "number": ("float64", np.nan),
    "decimals": ("int8", 0),
    "low": ("float64", np.nan),
    "high": ("float64", np.nan),
    "scale": ("float64", 1.0),
    "repeats": ("int64", 0),
    "superseded": ("bool", False),
}
COLUMNS = (
    "indicator",
    "region",
    "industry",
    "entity",
    "period",
    "value",
    "unit",
    "qualifier",
    "kind",
    "vintage",
    "scope",
    "source",
    "published",
    "recorded",
    "note",
    "file",
    "row",
    "start",
    "end",
    "known",
    "number",
    "decimals",
    "low",
    "high",
    "scale",
    "repeats",
    "superseded",
    "id",
)
#: The columns that distinguish a cell of a panel from an observation, and the status of a cell.
OF_PANEL = ("status", "panel")
#: A function from the name of a column to the number of every row, or to one of its ends.
Numbers: TypeAlias = Callable[[str], npt.NDArray[Any]]


def complete(rows: pd.DataFrame, panel: bool) -> pd.DataFrame:
    """Rows with all columns of the table; those that are there already are not copied.

    >>> rows = complete(pd.DataFrame({"unit": ["t"]}), panel=False)
    >>> rows["unit"].dtype.name, rows.at[0, "industry"], complete(rows, panel=False) is rows
    ('category', 'all', True)
    """
    if [*rows.columns] == [*COLUMNS, *OF_PANEL] and all(
        isinstance(rows[name].dtype, pd.CategoricalDtype) for name in LABELS
    ):
        return rows
    n = len(rows)
    columns: dict[str, Any] = {}
    for name, blank in LABELS.items():
        columns[name] = _labels(rows[name]) if name in rows else _same(blank, n)
    if "period" in rows and not isinstance(rows.period.dtype, pd.CategoricalDtype):
        texts = {text: str(parse_period(text)) for text in rows.period.unique()}
        columns["period"] = _labels(rows.period.map(texts))
    for name in TEXTS:
        texts = rows[name].array if name in rows else np.full(n, "", dtype=object)
        columns[name] = pd.array(texts, dtype="str")
    for name, (dtype, blank) in NUMBERS.items():
        columns[name] = rows[name].to_numpy(dtype) if name in rows else np.full(n, blank, dtype)
    for name in DAYS:
        days = rows[name].to_numpy("datetime64[s]") if name in rows else _days(columns, name)
        columns[name] = days
    columns["panel"] = np.full(n, panel)
    return pd.DataFrame(columns, copy=False)[[*COLUMNS, *OF_PANEL]]


def _labels(column: pd.Series) -> Any:
    """A column as categories of text."""
    if isinstance(column.array, pd.Categorical) and column.array.categories.dtype == "str":
        return column.array
    return pd.Categorical(column.astype("str"))


def _same(text: str, n: int) -> Any:
    """One label of many rows."""
    texts = pd.Index([text] if n else [], dtype="str")
    return pd.Categorical.from_codes(np.zeros(n, dtype=np.int8), texts)


def _days(columns: Mapping[str, Any], name: str) -> np.ndarray:
    """The first or the last days of periods; no day where a row does not say when it was known."""
    texts = columns["period"].categories if name != "known" else []
    days = [getattr(parse_period(text), name) if text else None for text in texts]
    days_or_none = np.array([*days, None], dtype="datetime64[s]")
    codes = columns["period"].codes
    return days_or_none[codes if days else np.zeros(len(codes), int)]


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of frames of the same columns, the labels of all under one list of names.

    >>> rows = pd.DataFrame({"unit": pd.Categorical(["t"]), "number": [5.0]})
    >>> stacked([rows, rows.assign(unit=pd.Categorical(["kg"]))])["unit"].tolist()
    ['t', 'kg']
    """
    frame: dict[str, Any] = {}
    for name in map(str, parts[0]):
        pieces = [part[name] for part in parts]
        labels = isinstance(pieces[0].dtype, pd.CategoricalDtype)
        frame[name] = union_categoricals(pieces) if labels else pd.concat(pieces, ignore_index=True)
    return pd.DataFrame(frame, copy=False)


def numbers_of(frame: pd.DataFrame, first_cell: int) -> Numbers:
    """The numbers of a table in their indicators' units, each worked out when first asked for.

    `low` and `high` are the number itself where the ends are unknown; `bounded` are the rows with
    known ends, `exact` those whose ends are one. Cells of panels, which begin at `first_cell`,
    keep the noise of their last digits.

    >>> rows = complete(pd.DataFrame({"number": [0.1], "scale": [3.0]}), panel=False)
    >>> numbers_of(rows, 1)("number").tolist(), numbers_of(rows, 0)("low").tolist()
    ([0.3], [0.30000000000000004])
    """

    @cache
    def in_unit(name: str) -> npt.NDArray[Any]:
        values = frame[name].to_numpy() * frame.scale.to_numpy()
        values[:first_cell] = tidied(values[:first_cell])
        return values + 0.0

    @cache
    def number(name: str) -> npt.NDArray[Any]:
        if name == "bounded":
            return ~np.isnan(in_unit("low"))
        if name == "exact":
            return number("bounded") & (in_unit("low") == in_unit("high"))
        if name == "number":
            return in_unit("number")
        return np.where(number("bounded"), in_unit(name), in_unit("number"))

    return number


def tidied(values: np.ndarray) -> np.ndarray:
    """Each of many numbers tidied; one of few decimals is so already, and is not written out."""
    with np.errstate(invalid="ignore", over="ignore"):
        few = (np.round(values, 3) == values) & (np.abs(values) < 1e9) | np.isnan(values)
    rounded = values.copy()
    rounded[~few] = [tidy(value) for value in values[~few].tolist()]
    return rounded


@dataclass(frozen=True, eq=False)
class Coded:
    """A label of each row as a number, and what the numbers stand for."""

    codes: npt.NDArray[Any]
    names: list[Any]

    @cached_property
    def numbers(self) -> dict[Any, int]:
        """The code of each name."""
        return {name: at for at, name in enumerate(self.names)}

    def take(self, at: npt.NDArray[Any]) -> Coded:
        """The labels of the rows at these places."""
        return Coded(self.codes[at], self.names)


def coded(texts: Sequence[object]) -> Coded:
    """Labels as numbers, in order of the first of each.

    >>> coded(["b", "a", "b"]).codes.tolist(), coded(["b", "a", "b"]).names
    ([0, 1, 0], ['b', 'a'])
    """
    codes, names = pd.factorize(np.array(texts, dtype=object))
    return Coded(codes, list(names))
