"""The bounds that a printed number and the word before it leave: about, nearly (§5, §8)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from songhua.errors import SonghuaError
from songhua.labels import Unit
from songhua.maths.bounds import Interval, enclose, read_print, rounding_bound
from songhua.maths.fault_kinds import QualifierUnknown
from songhua.maths.rounding import INF, float_toward

#: The words that have a width: the others are a limit and leave the far side open.
WIDE = ("about", "nearly", "more_than")
#: Percentages, and points of them.
PARTS = (("ratio", ""), ("points", ""))
#: The width of "more than", relative to "about".
OVER = 2


#: The share of a number that "about" reaches to either side, and half a point.
TWENTIETH, HALF = Fraction(1, 20), Fraction(1, 2)


def about_width(
    number: Fraction, unit: Unit | None = None, of_share: bool = False, part: Fraction = TWENTIETH
) -> Fraction:
    """The width of "about" to either side of a number, in its unit (decision 55).

    A twentieth of the number, `part`. A percentage reaches half a point at least; a goal for the
    share of a whole, or for a change of one in points (`of_share`), half a point at most. So a
    larger number of the same sort has no lower end, and no lower upper end.

    >>> from songhua.labels import parse_unit
    >>> percent, firms = parse_unit("%"), parse_unit("count")
    >>> [float(about_width(Fraction(n), percent)) for n in (6, 9, 10, 20)]
    [0.5, 0.5, 0.5, 1.0]
    >>> [float(about_width(Fraction(n), percent, of_share=True)) for n in (2, 5, 70)]
    [0.1, 0.25, 0.5]
    >>> [float(about_width(Fraction(n), firms)) for n in (900, 5000, 10000)]
    [45.0, 250.0, 500.0]
    """
    reach = abs(number) * part
    if unit is None or unit.factor == 1 or unit.dimension not in PARTS:
        return reach
    return min(reach, HALF) if of_share else max(reach, HALF)


@dataclass(frozen=True, slots=True)
class Widths:
    """The width of a word before a printed number: "more than" reaches twice as far as "about".

    It is songhua's reading and not a rule of anybody; whoever reads otherwise sets another part,
    or the width of a single number. A number that is no goal and no full count (`exact`) was
    rounded when it was printed, and a word never reaches less far than that.

    >>> [str(Widths().of("2000", word)) for word in ("about", "nearly", "more_than")]
    ['100', '100', '200']
    >>> str(Widths(Fraction(1, 10)).of("5.5", "about")), str(Widths().of("5.5", "at_least"))
    ('11/20', '0')
    >>> str(Widths().of("2", "about")), str(Widths().of("2", "about", exact=True))
    ('1/2', '1/10')
    """

    part: Fraction = TWENTIETH

    def of(
        self,
        text: str,
        qualifier: str,
        unit: Unit | None = None,
        exact: bool = False,
        of_share: bool = False,
    ) -> Fraction:
        """The width that a word has before a printed number, in the number's unit.

        Raises:
            SonghuaError: `number_unreadable`.
        """
        if qualifier not in WIDE:
            return Fraction(0)
        number, rounded = read_print(text)
        reach = about_width(number, unit, of_share, self.part)
        reach = reach if exact else max(reach, rounded)
        return reach * (OVER if qualifier == "more_than" else 1)


USUAL = Widths()


def from_print(
    text: str,
    qualifier: str = "",
    exact: bool = False,
    factor: Fraction | int = 1,
    width: Fraction | None = None,
    unit: Unit | None = None,
) -> Interval:
    """The bounds that a printed number and the word before it leave, times `factor` (positive).

    | qualifier | interval |
    |---|---|
    | none | the rounding bound; the number itself if `exact` (a full count, or a goal) |
    | about | the number less the width to the number plus the width |
    | nearly | from the width below the number (nearer to zero) to the number |
    | more_than | from the number up without end, or to the number plus the width, if one is given |
    | at_least | from the number up without end |
    | at_most, less_than | from the number down without end |

    `width` is in the number's unit; without one it is the usual width of the word before a number
    of this unit. Strict and weak words give the same closed interval: the end itself is never
    what decides.

    Raises:
        SonghuaError: `number_unreadable`; `qualifier_unknown`, for another word.

    >>> print(from_print("1180", exact=True), from_print("30", "more_than"))
    1180 30..inf
    >>> print(from_print("2000", "nearly"), from_print("-3", "nearly"), from_print("5", "at_most"))
    1900..2000 -3..-2.5 -inf..5
    >>> print(from_print("2000", "about"), from_print("40", "more_than", width=Fraction(10)))
    1900..2100 40..50
    """
    number = read_print(text)[0]
    value = number * factor
    reach = (USUAL.of(text, qualifier, unit, exact) if width is None else width) * factor
    match qualifier:
        case "" if exact:
            return enclose(value, value)
        case "":
            return rounding_bound(text, factor)
        case "about":
            return enclose(value - reach, value + reach)
        case "nearly":
            nearer = max(value - reach, 0) if number > 0 else min(value + reach, 0)
            return enclose(min(value, nearer), max(value, nearer))
        case "more_than" if width is not None:
            return enclose(value, value + reach)
        case "more_than" | "at_least":
            return Interval(float_toward(value, -INF), INF)
        case "at_most" | "less_than":
            return Interval(-INF, float_toward(value, INF))
    raise SonghuaError(QualifierUnknown(text=qualifier))
