"""How far a round of reports is: what each department is asked, answered, owes and has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.plan import Plan
from songhua.region import Region
from songhua.schema import table
from songhua.store.reviews.items import PLACE, Item, items

#: What an answer consists of, apart from evidence and note.
ANSWER = ("value", "unit", "qualifier", "kind", "state", "done_on")
Answer = Mapping[str, str]


@dataclass(frozen=True)
class Return:
    """What a department is asked in one line: its last answer for the period, and the one before.

    It is overdue where it is not answered though the period has ended.
    """

    item: Item
    answer: Answer | None
    before: Answer | None
    overdue: bool

    @property
    def changed(self) -> bool:
        """Whether it was answered otherwise than for an earlier period."""
        return self.answer is not None and self.before is not None and any(
            self.answer[name] != self.before[name] for name in ANSWER
        )  # fmt: skip


def returns(
    region: Region, plan: Plan, review: Period, lang: str, today: date
) -> dict[str, list[Return]]:
    """By department what it is asked for a period, and what came back; in the plan's order."""
    held = region.reviews.reindex(columns=table("reviews").names).astype(str)
    found: dict[str, list[Return]] = {}
    for item in items(region, plan, review, lang):
        own = held[_about(held, item)]
        now = own[own["review"] == str(review)]
        earlier = [parse_period(text).end < review.start for text in own["review"]]
        answer, before = _last(now), _last(own[earlier])
        late = answer is None and review.end < today
        found.setdefault(item.department, []).append(Return(item, answer, before, late))
    return found


def _about(held: pd.DataFrame, item: Item) -> pd.Series:
    """The reports about what an item asks, of its department."""
    same = (held["department"] == item.department) & (held["sort"] == item.sort)
    for name in PLACE:
        if name != "unit":
            same &= held[name] == item.place.get(name, "")
    return same


def _last(rows: pd.DataFrame) -> Answer | None:
    """The report that came last; of those that came together the last row."""
    if rows.empty:
        return None
    row = rows.sort_values("received", kind="stable").iloc[-1]
    return {str(name): str(value) for name, value in row.items()}
