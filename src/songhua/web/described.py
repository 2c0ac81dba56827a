"""The description of all addresses: what each may be asked with, and what each may answer.

What one address alone takes and gives stands where it is made. What all share is added here: the
words of a list, who may ask, that a page waits, and what is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from songhua.messages import LANGUAGES
from songhua.web import guard
from songhua.web.documents import OF_PERIOD
from songhua.web.documents import WHOLE as OF_ALL
from songhua.web.listing import LISTED, MOST, columns_of

#: A list of any of the results.
RESULT = "tables/{study}/{name}"
TYPES = {
    "json": "application/json", "csv": "text/csv", "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
#: Why something is refused, by the status of the answer; for any request, and for one that writes.
REFUSED = {
    "400": "What was asked is not understood.",
    "403": "No token, another origin, or a workbench for reading alone.",
    "404": "There is no such page, thing, or day of it.",
    "409": "The folder, the file or a study is refused; its faults are told.",
    "421": "This machine was asked under a foreign name.",
    "422": "A part of the address, or of what was sent, is not of its form.",
}
REFUSED_TO_WRITE = {"413": "Too much was sent, or it was not said how much."}
Described = dict[str, Any]
WHOLE: Described = {"type": "integer", "minimum": 1, "maximum": 999_999_999}


def described(api: FastAPI) -> Callable[[], Described]:
    """What describes all addresses of an application, made once when it is first asked for."""

    def made() -> Described:
        if not api.openapi_schema:
            found = get_openapi(
                title=api.title, version=api.version, description=api.description, routes=api.routes
            )
            for path, methods in found["paths"].items():
                for method, told in methods.items():
                    _complete(path, method, told)
            parts = found.setdefault("components", {})
            schemas = parts.setdefault("schemas", {})
            schemas["Refused"] = _refused()
            for one in schemas.values():
                if "file" in one.get("properties", {}):  # without one the reason is told
                    one["required"] = ["file"]
                    one["properties"]["file"] = {"type": "string", "format": "binary"}
            parts["securitySchemes"] = {"token": _token()}
            api.openapi_schema = found
        return api.openapi_schema

    return made


def _complete(path: str, method: str, told: Described) -> None:
    """Add what all addresses share to the description of one."""
    parameters = told.setdefault("parameters", [])
    for one in parameters:
        if one["name"] == "lang":
            one["schema"] = {"type": "string", "enum": [*LANGUAGES]}
        elif one["name"] == "_kind":
            one["schema"] |= {"enum": [*OF_ALL, *OF_PERIOD]}
    stem, _, end = path.removeprefix("/{lang}/").rpartition(".")
    name = stem if end in TYPES else path.removeprefix("/{lang}/")
    if name in LISTED or name == RESULT:
        parameters += _of_list(name)
    reads, answers = method == "get", told["responses"]
    if end in ("json", "csv", "xlsx"):
        answers["200"]["content"] = {TYPES[end]: {"schema": _whole(end)}}
    elif path.endswith("/events"):
        answers["200"]["content"] = {"text/event-stream": {}}
    elif path.endswith(".{form}"):
        answers["200"]["content"] = {TYPES[one]: {} for one in ("docx", "pdf", "html", "json")}
    if path.endswith((".xlsx", ".{form}")):
        answers["200"]["content"].setdefault("text/html", {})  # that it is being made
    if path.endswith("/at/{anchor}"):
        answers["200"] = {"description": "It waits.", "content": {"text/html": {}}}
    told["security"] = [{"token": []}]
    if method == "post":
        answers["303"] = {"description": "It is done; the page that shows it."}
    elif end in ("json", "csv", "{form}"):
        answers["202"] = {"description": "It waits.", "content": {"application/json": {}}}
    if reads:
        answers["304"] = {"description": "As the browser has it already."}
    for status, why in (REFUSED if reads else REFUSED | REFUSED_TO_WRITE).items():
        answers[status] = {"description": why, "content": _why(end)}


def _of_list(name: str) -> Iterator[Described]:
    """What a list may be asked with."""
    yield _word("_q", "Words that a row has.", {"type": "string"})
    yield _word("_page", "Which page of rows.", WHOLE)
    yield _word("_size", f"How many rows on a page; at most {MOST} are given.", WHOLE)
    sort: Described = {"type": "string"}
    asked: Described = {"type": "object", "additionalProperties": {"type": "string"}}
    if name in LISTED:
        names = [column.name for column in columns_of(LISTED[name])]
        properties = {one: {"type": "string"} for one in names}
        asked = {"type": "object", "properties": properties, "additionalProperties": False}
        sort["enum"] = ["", *(sign + one for one in names for sign in ("", "-"))]
    yield _word("_sort", "A column to sort by; a minus before it: from the last.", sort)
    yield _word("columns", "Each a column, and the value that its cells must have.", asked)


def _word(name: str, description: str, of: Mapping[str, Any]) -> Described:
    return {
        "name": name, "in": "query", "required": False, "description": description,
        "schema": dict(of),
    } | ({"style": "form", "explode": True} if name == "columns" else {})  # fmt: skip


def _whole(end: str) -> Described:
    return {"type": "object"} if end == "json" else {"type": "string"}


def _why(end: str) -> Described:
    """What a refusal is: data where data was asked for, else a page; of the guard a line."""
    shape = {"schema": {"$ref": "#/components/schemas/Refused"}}
    data = {"application/json": shape} if end in ("json", "csv", "{form}") else {}
    page: Described = {} if end in ("json", "csv") else {"text/html": {}}
    return data | page | {"text/plain": {}}


def _refused() -> Described:
    faults = {"type": "array", "items": {"type": "object"}}
    return {
        "type": "object",
        "properties": {"faults": faults, "said": {"type": "string"}},
    }


def _token() -> Described:
    return {
        "type": "apiKey", "in": "header", "name": guard.HEADER,
        "description": "What the address holds that songhua serve prints; a browser has it as a"
        " cookie. To write, the header Origin must be the workbench's own.",
    }  # fmt: skip
