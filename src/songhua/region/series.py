"""Many figures in an order: chosen, grouped and counted without a value made for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from songhua.maths.interval_columns import Floats, Mask
from songhua.region.figure_columns import Codes, FigureColumns, of_values
from songhua.region.observations import LABELS, Observation, of_row

Texts: TypeAlias = npt.NDArray[np.object_]

#: Codes of several labels are one number up to here; beyond it they are numbered anew.
MOST = 2**62
#: So many values are made at once.
CHUNK = 1000


class Series(Sequence[Observation]):
    """Rows of the table of figures in an order; a value is made of a row when it is read.

    >>> rows = [Observation.of(name, "2021", "1") for name in ("gdp", "jobs", "gdp")]
    >>> chosen = Series.of(rows).select(indicator="gdp")
    >>> len(chosen), chosen[0].indicator, [one.value for one in chosen]
    (2, 'gdp', [1.0, 1.0])
    """

    def __init__(self, table: FigureColumns, rows: Codes) -> None:
        """Some rows of the table."""
        self._table = table
        self._rows = rows

    @classmethod
    def of(cls, values: Iterable[Observation]) -> Series:
        """Values as rows of a table of their own; what is a series already stays as it is."""
        if isinstance(values, Series):
            return values
        table = of_values([*values])
        return cls(table, np.arange(len(table)))

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as they are recorded, with all columns of the table."""
        return self.columns(*self._table.frame.columns)

    def columns(self, *names: str) -> pd.DataFrame:
        """Some columns of the rows as they are recorded; rows that stand together stay so."""
        at, frame = self._rows, self._table.frame[[*names]]
        if len(at) and at[-1] - at[0] + 1 == len(at) and bool((np.diff(at) == 1).all()):
            return frame.iloc[at.item(0) : at.item(-1) + 1]
        return frame.iloc[at]

    def __len__(self) -> int:
        """Number of figures."""
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Observation: ...

    @overload
    def __getitem__(self, at: slice) -> Series: ...

    def __getitem__(self, at: int | slice) -> Observation | Series:
        """One of them, or a stretch."""
        if isinstance(at, slice):
            return Series(self._table, self._rows[at])
        return self._values([self._rows.item(at)])[0]

    def __iter__(self) -> Iterator[Observation]:
        """Each of them, in order."""
        rows: list[int] = self._rows.tolist()
        for first in range(0, len(rows), CHUNK):
            yield from self._values(rows[first : first + CHUNK])

    def _values(self, rows: Sequence[int]) -> list[Observation]:
        """The figures of some rows of the table, each made once."""
        cache, table = self._table.cache, self._table
        lacks = [row for row in rows if row not in cache]
        if lacks:
            some = Series(table, np.array(lacks))
            labels = [[some.names(n)[at] for at in some.codes(n).tolist()] for n in LABELS]
            periods = [some.names("period")[at] for at in some.codes("period").tolist()]
            columns = (
                periods,
                some.value.tolist(),
                some.low.tolist(),
                some.high.tolist(),
                some.exact.tolist(),
                some.bounded.tolist(),
                some.printed,
                some.ids,
                some.known.tolist(),
                some.superseded.tolist(),
                zip(*labels, strict=True),
            )
            doubts_of = table.doubts_of  # one for all values
            for row, *cells in zip(lacks, *columns, strict=True):
                cache[row] = of_row(*cells, doubts_of=doubts_of)
        return [cache[row] for row in rows]

    def where(self, mask: Mask | Codes) -> Series:
        """Those for which a mask holds, or those at these places in this order."""
        return Series(self._table, self._rows[mask])

    def select(self, **labels: Any) -> Series:
        """Those that have this label, or one of these: `select(form="level", region=["a", "b"])`.

        >>> rows = [Observation.of("gdp", year, "1") for year in ("2019", "2020", "2021")]
        >>> years = [rows[0].period, rows[2].period]
        >>> [str(one.period) for one in Series.of(rows).select(indicator="gdp", period=years)]
        ['2019', '2021']
        """
        return self.where(self.have(**labels))

    def have(self, **labels: Any) -> Mask:
        """True for the figures with this label, or one of these."""
        mask = np.ones(len(self), dtype=bool)
        for name, wanted in labels.items():
            numbers = self._table.numbers(name)
            if isinstance(wanted, Collection) and not isinstance(wanted, str):
                fit = [numbers[label] for label in set(wanted) if label in numbers]
                mask &= np.isin(self.codes(name), np.array(fit, dtype=np.int64))
            else:
                mask &= self.codes(name) == numbers.get(wanted, -1)
        return mask

    @property
    def usual(self) -> Mask:
        """Which are of the usual coverage and series: no entity, no scope, no vintage."""
        return self.have(entity="", scope="", vintage="")

    def codes(self, label: str) -> Codes:
        """The label of each as a number, whose name stands at that place of `names`."""
        return self._table.codes(label)[self._rows].astype(np.int64)

    def names(self, label: str) -> list[Any]:
        """The values of a label that its codes stand for."""
        return self._table.names(label)

    def texts(self, label: str) -> Texts:
        """A label of each; of a period its text."""
        texts = np.array([*map(str, self.names(label)), ""], dtype=object)
        return texts[self.codes(label)]

    def ranks(self, label: str) -> Codes:
        """The place of each one's label in the order of texts."""
        names = self.names(label)
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return ranks[self.codes(label)]

    def distinct(self, label: str) -> list[Any]:
        """Each label that they have, once, in order of the first.

        >>> rows = [Observation.of(name, "2021", "1") for name in ("jobs", "gdp", "jobs")]
        >>> Series.of(rows).distinct("indicator")
        ['jobs', 'gdp']
        """
        names = self.names(label)
        return [names[code] for code in pd.unique(self.codes(label)).tolist()]

    @property
    def value(self) -> Floats:
        """The number of each in its indicator's unit."""
        return self._table.value[self._rows]

    @property
    def low(self) -> Floats:
        """The low end of each bound; the number itself where it is unknown."""
        return self._table.low[self._rows]

    @property
    def high(self) -> Floats:
        """The high end of each bound; the number itself where it is unknown."""
        return self._table.high[self._rows]

    @property
    def bounded(self) -> Mask:
        """Which have known ends."""
        return self._table.bounded[self._rows]

    @property
    def exact(self) -> Mask:
        """Which are without any error: full counts."""
        return self._table.exact[self._rows]

    @property
    def ids(self) -> Texts:
        """The names by which they are cited."""
        return self._table.texts("id", self._rows)

    @property
    def printed(self) -> Texts:
        """The numbers as their sources print them, with the unit there."""
        value, unit = (self._table.texts(name, self._rows) for name in ("value", "unit"))
        texts = value + " " + unit
        for at in np.flatnonzero((value == "") | (unit == "")):
            texts[at] = texts[at].strip()
        return texts

    @property
    def known(self) -> npt.NDArray[np.datetime64]:
        """The days by which they were published."""
        return self._table.known[self._rows].astype("datetime64[D]")

    @property
    def superseded(self) -> Mask:
        """Which are corrected by a later row of the same source."""
        return self._table.superseded[self._rows]

    @property
    def start(self) -> Codes:
        """The first day of each as a number."""
        return self._table.days[0][self.codes("period")]

    @property
    def end(self) -> Codes:
        """The last day of each as a number."""
        return self._table.days[1][self.codes("period")]

    def joint(self, *labels: str) -> Codes:
        """One number for several labels, or for `value`: equal where all of these are."""
        combined, most = np.zeros(len(self), dtype=np.int64), 1
        for name in labels:
            codes, many = self._numbered(name)
            if most > MOST // many:
                combined, numbers = pd.factorize(combined)
                most = max(len(numbers), 1)
            combined, most = combined * many + codes, most * many
        return combined

    def _numbered(self, label: str) -> tuple[Codes, int]:
        """The codes of a label or of the number, and how many there may be."""
        if label != "value":
            return self.codes(label), max(len(self.names(label)), 1)
        codes, numbers = pd.factorize(self.value)
        return codes, max(len(numbers), 1)

    def joint_with(self, other: Series, *labels: str) -> tuple[Codes, Codes]:
        """Numbers from nought, equal where all of these labels are, for these and for others.

        The others were chosen from the same ones.
        """
        union = Series(self._table, np.concatenate((self._rows, other._rows)))
        numbers, _ = pd.factorize(union.joint(*labels))
        return numbers[: len(self)], numbers[len(self) :]

    def by(self, *labels: str) -> dict[Any, Series]:
        """Those that share these labels, in order of the first: by one label, else by a tuple.

        >>> rows = [Observation.of(name, "2021", "1") for name in ("gdp", "jobs", "gdp")]
        >>> {name: len(group) for name, group in Series.of(rows).by("indicator").items()}
        {'gdp': 2, 'jobs': 1}
        """
        if not len(self):
            return {}
        group, _ = pd.factorize(self.joint(*labels))
        order = np.argsort(group, kind="stable")
        ends = np.cumsum(np.bincount(group))
        rows = np.split(self._rows[order], ends[:-1])
        first = self._rows[order[np.concatenate(([0], ends[:-1]))]]
        codes = (self._table.codes(name)[first].tolist() for name in labels)
        keys = [[self.names(n)[at] for at in some] for n, some in zip(labels, codes, strict=True)]
        group_keys = keys[0] if len(labels) == 1 else list(zip(*keys, strict=True))
        return {key: Series(self._table, some) for key, some in zip(group_keys, rows, strict=True)}

    def first(self, *labels: str) -> Series:
        """The first of those that share these labels."""
        return self.where(~pd.Series(self.joint(*labels)).duplicated().to_numpy())

    def last(self, *labels: str) -> Series:
        """The last of those that share these labels."""
        again = pd.Series(self.joint(*labels)).duplicated(keep="last")
        return self.where(~again.to_numpy())

    def shared(self, *labels: str) -> Series:
        """Those that share these labels with another."""
        return self.where(pd.Series(self.joint(*labels)).duplicated(keep=False).to_numpy())

    def wide(self, column: str) -> pd.DataFrame:
        """`value`, `low` or `high` as a table: (period, region) down, industry across."""
        labels = {name: self.texts(name) for name in ("period", "region", "industry")}
        frame = pd.DataFrame(labels, dtype="str").assign(number=getattr(self, column))
        wide = frame.pivot(index=["period", "region"], columns="industry", values="number")
        return wide.astype(float).rename_axis(columns=None)

    def in_order(self) -> Series:
        """In order of period: by the last day, then by the first."""
        return Series(self._table, self._rows[np.lexsort((self.start, self.end))])
