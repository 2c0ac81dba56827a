"""Observations as columns: labels as codes, numbers and texts, without a value for each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.bounds import Interval
from songhua.maths.interval_columns import Floats, Mask
from songhua.studies.observations import Observation, sure_ends

Codes: TypeAlias = npt.NDArray[np.int64]
Texts: TypeAlias = npt.NDArray[np.object_]

LABELS = (
    "indicator", "region", "industry", "entity", "period", "vintage", "scope", "kind", "qualifier",
    "source", "unit", "recorded", "form", "grade",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Columns:
    """All rows: each label as codes and what they stand for, the numbers, and the rest as texts.

    `low` and `high` are the ends of the bound. `made` holds the values that were asked for.
    """

    codes: Mapping[str, Codes]
    names: Mapping[str, list[Any]]
    value: Floats
    low: Floats
    high: Floats
    bounded: Mask
    exact: Mask
    superseded: Mask
    ids: Texts
    printed: Texts
    known: npt.NDArray[np.datetime64]
    made: dict[int, Observation]

    def at(self, row: int) -> Observation:
        """The observation of a row."""
        found = self.made.get(row)
        if found is None:
            found = self.made[row] = self._observation(row)
        return found

    def _observation(self, row: int) -> Observation:
        labels = {name: self.names[name][self.codes[name].item(row)] for name in LABELS}
        value, bound = self.value.item(row), Interval(self.low.item(row), self.high.item(row))
        printed, period = self.printed[row], labels.pop("period")
        sure = sure_ends(value, bound, labels["qualifier"], printed)
        return Observation(
            value, bound, sure, period, (self.ids[row],), self.exact.item(row),
            known=self.known[row].item(), bounded=self.bounded.item(row), printed=printed,
            superseded=self.superseded.item(row), **labels,
        )  # fmt: skip

    @cached_property
    def numbers(self) -> dict[str, dict[Any, int]]:
        """The code of each name of each label."""
        return {
            label: {one: at for at, one in enumerate(held)} for label, held in self.names.items()
        }

    @cached_property
    def days(self) -> tuple[Codes, Codes]:
        """The first and the last day of each period, as numbers that keep their order."""
        periods: list[Period] = self.names["period"]
        first = [one.start.toordinal() for one in periods]
        last = [one.end.toordinal() for one in periods]
        return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def columns_of(rows: Iterable[Observation]) -> Columns:
    """Values as columns.

    >>> columns_of([Observation.of("gdp", "2021", "5")]).value.tolist()
    [5.0]
    """
    made = list(rows)
    codes, names = _coded({name: objects([getattr(one, name) for one in made]) for name in LABELS})
    return Columns(
        codes, names,
        value=np.array([one.value for one in made], dtype=float),
        low=np.array([one.bound.low for one in made], dtype=float),
        high=np.array([one.bound.high for one in made], dtype=float),
        bounded=np.array([one.bounded for one in made], dtype=bool),
        exact=np.array([one.exact for one in made], dtype=bool),
        superseded=np.array([one.superseded for one in made], dtype=bool),
        ids=objects([" ".join(one.ids) for one in made]),
        printed=objects([one.printed for one in made]),
        known=np.array([one.known for one in made], dtype="datetime64[D]"),
        made=dict(enumerate(made)),
    )  # fmt: skip


def columns_of_frame(frame: pd.DataFrame) -> Columns:
    """The rows of `observation_frame` as columns.

    >>> import songhua
    >>> from songhua.studies.observations import observation_frame
    >>> frame = observation_frame(songhua.open(songhua.example("washington")).region)
    >>> first = columns_of_frame(frame).at(0)
    >>> first.indicator == frame.at[0, "indicator"], first.ids == (frame.at[0, "id"],)
    (True, True)
    """
    codes, names = _coded({name: frame[name] for name in LABELS})
    numbers = (frame[name].to_numpy(dtype=float) + 0.0 for name in ("value", "floor", "ceiling"))
    value, low, high = numbers
    bounded = ~np.isnan(low)
    return Columns(
        codes, names, value=value,
        low=np.where(bounded, low, value), high=np.where(bounded, high, value),
        bounded=bounded, exact=bounded & (low == high),
        superseded=frame["superseded"].to_numpy(dtype=bool),
        ids=frame["id"].to_numpy(dtype=object), printed=frame["printed"].to_numpy(dtype=object),
        known=frame["known"].to_numpy().astype("datetime64[D]"), made={},
    )  # fmt: skip


def objects(texts: Sequence[object]) -> Texts:
    """A column of texts, or of what else there is one of in each row.

    >>> objects(["a", "b"]).tolist()
    ['a', 'b']
    """
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found


def _coded(columns: Mapping[str, Any]) -> tuple[dict[str, Codes], dict[str, list[Any]]]:
    """Each label as codes and their names; periods of the same days have one code."""
    codes: dict[str, Codes] = {}
    names: dict[str, list[Any]] = {}
    for name, column in columns.items():
        found, texts = pd.factorize(column, use_na_sentinel=False)
        codes[name], names[name] = found.astype(np.int64), list(texts)
    periods = [parse_period(one) if isinstance(one, str) else one for one in names["period"]]
    same: dict[Period, int] = {}
    at = [same.setdefault(one, len(same)) for one in periods]
    codes["period"] = np.array(at, dtype=np.int64)[codes["period"]]
    names["period"] = list(same)
    return codes, names
