"""What was answered before about a layout: the labels and defaults of the map it was read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songhua.store.sheets.label_meaning import PAIR
from songhua.store.sheets.mapping import Mapping as Map
from songhua.store.sheets.words import key, split_marks

#: What a next workbook of the same layout says anew.
ANEW = frozenset({"period", "source", "recorded", "published", "note"})


@dataclass(frozen=True)
class Answers:
    """Answers by word, by pair of words, and for the whole table; none before there was a map."""

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    fill: tuple[int, ...] = ()
    time: str = ""

    def __bool__(self) -> bool:
        """Whether anything was answered."""
        return bool(self.labels or self.defaults or self.ignore)

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
        return cls(labels, defaults, read.ignore, read.fill, time)

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
