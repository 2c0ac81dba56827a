"""Answers to the questions about a file that was sent: in a form, and kept beside the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomlkit

from songhua.errors import SonghuaError
from songhua.messages import Words
from songhua.reading import toml
from songhua.store import bytes_of, digest, parsed_answers, write_new

FILE = "answers.toml"
#: The tables of the file: answers by their keys, their words, and what else was chosen.
_WORDS, _FORGET = "words", "forget"
#: The beginnings of a question's fields: what is chosen, what is typed, that it is asked again.
CHOSEN, TYPED, AGAIN = "answer.", "typed.", "again."
#: The kind of the question that has a field of its own, and the most characters of an answer.
SOURCE, _LONGEST = "source", 200


def mark(key: str) -> str:
    """The name of a question's key in a form: a key may hold any words of a sheet."""
    return digest(key)[:16]


@dataclass(frozen=True)
class FormAnswers:
    """Answers as they came with a form, by its fields."""

    fields: Mapping[str, str] = field(default_factory=dict)

    def answer(self, key: str) -> tuple[str, str]:
        """The choice and the text that were given to a question; blank where there are none."""
        names = SOURCE if key == SOURCE else CHOSEN + mark(key), TYPED + mark(key)
        choice, text = (self.fields.get(name, "")[:_LONGEST].strip() for name in names)
        return choice, text

    def again(self, key: str) -> bool:
        """True for an answer that is taken back."""
        return AGAIN + mark(key) in self.fields

    @property
    def forget(self) -> bool:
        """True where the answers that the folder keeps are not to be used."""
        return "forget" in self.fields

    @property
    def asks_again(self) -> bool:
        """True where any answer is taken back."""
        return self.forget or any(name.startswith(AGAIN) for name in self.fields)


@dataclass(frozen=True)
class KeptAnswers:
    """Answers by the key of their question, and each with its question in words.

    `forget` is true where the answers that the folder keeps are not to be used.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    forget: bool = False

    @classmethod
    def of(cls, place: Path) -> KeptAnswers:
        """The answers beside a file; none where there are none, or they cannot be read."""
        try:
            content = bytes_of(place / FILE)
            document = tomlkit.parse(content.decode()).unwrap()
            answers = parsed_answers(content, FILE)
        except (SonghuaError, OSError, ValueError):
            return cls()
        words = {key: Words.of(entry) for key, entry in document.get(_WORDS, {}).items()}
        return cls(answers, words, bool(document.get(_FORGET)))

    def with_answers(self, answers: Mapping[str, str], words: Mapping[str, Words]) -> KeptAnswers:
        """These answers and more."""
        return KeptAnswers({**self.answers, **answers}, {**self.words, **words}, self.forget)

    def without(self, keys: Iterable[str]) -> KeptAnswers:
        """These answers but for some, which are asked again."""
        dropped = set(keys)
        answers = {key: text for key, text in self.answers.items() if key not in dropped}
        words = {key: text for key, text in self.words.items() if key not in dropped}
        return KeptAnswers(answers, words, self.forget)

    def write(self, place: Path) -> None:
        """Keep them beside the file.

        Raises:
            SonghuaError: what the system refuses.
        """
        document = tomlkit.document()
        document.add(_FORGET, tomlkit.item(self.forget))
        for name, values in (("answers", self.answers), (_WORDS, self.words)):
            table = tomlkit.table()
            for key, value in values.items():
                text = toml.item(dict(value.texts) if isinstance(value, Words) else value)
                table.add(toml.quoted_key(key), text)
            document.add(name, table)
        write_new(place / FILE, document.as_string().encode())
