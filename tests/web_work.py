"""A workbench to ask, in the same process: its pages once its studies have run."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from songhua import Session
from songhua.web.address import Address
from songhua.web.app import addresses, app
from songhua.web.asking import Route
from songhua.web.guard import HEADER, Guard, Receive, Scope, Send
from songhua.web.held import AnswerCache
from songhua.web.workbench import Workbench

TOKEN = "token-of-the-test"
HOME = "http://127.0.0.1:8321"
#: Parts of paths, for an address of each.
PARTS = {
    "lang": "en", "id": "0123456789abcdef", "study": "track", "name": "targets", "kind": "brief",
    "form": "json", "anchor": "none", "digest": "none", "table": "targets",
}  # fmt: skip

#: The workbench that a request is for.
_ASKED: ContextVar[Workbench] = ContextVar("asked")


@dataclass(frozen=True)
class _Any:
    """Stands for the workbench that a request is for, whichever it is."""

    read_only: bool

    def __getattr__(self, name: str) -> Any:
        return getattr(_ASKED.get(), name)

    def build(self, about: Hashable, at: Address, work: Callable[[Session], Any]) -> Any:
        """Long work is done for the same workbench, in a thread of its own."""
        run = copy_context().run
        return _ASKED.get().build(about, at, lambda opened: run(work, opened))


@cache
def _addresses(read_only: bool) -> FastAPI:
    """The addresses of any workbench: they are the same for all, and take long to make."""
    return addresses(cast(Workbench, _Any(read_only)), TOKEN)


@dataclass
class _Addresses:
    """The addresses of one workbench."""

    bench: Workbench

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _ASKED.set(self.bench)
        await _addresses(self.bench.read_only)(scope, receive, send)


def client(folder: Path, read_only: bool = False, token: str = TOKEN) -> TestClient:
    """Someone who asks the workbench of a folder; a fault of its own is an answer, as for a browser.

    With a blank token it is a stranger, who has none.
    """
    api = _Addresses(Workbench(folder, read_only))
    asked = Guard(AnswerCache(api, folder), TOKEN, read_only)
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
