"""The claims that sentences make, each with a predicate over result rows.

A predicate imports no code that chooses or writes sentences. It reads the parameters of a sentence
and the tables of the results, and yields a line for each thing that the tables deny.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from songhua.plan import Plan
from songhua.region import Region

Predicate = Callable[["Sentence"], Iterator[str]]


@dataclass(frozen=True)
class Sentence:
    """A sentence or a tile: its kind, its parameters as plain data, and what it may rest on.

    `tables` has the tables of all studies by study and name (`"diagnose.peers"`); `day` is that of
    the view. A tile has the code `tile_` and its headline, and its row as parameters.
    """

    code: str
    params: Mapping[str, Any]
    observations: Sequence[str]
    tables: Mapping[str, pd.DataFrame]
    region: Region
    plan: Plan | None
    day: date


@dataclass(frozen=True)
class Claim:
    """A claim of kinds of sentences, in plain words, and the predicate that recomputes it."""

    codes: tuple[str, ...]
    words: str
    denials: Predicate


CLAIMS: list[Claim] = []


def claim(*codes: str, words: str) -> Callable[[Predicate], Predicate]:
    """Register a predicate for the kinds of sentences with these codes.

    >>> @claim("towns_counted", words="n is the number of rows of peers")
    ... def towns(sentence):
    ...     if sentence.params["n"] != len(sentence.tables["diagnose.peers"]):
    ...         yield "n is not the number of rows"
    >>> CLAIMS.pop().codes
    ('towns_counted',)
    """

    def register(predicate: Predicate) -> Predicate:
        CLAIMS.append(Claim(codes, words, predicate))
        return predicate

    return register


def denials(sentence: Sentence) -> list[str]:
    """All that the tables deny of a sentence."""
    return [
        line
        for claimed in CLAIMS
        if sentence.code in claimed.codes
        for line in claimed.denials(sentence)
    ]
