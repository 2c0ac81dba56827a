"""Texts of a sheet by the names and ids of a folder, and by the words that offices print."""

from __future__ import annotations

import re

from songhua.reading.crosstabs.bilingual import untranslated
from songhua.reading.crosstabs.lexicon import Lexicon
from songhua.reading.crosstabs.senses import NAMES, TextSense
from songhua.reading.crosstabs.text_reading import TextReading
from songhua.reading.sheets.words import key
from songhua.region.catalogues import Catalogues

__all__ = ["NAMES", "TextSense", "Words"]


class Words:
    """Explains texts by the names and ids of a folder and by the words that offices print."""

    def __init__(self, folder: Catalogues) -> None:
        """Learn the names of a folder."""
        self.folder = folder
        self.lexicon = Lexicon(folder)
        self._senses: dict[tuple[str, str, str, bool], TextSense] = {}

    def sense(self, text: str, role: str = "", year: str = "", title: bool = False) -> TextSense:
        """Sense of a text that stands where `role` is named; `year` completes its period."""
        which = (text, role, year, title)
        if which not in self._senses:
            sense = TextReading(self.lexicon, role, year, title).read(text)
            if not sense.clear and (printed := untranslated(text)) != text:
                sense = TextReading(self.lexicon, role, year, title).read(printed)
            self._senses[which] = sense
        return self._senses[which]

    def timeless(self, text: str) -> str:
        """A text with a sign in the place of each period and number.

        >>> from songhua.region import Region
        >>> Words(Region.of("rivertown")).timeless("Jobs, January 2021 (table 3)")
        'jobs, # (table #)'
        """
        plain, reading = key(text), TextReading(self.lexicon, "", "2000", False)
        pieces = [
            "#" if tokens is None else plain[start:end]
            for start, end, tokens in reading.pieces(plain, gaps=True)
        ]
        return re.sub(r"\d+", "#", "".join(pieces))
