"""Newest of several rows: one order of time for figures, corrections and answers.

Rows stand by the day on which they were recorded, answers by the time at which they came; of one
day in order of entry, which is that of the folder: files as `store.source.entered` has them, and
in a file the rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of `reviews/*.csv`: an answer of a department; equal are those that say the same."""

    department: str = ""
    review: str = ""
    sort: str = ""
    indicator: str = ""
    region: str = ""
    industry: str = ""
    entity: str = ""
    vintage: str = ""
    scope: str = ""
    item: str = ""
    value: str = ""
    unit: str = ""
    qualifier: str = ""
    kind: str = ""
    state: str = ""
    done_on: str = ""
    evidence: str = ""
    note: str = ""
    reporter: str = ""
    received: str = field(default="", compare=False)
    sheet: str = field(default="", compare=False)
    file: str = field(default="", compare=False)
    row: int = field(default=0, compare=False)

    @property
    def reply(self) -> tuple[str, ...]:
        """Its content, apart from evidence and note."""
        return self.value, self.unit, self.qualifier, self.kind, self.state, self.done_on


def in_order(recorded: pd.Series) -> np.ndarray:
    """The places of rows from the oldest to the newest; rows of one day stay as they stand.

    >>> in_order(pd.Series(["2026-02-01", "2026-01-02", "2026-02-01"])).tolist()
    [1, 0, 2]
    """
    column = recorded.astype("category").array
    texts = column.categories.to_numpy(dtype=object)
    ranks = np.unique(texts, return_inverse=True)[1] if len(texts) else texts
    return np.argsort(ranks[column.codes], kind="stable") if len(column) else np.zeros(0, np.intp)


def newest(rows: pd.DataFrame) -> pd.Series:
    """The row that was recorded last; of those of one day the last.

    >>> frame = pd.DataFrame({"value": [1, 2, 3], "recorded": ["2026-03-01"] * 2 + ["2026-01-02"]})
    >>> int(newest(frame)["value"])
    2
    """
    return rows.iloc[int(in_order(rows["recorded"])[-1])]


def superseded(rows: pd.DataFrame) -> np.ndarray:
    """Mark the observations that are corrected: those of the same entries that were not recorded last.

    Rows of one day all stand: a source may print two numbers for one thing.

    >>> frame = pd.DataFrame({"repeats": [0, 1, 1], "recorded": ["2026-01-02"] * 2 + ["2026-03-01"]})
    >>> superseded(frame).tolist()
    [False, True, False]
    """  # noqa: E501
    result = np.zeros(len(rows), dtype=bool)
    again = np.flatnonzero(rows["repeats"].to_numpy())
    if len(again):
        some = rows.iloc[again]
        recorded = some["recorded"].astype(str)
        result[again] = recorded < recorded.groupby(some["repeats"]).transform("max")
    return result


def answers(reviews: pd.DataFrame, home: str) -> list[Answer]:
    """The answers of departments from the oldest to the newest, with their labels in full.

    They stand by the time at which they came, those of one second in order of entry. The blank
    place of a figure is `home`, its blank industry the whole economy. An answer belongs to what
    it is about, whichever department was asked.

    >>> rows = pd.DataFrame({"sort": "figure", "region": "", "industry": "", "value": [1, 2, 3],
    ...                      "received": ["2024-01-10T09:00:01Z", "2024-01-10T09:00Z", "2024-01-10"]})
    >>> [(row.region, row.industry, row.value) for row in answers(rows, "rivertown")]
    [('rivertown', 'all', 3), ('rivertown', 'all', 2), ('rivertown', 'all', 1)]
    """  # noqa: E501
    if reviews.empty:
        return []
    records = reviews.to_dict("records")
    rows = [Answer(**{str(name): cell for name, cell in record.items()}) for record in records]
    return [
        replace(row, region=row.region or home, industry=row.industry or "all")
        if row.sort == "figure"
        else row
        for row in sorted(rows, key=lambda row: came_at(row.received))
    ]


def came_at(received: str) -> str:
    """Time at which an answer came, as a text by which answers have their order.

    A day comes before its minutes, and a minute before its seconds.

    >>> came_at("2024-01-10T09:00Z") < came_at("2024-01-10T09:00:01Z")
    True
    """
    return received.removesuffix("Z")
