"""Values that no document may hold: nested too deep, no text, no number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from songhua.errors import Fault
from songhua.fault_kinds import CharacterOdd, NestedDeep
from songhua.labels.text import character_name, odd_characters
from songhua.schema.fault_kinds import NumberOutside

#: The greatest depth of nested tables or lists.
DEEPEST = 16
_WIDEST = 2**63
Path = tuple[str, ...]


def unfit(data: object, path: Path = ()) -> Iterator[tuple[Path, Fault]]:
    """Unfit values of a document by their place: nested too deep, no text, or no number.

    Numbers are finite and fit 64 bits, as TOML promises them to its readers.

    >>> [(path, one.code) for path, one in unfit({"a": {"b": [float("nan"), 2**70]}})]
    [(('a', 'b'), 'number_outside'), (('a', 'b'), 'number_outside')]
    """
    if len(path) > DEEPEST:
        yield path[:DEEPEST], NestedDeep(most=DEEPEST)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from unfit(key, (*path, key))
            yield from unfit(value, (*path, key))
    elif isinstance(data, list):
        yield from _listed(data, path)
    elif isinstance(data, str):
        for odd in odd_characters(data):
            yield path, CharacterOdd(name=character_name(odd), where=data.index(odd) + 1)
    elif isinstance(data, int | float) and not _fits(data):
        yield path, NumberOutside()


def _fits(number: float) -> bool:
    return -_WIDEST <= number < _WIDEST if isinstance(number, int) else math.isfinite(number)


def _listed(items: list[object], path: Path) -> Iterator[tuple[Path, Fault]]:
    """The same of what stands in a list; lists in lists count as depth."""
    deep: list[tuple[list[object], int]] = [(items, len(path))]
    while deep:
        inner, depth = deep.pop()
        if depth > DEEPEST:
            yield path, NestedDeep(most=DEEPEST)
            return
        for item in inner:
            if isinstance(item, list):
                deep.append((item, depth + 1))
            else:
                yield from unfit(item, path)
