# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""The observations of a folder as one frame: text to labels, days, numbers and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from songhua import schema
from songhua.checks.repeats import alike, coded, digests, hashes, mixed
from songhua.labels import parse_period, parse_unit, parse_when
from songhua.labels.units import factor
from songhua.maths.bounds import Interval
from songhua.maths.wording import from_print
from songhua.reading.identity import short_names
from songhua.reading.tables import Parsed
from songhua.region.figure_rows import complete, stacked
from songhua.region.known import since_of_rows, source_days
from songhua.region.newest import superseded
from songhua.schema import Catalogue

HALF = 0.5 / 10.0 ** np.arange(16)


def assemble(parsed: list[Parsed], sources: Catalogue, indicators: Catalogue) -> pd.DataFrame:
    """All rows of `observations/*.csv`, which must be free of faults, as Region has them."""
    table = schema.table("observations")
    whole = pa.concat_tables([part.data for part in parsed]) if parsed else _none(table)
    whole = whole.unify_dictionaries().combine_chunks()
    frame = whole.select(table.names).to_pandas()
    files = pd.Categorical.from_codes(
        np.repeat(np.arange(len(parsed)), [len(part.rows) for part in parsed]),
        categories=pd.Index([part.file.rpartition("/")[2] for part in parsed], dtype="str"),
    )
    frame["file"] = files
    frame["row"] = np.concatenate([part.rows for part in parsed] or [np.zeros(0, dtype=np.int64)])
    for name, read in (("unit", parse_unit), ("recorded", parse_period), ("published", parse_when)):
        texts, _ = _categories(frame, name)
        words = [str(read(text)) if text else "" for text in texts]
        frame[name] = recode(frame[name].array, words)
    _add_period(frame)
    frame["known"] = since_of_rows(table, frame, source_days(sources))
    _add_numbers(frame, whole.column("value"))
    add_scale(frame, indicators)
    _add_id(frame)
    return complete(frame, panel=False)


def joined(frame: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Observations and more of them as one frame, with ids; what is corrected is judged anew."""
    if frame.empty:
        return more.reset_index(drop=True)
    names = frame.columns.drop(["id", "repeats", "superseded"])
    names = [name for name in names if name in more]
    whole = stacked([frame[names], more[names]])
    _add_id(whole)
    return whole


def _none(table: schema.TableSchema) -> pa.Table:
    encoded = pa.dictionary(pa.int32(), pa.string())
    kinds = {
        c.name: pa.string() if c.type in ("decimal", "text") else encoded for c in table.columns
    }
    return pa.schema(list(kinds.items())).empty_table()


def as_pandas(column: pa.ChunkedArray) -> Any:
    """Dictionary columns and repeated text as categories, other text as it is."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], column.type)
    if not pa.types.is_dictionary(array.type):
        return pd.Series(array.to_pandas(), dtype="str")
    codes = array.indices.to_numpy(zero_copy_only=False)
    texts = array.dictionary.to_pylist()
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype="str"))


def recode(column: pd.Categorical, texts: list[str]) -> pd.Categorical:
    """The same column with a new text for each category; equal texts become one.

    >>> recode(pd.Categorical(["2021-H1", "2021-Q1..Q2"]), ["2021-H1", "2021-H1"]).tolist()
    ['2021-H1', '2021-H1']
    """
    distinct = list(dict.fromkeys(texts))
    place = {text: code for code, text in enumerate(distinct)}
    where = np.array([place[text] for text in texts], dtype=np.int32)
    codes = where[column.codes] if len(where) else column.codes
    return pd.Categorical.from_codes(codes, categories=pd.Index(distinct, dtype="str"))


def _categories(frame: pd.DataFrame, name: str) -> tuple[list[str], np.ndarray]:
    column = frame[name].array
    return column.categories.tolist(), np.asarray(column.codes)


def _days(days: Sequence[date | None]) -> np.ndarray:
    return np.array(days, dtype="datetime64[s]")


def _add_period(frame: pd.DataFrame) -> None:
    texts, codes = _categories(frame, "period")
    periods = [parse_period(text) for text in texts]
    frame["start"] = _days([period.start for period in periods])[codes] if texts else _days([])
    frame["end"] = _days([period.end for period in periods])[codes] if texts else _days([])
    frame["period"] = recode(frame["period"].array, [str(period) for period in periods])


