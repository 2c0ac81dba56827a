"""Rows that say the same: compared by a number a row first, then, where those agree, by text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Literal

import numpy as np
import pandas as pd

from songhua import schema
from songhua.region.newest import in_order


def digests(texts: Sequence[str]) -> np.ndarray:
    """The first 64 bits of the SHA-256 of each text, the same on every machine.

    >>> digests(["gdp", ""]).tolist()
    [7325221959441756549, 1449310910991872227]
    """
    parts = b"".join(sha256(text.encode()).digest()[:8] for text in texts)
    return np.frombuffer(parts, dtype="<u8").astype(np.uint64)


def mixed(total: np.ndarray, part: np.ndarray) -> np.ndarray:
    """One number a row of two, where the order in which parts are mixed counts."""
    total = (total ^ part) * np.uint64(0x9E3779B97F4A7C15)
    return total ^ (total >> np.uint64(29))


def alike(numbers: np.ndarray) -> np.ndarray:
    """The places of the numbers that stand more than once.

    >>> alike(np.array([7, 5, 7, 6])).tolist()
    [0, 2]
    """
    ordered = np.sort(numbers)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.flatnonzero(np.isin(numbers, again)) if len(again) else np.zeros(0, dtype=np.intp)


def hashes(frame: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """A number a row, equal for rows with equal entries in these columns."""
    total = np.zeros(len(frame), dtype=np.uint64)
    for name in columns:
        if name == "value":
            part = frame.number.to_numpy().view(np.uint64) * np.uint64(31)
            part = part + frame.decimals.to_numpy().astype(np.uint64)
        else:
            texts, codes = _categories(frame, name)
            part = digests(texts)[codes] if texts else np.zeros(0, dtype=np.uint64)
        total = mixed(total, part)
    return total


def coded(frame: pd.DataFrame, columns: tuple[str, ...]) -> Any:
    """The entries as whole numbers, equal where the texts are."""
    return pd.DataFrame(
        {name: np.asarray(frame[name].astype("category").array.codes) for name in columns}
    )


def said_again(rows: pd.DataFrame, new: np.ndarray | None = None) -> np.ndarray:
    """The observations (or new ones) that repeat their source's last statement on the same figure.

    A source may print two numbers for one figure. So its rows of one day and one file are one
    statement. Statements are ordered by time (`newest.in_order`). A statement repeats the statement
    before it if each of its rows, counted from the last, equals the row there. So of 480, 490 and
    480 none is a repetition. A new statement is also left out if its successor would then be a
    repetition. Of equal rows within a statement, the later is reported in a folder, the earlier
    among new rows.
    """
    table = schema.table("observations")
    labels, words = (*table.key, "source"), table.identity
    keep: Literal["first", "last"] = "first" if new is None else "last"
    new = np.ones(len(rows), dtype=bool) if new is None else new
    result = np.zeros(len(rows), dtype=bool)
    suspects = alike(hashes(rows, words))
    if not new[suspects].any():
        return result
    numbers = hashes(rows, labels)
    places = np.flatnonzero(np.isin(numbers, numbers[suspects[new[suspects]]]))
    places = places[in_order(rows.recorded.iloc[places])]
    thing = _numbered(rows.iloc[places], labels)
    in_turn = np.argsort(thing, kind="stable")
    places, thing = places[in_turn], thing[in_turn]
    some = coded(rows.iloc[places], ("recorded", "file")).assign(thing=thing).to_numpy()
    begins = np.append(True, (some[1:] != some[:-1]).any(axis=1))
    frame = pd.DataFrame(
        {
            "statement": np.cumsum(begins),
            "says": _numbered(rows.iloc[places], words),
            "thing": thing,
            "new": new[places],
        }
    )
    result[places] = _again(frame, keep) & frame.new.to_numpy()
    return result


def _again(frame: pd.DataFrame, keep: Literal["first", "last"]) -> np.ndarray:
    """True for rows that occur twice in their statement, or belong to a repeated statement."""
    twice = frame.duplicated(["statement", "says"], keep=keep)
    distinct = frame[~twice]
    distinct = distinct.assign(back=distinct.groupby("statement").cumcount(ascending=False))
    before = distinct.assign(statement=distinct.statement + 1)
    pairs = distinct.merge(before, "left", ["statement", "back", "thing"], suffixes=("", "_before"))
    same = (pairs.says == pairs.says_before).groupby(pairs.statement).all()
    fresh = distinct.groupby("statement").new.first()
    followed = (same & ~fresh).shift(-1, fill_value=False)
    return (twice | frame.statement.map((same & fresh) | followed)).to_numpy()


def _numbered(frame: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """A whole number a row, equal where the entries are."""
    return coded(frame, columns).groupby(list(columns), sort=False).ngroup().to_numpy()


def _categories(frame: pd.DataFrame, name: str) -> tuple[list[str], np.ndarray]:
    column = frame[name].array
    return column.categories.tolist(), np.asarray(column.codes)
