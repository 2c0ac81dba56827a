"""Looking up by labels: the rows that carry them, and ids that no catalogue has."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ChoiceUnknown, LabelUnknown
from songhua.hooks.checkpoints import checkpoint

LENGTH = 80
#: Among more entries than these only those that begin alike are compared.
MANY = 1000


def refuse_unknown(of: str, entries: Collection[str], *ids: str) -> None:
    """Refuse ids that a catalogue does not have; one without any entry is not judged.

    Raises:
        SonghuaError: `label_unknown`, with the entry that looks most like it.

    >>> refuse_unknown("indicators", ["gdp", "jobs"], "jobs")
    >>> refuse_unknown("indicators", ["gdp", "jobs"], "job")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'job' is not an entry of indicators. Did you mean 'jobs'? Otherwise add an entry [job] there.
    """  # noqa: E501
    checkpoint()
    odd = [id for id in ids if id not in entries] if entries else []
    if odd:
        raise SonghuaError(*(unknown_label(of, entries, id) for id in odd))


def refuse_absent(of: str, entries: Collection[str], id: str) -> None:
    """Refuse an id that a catalogue does not have, though it were without any entry.

    Raises:
        SonghuaError: `label_unknown`, with the entry that looks most like it.

    >>> refuse_absent("projects", [], "bridge")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'bridge' is not an entry of projects. Correct it, or add an entry [bridge] there.
    """  # noqa: E501
    if id not in entries:
        raise SonghuaError(unknown_label(of, entries, id))


def refuse_other(text: str, choices: Collection[str]) -> None:
    """Refuse a text that is none of a closed list.

    Raises:
        SonghuaError: `choice_unknown`, with the list.

    >>> refuse_other("part", ["part", "parent"])
    >>> refuse_other("parents", ["part", "parent"])
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'parents' is not one of the values allowed here. Use one of: part, parent.
    """  # noqa: E501
    if text not in choices:
        raise SonghuaError(ChoiceUnknown(text=text[:LENGTH], choices=tuple(choices)))


def unknown_label(of: str, entries: Collection[str], id: str) -> Fault:
    """The fault of an id that a catalogue does not have.

    >>> unknown_label("industries", ["food"], "steel").code
    'label_unknown'
    """
    many = len(entries) > MANY
    names = [entry for entry in entries if not many or entry[:3] == id[:3]]
    nearest = next(iter(near(id[:LENGTH], names)), "")
    return LabelUnknown(text=id[:LENGTH], of=of, near=nearest)


def near(text: str, names: Collection[str], most: int = 1) -> list[str]:
    """The names that look most like a text, in capitals or not, the nearest first.

    >>> near("_asof", ["_as_of", "_scenario"]), near("GDP", ["gdp", "jobs"]), near("x", ["gdp"])
    (['_as_of'], ['gdp'], [])
    """
    by_folded = {name.casefold(): name for name in names}
    matches = difflib.get_close_matches(text.casefold(), by_folded, n=most, cutoff=0.6)
    return [by_folded[match] for match in matches]


def among(column: pd.Series, wanted: list[Any], at: np.ndarray) -> np.ndarray:
    """True for the rows at these places that hold one of the wanted labels.

    >>> among(pd.Series(["a", "b", "a"], dtype="category"), ["a"], np.array([0, 1])).tolist()
    [True, False]
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.isin(wanted))[at]
    categories = column.array.categories
    codes = [categories.get_loc(label) for label in wanted if label in categories]
    row_codes = np.asarray(column.array.codes)[at]
    return row_codes == codes[0] if len(codes) == 1 else np.isin(row_codes, codes)


def places(column: pd.Series) -> dict[str, np.ndarray]:
    """The places at which a column holds each of its texts, in order.

    >>> {text: at.tolist() for text, at in places(pd.Series(["b", "a", "b"])).items()}
    {'a': [1], 'b': [0, 2]}
    """
    categorical = column.astype("category").array
    codes = np.asarray(categorical.codes)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(categorical.categories) + 1))
    ends = zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    return {
        text: order[first:last]
        for text, (first, last) in zip(categorical.categories.tolist(), ends, strict=True)
    }