def _add_numbers(frame: pd.DataFrame, column: pa.ChunkedArray) -> None:
    """Number and rounding bound. A word before the number opens the bound at one or both ends."""
    number, half, decimals = printed(frame, column)
    low, high = number - half, number + half
    words, where = _categories(frame, "qualifier")
    rules = {"more_than": 1, "at_least": 1, "less_than": 2, "at_most": 2, "nearly": 3, "about": 4}
    rule = np.array([rules.get(word, 0) for word in words], dtype=np.int8)[where]
    worded = np.flatnonzero(rule)
    word, bare = rule[worded], number[worded]
    cases = [word == 1, word == 2]
    low[worded] = np.select(cases, [bare, np.full_like(bare, -np.inf)], np.nan)
    high[worded] = np.select(cases, [np.full_like(bare, np.inf), bare], np.nan)
    nearly = worded[word == 3]
    texts = column.take(pa.array(nearly)).to_pylist()
    rows = list(zip(texts, frame["unit"].iloc[nearly].tolist(), strict=True))
    ends = {row: _nearly(*row) for row in set(rows)}
    low[nearly] = [ends[row].low for row in rows]
    high[nearly] = [ends[row].high for row in rows]
    frame["number"] = number
    frame["decimals"] = decimals.astype(np.int8)
    frame["low"], frame["high"] = low, high


def _nearly(text: str, unit: str) -> Interval:
    """The interval that "nearly" leaves before a number, in the number's unit."""
    parsed = parse_unit(unit)
    return from_print(text, "nearly", parsed.counted, unit=parsed)


def printed(frame: pd.DataFrame, column: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each text as number, half a unit in its last place, and decimals; a whole count is exact."""
    number = pc.cast(column, pa.float64()).to_numpy()
    point = pc.find_substring(column, ".").to_numpy()
    decimals = np.where(point < 0, 0, pc.binary_length(column).to_numpy() - 1 - point)
    units, codes = _categories(frame, "unit")
    counted = np.array([parse_unit(text).counted for text in units], dtype=bool)
    exact = counted[codes] & (decimals == 0) if units else np.zeros(0, dtype=bool)
    return number, np.where(exact, 0.0, HALF[decimals]), decimals


def add_scale(frame: pd.DataFrame, indicators: Catalogue) -> None:
    """Factors that turn numbers into their indicator's unit; missing where the two do not fit."""
    names, which = _categories(frame, "indicator")
    units, codes = _categories(frame, "unit")
    if not names or not units:
        frame["scale"] = np.zeros(len(frame))
        return
    pairs = which.astype(np.int64) * len(units) + codes
    place, distinct = pd.factorize(pairs)
    scales = np.full(len(distinct), np.nan)
    for at, pair in enumerate(distinct.tolist()):
        old = parse_unit(units[pair % len(units)])
        new = parse_unit(str(indicators[names[pair // len(units)]]["unit"]))
        if old.dimension == new.dimension and old.prices == new.prices:
            scales[at] = factor(old, new)
    frame["scale"] = scales[place]


def _add_id(frame: pd.DataFrame) -> None:
    """The name of each row, what it repeats, and whether a later row corrects it.

    A name is the digest of the key, the source and, from the second row of the same key and
    source on, the number of the repetition. So a row keeps its name where it moves. Rows of the
    same key and source have the same number `repeats`; of all others it is 0.
    """
    columns = (*schema.table("observations").key, "source")
    numbers = hashes(frame, columns)
    repetition = np.zeros(len(frame), dtype=np.int64)
    repeats = np.zeros(len(frame), dtype=np.int64)
    suspects = alike(numbers)
    if len(suspects):
        repetition[suspects], repeats[suspects] = _order(frame.iloc[suspects], columns)
        again = repetition > 0
        numbers[again] = mixed(numbers[again], digests([str(n) for n in repetition[again]]))

    def spell(rows: np.ndarray) -> list[str]:
        texts = frame.iloc[rows][list(columns)].astype(str).assign(n=repetition[rows].astype(str))
        return ["\n".join(row) for row in texts.itertuples(index=False)]

    frame["repeats"] = repeats
    frame["superseded"] = superseded(frame)
    frame["id"] = short_names(numbers, spell)


def _order(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """A row's number among those of the same entries, from 0, and the number of these entries.

    The order is by publication, so that later rows rename nothing, then by recording, then by
    value, unit and day of publication; repetitions on one day come last, in order of entry.
    """
    group = coded(frame, columns).groupby(list(columns), sort=False).ngroup()
    statement = ["value", "unit", "published"]
    texts = ["recorded", *statement]
    rows = frame[["known", *texts]].astype(dict.fromkeys(texts, str))
    rows = rows.reset_index(drop=True).assign(group=group)
    rows["again"] = rows.groupby([*rows.columns], dropna=False, sort=False).cumcount()
    order = rows.sort_values(["known", "recorded", "again", *statement], kind="stable")
    number = order.groupby("group").cumcount().sort_index()
    return number.to_numpy(), group.to_numpy() + 1
