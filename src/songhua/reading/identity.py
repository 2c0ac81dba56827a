"""Short names of observations: digests of what a row is about, as base32 text.

A name of ten characters holds 50 bits: among a million rows two are alike once in two thousand
folders. Those that are alike are lengthened by the digest of their whole text.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from hashlib import sha256
from itertools import product

import numpy as np
import pandas as pd
import pyarrow as pa

from songhua.checks.repeats import alike

LENGTH = 10
ALPHABET = b"abcdefghijklmnopqrstuvwxyz234567"
PAIRS = np.frombuffer(b"".join(map(bytes, product(ALPHABET, repeat=2))), dtype=np.uint16)
DROPPED = np.uint64(64 - 5 * LENGTH)


def short_names(numbers: np.ndarray, spell: Callable[[np.ndarray], list[str]]) -> pd.Series:
    """A name a number; `spell` gives the whole text of the rows whose names are alike.

    >>> short_names(np.array([1, 2**63], dtype=np.uint64), lambda rows: []).tolist()
    ['aaaaaaaaaa', 'qaaaaaaaaa']
    """
    cells = np.empty((len(numbers), LENGTH // 2), dtype=np.uint16)
    for at in range(LENGTH // 2):
        cells[:, at] = PAIRS[(numbers >> np.uint64(54 - 10 * at)) & np.uint64(1023)]
    ends = np.arange(len(numbers) + 1, dtype=np.int64) * LENGTH
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(cells)]
    encoded = pa.Array.from_buffers(pa.large_string(), len(numbers), buffers)
    names = pd.Series(encoded.to_pandas(), dtype="str")
    rows = alike(numbers >> DROPPED)
    if len(rows):
        longer = _longer(names.iloc[rows].tolist(), spell(rows))
        names.iloc[rows] = pd.Index(longer, dtype="str")
    return names


def _longer(names: list[str], texts: list[str]) -> list[str]:
    """The names with as many more characters as make all of them differ.

    >>> _longer(["aa", "aa"], ["one", "two"])
    ['aao', 'aah']
    """
    more = [base64.b32encode(sha256(t.encode()).digest()).decode().lower() for t in texts]
    for length in range(1, 52):
        longer = [name + suffix[:length] for name, suffix in zip(names, more, strict=True)]
        if len(set(longer)) == len(longer):
            return longer
    raise ValueError(f"rows of the same text: {texts}")
