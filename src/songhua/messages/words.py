"""A text in several languages, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from songhua.messages.catalogues import BASE, LANGUAGES
from songhua.messages.language import demanded


@dataclass(frozen=True)
class Words:
    """One text by language; called with a language, it gives the text in it.

    A language that it lacks gets the base language (English), else any that it has.

    >>> staff = Words({"en": "Staff", "zh": "职工"})
    >>> staff("zh"), staff("fr"), Words({"zh": "职工"})("en"), Words()("en")
    ('职工', 'Staff', '职工', '')
    """

    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Mapping[str, object] | Words | None, name: str = "") -> Words:
        """The words of an entry that has a key a language, or `name_en`, `name_zh` and so on.

        Words stay words; None becomes no words.

        >>> Words.of({"en": "Staff", "unit": "persons"})("en")
        'Staff'
        >>> Words.of({"task_en": "Build", "task_zh": "建设", "lead": "X"}, "task")("zh")
        '建设'
        """
        if not isinstance(entry, Mapping):
            return entry or cls()
        keys = {lang: f"{name}_{lang}" if name else lang for lang in LANGUAGES}
        return cls({lang: str(entry[key]) for lang, key in keys.items() if entry.get(key)})

    @classmethod
    def same(cls, text: str) -> Words:
        """A text that is the same in every language.

        >>> Words.same("ISIC")("zh")
        'ISIC'
        """
        return cls({BASE: text})

    @property
    def complete(self) -> bool:
        """True where no language that is demanded is missing or blank."""
        return all(self.texts.get(lang, "").strip() for lang in demanded())

    def __bool__(self) -> bool:
        """True where there is a text in any language."""
        return any(self.texts.values())

    def __hash__(self) -> int:
        """The same for the same texts."""
        return hash(frozenset(self.texts.items()))

    def __call__(self, lang: str) -> str:
        """The text in one language."""
        texts = self.texts
        return texts.get(lang) or texts.get(BASE) or next(filter(None, texts.values()), "")
