"""What a printed number and the word before it leave open: about, nearly, more than (§5, §8)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from songhua.errors import Fault, SonghuaError
from songhua.maths.bounds import Interval, enclose, read_print, rounding_bound
from songhua.maths.rounding import INF, float_toward

#: The words that have a width: the others are a limit and leave the far side open.
WIDE = ("about", "nearly", "more_than")
#: How much further "more than" reaches than "about".
OVER = 2


@dataclass(frozen=True, slots=True)
class Widths:
    """How far a word reaches: at least this share of the number.

    It is songhua's reading and not a rule of anybody; whoever reads otherwise sets another share,
    or the width of a single number. The width is the wider of that share and of half a unit of
    the last digit that is not zero, and twice as much for "more than".

    >>> [str(Widths().of("2000", word)) for word in ("about", "nearly", "more_than")]
    ['500', '500', '1000']
    >>> str(Widths(Fraction(1, 10)).of("5.5", "about")), str(Widths().of("5.5", "at_least"))
    ('11/20', '0')
    """

    share: Fraction = Fraction(1, 20)

    def of(self, text: str, qualifier: str) -> Fraction:
        """The width that a word has before a printed number, in the number's unit."""
        if qualifier not in WIDE:
            return Fraction(0)
        return word_width(text, self.share) * (OVER if qualifier == "more_than" else 1)


USUAL = Widths()


def word_width(text: str, share: Fraction = USUAL.share) -> Fraction:
    """How far "about" reaches to either side of a printed number, in the number's unit.

    The wider of half a unit of the last digit that is not zero, and a share of the number.

    Raises:
        SonghuaError: `number_unreadable`.

    >>> [str(word_width(text)) for text in ("6", "5.5", "500", "0")]
    ['1/2', '11/40', '50', '0']
    """
    value = abs(read_print(text)[0])
    if not value:
        return Fraction(0)
    digits = text.strip().lstrip("+-")
    decimals = digits.partition(".")[2]
    zeros = len(digits.replace(".", "")) - len(digits.replace(".", "").rstrip("0"))
    unit = Fraction(10) ** (zeros - len(decimals))
    return max(unit / 2, value * share)


def from_print(
    text: str,
    qualifier: str = "",
    exact: bool = False,
    factor: Fraction | int = 1,
    width: Fraction | None = None,
) -> Interval:
    """What a printed number and the word before it leave open, times `factor` (positive).

    | qualifier | interval |
    |---|---|
    | none | the rounding bound; the number itself if `exact` (a full count) |
    | about | the number less the width to the number plus the width |
    | nearly | from the width below the number (nearer to zero) to the number |
    | more_than | from the number up without end, or to the number plus the width, if one is given |
    | at_least | from the number up without end |
    | at_most, less_than | from the number down without end |

    `width` is in the number's unit; without one it is the usual width of the word. Strict and
    weak words give the same closed interval: the end itself is never what decides.

    Raises:
        SonghuaError: `number_unreadable`; `qualifier_unknown`, for another word.

    >>> print(from_print("1180", exact=True), from_print("30", "more_than"))
    1180 30..inf
    >>> print(from_print("2000", "nearly"), from_print("-3", "nearly"), from_print("5", "at_most"))
    1500..2000 -3..-2.5 -inf..5
    >>> print(from_print("2000", "about"), from_print("40", "more_than", width=Fraction(10)))
    1500..2500 40..50
    """
    number = read_print(text)[0]
    value = number * factor
    reach = (USUAL.of(text, qualifier) if width is None else width) * factor
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
    raise SonghuaError(Fault("qualifier_unknown", params={"text": qualifier}))
