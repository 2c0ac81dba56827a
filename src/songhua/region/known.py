"""The day on which a row became known: one rule for every table, by the columns in its schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_when
from songhua.schema import Catalogue, Column, TableSchema

#: The day on which each source was published; none where that is unknown.
SourceDays = Mapping[str, date | None]
EVER = date.min


def source_days(sources: Catalogue) -> SourceDays:
    """The day by which each source was public.

    >>> source_days({"paper": {"published": "2022-07"}, "leaflet": {}})
    {'paper': datetime.date(2022, 7, 31), 'leaflet': None}
    """
    texts = {id: str(source.get("published") or "") for id, source in sources.items()}
    return {id: parse_when(text).end if text else None for id, text in texts.items()}


def since(table: TableSchema, cell: Callable[[str], object], days: SourceDays) -> date | None:
    """The day by which a row was known, from its cells by column; none where that is unknown.

    The first of the table's `known` columns that has a day gives it: a month or a year counts at
    its end, a source on the day on which it was published. A row of a `timeless` table with none
    of these cells is no piece of news, and known since ever.

    >>> from songhua.schema import table
    >>> days = source_days({"paper": {"published": "2022-07"}})
    >>> row = {"source": "paper", "published": "2022-06-30"}
    >>> since(table("observations"), row.get, days), since(table("claims"), row.get, days)
    (datetime.date(2022, 6, 30), datetime.date(2022, 7, 31))
    >>> since(table("plan_assumptions"), {"source": ""}.get, days) == EVER
    True
    """
    columns = [table.column(name) for name in table.known]
    cells = [cell(column.name) or "" for column in columns]
    if table.timeless and not any(cells):
        return EVER
    candidates = (_day(column, value, days) for column, value in zip(columns, cells, strict=True))
    return next((day for day in candidates if day is not None), None)


def _day(column: Column, value: object, days: SourceDays) -> date | None:
    """The day that one cell says."""
    match value:
        case Period():
            return value.end
        case date():
            return value
    text = str(value)
    if column.type == "label":
        return days.get(text)
    if column.type == "text":  # a day with a time behind it
        return date.fromisoformat(text[:10]) if text else None
    return parse_when(text).end if text else None


def since_of_rows(table: TableSchema, rows: pd.DataFrame, days: SourceDays) -> np.ndarray:
    """The day by which each row of a frame was known; not-a-time where it is unknown.

    >>> from songhua.schema import table
    >>> rows = pd.DataFrame({"source": ["paper", "leaflet"], "published": ["", "2021"]})
    >>> since_of_rows(table("observations"), rows, {"paper": date(2022, 7, 1)}).astype(str).tolist()
    ['2022-07-01T00:00:00', '2021-12-31T00:00:00']
    """
    days_known = np.full(len(rows), np.datetime64("NaT", "s"))
    blank = np.ones(len(rows), dtype=bool)
    for name in table.known:
        if name not in rows:
            continue
        column = rows[name].astype("category").array
        texts, codes = column.categories.tolist(), np.asarray(column.codes)
        if not texts:
            continue
        of = table.column(name)
        parsed = [_day(of, text, days) for text in texts]
        column_days = np.array([*parsed, None], dtype="datetime64[s]")[codes]
        blank &= np.array([*(not text for text in texts), True])[codes]
        days_known = np.where(np.isnat(days_known), column_days, days_known)
    if table.timeless:
        days_known[blank] = np.datetime64(EVER, "s")
    return days_known


def known_rows(table: TableSchema, rows: pd.DataFrame, days: SourceDays, day: date) -> pd.DataFrame:
    """The rows that had become known by the end of a day; one of unknown day had not.

    >>> from songhua.schema import table
    >>> rows = pd.DataFrame({"received": ["2024-01-10T09:00:00Z", "2024-02-10T09:00:00Z"]})
    >>> known_rows(table("reviews"), rows, {}, date(2024, 1, 31)).index.tolist()
    [0]
    """
    return rows[since_of_rows(table, rows, days) <= np.datetime64(day, "s")]
