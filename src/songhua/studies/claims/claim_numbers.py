"""Numbers of a claim: as the claim prints them, or the best of the observations that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import Unit, parse_period, parse_unit
from songhua.labels.lookup import unknown_label
from songhua.maths.bounds import Interval
from songhua.maths.relations import Relation, names_of, parse_relation
from songhua.maths.wording import USUAL, WIDE, Widths, from_print
from songhua.region import AHEAD, Region
from songhua.results import Finding, read_rows
from songhua.studies.claims.definitions import ClaimDefinition, NumberDefinition
from songhua.studies.claims.finding_kinds import ClaimNumberMissing, ClaimSourcesDiffer


@dataclass(frozen=True, slots=True)
class ClaimNumber:
    """A number of a claim; `bound` is in base units, and missing where the number is.

    `width` is how far the word before it reaches, in its own unit; `literal` the bound without an
    upper end, where the word is "more than". `aim` marks a goal, or what is `expected`, and `mark`
    is the number itself where a goal has no word before it; `better` is the way its indicator is to
    go. `part_of` names the whole of which a share is a part. An estimate has 90 % of the draws as
    its bound, and in `possible` what print allows.
    """

    name: str
    unit: str
    value: str = ""
    qualifier: str = ""
    observation: str = ""
    source: str = ""
    looked_up: bool = False
    bound: Interval | None = None
    literal: Interval | None = None
    width: Fraction | None = None
    aim: bool = False
    expected: bool = False
    mark: Interval | None = None
    better: str = "neutral"
    part_of: tuple[str, ...] = ()
    possible: Interval | None = None
    doubts: tuple[str, ...] = ()

    @property
    def unknown(self) -> bool:
        """True where the claim leaves it open on purpose.

        >>> ClaimNumber("x", "persons").unknown
        True
        """
        return self.bound is None and not self.looked_up


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """An observation as it is printed."""

    id: str
    value: str
    unit: str
    qualifier: str
    source: str
    kind: str = "actual"

    @property
    def bound(self) -> Interval:
        """The interval that rounding and the word before it leave, in base units.

        >>> print(PrintedFigure("a", "45", "%", "", "bulletin").bound)
        0.445..0.455
        """
        return printed_bound(self.value, self.qualifier, parse_unit(self.unit))


def printed_bound(
    text: str, qualifier: str, unit: Unit, width: Fraction | None = None, exact: bool = False
) -> Interval:
    """The interval of a printed number, in base units; a full count and a mark are `exact`.

    >>> people, percent = parse_unit("persons"), parse_unit("%")
    >>> print(printed_bound("3", "", people), printed_bound("45", "", percent))
    3 0.445..0.455
    """
    return from_print(text, qualifier, exact or unit.counted, unit.factor, width, unit)


def ends_in_unit(side: Interval, factor: Fraction) -> tuple[float, float]:
    """Both ends in a unit of this factor, to twelve significant digits.

    >>> ends_in_unit(Interval(20000, 30000), Fraction(10000))
    (2.0, 3.0)
    """
    ends = side / factor
    return float(f"{ends.low:.12g}"), float(f"{ends.high:.12g}")


def claim_numbers(
    region: Region, claim: ClaimDefinition, widths: Widths = USUAL
) -> tuple[list[ClaimNumber], list[Finding]]:
    """The numbers of a claim, and findings on their sources.

    Raises:
        SonghuaError: `label_unknown`, for an indicator that the folder does not have;
            `unit_unreadable`, `number_unreadable`.

    >>> claim = ClaimDefinition("c", "bulletin", numbers=(NumberDefinition("x", "45", "%"),))
    >>> numbers, _ = claim_numbers(Region.of("here"), claim)
    >>> [(number.name, number.value, number.source) for number in numbers]
    [('x', '45', 'bulletin')]
    """
    numbers: list[ClaimNumber] = []
    findings: list[Finding] = []
    for entry in claim.numbers:
        if entry.labels:
            number, notes = _looked_up(region, claim.id, entry, widths)
            findings += notes
        elif entry.value:
            figure = PrintedFigure(
                "", entry.value, entry.unit, entry.qualifier, claim.source, entry.kind
            )
            number = _claim_number(entry, figure, widths)
        else:
            unit = parse_unit(entry.unit).text
            number = ClaimNumber(entry.name, unit, qualifier=entry.qualifier)
        numbers.append(number)
    if (
        claim.checkable
        and claim.relation
        and compares_with_goal(parse_relation(claim.relation), numbers)
    ):
        numbers = [replace(number, bound=number.mark or number.bound) for number in numbers]
    return numbers, findings


def compares_with_goal(relation: Relation, numbers: Sequence[ClaimNumber]) -> bool:
    """True where an outcome is compared with a goal or forecast: a mark then, as for `track`.

    Beside an unknown, where one goal is computed from another, and where a sum equals it, a goal
    is a printed number like others, which was rounded.

    >>> from songhua.maths.relations import parse_relation
    >>> numbers = [ClaimNumber("came", "%", "5.5", bound=Interval(0.0545, 0.0555))]
    >>> numbers += [ClaimNumber(name, "%", "6", bound=Interval(0.055, 0.065), aim=True) for name in "ab"]
    >>> texts = ("came >= a", "came == a", "2 * came == a", "b - came > a", "a > b")
    >>> [compares_with_goal(parse_relation(text), numbers) for text in texts]
    [True, True, False, False, False]
    """  # noqa: E501
    terms = [number for number in numbers if number.name in relation.names]
    aims = {number.name for number in terms if number.aim}
    sides = (relation.left, relation.right)
    goals_compared = not any(aims.isdisjoint(names_of(side)) for side in sides)
    if goals_compared or len(aims) in (0, len(terms)) or any(number.unknown for number in terms):
        return False
    return relation.sign != "==" or bool(relation.alone("left") and relation.alone("right"))


def _claim_number(
    definition: NumberDefinition, figure: PrintedFigure, widths: Widths, of_share: bool = False
) -> ClaimNumber:
    """A number that is printed somewhere; a goal of "more than" has no upper end."""
    unit, word = parse_unit(figure.unit), figure.qualifier
    aim = figure.kind in AHEAD
    stated_width = Fraction(definition.width) if definition.width else None
    width = None
    if word in WIDE and not (aim and word == "more_than"):
        usual = widths.of(figure.value, word, unit, aim or unit.counted, aim and of_share)
        width = usual if stated_width is None else stated_width
    literal = None
    if word == "more_than" and width is not None:
        literal = printed_bound(figure.value, word, unit)
    mark = printed_bound(figure.value, "", unit, exact=True) if aim and not word else None
    return ClaimNumber(
        definition.name,
        unit.text,
        figure.value,
        word,
        figure.id,
        figure.source,
        bound=printed_bound(figure.value, word, unit, width),
        literal=literal,
        width=width,
        aim=aim,
        expected=figure.kind == "expectation",
        mark=mark,
    )


def _looked_up(
    region: Region, id: str, definition: NumberDefinition, widths: Widths
) -> tuple[ClaimNumber, list[Finding]]:
    """A number from the observations: the best of those that carry its labels."""
    name, labels = definition.name, definition.labels
    indicator = region.catalogue.get(labels["indicator"])
    if indicator is None:
        fault = unknown_label("indicators", region.catalogue, labels["indicator"])
        raise SonghuaError(replace(fault, column=f"{id}.numbers.{name}"))
    rows = region.find(**labels)
    best = region.best(rows)
    if best is None:
        period = parse_period(labels["period"])
        missing = ClaimNumberMissing(
            claim=id, name=name, indicator=labels["indicator"], period=period
        )
        return ClaimNumber(name, indicator.unit, looked_up=True), [missing]
    figures = read_rows(rows, PrintedFigure)
    chosen = next(figure for figure in figures if figure.id == best["id"])
    printed = _claim_number(definition, chosen, widths, not indicator.rate)
    whole = _whole(region, best) if indicator.form == "share" else ()
    doubts = region.figures.doubt_kinds((chosen.id,))
    number = replace(
        printed, looked_up=True, better=indicator.direction, part_of=whole, doubts=doubts
    )
    return number, _differing(id, name, figures, chosen)


def _whole(region: Region, share: pd.Series) -> tuple[str, ...]:
    """The whole of a share: its indicator, place, time and parent; blank if alone."""
    industry = region.industries.get(str(share["industry"]), {})
    if not industry.get("partition"):
        return ()
    labels = (str(share[name]) for name in ("indicator", "region", "entity", "period", "scope"))
    return (*labels, str(industry["parent"]), str(industry["partition"]))


def _differing(
    id: str, name: str, figures: Sequence[PrintedFigure], chosen: PrintedFigure
) -> list[Finding]:
    """A finding, where another source's figure cannot be the same number."""
    odd = [figure for figure in figures if not chosen.bound.overlaps(figure.bound)]
    if not odd:
        return []
    differ = ClaimSourcesDiffer(
        claim=id,
        name=name,
        used=f"{chosen.value} {chosen.unit}",
        source=chosen.source,
        others=tuple(f"{figure.value} {figure.unit}" for figure in odd),
        sources=tuple(figure.source for figure in odd),
        observations=(chosen.id, *(figure.id for figure in odd)),
    )
    return [differ]
