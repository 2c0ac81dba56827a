"""Earlier answers about a layout: the labels and defaults of the map that it was read with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from songhua.errors import Fault
from songhua.reading.drafts.draft_findings import BY_LAYOUT
from songhua.reading.sheets.label_meaning import PAIR
from songhua.reading.sheets.mapping import Mapping as Map
from songhua.reading.sheets.parts import Parts
from songhua.reading.sheets.words import key, split_marks

#: The answer by which figures are left out.
LEAVE = "leave"
#: The parts that each workbook of the same layout states anew.
ANEW = frozenset({"period", "source", "recorded", "published", "note"})


@dataclass(frozen=True)
class Answers:
    """Answers by word, by pair of words, and for the whole table; none before there was a map.

    Blank cells in the columns of `blank` are really blank. `parts` has the answers on the parts of
    the sheet, `rows` the chosen one of two columns of labels, by the kind of label (-1 is the
    heading). `periods` gives, by a period and a part of it in a heading, the chosen period;
    `as_named` has the parts that change nothing. `twice` gives, by a column and two values stated
    for it, the chosen value. `left` are doubts of an indicator whose figures are left out. `rates`
    has by indicator the rate of it that is meant, `settled` the kinds or the keys of doubts that
    are none any more; `comma` says whether a comma is the decimal sign, where that was asked or
    read before. `before` answers for words of an earlier sheet that had a period in them, and
    `left_before` are those of these that were left out.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    fill: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_before: frozenset[str] = frozenset()
    time: str = ""
    comma: bool | None = None
    parts: Parts = field(default_factory=Parts)
    rows: Mapping[str, int] = field(default_factory=dict)
    periods: Mapping[tuple[str, str], str] = field(default_factory=dict)
    as_named: frozenset[str] = frozenset()
    twice: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    left: frozenset[tuple[type[Fault], str]] = frozenset()
    rates: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str | type[Fault]] = frozenset()

    @classmethod
    def of(cls, read: Map, timeless: Callable[[str], str]) -> Answers:
        """The answers that a map gives; what it says of periods and sources is not one.

        `timeless` makes a word that has a period in it what it is in the next sheet too.
        """
        labels: dict[str, dict[str, str]] = {}
        for words in read.labels.values():
            for word, settings in words.items():
                lasting = {n: v for n, v in settings.items() if n not in ANEW}
                if lasting:
                    labels.setdefault(word, {}).update(lasting)
        period = read.defaults.get("period", "")
        time = "cumulative" if ".." in period else "month" if len(period) == 7 else ""
        settled = BY_LAYOUT if labels or read.defaults or read.ignore else frozenset()
        return cls(
            labels,
            {n: v for n, v in read.defaults.items() if n not in ANEW},
            read.ignore,
            read.fill,
            read.blank,
            _before(labels, timeless),
            frozenset(timed for word in read.ignore if (timed := _timed(word, timeless))),
            time,
            read.comma,
            _lasting(read.parts, timeless),
            dict.fromkeys(read.columns, -1) | dict(read.rows),
            as_named=read.as_named,
            settled=settled,
        )

    def word(self, text: str, timeless: Callable[[str], str]) -> Mapping[str, str]:
        """The answer about a word; nothing for another."""
        if not self.labels:
            return {}
        word = key(split_marks(text)[0])
        return self.labels.get(word) or self.before.get(_timed(word, timeless), {})

    def pair(
        self, rows: Sequence[str], columns: Sequence[str], timeless: Callable[[str], str]
    ) -> Mapping[str, str]:
        """The answer about a row's and a column's words together."""
        if self.labels:
            for word in _pairs(rows, columns):
                if answer := self.labels.get(word) or self.before.get(_timed(word, timeless)):
                    return answer
        return {}

    def pair_left(
        self, rows: Sequence[str], columns: Sequence[str], timeless: Callable[[str], str]
    ) -> bool:
        """True where a row's and a column's words together were left out."""
        return any(self.word_left(word, timeless) for word in _pairs(rows, columns))

    def word_left(self, text: str, timeless: Callable[[str], str]) -> bool:
        """True where a word was left out, or before one that is the same but for its period."""
        if not self.ignore:
            return False
        word = key(split_marks(text)[0])
        return word in self.ignore or _timed(word, timeless) in self.left_before


def _pairs(rows: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    heads = [key(split_marks(text)[0]) for text in (*columns, " ".join(columns)) if text]
    for row in rows:
        yield from (f"{key(split_marks(row)[0])}{PAIR}{head}" for head in heads)


def _timed(word: str, timeless: Callable[[str], str]) -> str:
    """A word without its periods; blank where it has none, or is nothing else."""
    pattern = PAIR.join(timeless(half) for half in word.split(PAIR))
    return pattern if "#" in pattern and pattern.strip("# ") else ""


def _before(
    labels: Mapping[str, Mapping[str, str]], timeless: Callable[[str], str]
) -> dict[str, Mapping[str, str]]:
    """The answers to words with a period in them, without it; none where two do not agree."""
    answers: dict[str, Mapping[str, str]] = {}
    for word, settings in labels.items():
        if timed := _timed(word, timeless):
            answers[timed] = settings if answers.get(timed, settings) == settings else {}
    return answers


def _lasting(parts: Parts, timeless: Callable[[str], str]) -> Parts:
    """Answers about parts, without headings that have a period: a next sheet has another."""
    lasting = {n: text for n, text in parts.headings.items() if "#" not in timeless(text)}
    return replace(parts, headings=lasting)
