"""Parts of the description of an address that all share, beside what its function declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi import Security
from fastapi.responses import Response, StreamingResponse
from fastapi.security import APIKeyHeader
from pydantic import BaseModel

from songhua.web import guard

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Reasons of a refusal by the status of the answer: for any request, and for a request to write.
REFUSED = {
    400: "What was asked is not understood.",
    403: "No token, another origin, or a workbench for reading alone.",
    404: "There is no such page, thing, or day of it.",
    409: "The folder, the file or a study is refused; its faults are told.",
    421: "This machine was asked under a foreign name.",
    422: "A part of the address, or of what was sent, is not of its form.",
}
REFUSED_TO_WRITE = {413: "Too much was sent, or it was not said how much."}
Described = dict[str, Any]
TEXT: Described = {"type": "string"}
#: The credentials of a request; a guard before the application checks them.
TOKEN = Security(
    APIKeyHeader(
        name=guard.HEADER,
        scheme_name="token",
        description="What the address holds that songhua serve prints; a browser has it as a"
        " cookie. To write, the header Origin must be the workbench's own.",
        auto_error=False,
    )
)


class Refused(BaseModel):
    """A refusal where data was asked for."""

    faults: list[dict[str, Any]] = []
    said: str = ""


class Csv(Response):
    """Rows as text."""

    media_type = "text/csv"


class Workbook(Response):
    """Sheets."""

    media_type = TYPES["xlsx"]


class Events(StreamingResponse):
    """Progress, an event at a time."""

    media_type = "text/event-stream"


def answers(path: str, writes: bool) -> dict[int | str, Described]:
    """The answers that any address of such a path may give, by status."""
    end = path.rpartition(".")[2]
    responses: dict[int | str, Described] = {}
    if end == "json":
        responses[200] = {"content": {TYPES["json"]: {"schema": {"type": "object"}}}}
    elif end in ("xlsx", "{form}"):
        responses[200] = {"content": {"text/html": {}}}  # that it is being made
    if writes:
        responses[303] = {"description": "It is done; the page that shows it."}
    else:
        responses |= {
            303: {"description": "The same in another language."},
            304: {"description": "As the browser has it already."},
        }
        if end in ("json", "csv", "{form}"):
            responses[202] = {"description": "It waits.", "content": {TYPES["json"]: {}}}
    for status, why in (REFUSED | REFUSED_TO_WRITE if writes else REFUSED).items():
        responses[status] = {"description": why} | _refusal(end)
    return responses


def _refusal(end: str) -> Described:
    """The form of a refusal: data where data was asked for, else a page; of the guard a line."""
    content: Described = {} if end in ("json", "csv") else {"text/html": {}}
    content["text/plain"] = {}
    if end == "csv":
        shape = {"$ref": f"#/components/schemas/{Refused.__name__}"}
        content[TYPES["json"]] = {"schema": shape}
    return {"content": content} | ({"model": Refused} if end in ("json", "{form}") else {})


def words(names: Sequence[str]) -> Iterator[Described]:
    """The words of an address that are known by its path, as one parameter."""
    if names:
        yield query_word("words", "Each a word, and what it asks for.", words_schema(names))


def words_schema(names: Iterable[str]) -> Described:
    """Words by their names, each with a text; any where none is named."""
    names = [*names]
    if not names:
        return {"type": "object", "additionalProperties": TEXT}
    stars = {f"^{re.escape(name)}$".replace(r"\*", ".+"): TEXT for name in names if "*" in name}
    return {
        "type": "object",
        "properties": {name: TEXT for name in names if "*" not in name},
        "patternProperties": stars,
        "additionalProperties": False,
    }


def query_word(name: str, description: str, of: Mapping[str, Any]) -> Described:
    """A word of an address as a parameter."""
    style = {"style": "form", "explode": True} if of["type"] == "object" else {}
    head = {"name": name, "in": "query", "required": False, "description": description}
    return head | {"schema": dict(of)} | style
