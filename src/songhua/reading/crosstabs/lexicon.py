"""The words by which a sheet is understood: the names and ids of a folder, and common ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songhua.grammar.unit_words import common_currencies
from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.sheets.words import key
from songhua.region.catalogues import Catalogues

#: Short codes, such as the letter of a section, are no words: they count at the head of a label.
_CODE = re.compile(r"[A-Za-z]{1,2}|\d{2,4}(?:[-–]\d{2,4})?")
OF = {"indicator": "indicators", "region": "places", "industry": "industries"}


@dataclass(frozen=True)
class Token:
    """One meaning of a word: the entry `value` of a `column`, or a common word of a kind."""

    kind: str
    column: str
    value: str


class Lexicon:
    """Words and their meanings, compared as `key` makes them."""

    def __init__(self, folder: Catalogues) -> None:
        """Learn the names of a folder, in each language, its ids, and the common words."""
        self.folder = folder
        units = [indicator.unit for indicator in folder.catalogue.values()]
        codes = re.findall(r"\b[A-Z]{3}\b", " ".join(units))
        self.currencies = frozenset({folder.currency, *codes, *common_currencies()} - {""})
        self._tokens: dict[str, list[Token]] = {}
        self._loose: dict[str, list[Token]] = {}
        self._codes: dict[str, list[Token]] = {}
        for column, catalogue in OF.items():
            for id, entry in getattr(folder, catalogue).items():
                also = list(entry.get("also") or ())
                self._codes_of(column, id, [alias for alias in also if _CODE.fullmatch(alias)])
                also = [alias for alias in also if not _CODE.fullmatch(alias)]
                self._name(column, id, [id, *folder.words(catalogue, id).texts.values(), *also])
        self._name("region", folder.code, [folder.code, *folder.name.texts.values()])
        self._suffixes()
        self._publishers()
        for kind, values in vocabulary().tokens.items():
            for value, spellings in values.items():
                for word in spellings:
                    self._add(word, Token(kind, value, value))
        self._longest = max(map(len, self._tokens), default=0)

    def ends_in_word(self, text: str, longest: int) -> bool:
        """True where a known word begins before a place of a text and ends with the text."""
        return any(self.meanings(key(text[at:])) for at in range(longest))

    def _name(self, column: str, id: str, texts: list[str]) -> None:
        for text in filter(None, texts):
            self._add(text, Token("name", column, id))

    def _codes_of(self, column: str, id: str, codes: list[str]) -> None:
        for code in codes:
            self._codes.setdefault(key(code), []).append(Token("name", column, id))

    def _add(self, word: str, token: Token) -> None:
        same = self._tokens.setdefault(key(word), [])
        if token not in same:
            same.append(token)

    def _publishers(self) -> None:
        """Titles and publishers of the folder's sources change nothing where a sheet names them."""
        for id, source in self.folder.sources.items():
            texts = [
                *self.folder.words("sources", id).texts.values(),
                str(source.get("publisher") or ""),
            ]
            for text in texts:
                if len(text) > 1 and key(text) not in self._tokens:
                    self._add(text, Token("plain", "any", "any"))

    def _suffixes(self) -> None:
        """`哈尔滨市` for 哈尔滨, where no other place is named so too."""
        suffixes = vocabulary().place_suffixes
        stems: dict[str, set[str]] = {}
        places = [
            (word, token.value)
            for word, tokens in self._tokens.items()
            for token in tokens
            if token.column == "region"
        ]
        for word, id in places:
            stem = next((word.removesuffix(s) for s in suffixes if word.endswith(s)), word)
            stems.setdefault(stem, set()).add(id)
        for word, id in places:
            stem = next((word.removesuffix(s) for s in suffixes if word.endswith(s)), "")
            if len(stem) > 1 and len(stems[stem]) == 1 and stem not in self._tokens:
                self._add(stem, Token("name", "region", id))
            if len(stems.get(word, ())) == 1 and not word.isascii():
                for suffix in suffixes:
                    self._add(word + suffix, Token("name", "region", id))

    def names_of(self, column: str) -> list[str]:
        """The names of a column's entries, as words are compared."""
        return [
            word
            for word, tokens in self._tokens.items()
            if any(token.kind == "name" and token.column == column for token in tokens)
        ]

    def meanings(self, word: str) -> list[Token]:
        """Possible meanings of a known word; none for another."""
        return self._tokens.get(word, [])

    def wholes(self, industry: str) -> list[str]:
        """The industries that an industry is a part of."""
        wholes: list[str] = []
        while industry in self.folder.industries and industry not in wholes:
            industry = self.folder.parent(industry)
            wholes.append(industry)
        return wholes

    def narrower(self, column: str, first: str, second: str) -> str:
        """Of an industry or a place and a part of it the part; blank where neither is one.

        >>> from songhua.region import Region
        >>> Lexicon(Region.of("rivertown")).narrower("region", "upland", "rivertown")
        ''
        """
        both = (first, second)
        if column == "industry":
            return next((id for id in both if {*both} & {*self.wholes(id)}), "")
        if column != "region":
            return ""
        roles = [self.folder.places.get(id, {}).get("role") for id in both]
        parts = [id for id, role in zip(both, roles, strict=True) if role != "parent"]
        inner = parts and (parts[0] == self.folder.code or "part" in roles)
        return parts[0] if len(parts) == 1 and inner else ""

    def loosely(self, word: str) -> list[Token]:
        """Meanings of a name whatever its commas, hyphens, blanks and words for "and"."""
        if not self._loose:
            for name, tokens in self._tokens.items():
                names = [token for token in tokens if token.kind == "name"]
                if names and name.isascii() and " " in name:
                    self._loose.setdefault(_bare(name), []).extend(names)
        tokens = self._loose.get(_bare(word), []) if word.isascii() else []
        return tokens if len({(t.column, t.value) for t in tokens}) == 1 else []

    def code(self, word: str) -> list[Token]:
        """Meanings of a code of a classification; none for another word."""
        return self._codes.get(word, [])

    def ends(self, text: str, start: int) -> Iterator[int]:
        """Where known words end that start at a place of a text."""
        for end in range(start + 1, min(len(text), start + self._longest) + 1):
            if text[start:end] in self._tokens and whole(text, start, end):
                yield end


def _bare(name: str) -> str:
    """A name without what offices set in different ways: `Oil, gas, and coal` as `oil gas coal`."""
    return " ".join(re.sub(r"[,;&/()–-]|\band\b", " ", name).split())


def whole(text: str, start: int, end: int) -> bool:
    """True for a piece of a text that cuts no word and no number."""

    def joined(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    return not (start and joined(text[start - 1], text[start])) and not (
        end < len(text) and joined(text[end - 1], text[end])
    )
