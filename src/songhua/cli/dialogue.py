"""Questions about the tables of a file, asked one at a time on a terminal: none has a default."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from songhua import messages
from songhua.cli.fault_kinds import AnswerUnknown, QuestionsUnanswered
from songhua.cli.shared import ask_line, person, progress
from songhua.errors import SonghuaError

if TYPE_CHECKING:
    from songhua.messages import Words
    from songhua.reading.crosstabs.questions import Question
    from songhua.store import TablesRead

    Options = Sequence[tuple[str, Words]]

#: Options that are listed, and texts of a question that are shown; of others the name is typed.
LISTED, TEXTS = 5, 8
SHOW, BACK, LEAVE = "?", "<", "q"
#: The user's place for answers that no import has used yet: its name, and its most bytes.
ROOM, MOST = "answers", 4_000_000


@dataclass
class Dialogue:
    """The questions about a file, and the `answers` so far; those typed here outlast a break."""

    folder: str
    file: str
    tongue: str
    source: str = ""
    recorded: str = ""
    forget: bool = False
    file_answers: Mapping[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, str]:
        """All answers: those of a file of answers, and those typed."""
        return {**self.file_answers, **self.typed}

    def read(self) -> TablesRead:
        """The tables with the answers so far.

        Raises:
            SonghuaError: the faults of the folder and the file.
        """
        from songhua import session

        with progress(self.tongue):
            return session.read_tables(
                self.folder, self.file, self.answers,
                source=self.source, recorded=self.recorded, forget=self.forget,
            )  # fmt: skip

    def settle(self) -> bool:
        """Ask until no question is open; False where somebody leaves.

        Raises:
            SonghuaError: the faults of the file; where no person sits at the input, that it ends
                too early, or an answer that is none.
        """
        self.take_up()
        read = self.read()
        for line in summary_lines(read, self.tongue):
            click.echo(line)
        while read.book.questions and not read.book.faults:
            if not self.ask(read):
                n = len(self.typed)
                click.echo(messages.word("questions_left", self.tongue, n=n))
                return False
            read = self.read()
        if read.book.faults:
            raise SonghuaError(*read.book.faults)
        return True

    def take_up(self) -> None:
        """Take up answers that an earlier call was given and did not use."""
        from songhua.store import user_home

        place = self.place()
        if self.forget:
            user_home.delete(place)
        if content := user_home.get(place.parent, place.name, MOST):
            self.typed = json.loads(content)
            n = len(self.typed)
            click.echo(messages.word("answers_taken_up", self.tongue, n=n))

    def place(self) -> Path:
        """The file for the answers so far, by the file's content and the folder.

        Raises:
            SonghuaError: the file cannot be read; `system_refused`.
        """
        from songhua.store import content_of, user_home

        mark = hashlib.sha256(content_of(Path(self.file))).hexdigest()
        name = user_home.name_of(ROOM, mark, str(Path(self.folder).resolve()))
        return user_home.room(ROOM) / name

    def keep(self) -> None:
        """Keep the answers so far in the user's own place."""
        from songhua.store import user_home

        place = self.place()
        user_home.save(place.parent, place.name, json.dumps(self.typed).encode())
        user_home.bounded(place.parent, MOST)

    def discard(self) -> None:
        """Delete the answers, for the import has used them."""
        from songhua.store import user_home

        if self.typed:
            user_home.delete(self.place())

    def ask(self, read: TablesRead) -> bool:
        """Ask the first question until it is answered; False where somebody leaves."""
        from songhua.reading.crosstabs.options import option_words

        question = read.book.questions[0]
        options = option_words(question, read.region)
        self.show(read, question, options, len(read.book.questions))
        answers = messages.word(f"question_{question.typed or 'choose'}", self.tongue)
        prompt = messages.word("question_prompt", self.tongue, text=answers)
        while True:
            text = ask_line(prompt, "", QuestionsUnanswered)
            if text == LEAVE:
                return False
            if text == SHOW:
                show_picture(read, question.place, self.tongue)
            elif text == BACK and self.typed:
                self.typed.popitem()
                self.keep()
                return True
            elif text and self.take(read, question, options, text):
                return True

    def show(self, read: TablesRead, question: Question, options: Options, n: int) -> None:
        """Show a question, its cell, and the first of its options."""
        from songhua.reading.crosstabs.options import question_fault

        fault = question_fault(question, read.region)
        text = messages.fault(fault.code, self.tongue, dict(_shortened(fault.params)))[0]
        code = "question_at" if question.place else "question"
        click.echo(messages.word(code, self.tongue, n=n, place=question.place, text=text))
        listed = options[:LISTED] if is_listed(question) else ()
        for at, (value, words) in enumerate(listed, 1):
            click.echo(f"  {at}  {words(self.tongue) or value}")
        if listed and len(options) > LISTED:
            more = messages.word("question_more", self.tongue, n=len(options) - LISTED)
            click.echo(f"     {more}")

    def take(self, read: TablesRead, question: Question, options: Options, text: str) -> bool:
        """Take an answer as it was typed; False, with a message, for one that is none.

        Raises:
            SonghuaError: `answer_unknown`, where no person sits at the input.
        """
        from songhua.reading.crosstabs.options import answer_of

        listed = min(len(options), LISTED) if is_listed(question) else 0
        if text.isdecimal() and 0 < int(text) <= listed:
            value = options[int(text) - 1][0]
        else:
            value = answer_of(question, text, read.region)
        if not value:
            wrong = AnswerUnknown(text=text[:80])
            if not person():
                raise SonghuaError(wrong)
            click.echo(wrong.words(self.tongue), err=True)
            return False
        self.typed.pop(question.key, None)
        self.typed[question.key] = value
        self.keep()
        return True


