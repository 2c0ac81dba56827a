"""Rows that are parts of the row above them: 其中：第一产业 below 地区生产总值."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from songhua.reading.drafts.draft_figures import JointSense
from songhua.reading.crosstabs.vocabulary import pattern

_SPACES = re.compile(r"[\s\u3000]*")


@dataclass
class Parent:
    """The last row that named an indicator; a row of an industry alone below it is a part of it.

    It is a part if it says so (其中, *of which*) or stands further in, and if only parts stand
    between.
    """

    indicator: str = ""
    depth: int = 0
    told: str = ""
    found: list[str] = field(default_factory=list)

    def child(self, row: JointSense, label: str) -> JointSense:
        """Sense of a row, with the indicator of the row that it is a part of."""
        depth = len(_SPACES.match(label)[0])  # type: ignore[index]
        if "indicator" in row.sets:
            self.indicator, self.depth = row.sets["indicator"], depth
            return row
        part = pattern("part").match(label) is not None or depth > self.depth
        if not (self.indicator and part and "industry" in row.sets):
            self.indicator = ""
            return row
        self.found.append(label.strip())
        self.told = self.indicator
        return replace(row, sets={**row.sets, "indicator": self.indicator})
