"""A workbench to ask, in the same process: its pages once its studies have run."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from songhua.web.app import app
from songhua.web.asking import Route
from songhua.web.guard import HEADER

TOKEN = "token-of-the-test"
HOME = "http://127.0.0.1:8321"
#: Parts of paths, for an address of each.
PARTS = {
    "lang": "en", "id": "0123456789abcdef", "study": "track", "name": "targets", "kind": "brief",
    "form": "json", "anchor": "none", "digest": "none", "table": "targets",
}  # fmt: skip


def client(folder: Path, read_only: bool = False, token: str = TOKEN) -> TestClient:
    """Someone who asks the workbench of a folder; a fault of its own is an answer, as for a browser.

    With a blank token it is a stranger, who has none.
    """
    asked = app(folder, TOKEN, read_only)
    headers = {HEADER: token} if token else {}
    return TestClient(
        asked, HOME, raise_server_exceptions=False, follow_redirects=False, headers=headers
    )


def routes(folder: Path, read_only: bool = False) -> list[Route]:
    """All that a workbench of the folder answers."""
    api = app(folder, TOKEN, read_only)
    while not isinstance(api, FastAPI):  # what stands before it
        api = cast(Any, api).app
    return [cast(Route, one) for one in api.routes]


def address(path: str, lang: str = "en") -> str:
    """An address of a route."""
    return re.sub(r"\{(\w+)\}", lambda part: (PARTS | {"lang": lang})[part[1]], path)


def page(asked: TestClient, address: str, headers: Mapping[str, str] | None = None) -> Any:
    """The answer of an address after all computation has ended."""
    for _ in range(600):
        answer = asked.get(address, headers=dict(headers or {}))
        if "data-events" not in answer.text and answer.status_code != 202:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{address} still waits")
