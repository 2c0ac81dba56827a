"""Tables as arrays and labels: checked, in one order, missing industries set apart (§1, §2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import LevelsNotNumbers
from songhua.maths.input_output.fault_kinds import (
    IoChoice,
    IoLength,
    IoMissing,
    IoNotSquare,
    IoUnknown,
)

Matrix: TypeAlias = "pd.DataFrame | np.ndarray | Sequence[Sequence[float]]"
Vector: TypeAlias = "pd.Series | np.ndarray | Sequence[float]"


def floats(table: Matrix | Vector) -> np.ndarray:
    """The values as floats, missing as not-a-number.

    Raises:
        SonghuaError: `levels_not_numbers`.

    >>> floats(["1", None]).tolist(), floats(pd.Series([2, None])).tolist()
    ([1.0, nan], [2.0, nan])
    """
    try:
        if isinstance(table, (pd.DataFrame, pd.Series)):
            return table.to_numpy(dtype=float, na_value=np.nan)
        return np.asarray(table, dtype=float)
    except (TypeError, ValueError):
        raise SonghuaError(LevelsNotNumbers()) from None


def square(table: Matrix) -> tuple[np.ndarray, pd.Index]:
    """A table of industry by industry and its labels; columns are put in the order of the rows.

    Raises:
        SonghuaError: `io_not_square`, `labels_differ`, `labels_repeat`, `levels_not_numbers`.

    >>> square(pd.DataFrame([[1, 2], [3, 4]], index=["a", "b"], columns=["b", "a"]))[0].tolist()
    [[2.0, 1.0], [4.0, 3.0]]
    """
    if not isinstance(table, pd.DataFrame):
        values = floats(table)
        if values.ndim != 2 or np.ptp(values.shape):
            raise SonghuaError(IoNotSquare(shape=_shape(values)))
        return values, pd.RangeIndex(len(values))
    if not _same(table.columns, table.index):
        align(pd.Series(0, index=table.index), pd.Series(0, index=table.columns))
        table = table[table.index]
    return floats(table), table.index


def _same(index: pd.Index, labels: pd.Index) -> bool:
    """True where labels stand in this order already, each once: then nothing is to be aligned."""
    return labels.is_unique and index.equals(labels)


def vector(numbers: Matrix | Vector, labels: pd.Index) -> np.ndarray:
    """One number an industry, in the order of the labels; an array stands in that order already.

    A frame of one column, or of one row, counts as the series that it holds.

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`, `io_length`, `levels_not_numbers`.

    >>> vector(pd.Series({"tools": 2, "food": 1}), pd.Index(["food", "tools"])).tolist()
    [1.0, 2.0]
    """
    if isinstance(numbers, pd.DataFrame) and 1 in numbers.shape:
        numbers = numbers.iloc[:, 0] if numbers.shape[1] == 1 else numbers.iloc[0]
    if isinstance(numbers, pd.Series):
        if not _same(numbers.index, labels):
            _, numbers = align(pd.Series(0, index=labels), numbers)
        return floats(numbers)
    values = floats(numbers)
    if values.shape != (len(labels),):
        raise SonghuaError(IoLength(shape=_shape(values), n=len(labels)))
    return values


def columns_by(table: Matrix | Vector, labels: pd.Index) -> tuple[np.ndarray, pd.Index]:
    """A table with a row an industry, such as final demand, and the labels of its columns.

    Raises:
        SonghuaError: as `vector`.

    >>> demand = pd.DataFrame({"homes": [2, 1], "exports": [4, 3]}, ["tools", "food"])
    >>> values, names = columns_by(demand, pd.Index(["food", "tools"]))
    >>> values.tolist(), names.tolist()
    ([[1.0, 3.0], [2.0, 4.0]], ['homes', 'exports'])
    """
    if isinstance(table, pd.DataFrame):
        if not _same(table.index, labels):
            _, table = align(pd.DataFrame(index=labels), table)
        return floats(table), table.columns
    values = floats(table)
    if values.ndim == 2 and len(values) == len(labels):
        return values, pd.RangeIndex(values.shape[1])
    name = table.name if isinstance(table, pd.Series) else None
    return vector(table, labels)[:, np.newaxis], pd.Index([0 if name is None else name])


def rows_by(table: Matrix | Vector, labels: pd.Index) -> tuple[np.ndarray, pd.Index]:
    """A table with a column an industry, such as stressors, and the labels of its rows.

    Raises:
        SonghuaError: as `vector`.

    >>> values, names = rows_by(pd.Series({"tools": 2, "food": 1}), pd.Index(["food", "tools"]))
    >>> values.tolist(), len(names)
    ([[1.0, 2.0]], 1)
    """
    if isinstance(table, pd.DataFrame):
        if not _same(table.columns, labels):
            align(pd.Series(0, index=labels), pd.Series(0, index=table.columns))
            table = table[labels]
        return floats(table), table.index
    values = floats(table)
    if values.ndim == 2 and values.shape[1] == len(labels):
        return values, pd.RangeIndex(len(values))
    columns, names = columns_by(table, labels)
    return columns.T, names


def active(values: np.ndarray, labels: pd.Index, whole: int) -> np.ndarray:
    """True for industries that have coefficients; the others' are missing along the whole axis.

    Args:
        values: coefficients.
        labels: the industries.
        whole: the axis along which all is missing for an industry without output.

    Raises:
        SonghuaError: `io_missing`, when only some coefficients of an industry are missing.

    >>> values = np.array([[0.5, np.nan], [0.1, np.nan]])
    >>> active(values, pd.Index(["food", "tools"]), whole=0).tolist()
    [True, False]
    """
    if np.isfinite(values.sum()):
        return np.ones(len(labels), dtype=bool)
    missing = ~np.isfinite(values)
    without: np.ndarray = np.all(missing, axis=whole)
    missing = missing.T if whole == 1 else missing
    missing[:, without] = False
    refuse_missing(missing if whole == 0 else missing.T, labels)
    return ~without


def refuse_missing(missing: np.ndarray, *axes: Iterable[Hashable]) -> None:
    """Raise `io_missing`, naming the first cell, if there is one.

    >>> refuse_missing(np.array([[False, True], [False, False]]), ["food", "tools"])
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 1 number is missing in the table of industries, the first of food × tools. Give every number, or leave out the whole row and column of the industry.
    """  # noqa: E501
    if missing.any():
        place = np.argwhere(missing)[0]
        names = [list(axes[min(k, len(axes) - 1)])[at] for k, at in enumerate(place)]
        raise SonghuaError(IoMissing(n=int(missing.sum()), label=" × ".join(map(str, names))))


def flows(Z: Matrix, x: Vector) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Flows, output and labels, nothing missing.

    Raises:
        SonghuaError: `io_missing`, and what `square` and `vector` raise.

    >>> values, output, labels = flows([[1, 2], [3, 4]], [10, 20])
    >>> values.tolist(), output.tolist(), labels.tolist()
    ([[1.0, 2.0], [3.0, 4.0]], [10.0, 20.0], [0, 1])
    """
    values, labels = square(Z)
    output = vector(x, labels)
    if not np.isfinite(values.sum()):
        refuse_missing(~np.isfinite(values), labels, labels)
    refuse_missing(~np.isfinite(output), labels)
    return values, output, labels


def choice(argument: str, word: str, choices: Sequence[str]) -> None:
    """Raise `io_choice`, unless the word is one of the choices.

    >>> choice("form", "row", ("rows", "columns"))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: form is 'row', which is none of: rows, columns. Give one of these.
    """
    if word not in choices:
        raise SonghuaError(IoChoice(argument=argument, given=word, choices=tuple(choices)))


def positions(wanted: Iterable[Hashable], labels: pd.Index) -> np.ndarray:
    """The positions of these labels.

    Raises:
        SonghuaError: `io_unknown`.

    >>> positions(["tools", "food"], pd.Index(["food", "homes", "tools"])).tolist()
    [2, 0]
    """
    wanted = list(wanted)
    places = labels.get_indexer(pd.Index(wanted)) if wanted else np.array([], dtype=int)
    odd = [str(label) for label, at in zip(wanted, places, strict=True) if at < 0]
    if odd:
        raise SonghuaError(IoUnknown(labels=tuple(odd)))
    return places


def frame(values: np.ndarray, index: pd.Index, columns: pd.Index) -> pd.DataFrame:
    """Labelled values, not copied.

    >>> values = np.zeros((1, 2))
    >>> table = frame(values, pd.Index(["food"]), pd.Index(["food", "tools"]))
    >>> values[0, 1] = 3.0
    >>> float(table.loc["food", "tools"])
    3.0
    """
    return pd.DataFrame(values, index=index, columns=columns, copy=False)


def _shape(values: np.ndarray) -> str:
    """The shape in words."""
    return " × ".join(map(str, values.shape)) or "1"
