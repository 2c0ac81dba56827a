"""Answers kept as bytes while the folder stays unchanged.

A page that reads only the folder has the header `HOLD`. It is given again to whoever asks for the
same address, without a thread, a lock or a template, until a file of the folder has changed. A
browser that has it already gets only a notice that it is unchanged. Any other answer is kept
neither here nor by the browser.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from songhua import store
from songhua.results.kept import Cache
from songhua.web.guard import App, Message, Receive, Scope, Send, headers

#: The header of an answer that may be kept: a browser asks each time if it is unchanged.
HOLD = {"cache-control": "private, no-cache"}
#: The most bytes of all answers that are held, and of one of them.
MOST, LARGEST = 64_000_000, 8_000_000
Key = tuple[str, bytes]
Header = tuple[bytes, bytes]


@dataclass(frozen=True)
class Answer:
    """A kept answer: its head, and its content."""

    status: int
    head: list[Header]
    body: bytes


@dataclass
class AnswerCache:
    """An application whose answers are kept by address; the least recently used go first.

    All of it runs in the one thread that hands requests out, so nothing of it is locked.
    """

    app: App
    folder: Path
    _stamp: Hashable = None
    _looked: Hashable = None
    _answers: Cache[Answer] = field(default_factory=lambda: Cache(MOST, _size))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the kept answer, or compute and keep it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        key, stamp = (scope["path"], scope["query_string"]), self._look()
        answer = self._of(key, stamp)
        if answer is None:
            recorder = _Recorder(send)
            whole = [header for header in scope["headers"] if header[0] != b"if-none-match"]
            await self.app({**scope, "headers": whole}, receive, recorder)
            answer = recorder.answer()
            if answer is not None:
                same = stamp == store.at(self.folder).stamp()  # else it may be of either state
                if same and _size(key, answer) <= LARGEST:
                    self._answers.hold(key, answer)
                await _give(answer, scope, send)
            return
        await _give(answer, scope, send)

    def _look(self) -> Hashable:
        """The folder's state: looked at once for all requests so far, and anew for later ones.

        Requests run in one turn of the loop arrived before the turn, so before the look. Requests
        that arrive during the turn run in a later turn, after the look was forgotten.
        """
        if self._looked is None:
            self._looked = store.at(self.folder).stamp()
            asyncio.get_running_loop().call_soon(self._forget)
        return self._looked

    def _forget(self) -> None:
        self._looked = None

    def _of(self, key: Key, stamp: Hashable) -> Answer | None:
        if stamp != self._stamp:
            self._answers.clear()
            self._stamp = stamp
        return self._answers.get(key)


def _size(key: Any, answer: Answer) -> int:
    path, query = key
    return len(path) + len(query) + len(answer.body)


@dataclass
class _Recorder:
    """A recorder of an answer: what may be held is taken down, all else handed on at once."""

    send: Send
    start: Message | None = None
    parts: list[bytes] = field(default_factory=list)
    whole: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            head = headers(message["headers"])
            if message["status"] == 200 and head.get("cache-control") == HOLD["cache-control"]:
                self.start = message
                return
        elif self.start is not None:
            self.parts.append(message.get("body", b""))
            self.whole = not message.get("more_body", False)
            return
        await self.send(message)

    def answer(self) -> Answer | None:
        """The answer taken down, with a mark by which a browser tells it from another."""
        if self.start is None or not self.whole:
            return None
        body = b"".join(self.parts)
        mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'.encode()
        head = [header for header in self.start["headers"] if header[0] != b"etag"]
        return Answer(self.start["status"], [*head, (b"etag", mark)], body)


async def _give(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer, or that the browser has it already."""
    status, head, body = answer.status, answer.head, answer.body
    etags = headers(scope["headers"]).get("if-none-match", "")
    if head[-1][1].decode() in (etag.strip().removeprefix("W/") for etag in etags.split(",")):
        status, body = 304, b""
        head = [header for header in head if header[0] not in (b"content-length", b"content-type")]
    await send({"type": "http.response.start", "status": status, "headers": [*head]})
    await send({"type": "http.response.body", "body": body})
