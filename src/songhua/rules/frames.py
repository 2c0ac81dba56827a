"""Verdicts on a table in memory, and firms read from a file, with every fault by row."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.rules import text
from songhua.rules.algebra import ENDLESS, MET, NOT_MET, OUTCOMES, UNKNOWN, Num
from songhua.rules.book import Rulebook
from songhua.rules.carriers import Arrays
from songhua.rules.deciding_clause import deciding
from songhua.rules.facts import Fact, days
from songhua.rules.interpret import Reading
from songhua.rules.parameters import EPOCH, in_own

WORDS = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}


def judge_frame(frame: pd.DataFrame, book: Rulebook, on: date) -> pd.DataFrame:
    """The verdict on every row of a frame, a column a fact, in the frame's order.

    Returns:
        outcome, deciding, score_low, score_high, and `failing`: how many of the conditions that
        must all hold are not met (of alternatives, the whole counts once).

    >>> from songhua.rules.load import load
    >>> firms = pd.DataFrame({"staff": [600.0, None]})
    >>> list(judge_frame(firms, load("cn/sci-tech-sme"), date(2024, 6, 30))["outcome"])
    ['not_met', 'unknown']
    """
    n, span = len(frame), book.span(on)
    if span is None or not span.complete:
        blank = {"outcome": "not_in_force", "deciding": "", "failing": 0}
        ends = {"score_low": np.nan, "score_high": np.nan}
        return pd.DataFrame({**blank, **ends}, index=frame.index)
    values = book.on(on)
    facts = {
        id: _column(frame, fact, values[fact.most].span[1] if fact.most else ENDLESS, book)
        for id, fact in book.facts.items()
    }
    reading = Reading(Arrays(), book, {**facts, "on": Num.of(days(on))}, values)

    def spread(value: Any) -> np.ndarray:
        return np.broadcast_to(np.asarray(value), n)

    score = reading.name(book.score) if book.score else Num(np.nan, np.nan, True)
    failing = sum((spread(reading.value(part)) == NOT_MET).astype(int) for part in _parts(book))
    return pd.DataFrame(
        {
            "outcome": np.array(OUTCOMES, dtype=object)[spread(reading.name(book.decides))],
            "deciding": np.array(list(book.clauses), dtype=object)[spread(deciding(book, reading))],
            "failing": failing,
            "score_low": spread(score.low),
            "score_high": spread(score.high),
        },
        index=frame.index,
    )


def _parts(book: Rulebook) -> Iterable[text.Node]:
    rule = book.clauses[book.decides].rule
    return rule.items if isinstance(rule, text.All) else (rule,)


def _column(frame: pd.DataFrame, fact: Fact, most: float, book: Rulebook) -> Any:
    unknown = fact.unknown(most)
    if fact.id not in frame.columns:
        return unknown
    column = frame[fact.id]
    if fact.type == "flag":
        gone = column.isna().to_numpy()
        return np.where(gone, UNKNOWN, np.where(column.eq(True).to_numpy(), MET, NOT_MET))
    if fact.type == "choice":
        return column.astype(object).where(column.notna(), "").to_numpy(dtype=str)
    if fact.type == "date":
        numbers = (pd.to_datetime(column) - pd.Timestamp(EPOCH)).dt.days
    else:
        numbers = pd.to_numeric(column)
    array = numbers.to_numpy(dtype=float, na_value=np.nan)
    array = array * (in_own(1.0, fact.unit, book.money) if fact.unit else 1.0)
    gone = np.isnan(array)
    low, high = (np.where(gone, end, array) for end in (unknown.low, unknown.high))
    return Num(low, high, True if unknown.known else ~gone, unknown.positive)


def read_firms(name: str, data: bytes, books: Iterable[Rulebook]) -> pd.DataFrame:
    """A table of firms from the bytes of a CSV or Parquet file of this name.

    Columns named as facts are read by their types.

    Raises:
        SonghuaError: `csv_unreadable`, or `fact_unreadable` with the row of every cell.
    """
    try:
        if name.endswith(".parquet"):
            frame = pd.read_parquet(io.BytesIO(data))
        else:
            text = io.BytesIO(data)
            frame = pd.read_csv(text, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        params = {"why": str(error)[:120]}
        raise SonghuaError(Fault("csv_unreadable", file=name, params=params)) from None
    known: dict[str, Fact] = {}
    for book in books:
        known |= dict(book.facts)
    faults: list[Fault] = []
    for id in [column for column in frame.columns if column in known]:
        frame[id], odd = _typed(frame[id], known[id])
        place = {"file": name, "column": id}
        for row, told in odd:
            params = {"text": str(told)[:80], "type": known[id].type}
            faults.append(Fault("fact_unreadable", **place, row=row + 2, params=params))
    if faults:
        raise SonghuaError(*faults)
    return frame


def _typed(column: pd.Series, fact: Fact) -> tuple[pd.Series, list[tuple[int, Any]]]:
    """A column by a fact's type, and the cells that cannot be read with their places."""
    values, odd = [], []
    for at, raw in enumerate(column):
        try:
            values.append(None if _gone(raw) else _cell(raw, fact))
        except (ValueError, TypeError, KeyError):
            values.append(None)
            odd.append((at, raw))
    kind = object if fact.form != "number" or fact.type == "date" else float
    return pd.Series(values, index=column.index, dtype=kind), odd


def _cell(raw: Any, fact: Fact) -> Any:
    if fact.type == "flag":
        return raw if isinstance(raw, (bool, np.bool_)) else WORDS[str(raw).strip().lower()]
    if fact.type == "choice":
        if raw not in fact.choices:
            raise ValueError(raw)
        return raw
    if fact.type == "date":
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    number = float(raw)
    if not np.isfinite(number) or (number < 0 and not fact.signed):
        raise ValueError(raw)
    if fact.type in ("whole", "score") and number != int(number):
        raise ValueError(raw)
    return number


def facts_of(row: Mapping[str, Any], book: Rulebook) -> dict[str, Any]:
    """One row of a table as facts for `evaluate`."""
    return {id: row[id] for id in book.facts if id in row and not _gone(row[id])}


def _gone(raw: Any) -> bool:
    return raw == "" or (not isinstance(raw, (Mapping, list, tuple)) and bool(pd.isna(raw)))


def read_firm(path: Path) -> dict[str, Any]:
    """One firm's facts from a TOML file: `staff = 12`, or tables with value, unit, evidence.

    Raises:
        SonghuaError: `toml_unreadable`.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        params = {"why": str(error)[:120]}
        raise SonghuaError(Fault("toml_unreadable", file=path.name, params=params)) from None
