"""Many observations in an order: chosen, grouped and counted without a value made for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from songhua.maths.interval_columns import Floats, Mask
from songhua.studies.observation_columns import (
    Codes,
    Columns,
    Texts,
    columns_of,
    columns_of_frame,
    objects,
)
from songhua.studies.observations import Observation

#: Codes of several labels are one number up to here; beyond it they are numbered anew.
MOST = 2**62


class Observations(Sequence[Observation]):
    """Observations in an order; one is made when it is read, and what was chosen shares columns.

    >>> rows = [Observation.of(name, "2021", "1") for name in ("gdp", "jobs", "gdp")]
    >>> chosen = Observations.of(rows).only(indicator="gdp")
    >>> len(chosen), chosen[0].indicator, [one.value for one in chosen]
    (2, 'gdp', [1.0, 1.0])
    """

    def __init__(self, columns: Columns, rows: Codes) -> None:
        """Some rows of the columns."""
        self._columns = columns
        self._rows = rows

    @classmethod
    def of(cls, rows: Iterable[Observation]) -> Observations:
        """Values as columns; what is that already stays as it is."""
        if isinstance(rows, Observations):
            return rows
        columns = columns_of(rows)
        return cls(columns, np.arange(len(columns.value)))

    @classmethod
    def of_frame(cls, frame: pd.DataFrame) -> Observations:
        """The rows of `observation_frame`."""
        return cls(columns_of_frame(frame), np.arange(len(frame)))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Observation: ...

    @overload
    def __getitem__(self, at: slice) -> Observations: ...

    def __getitem__(self, at: int | slice) -> Observation | Observations:
        """One of them, or a stretch."""
        if isinstance(at, slice):
            return Observations(self._columns, self._rows[at])
        return self._columns.at(self._rows.item(at))

    def __iter__(self) -> Iterator[Observation]:
        """Each of them, in order."""
        return map(self._columns.at, self._rows.tolist())

    def where(self, kept: Mask | Codes) -> Observations:
        """Those for which a mask holds, or those at these places in this order."""
        return Observations(self._columns, self._rows[kept])

    def only(self, **labels: Any) -> Observations:
        """Those that have this label, or one of these: `only(form="level", region=["a", "b"])`.

        >>> rows = [Observation.of("gdp", year, "1") for year in ("2019", "2020", "2021")]
        >>> years = [rows[0].period, rows[2].period]
        >>> [str(one.period) for one in Observations.of(rows).only(indicator="gdp", period=years)]
        ['2019', '2021']
        """
        return self.where(self.have(**labels))

    def have(self, **labels: Any) -> Mask:
        """Which of them have this label, or one of these."""
        kept = np.ones(len(self), dtype=bool)
        for name, wanted in labels.items():
            numbers = self._columns.numbers[name]
            if isinstance(wanted, Collection) and not isinstance(wanted, str):
                fit = [numbers[one] for one in set(wanted) if one in numbers]
                kept &= np.isin(self.codes(name), np.array(fit, dtype=np.int64))
            else:
                kept &= self.codes(name) == numbers.get(wanted, -1)
        return kept

    @property
    def usual(self) -> Mask:
        """Which are of the usual coverage and series: no entity, no scope, no vintage."""
        return self.have(entity="", scope="", vintage="")

    def codes(self, label: str) -> Codes:
        """The label of each as a number, whose name stands at that place of `names`."""
        return self._columns.codes[label][self._rows]

    def names(self, label: str) -> list[Any]:
        """What the codes of a label stand for."""
        return self._columns.names[label]

    def texts(self, label: str) -> Texts:
        """A label of each; of a period its text."""
        texts = [str(one) for one in self.names(label)]
        return objects(texts)[self.codes(label)] if texts else objects([])

    def ranks(self, label: str) -> Codes:
        """The place of each one's label in the order of texts."""
        names = self.names(label)
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return ranks[self.codes(label)]

    def distinct(self, label: str) -> list[Any]:
        """Each label that they have, once, in order of the first.

        >>> rows = [Observation.of(name, "2021", "1") for name in ("jobs", "gdp", "jobs")]
        >>> Observations.of(rows).distinct("indicator")
        ['jobs', 'gdp']
        """
        names = self.names(label)
        return [names[code] for code in pd.unique(self.codes(label)).tolist()]

    @property
    def value(self) -> Floats:
        """The number of each in its indicator's unit."""
        return self._columns.value[self._rows]

    @property
    def low(self) -> Floats:
        """The low end of each bound; the number itself where it is unknown."""
        return self._columns.low[self._rows]

    @property
    def high(self) -> Floats:
        """The high end of each bound; the number itself where it is unknown."""
        return self._columns.high[self._rows]

    @property
    def bounded(self) -> Mask:
        """Which have known ends."""
        return self._columns.bounded[self._rows]

    @property
    def exact(self) -> Mask:
        """Which are without any error: full counts."""
        return self._columns.exact[self._rows]

    @property
    def ids(self) -> Texts:
        """The names by which they are cited."""
        return self._columns.ids[self._rows]

    @property
    def printed(self) -> Texts:
        """The numbers as their sources print them, with the unit there."""
        return self._columns.printed[self._rows]

    @property
    def known(self) -> npt.NDArray[np.datetime64]:
        """The days by which they were published."""
        return self._columns.known[self._rows]

    @property
    def start(self) -> Codes:
        """The first day of each as a number."""
        return self._columns.days[0][self.codes("period")]

    @property
    def end(self) -> Codes:
        """The last day of each as a number."""
        return self._columns.days[1][self.codes("period")]

    def joint(self, *labels: str) -> Codes:
        """One number for several labels, or for `value`: equal where all of these are."""
        found, most = np.zeros(len(self), dtype=np.int64), 1
        for name in labels:
            codes, many = self._numbered(name)
            if most > MOST // many:
                found, numbers = pd.factorize(found)
                most = max(len(numbers), 1)
            found, most = found * many + codes, most * many
        return found

    def _numbered(self, label: str) -> tuple[Codes, int]:
        """The codes of a label or of the number, and how many there may be."""
        if label != "value":
            return self.codes(label), max(len(self.names(label)), 1)
        codes, numbers = pd.factorize(self.value)
        return codes, max(len(numbers), 1)

    def joint_with(self, others: Observations, *labels: str) -> tuple[Codes, Codes]:
        """Numbers from nought, equal where all of these labels are, for these and for others.

        The others were chosen from the same ones.
        """
        both = Observations(self._columns, np.concatenate((self._rows, others._rows)))
        found, _ = pd.factorize(both.joint(*labels))
        return found[: len(self)], found[len(self) :]

    def by(self, *labels: str) -> dict[Any, Observations]:
        """Those that share these labels, in order of the first: by one label, else by a tuple.

        >>> rows = [Observation.of(name, "2021", "1") for name in ("gdp", "jobs", "gdp")]
        >>> {name: len(group) for name, group in Observations.of(rows).by("indicator").items()}
        {'gdp': 2, 'jobs': 1}
        """
        if not len(self):
            return {}
        group, _ = pd.factorize(self.joint(*labels))
        order = np.argsort(group, kind="stable")
        ends = np.cumsum(np.bincount(group))
        rows = np.split(self._rows[order], ends[:-1])
        first = self._rows[order[np.concatenate(([0], ends[:-1]))]]
        codes = (self._columns.codes[name][first].tolist() for name in labels)
        keys = [[self.names(n)[at] for at in some] for n, some in zip(labels, codes, strict=True)]
        named = keys[0] if len(labels) == 1 else list(zip(*keys, strict=True))
        return {
            key: Observations(self._columns, some) for key, some in zip(named, rows, strict=True)
        }

    def first(self, *labels: str) -> Observations:
        """The first of those that share these labels."""
        return self.where(~pd.Series(self.joint(*labels)).duplicated().to_numpy())

    def shared(self, *labels: str) -> Observations:
        """Those that share these labels with another."""
        return self.where(pd.Series(self.joint(*labels)).duplicated(keep=False).to_numpy())

    def in_order(self) -> Observations:
        """In order of period: by the last day, then by the first."""
        return Observations(self._columns, self._rows[np.lexsort((self.start, self.end))])