def is_listed(question: Question) -> bool:
    """True where a number is that of an option; a month is typed as a number itself."""
    return question.typed != "month"


def is_question(error: SonghuaError) -> bool:
    """True where all that was refused are questions about tables."""
    from songhua.reading.crosstabs.fault_kinds import TableQuestion

    return all(isinstance(fault, TableQuestion) for fault in error.faults)


def summary_lines(read: TablesRead, tongue: str) -> list[str]:
    """The contents of each sheet in short, and whether answers of the folder were taken."""
    from songhua.document.sheet_picture import summary_text
    from songhua.format.language import Language

    lines = [summary_text(Language(lang=tongue), summary) for summary in read.book.summaries()]
    if read.remembered:
        lines.append(messages.word("answers_remembered", tongue, n=len(read.remembered)))
    return lines


def show_picture(read: TablesRead, place: str, tongue: str) -> None:
    """The sheet of a cell, or the first that holds a table, with the role of each cell."""
    from songhua.reading.crosstabs.picture import picture

    name = place.rpartition("!")[0]
    sheets = [sheet for sheet in read.book.sheets if sheet.blocks] or read.book.sheets
    sheet = next((sheet for sheet in sheets if name and sheet.grid.sheet == name), sheets[0])
    for line in picture(read.book, sheet):
        click.echo(line)
    click.echo(messages.word("picture_key", tongue))


def answer_lines(read: TablesRead, tongue: str) -> Iterator[str]:
    """A file of answers with a line for each question, to be filled in."""
    from songhua.reading import toml
    from songhua.reading.crosstabs.options import option_words

    yield messages.word("answers_file", tongue)
    yield "[answers]"
    for question in read.book.questions:
        options = option_words(question, read.region)[:LISTED]
        texts = [f"{value} ({words(tongue)})" for value, words in options]
        texts += [messages.word(f"question_{question.typed}", tongue)] if question.typed else []
        hint = messages.language(tongue).semicolon.join(texts)
        yield f'{toml.quoted_key(question.key).as_string()} = ""  # {hint}'


def _shortened(params: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The parameters of a question, the first texts of long lists."""
    for name, value in params.items():
        if isinstance(value, tuple):
            texts = [str(text).rstrip("。. ") for text in value]
            value = (*texts[:TEXTS], *(["…"] if len(texts) > TEXTS else []))
        yield name, value
