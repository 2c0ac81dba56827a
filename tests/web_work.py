"""A workbench to ask, in the same process: its pages once its studies have run."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from songhua.web.app import app
from songhua.web.asking import Route
from songhua.web.forward import Forward
from songhua.web.guard import HEADER, App, Guard
from songhua.web.held import Held
from songhua.web.reader import settings

TOKEN = "token-of-the-test"
HOME = "http://127.0.0.1:8321"
#: Parts of paths, for an address of each.
PARTS = {
    "lang": "en", "id": "0123456789abcdef", "study": "track", "name": "targets", "kind": "brief",
    "form": "json", "anchor": "none", "digest": "none", "table": "targets",
}  # fmt: skip
#: Set to ask all through a reader: the tests of the workbench are its tests too.
THROUGH = "SONGHUA_TESTS_THROUGH_A_READER"


def client(folder: Path, read_only: bool = False, token: str = TOKEN) -> TestClient:
    """Someone who asks the workbench of a folder; a fault of its own is an answer, as for a browser.

    With a blank token it is a stranger, who has none.
    """
    asked = app(folder, TOKEN, read_only)
    if os.environ.get(THROUGH):
        port = served_at(asked)[1]
        asked = Guard(Held(Forward(port), folder), TOKEN, read_only)
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


def served_at(asked: App) -> tuple[uvicorn.Server, int, threading.Thread]:
    """A server of this process that answers for an application, its port and its thread."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(settings(asked))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    return server, listening.getsockname()[1], thread


@contextmanager
def serving(asked: App) -> Iterator[int]:
    """The port at which an application is asked, until this ends."""
    server, port, thread = served_at(asked)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


def page(asked: TestClient, address: str, headers: Mapping[str, str] | None = None) -> Any:
    """What an address answers once nothing is computed any more."""
    for _ in range(600):
        answer = asked.get(address, headers=dict(headers or {}))
        if "data-events" not in answer.text and answer.status_code != 202:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{address} still waits")
