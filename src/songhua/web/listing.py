"""A table as a reader asks for it: filtered, searched, in an order, a page at a time.

A word with an underscore at its beginning is about the page; every other word of the address is a
column and the value that its cells must have. A blank word asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.format.cells import NUMERIC
from songhua.format.view import View
from songhua.schema import Column
from songhua.web.asking import word_faults
from songhua.web.described import TEXT, Described, query_word, words_schema
from songhua.web.fault_kinds import NumberOfAddress

#: Rows of a page, and the most that may be asked for.
SIZE, MOST = 100, 1000
#: A column of more different values than these has no list of them to choose from.
CHOICES = 300
#: Columns whose cells are chosen among.
CHOSEN = ("label", "choice", "period", "tag", "flag", "when", "date")
#: Columns with several ids in a cell; a request names one of them.
SEVERAL = ("observations", "labels")
#: Columns that a word is looked for in, by their cells and by the names of these.
SEARCHED = ("label", "choice", "tag", "text", "period", "code")
#: The words of an address about the page.
OF_PAGE = ("_q", "_sort", "_page", "_size")
WHOLE = {"type": "integer", "minimum": 1, "maximum": 999_999_999}


def of_page(words: Sequence[str]) -> Iterator[Described]:
    """The words of a list as parameters; which columns that of a result has is not known."""
    names = [name for name in words if name not in OF_PAGE]
    yield query_word("_q", "Words that a row has.", TEXT)
    yield query_word("_page", "Which page of rows.", WHOLE)
    yield query_word("_size", f"How many rows on a page; at most {MOST} are given.", WHOLE)
    orders = ["", *(sign + name for name in names for sign in ("", "-"))]
    sort = TEXT | ({"enum": orders} if names else {})
    yield query_word("_sort", "A column to sort by; a minus before it: from the last.", sort)
    yield query_word(
        "columns", "Each a column, and the value that its cells must have.", words_schema(names)
    )


@dataclass(frozen=True)
class RowQuery:
    """The rows asked for, their order and their page; a minus before `sort` is from the last on."""

    filters: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZE

    @classmethod
    def of(cls, words: Mapping[str, str], columns: Sequence[Column]) -> RowQuery:
        """The rows that an address asks for.

        Raises:
            SonghuaError: `word_of_address` of a column to sort by that there is not;
                `number_of_address`.

        >>> RowQuery.of({"_page": "2"}, []).page
        2
        """
        faults: list[Fault] = []
        filters = {column.name: text for column in columns if (text := words.get(column.name))}
        sort = words.get("_sort", "")
        if sort:
            faults += word_faults([sort.removeprefix("-")], [column.name for column in columns])
        page, size = _whole(words, "_page", 1, faults), _whole(words, "_size", SIZE, faults)
        if faults:
            raise SonghuaError(*faults)
        return cls(filters, words.get("_q", "").strip(), sort, page, min(size, MOST))


def columns_of(table: str) -> list[Column]:
    """The columns of a table of the folder that its list has; a title stands once, in a language.

    >>> [column.name for column in columns_of("sources")][:3]
    ['title', 'publisher', 'address']
    """
    shown_once = ("title_", "publisher_")
    return [
        column for column in schema.table(table).columns if not column.name.startswith(shown_once)
    ]


def _whole(words: Mapping[str, str], name: str, usual: int, faults: list[Fault]) -> int:
    text = words.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text) > 0):
        faults.append(NumberOfAddress(word=name, text=text[:40]))
        return usual
    return int(text)


@dataclass(frozen=True)
class Listing:
    """The requested rows: those of the page, the total number, the choices.

    `facets` gives for each filterable column its values with their numbers of rows, as without a
    filter on that column; the chosen value is among them.
    """

    rows: pd.DataFrame
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    query: RowQuery

    @property
    def pages(self) -> int:
        """The number of pages; one at least."""
        return max(1, -(-self.total // self.query.size))


def matching(
    frame: pd.DataFrame, columns: Sequence[Column], query: RowQuery, view: View
) -> pd.DataFrame:
    """All requested rows, in the requested order."""
    hits = np.ones(len(frame), dtype=bool)
    for mask in _masks(frame, columns, query, view).values():
        hits &= mask
    return _sorted(frame[hits], query)


def listing(frame: pd.DataFrame, columns: Sequence[Column], query: RowQuery, view: View) -> Listing:
    """A page of the rows that are asked for, and what they may be chosen by."""
    masks = _masks(frame, columns, query, view)
    hits = np.ones(len(frame), dtype=bool)
    for mask in masks.values():
        hits &= mask
    facets: dict[str, list[tuple[str, int]]] = {}
    for column in columns:
        if column.type not in CHOSEN or column.name not in frame:
            continue
        base = hits
        if column.name in masks:
            base = np.ones(len(frame), dtype=bool)
            for name, mask in masks.items():
                if name != column.name:
                    base &= mask
        counts = frame[column.name][base].astype(str).value_counts()
        counts = counts[counts > 0]
        if 1 < len(counts) <= CHOICES or column.name in query.filters:
            facets[column.name] = [(str(value), int(n)) for value, n in counts.items() if value]
            chosen = query.filters.get(column.name)
            if chosen and chosen not in dict(facets[column.name]):
                facets[column.name].append((chosen, 0))
    rows = _sorted(frame[hits], query)
    start = (query.page - 1) * query.size
    return Listing(rows.iloc[start : start + query.size], int(hits.sum()), facets, query)


def _masks(
    frame: pd.DataFrame, columns: Sequence[Column], query: RowQuery, view: View
) -> dict[str, np.ndarray]:
    """For each thing that is asked for the rows that meet it."""
    kinds = {column.name: column for column in columns}
    masks: dict[str, np.ndarray] = {}
    for name, value in query.filters.items():
        cells = frame[name]
        if kinds[name].type in SEVERAL:
            hits = pd.Series([value in str(text).split() for text in cells])
        elif kinds[name].type in NUMERIC:
            hits = pd.Series([_same_number(cell, value) for cell in cells])
        else:
            hits = cells == value if cells.dtype == "category" else cells.astype(str) == value
        masks[name] = hits.to_numpy(bool)
    if query.search:
        masks["_q"] = _naming(frame, columns, query.search.casefold(), view)
    return masks


def _same_number(cell: object, text: str) -> bool:
    try:
        return float(str(cell)) == float(text)
    except ValueError:
        return False


def _naming(frame: pd.DataFrame, columns: Sequence[Column], word: str, view: View) -> np.ndarray:
    """The rows with a cell whose id, name or text has a word; each different cell is read once."""
    hits = np.zeros(len(frame), dtype=bool)
    for column in columns:
        if column.type in SEARCHED and column.name in frame:
            codes, values = pd.factorize(frame[column.name].astype(str))
            if len(values):
                has = np.array(
                    [_has(column, str(value), word, view) for value in values], dtype=bool
                )
                hits |= np.where(codes >= 0, has[codes], False)
    return hits


def _has(column: Column, value: str, word: str, view: View) -> bool:
    if word in value.casefold():
        return True
    if not value:
        return False
    name = ""
    if column.type == "label" and column.of:
        name = view.name(column.of, value)
    elif column.type == "choice":
        name = view.choice(column.vocabulary, value)
    return word in name.casefold()


def _sorted(frame: pd.DataFrame, query: RowQuery) -> pd.DataFrame:
    if not query.sort:
        return frame
    name = query.sort.removeprefix("-")
    key = None
    if name == "value" and "number" in frame:
        name = "number"
    if name == "period" and "start" in frame:
        name = "start"
    if frame[name].dtype == object:
        key = _as_text
    return frame.sort_values(
        name, ascending=not query.sort.startswith("-"), kind="stable", key=key, na_position="last"
    )


def _as_text(cells: pd.Series) -> pd.Series:
    return cells.astype(str)
