"""Rows of results as predicates read them, and parameters held against values of rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from sentence_audit.claims import Sentence

#: A parameter that a sentence must not have.
ABSENT = None


def rows(sentence: Sentence, table: str, **labels: object) -> pd.DataFrame:
    """The rows of a table that have these labels; a collection allows each of its members."""
    frame = sentence.tables.get(table, pd.DataFrame())
    for name, label in labels.items():
        allowed = label if isinstance(label, (tuple, list, set)) else [label]
        if len(frame):
            frame = frame[frame[name].isin(list(allowed))]
    return frame


def sole(sentence: Sentence, table: str, **labels: object) -> dict[str, Any] | None:
    """The only row of a table with these labels, by column."""
    frame = rows(sentence, table, **labels)
    return frame.iloc[0].to_dict() if len(frame) == 1 else None


def unequal(sentence: Sentence, computed: Mapping[str, object]) -> Iterator[str]:
    """A line for each parameter that is not what rows give.

    >>> from datetime import date
    >>> from songhua.region import Region
    >>> towns = Sentence("towns", {"n": 3}, (), {}, Region.of("here"), None, date(2021, 1, 1))
    >>> list(unequal(towns, {"n": 3, "of": ABSENT})), len(list(unequal(towns, {"n": 4})))
    ([], 1)
    """
    for name, value in computed.items():
        written = sentence.params.get(name)
        if not same(written, value):
            yield f"{name} is {written!r}, and rows give {value!r}"


def same(written: object, value: object) -> bool:
    """Equal values: numbers but for the noise of their last digits, members in their order."""
    if isinstance(written, bool) or isinstance(value, bool):
        return written is value
    if isinstance(written, (int, float)) and isinstance(value, (int, float)):
        both_open = math.isnan(written) and math.isnan(value)
        return both_open or math.isclose(written, value, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(written, (list, tuple)) and isinstance(value, (list, tuple)):
        return list(map(str, written)) == list(map(str, value))
    blank = written in (None, "") and value in (None, "")
    return blank or (written is not None and value is not None and str(written) == str(value))


def doubts(sentence: Sentence) -> Iterator[str]:
    """A line where the doubts that a sentence shows are not those of its figures."""
    found = sentence.region.figures.doubts
    kinds = {str(one.kind) for id in sentence.observations for one in found.get(id, ())}
    if "doubts" in sentence.params and set(sentence.params["doubts"]) != kinds:
        yield f"the figures have the doubts {sorted(kinds)}"


def three_digits(value: float) -> float:
    """A number to the digits in which intervals of draws are given."""
    return float(f"{value:.3g}")


def known(value: object) -> bool:
    """True of a number that there is, and of a label that is not blank."""
    return not (value is None or value == "" or (isinstance(value, float) and math.isnan(value)))


def ordered(names: Sequence[str], allowed: Sequence[str], what: str) -> Iterator[str]:
    """A line where names are not the first of these, each in its place."""
    if list(names) != list(allowed)[: len(names)] or not names:
        yield f"{what} are {list(names)}, and rows give {list(allowed)[: len(names) or None]}"
