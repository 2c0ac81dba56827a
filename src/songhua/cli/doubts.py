"""Doubts of a sheet, asked one at a time: a line break takes the first reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from songhua import messages
from songhua.cli.fault_kinds import DoubtAnswer, DoubtsUnanswered
from songhua.cli.shared import answered, faults, person
from songhua.errors import Fault, SonghuaError

if TYPE_CHECKING:
    from songhua.reading.drafts.choices import AnsweredDoubt, Choice, Option
    from songhua.store import Drafted

#: Readings that are listed; of others the name is typed.
LISTED = 9
SHOW, LEAVE = "?", "q"


@dataclass
class Doubts:
    """What is doubtful in a sheet, and what was answered so far."""

    folder: str
    file: str
    tongue: str
    given: dict[str, Any]
    said: list[AnsweredDoubt] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def settled(self) -> str | None:
        """The map of the sheet, when all that is doubtful was answered; none if somebody leaves.

        Raises:
            SonghuaError: what no choice settles; where no person sits at the input, that it ends
                too early, or an answer that is none.
        """
        from songhua import session

        while True:
            made = session.draft_import(
                self.folder, self.file, lang=self.tongue, answered=self.said, **self.given
            )
            if not made.doubts:
                return made.toml
            if not self.ask(made):
                return None

    def ask(self, made: Drafted) -> bool:
        """Ask about the first doubt that a choice settles; whether it was answered.

        Raises:
            SonghuaError: all doubts, where there is no such.
        """
        for choice in made.choices:
            options = self.sources(made) if of_source(choice) else choice.options
            if choice.key not in self.asked and (options or choice.typed):
                self.asked.add(choice.key)
                doubt = made.doubts[made.choices.index(choice)]
                self.show(doubt, options, len(made.doubts))
                return self.take(made, choice, options)
        raise SonghuaError(*made.doubts)

    def sources(self, made: Drafted) -> Sequence[Option]:
        """The sources of the folder, by their titles."""
        region = made.region
        return [(id, region.words("sources", id)) for id in region.sources] if region else []

    def show(self, doubt: Fault, options: Sequence[Option], left: int) -> None:
        """What is doubtful, at which cell, and what may be meant."""
        what = messages.fault(doubt.code, self.tongue, doubt.params)[0]
        place = doubt.column.rpartition("!")[2]
        code = "doubt_at" if place else "doubt"
        click.echo(messages.word(code, self.tongue, n=left, place=place, text=what))
        for n, (id, words) in enumerate(options[:LISTED], 1):
            click.echo(f"  {n}  {words(self.tongue) or id}")
        if len(options) > LISTED:
            more = messages.word("doubt_more", self.tongue, n=len(options) - LISTED)
            click.echo(f"     {more}")

    def take(self, made: Drafted, choice: Choice, options: Sequence[Option]) -> bool:
        """Ask until an answer is one, or somebody leaves."""
        code = "doubt_choose" if options else f"doubt_type_{choice.typed}"
        while True:
            question = messages.word(code, self.tongue)
            text = answered(question, "1" if options else "", DoubtsUnanswered)
            if text == LEAVE:
                return False
            if text == SHOW:
                for line in made.picture:
                    click.echo(line)
                continue
            if self.taken(choice, options, text):
                return True
            wrong = DoubtAnswer(text=text[:80])
            if not person():
                raise SonghuaError(wrong)
            faults([wrong], self.tongue)

    def taken(self, choice: Choice, options: Sequence[Option], text: str) -> bool:
        """Whether a text is an answer: a number of the list, a name, or what may be typed."""
        if text.isdecimal() and 0 < int(text) <= len(options):
            text = options[int(text) - 1][0]
        if of_source(choice):
            found = [id for id, words in options if text in (id, *words.texts.values())]
            self.given |= {"source": found[0]} if found else {}
            return bool(found)
        said = choice.answer(text)
        self.said += [said] if said else []
        return said is not None


def of_source(choice: Choice) -> bool:
    """A source of the folder settles the doubt."""
    from songhua.reading.drafts.fault_kinds import DraftSourceMissing

    return isinstance(choice.doubt, DraftSourceMissing)


def may_be_asked(error: SonghuaError, asked: bool) -> bool:
    """All that was refused is doubts, and somebody may be asked about them."""
    from songhua.reading.drafts.fault_kinds import DraftFault

    return (asked or person()) and all(isinstance(one, DraftFault) for one in error.faults)
