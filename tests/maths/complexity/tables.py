"""Made tables of levels, region by industry: random, nested, sparse, small."""

from __future__ import annotations

import numpy as np
import pandas as pd


def labelled(values) -> pd.DataFrame:
    rows, columns = np.shape(values)
    return pd.DataFrame(
        np.asarray(values, dtype=float),
        index=pd.Index([f"r{i:03}" for i in range(rows)], name="region"),
        columns=pd.Index([f"i{i:03}" for i in range(columns)], name="industry"),
    )


def random(rows: int, columns: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    size = rng.lognormal(sigma=1.5, size=(rows, 1)) * rng.lognormal(size=(1, columns))
    return labelled(np.round(1000 * size * rng.lognormal(sigma=1.2, size=(rows, columns))) + 1)


def nested(rows: int, columns: int, seed: int) -> pd.DataFrame:
    """The able have nearly all, the others what is everywhere."""
    rng = np.random.default_rng(seed)
    gap = np.linspace(1, 0.1, rows)[:, np.newaxis] - np.linspace(0, 0.9, columns)
    there = rng.random((rows, columns)) < 1 / (1 + np.exp(-10 * gap))
    there[:, 0] = there[0] = True
    return labelled(np.round(there * rng.lognormal(3, 1, (rows, columns)) * 100))


def sparse(rows: int, columns: int, seed: int) -> pd.DataFrame:
    """Few cells hold anything, but all hang together through one industry and one region."""
    rng = np.random.default_rng(seed)
    values = np.where(rng.random((rows, columns)) < 0.08, rng.integers(1, 500, (rows, columns)), 0)
    values[:, 0] = rng.integers(1, 60, rows)
    values[0] = rng.integers(1, 60, columns)
    return labelled(values)


def counted(rows: int, columns: int) -> pd.DataFrame:
    """Made without chance, so that another program can make the same."""
    r, i = np.arange(rows)[:, np.newaxis], np.arange(columns)
    return labelled((37 * r * r + 91 * i * i + 13 * r * i) % 101 * (1 + r % 7) * (1 + i % 5))


SMALL = [
    [[8, 4, 0], [2, 4, 4], [0, 2, 8]],
    [[8, 6, 5, 2], [3, 0, 0, 0], [1, 8, 6, 9]],
    [[5, 1, 1, 0], [4, 4, 1, 1], [9, 2, 7, 3], [1, 6, 2, 8], [3, 3, 3, 5]],
]

TABLES = {
    "random": random(40, 25, 1),
    "wide": random(20, 60, 2),
    "nested": nested(50, 30, 3),
    "nested wide": nested(25, 60, 4),
    "sparse": sparse(60, 40, 5),
    "lanczos": nested(260, 180, 6),
    "counted": counted(14, 10),
} | {f"small {k}": labelled(values) for k, values in enumerate(SMALL)}
