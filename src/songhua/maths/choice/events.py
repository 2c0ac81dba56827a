"""Entry and exit: industries that a region gained or lost between two periods.

Everything that a definition leaves open is a number of `Definition`, so that another reading is
another value, not another programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import ChoiceDefinition
from songhua.maths.levels import nonzero

Array: TypeAlias = np.ndarray
Kind: TypeAlias = Literal["entry", "exit"]
KINDS: tuple[Kind, ...] = ("entry", "exit")


@dataclass(frozen=True)
class Definition:
    """The numbers that define an entry and an exit.

    An industry can **enter** a region when its quotient is below `below`, and has entered when it
    is `above` or more in the last `held` periods of the span, its lower bound is above `below` at
    the end, and it has grown. One can **leave** when its quotient is `above` or more with its lower
    bound above `below`, and has left when the quotient is below `below` in the last `gone` periods.
    An industry that entered less than `held` periods ago cannot leave, and one that left less than
    `gone` periods ago cannot enter: the crossing is too recent to show that it lasts.

    Attributes:
        below: the quotient under which an industry is not among a region's specialisations.
        above: the quotient from which on it is.
        floor: what a cell must be expected to hold at the start (region's size × the industry's
            share in all regions) to be judged: jobs where `counted`, else a share of the region.
        level: the level of the lower bound of a quotient, one-sided.
        rounded: the step to which published counts are rounded; the floor is at least ten of it.
        counted: whether the levels are counts (jobs, firms), whose noise is Poisson's. Levels of
            value have no noise that is known: their lower bound is the quotient itself.
        jobs: what a counted cell must itself hold at the start to be judged.
        every: how many periods from start to start: 5 for odds of five years from yearly figures.
        held: in how many periods running an entry must hold to count, its own among them.
        gone: the same of an exit.
    """

    below: float = 0.8
    above: float = 1.0
    floor: float = 30.0
    level: float = 0.95
    rounded: float = 1.0
    counted: bool = True
    every: int = 1
    held: int = 1
    gone: int = 1
    jobs: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a definition that no quotient could meet."""
        quotients = 0 < self.below <= self.above
        bounded = (
            0.5 <= self.level < 1
            and min(self.floor, self.jobs) >= 0
            and min(self.rounded, self.every) >= 1
        )
        bounded &= min(self.held, self.gone) >= 1
        if not quotients or not bounded:
            raise SonghuaError(ChoiceDefinition(**asdict(self)))

    @property
    def least(self) -> float:
        """The floor that is used: ten steps of rounding, if that is more.

        >>> Definition().least, Definition(rounded=10.0).least
        (30.0, 100.0)
        """
        return max(self.floor, 10 * self.rounded) if self.counted else self.floor

    @property
    def span(self) -> int:
        """The periods from the start of a transition until its outcome is known.

        >>> Definition(every=5, held=3).span, Definition(held=2).span
        (5, 2)
        """
        return max(self.every, self.held, self.gone)

    @property
    def lag(self) -> int:
        """The span in starts: a transition is learnt from those so far back.

        >>> Definition(every=5, held=3).lag, Definition(held=2).lag
        (1, 2)
        """
        return -(-self.span // self.every)

    def running(self, kind: Kind) -> int:
        """In how many periods running a crossing must hold."""
        return self.held if kind == "entry" else self.gone


#: The definition for panels of value: a cell must be expected to hold 0.2 % of its region.
VALUE = Definition(floor=0.002, counted=False)


class State(NamedTuple):
    """One period, region by industry: levels, expected levels, and quotients."""

    level: Array
    expected: Array
    quotient: Array
    weight: Array  # what the floor is held against


def state(levels: Array, definition: Definition) -> State:
    """Quotients of one period: level / expected, expected = row sum × column sum / sum of all.

    Args:
        levels: region by industry; missing where not known, and then in no sum.
        definition: says whether levels are counted.

    Returns:
        Arrays shaped as the levels; missing where a level is, or nothing is expected.

    >>> period = state(np.array([[30.0, 10.0], [30.0, 50.0]]), Definition())
    >>> period.expected.tolist(), period.quotient.tolist()
    ([[20.0, 20.0], [40.0, 40.0]], [[1.5, 0.5], [0.75, 1.25]])
    """
    filled = zero_where_missing(levels)
    rows, columns = filled.sum(axis=1), filled.sum(axis=0)
    share = columns / max(float(rows.sum()), np.finfo(float).tiny)
    rows, share = nonzero(rows), nonzero(share)
    expected = rows[:, np.newaxis] * share
    weight = expected if definition.counted else np.broadcast_to(share, levels.shape)
    return State(levels, expected, levels / expected, weight)


def lower_bound(period: State, definition: Definition) -> Array:
    """The lower end of each quotient: (x + z²/2 - z sqrt(x + z²/4)) / expected for a count x.

    The score interval of a Poisson mean. For value, whose noise is not known, the quotient.

    Source: E. B. Wilson's interval for a Poisson mean; L. Barker, A Comparison of Nine
    Confidence Intervals for a Poisson Parameter, The American Statistician 56, 2002.

    >>> period = state(np.array([[30.0, 10.0], [30.0, 50.0]]), Definition())
    >>> lower_bound(period, Definition()).round(3).tolist()
    [[1.112, 0.299], [0.556, 0.991]]
    """
    if not definition.counted:
        return period.quotient
    z = NormalDist().inv_cdf(definition.level)
    half = z * np.sqrt(period.level + z * z / 4)
    return (period.level + z * z / 2 - half) / period.expected


def zero_where_missing(levels: Array) -> Array:
    """The same levels for sums; a copy only where something is missing.

    >>> zero_where_missing(np.array([1.0, np.nan])).tolist()
    [1.0, 0.0]
    """
    return np.where(np.isnan(levels), 0.0, levels) if np.isnan(levels.sum()) else levels


def at(period: State, chosen: slice | tuple[Array, ...]) -> State:
    """A period's values at some cells.

    >>> period = state(np.array([[30.0, 10.0], [30.0, 50.0]]), Definition())
    >>> at(period, (np.array([0, 1]), np.array([1, 0]))).quotient.tolist()
    [0.5, 0.75]
    """
    return State(*(values[chosen] for values in period))


def candidates(
    start: State, definition: Definition, kind: Kind, before: Sequence[State] = ()
) -> Array:
    """Cells that can enter, or leave, region by industry.

    Args:
        start: the period at whose end the odds are told.
        definition: the numbers of the definition.
        kind: entry or exit.
        before: the periods just before. A cell that was on the other side in one of them, and has
            been on this side for less time than a crossing must last, is no candidate. Missing says
            nothing.

    >>> period = state(np.array([[90.0, 30.0], [90.0, 150.0]]), Definition())
    >>> candidates(period, Definition(), "entry").tolist()
    [[False, True], [True, False]]
    >>> candidates(period, Definition(), "exit").tolist()
    [[True, False], [False, True]]
    >>> earlier = state(np.array([[90.0, 90.0], [90.0, 90.0]]), Definition())
    >>> candidates(period, Definition(gone=2), "entry", [earlier]).any().tolist()
    False
    """
    eligible = sizeable(start, definition)
    if kind == "entry":
        eligible &= start.quotient < definition.below
    else:
        eligible &= start.quotient >= definition.above
        eligible &= lower_bound(start, definition) > definition.below
    lately = definition.running("exit" if kind == "entry" else "entry") - 1
    for period in before[max(len(before) - lately, 0) :]:
        eligible &= ~crossed(period, definition, kind)
    return eligible


def sizeable(start: State, definition: Definition) -> Array:
    """Cells large enough to be judged: by what they are expected to hold, and by what they hold.

    >>> period = state(np.array([[30.0, 10.0], [30.0, 50.0]]), Definition())
    >>> sizeable(period, Definition(jobs=20.0)).tolist()
    [[False, False], [True, True]]
    """
    large = start.weight >= definition.least
    return large & (start.level >= definition.jobs) if definition.counted else large


def crossed(period: State, definition: Definition, kind: Kind) -> Array:
    """Cells on the side on which an entry, or an exit, ends; missing ones are on none.

    >>> period = state(np.array([[90.0, 30.0], [90.0, 150.0]]), Definition())
    >>> crossed(period, Definition(), "entry").tolist()
    [[True, False], [False, True]]
    """
    if kind == "exit":
        return period.quotient < definition.below
    return period.quotient >= definition.above


def happened(
    start: State,
    ends: Sequence[State],
    definition: Definition,
    kind: Kind,
    grown: Array | None = None,
) -> Array:
    """Cells that have entered, or left, by the end, if they were candidates at the start.

    Args:
        start: the period at whose end the odds are told.
        ends: the last periods of the span; the crossing must hold in the last `held` or `gone`.
        definition: the numbers of the definition.
        kind: entry or exit.
        grown: whether each cell has grown, where that is judged by other figures (constant
            prices) than the quotients; the levels themselves decide, if it is not given.

    >>> year = [np.array([[90.0, 30.0], [90.0, 150.0]]), np.array([[90.0, 90.0], [90.0, 90.0]])]
    >>> before, after = (state(levels, Definition()) for levels in year)
    >>> happened(before, [after], Definition(), "entry").tolist()
    [[False, True], [False, False]]
    >>> happened(before, [before, after], Definition(held=2), "entry").any().tolist()
    False
    """
    occurred = crossed(ends[-1], definition, kind)
    for period in ends[-definition.running(kind) : -1]:
        occurred &= crossed(period, definition, kind)
    if kind == "exit":
        return occurred
    occurred &= ends[-1].level > start.level if grown is None else grown
    return occurred & (lower_bound(ends[-1], definition) > definition.below)
