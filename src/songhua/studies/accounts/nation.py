"""The nation's industries: codes, kinds and sizes of the table in use, in millions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import convert
from songhua.maths.bounds import Interval
from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region
from songhua.studies.fault_kinds import AccountsNoTable
from songhua.studies.table_in_use import column, table_in_use, value_added

#: The classification of `learnt_as` by whose sections covariates were learnt in China.
SECTIONS = "gbt4754"


@dataclass(frozen=True, eq=False)
class Nation:
    """Sizes, kinds and owners of the industries of the table in use; money in `unit`.

    `owner` is the industry of the region that a code belongs to and `inclusion` how far, `within`
    the sector that it lies in; `parts` has a row for the part of a code that an industry contains.
    `learnt_as` is the code's industry in the prior, blank for none. `jobs` are persons.
    """

    table: str
    region: str
    year: int | None
    unit: str
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    value_added: np.ndarray
    output: np.ndarray
    labour: np.ndarray
    owner: pd.Series
    inclusion: pd.Series
    within: pd.Series
    parts: pd.DataFrame
    learnt_as: tuple[str, ...] = ()
    jobs: np.ndarray | None = None

    def following(self, measure: str) -> tuple[np.ndarray, str]:
        """The nation's pay or jobs by industry, noughts where they are not known, and the unit."""
        if measure == "pay":
            return self.labour, self.unit
        return np.zeros(len(self.codes)) if self.jobs is None else self.jobs, "persons"

    def of_codes(self, weights: Mapping[str, Interval]) -> tuple[str, str, float]:
        """Of codes with what belongs to an industry: kind and section of the largest, and the part.

        The section is blank where `learnt_as` names none; the part is that of the nation's value
        added.
        """
        places = {code: k for k, code in enumerate(self.codes)}
        amounts = {c: weight.low * self.value_added[places[c]] for c, weight in weights.items()}
        largest = places[max(amounts, key=lambda code: amounts[code])]
        scheme, _, section = (self.learnt_as[largest] if self.learnt_as else "").partition(":")
        part = float(sum(amounts.values()) / self.value_added.sum())
        return self.kinds[largest], section if scheme == SECTIONS else "", part

    @classmethod
    def of(cls, region: Region) -> Nation:
        """The nation of the table in use.

        Raises:
            SonghuaError: `accounts_no_table`.

        >>> import songhua
        >>> nation = Nation.of(songhua.open(songhua.example("washington")).region)
        >>> nation.unit, bool((nation.value_added <= nation.output).all())
        ('m USD', True)
        """
        id = table_in_use(region)
        if id is None:
            raise SonghuaError(AccountsNoTable())
        return cls.from_table(id, region.tables[id], region.currency)

    @classmethod
    def from_table(cls, id: str, table: InputOutputTable, currency: str) -> Nation:
        """The same from a table."""
        unit = f"m {currency}"
        factor = convert(1, table.unit, unit)
        output = table.x.to_numpy(float) * factor
        added = value_added(table).to_numpy(float) * factor
        whole = added > 0
        codes = pd.Index([str(code) for code in table.x.index])
        described = table.industries if table.industries is not None else pd.DataFrame(index=codes)
        names = ("industry", "inclusion", "within", "kind", "learnt_as", "jobs")
        columns = (column(described, name, codes)[whole] for name in names)
        industry, inclusion, within, kind, learnt_as, jobs = columns
        pay = [str(row) for row in table.v.index if str(row).startswith("labour")]
        labour = table.v.loc[pay].sum().to_numpy(float) * factor
        parts = getattr(table, "parts", None)
        return cls(
            id,
            table.region,
            table.year,
            unit,
            tuple(codes[whole]),
            tuple(kind.replace("", "services")),
            added[whole],
            output[whole],
            labour[whole],
            industry,
            inclusion,
            within,
            pd.DataFrame() if parts is None else parts,
            tuple(learnt_as),
            pd.to_numeric(jobs).fillna(0.0).to_numpy(float),
        )
