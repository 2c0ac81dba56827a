"""What a panel taught, with what the panel was, and what else was tried: a file of `learnt/`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np

from songhua.errors import Fault, SonghuaError
from songhua.maths.choice.learnt import Learnt
from songhua.region.learnt import LearntFile, digest, written
from songhua.studies.choose.learnt_parts import MOST, odd_part

#: Significant digits that a file keeps of a number.
DIGITS = 12


@dataclass(frozen=True)
class Trial:
    """One kind under another definition (`change` to `value`), or in another span of the panel.

    `change` is blank for the definition as it is used. `refused` says why there are no odds.
    """

    kind: Literal["entry", "exit"]
    change: str
    value: float
    first: str
    last: str
    refused: str
    floor: float
    n: int = 0
    events: int = 0
    auc: float = math.nan
    auc_start: float = math.nan
    precision: float = math.nan
    precision_start: float = math.nan
    covered: int = 0
    told: int = 0


@dataclass(frozen=True)
class LearntPanel:
    """What one panel taught, and what it was.

    Attributes:
        form: of the file.
        indicator: what the panel measures.
        source: where its figures come from.
        recorded: the day on which it was learnt.
        panel: the digest of all levels that were learnt from.
        step: years from one period to the next.
        places: by region the digests of its levels in the last period, and in all.
        learnt: what it teaches.
        trials: other definitions and other spans.
    """

    form: int
    indicator: str
    source: str
    recorded: str
    panel: str
    step: int
    places: Mapping[str, tuple[str, str]]
    learnt: Learnt
    trials: tuple[Trial, ...]

    def holds(self, place: str, industries: Iterable[str], history: np.ndarray) -> bool:
        """Whether a region's levels in the last period are those of the panel learnt from."""
        own = tuple(industries) == self.learnt.industries
        return own and self.places.get(place, ("", ""))[0] == digest_of(history[-1])

    def holds_all(self, place: str, history: np.ndarray) -> bool:
        """Whether its levels are the same in all periods, by which its moves are told."""
        return self.places.get(place, ("", ""))[1] == digest_of(history.ravel())

    def text(self) -> str:
        """The file."""
        return written(_plain(self))


def digest_of(levels: Iterable[float]) -> str:
    """A short digest of levels, to eight significant digits; a missing one counts as such.

    >>> digest_of([1.0, math.nan]) == digest_of([1.0 + 1e-12, math.nan]), len(digest_of([]))
    (True, 12)
    """
    return digest(" ".join(f"{level:.8g}" for level in levels))[:12]


def panel(file: LearntFile) -> LearntPanel:
    """What a file teaches.

    Raises:
        SonghuaError: `learnt_unreadable`, with the part that is not what it should be.

    >>> from songhua.region.learnt import read
    >>> from songhua.studies.choose.example import taught_panel
    >>> file = read(taught_panel().text(), "learnt/jobs-2.json")
    >>> panel(file).text() == taught_panel().text()
    True
    >>> panel(LearntFile(file.file, {**file.data, "step": 0}))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: learnt/jobs-2.json: It is no file of what was learnt from a panel: step is not as it should be. Take it from where it came, or write it anew with songhua choose DIR --learn-from FILE.
    """  # noqa: E501
    try:
        found = _read(LearntPanel, dict(file.data), "")
        if part := odd_part(found):
            raise _Odd(part)
    except _Odd as error:
        params = {"part": str(error)}
        raise SonghuaError(Fault("learnt_unreadable", file.file, params=params)) from None
    return found


class _Odd(Exception):  # noqa: N818
    """A part that is not what it should be."""


def _plain(value: Any) -> Any:
    """A value as plain data; a number that is missing is null."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.{DIGITS}g}")
    return value


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, value: Any, part: str) -> Any:
    """Plain data as a value of a type; anything else is odd."""
    if isinstance(hint, UnionType):
        first = next(one for one in get_args(hint) if one is not NoneType)
        return None if value is None else _read(first, value, part)
    if is_dataclass(hint):
        known = _hints(hint)
        if not isinstance(value, dict) or value.keys() != known.keys():
            raise _Odd(part or "–")
        made = {n: _read(one, value[n], f"{part}.{n}".strip(".")) for n, one in known.items()}
        try:
            return hint(**made)  # pyright: ignore[reportCallIssue]
        except SonghuaError:
            raise _Odd(part) from None
    return _read_plain(hint, value, part)


def _read_plain(hint: Any, value: Any, part: str) -> Any:
    """A list, a mapping, a word of a closed list, a number or a text."""
    inner, origin = get_args(hint), get_origin(hint)
    if origin is tuple and isinstance(value, list):
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
        if len(kinds) == len(value):
            return tuple(_read(k, one, f"{part}[{at}]") for at, (k, one) in
                         enumerate(zip(kinds, value, strict=True)))  # fmt: skip
    elif origin is not None and origin is not tuple and origin is not Literal:
        if isinstance(value, dict):
            return {name: _read(inner[1], one, f"{part}.{name}") for name, one in value.items()}
    elif origin is Literal:
        if value in inner:
            return value
    elif hint is float and value is None:
        return math.nan
    elif isinstance(value, (int, float)) and type(value) is not bool and not abs(value) < MOST:
        raise _Odd(part)
    elif hint is float and isinstance(value, (int, float)) and type(value) is not bool:
        return float(value)
    elif hint in (int, str, bool) and type(value) is hint:
        return value
    raise _Odd(part)
