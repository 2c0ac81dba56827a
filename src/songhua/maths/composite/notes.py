"""Notes on a step, as data; and checks of its frame that every step needs (§1, §2, §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.composite.fault_kinds import (
    CompositeDirection,
    CompositeMissing,
    CompositeNotNumber,
    CompositeUnlabelled,
)
from songhua.maths.levels import ROUNDING

Labelled: TypeAlias = "pd.Series | Mapping[str, float]"


@dataclass(frozen=True)
class Note:
    """A note on an action that a step took, could not take, or was not asked to take.

    `step` is treat, impute, normalise, weight, aggregate and so on; `indicator` is the column
    (or the unit, for a note on a row), blank where the note is on the whole frame; `code` names
    the words and `params` fill them.
    """

    step: str
    indicator: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


Notes: TypeAlias = "list[Note] | None"


def say(notes: Notes, step: str, indicator: object, code: str, **params: object) -> None:
    """Add a note, where someone keeps notes.

    >>> notes = []
    >>> say(notes, "treat", "jobs", "composite_step_none", n=2)
    >>> notes
    [Note(step='treat', indicator='jobs', code='composite_step_none', params={'n': 2})]
    """
    if notes is not None:
        notes.append(Note(step, str(indicator), code, params))


def spreads(low: pd.Series, high: pd.Series) -> pd.Series:
    """Highest minus lowest of each column; zero where rounding alone tells them apart.

    >>> spreads(pd.Series({"a": 0.1, "b": 1.0}), pd.Series({"a": 0.3 / 3, "b": 3.0})).tolist()
    [0.0, 2.0]
    """
    spread = high - low
    return spread.where(spread > ROUNDING * np.fmax(low.abs(), high.abs()), 0.0)


def numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as floats, its labels unique and every number finite or missing.

    Raises:
        SonghuaError: `labels_repeat`; `composite_not_number`, one for each column that holds
            text or an infinite number.

    >>> numbers(pd.DataFrame({"a": [1, None]}, index=["x", "y"]))["a"].tolist()
    [1.0, nan]
    """
    align(frame)
    align(frame.T)
    if all(isinstance(dtype, np.dtype) and dtype.kind in "iuf" for dtype in frame.dtypes):
        floats = frame.astype(float)
    else:
        floats = frame.apply(lambda column: pd.to_numeric(column, errors="coerce").astype(float))
    odd = np.isinf(floats.to_numpy()) | (floats.isna() & frame.notna()).to_numpy()
    if odd.any():
        names = [c for c, n in zip(frame.columns, odd.sum(axis=0), strict=True) if n]
        raise SonghuaError(*(CompositeNotNumber(column=str(c)) for c in names))
    return floats


def complete(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as floats, where no cell may be missing.

    Raises:
        SonghuaError: `composite_missing`, one for each column, with the number of cells.

    >>> complete(pd.DataFrame({"a": [1, 2], "b": [None, 3]}))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: b: 1 cell is missing, and these weights need every cell. Impute first, or leave the indicator out.
    """  # noqa: E501
    frame = numbers(frame)
    gaps = frame.isna().sum()
    if gaps.any():
        counts = gaps[gaps > 0].items()
        raise SonghuaError(*(CompositeMissing(column=str(c), n=int(n)) for c, n in counts))
    return frame


def labelled(values: Labelled, labels: Iterable[object]) -> pd.Series:
    """Numbers by label, in the order of the labels (§1).

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`; `composite_unlabelled`, for a bare list.

    >>> labelled({"b": 2, "a": 1}, ["a", "b"]).tolist()
    [1.0, 2.0]
    """
    if not isinstance(values, pd.Series | Mapping):
        raise SonghuaError(CompositeUnlabelled())
    frame = pd.Series(0.0, index=pd.Index(list(labels)))
    return align(frame, pd.Series(values, dtype=float))[1]


def signs(direction: Labelled | None, labels: Iterable[object]) -> pd.Series:
    """1 where more is better and -1 where less is better; 1 for all, if nothing is said.

    Raises:
        SonghuaError: `composite_direction`; as `labelled`.

    >>> signs(None, ["a"]).tolist(), signs({"a": -1}, ["a"]).tolist()
    ([1.0], [-1.0])
    """
    labels = list(labels)
    if direction is None:
        return pd.Series(1.0, index=pd.Index(labels))
    ordered = labelled(direction, labels)
    odd = ordered[~ordered.isin([1.0, -1.0])]
    if len(odd):
        raise SonghuaError(*(CompositeDirection(column=str(c), given=v) for c, v in odd.items()))
    return ordered
