"""What was answered before about a layout: the labels and defaults of the map it was read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songhua.store.drafts.findings import BY_LAYOUT
from songhua.store.sheets.label_meaning import PAIR
from songhua.store.sheets.mapping import Mapping as Map
from songhua.store.sheets.words import key, split_marks

#: What a next workbook of the same layout says anew.
ANEW = frozenset({"period", "source", "recorded", "published", "note"})


@dataclass(frozen=True)
class Answers:
    """Answers by word, by pair of words, and for the whole table; none before there was a map.

    `rates` has by indicator the rate of it that is meant, `settled` the codes or the keys of doubts
    that are none any more; `comma` says whether a comma is the decimal sign, where that was asked.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    fill: tuple[int, ...] = ()
    time: str = ""
    comma: bool | None = None
    rates: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    @classmethod
    def of(cls, read: Map) -> Answers:
        """The answers that a map gives; what it says of periods and sources is not one."""
        labels: dict[str, dict[str, str]] = {}
        for words in read.labels.values():
            for word, settings in words.items():
                kept = {n: v for n, v in settings.items() if n not in ANEW}
                if kept:
                    labels.setdefault(word, {}).update(kept)
        period = read.defaults.get("period", "")
        time = "cumulative" if ".." in period else "month" if len(period) == 7 else ""
        defaults = {n: v for n, v in read.defaults.items() if n not in ANEW}
        settled = BY_LAYOUT if labels or defaults or read.ignore else frozenset[str]()
        return cls(labels, defaults, read.ignore, read.fill, time, settled=settled)

    def word(self, text: str) -> Mapping[str, str]:
        """What was answered of one word; nothing for another."""
        if not self.labels:
            return {}
        return self.labels.get(key(split_marks(text)[0]), {})

    def pair(self, rows: Sequence[str], columns: Sequence[str]) -> str:
        """The indicator that was answered for a row's and a column's words together."""
        if not self.labels:
            return ""
        heads = [key(split_marks(text)[0]) for text in (*columns, " ".join(columns)) if text]
        for row in rows:
            for head in heads:
                word = f"{key(split_marks(row)[0])}{PAIR}{head}"
                if found := self.labels.get(word, {}).get("indicator"):
                    return found
        return ""
