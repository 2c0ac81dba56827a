"""Doubts of a sheet, asked one at a time: a line break takes the first reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from songhua import messages
from songhua.cli.fault_kinds import DoubtAnswer, DoubtsUnanswered
from songhua.cli.shared import ask_line, person, print_faults
from songhua.errors import Fault, SonghuaError

if TYPE_CHECKING:
    from songhua.reading.drafts.choices import AnsweredDoubt, Choice, Option
    from songhua.store import Drafted

#: Readings that are listed; of others the name is typed.
LISTED = 9
SHOW, LEAVE = "?", "q"


@dataclass
class Doubts:
    """The doubts of a sheet, and the `answers` so far; `keys` of those that were asked."""

    folder: str
    file: str
    tongue: str
    source: str = ""
    recorded: str = ""
    answers: list[AnsweredDoubt] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def settle(self) -> str | None:
        """The map of the sheet, when all that is doubtful was answered; none if somebody leaves.

        Raises:
            SonghuaError: what no choice settles; where no person sits at the input, that it ends
                too early, or an answer that is none.
        """
        while True:
            draft = self.draft()
            if not draft.doubts:
                return draft.toml
            if not self.ask(draft):
                return None

    def draft(self, target: str | None = None) -> Drafted:
        """The map of the sheet by the answers so far, written to `target` where one is named."""
        from songhua import session

        return session.draft_import(
            self.folder, self.file, target, None, self.source, self.recorded, self.tongue,
            self.answers,
        )  # fmt: skip

    def ask(self, draft: Drafted) -> bool:
        """Ask about the first doubt that a choice settles; True where it was answered.

        Raises:
            SonghuaError: all doubts, where there is no such.
        """
        for choice in draft.choices:
            options = self.sources(draft) if of_source(choice) else choice.options
            if choice.key not in self.keys and (options or choice.typed):
                self.keys.add(choice.key)
                doubt = draft.doubts[draft.choices.index(choice)]
                self.show(doubt, options, len(draft.doubts))
                return self.take(draft, choice, options)
        raise SonghuaError(*draft.doubts)

    def sources(self, draft: Drafted) -> Sequence[Option]:
        """The sources of the folder, by their titles."""
        region = draft.region
        return [(id, region.words("sources", id)) for id in region.sources] if region else []

    def show(self, doubt: Fault, options: Sequence[Option], remaining: int) -> None:
        """Show a doubt, its cell, and what may be meant."""
        text = messages.fault(doubt.code, self.tongue, doubt.params)[0]
        place = doubt.column.rpartition("!")[2]
        code = "doubt_at" if place else "doubt"
        click.echo(messages.word(code, self.tongue, n=remaining, place=place, text=text))
        for n, (id, words) in enumerate(options[:LISTED], 1):
            click.echo(f"  {n}  {words(self.tongue) or id}")
        if len(options) > LISTED:
            more = messages.word("doubt_more", self.tongue, n=len(options) - LISTED)
            click.echo(f"     {more}")

    def take(self, draft: Drafted, choice: Choice, options: Sequence[Option]) -> bool:
        """Ask until an answer is one, or somebody leaves."""
        code = "doubt_choose" if options else f"doubt_type_{choice.typed}"
        while True:
            question = messages.word(code, self.tongue)
            text = ask_line(question, "1" if options else "", DoubtsUnanswered)
            if text == LEAVE:
                return False
            if text == SHOW:
                for line in draft.picture:
                    click.echo(line)
                continue
            if self.accept(choice, options, text):
                return True
            wrong = DoubtAnswer(text=text[:80])
            if not person():
                raise SonghuaError(wrong)
            print_faults([wrong], self.tongue)

    def accept(self, choice: Choice, options: Sequence[Option], text: str) -> bool:
        """True for a text that is an answer: a number of the list, a name, or what may be typed."""
        if text.isdecimal() and 0 < int(text) <= len(options):
            text = options[int(text) - 1][0]
        if of_source(choice):
            ids = [id for id, words in options if text in (id, *words.texts.values())]
            self.source = ids[0] if ids else self.source
            return bool(ids)
        answer = choice.answer(text)
        self.answers += [answer] if answer else []
        return answer is not None


def of_source(choice: Choice) -> bool:
    """A source of the folder settles the doubt."""
    from songhua.reading.drafts.fault_kinds import DraftSourceMissing

    return isinstance(choice.doubt, DraftSourceMissing)


def may_be_asked(error: SonghuaError, ask: bool) -> bool:
    """All that was refused is doubts, and somebody may be asked about them."""
    from songhua.reading.drafts.fault_kinds import DraftFault

    return (ask or person()) and all(isinstance(fault, DraftFault) for fault in error.faults)
