"""The description of all addresses: what each may be asked with, and what each may answer.

What one address alone takes and gives stands where it is made. What all share is added here: the
words that are known by the path, who may ask, that a page waits, and what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from songhua.messages import LANGUAGES
from songhua.web import guard
from songhua.web.asking import Route
from songhua.web.documents import OF_PERIOD
from songhua.web.documents import WHOLE as OF_ALL
from songhua.web.listing import MOST, OF_PAGE

TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
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
#: Parts of a path of which nothing is known.
ANY = {"study": "", "name": ""}
WHOLE: Described = {"type": "integer", "minimum": 1, "maximum": 999_999_999}


def described(api: FastAPI) -> Callable[[], Described]:
    """What describes all addresses of an application, made once when it is first asked for."""

    def made() -> Described:
        if not api.openapi_schema:
            found = get_openapi(
                title=api.title, version=api.version, description=api.description, routes=api.routes
            )
            for route in api.routes:
                if isinstance(route, Route) and route.include_in_schema:
                    for method in route.methods or ():
                        told = found["paths"][route.path][method.lower()]
                        _complete(route, method.lower(), told)
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


def _complete(route: Route, method: str, told: Described) -> None:
    """Add what all addresses share to the description of one."""
    path, parameters = route.path, told.setdefault("parameters", [])
    for one in parameters:
        if one["name"] == "lang":
            one["schema"] = {"type": "string", "enum": [*LANGUAGES]}
        elif one["name"] == "_kind":
            one["schema"] |= {"enum": [*OF_ALL, *OF_PERIOD]}
    parameters += _words(route, {one["name"] for one in parameters})
    end = path.rpartition(".")[2]
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


def _words(route: Route, declared: Collection[str]) -> Iterator[Described]:
    """The words of an address that are known by its path: of a list, its columns, levers."""
    known = [one for one in route.words(ANY) if one not in declared]
    names = [one for one in known if one not in OF_PAGE]
    if len(names) < len(known):
        yield from _of_page(names)
        yield _word("columns", "Each a column, and the value that its cells must have.", _of(names))
    elif names:
        yield _word("words", "Each a word, and what it asks for.", _of(names))


def _of_page(columns: Sequence[str]) -> Iterator[Described]:
    """The words by which a page of a list is asked for; the columns of a result's list vary."""
    yield _word("_q", "Words that a row has.", {"type": "string"})
    yield _word("_page", "Which page of rows.", WHOLE)
    yield _word("_size", f"How many rows on a page; at most {MOST} are given.", WHOLE)
    orders = ["", *(sign + one for one in columns for sign in ("", "-"))]
    sort = {"type": "string"} | ({"enum": orders} if columns else {})
    yield _word("_sort", "A column to sort by; a minus before it: from the last.", sort)


def _of(names: Sequence[str]) -> Described:
    """Words by their names, each with a text; any where none is named."""
    text = {"type": "string"}
    if not names:
        return {"type": "object", "additionalProperties": text}
    plain = {one: text for one in names if "*" not in one}
    stars = {f"^{re.escape(one)}$".replace(r"\*", ".+"): text for one in names if "*" in one}
    return {
        "type": "object",
        "properties": plain,
        "patternProperties": stars,
        "additionalProperties": False,
    }


def _word(name: str, description: str, of: Mapping[str, Any]) -> Described:
    apart = {"style": "form", "explode": True} if of["type"] == "object" else {}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": dict(of),
    } | apart


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
        "type": "apiKey",
        "in": "header",
        "name": guard.HEADER,
        "description": "What the address holds that songhua serve prints; a browser has it as a"
        " cookie. To write, the header Origin must be the workbench's own.",
    }
