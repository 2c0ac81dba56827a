"""Readings of printed figures: each as a constraint or a likelihood, or why it is neither.

The form and the measure of an indicator determine the reading of a figure, not its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from songhua.maths.accounts import Constraint, LogRatio
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.perimeters import Weights

#: A cell of accounts: its measure and the code of its industry.
Cell = tuple[str, str]
#: The measures that have cells, and in which of them a figure of a measure is read.
CELLS = {"value_added": "value_added", "output": "output", "revenue": "output"}
#: The measures that follow value added, and the measure of the figures that tell them.
FOLLOWING = {"pay": "pay", "jobs": "employment"}
#: The movement of an industry's prices against those of its whole within a year: assumed.
PRICES = Interval(0.85, 1.15)
INFINITE = float("inf")


@dataclass(frozen=True)
class Reading:
    """A figure as it is read.

    `certain` is the constraint by print and definitions, `assumed` the constraint with assumptions,
    which `assumptions` lists. A figure without either is not used, for the `reason` given.
    """

    observation: Observation
    how: str
    certain: Constraint | None = None
    assumed: Constraint | None = None
    likely: LogRatio | None = None
    reason: str = ""
    other_ids: tuple[str, ...] = ()
    whole: str = ""
    assumptions: tuple[str, ...] = ()

    @property
    def is_used(self) -> bool:
        """True where it states a constraint, a ratio or a scale.

        >>> Reading(Observation.of("gdp", "2021", "5"), "none", reason="no_perimeter").is_used
        False
        """
        return self.how != "none"

    @property
    def constraint(self) -> Constraint | None:
        """The constraint with assumptions; without any, the certain one."""
        return self.assumed or self.certain

    @property
    def statements(self) -> tuple[Constraint | LogRatio, ...]:
        """The constraint and the ratio that draws rest on."""
        return tuple(rule for rule in (self.constraint, self.likely) if rule is not None)

    @property
    def ids(self) -> tuple[str, ...]:
        """The observations that it rests on."""
        return tuple(dict.fromkeys((*self.observation.ids, *self.other_ids)))


def unread(figure: Observation, reason: str) -> Reading:
    """A figure that is not used."""
    return Reading(figure, "none", reason=reason)


def ends(figure: Observation) -> Interval:
    """The interval of a figure: its rounding, or the range that the word before it leaves.

    >>> ends(Observation.of("output", "2021", "200"))
    Interval(low=199.5, high=200.5)
    """
    return figure.bound if figure.bounded else figure.sure


def prices_between(region: Region, level: str, rate: str) -> Interval:
    """The move of an industry's prices against its whole's that is possible between level and rate.

    One where both are told in the same prices; else `PRICES`, which is assumed.

    >>> from songhua.studies.diagnose import town
    >>> prices_between(town.region(), "gdp", "growth")
    Interval(low=1.0, high=1.0)
    """
    return Interval(1, 1) if region.relations.same_prices(level, rate) else PRICES


def sum_of(measure: str, weights: Weights) -> dict[Cell, Interval]:
    """The terms of a weighted sum of the cells of a measure.

    >>> sum_of("revenue", {"food": Interval(1, 1)})
    {('output', 'food'): Interval(low=1.0, high=1.0)}
    """
    return {(CELLS[measure], code): weight for code, weight in weights.items()}


def part_of(share: Interval, part: Weights, whole: Weights, measure: str) -> dict[Cell, Interval]:
    """The terms of part - share × whole, which is nought.

    A code of which the same open share stands in both is taken once: a (1 - s), not a - s a.

    >>> some, half = Interval(0, 1), Interval(0.5, 0.5)
    >>> terms = part_of(half, {"a": some}, {"a": some, "b": some}, "output")
    >>> round(terms["output", "a"].high, 9)
    0.5
    """
    terms: dict[str, Interval] = {}
    for code in {**whole, **part}:
        part_weight, all_ = part.get(code), whole.get(code)
        if part_weight is not None and all_ is not None and part_weight == all_:
            terms[code] = part_weight * (Interval(1, 1) - share)
        else:
            zero = Interval(0, 0)
            terms[code] = (part_weight or zero) - share * (all_ or zero)
    return sum_of(measure, {code: term for code, term in terms.items() if term.low or term.high})
