"""Rows that a sentence may rest on, and whether a number shows another to its digits."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from sentence_audit.claims import Sentence
from songhua.labels import Period, parse_period
from songhua.region.observations import Observation
from songhua.results.declared import studies_with, tables
from songhua.results.finding import columns, kinds
from songhua.schema import Column

TILE = "tile_"
WHOLE = "all"
CORE = ("leading", "advantageous")
DAYS = 365.25
MOST_TABLES = 100


@cache
def fields_of(code: str) -> Mapping[str, Column]:
    """The fields of a kind of sentence, or the columns of a tile.

    >>> list(fields_of("n_value_repeated")), fields_of("tile_product")["age"].type
    (['n'], 'number')
    """
    if code.startswith(TILE):
        return {column.name: column for column in tables("brief")["headlines"].columns}
    return columns(kinds()[code])


@cache
def study_of(code: str) -> str:
    """The study that a kind belongs to; blank for those of none.

    >>> study_of("n_value_repeated"), study_of("study_skipped"), study_of("tile_system")
    ('diagnose', '', 'brief')
    """
    if code.startswith(TILE):
        return "brief"
    study = kinds()[code].__module__.split(".")[-2]
    return study if study in studies_with("finding_kinds") else ""


def rows(sentence: Sentence, source: str, /, **cells: Any) -> pd.DataFrame:
    """The rows of a table that hold these cells; a list is one of several."""
    frame = sentence.tables.get(source, pd.DataFrame())
    if not set(cells) <= set(frame.columns):
        return frame.iloc[:0]
    mask = np.ones(len(frame), dtype=bool)
    for name, cell in cells.items():
        mask &= frame[name].isin(_listed(cell)).to_numpy()
    return frame[mask]


def records(sentence: Sentence, source: str, /, **cells: Any) -> list[dict[str, Any]]:
    """The same as one mapping a row."""
    frame = sentence.tables.get(source, pd.DataFrame())
    if not set(cells) <= set(frame.columns):
        return []
    wanted = [(name, _listed(cell)) for name, cell in cells.items()]
    return [row for row in every(frame) if all(row[name] in some for name, some in wanted)]


def _listed(cell: Any) -> list[Any]:
    return list(cell) if isinstance(cell, (list, tuple, set)) else [cell]


_EVERY: dict[int, tuple[pd.DataFrame, list[dict[str, Any]]]] = {}


def every(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """All rows of a table as mappings, made once while the table is asked for."""
    kept = _EVERY.get(id(frame))
    if kept is None or kept[0] is not frame:
        if len(_EVERY) > MOST_TABLES:
            _EVERY.clear()
        made = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
        kept = _EVERY[id(frame)] = frame, made
    return kept[1]


def cited(sentence: Sentence, ids: Iterable[str] | None = None) -> list[Observation]:
    """The figures that a sentence names, as far as they exist."""
    figures = sentence.region.figures
    wanted = sentence.observations if ids is None else ids
    return [figures.all_rows[figures.places[id]] for id in wanted if id in figures.places]


def numeric(value: object) -> float:
    """A number, also of a text such as `+0.51` or `7%`; missing where it is none.

    >>> numeric("+0.51"), numeric("7%"), numeric(None)
    (0.51, 7.0, nan)
    """
    if value is None or value == "":
        return math.nan
    try:
        return float(str(value).replace("−", "-").rstrip("%"))
    except ValueError:
        return math.nan


def unit_of(value: object) -> float:
    """Half of the last place that a number shows: of whole numbers the third digit at the latest.

    >>> unit_of(326.8), unit_of("+0.50"), unit_of(5298.0), unit_of(16800), unit_of(7.0)
    (0.05, 0.005, 0.5, 50.0, 0.5)
    """
    number = abs(numeric(value))
    text = str(value).rstrip("%")
    decimals = len(text.partition(".")[2])
    if isinstance(value, str) or not float(number).is_integer():
        if "e" in text:
            return number * 1e-9
        return 0.5 * 10.0**-decimals
    digits = str(int(number))
    noughts = len(digits) - len(digits.rstrip("0"))
    return 0.5 * 10.0 ** max(0, min(noughts, len(digits) - 3))


def shows(shown: object, number: object) -> bool:
    """A number is shown by another as far as its digits go.

    >>> shows(326.8, 326.83), shows(326.8, 326.9), shows("+0.51", 0.506), shows(None, math.nan)
    (True, False, True, True)
    """
    left, right = numeric(shown), numeric(number)
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    if math.isinf(left) or math.isinf(right):
        return left == right
    return abs(left - right) <= unit_of(shown) * (1 + 1e-6) + 1e-9 * abs(right)


def differ(sentence: Sentence, /, **expected: object) -> Iterator[str]:
    """A line for each field that does not show what it should."""
    for name, cell in expected.items():
        shown = sentence.params.get(name)
        numbers = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        if not (shows(shown, cell) if numbers else shown == cell):
            yield f"{name} is {shown}, by the rows {cell}"


def names(text: str) -> list[str]:
    """The names in a cell that lists them.

    >>> names("a b"), names("")
    (['a', 'b'], [])
    """
    return text.split()


def period(text: object) -> Period:
    """A period of a sentence or of a row."""
    return parse_period(str(text))


def age(sentence: Sentence, text: object) -> float:
    """Years from the end of a period to the day of the view, never below nought."""
    return max((sentence.day - period(text).end).days / DAYS, 0.0)


def of_comparison(sentence: Sentence) -> set[str]:
    """The region and those that it is compared with."""
    return {sentence.region.code, *sentence.region.places_of("comparison")}


def ranking(sentence: Sentence, /, **cells: Any) -> tuple[dict[str, Any], dict[str, int]]:
    """A row of `peers` of the region, and its rank among the comparison regions as rounding allows.

    Of the first row with these cells: its own row, and `rank`, `rank_low`, `rank_high` and `of`.
    """
    alike = records(sentence, "diagnose.peers", region=list(of_comparison(sentence)), **cells)
    home = next((row for row in alike if row["region"] == sentence.region.code), None)
    if home is None:
        return {}, {}
    keys = ("indicator", "industry", "form", "start", "period", "unit")
    others = [
        row
        for row in alike
        if row["region"] != home["region"] and all(row[key] == home[key] for key in keys)
    ]
    return home, {
        "rank": 1 + sum(row["value"] > home["value"] for row in others),
        "rank_low": 1 + sum(row["low"] > home["high"] for row in others),
        "rank_high": 1 + sum(row["high"] > home["low"] for row in others),
        "of": len(others) + 1,
    }


def points(sentence: Sentence, code: str) -> list[Mapping[str, Any]]:
    """The parameters of the brief's sentences of a kind."""
    return [json.loads(row["params"]) for row in records(sentence, "brief.points", sentence=code)]
