"""Doubts of a drafted map, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class DraftFault(Fault):
    """Base of what is doubtful in a draft; `line` is what settles it in a map."""

    line: Words | str = ""


class DraftAhead(DraftFault):
    text: str
    line: Words | str = 'kind = "target"'


class DraftBlank(DraftFault): ...


class DraftDecimal(DraftFault):
    line: Words | str = 'decimal = ","'


class DraftDisagrees(DraftFault):
    text: str


class DraftDownwards(DraftFault):
    text: str


class DraftMany(DraftFault):
    text: str
    meanings: Sequence[str]


class DraftMissing(DraftFault, nature="missing"):
    name: Words | str
    text: str | None = None


class DraftMonth(DraftFault):
    text: str


class DraftNear(DraftFault):
    text: str
    near: str


class DraftNoFigures(DraftFault):
    text: str


class DraftNoHeading(DraftFault, nature="missing"): ...


class DraftNoTable(DraftFault, nature="missing"): ...


class DraftNothing(DraftFault, nature="missing"):
    text: Sequence[str]


class DraftPeriod(DraftFault):
    text: str
    name: Words | str


class DraftPrices(DraftFault):
    name: Words | str
    basis: str


class DraftRate(DraftFault):
    name: Words | str
    choices: Sequence[Words | str]


class DraftSecondHeading(DraftFault):
    text: str


class DraftSection(DraftFault):
    text: str


class DraftSourceMissing(DraftFault, nature="missing"):
    text: Sequence[str]
    line: Words | str = '[defaults]\nsource = "…"'


class DraftTwice(DraftFault, nature="conflict"):
    name: Words | str
    one: Words | str
    other: Words | str
    between: bool | None = None
    labels: bool | None = None


class DraftTwoColumns(DraftFault, nature="conflict"):
    name: Words | str
    text: str


class DraftTwoMeanings(DraftFault, nature="conflict"):
    text: str
    name: Words | str


class DraftUnexplained(DraftFault):
    text: str | Sequence[str]


class DraftUnitMisfit(DraftFault):
    name: Words | str
    text: str
    unit: Words | str
