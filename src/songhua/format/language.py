"""One language: its words, numbers, periods and marks, for whatever is shown in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from songhua import messages
from songhua.format import marks, words
from songhua.format.numbers import bare, ends, entry, number, show, signed
from songhua.format.text import Mark, Small, Text, joined
from songhua.plan.schemes import classes
from songhua.results import Estimate
from songhua.wording.periods import period

DASH = "–"


def _with_ends(value: Any) -> tuple[Any, Any, Any]:
    """A number, and its ends where it has any."""
    if isinstance(value, Estimate):
        return value.value, value.low, value.high
    return value, None, None


@dataclass(frozen=True)
class Language:
    """The words of one language."""

    lang: str = "en"

    @property
    def written(self) -> messages.Language:
        """The rules by which the language is written: its marks, its gaps, its letters."""
        return messages.language(self.lang)

    def say(self, key: str, **params: object) -> str:
        """A text of the report."""
        return entry("report", key, self.lang, **params)

    def word(self, key: str, **params: object) -> str:
        """A word of the interface."""
        return messages.word(key, self.lang, **params)

    def heading(self, *keys: str) -> list[str]:
        """Names of columns."""
        return [entry("columns", key, self.lang) for key in keys]

    def choice(self, of: str, value: str) -> str:
        """The word for a value of a closed list."""
        return messages.choice(of, str(value), self.lang)

    def number(self, value: float, places: int | None = None) -> str:
        """A bare number with the marks of the language."""
        return number(value, self.lang, places)

    def signed(self, value: float, places: int | None = None) -> str:
        """A bare number with its sign, a plus too."""
        return signed(value, self.lang, places)

    def digits(self, value: float, digits: int) -> str:
        """A computed number with so many significant digits."""
        return bare(value, "", self.lang, digits=digits)

    def period(self, when: object) -> str:
        """A period or a day as people say it; blank for none.

        >>> Language().period("2020-Q1"), Language().period(None)
        ('Q1 2020', '')
        """
        return period("" if when is None else str(when), self.lang)

    def reads(self, text: str) -> bool:
        """True for a text in the script of the view's language."""
        return self.written.reads(text)

    def join(self, items: Iterable[str]) -> str:
        """Several names as one text."""
        return self.written.joined(items)

    def show(self, value: Any, unit: str) -> str:
        """A number with its unit; of an estimate with the decimals that its ends leave."""
        number, *bounds = _with_ends(value)
        return show(number, unit, self.lang, *bounds)

    def qualified(self, qualifier: str, text: str) -> str:
        """A number as printed, with the word before it, if there is one."""
        return words.qualified(qualifier, text, self.lang)

    def bare(self, value: Any, unit: str) -> str:
        """The same without its unit, where the column or the axis names it."""
        number, *bounds = _with_ends(value)
        return bare(number, unit, self.lang, *bounds)

    def amount(
        self,
        figure: Estimate,
        unit: str,
        *,
        text: str = "",
        digits: int = 0,
        decimals: int | None = None,
        size: float | None = None,
    ) -> Text:
        """A figure with its ends as small print and the sign of their kind.

        Ends that look like the figure itself are left out. `said` is the figure in words where
        that is more than its number and unit, `size` a number in whose scale it is shown.
        """
        if not figure.known:
            return DASH
        value, low, high = _with_ends(figure)
        shape: Any = {"digits": digits, "decimals": decimals}
        main = text or show(value, unit, self.lang, low, high, size=size, **shape)
        if not figure.kind:
            return main
        interval = ends(value if size is None else size, low, high, unit, self.lang, **shape)
        alone = bare(value, unit, self.lang, low, high, size=size, **shape)
        if figure.kind == "identity" or interval == alone:
            return (main, self.estimate(figure.kind))
        return (main, " ", Small((interval, self.estimate(figure.kind)), ends=True))

    def estimate(self, kind: str) -> Mark:
        """The sign of a kind of ends, explained in the legend and under the table."""
        label = self.choice("estimate", kind)
        return Mark("estimate", kind, label, marks.ESTIMATES.get(kind, kind), bare=True)

    def explained(self, kinds: Iterable[str]) -> Text:
        """The signs of kinds of estimates explained, a sentence each."""
        sentences = [
            (
                self.estimate(kind),
                f" {self.choice('estimate', kind)}{self.written.colon}"
                f"{self.choice('covers', kind)}{self.written.stop}",
            )
            for kind in kinds
        ]
        return joined(sentences, self.written.gap)

    def grade(self, grade: str, word: bool = True) -> Text:
        """A badge for the grade of a source; its sign tells it without colour."""
        if not grade:
            return ""
        label = self.choice("grade", grade)
        return (Mark("grade", grade, label, marks.GRADES.get(grade, ""), bare=not word),)

    def doubt(self, doubt: str) -> Mark:
        """A badge for a doubt of a figure."""
        return Mark("doubt", doubt, self.choice("doubt", doubt), marks.DOUBT)

    def verdict(self, verdict: str) -> Mark:
        """A badge for a verdict."""
        label = self.choice("verdict", verdict)
        return Mark("verdict", verdict, label, marks.VERDICTS.get(verdict, ""))

    def doubts(self, kinds: Iterable[str]) -> str:
        """The doubts of a figure in words behind their mark; blank where there are none.

        >>> Language("zh").doubts(["disputed"]), Language("en").doubts([])
        ('※ 与其他数据矛盾', '')
        """
        words = self.join(self.choice("doubt", kind) for kind in kinds)
        return self.say("doubted", doubts=words) if words else ""

    def progress_class(self, name: str) -> Mark:
        """A badge for the class of a target."""
        sign = marks.STANDINGS[classes()[name].standing]
        return Mark("class", name, self.choice("target_class", name), sign)
