"""Closed lists of the plan and of its tracking: what a target's words, a task or a class may be.

Each value is the text that files and result tables hold; where a list has a blank value, the
member says what blank means. Words for them stand in the message catalogues under `choices`.
"""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TypeVar

from songhua.errors import SonghuaError
from songhua.fault_kinds import ChoiceUnknown


class Term(StrEnum):
    """A value of a closed list; it is equal to its text, and shown as it."""

    def __repr__(self) -> str:
        """The text in quotation marks."""
        return repr(self.value)


T = TypeVar("T", bound=Term)


def term(kind: type[T], text: str) -> T:
    """The value of a closed list that has this text.

    Raises:
        SonghuaError: `choice_unknown`, for a text that the list does not have.

    >>> term(Sense, "rise") is Sense.RISE, term(Sense, "") is Sense.NONE
    (True, True)
    >>> term(Sense, "sideways")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'sideways' is not one of the values allowed here. Use one of: rise, fall.
    """  # noqa: E501
    try:
        return kind(text)
    except ValueError:
        choices = tuple(choice for choice in kind if choice)
        raise SonghuaError(ChoiceUnknown(text=text[:80], choices=choices)) from None


class Quantity(Term):
    """Kind of a target's number; `course` is words without one.

    An `addition` is what is added or built within the time; a `relation` sets the figure against
    another's; a `rank` is a place among others.
    """

    LEVEL = auto()
    GROWTH = auto()
    CHANGE = auto()
    MULTIPLE = auto()
    ADDITION = auto()
    RELATION = auto()
    RANK = auto()
    COURSE = auto()


class Bound(Term):
    """The word at the number; none for a bare number."""

    NONE = ""
    AT_LEAST = auto()
    MORE_THAN = auto()
    AT_MOST = auto()
    LESS_THAN = auto()
    ABOUT = auto()
    NEARLY = auto()
    RANGE = auto()


class Sense(Term):
    """Which way the verb points."""

    NONE = ""
    RISE = auto()
    FALL = auto()


class Pace(Term):
    """Each year on average, in each single year, or from the base to the end."""

    NONE = ""
    A_YEAR = auto()
    EACH_YEAR = auto()
    IN_ALL = auto()


class Prices(Term):
    """Prices of a growth or a level: without their change, with it, or not said."""

    NONE = ""
    REAL = auto()
    NOMINAL = auto()


class Course(Term):
    """The course that words without a number ask for."""

    NONE = ""
    RISE = auto()
    RISE_MARKEDLY = auto()
    FALL = auto()
    FALL_MARKEDLY = auto()
    HOLD = auto()
    POSITIVE = auto()
    NEGATIVE = auto()
    NO_GROWTH = auto()
    NO_FALL = auto()
    NARROWER_FALL = auto()
    SLOWER_RISE = auto()
    IN_REASON = auto()
    ASSIGNED = auto()


class Relation(Term):
    """Relation to another's figure: to reach it, a share of it, to exceed it."""

    NONE = ""
    REACH = auto()
    FLOOR = auto()
    CEILING = auto()
    EXCEED = auto()
    BELOW = auto()
    SHARE = auto()
    IN_STEP = auto()


class Effort(Term):
    """Degree to which the plan commits itself."""

    NONE = ""
    STRIVE = auto()
    ENSURE = auto()


class HoldKind(Term):
    """Keeping of a level: as it is, below a ceiling, or neither."""

    NONE = ""
    KEEP = auto()
    CEILING = auto()


class Nature(Term):
    """Nature of a target: the government has committed itself to it, or expects it.

    An `expectation` is no target: a source once printed what it thought would come.
    """

    BINDING = auto()
    ANTICIPATORY = auto()
    NOT_STATED = ""
    EXPECTATION = auto()


class Direction(Term):
    """The better direction; none if the words do not give it."""

    NONE = ""
    HIGHER = auto()
    LOWER = auto()
    AROUND = auto()


class TargetPath(Term):
    """Path by which a target is to be reached, and so the measure of its progress."""

    LEVEL = auto()
    STEADY = auto()
    GROWTH = auto()
    CUMULATIVE = auto()
    SUM = auto()
    EACH_YEAR = auto()
    YEAR = auto()
    COURSE = auto()


class Qualifier(Term):
    """The word that a source puts before a number."""

    NONE = ""
    ABOUT = auto()
    MORE_THAN = auto()
    AT_LEAST = auto()
    NEARLY = auto()
    AT_MOST = auto()
    LESS_THAN = auto()


class ReadingCode(Term):
    """Readings of a target's words that are judgements."""

    ABOUT_WIDTH = auto()
    BARE_NUMBER = auto()
    COURSE_WIDTH = auto()
    GROWTH_FROM_LEVELS = auto()
    MEAN_OF_YEARS = auto()
    STRIVE_AS_TARGET = auto()
    UNIT_AS_INDICATOR = auto()


class Outcome(Term):
    """Outcome of a target; `unknown` is left open by rounding, `open` by time."""

    NONE = ""
    MET = auto()
    NOT_MET = auto()
    UNKNOWN = auto()
    OPEN = auto()


class Position(Term):
    """The position of the latest figure against the target; none for a target without a number."""

    NONE = ""
    BELOW = auto()
    AT_LOW_END = auto()
    WITHIN = auto()
    ON = auto()
    AT_HIGH_END = auto()
    ABOVE = auto()


class Missing(Term):
    """The gap for which a target cannot be assessed."""

    NONE = ""
    NO_BASE = auto()
    NO_FIGURE = auto()
    NO_OUTCOME = auto()
    OUTDATED = auto()
    NO_ECONOMY = auto()
    YEARS_MISSING = auto()
    BASE_IS_GOAL = auto()
    RANGE_NOT_STATED = auto()
    AVERAGE_NOT_GIVEN = auto()
    NUMBER_NOT_GIVEN = auto()


class Inference(Term):
    """The way in which other figures of the folder give a level."""

    RATIO = auto()
    SHARE = auto()
    GROWTH = auto()


class Basis(Term):
    """Basis of the latest figure of a target; none where there is no figure."""

    NONE = ""
    PUBLISHED = auto()
    SAME_QUANTITY = auto()
    REPORTED = auto()


class PaceUnit(Term):
    """In what a required pace is counted: units a year, % a year, % in the rest of the year."""

    NONE = ""
    A_YEAR = auto()
    PERCENT = auto()
    REST = auto()


class NoOdds(Term):
    """The reason why a target whose time is not over has no odds; none if it has odds."""

    NONE = ""
    PART_OF_YEAR = auto()
    TOO_FAR = auto()
    FEW_YEARS = auto()
    ADDS_UP = auto()


class Standing(Term):
    """Standing of a class of targets, whatever its scheme calls it; an expectation has its own."""

    MISSED = auto()
    BEHIND = auto()
    ON_COURSE = auto()
    AHEAD = auto()
    ACHIEVED = auto()
    EXPECTED = auto()
    NO_DATA = auto()
