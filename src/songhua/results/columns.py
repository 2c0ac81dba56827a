"""The columns that a row declares: each field of a row's dataclass carries its own as annotation.

A plain type says enough of most columns: a `float` is a number, an `int` a whole number, a
`Period` a period, a `Term` a word of the closed list with its name. Further properties (a unit, the
catalogue of a label) are given in `Annotated`, as one of the columns made here.
"""

from __future__ import annotations

from typing import Annotated, Any

from songhua.results.estimates import Estimate
from songhua.schema import Column

__all__ = ["Column", "Estimate", "choice", "estimate", "label", "labels", "number", "tag"]


def number(**about: Any) -> Column:
    """A number; `about` are attributes of `Column`: `unit_in`, `digits`, `decimals`, `signed` …

    >>> number(unit_in="unit", digits=3).digits
    3
    """
    return Column("", "number", **about)


def estimate(*, names: tuple[str, ...] = (), kind: str = "", **about: Any) -> Column:
    """An `Estimate`: the columns of its number and its ends, and of the kind of these.

    `names` are those of value, low, high and kind, where they are not the field's name with
    `_low`, `_high` and `_estimate` behind it (of `value` low, high and estimate). There is no
    column of the kind where `kind` says it, or the field that holds it after `in:`.

    >>> estimate(kind="bound", unit="%").estimate
    '=bound'
    """
    ends_kind = kind.removeprefix("in:") if kind.startswith("in:") else f"={kind}" if kind else ""
    return Column("", "estimate", estimate=ends_kind, parts=names, **about)


def label(of: str, **about: Any) -> Column:
    """A label of a catalogue.

    >>> label("industries").of
    'industries'
    """
    return Column("", "label", of=of, **about)


def labels(of: str, **about: Any) -> Column:
    """Several labels of a catalogue."""
    return Column("", "labels", of=of, **about)


def choice(vocabulary: str, **about: Any) -> Column:
    """A word of a closed list.

    >>> choice("grade").vocabulary
    'grade'
    """
    return Column("", "choice", vocabulary=vocabulary, **about)


def tag(**about: Any) -> Column:
    """A text for which the folder may have words."""
    return Column("", "tag", **about)


IndicatorId = Annotated[str, label("indicators")]
PlaceId = Annotated[str, label("places")]
IndustryId = Annotated[str, label("industries")]
EntityId = Annotated[str, label("entities")]
SourceId = Annotated[str, label("sources")]
TargetId = Annotated[str, label("targets")]
IndicatorIds = Annotated[tuple[str, ...], labels("indicators")]
PlaceIds = Annotated[tuple[str, ...], labels("places")]
IndustryIds = Annotated[tuple[str, ...], labels("industries")]
EntityIds = Annotated[tuple[str, ...], labels("entities")]
SourceIds = Annotated[tuple[str, ...], labels("sources")]
TargetIds = Annotated[tuple[str, ...], labels("targets")]
TaskIds = Annotated[tuple[str, ...], labels("measures")]
ClaimId = Annotated[str, label("claims")]
ClaimIds = Annotated[tuple[str, ...], labels("claims")]
TableId = Annotated[str, label("tables")]
#: Industries of the table that the finding names.
TableIndustryIds = Annotated[tuple[str, ...], labels("table_industries", within="table")]
StudyName = Annotated[str, choice("study")]
UnitName = Annotated[str, Column("", "unit")]
Tag = Annotated[str, tag()]
Grade = Annotated[str, choice("grade")]
#: The doubts of the figures that something rests on.
Doubted = Annotated[tuple[str, ...], Column("", "labels", vocabulary="doubt")]
EstimateKind = Annotated[str, choice("estimate")]
Citations = Annotated[tuple[str, ...], Column("", "observations")]
#: An estimate in the unit that the row names, to three digits.
EstimateInUnit = Annotated[Estimate, estimate(unit_in="unit", digits=3)]
#: A number in the unit that the row names, and a part of a whole, shown in percent.
InUnit = Annotated[float, number(unit_in="unit")]
Share = Annotated[float, number(scale="share")]
#: A number as a text, which keeps its sign and its decimals; and an amount with its unit.
PrintedNumber = Annotated[str, Column("", "decimal")]
PrintedAmount = Annotated[str, Column("", "amount")]
#: The two ends of a number as a text such as `5.45..5.55`, in the unit that the finding names.
Ends = Annotated[str, number(unit_in="unit")]
#: A number with the decimals that the ends beside it, `low` and `high`, leave known.
Bounded = Annotated[float, number(low="low", high="high")]
#: The responsible department, blank where none is named.
Owner = Annotated[str, tag()]
