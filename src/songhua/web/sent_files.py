"""A file that was sent, looked at and taken: done apart from the workbench.

Each file is read in a process of its own. The answers to its questions lie beside it, so that they
are there again after an interruption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from songhua import messages, session, store
from songhua.errors import Fault, SonghuaError
from songhua.messages import LANGUAGES, Words
from songhua.reading.crosstabs.book import BookReading
from songhua.reading.crosstabs.entries import Entry
from songhua.reading.crosstabs.options import answer_of, option_words, question_fault
from songhua.reading.crosstabs.picture import PictureCell, seen_cells
from songhua.reading.crosstabs.questions import Question
from songhua.reading.crosstabs.summary import Summary
from songhua.reading.sheets import Skipped
from songhua.reading.table_fault_kinds import TableList
from songhua.region import Region
from songhua.session import folder as _loaded  # noqa: F401  what a first file would wait for
from songhua.store import Import, TablesRead
from songhua.web.kept_answers import SOURCE, FormAnswers, KeptAnswers
from songhua.wording.unit_words import unit_name

#: Rows that are shown of a file, and of the picture of a sheet its rows and columns.
FIRST_ROWS = 200
ROWS, COLUMNS = 60, 23
#: The number of rounds of answers to a sheet whose answers raise further questions.
ROUNDS = 8
#: Texts of a question that are shown, and beside its answer.
TEXTS, FEW = 8, 3


@dataclass(frozen=True)
class SentFile:
    """A file that was sent, and what was asked for: a target of its rows, and to forget answers.

    `form` are the answers that came with it.
    """

    file: Path
    to: str = ""
    form: FormAnswers = field(default_factory=FormAnswers)


@dataclass(frozen=True)
class SeenSheet:
    """A sheet: its name, its contents in short, and the first of its cells by row.

    `summary` is None where it holds no table; `size` are its filled rows and its columns.
    """

    name: str
    summary: Summary | None
    cells: Mapping[int, Sequence[PictureCell]]
    size: tuple[int, int]


@dataclass(frozen=True)
class SeenFile:
    """A file of tables as a page shows it: plain data, apart from the reading itself.

    `names` has the names of new entries by their ids. `entries` are those that figures name, or
    all of them before it is answered whether they are added.
    """

    sheets: Sequence[SeenSheet]
    names: Mapping[str, str]
    entries: Sequence[Entry]
    skipped: Sequence[Skipped]
    remarks: Sequence[str]

    @classmethod
    def of(cls, book: BookReading) -> SeenFile:
        """A reading as it is shown."""
        summaries = {summary.sheet: summary for summary in book.summaries()}
        sheets: list[SeenSheet] = []
        for sheet in book.sheets:
            grid, cells = sheet.grid, dict[int, tuple[PictureCell, ...]]()
            if sheet.blocks:
                cells = seen_cells(book, sheet, ROWS, COLUMNS)
            size = sum(map(bool, map(grid.filled, range(len(grid.cells))))), grid.width
            sheets.append(SeenSheet(grid.sheet, summaries.get(grid.sheet), cells, size))
        names = {id: entry.name for id, entry in book.entries.by_id.items()}
        entries = book.used_entries() or list(book.entries.by_key.values())
        remarks = dict.fromkeys(r.text for sheet in book.sheets for r in sheet.remarks)
        skipped = [skip for skip in book.skipped() if skip.why != "sheet"]
        return cls(sheets, names, entries, skipped, list(remarks))


@dataclass(frozen=True)
class Look:
    """A file before it is taken: how it was read, what is open, the rows, and what is against it.

    Of `n` rows `outcome` has the first. `refused` are answers that are none of those there are.
    """

    contents: SeenFile | None = None
    questions: Sequence[Question] = ()
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kept_answers: KeptAnswers = field(default_factory=KeptAnswers)
    remembered: int = 0
    source: str = ""
    outcome: Import | None = None
    n: int = 0
    faults: Sequence[Fault] = ()


def look(folder: Path, sent: SentFile) -> Look:
    """Look at a file with the answers so far; nothing of the folder is written.

    Answers that are accepted are kept beside the file before it is read with them.
    """
    before = KeptAnswers.of(sent.file.parent)
    kept_answers = KeptAnswers(forget=True) if sent.form.forget else before
    kept_answers = kept_answers.without(filter(sent.form.again, kept_answers.answers))
    if kept_answers != before:
        kept_answers.write(sent.file.parent)
    look = Look(kept_answers=kept_answers)
    if not _of_another_form(sent):
        try:
            look = _read(folder, sent, kept_answers)
        except SonghuaError as error:
            if not any(isinstance(fault, TableList) for fault in error.faults):
                return Look(faults=error.faults, kept_answers=kept_answers)
    if look.questions or look.faults or look.outcome is not None:
        return look
    try:
        outcome = _import(folder, sent.file, look.kept_answers, sent.to, dry_run=True)
    except SonghuaError as error:
        return replace(look, faults=error.faults)
    return replace(look, outcome=_bare(outcome), n=len(outcome.rows))


def take_rows(folder: Path, sent: SentFile) -> tuple[Import, int]:
    """Take all rows of a file; what came of it with the first rows, and how many there are.

    Raises:
        SonghuaError: every fault, or every open question; nothing is written then.
    """
    kept_answers = KeptAnswers.of(sent.file.parent)
    if source := sent.form.answer(SOURCE)[0]:
        kept_answers = kept_answers.with_answers({SOURCE: source}, {})
    outcome = _import(folder, sent.file, kept_answers, sent.to)
    return _bare(outcome), len(outcome.rows)


def _of_another_form(sent: SentFile) -> bool:
    """True for a review sheet, and for a plan's table of targets: nothing is asked about them."""
    with suppress(SonghuaError):
        content, name = store.content_of(sent.file), sent.file.name
        return (
            bool(sent.to)
            or store.reviews.recognised(content)
            or store.plan_tables.recognised(content, name)
        )
    return True


