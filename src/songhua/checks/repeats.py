"""Rows that say the same: compared by a number a row first, then, where those agree, by text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd


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
            part = frame["number"].to_numpy().view(np.uint64) * np.uint64(31)
            part = part + frame["decimals"].to_numpy().astype(np.uint64)
        else:
            texts, codes = _categories(frame, name)
            part = digests(texts)[codes] if texts else np.zeros(0, dtype=np.uint64)
        total = mixed(total, part)
    return total


def coded(frame: pd.DataFrame, columns: tuple[str, ...], like: pd.DataFrame | None = None) -> Any:
    """The entries as whole numbers, equal where the texts are; -1 for a text not in `like`."""
    found: dict[str, np.ndarray] = {}
    for name in columns:
        column = frame[name].astype("category").array
        codes = np.asarray(column.codes)
        if like is not None:
            known = like[name].astype("category").array.categories
            place = known.get_indexer(column.categories)
            codes = place[codes] if len(place) else codes
        found[name] = codes
    return pd.DataFrame(found)


def repeated(frame: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """Where a row says in these columns what an earlier row says; equal hashes are compared."""
    suspects = alike(hashes(frame, columns))
    result = np.zeros(len(frame), dtype=bool)
    if len(suspects):
        some = coded(frame.iloc[suspects], columns)
        result[suspects] = some.duplicated().to_numpy()
    return result


def held(old: pd.DataFrame, new: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """Where a row of `new` says what a row of `old` says; equal hashes are compared.

    Rows of `old` with a number that no row of `new` has are left out first: that is quick.
    """
    if old.empty:
        return np.zeros(len(new), dtype=bool)
    if "value" in columns:
        old = old[old["number"].isin(new["number"]).to_numpy()]
    mine, theirs = hashes(new, columns), hashes(old, columns)
    suspects = np.flatnonzero(pd.Series(mine).isin(theirs).to_numpy())
    result = np.zeros(len(new), dtype=bool)
    if len(suspects):
        same = old.iloc[np.flatnonzero(pd.Series(theirs).isin(mine[suspects]).to_numpy())]
        there = coded(same, columns)
        again = pd.concat([there, coded(new.iloc[suspects], columns, like=same)])
        result[suspects] = again.duplicated().to_numpy()[len(there) :]
        result[suspects] &= (again.iloc[len(there) :] >= 0).to_numpy().all(axis=1)
    return result


def _categories(frame: pd.DataFrame, name: str) -> tuple[list[str], np.ndarray]:
    column = frame[name].array
    return column.categories.tolist(), np.asarray(column.codes)
