"""Questions about a table as faults, and why a sheet is not read: a class each."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class AnswerWrong(Fault):
    name: str
    text: str


class AnswersUnreadable(Fault): ...


class TableQuestion(Fault):
    """Base of what a person is asked about a table before it is imported."""


class AskBlank(TableQuestion): ...


class AskDecimal(TableQuestion): ...


class AskEntries(TableQuestion, nature="missing"):
    names: Sequence[str]
    columns: Sequence[str]


class AskIndicator(TableQuestion, nature="missing"): ...


class AskNumber(TableQuestion):
    text: Sequence[str]


class AskPart(TableQuestion):
    text: str
    part: str


class AskNought(TableQuestion):
    text: Sequence[str]


class AskPercent(TableQuestion):
    text: Sequence[str]


class AskPeriod(TableQuestion, nature="missing"):
    text: str = "–"


class AskPlace(TableQuestion, nature="missing"): ...


class AskPrevious(TableQuestion, nature="conflict"):
    n: int
    text: Sequence[str]


class AskRate(TableQuestion, nature="conflict"):
    name: Words


class AskRemarks(TableQuestion):
    text: Sequence[str]


class AskRepeated(TableQuestion, nature="conflict"):
    n: int
    text: Sequence[str]


class AskRole(TableQuestion):
    axis: str
    caption: str
    text: Sequence[str]


class AskSections(TableQuestion):
    text: Sequence[str]


class AskSheets(TableQuestion):
    text: Sequence[str]


class AskSource(TableQuestion, nature="missing"):
    text: Sequence[str] = ()


class AskTime(TableQuestion):
    text: Sequence[str]


class AskTwice(TableQuestion, nature="conflict"):
    name: Words | str
    first: Words | str
    second: Words | str


class AskUnit(TableQuestion, nature="missing"):
    text: Sequence[str]


class AskUnitWords(TableQuestion):
    text: Sequence[str]


class AskUnits(TableQuestion, nature="conflict"):
    text: str
    other: str


class AskWord(TableQuestion):
    text: str
    like: Words | str
    name: Words | str = ""


class AskYearBegins(TableQuestion):
    text: str


class TableInterindustry(Fault):
    """An input-output table is no table of indicators."""


class TableNone(Fault, nature="missing"): ...


class TableNothing(Fault, nature="missing"): ...


class TableSlipped(Fault, nature="conflict"): ...


class TablesMany(Fault, nature="limit"):
    n: int
    most: int
