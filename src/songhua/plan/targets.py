"""A target's values: the demand of a plan, and which readings of its words are judgements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from songhua.grammar.units import unit_meant
from songhua.maths.bounds import Interval
from songhua.maths.wording import about_width
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Direction,
    Effort,
    HoldKind,
    Nature,
    Pace,
    Prices,
    Quantity,
    ReadingCode,
    Relation,
    Sense,
)

INF = float("inf")
FLOORS = (Bound.AT_LEAST, Bound.MORE_THAN)
CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)
DOWNWARD = (
    Course.FALL,
    Course.FALL_MARKEDLY,
    Course.NEGATIVE,
    Course.NO_GROWTH,
    Course.SLOWER_RISE,
)


@dataclass(frozen=True)
class Target:
    """The demand of a target, each part of its words a value.

    `quantity` says what the number is: `level`, `growth` (%, or a part of the base), `change` (in
    points or units), `multiple` (of the base), `addition` (what is added or built within the
    time), `relation` (to another's figure), `rank` (a place among others), or `course` (words
    without a number; then `course` says which). `pace` is `a_year` (each year on average) or
    `in_all` (from the base to the end).
    `bound` is `at_least`, `more_than`, `at_most`, `less_than`, `about`, `nearly`, `range`, or
    blank for a bare number. `low` is the number as printed (a part as 1/3), or the lower end of a
    range; `high` the upper end; `soft` a range with "about"; `stretch` a second number that is
    striven for. `sense` is `rise` or `fall`, `held` is `keep` or `ceiling`. `base` is a year as
    printed, `previous` (the year before) or `plan`; `by` a year, a month (`2025-05`), `year` or
    `plan`; `span` two years (`2021..2025`), a number of years (`5y`) or `plan`. `start` is the
    number that the words begin from ("from 25 % to 30 %").

    For a relation, `peer` is the place or indicator compared with (`economy`, `nation`, `province`,
    `city`, or a name as printed), `relation` the required relation to it; `low` is the share of it,
    or the points by which it is exceeded. Its `sense` is set where growth or a fall is compared,
    not the level. Of a rank, `peer` says among whom it is counted.

    `effort` is `strive` or `ensure`, `nature` is `binding` or `anticipatory`, `subject` the name
    of what is measured, if printed. The words are written from these fields alone.
    """

    quantity: Quantity
    bound: Bound = Bound.NONE
    low: str = ""
    high: str = ""
    unit: str = ""
    sense: Sense = Sense.NONE
    pace: Pace = Pace.NONE
    course: Course = Course.NONE
    relation: Relation = Relation.NONE
    peer: str = ""
    base: str = ""
    by: str = ""
    span: str = ""
    effort: Effort = Effort.NONE
    nature: Nature = Nature.NOT_STATED
    held: HoldKind = HoldKind.NONE
    stretch: str = ""
    start: str = ""
    prices: Prices = Prices.NONE
    soft: bool = False
    subject: str = ""

    @property
    def goal(self) -> Interval:
        """The numbers that the words ask for, in the target's unit; a fall is negative.

        A bare number and one with "about" give themselves: how far to either side still counts
        is a judgement, and not made here.

        >>> from songhua.plan import parse_target
        >>> parse_target("5.5%—6%").goal, parse_target("下降13.5%以上").goal.high
        (Interval(low=5.5, high=6.0), -13.5)
        """
        if not self.low or self.quantity == Quantity.RELATION:
            return Interval(-INF, INF)
        low = number(self.low)
        high = number(self.high) if self.high else low
        lesser = self.quantity == Quantity.MULTIPLE and self.sense == Sense.FALL
        if self.bound in (CEILINGS if lesser else FLOORS):
            high = INF
        elif self.bound in (FLOORS if lesser else CEILINGS):
            low = -INF
        return Interval(-high, -low) if self.falls else Interval(low, high)

    @property
    def falls(self) -> bool:
        """True where the number says by how much something is to fall.

        >>> from songhua.plan import parse_target
        >>> parse_target("下降13.5%").falls, parse_target("降至3%").falls
        (True, False)
        """
        return self.sense == Sense.FALL and self.quantity in (Quantity.GROWTH, Quantity.CHANGE)

    @property
    def direction(self) -> Direction:
        """Where the words point: higher, lower, around, or none where they do not say.

        >>> from songhua.plan import parse_target
        >>> [parse_target(t).direction for t in ("6%以上", "控制在3%以内", "基本持平", "4.5个")]
        ['higher', 'lower', 'around', '']
        """
        if self.quantity == Quantity.RELATION:
            down = self.relation in (Relation.CEILING, Relation.BELOW)
            return Direction.LOWER if down != (self.sense == Sense.FALL) else Direction.HIGHER
        if self.quantity == Quantity.RANK:
            return Direction.LOWER
        falls = self.falls or (self.quantity, self.sense) == (Quantity.MULTIPLE, Sense.FALL)
        if self.held == HoldKind.CEILING or self.bound in CEILINGS:
            return Direction.HIGHER if falls else Direction.LOWER
        if self.bound in FLOORS:
            return Direction.LOWER if falls else Direction.HIGHER
        if self.course in (Course.HOLD, Course.IN_REASON):
            return Direction.AROUND
        if self.course:
            return Direction.LOWER if self.course in DOWNWARD else Direction.HIGHER
        if self.quantity == Quantity.ADDITION:
            return Direction.HIGHER
        by_sense = {Sense.RISE: Direction.HIGHER, Sense.FALL: Direction.LOWER}
        return by_sense.get(self.sense, Direction.NONE)

    @property
    def hundredfold(self) -> float:
        """The factor that turns a growth printed as a part or in times into percent; else one.

        >>> from songhua.plan import parse_target
        >>> parse_target("下降三分之一").hundredfold, parse_target("下降5%").hundredfold
        (100.0, 1.0)
        """
        return 100.0 if self.quantity == Quantity.GROWTH and self.unit == "x" else 1.0

    def reach(self, unit: str, rate: bool, about: float | None = None) -> tuple[float, float]:
        """The reach of its words below and above the goal; "nearly" only towards zero.

        `unit` is that of the words, `rate` whether the number is one of growth, and `about` the
        width, in that unit, where the plan's row gives one. Growth is in percent.

        >>> from songhua.plan import parse_target
        >>> parse_target("下降近20%").reach("%", rate=True)
        (0.0, 1.0)
        >>> parse_target("70%左右").reach("%", rate=False)
        (0.5, 0.5)
        """
        times = self.hundredfold
        written_unit = unit_meant("%" if times > 1 else unit)
        printed = [exact_number(text) * int(times) for text in (self.low, self.high or self.low)]
        of_share = not rate or written_unit.dimension[0] == "points"
        widths = [about_width(number, written_unit, of_share) for number in printed]
        below, above = (about * times if about is not None else float(width) for width in widths)
        if self.falls:
            below, above = above, below
        if self.bound == Bound.NEARLY:
            return (0.0, above) if self.falls or printed[0] < 0 else (below, 0.0)
        return below, above

    @property
    def judgements(self) -> tuple[ReadingCode, ...]:
        """Which readings are judgements, to be shown as assumptions with a result.

        >>> from songhua.plan import parse_target
        >>> parse_target("6%左右").judgements, parse_target("稳步提高").judgements
        (('about_width',), ('course_width',))
        """
        codes: list[ReadingCode] = []
        if self.bound in (Bound.ABOUT, Bound.NEARLY) or self.soft:
            codes.append(ReadingCode.ABOUT_WIDTH)
        if self.quantity in (Quantity.COURSE, Quantity.RELATION) and not self.low:
            codes.append(ReadingCode.COURSE_WIDTH)
        if self.low and not self.bound:
            codes.append(ReadingCode.BARE_NUMBER)
        if self.effort == Effort.STRIVE and not self.stretch:
            codes.append(ReadingCode.STRIVE_AS_TARGET)
        return tuple(codes)


def number(text: str) -> float:
    """A printed number, or part.

    >>> number("1,135"), number("−3"), number("3/4")
    (1135.0, -3.0, 0.75)
    """
    return float(exact_number(text))


def exact_number(text: str) -> Fraction:
    """A printed number, or part, without the error of a float.

    >>> exact_number("1,135.5"), exact_number("1/3")
    (Fraction(2271, 2), Fraction(1, 3))
    """
    return Fraction(re.sub("[−－]", "-", text.replace(",", "").removeprefix("+")))
