"""Blocks and tables as plain JSON, for a page, a notebook or an answer over a network.

A block is an object with its `type` (the class of `document.blocks` in small letters) and its
fields; a field that has its usual value is left out. A text is a string, or an object with the
text as it reads (`plain`) and its `parts`. `docs/reference/blocks.md` lists all types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from songhua import results
from songhua.document.blocks import Block, Chart, Document
from songhua.document.tables import records
from songhua.format.cells import cell
from songhua.format.text import Part, Text, plain
from songhua.format.view import View
from songhua.render.charts.drawing import svg
from songhua.results import Json, plain_value
from songhua.schema import Column

UNTYPED = ("Cell", "Card")  # they stand in one place only
NAMES = {"chart": "svg"}  # of a figure: JSON has its chart drawn
INNER = ("choices", "required", "table")  # of a column: said otherwise, or of no use here


def written(data: object) -> bytes:
    """Plain data as the bytes of a JSON text: the same for the same data.

    >>> written({"n": 1})
    b'{\\n "n": 1\\n}\\n'
    """
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def blocks(listed: Iterable[Block]) -> list[dict[str, Json]]:
    """Blocks in order, those inside others too.

    >>> from songhua.document.blocks import Heading, Paragraph
    >>> from songhua.format.text import Link
    >>> blocks([Heading(1, "Growth")])
    [{'type': 'heading', 'level': 1, 'text': 'Growth'}]
    >>> blocks([Paragraph((Link("see", "obs-a"), "."))])[0]["text"]
    {'plain': 'see.', 'parts': [{'type': 'link', 'text': 'see', 'to': 'obs-a'}, '.']}
    """
    return [_object(block) for block in listed]


def document(content: Document) -> dict[str, Json]:
    """A whole document: its title, what stands under it (`head`), and its blocks.

    >>> from songhua.document.blocks import Points
    >>> document(Document("Growth", [Points(["It grew."])]))["blocks"]
    [{'type': 'points', 'items': ['It grew.']}]
    """
    return _object(content)


def table(view: View, study: str, name: str) -> dict[str, Json]:
    """A table of a result: what its columns hold, its rows as values, and the same as texts.

    A column has its heading, what it says, its type and all that the schema knows of it. `rows`
    are the values as the study gave them; `shown` has the texts of a reader in their places.

    >>> import songhua
    >>> result = songhua.open(songhua.example()).run("track", until="2021")
    >>> found = table(View.of(result), "track", "view")
    >>> found["rows"][0]["day"], found["shown"][0]["day"]
    ('2021-12-31', '31 Dec 2021')
    """
    described, frame = results.tables(study)[name], view.table(study, name)
    listed = records(frame)
    return {
        "study": study,
        "name": name,
        "title": described.title(view.lang),
        "columns": [_column(view, column) for column in described.columns],
        "rows": [plain_value(row) for row in listed],
        "shown": [
            {column.name: plain(cell(view, column, row).text) for column in described.columns}
            for row in listed
        ],
    }


def _column(view: View, column: Column) -> dict[str, Json]:
    """A column as the schema knows it; entries with their usual value are left out."""
    described = {
        f.name: plain_value(getattr(column, f.name)) for f in fields(column) if _is_set(column, f)
    }
    for name in ("table", "choices", "required", "field", "part"):
        described.pop(name, None)
    texts = {"heading": column.heading(view.lang), "says": column.words(view.lang)}
    if column.choices:
        words = {word: view.choice(column.vocabulary, word) for word in column.choices if word}
        described["choices"] = words
    return {"name": column.name, **texts, **described}


def needed(field: Field[Any]) -> bool:
    """True for a field without a usual value, which is always written."""
    return field.default is MISSING and field.default_factory is MISSING


def _is_set(value: Any, field: Field[Any]) -> bool:
    """True for a field with another than its usual value."""
    current = getattr(value, field.name)
    if needed(field):
        return True
    return len(current) > 0 if field.default in ((), MISSING) else current != field.default


def _object(value: Any) -> dict[str, Json]:
    """A block, a part of a text, a cell or a card as an object."""
    kind = type(value)
    typed = {} if kind.__name__ in UNTYPED else {"type": kind.__name__.lower()}
    hints = _hints(kind)
    return typed | {
        NAMES.get(field.name, field.name): _form(getattr(value, field.name), hints[field.name])
        for field in fields(value)
        if _is_set(value, field)
    }


@cache
def _hints(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)


def _form(value: Any, hint: object) -> Json:
    """A field's value by what the field holds."""
    if hint == Text:
        return _text(value)
    if hint == Chart | None:
        return str(svg(value)) if value else ""
    if is_dataclass(value):
        return _object(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_form(member, get_args(hint)[0]) for member in value]
    return str(value) if isinstance(value, str) else plain_value(value)


def _text(text: Text) -> Json:
    if isinstance(text, str):
        return str(text)
    return {"plain": plain(text), "parts": [_form(part, Part) for part in text]}
