"""Counts that may be published: moved by coins, which a secret and the cell's records toss.

Every record has a key that follows from the secret, a cell the sum of its records' keys (the cell
key method: Wooton and Fraser 2005; Thompson, Broadfoot and Elazar 2013). The cell's key tosses two
coins until each shows a tail; the heads of the first are added to the count and those of the second
taken away (the two-sided geometric distribution, P(e) = 2^-|e| / 3: Ghosh, Roughgarden and
Sundararajan 2012). The result is rounded to the nearest multiple of three. So the same records
give the same number in every table, language and day, and other records give a newly tossed number.

**Proof that no count is revealed.** A cell without records shows nought, and any other count can
show any
multiple of three: the coins have no last toss. Take any records, any tables of them, any days, and
everything that was published. Add one record, a copy of a record in a cell. Each count is then the
same or one higher, no further count is nought, and cells with the same records still have the same
records. So these records can give the published numbers too. Hence no cell with records is known to
have one, two, or any other number of them, nor is the rest of a total beside it. Each published
number changes the odds of the two cases by a factor of two at most.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

import pandas as pd

BASE = 3
BITS = 128
#: At least nine in ten numbers lie so near to the count (`chance_within`).
REACH = 4


class PublishedCounts:
    """Counts of sets of records, as they may be published under a secret.

    >>> counts = PublishedCounts(b"a secret of the folder")
    >>> few, more = counts.of(["a", "b"]), counts.of(f"{k}" for k in range(500))
    >>> few % 3, more % 3, abs(more - 500) < 20, counts.of([])
    (0, 0, True, 0)
    >>> counts.of(["b", "a"]) == few  # the content decides, not the order or the table
    True
    """

    def __init__(self, secret: bytes) -> None:
        """Keep the secret, which must not be published."""
        self._secret = secret
        # pandas hashes records with a key of 16 characters (SipHash)
        self._key = base64.b64encode(self._digest(b"records", b"")[:12]).decode()

    def of(self, records: Iterable[str]) -> int:
        """The number to show for a cell of these records, each of which counts once."""
        distinct = pd.Series(list(records), dtype=object).unique()
        n = len(distinct)
        if not n:
            return 0
        keys = pd.util.hash_array(distinct, hash_key=self._key, categorize=False)
        cell = int(keys.sum())  # wraps round at 2^64
        tosses = int.from_bytes(self._digest(b"cell", b"%d of %d" % (cell, n)), "big")
        moved = n + heads(tosses >> BITS) - heads(tosses % (1 << BITS))
        return max(0, (moved + 1) // BASE * BASE)

    def _digest(self, kind: bytes, content: bytes) -> bytes:
        """256 bits that cannot be foreseen without the secret."""
        return hmac.digest(self._secret, kind + b"\0" + content, hashlib.sha256)


def heads(tosses: int) -> int:
    """Heads before the first tail among 128 tosses; 1 is a head.

    >>> heads(0), heads(0b1101 << 124)
    (0, 2)
    """
    return BITS - (tosses ^ ((1 << BITS) - 1)).bit_length()


def chance(number: int, count: int) -> float:
    """The probability with which a count is shown as a number.

    >>> round(chance(0, 1), 4), round(chance(3, 1), 4), chance(0, 0)
    (0.6667, 0.2917, 1.0)
    """
    if count == 0 or number % BASE or number < 0:
        return float(number == 0 and count == 0)
    probability = sum(_moved_by(number + at - count) for at in (-1, 0, 1))
    if number == 0:  # all that would come out below nought as well: 2^-(count + 1) / 3, halved on
        probability += 2 * _moved_by(-count - 2)
    return probability


def _moved_by(heads: int) -> float:
    return 2.0 ** -abs(heads) / 3


def chance_within(most: int) -> float:
    """The least probability, over all counts, that the number lies so near to the count.

    >>> [round(chance_within(k), 3) for k in (1, 2, 3, 4)]
    [0.583, 0.667, 0.875, 0.948]
    """
    far = 60  # a count that nought does not touch
    return min(
        sum(chance(number, n) for number in range(n - most, n + most + 1))
        for n in range(far, far + BASE)
    )