def _read(folder: Path, sent: SentFile, kept_answers: KeptAnswers) -> Look:
    """A file of tables with all that was answered: an answer may bring another question up.

    Raises:
        SonghuaError: as `session.read_tables`.
    """
    refused: dict[str, tuple[str, str]] = {}
    outcome: Import | None = None
    read = session.read_tables(folder, sent.file, kept_answers.answers, forget=kept_answers.forget)
    for _ in range(ROUNDS):
        more, refused = _settled(read, sent.form)
        more = {key: value for key, value in more.items() if kept_answers.answers.get(key) != value}
        if not more:
            break
        kept_answers = kept_answers.with_answers(more, _sentences(read, more))
        kept_answers.write(sent.file.parent)
        if all(question.key in more for question in read.book.questions):
            with suppress(SonghuaError):  # where more is asked, the reading says it
                outcome = _import(folder, sent.file, kept_answers, sent.to, dry_run=True)
        if outcome is not None and outcome.read is not None:
            read = outcome.read
            break
        read = session.read_tables(
            folder, sent.file, kept_answers.answers, forget=kept_answers.forget
        )
    look = Look(
        SeenFile.of(read.book), tuple(read.book.questions), refused, kept_answers,
        len(read.remembered), read.book.columns.get("source", ""), faults=tuple(read.book.faults),
    )  # fmt: skip
    if outcome is None:
        return look
    return replace(look, outcome=_bare(outcome), n=len(outcome.rows))


def _settled(
    read: TablesRead, form: FormAnswers
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The answers of a form to the open questions by their keys, and those that are none.

    A choice and another text are two answers, and so none. The source may always be another.
    """
    answers: dict[str, str] = {}
    refused: dict[str, tuple[str, str]] = {}
    questions = list(read.book.questions)
    if all(question.kind != SOURCE for question in questions):
        questions.append(Question(SOURCE, typed="name"))
    for question in questions:
        choice, text = form.answer(question.key)
        values = {answer_of(question, part, read.region) for part in (choice, text) if part}
        if len(values) == 1 and (value := values.pop()) is not None:
            answers[question.key] = value
        elif choice or text:
            refused[question.key] = (choice, text)
    return answers, refused


def _sentences(read: TablesRead, answers: Mapping[str, str]) -> dict[str, Words]:
    """Questions and their answers in words, by their keys."""
    sentences: dict[str, Words] = {}
    for question in read.book.questions:
        if value := answers.get(question.key):
            chosen = _chosen(question, value, read)
            texts = {lang: question_words(question, read.region, lang, FEW) for lang in LANGUAGES}
            sentences[question.key] = Words({
                lang: f"{text} – {chosen(lang)}" for lang, text in texts.items()
            })  # fmt: skip
    return sentences


def _chosen(question: Question, value: str, read: TablesRead) -> Words:
    """An answer in words: an option, a unit, an entry of the folder, or as it was typed."""
    if question.typed == "unit" and value not in question.options:
        return Words({lang: unit_name(value, lang) or value for lang in LANGUAGES})
    listed = value in {*question.options, *read.region.places, *read.region.indicators}
    if not listed:
        return Words.same(value)
    return dict(option_words(replace(question, options=(value,)), read.region))[value]


def question_words(question: Question, region: Region, lang: str, most: int = TEXTS) -> str:
    """A question in words, with its cell; of a long list the first texts."""
    fault = question_fault(question, region)
    params = dict(fault.params)
    for name, value in params.items():
        if isinstance(value, tuple):
            texts = tuple(str(text).rstrip("。. ") for text in value[:most])
            params[name] = (*texts, "…") if len(value) > most else texts
    text = messages.fault(fault.code, lang, params)[0]
    return f"{question.place}{messages.language(lang).colon}{text}" if question.place else text


def _import(
    folder: Path, file: Path, kept_answers: KeptAnswers, to: str, *, dry_run: bool = False
) -> Import:
    return session.import_file(
        folder, file, kept_answers.answers, dry_run, to=to, forget=kept_answers.forget
    )


def _bare(outcome: Import) -> Import:
    """An import without what no page shows of it."""
    return replace(outcome, rows=outcome.rows.head(FIRST_ROWS), read=None, region=None)
