"""The constraints of a region's accounts, and the likely sizes of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from songhua.maths.accounts import Constraint, Constraints, LogRatio
from songhua.maths.accounts.prior import Prior
from songhua.maths.bounds import Interval
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.readings import INFINITE, Cell, Reading

MEASURES = ("value_added", "output")
#: The beginning of the name of a constraint on an industry's value-added ratio; its code follows.
RATIO = "ratio of value added "
#: The greatest distance of value added over output from the nation's, in deviations: assumed.
FAR = 2.5


@dataclass(frozen=True, eq=False)
class System:
    """Constraints on a region's cells: value added and output of each industry of the table.

    `country` is that of the nation, where the prior was learnt in it too; blank elsewhere.
    """

    nation: Nation
    readings: tuple[Reading, ...]
    prior: Prior
    country: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell."""
        return tuple((measure, code) for measure in MEASURES for code in self.nation.codes)

    def identities(self) -> list[Constraint]:
        """Value added is part of output; a region's output is part of its nation's."""
        rules: list[Constraint] = []
        for k, code in enumerate(self.nation.codes):
            added, output = ("value_added", code), ("output", code)
            rules.append(
                Constraint(
                    f"part of output {code}", {added: 1, output: -1}, -INFINITE, 0, "identity"
                )
            )
            for cell, most in (
                (added, self.nation.value_added[k]),
                (output, self.nation.output[k]),
            ):
                if self.of_nation:
                    name = f"part of the nation {cell[0]} {code}"
                    rules.append(Constraint(name, {cell: 1}, 0, float(most), "identity"))
        return rules

    @property
    def of_nation(self) -> bool:
        """True where the table is of a larger area, so that the region is part of it."""
        return bool(self.nation.region)

    @cached_property
    def certain(self) -> Constraints:
        """Constraints from print and identities alone."""
        printed = [reading.certain for reading in self.readings if reading.certain is not None]
        return Constraints(self.cells, (*self.identities(), *printed))

    @cached_property
    def assumed(self) -> Constraints:
        """The same with assumptions: narrower perimeters, prices, ratios of value added."""
        rules = [reading.constraint for reading in self.readings if reading.constraint is not None]
        return Constraints(self.cells, (*self.identities(), *rules, *self.ratios_within()))

    @cached_property
    def apart(self) -> tuple[str, ...]:
        """The codes of whose output nothing is printed: it follows value added alone."""
        rules = [reading.constraint for reading in self.readings if reading.constraint is not None]
        printed_cells = {cell for rule in rules for cell in rule.terms}
        return tuple(code for code in self.nation.codes if ("output", code) not in printed_cells)

    @cached_property
    def drawn(self) -> Constraints:
        """Constraints that draws must meet, without the outputs that stand apart.

        The ends of ratios are left out: draws have ratios as normal, and are not cut again.
        """
        apart_cells = {("output", code) for code in self.apart}
        rules = [reading.constraint for reading in self.readings if reading.constraint is not None]
        identities = [rule for rule in self.identities() if apart_cells.isdisjoint(rule.terms)]
        return Constraints(
            tuple(cell for cell in self.cells if cell not in apart_cells), (*identities, *rules)
        )

    def ratios_within(self) -> list[Constraint]:
        """Value added over output lies within some deviations of the nation's ratio."""
        rules: list[Constraint] = []
        for k, code in enumerate(self.nation.codes):
            ratio, sd = self.added_per_output[k], self.ratio_sd[k]
            low, high = (min(float(ratio * np.exp(side * FAR * sd)), 1.0) for side in (-1, 1))
            terms = {("value_added", code): 1, ("output", code): -Interval(low, high)}
            name = f"{RATIO}{code}"
            rules.append(Constraint(name, terms, 0, 0, "assumed"))
        return rules

    @cached_property
    def added_per_output(self) -> np.ndarray:
        """The nation's value added per unit of output."""
        return self.nation.value_added / np.maximum(self.nation.output, self.nation.value_added)

    @cached_property
    def ratio_sd(self) -> np.ndarray:
        """The deviation of the logarithm of that ratio between a region and its nation."""
        return self.prior.log_ratio_sd("output", self.nation.kinds)

    def likely(self, share: float) -> list[LogRatio]:
        """Sizes of industries, about the nation's shares in the whole; output over value added.

        The whole is printed, so a share of it is an amount. A region that is larger than the table,
        as one with a table of its own after a revision, spreads as one of the table's size.
        """
        nation = self.nation
        whole = float(np.log(share * nation.value_added.sum()))
        part = nation.value_added / nation.value_added.sum()
        mean, sd = self.prior.log_quotients(
            nation.kinds,
            nation.value_added,
            min(share, 1.0),
            industries=nation.learnt_as or None,
            country=self.country,
        )
        ratios: list[LogRatio] = []
        for k, code in enumerate(nation.codes):
            added, output = ("value_added", code), ("output", code)
            quotient = float(np.log(part[k]) + mean[k]) + whole
            ratios.append(LogRatio(f"share {code}", {added: 1.0}, quotient, float(sd[k])))
            ratio = float(-np.log(self.added_per_output[k]))
            ratios.append(
                LogRatio(
                    f"output {code}", {output: 1.0}, ratio, float(self.ratio_sd[k]), {added: 1.0}
                )
            )
        # shares of another year, or as jobs have them, in the whole as printed; one may be told by
        # several figures
        read_ratios = {
            reading.likely.name: reading.likely
            for reading in self.readings
            if reading.likely is not None
        }
        for name, log_ratio in read_ratios.items():
            ratios.append(LogRatio(name, log_ratio.of, log_ratio.mean + whole, log_ratio.sd))
        return ratios
