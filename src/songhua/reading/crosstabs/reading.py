"""A sheet as it is read: its tables, figures and questions, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from songhua.errors import Fault
from songhua.reading.crosstabs.axes import Axis
from songhua.reading.crosstabs.blocks import Block
from songhua.reading.crosstabs.context import Remark
from songhua.reading.crosstabs.entries import NewEntries
from songhua.reading.crosstabs.questions import INDUSTRIES, NEW, REGIONS, Answers, Question
from songhua.reading.crosstabs.texts import Words
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import Number


@dataclass(frozen=True)
class Labels:
    """Labels and unit of a figure; the ids of new entries stand behind a sign."""

    indicator: str
    region: str
    industry: str
    period: str
    unit: str
    kind: str = "actual"
    status: str = ""
    open_time: bool = False


@dataclass
class Figures:
    """Figures as columns of equal length; `places` are their rows and columns, from 0."""

    labels: list[Labels] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        """The number of figures."""
        return len(self.labels)


@dataclass
class SheetReading:
    """A sheet as it was read with the answers given so far.

    `left` counts what is left out by its reason and its text, with the first cell; `remarks` are
    lines that are kept as notes; `faults` say why the sheet is not read.
    """

    grid: Grid
    words: Words
    entries: NewEntries
    answers: Answers
    blocks: list[Block] = field(default_factory=list)
    axes: list[list[Axis]] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    questions: dict[str, Question] = field(default_factory=dict)
    left: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    breaks: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)
    unsure: bool = False

    @property
    def accepts_new(self) -> bool:
        """True where names without an entry become new ones, as was answered."""
        return self.answers.get("entries") in (NEW, REGIONS, INDUSTRIES)

    def ask(self, question: Question) -> None:
        """Ask a question once."""
        self.questions.setdefault(question.key, question)

    def ask_of(self, question: Question, text: str) -> None:
        """Ask a question about one more text; it is asked once for all of them."""
        earlier = self.questions.get(question.key)
        texts = dict.fromkeys((*(earlier.params["text"] if earlier else ()), text))
        place = earlier.place if earlier else question.place
        params = {**question.params, "text": tuple(texts)}
        self.questions[question.key] = Question(
            question.kind, question.subject, place, params, question.options, question.typed
        )

    def leave(self, why: str, text: str, place: str, n: int = 1) -> None:
        """List something as left out."""
        before, first = self.left.get((why, text), (0, place))
        self.left[why, text] = (before + n, first)
