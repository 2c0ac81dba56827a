"""Sentences made false, one field at a time: by its type each field is given another value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from sentence_audit.claims import Sentence
from sentence_audit.rows import fields_of, period
from songhua.region import Region
from songhua.schema import Column


def falsified(sentence: Sentence) -> Iterator[tuple[str, Sentence]]:
    """Each field that a sentence has, with the sentence in which that field alone is false."""
    for name, column in fields_of(sentence.code).items():
        value = sentence.params.get(name)
        if value is None or value in ("", []):
            continue
        if name == "observations":
            ids = [another_figure(sentence), *sentence.observations[1:]]
            yield name, replace(sentence, observations=ids)
            continue
        other = another(value, column, sentence)
        yield name, replace(sentence, params={**sentence.params, name: other})


def another(value: Any, column: Column, sentence: Sentence) -> Any:
    """A value of the same type that is clearly another."""
    if isinstance(value, list):
        return [another(value[0], column, sentence), *value[1:]]
    if isinstance(value, dict):
        return {lang: f"{text}?" for lang, text in value.items()}
    match column.type:
        case "number":
            return _number(value)
        case "integer":
            return value + 1
        case "decimal" | "amount":
            return _printed(str(value))
        case "period":
            return str(period(value).shifted(-1)) if ".." not in str(value) else "1999"
        case "date":
            return (pd.Timestamp(str(value)) + pd.Timedelta(days=40)).date().isoformat()
        case "label" | "labels":
            return _label(column.of, str(value), sentence)
        case "choice":
            others = [word for word in column.choices if word not in ("", value)]
            return others[-1] if others else f"{value}?"
        case "unit":
            return "m t" if value != "m t" else "bn USD"
        case "flag":
            return not value
        case _:
            return _printed(str(value))


def _number(value: Any) -> Any:
    """A number a tenth larger, which its own digits do not show."""
    if isinstance(value, str):
        return _printed(value)
    return round(
        value * 1.1 + (0.2 if abs(value) < 2 else 2 if float(value).is_integer() else 0.3), 6
    )


def _printed(text: str) -> str:
    """A text with its last digit changed, else with a sign behind it."""
    for at in range(len(text) - 1, -1, -1):
        if text[at].isdigit():
            return f"{text[:at]}{(int(text[at]) + 4) % 10}{text[at + 1 :]}"
    return f"{text}?"


def _label(catalogue: str, id: str, sentence: Sentence) -> str:
    """Another entry of a catalogue, of those that the sentence does not name."""
    entries = sorted(_ids(catalogue, sentence.region, sentence))
    at = entries.index(id) if id in entries else 0
    others = [*entries[at + 1 :], *entries[:at]]
    return next((other for other in others if other not in str(sentence.params)), "nowhere")


def _ids(catalogue: str, region: Region, sentence: Sentence) -> set[str]:
    if catalogue == "places":
        return {region.code, *region.places}
    if catalogue == "table_industries":
        return {code for table in region.tables.values() for code in map(str, table.codes)}
    entries = getattr(
        sentence.plan if catalogue in ("targets", "measures") else region, catalogue, ()
    )
    return {*entries} if isinstance(entries, dict) else {entry.id for entry in entries}


def another_figure(sentence: Sentence) -> str:
    """A figure of the region that a sentence does not name."""
    ids = sentence.region.figures.frame["id"].tolist()
    return next((id for id in ids if id not in sentence.observations), "none")
