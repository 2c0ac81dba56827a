"""Values as plain data of a file, and plain data as values of a type."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from songhua.errors import SonghuaError

#: The limit below which every number of plain data lies.
MOST = 1e15


class OddPart(ValueError):  # noqa: N818
    """A part that is not what it should be, by its place."""


def plain(value: Any, digits: int) -> Any:
    """A value as plain data, numbers to so many significant digits; a missing one is null.

    >>> plain((("a", 1 / 3), math.nan), 4)
    [['a', 0.3333], None]
    """
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name), digits) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: plain(part, digits) for name, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part, digits) for part in value]
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.{digits}g}")
    return value


def typed(hint: Any, value: Any, part: str) -> Any:
    """Plain data as a value of a type: a dataclass, a tuple, a mapping, a word or a number.

    Raises:
        OddPart: the place of what is of another type, or lacks a name.

    >>> typed(tuple[float, ...], [1, None], "shares")
    (1.0, nan)
    >>> typed(tuple[int, ...], [1, "2"], "counts")
    Traceback (most recent call last):
    ...
    songhua.schema.plain.OddPart: counts[1]
    """
    inner, origin = get_args(hint), get_origin(hint)
    if isinstance(hint, UnionType):
        kind = next(option for option in inner if option is not NoneType)
        return None if value is None else typed(kind, value, part)
    if is_dataclass(hint):
        return _dataclass_of(hint, value, part)
    if origin is None and isinstance(hint, type) and issubclass(hint, tuple):
        return hint(*typed(tuple[tuple(_hints(hint).values())], value, part))
    if origin is tuple and isinstance(value, list):
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        if len(kinds) == len(value):
            pairs = enumerate(zip(kinds, value, strict=True))
            return tuple(typed(kind, element, f"{part}[{at}]") for at, (kind, element) in pairs)
    if origin is Mapping and isinstance(value, dict):
        return {name: typed(inner[1], entry, f"{part}.{name}") for name, entry in value.items()}
    if origin is Literal and value in inner:
        return value
    return _single(hint, value, part)


def _dataclass_of(kind: Any, value: Any, part: str) -> Any:
    """A dataclass from plain data with a value for each of its fields."""
    hints = _hints(kind)
    if not isinstance(value, dict) or value.keys() != hints.keys():
        raise OddPart(part)
    values = {name: typed(hint, value[name], f"{part}.{name}") for name, hint in hints.items()}
    try:
        return kind(**values)
    except SonghuaError:
        raise OddPart(part) from None


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _single(hint: Any, value: Any, part: str) -> Any:
    """A number, a text, or true or false."""
    if hint is float and value is None:
        return math.nan
    if type(value) in (int, float) and not abs(value) < MOST:
        raise OddPart(part)
    if hint is float and type(value) in (int, float):
        return float(value)
    if hint in (int, str, bool) and type(value) is hint:
        return value
    raise OddPart(part)
