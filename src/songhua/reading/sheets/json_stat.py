"""Datasets of JSON-stat (version 2) as lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.fault_kinds import ImportOtherKind
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import Cell
from songhua.reading.table_fault_kinds import ImportTooLarge, ImportUnreadable


def is_json(content: bytes) -> bool:
    """True for bytes that begin as an object in JSON does.

    >>> is_json(b'{"class": "dataset"}'), is_json(b"{a}")
    (True, False)
    """
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] == b"{" and head[1:].lstrip()[:1] in (b'"', b"}")


def read_json_stat(content: bytes) -> Grid:
    """A dataset of JSON-stat 2 as a list: a column each key, then the value and its status.

    Keys are given by their labels, by their codes where they have none. A column `unit` follows
    where the keys of a dimension tell their units. The grid's `title` is the dataset's label.

    Raises:
        SonghuaError: it is no such dataset, is broken or too large.

    >>> text = '{"version": "2.0", "class": "dataset", "id": ["geo"], "size": [2], "dimension":'
    >>> text += ' {"geo": {"category": {"index": ["AT", "BE"], "label": {"AT": "Austria"}}}},'
    >>> read_json_stat((text + ' "value": [0.50, null]}').encode()).cells
    [['geo', 'value'], ['Austria', '0.50'], ['BE', '']]
    """
    if len(content) > limits.JSON:
        raise SonghuaError(ImportTooLarge(text="JSON-stat"))
    try:
        dataset = json.loads(content.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise SonghuaError(ImportUnreadable(text=str(error)[:160])) from None
    if dataset.get("class") != "dataset" or not str(dataset.get("version", "")).startswith("2"):
        raise SonghuaError(ImportOtherKind(kind="JSON"))
    try:
        cells = list(_rows(dataset))
    except SonghuaError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise SonghuaError(ImportUnreadable(text=f"JSON-stat: {error}"[:160])) from None
    return Grid(cells, title=str(dataset.get("label") or ""))


def _rows(dataset: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    ids, size = dataset["id"], dataset["size"]
    dimensions = [dataset["dimension"][key] for key in ids]
    codes = [_codes(dimension["category"]) for dimension in dimensions]
    if [len(line) for line in codes] != list(size):
        raise ValueError("`size` is not that of the dimensions")
    if prod(size) * (len(ids) + 3) > limits.CELLS:
        raise SonghuaError(ImportTooLarge(text="JSON-stat"))
    labels = [dimension["category"].get("label", {}) for dimension in dimensions]
    units = [dimension["category"].get("unit", {}) for dimension in dimensions]
    values, status = _by_place(dataset["value"]), dataset.get("status")
    flags = {} if status is None else _by_place(status)
    if isinstance(status, str):
        flags = dict.fromkeys(range(prod(size)), status)
    extra = [name for name, entries in (("unit", any(units)), ("status", flags)) if entries]
    yield [
        *(d.get("label") or key for d, key in zip(dimensions, ids, strict=True)),
        "value",
        *extra,
    ]
    for at, keys in enumerate(product(*codes)):
        words = [line.get(key) or key for line, key in zip(labels, keys, strict=True)]
        unit = [
            line[key].get("label", "") for line, key in zip(units, keys, strict=True) if key in line
        ]
        more = {"unit": " ".join(unit), "status": str(flags.get(at) or "")}
        yield [*map(str, words), _cell(values.get(at)), *(more[name] for name in extra)]


def _codes(category: Mapping[str, Any]) -> list[str]:
    """The codes of a dimension in their order."""
    index = category.get("index", category.get("label"))
    if isinstance(index, list):
        return [str(code) for code in index]
    places = category.get("index")
    return sorted(index, key=places.__getitem__) if places else list(index or ())


def _by_place(values: Any) -> dict[int, Any]:
    """Values by their place, of a list or of an object whose names are the places."""
    if isinstance(values, str):
        return {}
    return (
        dict(enumerate(values)) if isinstance(values, list) else {int(k): values[k] for k in values}
    )


def _cell(value: Any) -> str:
    """A value with the decimals that it is written with."""
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise ValueError("a value is no number")
    return str(value)
